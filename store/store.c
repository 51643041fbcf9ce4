/* Opening, closing, transactions. */
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SQLITE_HEADER_BYTES = 100 };

#define FACT_KEY "metric, frequency, kind, period, line, day, record"
#define SCAN_RANGE                                                             \
    "metric = ?1 AND frequency = ?2 AND kind = ?3 AND period BETWEEN ?4 AND ?5"
#define SCAN_COLUMNS "period, line, day, record, coefficient, exponent, form"
#define SCAN_PLACES SCAN_COLUMNS ", actor, source, batch, row"
/* The small table of periods in use goes first, whatever the planner thinks:
 * each of its periods is then one seek for the lines that are wanted.  Without
 * the plus the planner takes the bounds of extent.period for fact.period too,
 * reads all lines of the range, and sorts. */
#define SCAN_LINES(columns)                                                    \
    "SELECT assay_feed(" columns ") FROM (SELECT fact.* FROM extent"           \
    " CROSS JOIN fact WHERE extent.metric = ?1 AND extent.frequency = ?2"      \
    " AND extent.kind = ?3 AND extent.period BETWEEN ?4 AND ?5"                \
    " AND fact.metric = ?1 AND fact.frequency = ?2 AND fact.kind = ?3"         \
    " AND fact.period = +extent.period AND fact.line BETWEEN ?6 AND ?7"        \
    " ORDER BY extent.period, fact.line, fact.day, fact.record)"
#define SCAN_ALL(columns)                                                      \
    "SELECT assay_feed(" columns                                               \
    ") FROM (SELECT * FROM fact WHERE " SCAN_RANGE " ORDER BY " FACT_KEY ")"

/* One period needs no list.  The seek gives the order, which the step function
 * asserts: to ask for it would copy each row once more. */
#define SCAN_PERIOD(columns)                                                   \
    "SELECT assay_feed(" columns ") FROM fact WHERE metric = ?1"               \
    " AND frequency = ?2 AND kind = ?3 AND period = ?4"                        \
    " AND line BETWEEN ?6 AND ?7"

/* Of one cell only the fact in force is read, from the end.  128 is
 * FORM_FORMULA. */
#define SCAN_CELL(columns)                                                     \
    "SELECT assay_feed(" columns ") FROM (SELECT * FROM fact"                  \
    " WHERE metric = ?1 AND frequency = ?2 AND kind = ?3 AND period = ?4"      \
    " AND line = ?6 AND day <= ?7 AND form & 128 = 0"                          \
    " ORDER BY day DESC, record DESC LIMIT 1)"
_Static_assert(FORM_FORMULA == 128, "as SCAN_CELL has it");

static const char *const statement_texts[SQL_COUNT] = {
    [SQL_SCAN_CELL] = SCAN_CELL(SCAN_COLUMNS),
    [SQL_SCAN_CELL_PLACES] = SCAN_CELL(SCAN_PLACES),
    [SQL_SCAN] = SCAN_ALL(SCAN_COLUMNS),
    [SQL_SCAN_PLACES] = SCAN_ALL(SCAN_PLACES),
    [SQL_SCAN_LINES] = SCAN_LINES(SCAN_COLUMNS),
    [SQL_SCAN_LINES_PLACES] = SCAN_LINES(SCAN_PLACES),
    [SQL_SCAN_PERIOD] = SCAN_PERIOD(SCAN_COLUMNS),
    [SQL_SCAN_PERIOD_PLACES] = SCAN_PERIOD(SCAN_PLACES),
    [SQL_DETAIL] = "SELECT low, high, assertion, context, condition, note,"
                   " url, written FROM fact_detail WHERE record = ?1",
    [SQL_BATCH] = "SELECT input FROM batch WHERE id = ?1",
    [SQL_MEMBERS] = "SELECT id, code, title FROM member WHERE dimension = ?1"
                    " ORDER BY id",
    [SQL_LINES] = "SELECT line.id, unit, position, member FROM line"
                  " LEFT JOIN line_member ON line_member.line = line.id"
                  " WHERE metric = ?1 ORDER BY line.id, position",
    [SQL_EXTENTS] = "SELECT metric, frequency, kind, period, facts, last_day"
                    " FROM extent ORDER BY metric, frequency, kind, period",
    [SQL_CONSTRAINTS] =
        "SELECT f.metric, f.frequency, f.kind, f.period, f.line, f.day,"
        " f.record, f.coefficient, f.exponent, f.form, f.actor, f.source,"
        " f.batch, f.row FROM \"constraint\" AS c CROSS JOIN fact AS f"
        " WHERE f.metric = c.metric AND f.frequency = c.frequency"
        " AND f.kind = c.kind AND f.period = c.period AND f.line = c.line"
        " AND f.day = c.day AND f.record = c.record ORDER BY c.record",
    [SQL_DERIVED] =
        "SELECT metric, frequency, kind, period, line, day, record, value,"
        " low, high, basis, chain, relation, actor, source FROM derived",
    [SQL_DATA_VERSION] = "PRAGMA data_version",
    [SQL_COUNTER] = "SELECT record FROM counter",
    [SQL_BEGIN] = "BEGIN",
    [SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
};

bool
store_failed(struct store *store, int status)
{
    enum diagnostic_code code = DIAGNOSTIC_BASE_FAILED;
    const char *what = "the fact base failed";
    switch (status & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = DIAGNOSTIC_BASE_BUSY;
        what = "the fact base is in use by another process";
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        code = DIAGNOSTIC_BASE_READ_ONLY;
        what = "the fact base may not be written";
        break;
    case SQLITE_FULL:
        what = "the disk is full";
        break;
    case SQLITE_IOERR:
        what = "reading or writing the fact base failed";
        break;
    case SQLITE_CORRUPT:
        code = DIAGNOSTIC_BASE_CORRUPT;
        what = "the fact base is damaged";
        break;
    case SQLITE_NOTADB:
        code = DIAGNOSTIC_NOT_A_BASE;
        what = "the file is not a fact base";
        break;
    case SQLITE_INTERRUPT:
        code = DIAGNOSTIC_INTERRUPTED;
        what = "interrupted";
        break;
    case SQLITE_CANTOPEN:
        code = DIAGNOSTIC_CANNOT_OPEN;
        what = "the fact base cannot be opened";
        break;
    default:
        break;
    }
    diagnostics_add(store->diagnostics, SEVERITY_ERROR, code,
                    (struct span){0, 0}, "%s", what);
    return false;
}

bool
store_execute(struct store *store, const char *sql)
{
    int status = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return status == SQLITE_OK || store_failed(store, status);
}

sqlite3_stmt *
store_statement(struct store *store, enum statement which)
{
    sqlite3_stmt *statement = store->statements[which];
    if (!statement) {
        int status =
            sqlite3_prepare_v3(store->db, statement_texts[which], -1,
                               SQLITE_PREPARE_PERSISTENT, &statement, NULL);
        if (status != SQLITE_OK) {
            store_failed(store, status);
            return NULL;
        }
        store->statements[which] = statement;
    }
    sqlite3_reset(statement);
    return statement;
}

sqlite3_stmt *
store_prepare(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int status = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    if (status != SQLITE_OK) {
        store_failed(store, status);
    }
    return statement;
}

bool
store_step_done(struct store *store, sqlite3_stmt *statement)
{
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE || store_failed(store, status);
}

void
store_bind_chars(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static bool
run_statement(struct store *store, enum statement which)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE || store_failed(store, status);
}

static int64_t
read_number(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

static bool
refuse(struct store *store, enum diagnostic_code code, const char *format,
       const char *path)
{
    struct buffer text = {0};
    buffer_format(&text, "%s ", path);
    buffer_add_text(&text, format);
    diagnostics_add(store->diagnostics, SEVERITY_ERROR, code,
                    (struct span){0, 0}, "%s", text.text);
    buffer_free(&text);
    return false;
}

/* A new file becomes a fact base in one transaction of its own. */
static bool
create_schema(struct store *store)
{
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             STORE_APPLICATION_ID, STORE_USER_VERSION);
    return store_execute(store, "PRAGMA page_size = 16384;"
                                "PRAGMA journal_mode = DELETE;"
                                "BEGIN IMMEDIATE;") &&
           (read_number(store, "SELECT count(*) FROM sqlite_schema") > 0 ||
            (store_execute(store, store_tables) &&
             store_execute(store, store_views) &&
             store_execute(store, pragmas))) &&
           store_execute(store, "COMMIT;");
}

static bool
check_file(struct store *store, const char *path)
{
    int64_t tables = read_number(store, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        int status = sqlite3_errcode(store->db);
        if ((status & 0xFF) == SQLITE_NOTADB) {
            return refuse(store, DIAGNOSTIC_NOT_A_BASE, "is not a fact base",
                          path);
        }
        return store_failed(store, status);
    }
    int64_t application = read_number(store, "PRAGMA application_id");
    int64_t version = read_number(store, "PRAGMA user_version");
    if (tables == 0 && application == 0) {
        if (store->read_only) {
            return refuse(store, DIAGNOSTIC_NOT_A_BASE,
                          "is empty: it is not a fact base yet", path);
        }
        return create_schema(store);
    }
    if (application != STORE_APPLICATION_ID) {
        return refuse(store, DIAGNOSTIC_NOT_A_BASE,
                      "is a database of another program", path);
    }
    if (version > STORE_USER_VERSION) {
        return refuse(store, DIAGNOSTIC_NEWER_BASE,
                      "was written by a newer version of Assay", path);
    }
    return true;
}

static bool
open_file(struct store *store, const char *path)
{
    int flags = store->read_only ? SQLITE_OPEN_READONLY
                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    struct stat info;
    bool exists = stat(path, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        return refuse(store, DIAGNOSTIC_CANNOT_OPEN, "is a directory", path);
    }
    /* SQLite takes a file of one byte for an empty one, and would fill it. */
    if (exists && S_ISREG(info.st_mode) && info.st_size > 0 &&
        info.st_size < SQLITE_HEADER_BYTES) {
        return refuse(store, DIAGNOSTIC_NOT_A_BASE, "is not a fact base", path);
    }
    if (!*path) {
        return refuse(store, DIAGNOSTIC_CANNOT_OPEN, "is no file",
                      "an empty name");
    }
    if (store->read_only && !exists) {
        struct buffer reason = {0};
        buffer_format(&reason, "cannot be opened: %s", strerror(errno));
        refuse(store, DIAGNOSTIC_CANNOT_OPEN, reason.text, path);
        buffer_free(&reason);
        return false;
    }
    /* SQLite has names of its own, `:memory:` and `file:...?mode=`, in which
     * what is stated would be lost; behind a folder a name is a file's. */
    struct buffer name = {0};
    bool special = *path == ':' || strncmp(path, "file:", 5) == 0;
    buffer_format(&name, "%s%s", special ? "./" : "", path);
    int status = sqlite3_open_v2(
        name.text, &store->db,
        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    buffer_free(&name);
    if (status != SQLITE_OK) {
        return refuse(store, DIAGNOSTIC_CANNOT_OPEN, "cannot be opened", path);
    }
    sqlite3_busy_timeout(store->db, STORE_PATIENCE_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* Triggers, and views in place of tables, are SQL that is not ours. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    if (!check_file(store, path) || !scan_register(store) ||
        !commit_register(store) ||
        !store_execute(store, "PRAGMA mmap_size = 0;"
                              "PRAGMA cache_size = -65536;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA cell_size_check = ON;")) {
        return false;
    }
    /* A file that others made read-only is read, not refused. */
    if (!store->read_only && sqlite3_db_readonly(store->db, "main") == 1) {
        store->read_only = true;
    }
    return true;
}

struct store *
store_open(const char *path, bool read_only, struct atoms *atoms,
           struct diagnostics *diagnostics)
{
    struct store *store = memory_alloc(sizeof *store);
    *store = (struct store){
        .read_only = read_only,
        .diagnostics = diagnostics,
        .next_record = 1,
        .first_batch = 1,
        .version = 1,
    };
    vocabulary_init(&store->vocabulary, atoms);
    store->saved = vocabulary_mark(&store->vocabulary);
    if (path && (!open_file(store, path) || !store_begin(store) ||
                 !store_commit(store))) {
        store_close(store);
        return NULL;
    }
    return store;
}

void
store_close(struct store *store)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(store->statements[i]);
    }
    sqlite3_close(store->db);
    vocabulary_free(&store->vocabulary);
    overlay_free(&store->overlay);
    for (size_t i = 0; i < store->batch_count; i++) {
        free((void *)(uintptr_t)store->batches[i].input);
    }
    free(store->batches);
    free(store->loaded_dimensions);
    free(store->loaded_metrics);
    free(store->derived);
    free(store->constraints);
    free(store->extents);
    arena_free(&store->derived_texts);
    free(store);
}

struct vocabulary *
store_vocabulary(struct store *store)
{
    return &store->vocabulary;
}

bool
store_is_file(const struct store *store)
{
    return store->db != NULL;
}

static void
take_marks(struct store *store)
{
    store->begun = vocabulary_mark(&store->vocabulary);
    vocabulary_forget_changes(&store->vocabulary);
    store->begun_facts = store->overlay.count;
    store->begun_details = store->overlay.detail_count;
    store->begun_record = store->next_record;
    store->begun_batches = store->batch_count;
}

/* What others wrote moves it: names and facts of one version belong together. */
static bool
read_data_version(struct store *store, int64_t *version)
{
    sqlite3_stmt *statement = store_statement(store, SQL_DATA_VERSION);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    *version = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return status == SQLITE_ROW || store_failed(store, status);
}

/* Another process has written: its names are read before anything is. */
static bool
refresh(struct store *store)
{
    int64_t version;
    if (!read_data_version(store, &version)) {
        return false;
    }
    if (version == store->data_version) {
        return true;
    }
    store->data_version = version;
    return dictionary_load(store);
}

/* A transaction sees one state of the base from its first read on: it is made
 * to read now, so that names and facts are of the same state. */
static bool
hold_snapshot(struct store *store)
{
    sqlite3_stmt *statement = store_statement(store, SQL_COUNTER);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_ROW || status == SQLITE_DONE ||
           store_failed(store, status);
}

bool
store_peek(struct store *store)
{
    int64_t version = 0;
    if (!store->db || store->reading) {
        return true;
    }
    if (run_statement(store, SQL_BEGIN) && hold_snapshot(store) &&
        read_data_version(store, &version) && version == store->data_version) {
        return true;
    }
    store_peek_end(store);
    return false;
}

void
store_peek_end(struct store *store)
{
    if (store->db && !store->reading) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

bool
store_begin(struct store *store)
{
    if (!store->reading) {
        if (store->db && (!run_statement(store, SQL_BEGIN) ||
                          !hold_snapshot(store) || !refresh(store))) {
            sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
            return false;
        }
        store->reading = true;
        store->extents_broken = false;
        take_marks(store);
    }
    return true;
}

bool
store_write(struct store *store)
{
    if (store->writing) {
        return true;
    }
    if (!store->db) {
        store->writing = true;
        return store_begin(store);
    }
    if (store->read_only) {
        return store_failed(store, SQLITE_READONLY);
    }
    /* The read transaction of this script becomes the writing one.  Only when
     * nothing was read yet may names of another process have come in. */
    if (store->reading) {
        run_statement(store, SQL_ROLLBACK);
    }
    if (!run_statement(store, SQL_BEGIN_WRITE)) {
        run_statement(store, SQL_BEGIN);
        return false;
    }
    store->writing = store->reading = true;
    uint64_t generation = store->generation;
    if (!refresh(store)) {
        return false;
    }
    if (store->generation != generation) {
        take_marks(store); /* what there is now is what came before us */
    }
    return true;
}

static void
end_transaction(struct store *store)
{
    store->reading = store->writing = false;
}

bool
store_commit(struct store *store)
{
    bool done = true;
    if (store->db && store->writing) {
        done = dictionary_save(store) && commit_facts(store) &&
               run_statement(store, SQL_COMMIT);
        if (!done) {
            store_rollback(store);
            return false;
        }
        store->saved = vocabulary_mark(&store->vocabulary);
        overlay_truncate(&store->overlay, INT64_MIN, 0);
        store->version++;
    } else if (store->db && store->reading) {
        done = run_statement(store, SQL_COMMIT);
    }
    end_transaction(store);
    return done;
}

void
store_rollback(struct store *store)
{
    if (store->db && store->reading && !sqlite3_get_autocommit(store->db)) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    if (store->reading) {
        vocabulary_truncate(&store->vocabulary, &store->begun);
        overlay_truncate(&store->overlay, store->begun_record,
                         store->begun_details);
        store->next_record = store->begun_record;
        while (store->batch_count > store->begun_batches) {
            store->batch_count--;
            free((void *)(uintptr_t)store->batches[store->batch_count].input);
        }
        store->version++;
    }
    end_transaction(store);
}

uint64_t
store_version(const struct store *store)
{
    return store->version;
}

uint64_t
store_generation(const struct store *store)
{
    return store->generation;
}

void
store_interrupt(struct store *store)
{
    store->interrupted = 1;
    if (store->db) {
        sqlite3_interrupt(store->db);
    }
}

bool
store_is_interrupted(const struct store *store)
{
    return store->interrupted != 0;
}

void
store_clear_interrupt(struct store *store)
{
    store->interrupted = 0;
}
