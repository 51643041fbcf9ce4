/* Facts and members from files of others.
 *
 * A mapping says which column of a file stands for which name of the language;
 * with it each record is turned into facts, as if somebody had stated them.
 * The file is read once, record by record: mapping.c settles the columns,
 * cell.c and translate.c know what a cell means and remember it, row.c and
 * value.c make the facts, mistake.c says what is wrong with a cell, import.c
 * drives them.
 */
#ifndef EVAL_IMPORT_IMPORT_H
#define EVAL_IMPORT_IMPORT_H

#include "eval/scope.h"
#include "store/csv.h"
#include "store/load.h"

#include <stdio.h>

/* What a column can stand for.  Cells are translated in this order: a metric
 * that is declared on the spot takes the frequency of its row. */
enum field {
    FIELD_PERIOD,
    FIELD_KIND,
    FIELD_METRIC,
    FIELD_UNIT,
    FIELD_ON,
    FIELD_ACTOR,
    FIELD_SOURCE,
    FIELD_DIMENSION,
    FIELD_CONDITION, /* from here on cells are texts */
    FIELD_NOTE,
    FIELD_URL,
    FIELD_CONTEXT,
    FIELD_MISSING,   /* that there is no value, or why */
    FIELD_RETRACTED, /* how the fact was taken back again */
    FIELD_VALUE,
    FIELD_NAME, /* of a member */
    FIELD_TITLE,
    FIELD_COUNT
};

/* What a cell means.  PERIOD: frequency and ordinal; ON: before and day; UNIT:
 * unit and scale, -1 for none; else an id, 0 for an empty cell.  KNOWN is false
 * for a text that has none, and for what a row does not say. */
struct meaning {
    uint32_t id;
    int32_t extra;
    bool known;
    bool fiscal;
    bool exact; /* PERIOD: a day is meant as one, and no longer period */
    bool skip;  /* rows that have this are left out */
};

struct cache_slot {
    uint64_t hash; /* 0: free */
    const char *at;
    size_t len;
    struct meaning meaning;
};

/* Meanings of the cells of one column that were seen. */
struct cache {
    struct cache_slot *slots;
    size_t mask;
    size_t count;
    const struct cache_slot *last;
};

struct mapped {
    enum field field;
    uint32_t dimension;      /* DIMENSION */
    size_t column;           /* SIZE_MAX: a constant */
    bool declares;           /* a name seen for the first time is declared */
    bool skips;              /* rows with some of its codes are left out */
    bool lenient;            /* UNIT: one that is not known is passed over */
    const struct node *node; /* the place in the statement */
    const struct node *codes;
    struct meaning constant;
    const char *text;         /* a constant text */
    const struct node *round; /* VALUE: the call `round(value, 3)`, or NULL */
    int places;               /* ... and its digits behind the point */
    struct cache cache;
    size_t declared; /* how many names it has declared */
    size_t known;    /* how many names there were before */
};

enum { MAPPED_MAX = 64, IMPORT_REASONS_MAX = 16 };

/* Why values are missing, and how many. */
struct absent_reason {
    struct slice text;
    size_t cells;
};

/* A column of a wide file whose header is a period. */
struct period_column {
    size_t column;
    struct meaning period;
};

/* A fact that has not landed yet. */
struct pending {
    struct fact fact;
    struct fact_detail detail;
    bool has_detail;
    struct retraction retraction; /* without a reason: it stands */
};

struct import {
    struct session *session;
    const struct node *statement;
    const char *path;
    struct csv csv;
    struct arena arena; /* for the whole import */
    struct slice *header;
    size_t header_count;
    struct mapped items[MAPPED_MAX];
    size_t count;
    const struct mapped *value; /* the one of FIELD_VALUE, or NULL */
    bool wide;
    struct sdmx *sdmx;    /* of the form `sdmx`, see sdmx_import.h; or NULL */
    day_number published; /* the day that stands above a header; or DAY_NONE */
    struct period_column *periods;
    size_t period_count;
    uint32_t members_of; /* a dimension, when its members are imported */
    uint32_t batch;
    struct load *load;
    /* The row that is translated. */
    struct meaning row[FIELD_DIMENSION];
    uint32_t members[MAPPED_MAX]; /* beside items */
    struct pending *pending;      /* facts of the record */
    size_t pending_count;
    size_t pending_capacity;
    /* How far the record's line was measured. */
    size_t measured; /* bytes of csv.raw */
    size_t measured_characters;
    bool measured_break; /* ... and whether the line has ended in a cell */
    /* What came of it. */
    size_t facts;
    size_t empty;
    struct absent_reason reasons[IMPORT_REASONS_MAX]; /* of those, if given */
    size_t reason_count;
    size_t other_reasons; /* cells for which there was no room */
    size_t records;
    size_t mistakes; /* of them; each has one at most */
    size_t skipped;
    size_t totals;   /* records with an empty cell for a dimension */
    size_t repeated; /* facts that say again what the file has said */
    size_t rejected;
    FILE *reject; /* NULL: what cannot be imported is an error */
    uint64_t ticks;
};

/* import.c: reports that the file cannot be read; returns false. */
bool import_cannot_read(struct import *import);

/* again.c: how the file is imported, for comparing: the statement in canonical
 * form, without the name of the file, with what parameters and the context
 * stand for.  In the import's arena. */
const char *import_mapping(struct import *import);

/* AGAIN: the same file was imported in the same way before, which is reported.
 * False when that cannot be told, after a report. */
bool import_was_done(struct import *import, const char *mapping, bool *again);

/* mapping.c: settles what the columns stand for; false after a report. */
bool import_map(struct import *import);

/* The name of a column as a node of the statement may write it; "" when it is
 * no name. */
struct slice mapping_column_name(struct import *import,
                                 const struct node *node);

/* Reports a mistake of the mapping at NODE and returns false. */
bool mapping_fail(struct import *import, const struct node *node,
                  const char *message, const char *help);

/* Adds what a column or a constant at NODE stands for; NULL after a report. */
struct mapped *mapping_add(struct import *import, const struct node *node,
                           enum field field, uint32_t dimension);

/* preamble.c: passes over the lines that some wide files have above their
 * header; STATUS is that of the first record, and then of the header.
 * PUBLISHED is the day that they say, or DAY_NONE. */
enum csv_status preamble_skip(struct csv *csv, enum csv_status status,
                              day_number *published);

/* marks.c: is CELL, trimmed, a mark for a value that is not there?  Does it
 * leave its record out?  May a mapping use its codes as such marks? */
bool value_is_missing(const struct import *import, struct slice cell);
bool value_is_skipped(const struct import *import, struct slice cell);
bool value_check_marks(struct import *import, const struct mapped *mapped);

/* absent.c: a record has a value: may it, for the column `missing`?  False
 * after a mistake of the cell.  Counts the reason of CELLS that have none, and
 * tells them. */
bool absent_check(struct import *import);
void absent_count(struct import *import, size_t cells);
void absent_tell(const struct import *import, struct buffer *text);

/* column.c: the column with that header; SIZE_MAX when there is none, or two,
 * which is reported at NODE. */
size_t column_find(struct import *import, struct slice name,
                   const struct node *node, bool *failed);

/* Reports that there is no such column; MAPPED is what it would have been. */
bool column_missing(struct import *import, const struct mapped *mapped,
                    const struct node *node, struct slice name);

/* figure.c: takes `as forecast 2023 exports[KR]`, which all records share. */
bool mapping_take_figure(struct import *import, const struct node *figure);

/* Finds the columns of a wide file whose header is a period. */
bool mapping_find_periods(struct import *import);

/* complete.c: is all there that a fact needs? */
bool mapping_check(struct import *import);

/* What is mapped to a field; NULL for nothing. */
const struct mapped *mapping_find(const struct import *import,
                                  enum field field);

/* The period that heads a column of a wide file; false when it is none. */
bool header_period(struct slice header, struct period *period, bool *fiscal);

/* Words of the language that head a column; FIELD_COUNT for none. */
enum field field_find(struct slice word);
const char *field_word(enum field field);

/* translate.c: the meaning of CELL in a column; NULL when it has none, which
 * is reported as a mistake of the cell. */
const struct meaning *translate(struct import *import, struct mapped *mapped,
                                size_t column, struct slice cell);
void cache_free(struct cache *cache);

/* What the codes of a mapping make of CELL; NULL: nothing. */
const struct node *translate_code(struct import *import,
                                  const struct mapped *mapped,
                                  struct slice cell);

/* Does the code of a cell leave its record out? */
bool translate_skips(struct import *import, const struct mapped *mapped,
                     struct slice cell);

/* Does a code stand for `skip`? */
bool import_skips(const struct import *import, const struct node *name);

/* The id of a name in the class of MAPPED: 0 for none, UINT32_MAX for the
 * total. */
uint32_t name_find(struct import *import, const struct mapped *mapped,
                   atom name);

/* Declares a name; 0 after a report. */
uint32_t name_declare(struct import *import, struct mapped *mapped,
                      const struct node *name);
void name_report_unknown(struct import *import, const struct mapped *mapped,
                         const struct node *name);

/* constant.c: the meaning of a node of the statement. */
bool translate_constant(struct import *import, struct mapped *mapped,
                        const struct node *node);

/* cell.c: without blanks around it. */
struct slice cell_trim(struct slice cell);

/* As much of a cell as a message shows. */
struct slice cell_start(struct slice cell);

/* Can TEXT be written as a name, in backquotes at least? */
bool cell_can_name(struct slice text);

/* Is CELL, trimmed, a mark for a value that is not there? */
bool cell_is_missing(struct slice cell);

/* Reads a period as data files write them; false when it is none. */
bool cell_period(struct slice text, struct period *period, bool *fiscal);

/* The meanings of cells; false after a report. */
bool period_meaning(struct import *import, const struct mapped *mapped,
                    struct slice cell, struct meaning *meaning);
bool date_meaning(struct import *import, const struct mapped *mapped,
                  struct slice cell, struct meaning *meaning);
bool unit_meaning(struct import *import, const struct mapped *mapped,
                  struct slice cell, struct meaning *meaning);
bool unit_node(struct import *import, const struct node *node,
               struct meaning *meaning);

/* cell.c: may a text of LEN bytes be kept, or a name?  Else it is a mistake of
 * the cell. */
bool cell_fits(struct import *import, size_t column, size_t len, bool is_name);

/* place.c: says in FACT where the cell of COLUMN stands in its line. */
void import_place(struct import *import, size_t column, struct fact *fact);

/* row.c: states what the record of import->csv says; false when the import
 * cannot go on. */
bool import_row(struct import *import);

/* The cell of the fact base that a record speaks of, and who says it. */
struct stating {
    uint32_t kind;
    uint32_t metric;
    struct period period;
    uint32_t members[DIMENSIONS_MAX];
    day_number day;
    bool before;
    uint32_t actor;
    uint32_t source;
    const char *texts[FIELD_VALUE]; /* by field; NULL for none */
};

/* value.c: turns DECIMAL into the unit of the line, when only powers of ten lie
 * between: what most records say. */
bool value_fits_unit(const struct import *import, const struct metric *metric,
                     unit_id line_unit, struct decimal *decimal);

/* The same for every other unit, by the rules of statements. */
bool value_convert(struct import *import, size_t column, struct decimal decimal,
                   struct metric *metric, struct fact *fact,
                   struct fact_detail *detail, bool *has_detail);

/* What stands behind a figure in a statement: `>= 1T`, `about 5B`, `685B up
 * 0.2% from 2022`. */
bool value_assert(struct import *import, size_t column, struct slice cell,
                  const struct stating *stating, struct metric *metric,
                  struct fact *fact, struct fact_detail *detail,
                  bool *has_detail);

/* retracted.c: reads `by motie on 2024-01-05 because "a misprint"`, what stands
 * behind the figure of a retraction, for FACT. */
bool retraction_read(struct import *import, const char *said,
                     const struct fact *fact, struct retraction *retraction);

/* mistake.c: what is wrong with a cell (SIZE_MAX: with the record).  The record
 * is set aside, or the import fails.  Both return false. */
bool cell_mistake(struct import *import, size_t column, const char *label,
                  const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for what is wrong with the record as a whole. */
bool record_mistake(struct import *import);

/* Opens and closes the file of records that are set aside, if there is to be
 * one; false after a report. */
bool reject_open(struct import *import);
bool reject_close(struct import *import);

/* Turns the messages from number BEFORE on, which speak of the statement, into
 * a mistake of the cell. */
bool cell_mistake_from(struct import *import, size_t column, size_t before);

#endif
