/* The facts of the benchmarks: number ROW is always the same. */
#ifndef TESTS_BENCH_DATA_H
#define TESTS_BENCH_DATA_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    DATA_METRICS = 10,
    DATA_COUNTRIES = 200,
    DATA_YEARS = 100,
    DATA_FIRST_YEAR = 1925,
    DATA_KINDS = 5,
    DATA_CELLS = DATA_METRICS * DATA_COUNTRIES * DATA_YEARS * DATA_KINDS,
    DATA_VINTAGES = 10,
};

static const char *const data_metrics[DATA_METRICS] = {
    "exports", "imports",  "output", "savings", "wages",
    "outlays", "receipts", "debts",  "grants",  "rents",
};

static const char *const data_kinds[DATA_KINDS] = {
    "actual", "target", "forecast", "pledge", "survey",
};

static const char data_codes[] =
    "AEAFAGALAMAOARATAUAZBABBBDBEBFBGBHBIBJBNBOBRBSBTBWBYBZCACDCFCGCHCICLCM"
    "CNCOCRCUCVCYCZDEDJDKDMDODZECEEEGERESETFIFJFMFRGAGBGDGEGHGMGNGQGRGTGWGY"
    "HNHRHTHUIDIEILINIQIRISITJMJOJPKEKGKHKIKMKNKPKRKWKZLALBLCLILKLRLSLTLULV"
    "LYMAMCMDMEMGMHMKMLMMMNMRMTMUMVMWMXMYMZNANENGNINLNONPNRNZOMPAPEPGPHPKPL"
    "PSPTPWPYQARORSRURWSASBSCSDSESGSISKSLSMSNSOSRSSSTSVSYSZTDTGTHTJTLTMTNTO"
    "TRTTTVTZUAUGUSUYUZVAVCVEVNVUWSYEZAZMZWXKTWHKPRGLMOGUAWBMKYFOGIJEIMGGRE"
    "NCPFMQGPGFYTSXCWAXVGTCVIAIMSFK";

struct data_fact {
    int metric;
    int country;
    int year;
    int kind;
    int vintage;
    int coefficient; /* 1 to 9999; one digit behind the point */
    int exponent;    /* of ten: 8 is "B", 5 is "M" */
};

/*
 * The panel: each of ten metrics for some areas and 50 years.  A cell has ten
 * facts, as an outlook of each spring and autumn and a budget of each January
 * state them: PANEL_FACTS in the order of the columns of a cell.
 */
enum {
    PANEL_YEARS = 50,
    PANEL_FIRST_YEAR = 1970,
    PANEL_FACTS = 10,                                      /* of a cell */
    PANEL_AREA = DATA_METRICS * PANEL_YEARS * PANEL_FACTS, /* facts of one */
};

/* Metrics of finer periods: a thousand facts for each area, half of them of
 * months and half of days. */
enum {
    FINER_MONTHS = 500,
    FINER_DAYS = 1250, /* of which two of five are stated */
    FINER_AREA = 1000,
};

struct panel_vintage {
    const char *kind;
    int lag;   /* years from the cell's year to that of the statement */
    int month; /* of the statement, on its first day */
};

static const struct panel_vintage panel_vintages[PANEL_FACTS] = {
    {"actual", 1, 4},   {"actual", 1, 10},   {"actual", 2, 4},
    {"actual", 2, 10},  {"forecast", -1, 4}, {"forecast", -1, 10},
    {"forecast", 0, 4}, {"forecast", 0, 10}, {"target", -1, 1},
    {"target", 0, 1},
};

/* Positive, of one to five digits, up to two of them behind the point. */
struct panel_value {
    int coefficient;
    int decimals;
};

/* A code or a date. */
struct data_text {
    char text[24];
};

static inline uint64_t
data_hash(uint64_t n)
{
    uint64_t x =
        n * UINT64_C(0xBF58476D1CE4E5B9) + UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

/* With DAYS each cell has DATA_VINTAGES facts, which come one after another
 * round by round; without, a million rows are a million cells. */
static inline struct data_fact
data_fact(int row, bool days)
{
    int cells = days ? DATA_CELLS / DATA_VINTAGES : DATA_CELLS;
    int years = days ? DATA_YEARS / DATA_VINTAGES : DATA_YEARS;
    /* A step that has no factor in common with the cells visits them all. */
    int cell = (int)((int64_t)row % cells * 736877 % cells);
    uint64_t hash = data_hash((uint64_t)row);
    struct data_fact fact = {.vintage = row / cells % DATA_VINTAGES};
    fact.country = cell % DATA_COUNTRIES;
    cell /= DATA_COUNTRIES;
    fact.year = DATA_FIRST_YEAR + DATA_YEARS - years + cell % years;
    cell /= years;
    fact.kind = cell % DATA_KINDS;
    fact.metric = cell / DATA_KINDS;
    fact.coefficient = 1 + (int)(hash % 9999);
    fact.exponent = hash >> 32 & 3 ? 8 : 5;
    return fact;
}

static inline struct panel_value
panel_value(int row)
{
    static const int powers[] = {1, 10, 100, 1000, 10000};
    uint64_t hash = data_hash((uint64_t)row);
    int power = powers[hash % 5];
    struct panel_value value = {.decimals = (int)(hash / 5 % 3)};
    value.coefficient = power + (int)((hash >> 32) % (uint64_t)(9 * power));
    return value;
}

static inline struct data_text
data_country(int country)
{
    struct data_text code = {
        {data_codes[2 * country], data_codes[2 * country + 1], '\0'}};
    return code;
}

static inline struct data_text
data_date(const struct data_fact *fact)
{
    struct data_text date;
    snprintf(date.text, sizeof date.text, "%04d-%02d-%02d", fact->year + 1,
             1 + fact->vintage, 1 + fact->country % 28);
    return date;
}

#endif
