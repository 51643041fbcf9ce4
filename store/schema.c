/* The tables of a fact base.
 *
 * Anyone may open the file with sqlite3 and read it: names stand in dictionary
 * tables, the view `figures` shows every fact in words.  Days are numbered from
 * 0001-01-01 = 1; 0 is no date.
 */
#include "store/internal.h"

#define DECLARED "declared INTEGER NOT NULL" /* the transaction's number */

#define DAY_TEXT(column)                                                       \
    "CASE " column " WHEN 0 THEN NULL ELSE date(" column " + 1721424.5) END"
#define FACT_DAY DAY_TEXT("fact.day")
#define RETRACTION_DAY DAY_TEXT("coalesce(retraction.day, 0)")

const struct store_table store_tables[] = {
    {"kind", "CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
             " title TEXT NOT NULL, like_kind INTEGER NOT NULL,"
             " rounded INTEGER NOT NULL, " DECLARED ") STRICT;"},
    {"unit",
     "CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
     " title TEXT NOT NULL, symbol TEXT NOT NULL, factor REAL NOT NULL,"
     " measure TEXT NOT NULL, role INTEGER NOT NULL, " DECLARED ") STRICT;"},
    {"calendar",
     "CREATE TABLE calendar(id INTEGER PRIMARY KEY,"
     " name TEXT NOT NULL, title TEXT NOT NULL,"
     " starts INTEGER NOT NULL, named_by_end INTEGER NOT NULL," DECLARED
     ") STRICT;"},
    {"dimension",
     "CREATE TABLE dimension(id INTEGER PRIMARY KEY,"
     " name TEXT NOT NULL, title TEXT NOT NULL, " DECLARED ") STRICT;"},
    {"member",
     "CREATE TABLE member(id INTEGER PRIMARY KEY,"
     " dimension INTEGER NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,"
     " " DECLARED ") STRICT;"
     "CREATE INDEX member_dimension ON member(dimension);"},
    {"member_part",
     "CREATE TABLE member_part(member INTEGER NOT NULL,"
     " position INTEGER NOT NULL, part INTEGER NOT NULL, " DECLARED ","
     " PRIMARY KEY(member, position)) STRICT, WITHOUT ROWID;"},
    {"metric", "CREATE TABLE metric(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
               " title TEXT NOT NULL, aggregation INTEGER NOT NULL,"
               " frequency INTEGER NOT NULL, unit INTEGER NOT NULL,"
               " scale INTEGER NOT NULL, calendar INTEGER NOT NULL,"
               " unit_open INTEGER NOT NULL, " DECLARED ") STRICT;"},
    {"metric_dimension",
     "CREATE TABLE metric_dimension(metric INTEGER NOT NULL,"
     " position INTEGER NOT NULL, dimension INTEGER NOT NULL,"
     " PRIMARY KEY(metric, position)) STRICT, WITHOUT ROWID;"},
    {"actor", "CREATE TABLE actor(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
              " title TEXT NOT NULL, " DECLARED ") STRICT;"},
    {"source",
     "CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
     " title TEXT NOT NULL, day INTEGER NOT NULL, before INTEGER NOT NULL,"
     " url TEXT NOT NULL, " DECLARED ") STRICT;"},
    {"definition", "CREATE TABLE definition(id INTEGER PRIMARY KEY,"
                   " name TEXT NOT NULL, title TEXT NOT NULL,"
                   " text TEXT NOT NULL, " DECLARED ") STRICT;"},
    {"line",
     "CREATE TABLE line(id INTEGER PRIMARY KEY, metric INTEGER NOT NULL,"
     " unit INTEGER NOT NULL, " DECLARED ") STRICT;"
     "CREATE INDEX line_metric ON line(metric);"},
    {"line_member", "CREATE TABLE line_member(line INTEGER NOT NULL,"
                    " position INTEGER NOT NULL, member INTEGER NOT NULL,"
                    " PRIMARY KEY(line, position)) STRICT, WITHOUT ROWID;"},
    {"counter", "CREATE TABLE counter(record INTEGER NOT NULL) STRICT;"
                "INSERT INTO counter VALUES(0);"},
    /* One row a transaction that changed something; what it declared names its
    * number. */
    {"transaction", "CREATE TABLE \"transaction\"(id INTEGER PRIMARY KEY,"
                    " withdrawn INTEGER NOT NULL) STRICT;"},
    /* How a metric was before a transaction settled its unit. */
    {"metric_change",
     "CREATE TABLE metric_change(\"transaction\" INTEGER NOT NULL,"
     " metric INTEGER NOT NULL, unit INTEGER NOT NULL,"
     " unit_open INTEGER NOT NULL,"
     " PRIMARY KEY(\"transaction\", metric)) STRICT, WITHOUT ROWID;"},
    /* One input of a transaction; WITHDRAWN is the transaction that withdrew
    * it. */
    {"batch",
     "CREATE TABLE batch(id INTEGER PRIMARY KEY,"
     " \"transaction\" INTEGER NOT NULL, input TEXT NOT NULL,"
     " imported INTEGER NOT NULL, hash TEXT NOT NULL, mapping TEXT NOT NULL,"
     " facts INTEGER NOT NULL, retractions INTEGER NOT NULL,"
     " withdrawn INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;"},
    {"batch_extent", "CREATE TABLE batch_extent(batch INTEGER NOT NULL,"
                     " metric INTEGER NOT NULL, frequency INTEGER NOT NULL,"
                     " kind INTEGER NOT NULL, period INTEGER NOT NULL,"
                     " facts INTEGER NOT NULL, last_day INTEGER NOT NULL,"
                     " PRIMARY KEY(batch, metric, frequency, kind, period))"
                     " STRICT, WITHOUT ROWID;"},
    {"retraction",
     "CREATE TABLE retraction(record INTEGER PRIMARY KEY,"
     " retracted INTEGER NOT NULL, day INTEGER NOT NULL,"
     " actor INTEGER NOT NULL, batch INTEGER NOT NULL, row INTEGER NOT NULL,"
     " reason TEXT NOT NULL) STRICT;"},
    {"fact",
     "CREATE TABLE fact(metric INTEGER NOT NULL, frequency INTEGER NOT NULL,"
     " kind INTEGER NOT NULL, period INTEGER NOT NULL, line INTEGER NOT NULL,"
     " day INTEGER NOT NULL, record INTEGER NOT NULL, coefficient INTEGER,"
     " exponent INTEGER NOT NULL, form INTEGER NOT NULL,"
     " actor INTEGER NOT NULL, source INTEGER NOT NULL,"
     " batch INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY(metric,"
     " frequency, kind, period, line, day, record)) STRICT, WITHOUT ROWID;"},
    {"fact_detail",
     "CREATE TABLE fact_detail(record INTEGER PRIMARY KEY, low REAL,"
     " high REAL, assertion TEXT, context TEXT, condition TEXT, note TEXT,"
     " url TEXT, written TEXT) STRICT;"},
    {"extent",
     "CREATE TABLE extent(metric INTEGER NOT NULL,"
     " frequency INTEGER NOT NULL, kind INTEGER NOT NULL,"
     " period INTEGER NOT NULL, facts INTEGER NOT NULL,"
     " last_day INTEGER NOT NULL, PRIMARY KEY(metric, frequency, kind,"
     " period)) STRICT, WITHOUT ROWID;"},
    /* The newest fact of each cell of a period, packed (store/section.h): an
     * index, which need not be there. */
    {"cross_section",
     "CREATE TABLE cross_section(metric INTEGER NOT NULL,"
     " frequency INTEGER NOT NULL, kind INTEGER NOT NULL,"
     " period INTEGER NOT NULL, cells BLOB NOT NULL) STRICT;"
     "CREATE UNIQUE INDEX cross_section_key ON cross_section(metric,"
     " frequency, kind, period);"},
    {"constraint",
     "CREATE TABLE \"constraint\"(record INTEGER PRIMARY KEY,"
     " metric INTEGER NOT NULL, frequency INTEGER NOT NULL,"
     " kind INTEGER NOT NULL, period INTEGER NOT NULL, line INTEGER NOT NULL,"
     " day INTEGER NOT NULL) STRICT;"},
    {"derived",
     "CREATE TABLE derived(metric INTEGER NOT NULL,"
     " frequency INTEGER NOT NULL, kind INTEGER NOT NULL,"
     " period INTEGER NOT NULL, line INTEGER NOT NULL, day INTEGER NOT NULL,"
     " record INTEGER NOT NULL, value REAL, low REAL,"
     " high REAL, basis INTEGER NOT NULL, chain TEXT NOT NULL,"
     " relation INTEGER NOT NULL, actor INTEGER NOT NULL,"
     " source INTEGER NOT NULL, until INTEGER NOT NULL,"
     " PRIMARY KEY(metric, frequency, kind, period, line, day, basis,"
     " record)) STRICT, WITHOUT ROWID;"},
    {NULL, NULL},
};

const char store_views[] =
    "CREATE VIEW figures AS SELECT kind.name AS kind,"
    " CASE frequency.letter WHEN 'A' THEN printf('%04d', fact.period)"
    " WHEN 'S' THEN printf('%04d-H%d', fact.period / 2, fact.period % 2 + 1)"
    " WHEN 'Q' THEN printf('%04d-Q%d', fact.period / 4, fact.period % 4 + 1)"
    " WHEN 'M' THEN printf('%04d-%02d', fact.period / 12,"
    " fact.period % 12 + 1)"
    " WHEN 'W' THEN 'week of ' || date(fact.period * 7 + 1721425.5)"
    " WHEN 'D' THEN date(fact.period + 1721424.5) END AS period,"
    " metric.name AS metric,"
    " (SELECT group_concat(dimension.name || '=' || member.code, ', ')"
    "  FROM line_member JOIN member ON member.id = line_member.member"
    "  JOIN dimension ON dimension.id = member.dimension"
    "  WHERE line_member.line = fact.line) AS members,"
    " CASE fact.form & 3 WHEN 0 THEN '=' WHEN 1 THEN '>=' WHEN 2 THEN '<='"
    " ELSE 'in' END AS relation, fact.coefficient, fact.exponent,"
    " unit.name AS unit, " FACT_DAY " AS stated,"
    " actor.name AS actor, source.name AS source,"
    " batch.input AS input, fact.row AS row, fact_detail.assertion,"
    " fact_detail.condition, fact_detail.note,"
    " CASE WHEN batch.withdrawn OR t.withdrawn THEN 'withdrawn'"
    " WHEN retraction.record THEN 'retracted' ELSE 'stated' END"
    " AS state,"
    " " RETRACTION_DAY " AS retracted"
    " FROM fact JOIN kind ON kind.id = fact.kind"
    " JOIN metric ON metric.id = fact.metric"
    " JOIN line ON line.id = fact.line"
    " JOIN (SELECT 0 AS id, '' AS letter"
    " UNION ALL VALUES(1,'A'),(2,'S'),"
    " (3,'Q'),(4,'M'),(5,'W'),(6,'D')) AS frequency"
    " ON frequency.id = fact.frequency"
    " LEFT JOIN unit ON unit.id = line.unit"
    " LEFT JOIN actor ON actor.id = fact.actor"
    " LEFT JOIN source ON source.id = fact.source"
    " LEFT JOIN batch ON batch.id = fact.batch"
    " LEFT JOIN \"transaction\" AS t ON t.id = batch.\"transaction\""
    " LEFT JOIN (SELECT r.* FROM retraction AS r"
    " JOIN batch AS b ON b.id = r.batch"
    " JOIN \"transaction\" AS s ON s.id = b.\"transaction\""
    " WHERE b.withdrawn = 0 AND s.withdrawn = 0) AS retraction"
    " ON retraction.retracted = fact.record"
    " LEFT JOIN fact_detail ON fact_detail.record = fact.record;";
