/* SQL: the kept statements, and what every file of the store does with one. */
#include "store/internal.h"

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
/* The key's order is that of the table: the step function asserts it.  To ask
 * for it would copy each row once more. */
#define SCAN_ALL(columns)                                                      \
    "SELECT assay_feed(" columns ") FROM fact WHERE " SCAN_RANGE

/* One period needs no list. */
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
    [SQL_SECTIONS] = "SELECT period, cells FROM cross_section"
                     " WHERE " SCAN_RANGE " ORDER BY period",
    [SQL_DETAIL] = "SELECT low, high, assertion, context, condition, note,"
                   " url, written FROM fact_detail WHERE record = ?1",
    [SQL_ADD_DETAIL] = "INSERT INTO fact_detail VALUES(?1, ?2, ?3, ?4, ?5, ?6,"
                       " ?7, ?8, ?9)",
    [SQL_ADD_CONSTRAINT] = "INSERT INTO \"constraint\" VALUES(?1, ?2, ?3, ?4,"
                           " ?5, ?6, ?7)",
    [SQL_BATCH] = "SELECT input FROM batch WHERE id = ?1",
    [SQL_MEMBERS] = "SELECT id, code, title FROM member WHERE dimension = ?1"
                    " AND " STORE_STANDS("declared") " ORDER BY id",
    [SQL_LINES] = "SELECT line.id, unit, position, member FROM line"
                  " LEFT JOIN line_member ON line_member.line = line.id"
                  " WHERE metric = ?1 AND " STORE_STANDS(
                      "line.declared") " ORDER BY line.id, position",
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
        " low, high, basis, chain, relation, actor, source, until FROM derived",
    [SQL_DATA_VERSION] = "PRAGMA data_version",
    [SQL_COUNTER] = "SELECT record FROM counter",
    [SQL_BEGIN] = "BEGIN",
    [SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
};

const char *
store_statement_text(enum statement which)
{
    return statement_texts[which];
}

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
        what = status == SQLITE_READONLY_ROLLBACK
                   ? "a transaction on the fact base was cut short: open it "
                     "once for writing, to take that back"
                   : "the fact base may not be written";
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

bool
store_run_statement(struct store *store, enum statement which)
{
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE || store_failed(store, status);
}
