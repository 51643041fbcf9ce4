/* All facts, once, in the order of the table: is each of them possible, and
 * does what belongs to it belong to it? */
#include "store/verify/counts.h"

/* Names of one sort: the ids that there are, and those that were taken back. */
struct ids {
    struct number_set all;
    struct number_set gone;
};

enum { OF_METRIC, OF_KIND, OF_LINE, OF_ACTOR, OF_SOURCE, OF_COUNT };

struct walk {
    struct verify *verify;
    struct ids ids[OF_COUNT];
    struct index line_metrics; /* line: its metric */
    struct number_set batches;
    struct number_set records;
    struct number_set detailed; /* records of facts that have a detail */
    int64_t constraining;       /* facts with a formula or a movement */
    int64_t last_record;
    struct counts counts;
};

static const char *const id_tables[OF_COUNT] = {"metric", "kind", "line",
                                                "actor", "source"};

/* The columns of the table, and what may stand in them. */
static const struct {
    const char *name;
    int64_t low;
    int64_t high;
} columns[] = {
    {"metric", 1, KEY_METRIC_MAX},
    {"frequency", 0, FREQUENCY_COUNT - 1},
    {"kind", 1, KEY_KIND_MAX},
    {"period", 0, KEY_PERIOD_MAX},
    {"line", 1, UINT32_MAX / 2},
    {"day", DAY_NONE, DAY_MAX},
    {"record", 1, INT64_MAX / 2},
    {"coefficient", -999999999999999999, 999999999999999999},
    {"exponent", -2 * DECIMAL_EXPONENT_MAX, 2 * DECIMAL_EXPONENT_MAX},
    {"form", 0, 2 * FORM_MOVED - 1},
    {"actor", 0, UINT32_MAX / 2},
    {"source", 0, UINT32_MAX / 2},
    {"batch", 1, UINT32_MAX / 2},
    {"row", 0, UINT32_MAX},
};

enum { COLUMN_RECORD = 6, COLUMN_COUNT = sizeof columns / sizeof *columns };

static void
load_ids(struct walk *walk)
{
    struct verify *verify = walk->verify;
    struct buffer sql = {0};
    for (int i = 0; i < OF_COUNT; i++) {
        buffer_clear(&sql);
        buffer_format(&sql, "SELECT id FROM %s", id_tables[i]);
        verify_load_set(verify, &walk->ids[i].all, sql.text, id_tables[i]);
        buffer_format(&sql, " WHERE NOT " STORE_STANDS("declared"));
        verify_load_set(verify, &walk->ids[i].gone, sql.text, id_tables[i]);
    }
    buffer_free(&sql);
    sqlite3_stmt *row =
        verify_prepare(verify, "SELECT id, metric FROM line", "lines");
    while (verify_step(verify, row, "lines")) {
        index_put(&walk->line_metrics, (uint64_t)sqlite3_column_int64(row, 0),
                  (uint32_t)sqlite3_column_int64(row, 1) & KEY_METRIC_MAX);
    }
    sqlite3_finalize(row);
    verify_load_set(verify, &walk->batches, "SELECT id FROM batch", "batches");
    verify_load_set(verify, &verify->living,
                    "SELECT b.id FROM batch AS b JOIN \"transaction\" AS t"
                    " ON t.id = b.\"transaction\""
                    " WHERE b.withdrawn = 0 AND t.withdrawn = 0",
                    "batches");
    verify_load_set(verify, &verify->retracted,
                    "SELECT r.retracted FROM retraction AS r JOIN batch AS b"
                    " ON b.id = r.batch JOIN \"transaction\" AS t"
                    " ON t.id = b.\"transaction\""
                    " WHERE b.withdrawn = 0 AND t.withdrawn = 0",
                    "retractions");
}

/* One fact ----------------------------------------------------------------- */

/* A fact that cannot be has its record and its detail all the same. */
static void
note_record(struct walk *walk, int64_t record, int64_t form)
{
    number_set_add(&walk->records, (uint64_t)record);
    if (form & FORM_DETAIL) {
        number_set_add(&walk->detailed, (uint64_t)record);
    }
}

/* Reads a fact; false when some column holds what none can. */
static bool
read_fact(struct walk *walk, sqlite3_stmt *row, struct fact *fact)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        int64_t value = sqlite3_column_int64(row, i);
        if (value < columns[i].low || value > columns[i].high) {
            verification_add(
                walk->verify->found, "fact %lld: its %s cannot be %lld",
                (long long)sqlite3_column_int64(row, COLUMN_RECORD),
                columns[i].name, (long long)value);
            note_record(walk, sqlite3_column_int64(row, COLUMN_RECORD),
                        sqlite3_column_int64(row, 9));
            return false;
        }
    }
    *fact = (struct fact){
        .cell = store_row_cell(row),
        .line_day = store_row_line_day(row),
        .record = sqlite3_column_int64(row, COLUMN_RECORD),
        .form = (uint16_t)sqlite3_column_int(row, 9),
        .actor = (uint32_t)sqlite3_column_int64(row, 10),
        .source = (uint32_t)sqlite3_column_int64(row, 11),
        .batch = (uint32_t)sqlite3_column_int64(row, 12),
    };
    return true;
}

static bool
is_possible(struct period period)
{
    if (period.frequency == FREQUENCY_ONCE) {
        return period.ordinal == 0;
    }
    struct period first = period_of_day(period.frequency, 1, &calendar_plain);
    struct period last =
        period_of_day(period.frequency, DAY_MAX, &calendar_plain);
    return period.ordinal >= first.ordinal && period.ordinal <= last.ordinal;
}

static void
check_ids(struct walk *walk, const struct fact *fact)
{
    struct verify *verify = walk->verify;
    const uint32_t ids[OF_COUNT] = {fact_metric(fact), fact_kind(fact),
                                    fact_line(fact), fact->actor, fact->source};
    bool living = number_set_has(&verify->living, fact->batch);
    for (int i = 0; i < OF_COUNT; i++) {
        if (ids[i] && !number_set_has(&walk->ids[i].all, ids[i])) {
            verify_fact_fault(verify, fact, "there is no %s %u", id_tables[i],
                              ids[i]);
        } else if (living && walk->ids[i].gone.count &&
                   number_set_has(&walk->ids[i].gone, ids[i])) {
            verify_fact_fault(verify, fact, "%s %u was taken back",
                              id_tables[i], ids[i]);
        }
    }
    uint32_t metric = index_get(&walk->line_metrics, fact_line(fact));
    if (metric != INDEX_NONE && metric != fact_metric(fact)) {
        verify_fact_fault(verify, fact, "line %u is of metric %u",
                          fact_line(fact), metric);
    }
    if (!number_set_has(&walk->batches, fact->batch)) {
        verify_fact_fault(verify, fact, "there is no batch %u", fact->batch);
    }
}

static void
check_form(struct walk *walk, const struct fact *fact, bool has_digits)
{
    const uint16_t told = FORM_WIDE | FORM_FORMULA | FORM_MOVED;
    bool has_formula = fact->form & FORM_FORMULA;
    bool range = (fact->form & FORM_RELATION) == FORM_RELATION;
    if (has_formula == has_digits) {
        verify_fact_fault(walk->verify, fact,
                          has_digits ? "it has digits beside its formula"
                                     : "it has no digits");
    }
    if ((fact->form & told || range) && !(fact->form & FORM_DETAIL)) {
        verify_fact_fault(walk->verify, fact, "it lacks its detail");
    }
}

static void
check_fact(struct walk *walk, const struct fact *fact, bool has_digits)
{
    uint64_t record = (uint64_t)fact->record;
    struct period period = {fact_frequency(fact), fact_period(fact)};
    bool new_period = walk->counts.cell != fact->cell;
    if (new_period && !is_possible(period)) {
        verify_fact_fault(walk->verify, fact, "there is no such period");
    }
    check_ids(walk, fact);
    check_form(walk, fact, has_digits);
    if (!number_set_add(&walk->records, record)) {
        verify_fact_fault(walk->verify, fact, "another fact has its record");
    }
    if (fact->form & FORM_DETAIL) {
        number_set_add(&walk->detailed, record);
    }
    walk->constraining += (fact->form & (FORM_FORMULA | FORM_MOVED)) != 0;
    walk->last_record =
        fact->record > walk->last_record ? fact->record : walk->last_record;
}

static void
walk_facts(struct walk *walk)
{
    static const char what[] = "facts";
    struct verification *found = walk->verify->found;
    sqlite3_stmt *row =
        verify_prepare(walk->verify,
                       "SELECT metric, frequency, kind, period, line, day,"
                       " record, coefficient, exponent, form, actor, source,"
                       " batch, row FROM fact ORDER BY metric, frequency, kind,"
                       " period, line, day, record",
                       what);
    struct fact fact;
    counts_open(&walk->counts, walk->verify);
    while (verify_step(walk->verify, row, what)) {
        if (!read_fact(walk, row, &fact)) {
            continue;
        }
        check_fact(walk, &fact, sqlite3_column_type(row, 7) != SQLITE_NULL);
        counts_add(&walk->counts, &fact);
        if (number_set_has(&walk->verify->living, fact.batch)) {
            found->facts++;
        } else {
            found->gone++;
        }
    }
    counts_close(&walk->counts);
    sqlite3_finalize(row);
    if (walk->records.full) {
        verification_add(found, "records of facts lie too far apart");
    }
}

/* What belongs to facts ---------------------------------------------------- */

/* Calls FAULT for facts that SQL gives, named by their key and record. */
static void
each_fact(struct walk *walk, const char *sql, const char *fault)
{
    sqlite3_stmt *row = verify_prepare(walk->verify, sql, "facts");
    while (verify_step(walk->verify, row, "facts")) {
        struct fact fact = {
            .cell = store_row_cell(row),
            .line_day = store_row_line_day(row),
            .record = sqlite3_column_int64(row, COLUMN_RECORD),
        };
        verify_fact_fault(walk->verify, &fact, "%s", fault);
    }
    sqlite3_finalize(row);
}

#define FACT_KEY "metric, frequency, kind, period, line, day, record"

static void
check_details(struct walk *walk)
{
    static const char what[] = "details of facts";
    size_t met = 0;
    sqlite3_stmt *row =
        verify_prepare(walk->verify, "SELECT record FROM fact_detail", what);
    while (verify_step(walk->verify, row, what)) {
        int64_t record = sqlite3_column_int64(row, 0);
        if (number_set_has(&walk->detailed, (uint64_t)record)) {
            met++;
        } else {
            verification_add(walk->verify->found,
                             "detail %lld: no fact says that it has one",
                             (long long)record);
        }
    }
    sqlite3_finalize(row);
    if (met != walk->detailed.count) {
        each_fact(walk,
                  "SELECT " FACT_KEY " FROM fact WHERE form & 256"
                  " AND record NOT IN (SELECT record FROM fact_detail)",
                  "its detail is missing");
    }
}
_Static_assert(FORM_DETAIL == 256, "as check_details() has it");

/* The table of constraints finds facts that say so; here it is whether it has
 * them all. */
static void
check_constraints(struct walk *walk)
{
    int64_t count = verify_number(
        walk->verify, "SELECT count(*) FROM \"constraint\"", "constraints");
    if (count != walk->constraining) {
        each_fact(walk,
                  "SELECT " FACT_KEY " FROM fact WHERE form & 1152"
                  " AND record NOT IN (SELECT record FROM \"constraint\")",
                  "it is missing among the constraints");
    }
}
_Static_assert((FORM_FORMULA | FORM_MOVED) == 1152, "as the checks have it");

static void
check_retractions(struct walk *walk)
{
    static const char what[] = "retractions";
    sqlite3_stmt *row = verify_prepare(
        walk->verify, "SELECT record, retracted FROM retraction", what);
    while (verify_step(walk->verify, row, what)) {
        int64_t record = sqlite3_column_int64(row, 0);
        int64_t retracted = sqlite3_column_int64(row, 1);
        if (!number_set_has(&walk->records, (uint64_t)retracted)) {
            verification_add(walk->verify->found,
                             "retraction %lld: there is no fact %lld",
                             (long long)record, (long long)retracted);
        }
        if (!number_set_add(&walk->records, (uint64_t)record)) {
            verification_add(walk->verify->found,
                             "retraction %lld: a fact has its record",
                             (long long)record);
        }
        walk->last_record =
            record > walk->last_record ? record : walk->last_record;
    }
    sqlite3_finalize(row);
}

static void
check_counter(struct walk *walk)
{
    int64_t counter = verify_number(walk->verify, "SELECT record FROM counter",
                                    "the counter of records");
    if (counter < walk->last_record) {
        verification_add(walk->verify->found,
                         "the counter of records stands at %lld, and there is "
                         "a record %lld",
                         (long long)counter, (long long)walk->last_record);
    }
}

void
verify_facts(struct verify *verify)
{
    struct walk walk = {.verify = verify};
    load_ids(&walk);
    walk_facts(&walk);
    check_details(&walk);
    check_constraints(&walk);
    check_retractions(&walk);
    check_counter(&walk);
    for (int i = 0; i < OF_COUNT; i++) {
        number_set_free(&walk.ids[i].all);
        number_set_free(&walk.ids[i].gone);
    }
    index_free(&walk.line_metrics);
    number_set_free(&walk.batches);
    number_set_free(&walk.records);
    number_set_free(&walk.detailed);
}
