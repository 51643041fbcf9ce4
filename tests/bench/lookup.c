/*
 * One cell, latest vintage: the library against SQL.
 *
 *     lookup OURS THEIRS ROWS LOOKUPS ROUNDS
 *
 * OURS is a fact base, THEIRS a database as generate.c makes it, with the same
 * ROWS facts.  Every way of asking takes its turn in each round; all must find
 * the same figures.  Prints a line for each: median and least microseconds for
 * a look-up, and what share of it ours takes.
 */
#include "eval/session.h"
#include "store/store.h"
#include "tests/bench/data.h"
#include "tests/bench/timing.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum way {
    SESSION,    /* a question in the language, each a transaction */
    SCRIPT,     /* all questions in one text, one transaction */
    STORE,      /* a scan of one cell, within one transaction */
    PREPARED,   /* SQL prepared once, within one transaction */
    TEXTS,      /* SQL prepared anew: a table of texts */
    DICTIONARY, /* SQL prepared anew: a clustered table, names joined */
    WITHIN,     /* the same within one transaction */
    WAYS
};

/* The questions of a person who writes SQL by hand. */
#define SQL_TEXTS                                                              \
    "SELECT value FROM fact WHERE metric = '%s' AND kind = '%s'"               \
    " AND year = %d AND country = '%s' ORDER BY stated DESC LIMIT 1"
#define SQL_DICTIONARY                                                         \
    "SELECT value FROM figure JOIN metric ON metric.id = figure.metric"        \
    " JOIN kind ON kind.id = figure.kind"                                      \
    " JOIN country ON country.id = figure.country"                             \
    " WHERE metric.name = '%s' AND kind.name = '%s' AND year = %d"             \
    " AND country.code = '%s' ORDER BY stated DESC LIMIT 1"
#define SQL_PREPARED                                                           \
    "SELECT value FROM figure WHERE metric = ?1 AND kind = ?2"                 \
    " AND year = ?3 AND country = ?4 ORDER BY stated DESC LIMIT 1"

static struct session *session;
static struct diagnostics diagnostics;
static struct store *store;
static struct atoms atoms;
static sqlite3 *db;
static sqlite3_stmt *prepared;
static uint32_t metrics[DATA_METRICS]; /* ids in the store */
static uint32_t kinds[DATA_KINDS];
static uint32_t lines[DATA_METRICS][DATA_COUNTRIES];
static int64_t their_metrics[DATA_METRICS]; /* ids in their tables */
static int64_t their_kinds[DATA_KINDS];
static int64_t their_countries[DATA_COUNTRIES];
static double found; /* the figure of the last look-up */
static double total; /* of a script */
static struct buffer script;

static void
fail(const char *what)
{
    fprintf(stderr, "lookup: %s\n", what);
    exit(1);
}

static void
take_head(void *context, const struct result_head *head)
{
    (void)context;
    (void)head;
}

static bool
take_row(void *context, const struct result_value *values, const char *note)
{
    (void)note;
    size_t *rows = context;
    found = values[0].number;
    total += found;
    (*rows)++;
    return true;
}

static void
take_foot(void *context, const struct result_foot *foot)
{
    (void)context;
    (void)foot;
}

static void
take_text(void *context, struct slice text)
{
    (void)context;
    (void)text;
}

static void
add_question(const struct data_fact *fact)
{
    buffer_format(&script, "%s %d %s[%s]\n", data_kinds[fact->kind], fact->year,
                  data_metrics[fact->metric], data_country(fact->country).text);
}

/* Runs the questions that were added. */
static void
ask_session(size_t count)
{
    size_t rows = 0;
    struct result_sink sink = {&rows, take_head, take_row, take_foot,
                               take_text};
    if (session_run(session, "question", buffer_slice(&script), &sink) !=
            RUN_DONE ||
        rows != count) {
        fail("a question was not answered");
    }
    buffer_clear(&script);
}

static void
take_fact(void *context, const struct fact *fact)
{
    (void)context;
    found = decimal_double(fact_decimal(fact));
}

static void
ask_store(const struct data_fact *fact)
{
    struct scan_range range = {
        .metric = metrics[fact->metric],
        .frequency = FREQUENCY_A,
        .kind = kinds[fact->kind],
        .first = fact->year,
        .last = fact->year,
        .line_low = lines[fact->metric][fact->country],
        .line_high = lines[fact->metric][fact->country],
        .as_of = INT32_MAX,
    };
    if (!store_scan(store, &range, take_fact, NULL)) {
        fail("the scan failed");
    }
}

static void
ask_sql(const struct data_fact *fact, enum way way)
{
    char text[600];
    sqlite3_stmt *statement;
    const char *metric = data_metrics[fact->metric];
    const char *kind = data_kinds[fact->kind];
    struct data_text country = data_country(fact->country);
    if (way == TEXTS) {
        snprintf(text, sizeof text, SQL_TEXTS, metric, kind, fact->year,
                 country.text);
    } else {
        snprintf(text, sizeof text, SQL_DICTIONARY, metric, kind, fact->year,
                 country.text);
    }
    if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        fail(sqlite3_errmsg(db));
    }
    found = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
}

static void
ask_prepared(const struct data_fact *fact)
{
    sqlite3_bind_int64(prepared, 1, their_metrics[fact->metric]);
    sqlite3_bind_int64(prepared, 2, their_kinds[fact->kind]);
    sqlite3_bind_int64(prepared, 3, fact->year);
    sqlite3_bind_int64(prepared, 4, their_countries[fact->country]);
    if (sqlite3_step(prepared) != SQLITE_ROW) {
        fail(sqlite3_errmsg(db));
    }
    found = sqlite3_column_double(prepared, 0);
    sqlite3_reset(prepared);
}

static uint32_t
find_name(enum name_class class, const char *name)
{
    uint32_t id = vocabulary_find(store_vocabulary(store), class,
                                  atoms_intern(&atoms, slice_of(name)));
    if (!id) {
        fail(name);
    }
    return id;
}

static void
find_ours(void)
{
    struct vocabulary *vocabulary = store_vocabulary(store);
    uint32_t country = find_name(CLASS_DIMENSION, "country");
    store_load_members(store, country);
    for (int i = 0; i < DATA_KINDS; i++) {
        kinds[i] = find_name(CLASS_KIND, data_kinds[i]);
    }
    for (int i = 0; i < DATA_METRICS; i++) {
        metrics[i] = find_name(CLASS_METRIC, data_metrics[i]);
        store_load_lines(store, metrics[i]);
        for (int c = 0; c < DATA_COUNTRIES; c++) {
            uint32_t members[DIMENSIONS_MAX] = {vocabulary_find_member(
                vocabulary, country,
                atoms_intern(&atoms, slice_of(data_country(c).text)))};
            lines[i][c] = vocabulary_find_line(vocabulary, metrics[i], members);
        }
    }
}

static int64_t
find_id(const char *text, const char *name)
{
    sqlite3_stmt *statement;
    int64_t id = 0;
    sqlite3_prepare_v2(db, text, -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        id = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return id;
}

static void
find_theirs(void)
{
    for (int i = 0; i < DATA_METRICS; i++) {
        their_metrics[i] =
            find_id("SELECT id FROM metric WHERE name = ?1", data_metrics[i]);
    }
    for (int i = 0; i < DATA_KINDS; i++) {
        their_kinds[i] =
            find_id("SELECT id FROM kind WHERE name = ?1", data_kinds[i]);
    }
    for (int i = 0; i < DATA_COUNTRIES; i++) {
        their_countries[i] = find_id("SELECT id FROM country WHERE code = ?1",
                                     data_country(i).text);
    }
}

static void
ask(enum way way, const struct data_fact *fact)
{
    switch (way) {
    case SESSION:
        add_question(fact);
        ask_session(1);
        break;
    case SCRIPT:
        add_question(fact);
        break;
    case STORE:
        ask_store(fact);
        break;
    case PREPARED:
        ask_prepared(fact);
        break;
    case TEXTS:
    case DICTIONARY:
    case WITHIN:
        ask_sql(fact, way);
        break;
    case WAYS:
        break;
    }
}

/* Asks for COUNT cells that the facts have; returns the sum of the figures. */
static double
ask_many(enum way way, int rows, int round, int count, double *took)
{
    double sum = 0;
    bool within = way == PREPARED || way == WITHIN;
    if (way == STORE) {
        store_begin(store);
    } else if (within) {
        sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    }
    double start = timing_now();
    for (int i = 0; i < count; i++) {
        uint64_t n = data_hash((uint64_t)round * (uint64_t)count + (uint64_t)i);
        struct data_fact fact = data_fact((int)(n % (uint64_t)rows), true);
        found = way == SCRIPT ? 0 : NAN;
        ask(way, &fact);
        sum += found;
    }
    if (way == SCRIPT) {
        total = 0;
        ask_session((size_t)count);
        sum = total;
    }
    *took = (timing_now() - start) * 1e6 / count;
    if (way == STORE) {
        store_commit(store);
    } else if (within) {
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    return sum;
}

static void
open_all(const char *ours, const char *theirs)
{
    struct session_options options = {.facts = ours, .read_only = true};
    diagnostics_init(&diagnostics);
    atoms_init(&atoms);
    session = session_open(&options, &diagnostics);
    store = store_open(ours, true, &atoms, &diagnostics);
    if (!session || !store ||
        sqlite3_open_v2(theirs, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA mmap_size = 1073741824;", NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_prepare_v2(db, SQL_PREPARED, -1, &prepared, NULL) !=
            SQLITE_OK) {
        fail("the bases cannot be opened");
    }
    find_ours();
    find_theirs();
}

int
main(int argc, char **argv)
{
    static double times[WAYS][TIMING_ROUNDS_MAX];
    static double shares[WAYS][TIMING_ROUNDS_MAX];
    static const char *const names[WAYS] = {
        [SESSION] = "session", [SCRIPT] = "script",
        [STORE] = "store",     [PREPARED] = "prepared",
        [TEXTS] = "texts",     [DICTIONARY] = "dictionary",
        [WITHIN] = "within",
    };
    int rows = argc == 6 ? atoi(argv[3]) : 0;
    int count = argc == 6 ? atoi(argv[4]) : 0;
    int rounds = argc == 6 ? atoi(argv[5]) : 0;
    if (rows < 1 || count < 1 || rounds < 1 || rounds > TIMING_ROUNDS_MAX) {
        fputs("usage: lookup OURS THEIRS ROWS LOOKUPS ROUNDS\n", stderr);
        return 2;
    }
    open_all(argv[1], argv[2]);
    for (int round = -1; round < rounds; round++) { /* the first one warms */
        double first = 0;
        for (enum way way = 0; way < WAYS; way++) {
            double took;
            double sum = ask_many(way, rows, round + 1, count, &took);
            first = way ? first : sum;
            if (!(fabs(sum - first) <= 1e-9 * fabs(first))) {
                fail("the answers differ");
            }
            if (round >= 0) {
                times[way][round] = took;
            }
        }
        for (enum way way = 0; way < WAYS && round >= 0; way++) {
            enum way ours = way == WITHIN     ? SCRIPT
                            : way == PREPARED ? STORE
                                              : SESSION;
            shares[way][round] = times[ours][round] / times[way][round];
        }
    }
    for (enum way way = 0; way < WAYS; way++) {
        double middle = timing_median(times[way], rounds);
        printf("%s %.3f %.3f %.4f %ld\n", names[way], middle, times[way][0],
               timing_median(shares[way], rounds), timing_peak());
    }
    sqlite3_finalize(prepared);
    sqlite3_close(db);
    session_close(session);
    store_close(store);
    atoms_free(&atoms);
    diagnostics_free(&diagnostics);
    return 0;
}
