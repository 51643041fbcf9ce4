/* The tables beside the facts: does each id lead somewhere, is each name one
 * thing, do totals fit what they count?
 *
 * A check is a text of SQL whose rows are its faults, in words. */
#include "store/verify/steps.h"

/* COLUMN of TABLE holds ids of TARGET.  A row is called LABEL and the number
 * in KEY. */
struct reference {
    const char *table;
    const char *label;
    const char *key;
    const char *column;
    const char *target;
    bool optional; /* 0 is none */
};

static const struct reference references[] = {
    {"kind", "kind", "id", "like_kind", "kind", true},
    {"member", "member", "id", "dimension", "dimension", false},
    {"member_part", "group", "member", "member", "member", false},
    {"member_part", "group", "member", "part", "member", false},
    {"metric", "metric", "id", "unit", "unit", true},
    {"metric", "metric", "id", "calendar", "calendar", true},
    {"metric_dimension", "dimensions of metric", "metric", "metric", "metric",
     false},
    {"metric_dimension", "metric", "metric", "dimension", "dimension", false},
    {"line", "line", "id", "metric", "metric", false},
    {"line", "line", "id", "unit", "unit", true},
    {"line_member", "members of line", "line", "line", "line", false},
    {"line_member", "line", "line", "member", "member", true},
    {"batch", "batch", "id", "transaction", "transaction", false},
    {"batch", "batch", "id", "withdrawn", "transaction", true},
    {"batch_extent", "counts of batch", "batch", "batch", "batch", false},
    {"retraction", "retraction", "record", "actor", "actor", true},
    {"retraction", "retraction", "record", "batch", "batch", false},
    {"metric_change", "changes of transaction", "transaction", "transaction",
     "transaction", false},
    {"metric_change", "changes of transaction", "transaction", "metric",
     "metric", false},
    {"metric_change", "changes of transaction", "transaction", "unit", "unit",
     true},
    {"derived", "what follows from fact", "record", "metric", "metric", false},
    {"derived", "what follows from fact", "record", "kind", "kind", false},
    {"derived", "what follows from fact", "record", "line", "line", false},
    {"derived", "what follows from fact", "record", "actor", "actor", true},
    {"derived", "what follows from fact", "record", "source", "source", true},
    /* What a transaction declared; what came from version 1 says 0. */
    {"kind", "kind", "id", "declared", "transaction", true},
    {"unit", "unit", "id", "declared", "transaction", true},
    {"calendar", "calendar", "id", "declared", "transaction", true},
    {"dimension", "dimension", "id", "declared", "transaction", true},
    {"member", "member", "id", "declared", "transaction", true},
    {"member_part", "group", "member", "declared", "transaction", true},
    {"metric", "metric", "id", "declared", "transaction", true},
    {"actor", "actor", "id", "declared", "transaction", true},
    {"source", "source", "id", "declared", "transaction", true},
    {"definition", "definition", "id", "declared", "transaction", true},
    {"line", "line", "id", "declared", "transaction", true},
};

/* What may stand in a column. */
static const struct {
    const char *table;
    const char *key;
    const char *column;
    int64_t low;
    int64_t high;
} limits[] = {
    {"kind", "id", "rounded", 0, 1},
    {"unit", "id", "role", 0, UNIT_FOLLOWS},
    {"calendar", "id", "named_by_end", 0, 1},
    {"metric", "id", "aggregation", 0, AGGREGATION_INDEX},
    {"metric", "id", "frequency", 0, FREQUENCY_COUNT - 1},
    {"metric", "id", "scale", 0, 12},
    {"metric", "id", "unit_open", 0, UINT8_MAX},
    {"source", "id", "day", DAY_NONE, DAY_MAX},
    {"source", "id", "before", 0, 1},
    {"batch", "id", "imported", 0, 1},
    {"transaction", "id", "withdrawn", 0, 1},
    {"retraction", "record", "day", DAY_NONE, DAY_MAX},
};

/* Within the columns APART no two rows that stand are the same. */
static const struct {
    const char *table;
    const char *apart;
} unique[] = {
    {"kind", "name"},
    {"unit", "name"},
    {"calendar", "name"},
    {"dimension", "name"},
    {"member", "dimension, code"},
    {"metric", "name"},
    {"actor", "name"},
    {"source", "name"},
    {"definition", "name"},
    {"line", "metric, (SELECT group_concat(member)"
             " FROM line_member WHERE line = line.id)"},
};

static const char *const checks[] = {
    "SELECT 'line ' || id || ': the count of its members is ' || have ||"
    " ', that of dimensions ' || want FROM (SELECT id, (SELECT count(*)"
    " FROM line_member WHERE line = line.id) AS have, (SELECT count(*)"
    " FROM metric_dimension AS d WHERE d.metric = line.metric) AS want"
    " FROM line) WHERE have <> want",
    "SELECT 'line ' || line.id || ': member ' || member.id ||"
    " ' is not of the dimension that its metric has there'"
    " FROM line JOIN line_member AS m ON m.line = line.id"
    " JOIN member ON member.id = m.member LEFT JOIN metric_dimension AS d"
    " ON d.metric = line.metric AND d.position = m.position"
    " WHERE d.dimension IS NOT member.dimension",
    "SELECT 'metric ' || metric || ': its dimensions are not numbered from 0'"
    " FROM metric_dimension GROUP BY metric"
    " HAVING min(position) <> 0 OR max(position) <> count(*) - 1",
    "SELECT 'group ' || member || ': its parts are not numbered from 0'"
    " FROM member_part GROUP BY member"
    " HAVING min(position) <> 0 OR max(position) <> count(*) - 1",
    "SELECT 'group ' || p.member || ': part ' || p.part || ' came behind it'"
    " FROM member_part AS p WHERE p.part >= p.member",
    "SELECT 'group ' || p.member || ': part ' || p.part ||"
    " ' is of another dimension' FROM member_part AS p"
    " JOIN member AS g ON g.id = p.member JOIN member AS m ON m.id = p.part"
    " WHERE g.dimension <> m.dimension",
    "SELECT 'unit ' || id || ': its factor is no number above 0' FROM unit"
    " WHERE NOT (factor > 0 AND factor < 9e999)",
    "SELECT 'the counter of records has ' || count(*) || ' rows' FROM counter"
    " HAVING count(*) <> 1",
    "SELECT 'batch ' || b.id || ': transaction ' || t.id || ', which withdrew"
    " it, was taken back' FROM batch AS b JOIN \"transaction\" AS t"
    " ON t.id = b.withdrawn WHERE t.withdrawn <> 0",
    "SELECT 'constraint ' || c.record || ': no such fact has a formula or"
    " moves' FROM \"constraint\" AS c LEFT JOIN fact AS f"
    " ON f.metric = c.metric AND f.frequency = c.frequency AND f.kind = c.kind"
    " AND f.period = c.period AND f.line = c.line AND f.day = c.day"
    " AND f.record = c.record WHERE coalesce(f.form, 0) & 1152 = 0",
    "SELECT 'a cross-section of metric ' || c.metric || ' has no facts'"
    " FROM cross_section AS c LEFT JOIN extent AS e ON e.metric = c.metric"
    " AND e.frequency = c.frequency AND e.kind = c.kind"
    " AND e.period = c.period WHERE e.facts IS NULL",
    "SELECT 'batch ' || id || ': the count of its facts is ' || facts ||"
    " ', that of its periods ' || counted"
    " FROM (SELECT id, facts, coalesce((SELECT sum(facts)"
    " FROM batch_extent WHERE batch = batch.id), 0) AS counted FROM batch)"
    " WHERE facts <> counted",
    "SELECT 'batch ' || id || ': the count of its retractions is ' ||"
    " retractions || ', not ' || coalesce(r.there, 0) FROM batch LEFT JOIN"
    " (SELECT batch, count(*) AS there FROM retraction GROUP BY batch) AS r"
    " ON r.batch = batch.id WHERE retractions <> coalesce(r.there, 0)",
};
/* Adds a fault for each row of SQL. */
static void
run_check(struct verify *verify, const char *sql, const char *what)
{
    sqlite3_stmt *row = verify_prepare(verify, sql, what);
    while (verify_step(verify, row, what)) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        verification_add(verify->found, "%s", text ? text : what);
    }
    sqlite3_finalize(row);
}

static void
check_references(struct verify *verify)
{
    struct buffer sql = {0};
    size_t count = sizeof references / sizeof *references;
    for (size_t i = 0; i < count && !verify->failed; i++) {
        const struct reference *at = &references[i];
        buffer_clear(&sql);
        buffer_format(&sql,
                      "SELECT '%s ' || \"%s\" || ': there is no %s ' || \"%s\""
                      " FROM %s WHERE \"%s\" NOT IN (SELECT id FROM \"%s\")"
                      " AND (\"%s\" <> 0 OR %d)",
                      at->label, at->key, at->target, at->column, at->table,
                      at->column, at->target, at->column, !at->optional);
        run_check(verify, sql.text, at->table);
    }
    buffer_free(&sql);
}

static void
check_limits(struct verify *verify)
{
    struct buffer sql = {0};
    size_t count = sizeof limits / sizeof *limits;
    for (size_t i = 0; i < count && !verify->failed; i++) {
        const char *column = limits[i].column;
        buffer_clear(&sql);
        buffer_format(&sql,
                      "SELECT '%s ' || %s || ': %s cannot be ' || %s"
                      " FROM \"%s\" WHERE %s NOT BETWEEN %lld AND %lld",
                      limits[i].table, limits[i].key, column, column,
                      limits[i].table, column, (long long)limits[i].low,
                      (long long)limits[i].high);
        run_check(verify, sql.text, limits[i].table);
    }
    buffer_free(&sql);
}

static void
check_unique(struct verify *verify)
{
    struct buffer sql = {0};
    size_t count = sizeof unique / sizeof *unique;
    for (size_t i = 0; i < count && !verify->failed; i++) {
        buffer_clear(&sql);
        buffer_format(&sql,
                      "SELECT '%s ' || min(id) || ' and ' || max(id) ||"
                      " ' are the same' FROM %s"
                      " WHERE " STORE_STANDS("declared") " GROUP BY %s"
                                                         " HAVING count(*) > 1",
                      unique[i].table, unique[i].table, unique[i].apart);
        run_check(verify, sql.text, unique[i].table);
    }
    buffer_free(&sql);
}

void
verify_names(struct verify *verify)
{
    check_references(verify);
    check_limits(verify);
    check_unique(verify);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!verify->failed) {
            run_check(verify, checks[i], "what belongs to the names");
        }
    }
}
