/* Cells as they are written: periods, dates, units, and marks for what is not
 * there. */
#include "eval/import/import.h"

#include "base/utf8.h"

enum { SHOWN_MAX = 60 };

struct slice
cell_trim(struct slice cell)
{
    while (cell.len && (cell.at[0] == ' ' || cell.at[0] == '\t')) {
        cell = (struct slice){cell.at + 1, cell.len - 1};
    }
    while (cell.len &&
           (cell.at[cell.len - 1] == ' ' || cell.at[cell.len - 1] == '\t')) {
        cell.len--;
    }
    return cell;
}

struct slice
cell_start(struct slice cell)
{
    size_t len = cell.len > SHOWN_MAX ? SHOWN_MAX : cell.len;
    while (len < cell.len && len && (cell.at[len] & 0xC0) == 0x80) {
        len--; /* not within a character */
    }
    return (struct slice){cell.at, len};
}

/* Cells of which everybody knows that they hold no number. */
bool
cell_is_missing(struct slice cell)
{
    static const char *const words[] = {
        "..", "...",  "NA",   "N/A",  "n/a", "n.a.", ".",    ":",   "-",
        "--", "null", "NULL", "#N/A", "NaN", "nan",  "None", "<NA>"};
    if (cell.len && cell.at[0] >= '0' && cell.at[0] <= '9') {
        return false; /* as most are */
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(cell, words[i])) {
            return true;
        }
    }
    return cell.len == 0;
}

bool
cell_fits(struct import *import, size_t column, size_t len, bool is_name)
{
    int most = is_name ? LITERAL_NAME_BYTES : LITERAL_TEXT_BYTES;
    return len <= (size_t)most ||
           cell_mistake(import, column, NULL,
                        "a %s of %zu bytes, where at most %d can be kept",
                        is_name ? "name" : "text", len, most);
}

bool
cell_can_name(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < ' ' || c == '`' || c == 0x7F) {
            return false;
        }
    }
    return text.len > 0;
}

static bool
fail(struct import *import, const struct mapped *mapped, const char *message,
     const char *help)
{
    return scope_fail(import->session, mapped->node, DIAGNOSTIC_BAD_CELL,
                      message, help);
}

/* 2023.0 and the like stand for years where a program wrote them. */
bool
cell_period(struct slice text, struct period *period, bool *fiscal)
{
    if (period_parse(text, period, fiscal)) {
        return true;
    }
    if (text.len == 4) {
        return false;
    }
    bool year = text.len > 5 && text.at[4] == '.' &&
                strspn(text.at + 5, "0") >= text.len - 5;
    bool time = text.len > 11 && (text.at[10] == 'T' || text.at[10] == ' ');
    struct slice start = {text.at, year ? 4 : 10};
    return (year || time) && period_parse(start, period, fiscal);
}

/* 2020-02-29..2020-02-29, as an export writes a day that is not to be taken for
 * the longer period around it: one of its equal ends; other cells as they
 * are. */
static struct slice
one_of_two(struct slice text)
{
    size_t half = (text.len - 2) / 2;
    bool two = text.len > 2 && text.len % 2 == 0 &&
               memcmp(text.at + half, "..", 2) == 0 &&
               memcmp(text.at, text.at + half + 2, half) == 0;
    return two ? (struct slice){text.at, half} : text;
}

bool
period_meaning(struct import *import, const struct mapped *mapped,
               struct slice cell, struct meaning *meaning)
{
    struct period period;
    struct slice text = cell_trim(cell);
    if (text.len == 0) {
        return true; /* frequency ONCE: no period */
    }
    struct slice one = one_of_two(text);
    meaning->exact = one.len < text.len;
    if (!cell_period(one, &period, &meaning->fiscal)) {
        struct buffer message = {0};
        struct slice shown = cell_start(text);
        buffer_format(&message, "`%.*s` is no period", (int)shown.len,
                      shown.at);
        fail(import, mapped, message.text,
             "a period is written as 2023, 2023-Q3, 2023-10, 2023-W40 or "
             "2023-10-05");
        buffer_free(&message);
        return false;
    }
    meaning->id = (uint32_t)period.frequency;
    meaning->extra = period.ordinal;
    return true;
}

/* Where a date is wanted, a longer period is its last day. */
bool
date_meaning(struct import *import, const struct mapped *mapped,
             struct slice cell, struct meaning *meaning)
{
    struct period period;
    bool fiscal = false;
    struct slice text = cell_trim(cell);
    bool before = text.len > 2 && text.at[0] == '.' && text.at[1] == '.';
    if (before) {
        text = (struct slice){text.at + 2, text.len - 2};
    }
    if (text.len == 0) {
        return true;
    }
    if (!cell_period(text, &period, &fiscal) || fiscal) {
        struct buffer message = {0};
        struct slice shown = cell_start(text);
        buffer_format(&message, "`%.*s` is no date", (int)shown.len, shown.at);
        fail(import, mapped, message.text, "a date is written as 2023-10-05");
        buffer_free(&message);
        return false;
    }
    /* Said before a day is said up to the day before it. */
    meaning->id = before;
    meaning->extra = before ? period_first_day(period, &calendar_plain) - 1
                            : period_last_day(period, &calendar_plain);
    return true;
}

bool
unit_node(struct import *import, const struct node *node,
          struct meaning *meaning)
{
    struct type type;
    double factor;
    if (!value_unit(import->session, node, &type, &factor)) {
        return false;
    }
    meaning->id = type.unit;
    meaning->extra = type.scale > 0 ? type.scale : -1;
    return true;
}

/* Parsed as the language has it: B USD, USD / person. */
static bool
parse_unit(struct import *import, struct slice text, struct meaning *meaning)
{
    struct session *session = import->session;
    size_t sources = session->sources.count;
    struct source *source = sources_add(&session->sources, "a unit", text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    bool found = statement && statement->kind == NODE_ANSWER &&
                 unit_node(import, statement->kid[0], meaning);
    if (source && session->sources.count == sources + 1) {
        sources_drop_last(&session->sources);
    }
    return found;
}

bool
unit_meaning(struct import *import, const struct mapped *mapped,
             struct slice cell, struct meaning *meaning)
{
    struct session *session = import->session;
    struct slice text = cell_trim(cell);
    meaning->extra = -1;
    if (text.len == 0) {
        meaning->id = UINT32_MAX; /* none is said: the metric's */
        return true;
    }
    unit_id unit = scope_find_unit(
        session,
        atoms_intern(&session->atoms, utf8_normalize(&import->arena, text)));
    if (unit == INDEX_NONE) {
        unit = units_find_symbol(&session->vocabulary->units,
                                 atoms_find(&session->atoms, text));
    }
    if (unit != INDEX_NONE) {
        meaning->id = unit;
        return true;
    }
    if (parse_unit(import, text, meaning)) {
        return true;
    }
    struct buffer message = {0};
    struct slice shown = cell_start(text);
    buffer_format(&message, "no unit named `%.*s`", (int)shown.len, shown.at);
    fail(import, mapped, message.text,
         "units stand in: list units; one of your own is declared with: unit "
         "NAME \"...\"");
    buffer_free(&message);
    return false;
}
