/* Facts as SDMX-CSV 2.0, for the programs of statistical offices, and for
 * `import ... sdmx`.
 *
 * An observation is a plain number: its digits, its unit and the power of ten.
 * What is said in words (a range, a formula, a movement) stands in a column of
 * our own, STATED, with a value beside it only where it has one level; so
 * nothing is lost, and nobody takes a bound for a figure.  The codes that a key
 * needs and a fact lacks are those of SDMX: _T for a total, _Z for what does
 * not apply.
 */
#include "eval/export/export.h"

#include "eval/import/import.h"
#include "eval/import/sdmx.h"

#include <stdlib.h>

struct observations {
    struct session *session;
    struct export_out *out;
    struct export_counts *counts;
    const struct export_order *order;
    struct export_usage usage;
    bool *checked[CLASS_COUNT]; /* by id: the name was looked at */
    uint32_t line;              /* to which the next ones belong */
    struct buffer members;
    struct buffer unit;
    bool unit_says; /* it is read back as what it is */
};

/* Names -------------------------------------------------------------------- */

static bool
is_code(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (c >= '0' && c <= '9') || memchr("_@$-", c, 4);
        if (!fits) {
            return false;
        }
    }
    return name.len > 0;
}

/* Does _Z say that there is nothing?  A member or somebody who is called so
 * would be read; then the cell is left empty. */
static bool
is_nothing(const struct observations *to, enum name_class class,
           uint32_t dimension)
{
    struct session *session = to->session;
    atom nothing = atoms_find(&session->atoms, SLICE("_Z"));
    return !nothing ||
           !(class == CLASS_MEMBER
                 ? vocabulary_find_member(session->vocabulary, dimension,
                                          nothing)
                 : vocabulary_find(session->vocabulary, class, nothing));
}

static void
write_name(struct observations *to, enum name_class class, uint32_t id,
           struct buffer *text)
{
    struct slice name = vocabulary_name(to->session->vocabulary, class, id);
    if (id == 0) {
        buffer_add_text(text, is_nothing(to, class, 0) ? "_Z" : "");
        return;
    }
    if (!to->checked[class][id]) {
        to->checked[class][id] = true;
        to->counts->unnamed += !is_code(name);
    }
    csv_add_cell(text, name, ',');
}

/* A member that is called _T would be read for the total; then that is left
 * empty. */
static void
write_member(struct observations *to, uint32_t dimension, uint32_t member,
             struct buffer *text)
{
    struct session *session = to->session;
    atom total = atoms_find(&session->atoms, SLICE("_T"));
    if (member) {
        write_name(to, CLASS_MEMBER, member, text);
    } else if (!total ||
               !vocabulary_find_member(session->vocabulary, dimension, total)) {
        buffer_add_text(text, "_T");
    }
}

/* Is a dimension called like a column that has a meaning of its own? */
static bool
is_reserved(struct slice name)
{
    static const char *const ids[] = {"KIND",   "METRIC",  "INDICATOR", "ACTOR",
                                      "SOURCE", "VINTAGE", "CONDITION", "NOTE",
                                      "URL",    "CONTEXT", "RETRACTED"};
    struct sdmx_column column[2];
    struct slice header[2] = {SLICE("STRUCTURE"), name};
    sdmx_read_header(header, 2, column);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (sdmx_same_id(name, slice_of(ids[i]))) {
            return true;
        }
    }
    return column[1].role != SDMX_COMPONENT || !slice_equal(column[1].id, name);
}

/* The header --------------------------------------------------------------- */

/* Columns behind the value, in the order of enum export_column. */
static const char *const attribute_ids[EXPORT_COLUMN_COUNT] = {
    "ACTOR", "SOURCE", "VINTAGE", "CONDITION",
    "NOTE",  "URL",    "CONTEXT", "RETRACTED"};

/* Who says it, and when, is part of the key. */
static bool
is_key(int column)
{
    return column <= EXPORT_COLUMN_ON;
}

static void
write_header(struct observations *to)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    struct buffer *text = &to->out->held;
    buffer_add_text(text, "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,KIND,METRIC");
    for (size_t i = 0; i < to->usage.dimension_count; i++) {
        struct slice name = vocabulary_name(vocabulary, CLASS_DIMENSION,
                                            to->usage.dimensions[i]);
        buffer_add_char(text, ',');
        to->counts->unnamed += !is_code(name);
        export_write_dimension(name, is_reserved(name), ',', text);
    }
    for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
        if (column == EXPORT_COLUMN_CONDITION) {
            buffer_add_text(text, ",TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
                                  "UNIT_MEASURE,UNIT_MULT");
            buffer_add_text(text, to->usage.fiscal ? ",REPORTING_YEAR_START_DAY"
                                                   : "");
            buffer_add_text(text, to->usage.worded ? ",STATED" : "");
        }
        if (to->usage.used[column]) {
            buffer_format(text, ",%s", attribute_ids[column]);
        }
    }
    buffer_add_char(text, '\n');
}

/* Lines -------------------------------------------------------------------- */

/* The unit of a line, if a reader finds it by what is written. */
static void
take_unit(struct observations *to, unit_id id)
{
    struct session *session = to->session;
    const struct unit *unit = &session->vocabulary->units.items[id];
    struct slice shown =
        unit->role != UNIT_FOLLOWS && fact_names_unit(session, id)
            ? atoms_text(&session->atoms, unit->name)
            : SLICE("");
    buffer_clear(&to->unit);
    bool taken =
        scope_find_unit(session, atoms_intern(&session->atoms, SLICE("PT"))) !=
        INDEX_NONE;
    bool share = slice_is(shown, "%") && !taken;
    unit_id found =
        scope_find_unit(session, atoms_intern(&session->atoms, shown));
    to->unit_says = shown.len == 0 || found == id;
    csv_add_cell(&to->unit, share ? SLICE("PT") : shown, ',');
}

/* Is there a line with a unit that only words can say? */
static bool
has_odd_unit(struct observations *to)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    unit_id last = INDEX_NONE;
    for (uint32_t line = 1; line < vocabulary->line_count; line++) {
        unit_id unit = vocabulary->lines[line].unit;
        if (unit != last) {
            take_unit(to, unit);
            last = unit;
            if (!to->unit_says) {
                return true;
            }
        }
    }
    return false;
}

/* The cells of a line, made once for all of its facts. */
static void
take_line(struct observations *to, uint32_t line)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, vocabulary->lines[line].metric);
    const uint32_t *members = vocabulary_line_members(vocabulary, line);
    to->line = line;
    buffer_clear(&to->members);
    for (size_t i = 0; i < to->usage.dimension_count; i++) {
        uint32_t dimension = to->usage.dimensions[i];
        int at = metric_dimension(metric, dimension);
        buffer_add_char(&to->members, ',');
        if (at >= 0) {
            write_member(to, dimension, members[at], &to->members);
        } else if (is_nothing(to, CLASS_MEMBER, dimension)) {
            buffer_add_text(&to->members, "_Z");
        }
    }
    take_unit(to, vocabulary->lines[line].unit);
}

/* Values ------------------------------------------------------------------- */

/* Appends the digits of a number, and returns the power of ten that is left: in
 * thousands, millions and so on where its last digits are not known. */
static int
write_digits(struct buffer *text, struct decimal decimal)
{
    int scale = 0;
    while (scale < 30 && scale < decimal.exponent) {
        scale += 3;
    }
    if (decimal.exponent > 30) {
        decimal_print_scientific(text, decimal);
        return 0;
    }
    decimal_print(text, decimal, scale);
    return scale;
}

/* Has the fact one level, exact or rounded, for others to read? */
static bool
has_level(const struct fact *fact, const struct fact_detail *detail)
{
    int other =
        FORM_RELATION | FORM_OVER | FORM_NEARLY | FORM_WIDE | FORM_FORMULA;
    return !(fact->form & other) && !detail->written;
}

static void
write_status(struct observations *to, const struct fact *fact, char status)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    uint32_t kind = fact_kind(fact);
    uint32_t like = vocabulary_entry(vocabulary, CLASS_KIND, kind)->link;
    char usual = sdmx_kind_status(
        vocabulary_name(vocabulary, CLASS_KIND, like ? like : kind));
    buffer_add_char(&to->out->held, status ? status : usual);
}

/* ,683.6,A,USD,9 */
static void
write_value(struct observations *to, const struct fact *fact,
            const struct fact_detail *detail, char status)
{
    struct buffer *text = &to->out->held;
    bool level = !to->order->settles && has_level(fact, detail);
    int scale = 0;
    buffer_add_char(text, ',');
    if (level) {
        scale = write_digits(text, fact_decimal(fact));
    }
    buffer_add_char(text, ',');
    write_status(to, fact, status);
    buffer_add_char(text, ',');
    buffer_add_slice(text, buffer_slice(&to->unit));
    buffer_add_char(text, ',');
    if (level) {
        buffer_format(text, "%d", scale);
    }
}

/* A year of a calendar is a reporting year, called by the year in which it
 * begins.  The one that begins in the year 0, which nobody can write, stands as
 * a year. */
static void
write_period(struct observations *to, const struct fact *fact)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    struct period period = {fact_frequency(fact), fact_period(fact)};
    bool fiscal = metric->calendar && period.frequency == FREQUENCY_A;
    struct calendar calendar =
        vocabulary_calendar(vocabulary, metric->calendar);
    bool later =
        calendar.named_by_end && !(calendar.month == 1 && calendar.day == 1);
    fiscal = fiscal && (!later || period.ordinal > YEAR_MIN);
    period.ordinal -= fiscal && later;
    buffer_add_char(&to->out->held, ',');
    size_t at = to->out->held.len;
    period_print(&to->out->held, period, false);
    buffer_add_text(&to->out->held, fiscal ? "-A1" : "");
    if (period.frequency == FREQUENCY_S) { /* 2023-H1 is 2023-S1 there */
        *strchr(to->out->held.text + at, 'H') = 'S';
    }
}

static void
write_year_start(struct observations *to, const struct fact *fact)
{
    const struct vocabulary *vocabulary = to->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    struct calendar calendar =
        vocabulary_calendar(vocabulary, metric->calendar);
    buffer_add_char(&to->out->held, ',');
    if (metric->calendar && fact_frequency(fact) == FREQUENCY_A) {
        buffer_format(&to->out->held, "--%02d-%02d", calendar.month,
                      calendar.day);
    }
}

static void
write_stated(struct observations *to, const struct fact *fact,
             const struct fact_detail *detail)
{
    buffer_add_char(&to->out->held, ',');
    bool gone = to->order->settles;
    if (gone || !export_is_plain(fact, detail) || !to->unit_says) {
        struct buffer said = {0};
        export_print_stated(to->session, fact, detail, gone, &said);
        csv_add_cell(&to->out->held, buffer_slice(&said), ',');
        buffer_free(&said);
        to->counts->worded++;
    }
}

/* The status with which a note begins, as an import keeps it, 0 for none.  It
 * is taken out of the note, unless a label explains it there: an import leaves
 * such a note as it is. */
static char
part_status(struct slice *note)
{
    size_t len = strlen(SDMX_STATUS_NOTE);
    bool begins =
        note->len > len && memcmp(note->at, SDMX_STATUS_NOTE, len) == 0;
    if (!begins) {
        return '\0';
    }
    struct slice rest = {note->at + len + 1, note->len - len - 1};
    bool more = rest.len > 2 && memcmp(rest.at, "; ", 2) == 0;
    bool labelled = rest.len > 2 && memcmp(rest.at, ": ", 2) == 0;
    bool parts = rest.len == 0 || more || labelled;
    char status = parts ? note->at[len] : '\0';
    if (!status || status < 'A' || status > 'Z') {
        return '\0';
    }
    if (labelled) {
        return status;
    }
    *note = more ? (struct slice){rest.at + 2, rest.len - 2} : SLICE("");
    return status;
}

/* Rows --------------------------------------------------------------------- */

static void
write_key(struct observations *to, int column, const struct fact *fact)
{
    struct buffer *text = &to->out->held;
    bool before = fact->form & FORM_BEFORE;
    bool dated = fact_day(fact) != DAY_NONE || before;
    buffer_add_char(text, ',');
    if (column == EXPORT_COLUMN_ACTOR) {
        write_name(to, CLASS_ACTOR, fact->actor, text);
    } else if (column == EXPORT_COLUMN_SOURCE) {
        write_name(to, CLASS_SOURCE, fact->source, text);
    } else if (dated) {
        fact_print_day(fact_day(fact), before, text);
    }
}

static void
write_attributes(struct observations *to, const struct fact *fact,
                 const struct fact_detail *detail, struct slice note)
{
    const struct slice said[EXPORT_COLUMN_COUNT] = {
        [EXPORT_COLUMN_CONDITION] = slice_of(detail->condition),
        [EXPORT_COLUMN_NOTE] = note,
        [EXPORT_COLUMN_URL] = slice_of(detail->url),
        [EXPORT_COLUMN_CONTEXT] = slice_of(detail->context)};
    for (int i = EXPORT_COLUMN_CONDITION; i < EXPORT_COLUMN_RETRACTED; i++) {
        if (to->usage.used[i]) {
            buffer_add_char(&to->out->held, ',');
            csv_add_cell(&to->out->held, said[i], ',');
        }
    }
    if (to->usage.used[EXPORT_COLUMN_RETRACTED]) {
        buffer_add_char(&to->out->held, ',');
        export_write_retraction(to->session, fact, ',', &to->out->held);
    }
}

static bool
write_row(void *context, const struct fact *fact,
          const struct fact_detail *detail)
{
    struct observations *to = context;
    struct buffer *text = &to->out->held;
    struct slice note = slice_of(detail->note);
    if (export_leaves_out(to->order, fact)) {
        to->counts->left_out++;
        return true;
    }
    if (to->line != fact_line(fact)) {
        take_line(to, fact_line(fact));
    }
    char status = part_status(&note);
    buffer_format(text, "dataflow,ASSAY:FACTS(1.0),I,%s,",
                  sdmx_frequency_code(fact_frequency(fact)));
    write_name(to, CLASS_KIND, fact_kind(fact), text);
    buffer_add_char(text, ',');
    write_name(to, CLASS_METRIC, fact_metric(fact), text);
    buffer_add_slice(text, buffer_slice(&to->members));
    for (int column = 0; is_key(column); column++) {
        if (to->usage.used[column]) {
            write_key(to, column, fact);
        }
    }
    write_period(to, fact);
    write_value(to, fact, detail, status);
    if (to->usage.fiscal) {
        write_year_start(to, fact);
    }
    if (to->usage.worded) {
        write_stated(to, fact, detail);
    }
    write_attributes(to, fact, detail, note);
    buffer_add_char(text, '\n');
    to->counts->facts++;
    export_flush(to->out, false);
    return !to->out->failed;
}

static void
init_checked(struct observations *to)
{
    for (int class = 0; class < CLASS_COUNT; class ++) {
        size_t bytes = to->session->vocabulary->classes[class].count *
                       sizeof *to->checked[class];
        to->checked[class] = memory_alloc(bytes);
        memset(to->checked[class], 0, bytes);
    }
}

static void
free_observations(struct observations *to)
{
    export_usage_free(&to->usage);
    for (int class = 0; class < CLASS_COUNT; class ++) {
        free(to->checked[class]);
    }
    buffer_free(&to->members);
    buffer_free(&to->unit);
}

bool
export_sdmx(struct session *session, struct export_out *out,
            struct export_counts *counts)
{
    struct export_order order;
    struct observations to = {.session = session, .out = out, .counts = counts};
    to.order = &order;
    bool done = export_order_open(&order, session) &&
                export_usage_find(&to.usage, &order);
    init_checked(&to);
    if (done) {
        to.usage.worded = to.usage.worded || has_odd_unit(&to);
        write_header(&to);
        order.stands = true;
        done = export_in_sequence(&order, write_row, &to);
    }
    free_observations(&to);
    export_order_close(&order);
    return done && !out->failed;
}
