/* Records of SDMX-CSV. */
#include "eval/import/sdmx_import.h"

enum { MULT_MAX = 30 };

static bool
is_text(enum field field)
{
    return field >= FIELD_CONDITION && field < FIELD_VALUE;
}

/* Is the column one whose cells are taken as they stand? */
static bool
keeps_label(const struct import *import, size_t column)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *item = &import->items[i];
        if (item->column == column && is_text(item->field)) {
            return true;
        }
    }
    return false;
}

/* Codes lose their labels, which stand behind them or in the next column. */
static void
part_labels(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    struct slice *cells = import->csv.cells;
    for (size_t i = 0; i < import->header_count; i++) {
        const struct sdmx_column *column = &sdmx->columns[i];
        if (column->labelled && !keeps_label(import, i)) {
            cells[i] = sdmx_code(cells[i], &sdmx->labels[i]);
        } else if (column->role == SDMX_LABEL && i > 0) {
            sdmx->labels[i - 1] = cells[i];
        }
    }
}

const char *
sdmx_title(struct import *import, size_t column)
{
    struct slice label = column < import->header_count
                             ? cell_trim(import->sdmx->labels[column])
                             : SLICE("");
    return arena_copy(&import->session->scratch, label.at, label.len);
}

/* The cell of a column, trimmed; "" for no column. */
static struct slice
cell_at(const struct import *import, size_t column)
{
    return column == SIZE_MAX ? SLICE("")
                              : cell_trim(import->csv.cells[column]);
}

/* Which of the actions states figures?  All but one: what is appended, replaced
 * or merged is said anew, and the latest of what was said counts. */
static bool
read_action(struct import *import, bool *deletes)
{
    struct slice action = cell_at(import, import->sdmx->action);
    static const char *const words[] = {
        "I",           "A",      "R",       "M",     "D",
        "Information", "Append", "Replace", "Merge", "Delete"};
    bool known = action.len == 0;
    for (size_t i = 0; i < sizeof words / sizeof *words && !known; i++) {
        known = slice_is(action, words[i]);
    }
    *deletes = known && action.len && action.at[0] == 'D';
    return known ||
           cell_mistake(import, import->sdmx->action,
                        "I, A, R, M or D is wanted here", "`%.*s` is no action",
                        (int)cell_start(action).len, action.at);
}

static bool
is_chosen(const struct import *import)
{
    const struct sdmx *sdmx = import->sdmx;
    for (size_t i = 0; i < sdmx->filter_count; i++) {
        const struct sdmx_filter *filter = &sdmx->filters[i];
        if (!slice_equal(cell_at(import, filter->column), filter->code)) {
            return false;
        }
    }
    return true;
}

static bool
check_singles(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    for (size_t i = 0; i < sdmx->single_count; i++) {
        struct sdmx_single *single = &sdmx->singles[i];
        struct slice cell = cell_at(import, single->column);
        if (!single->seen) {
            single->seen = true;
            single->first = (struct slice){
                arena_copy(&import->arena, cell.at, cell.len), cell.len};
        } else if (!slice_equal(single->first, cell)) {
            struct slice shown = cell_start(cell);
            struct slice first = cell_start(single->first);
            return cell_mistake(
                import, single->column,
                "map the column to a dimension, or choose one of its codes",
                "`%.*s` besides `%.*s`, and nothing tells their figures apart",
                (int)shown.len, shown.at, (int)first.len, first.at);
        }
    }
    return true;
}

/* 12,4 is 12.4 where cells are parted by something else. */
static void
take_comma(struct import *import, size_t column)
{
    struct slice cell = import->csv.cells[column];
    const char *comma = memchr(cell.at, ',', cell.len);
    if (import->sdmx->decimal_comma && comma &&
        !memchr(cell.at, '.', cell.len)) {
        char *own = arena_copy(&import->session->scratch, cell.at, cell.len);
        own[comma - cell.at] = '.';
        import->csv.cells[column].at = own;
    }
}

static bool
read_mult(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    struct slice cell = cell_at(import, sdmx->mult);
    struct decimal decimal;
    sdmx->has_shift = cell.len > 0;
    sdmx->shift = 0;
    if (cell.len == 0) {
        return true;
    }
    bool whole = decimal_parse(cell.at, cell.len, &decimal) &&
                 decimal.exponent == 0 && decimal.coefficient <= MULT_MAX &&
                 decimal.coefficient >= -MULT_MAX;
    sdmx->shift = whole ? (int)decimal.coefficient : 0;
    return whole ||
           cell_mistake(import, sdmx->mult,
                        "a power of ten is wanted here: 6 for millions",
                        "`%.*s` is no power of ten", (int)cell_start(cell).len,
                        cell.at);
}

enum sdmx_record
sdmx_take_record(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    bool deletes = false;
    part_labels(import);
    if (!read_action(import, &deletes)) {
        return SDMX_WRONG;
    }
    if (deletes) {
        sdmx->deleted++;
        return SDMX_PASS;
    }
    if (!is_chosen(import)) {
        import->skipped++;
        return SDMX_PASS;
    }
    bool stated = cell_at(import, sdmx->stated).len > 0;
    sdmx->value = stated ? sdmx->stated : import->value->column;
    if (!stated) {
        take_comma(import, sdmx->value);
    }
    if (!stated && value_is_missing(import, cell_at(import, sdmx->value))) {
        import->empty++;
        return SDMX_PASS;
    }
    return read_mult(import) ? SDMX_STATE : SDMX_WRONG;
}

/* Meanings ----------------------------------------------------------------- */

bool
sdmx_period_meaning(struct import *import, const struct mapped *mapped,
                    struct slice cell, struct meaning *meaning)
{
    struct period period;
    struct slice text = cell_trim(cell);
    if (text.len == 0) {
        return true; /* frequency ONCE: no period */
    }
    const char *wrong = sdmx_period(text, &period, &meaning->fiscal);
    if (wrong) {
        struct buffer message = {0};
        struct slice shown = cell_start(text);
        buffer_format(&message, "`%.*s`: %s", (int)shown.len, shown.at, wrong);
        scope_fail(
            import->session, mapped->node, DIAGNOSTIC_BAD_CELL, message.text,
            "a period is a year, half-year, quarter, month, week or "
            "day: 2023, 2023-S1, 2023-Q3, 2023-10, 2023-W40, 2023-10-05");
        buffer_free(&message);
        return false;
    }
    meaning->id = (uint32_t)period.frequency;
    meaning->extra = period.ordinal;
    return true;
}

/* The unit of a code that names none of the language. */
static const char *
unit_word(struct slice code)
{
    const char *word = sdmx_unit_word(code);
    bool share = code.len > 3 && (memcmp(code.at, "PT_", 3) == 0 ||
                                  memcmp(code.at, "PC_", 3) == 0);
    return share ? "%" : word; /* per cent of something */
}

static bool
is_known_unit(struct import *import, struct slice text)
{
    struct session *session = import->session;
    return scope_find_unit(session, atoms_intern(&session->atoms, text)) !=
           INDEX_NONE;
}

static void
warn_unit(struct import *import, const struct mapped *mapped, struct slice text)
{
    struct diagnostics *list = import->session->diagnostics;
    struct slice shown = cell_start(text);
    struct slice header = import->header[mapped->column];
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_WARNING, DIAGNOSTIC_NOTE,
        import->statement->kid[0]->span,
        "`%.*s` in %.*s is no unit that is known: its figures are taken to be "
        "in that of the metric",
        (int)shown.len, shown.at, (int)header.len, header.at);
    diagnostics_help(list, record,
                     "say what it stands for: unit = %.*s {%.*s: USD}",
                     (int)header.len, header.at, (int)shown.len, shown.at);
}

bool
sdmx_unit_meaning(struct import *import, const struct mapped *mapped,
                  struct slice cell, struct meaning *meaning)
{
    struct session *session = import->session;
    struct slice text = cell_trim(cell);
    size_t messages = session->diagnostics->count;
    if (!is_known_unit(import, text)) {
        const char *word = unit_word(text);
        text = word ? slice_of(word) : text;
    }
    if (unit_meaning(import, mapped, text, meaning)) {
        /* B is a scale of the language, and a code of something here. */
        bool scale = meaning->id == 0 && meaning->extra >= 0;
        if (!scale || !mapped->lenient) {
            return true;
        }
    } else if (!mapped->lenient) {
        return false;
    }
    diagnostics_truncate(session->diagnostics, messages);
    *meaning = (struct meaning){.known = true, .id = UINT32_MAX, .extra = -1};
    warn_unit(import, mapped, text);
    return true;
}

/* UNIT_MULT says the scale, where the statement does not say it itself. */
static void
place_scale(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    struct meaning *unit = &import->row[FIELD_UNIT];
    bool none = !unit->known || unit->id == UINT32_MAX;
    if (sdmx->value == sdmx->stated) {
        *unit = (struct meaning){0}; /* it stands in the text */
        sdmx->shift = 0;
    } else if (!none && unit->extra >= 0) {
        sdmx->shift = 0;
    } else if (none && sdmx->has_shift) {
        *unit = (struct meaning){.known = true, .id = 0, .extra = 0};
    }
}

/* The kind that a kind is made like, as far as it has a status of its own. */
static char
kind_status(const struct import *import, uint32_t kind)
{
    const struct vocabulary *vocabulary = import->session->vocabulary;
    uint32_t like = vocabulary_entry(vocabulary, CLASS_KIND, kind)->link;
    return sdmx_kind_status(
        vocabulary_name(vocabulary, CLASS_KIND, like ? like : kind));
}

/* Does a note, as an export writes it beside the status, begin with STATUS and
 * its label? */
static bool
tells_status(const char *note, struct slice status)
{
    size_t len = strlen(SDMX_STATUS_NOTE);
    return note && strncmp(note, SDMX_STATUS_NOTE, len) == 0 &&
           strncmp(note + len, status.at, status.len) == 0 &&
           strncmp(note + len + status.len, ": ", 2) == 0;
}

/* A status that does not go without saying is a note. */
static void
place_status(struct import *import, struct stating *stating)
{
    const struct sdmx *sdmx = import->sdmx;
    struct slice status = cell_at(import, sdmx->status);
    const char *note = stating->texts[FIELD_NOTE];
    char usual = kind_status(import, stating->kind);
    bool plain =
        status.len == 1 && (status.at[0] == 'A' || status.at[0] == usual);
    const char *title = sdmx_title(import, sdmx->status);
    if (status.len == 0 || plain || (!*title && tells_status(note, status))) {
        return;
    }
    struct buffer text = {0};
    buffer_add_text(&text, SDMX_STATUS_NOTE);
    buffer_add_slice(&text, status);
    buffer_add_text(&text, *title ? ": " : "");
    buffer_add_text(&text, title);
    buffer_add_text(&text, note ? "; " : "");
    buffer_add_text(&text, note ? note : "");
    stating->texts[FIELD_NOTE] =
        arena_copy(&import->session->scratch, text.text, text.len);
    buffer_free(&text);
}

bool
sdmx_place(struct import *import, struct stating *stating)
{
    if (!check_singles(import)) {
        return false;
    }
    place_scale(import);
    place_status(import, stating);
    return true;
}

/* Periods ------------------------------------------------------------------ */

/* --04-01, the day on which the years of reporting periods begin; false when it
 * is the first of January, or is not said. */
static bool
read_year_start(struct import *import, int *month, int *day)
{
    struct slice text = cell_at(import, import->sdmx->year_start);
    bool form =
        text.len >= 7 && memcmp(text.at, "--", 2) == 0 && text.at[4] == '-';
    *month = form ? (text.at[2] - '0') * 10 + text.at[3] - '0' : 0;
    *day = form ? (text.at[5] - '0') * 10 + text.at[6] - '0' : 0;
    return text.len > 0 && !(*month == 1 && *day == 1);
}

/* A reporting year is called by the year in which it begins. */
static bool
settle_year(struct import *import, const struct metric *metric,
            struct meaning *period)
{
    int month;
    int day;
    if (!period->fiscal || !read_year_start(import, &month, &day)) {
        return true;
    }
    struct calendar calendar =
        vocabulary_calendar(import->session->vocabulary, metric->calendar);
    bool same = metric->calendar && period->id == FREQUENCY_A &&
                calendar.month == month && calendar.day == day;
    period->extra += same && calendar.named_by_end;
    struct slice said = cell_start(cell_at(import, import->sdmx->year_start));
    return same || cell_mistake(import, import->sdmx->year_start,
                                "declare the metric on such a calendar",
                                "the metric has no years that begin on %.*s",
                                (int)said.len, said.at);
}

bool
sdmx_settle_period(struct import *import, const struct metric *metric,
                   struct meaning *period)
{
    struct slice code = cell_at(import, import->sdmx->frequency_column);
    enum frequency said = sdmx_frequency(code);
    enum frequency found = (enum frequency)period->id;
    if (!settle_year(import, metric, period)) {
        return false;
    }
    period->fiscal = false;
    period->exact = said == found;
    if (said == FREQUENCY_ONCE || found == said || found == FREQUENCY_ONCE) {
        return true;
    }
    if (found != FREQUENCY_D) {
        return cell_mistake(import, import->sdmx->frequency_column,
                            "FREQ and TIME_PERIOD differ",
                            "the figure is %s by this, and its period is %s",
                            frequency_word(said), frequency_word(found));
    }
    /* Where times are made alike, a day stands for the period it lies in. */
    struct calendar calendar =
        vocabulary_calendar(import->session->vocabulary, metric->calendar);
    struct period whole = period_of_day(said, period->extra, &calendar);
    period->id = (uint32_t)whole.frequency;
    period->extra = whole.ordinal;
    return true;
}
