/* SDMX-CSV, in which statistical offices publish: versions 1.0 (its first
 * column is DATAFLOW) and 2.0 (STRUCTURE, STRUCTURE_ID, ACTION).
 *
 * The header says what most columns are, so that little of a mapping is left to
 * be written.  sdmx_header.c reads the header, sdmx_map.c maps what the
 * statement leaves open, sdmx_row.c makes of a record one as any other file has
 * it, and sdmx_period.c reads its periods.  The figures are then stated like
 * those of every import.
 */
#ifndef EVAL_IMPORT_SDMX_H
#define EVAL_IMPORT_SDMX_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "values/period.h"

enum sdmx_role {
    SDMX_COMPONENT, /* a dimension or an attribute */
    SDMX_ENVELOPE,  /* of the message, or of its form: no part of a figure */
    SDMX_LABEL,     /* what the codes in the column before it are called */
    SDMX_ACTION,
    SDMX_FREQ,
    SDMX_PERIOD,
    SDMX_VALUE,
    SDMX_STATUS,
    SDMX_UNIT,
    SDMX_MULT,       /* the power of ten of the value */
    SDMX_YEAR_START, /* of periods that are parts of a reporting year */
    SDMX_STATED      /* written by `export`: what is no plain number */
};

struct sdmx_column {
    struct slice id;     /* without a label, and without brackets */
    enum sdmx_role role; /* each but COMPONENT, ENVELOPE and LABEL once */
    bool labelled;       /* its cells are written as `CODE: label` */
};

/* Fills COLUMNS from a header of COUNT cells; false when it is not one of
 * SDMX-CSV.  Ids borrow from the cells. */
bool sdmx_read_header(const struct slice *header, size_t count,
                      struct sdmx_column *columns);

/* The column of a role; SIZE_MAX for none. */
size_t sdmx_find(const struct sdmx_column *columns, size_t count,
                 enum sdmx_role role);

/* Parts a cell `CODE: label`; LABEL is empty where there is none. */
struct slice sdmx_code(struct slice cell, struct slice *label);

/* The same name, whatever the case of its letters? */
bool sdmx_same_id(struct slice a, struct slice b);

/* Reads a TIME_PERIOD: a calendar period (2023, 2023-10, 2023-10-05), one of a
 * reporting year (2023-A1, 2023-S1, 2023-Q3, 2023-M10, 2023-W40, 2023-D278:
 * REPORTING), the midnight that begins a day, or a range that is such a period
 * (2023-07-01/P3M).  NULL, or what is wrong with it, for people. */
const char *sdmx_period(struct slice text, struct period *period,
                        bool *reporting);

/* The frequency that a code of FREQ stands for; ONCE: another one. */
enum frequency sdmx_frequency(struct slice code);

/* The code of FREQ for a frequency: "_Z", which is none, for ONCE. */
const char *sdmx_frequency_code(enum frequency frequency);

/* Codes that say of a unit what units of the language say: PT is %.  NULL for
 * others; "" for what has no unit. */
const char *sdmx_unit_word(struct slice code);

/* The OBS_STATUS that goes without saying for figures of a kind that is called
 * so: A, or F for a forecast, E for an estimate. */
char sdmx_kind_status(struct slice kind);

/* How a note begins that keeps an OBS_STATUS. */
#define SDMX_STATUS_NOTE "OBS_STATUS "

#endif
