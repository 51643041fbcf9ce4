/*
 * Which clustered key for the table `fact`?  Every candidate gets the same
 * made-up facts, questions and additions; counts are compared, plans may not
 * sort.  Prints Markdown, "median (least)"; see docs/measurements.md.
 * Build:  cc -std=c17 -O2 -Wall -Wextra -o key tests/bench/key.c -lsqlite3
 * Run:    ./key [rounds [page size [mmap in MiB [cache in KiB]]]] > key.md
 * Without arguments as with 5 16384 1024 65536; a scratch file key.db, which
 * must not be there before, grows to 110 MB.
 */
#define _POSIX_C_SOURCE 200809L
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    METRIC,
    FREQ,
    KIND,
    PERIOD,
    LINE,
    DAY,
    SEQ,
    COEF,
    EXP,
    FORM,
    ACTOR,
    SOURCE,
    BATCH,
    ROW,
    COLUMNS
};
enum {
    REPEATS = 2,
    COMMITS = 20,
    MAX_ROUNDS = 20,
    MOST = 2000000,
    FIRST_METRIC = 17,
    FIRST_LINE = 1000,
    AS_OF = 40000
};
typedef struct { /* first period, its day, days a period, periods a year */
    const char *name;
    int metrics, lines, periods, kinds, vintages, percent_present;
    int freq, first, day, days, more;
} Shape;
static const Shape shapes[] = {
    {"Yearly: 4 metrics, 10 000 lines x 50 years x 2 kinds", 4, 10000, 50, 2, 1,
     100, 1, 1980, 3650, 365, 1},
    {"Monthly: 2 metrics, 1 000 lines x 480 months x 2 kinds", 2, 1000, 480, 2,
     1, 100, 4, 23880, 7300, 30, 12},
    {"Daily, sparse: 1 metric, 1 000 lines x 2 500 days, 40 % present", 1, 1000,
     2500, 1, 1, 40, 6, 10950, 10950, 1, 250},
    {"Vintages: 2 metrics, 2 000 lines x 25 years x 2 kinds x 10 vintages", 2,
     2000, 25, 2, 10, 100, 1, 2000, 10950, 365, 1},
};
enum { K, P, L }; /* kind, period, line: what the keys order differently */
enum { A, B, C, D, E, KEYS }; /* D: rowid and index; E: A, ties from 0 */
static const char *const axes[] = {"kind", "period", "line"};
static const int orders[KEYS][3] = {
    {K, P, L}, {K, L, P}, {L, K, P}, {K, P, L}, {K, P, L}};
enum {
    ALL,
    BOTH,
    PART,
    LIST,
    PICK,
    POINT,
    READ5,
    READ10,
    PLAIN5,
    STEP5,
    STEP10,
    STATEMENTS
};
enum {
    BYTES,
    LOAD,
    YEAR,
    VINTAGE,
    LINES,
    COMMIT,
    GROWTH,
    TARGET,
    MEASURES = 21
};
static const struct {
    const char *name;
    double scale;
    int times;                            /* 0: as many as there are facts */
    int statement, kinds, lines, periods; /* 0: all of them */
} measures[MEASURES] = {
    {"file, bytes a fact", 1, 0, 0, 0, 0, 0},
    {"bulk load, ns a row", 1e9, 0, 0, 0, 0, 0},
    {"append a year, all lines, ms", 1e3, 1, 0, 0, 0, 0},
    {"append a vintage of the last 10 periods, ms", 1e3, 1, 0, 0, 0, 0},
    {"append 10 lines of each metric, ms", 1e3, 1, 0, 0, 0, 0},
    {"transaction of one row, ms", 1e3, 1, 0, 0, 0, 0},
    {"growth, all lines and periods, ms", 1e3, 1, ALL, 1, 0, 0},
    {"target against actual, all, ms", 1e3, 1, BOTH, 1, 0, 0},
    {"the same, one period, plain, ms", 1e3, 1, PART, 2, 0, 1},
    {"the same, one period, with list, ms", 1e3, 1, LIST, 2, 0, 1},
    {"one line, plain, ms", 1e3, 1, PART, 1, 1, 0},
    {"one line, with list, ms", 1e3, 20, LIST, 1, 1, 0},
    {"100 neighbouring lines, plain, ms", 1e3, 1, PART, 1, 100, 0},
    {"100 neighbouring lines, with list, ms", 1e3, 5, LIST, 1, 100, 0},
    {"100 lines far apart, with list, ms", 1e3, 1, PICK, 1, 1, 0},
    {"point lookup, us", 1e6, 50000, POINT, 1, 1, 1},
    {"aggregate, 5 columns, ns a fact", 1e9, 0, READ5, 1, 0, 0},
    {"aggregate, 10 columns, ns a fact", 1e9, 0, READ10, 1, 0, 0},
    {"aggregate, 5 columns, no ORDER BY, ns a fact", 1e9, 0, PLAIN5, 1, 0, 0},
    {"step, 5 columns, ns a fact", 1e9, 0, STEP5, 1, 0, 0},
    {"step, 10 columns, ns a fact", 1e9, 0, STEP10, 1, 0, 0},
};
static struct row {
    int32_t v[COLUMNS];
} * rows; /* handed out by `feed` */
static size_t row_count, feed_at;
static const Shape *shape; /* what is measured now */
static const int *order;
static int key, by_line, own; /* lines of a metric */
static sqlite3 *db;
static sqlite3_stmt *stmt[STATEMENTS];
static double *panel; /* the last vintage of each cell, in key order */
double sink;          /* not static, so that it is worked out */
static size_t stride[3], cells, last_cell, facts;
static int64_t *column_read[10];
static double samples[KEYS][MEASURES][MAX_ROUNDS * COMMITS];
static int sampled[KEYS][MEASURES], settings[] = {5, 16384, 1024, 65536};
static size_t answers[MEASURES][REPEATS + 1];

static void
check(int good, const char *what)
{
    if (!good && fprintf(stderr, "key: %s: %s\n", what, sqlite3_errmsg(db)))
        exit(1);
}

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
hash(int n, int below)
{
    uint64_t x = (uint64_t)n * 0xbf58476d1ce4e5b9u + 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (int)((x >> 32) % (uint64_t)below);
}

/* Facts in key order: of each metric the lines l0 .. l1-1, and so on. */
static void
make(int l0, int l1, int p0, int p1, int v0, int v1)
{
    const Shape *s = shape;
    const int low[] = {0, p0, l0}, high[] = {s->kinds, p1, l1};
    int f = order[0], g = order[1], h = order[2], x[3];
    row_count = 0;
    for (int m = 0; m < s->metrics; m++)
        for (x[f] = low[f]; x[f] < high[f]; x[f]++)
            for (x[g] = low[g]; x[g] < high[g]; x[g]++)
                for (x[h] = low[h]; x[h] < high[h]; x[h]++)
                    for (int v = v0; v < v1; v++) {
                        int l = x[L] < own ? m * own + x[L]
                                           : s->lines + m * 10 + x[L] - own;
                        int day = s->day + (x[P] + 1 - x[K]) * s->days +
                                  20 * v - 250 * x[K];
                        int n = ((l * s->periods + x[P]) * s->kinds + x[K]) *
                                    s->vintages +
                                v;
                        n += p0 || l0 || v0 ? MOST : 0;
                        if (hash(n, 100) < s->percent_present)
                            rows[row_count++] = (struct row){
                                {FIRST_METRIC + m, s->freq, x[K],
                                 s->first + x[P], FIRST_LINE + l, day,
                                 key == E ? 0 : n, hash(-n, 1000000),
                                 hash(n, 8), 0, 2 + hash(n, 16),
                                 2 + hash(n, 64), 5, n}};
                    }
}

/* The virtual table `feed`, for one reader. */
typedef sqlite3_vtab Table;
typedef sqlite3_vtab_cursor Cursor;
static Table table;
static Cursor cursor;
static int
feed_connect(sqlite3 *to, void *data, int argc, const char *const *argv,
             Table **t, char **error)
{
    (void)data, (void)argc, (void)argv, (void)error, *t = &table;
    return sqlite3_declare_vtab(
        to, "CREATE TABLE feed(a, b, c, d, e, f, g, h, i, j, k, l, m, n)");
}
static int
plan(Table *t, sqlite3_index_info *i)
{
    return (void)t, (void)i, 0;
}
static int
feed_disconnect(Table *t)
{
    return (void)t, SQLITE_OK;
}
static int
feed_open(Table *t, Cursor **c)
{
    return (void)t, *c = &cursor, 0;
}
static int
feed_close(Cursor *c)
{
    return (void)c, SQLITE_OK;
}
static int
feed_first(Cursor *c, int n, const char *s, int m, sqlite3_value **v)
{
    return (void)c, (void)n, (void)s, (void)m, (void)v, feed_at = 0, SQLITE_OK;
}
static int
feed_next(Cursor *c)
{
    return (void)c, feed_at++, SQLITE_OK;
}
static int
feed_eof(Cursor *c)
{
    return (void)c, feed_at >= row_count;
}
static int
feed_column(Cursor *c, sqlite3_context *out, int i)
{
    return (void)c, sqlite3_result_int(out, rows[feed_at].v[i]), SQLITE_OK;
}
static const sqlite3_module feed_module = {.xConnect = feed_connect,
                                           .xBestIndex = plan,
                                           .xOpen = feed_open,
                                           .xDisconnect = feed_disconnect,
                                           .xClose = feed_close,
                                           .xNext = feed_next,
                                           .xFilter = feed_first,
                                           .xEof = feed_eof,
                                           .xColumn = feed_column};

/* take(kind, period, line, day, coef, exp): the last row of a cell stays. */
static void
take(sqlite3_context *c, int argc, sqlite3_value **v)
{
    static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    const int first[] = {0, shape->first, FIRST_LINE};
    size_t cell = 0;
    for (int i = 0; i < argc - 3; i++)
        cell += (size_t)(sqlite3_value_int(v[i]) - first[i]) * stride[i];
    if (cell < last_cell)
        sqlite3_result_error(c, "rows out of order", -1);
    last_cell = cell, facts++;
    if (sqlite3_value_int(v[3]) <= AS_OF)
        panel[cell] =
            (double)sqlite3_value_int64(v[4]) * power[sqlite3_value_int(v[5])];
}
static void
read_all(sqlite3_context *c, int argc, sqlite3_value **v)
{
    for (int i = 0; i < argc; i++)
        column_read[i][facts] = sqlite3_value_int64(v[i]);
    (void)c, facts++;
}
static void
done(sqlite3_context *c)
{
    sqlite3_result_null(c);
}

#define FACT "FROM fact WHERE metric=?1 AND freq=?2 "
#define TAKE                                                                   \
    "SELECT take(kind, period, line, day, coef, exp) FROM "                    \
    "(SELECT kind, period, line, day, coef, exp "
#define ORDER "ORDER BY metric, freq, %s, %s, %s, day, seq"
#define USED "WHERE m=?1 AND q=?2 AND k=?3 AND metric=?1 AND freq=?2 AND "
#define FIVE "period, line, day, coef, exp"
#define TEN FIVE ", kind, actor, source, batch, row"
/* `used` lists the periods in use (A, D) or the lines in use (B, C). */
static const char *const forms[2][STATEMENTS] = {
    {TAKE FACT "AND kind=?3 " ORDER ")", TAKE FACT ORDER ")",
     TAKE FACT "AND kind=?3 AND period BETWEEN ?4 AND ?5 "
               "AND line BETWEEN ?6 AND ?7 " ORDER ")",
     TAKE "FROM used CROSS JOIN fact " USED "kind=?3 AND part BETWEEN ?4 AND "
          "?5 AND period=part AND line BETWEEN ?6 AND ?7 "
          "ORDER BY part, line, day, seq)",
     TAKE "FROM used CROSS JOIN pick CROSS JOIN fact " USED "kind=?3 AND "
          "period=part AND line=id ORDER BY part, id, day, seq)",
     "SELECT coef, exp " FACT "AND kind=?3 AND period=?4 AND line=?6 "
     "AND day<=40000 ORDER BY day DESC, seq DESC LIMIT 1",
     "SELECT read(" FIVE ") FROM (SELECT " FIVE " " FACT ORDER ")",
     "SELECT read(" TEN ") FROM (SELECT " TEN " " FACT ORDER ")",
     "SELECT read(" FIVE ") " FACT, "SELECT " FIVE " " FACT ORDER,
     "SELECT " TEN " " FACT ORDER},
    {[LIST] =
         TAKE "FROM used CROSS JOIN fact " USED "kind=?3 AND part "
              "BETWEEN ?6 AND ?7 AND line=part AND period BETWEEN ?4 AND ?5 "
              "ORDER BY part, period, day, seq)",
     [PICK] = TAKE "FROM pick CROSS JOIN fact WHERE metric=?1 AND freq=?2 AND "
                   "kind=?3 AND line=id ORDER BY id, period, day, seq)"},
};

static void
run(const char *form, ...)
{
    va_list args;
    va_start(args, form);
    char *sql = sqlite3_vmprintf(form, args);
    va_end(args);
    check(!sqlite3_exec(db, sql, NULL, NULL, NULL), sql);
    sqlite3_free(sql);
}

static void
open_base(void)
{
    check(!sqlite3_open("key.db", &db), "key.db");
    run("PRAGMA page_size=%d; PRAGMA mmap_size=%lld; PRAGMA cache_size=-%d; "
        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL",
        settings[1], (long long)settings[2] << 20, settings[3]);
    sqlite3_create_module(db, "feed", &feed_module, NULL);
    sqlite3_create_function(db, "take", 6, SQLITE_UTF8, 0, 0, take, done);
    sqlite3_create_function(db, "read", -1, SQLITE_UTF8, 0, 0, read_all, done);
}

static void
ask(int which, const int *values)
{
    sqlite3_stmt *s = stmt[which];
    int columns = which == STEP10 ? 10 : which == STEP5 ? 5 : 0;
    for (int i = 0; i < sqlite3_bind_parameter_count(s); i++)
        sqlite3_bind_int(s, i + 1, values[i]);
    for (last_cell = 0; sqlite3_step(s) == SQLITE_ROW;) {
        for (int i = 0; i < columns; i++)
            column_read[i][facts] = sqlite3_column_int64(s, i);
        facts += which == POINT || columns > 0;
    }
    check(!sqlite3_reset(s), "question");
    check(!sqlite3_stmt_status(s, SQLITE_STMTSTATUS_SORT, 0), "a plan sorts");
}

static void
perform(int i, int n)
{
    int lines = measures[i].lines, one = measures[i].periods;
    int p0 = one ? hash(n + 77, shape->periods) : 0, p1 = shape->periods - 1;
    int m = lines && measures[i].statement != PICK ? n % shape->metrics : 0;
    for (int end = lines ? m : shape->metrics - 1; m <= end; m++)
        for (int k = 0; k < measures[i].kinds; k++) {
            int l = FIRST_LINE + m * own + (lines ? hash(n, own - 100) : 0);
            ask(measures[i].statement,
                (int[]){FIRST_METRIC + m, shape->freq, k, shape->first + p0,
                        shape->first + (one ? p0 : p1), l,
                        l + (lines ? lines : own) - 1});
        }
    size_t by = stride[i == GROWTH ? P : K]; /* borders are not left out */
    for (size_t c = i > TARGET ? cells : by; c < cells; c++)
        sink += panel[c - by] > 0 ? panel[c] / panel[c - by] : 0;
}

static void
note(int i, double value)
{
    double each = measures[i].times ? measures[i].times : (double)facts;
    samples[key][i][sampled[key][i]++] = value * measures[i].scale / each;
}

static void
insert(int measure)
{
    double start = now();
    run("BEGIN IMMEDIATE; INSERT INTO fact SELECT * FROM feed; COMMIT");
    facts = row_count;
    note(measure, now() - start);
}

static void
ask_all(void)
{
    run("BEGIN");
    for (int i = GROWTH; i < MEASURES; i++)
        for (int r = 0; r <= REPEATS; r++) { /* the first one warms */
            int times = measures[i].times ? measures[i].times : 1;
            if (shape->kinds < 2 && (i == TARGET || measures[i].kinds == 2))
                break;
            memset(panel, 0, cells * sizeof *panel);
            facts = 0;
            double start = now();
            for (int n = 0; n < times; n++)
                perform(i, r * times + n);
            if (r)
                note(i, now() - start);
            check(!key || facts == answers[i][r], "another answer than A's");
            answers[i][r] = facts;
        }
    run("COMMIT");
}

static void
append_all(int p, int v)
{
    make(0, own, p, p + shape->more, 0, v);
    insert(YEAR);
    make(0, own, p - 10, p, v, v + 1);
    insert(VINTAGE);
    make(own, own + 10, 0, p, 0, v);
    insert(LINES);
    make(0, own, p - 10, p, v + 1, v + 2);
    for (size_t i = 0, n = row_count; i < COMMITS; i++) {
        rows[0] = rows[n / COMMITS * i + 1], row_count = 1;
        insert(COMMIT);
    }
}

static void
one_round(void)
{
    const int size[] = {shape->kinds, shape->periods, shape->lines};
    struct stat st;
    order = orders[key], by_line = key == B || key == C;
    own = shape->lines / shape->metrics, cells = 1;
    for (int i = 2; i >= 0; cells *= (size_t)size[order[i--]])
        stride[order[i]] = cells;
    open_base();
    run("CREATE TABLE fact(metric INT, freq INT, kind INT, period INT, line "
        "INT, day INT, seq INT, coef INT, exp INT, form INT, actor INT, "
        "source INT, batch INT, row INT, %s(metric, freq, %s, %s, %s, day, "
        "seq)) STRICT%s",
        key == D ? "UNIQUE" : "PRIMARY KEY", axes[order[0]], axes[order[1]],
        axes[order[2]], key == D ? "" : ", WITHOUT ROWID");
    make(0, own, 0, shape->periods, 0, shape->vintages);
    insert(LOAD);
    stat("key.db", &st);
    note(BYTES, (double)st.st_size);
    run("CREATE TABLE used(m, q, k, part, PRIMARY KEY(m, q, k, part)) WITHOUT "
        "ROWID; INSERT INTO used SELECT DISTINCT metric, freq, kind, %s FROM "
        "fact; CREATE TABLE pick(id INTEGER PRIMARY KEY); INSERT INTO pick "
        "SELECT DISTINCT line FROM fact WHERE metric=%d AND line %% %d=0 LIMIT "
        "100",
        axes[by_line ? L : P], FIRST_METRIC, own / 100);
    sqlite3_close(db);
    open_base();
    for (int i = 0; i < STATEMENTS; i++) {
        const char *form = forms[by_line][i] ? forms[by_line][i] : forms[0][i];
        char *sql = sqlite3_mprintf(form, axes[order[0]], axes[order[1]],
                                    axes[order[2]]);
        if (key == C && (i == ALL || i == PART))
            *strstr(sql, " kind=?3") = '+'; /* or the planner sorts */
        check(!sqlite3_prepare_v2(db, sql, -1, &stmt[i], NULL), sql);
        sqlite3_free(sql);
    }
    ask_all();
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(stmt[i]);
    append_all(shape->periods, shape->vintages);
    sqlite3_close(db);
    remove("key.db");
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
report(void)
{
    printf("\n\n## %s\n\n| | A | B | C | D | A, seq 0 |\n"
           "| --- | --: | --: | --: | --: | --: |",
           shape->name);
    for (int i = 0; i < MEASURES; i++) {
        printf("\n| %s |", measures[i].name);
        for (int k = 0; k < KEYS; k++) {
            double *s = samples[k][i];
            int n = sampled[k][i];
            qsort(s, (size_t)n, sizeof *s, by_size);
            printf(n ? " %.3g (%.3g) |" : " - |", s[n / 2], s[0]);
        }
    }
    memset(sampled, 0, sizeof sampled);
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc && i < 5; i++)
        settings[i - 1] = atoi(argv[i]);
    rows = calloc(MOST, sizeof *rows);
    panel = calloc(MOST * 2, sizeof *panel);
    for (int i = 0; i < 10; i++)
        column_read[i] = calloc(MOST, sizeof **column_read);
    for (shape = shapes; shape < shapes + 4; shape++) {
        for (int r = 0; r < settings[0] && r < MAX_ROUNDS; r++)
            for (key = 0; key < KEYS; key++)
                one_round();
        report();
    }
}
