/* What the form `sdmx` adds to an import; see sdmx.h. */
#ifndef EVAL_IMPORT_SDMX_IMPORT_H
#define EVAL_IMPORT_SDMX_IMPORT_H

#include "eval/import/import.h"
#include "eval/import/sdmx.h"

/* Records are taken where a column holds one code: (SECTOR = S13). */
struct sdmx_filter {
    size_t column;
    struct slice code;
    const struct node *node;
};

/* A column of the key to which nothing is mapped: it has to say the same
 * everywhere, else the figures of several series would meet in one cell. */
struct sdmx_single {
    size_t column;
    struct slice first;
    bool seen;
};

struct sdmx {
    struct sdmx_column *columns; /* beside the header */
    struct slice *labels;        /* of the record's codes */
    size_t action;               /* columns; SIZE_MAX for none */
    size_t frequency_column;
    size_t status;
    size_t mult;
    size_t year_start;
    size_t stated;
    struct sdmx_filter filters[MAPPED_MAX];
    size_t filter_count;
    struct sdmx_single *singles;
    size_t single_count;
    bool decimal_comma; /* 12,4 in a file whose cells are parted by others */
    /* The record that is stated. */
    size_t value; /* the column that says its value */
    bool has_shift;
    int shift; /* the power of ten */
    /* What came of it. */
    size_t deleted; /* records that say that figures are to be deleted */
};

/* sdmx_map.c: takes the header of the file; false, after a report, when it is
 * not one of SDMX-CSV. */
bool sdmx_open(struct import *import);

/* A map whose key is a column of the file chooses records.  TAKEN says that it
 * was one; false after a report. */
bool sdmx_take_filter(struct import *import, const struct node *map,
                      bool *taken);

/* Maps what the statement leaves open; false after a report. */
bool sdmx_map(struct import *import);

/* Appends to a remark which columns say something that no fact holds. */
void sdmx_tell(struct import *import, struct buffer *text);

/* sdmx_row.c: makes of import->csv a record as any other file has it. */
enum sdmx_record {
    SDMX_STATE, /* it is to be stated */
    SDMX_PASS,  /* there is nothing to state, which is counted */
    SDMX_WRONG  /* a mistake, reported */
};
enum sdmx_record sdmx_take_record(struct import *import);

/* Takes the scale and the status of the record to what was translated. */
bool sdmx_place(struct import *import, struct stating *stating);

/* Settles the period by FREQ and by the calendar of the metric; false after a
 * mistake of the record. */
bool sdmx_settle_period(struct import *import, const struct metric *metric,
                        struct meaning *period);

/* The meanings of cells, as period_meaning() and unit_meaning(); a unit that is
 * not known is a warning, unless the statement itself maps the unit. */
bool sdmx_period_meaning(struct import *import, const struct mapped *mapped,
                         struct slice cell, struct meaning *meaning);
bool sdmx_unit_meaning(struct import *import, const struct mapped *mapped,
                       struct slice cell, struct meaning *meaning);

/* What the code of a column is called in the record; "" when it does not
 * say. */
const char *sdmx_title(struct import *import, size_t column);

#endif
