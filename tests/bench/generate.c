/*
 * Facts for the benchmarks: the same on every machine, from the number of the
 * row.
 *
 *     generate assay ROWS       statements, one a line, behind their vocabulary
 *     generate sql ROWS         the same facts as INSERTs in one transaction
 *     generate assay-days ROWS  ten vintages of each cell, each with its day
 *     generate sql-days ROWS    the same for the peer, in two schemas
 *     generate panel.csv ROWS   a panel, in the order in which it was published
 *     generate import.assay ROWS   reads it, behind its vocabulary
 *     generate months.csv ROWS  500 months of one metric, half as many facts
 *     generate days.csv ROWS    1 250 days, of which 40 % are there, as many
 *     generate finer.assay ROWS    reads both, behind their vocabulary
 *
 * Ten metrics, 200 countries, 100 years and five kinds are a million cells;
 * they are visited in an order that a reader would call random.  The panel is
 * told in data.h.
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

/* What is said of one area on one day. */
static void
print_area(int line, int areas, int stated, int month)
{
    for (int year = 0; year < PANEL_YEARS; year++) {
        for (int i = 0; i < PANEL_FACTS; i++) {
            const struct panel_vintage *vintage = &panel_vintages[i];
            if (year + vintage->lag != stated || vintage->month != month) {
                continue;
            }
            struct panel_value value =
                panel_value((line * PANEL_YEARS + year) * PANEL_FACTS + i);
            printf("%s,%s,A%04d,%d,", vintage->kind, data_metrics[line / areas],
                   line % areas + 1, PANEL_FIRST_YEAR + year);
            int unit = value.decimals == 2 ? 100 : value.decimals == 1 ? 10 : 1;
            printf("%d", value.coefficient / unit);
            if (value.decimals > 0) {
                printf(".%0*d", value.decimals, value.coefficient % unit);
            }
            printf(",%d-%02d-01\n", PANEL_FIRST_YEAR + stated, month);
        }
    }
}

static void
print_panel(int areas)
{
    static const int months[] = {1, 4, 10};
    puts("kind,metric,area,year,value,stated");
    for (int stated = -1; stated < PANEL_YEARS + 2; stated++) {
        for (int i = 0; i < 3; i++) {
            for (int line = 0; line < DATA_METRICS * areas; line++) {
                print_area(line, areas, stated, months[i]);
            }
        }
    }
}

static void
print_import(void)
{
    puts("dimension area \"Country or group\"");
    for (int i = 0; i < DATA_METRICS; i++) {
        printf("metric %s flow yearly in B USD by area\n", data_metrics[i]);
    }
    puts("import \"panel.csv\" (kind = kind, metric = metric,"
         " area = new area, period = year, value = value, on = stated)");
}

/* A line of finer periods for each thousand rows. */
static void
print_months(int areas)
{
    puts("area,period,value");
    for (int month = 0; month < FINER_MONTHS; month++) {
        for (int area = 0; area < areas; area++) {
            uint64_t hash =
                data_hash((uint64_t)month * 100000 + (uint64_t)area);
            printf("A%05d,%d-%02d,%d.%d\n", area, PANEL_FIRST_YEAR + month / 12,
                   month % 12 + 1, 100 + (int)(hash % 900),
                   (int)(hash >> 32) & 7);
        }
    }
}

static void
print_days(int areas)
{
    puts("area,period,value");
    for (int day = 0; day < FINER_DAYS; day++) {
        /* Months of 28 days are in every calendar. */
        int month = day / 28;
        for (int area = 0; area < areas; area++) {
            uint64_t hash = data_hash((UINT64_C(1) << 40) +
                                      (uint64_t)day * 100000 + (uint64_t)area);
            if (hash % 5 < 2) {
                printf("A%05d,%d-%02d-%02d,%d.%02d\n", area,
                       PANEL_FIRST_YEAR + month / 12, month % 12 + 1,
                       day % 28 + 1, 1 + (int)(hash >> 8 & 127),
                       (int)((hash >> 32) % 100));
            }
        }
    }
}

static void
print_finer(void)
{
    puts("dimension area \"Country or group\"\n"
         "metric orders flow monthly in B USD by area\n"
         "metric prices stock daily in USD by area\n"
         "import \"months.csv\" as actual orders"
         " (area = new area, period = period, value = value)\n"
         "import \"days.csv\" as actual prices"
         " (area = new area, period = period, value = value)");
}

/* False if WHAT is nothing of the panel. */
static bool
print_of_panel(const char *what, int rows)
{
    if (strcmp(what, "panel.csv") == 0) {
        print_panel(rows / PANEL_AREA);
    } else if (strcmp(what, "import.assay") == 0) {
        print_import();
    } else if (strcmp(what, "months.csv") == 0) {
        print_months(rows / FINER_AREA);
    } else if (strcmp(what, "days.csv") == 0) {
        print_days(rows / FINER_AREA);
    } else if (strcmp(what, "finer.assay") == 0) {
        print_finer();
    } else {
        return false;
    }
    return true;
}

static void
print_cells(int rows, bool sql, bool days)
{
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
}

int
main(int argc, char **argv)
{
    int rows = argc == 3 ? atoi(argv[2]) : 0;
    bool sql = argc == 3 && strncmp(argv[1], "sql", 3) == 0;
    bool days = argc == 3 && strstr(argv[1], "-days");
    if (rows < 1) {
        fputs("usage: generate KIND ROWS\n", stderr);
        return 2;
    }
    if (!print_of_panel(argv[1], rows)) {
        print_cells(rows, sql, days);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
