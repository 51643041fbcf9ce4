/*
 * Facts for the benchmarks: the same on every machine, from the number of the
 * row.
 *
 *     generate assay ROWS       statements, one a line, behind their vocabulary
 *     generate sql ROWS         the same facts as INSERTs in one transaction
 *     generate assay-days ROWS  ten vintages of each cell, each with its day
 *     generate sql-days ROWS    the same for the peer, in two schemas
 *
 * Ten metrics, 200 countries, 100 years and five kinds are a million cells;
 * they are visited in an order that a reader would call random.
 */
#include "tests/bench/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_vocabulary(void)
{
    puts("dimension country \"Country or territory\"");
    for (int i = 0; i < DATA_COUNTRIES; i++) {
        printf("member %s of country\n", data_country(i).text);
    }
    for (int i = 0; i < DATA_METRICS; i++) {
        printf("metric %s flow yearly in USD by country\n", data_metrics[i]);
    }
    puts("kind survey \"Survey\" like forecast");
}

static void
print_statement(const struct data_fact *fact, bool days)
{
    printf("%s %d %s[%s] = %d.%d%c USD", data_kinds[fact->kind], fact->year,
           data_metrics[fact->metric], data_country(fact->country).text,
           fact->coefficient / 10, fact->coefficient % 10,
           fact->exponent == 8 ? 'B' : 'M');
    if (days) {
        printf(" on %s", data_date(fact).text);
    }
    putchar('\n');
}

/* As one would write it by hand: texts in the rows, an index behind them. */
static const char text_schema[] =
    "CREATE TABLE fact(metric TEXT NOT NULL, country TEXT NOT NULL,"
    " kind TEXT NOT NULL, year INTEGER NOT NULL, stated TEXT,"
    " value REAL NOT NULL, unit TEXT NOT NULL);";
static const char text_index[] =
    "CREATE INDEX fact_key ON fact(metric, kind, year, country, stated);";

/* With dictionaries, and the table clustered by its key. */
static const char dictionary_schema[] =
    "CREATE TABLE metric(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE country(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);"
    "CREATE TABLE figure(metric INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " year INTEGER NOT NULL, country INTEGER NOT NULL, stated TEXT NOT NULL,"
    " value REAL NOT NULL, PRIMARY KEY(metric, kind, year, country, stated))"
    " WITHOUT ROWID;"
    "INSERT INTO metric(name) SELECT DISTINCT metric FROM fact ORDER BY 1;"
    "INSERT INTO kind(name) SELECT DISTINCT kind FROM fact ORDER BY 1;"
    "INSERT INTO country(code) SELECT DISTINCT country FROM fact ORDER BY 1;"
    "INSERT INTO figure SELECT m.id, k.id, year, c.id, stated, value"
    " FROM fact CROSS JOIN metric AS m CROSS JOIN kind AS k"
    " CROSS JOIN country AS c WHERE m.name = metric AND k.name = kind"
    " AND c.code = country ORDER BY 1, 2, 3, 4, 5;";

static void
print_insert(const struct data_fact *fact, bool days)
{
    printf("INSERT INTO fact VALUES('%s','%s','%s',%d,",
           data_metrics[fact->metric], data_country(fact->country).text,
           data_kinds[fact->kind], fact->year);
    if (days) {
        printf("'%s'", data_date(fact).text);
    } else {
        fputs("NULL", stdout);
    }
    printf(",%d.%de%d,'USD');\n", fact->coefficient / 10,
           fact->coefficient % 10, fact->exponent + 1);
}

int
main(int argc, char **argv)
{
    int rows = argc == 3 ? atoi(argv[2]) : 0;
    bool sql = argc == 3 && strncmp(argv[1], "sql", 3) == 0;
    bool days = argc == 3 && strstr(argv[1], "-days");
    if (rows < 1) {
        fputs("usage: generate assay|sql|assay-days|sql-days ROWS\n", stderr);
        return 2;
    }
    if (sql) {
        printf("BEGIN;\n%s\n", text_schema);
    } else {
        print_vocabulary();
    }
    for (int row = 0; row < rows; row++) {
        struct data_fact fact = data_fact(row, days);
        if (sql) {
            print_insert(&fact, days);
        } else {
            print_statement(&fact, days);
        }
    }
    if (sql) {
        /* Behind the rows, which is the quicker way. */
        printf("%s\n%s\nCOMMIT;\n", text_index, days ? dictionary_schema : "");
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
