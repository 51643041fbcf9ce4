/* The steps of store/verify.c: structure.c looks at the file and its tables,
 * names.c at what refers to what, facts.c reads all facts once and counts them,
 * cells.c reads each cell twice.
 *
 * A step trusts what the steps before it have found sound.  A fault is no
 * failure: a step goes on as long as rows can be read.
 */
#ifndef STORE_VERIFY_STEPS_H
#define STORE_VERIFY_STEPS_H

#include "base/number_set.h"
#include "store/internal.h"
#include "store/verify.h"

struct verify {
    struct store *store; /* its names are loaded before the last step */
    struct verification *found;
    struct number_set living;    /* batches that count */
    struct number_set retracted; /* records of facts, by batches that count */
    bool failed;                 /* reported: there is no sense in going on */
};

/* Each adds the faults that it finds. */
void verify_structure(struct verify *verify);
void verify_names(struct verify *verify);
void verify_facts(struct verify *verify);
void verify_cells(struct verify *verify);

/* Adds a fault of the fact, "fact 17, actual 2021 exports[KR]: ..." */
void verify_fact_fault(struct verify *verify, const struct fact *fact,
                       const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends the cell of a fact, "actual 2021 exports[KR]"; without its line,
 * "actual 2021 exports". */
void verify_name_cell(struct verify *verify, const struct fact *fact,
                      bool with_line, struct buffer *text);

/* Prepares a constant text of SQL that reads WHAT; NULL when that failed. */
sqlite3_stmt *verify_prepare(struct verify *verify, const char *sql,
                             const char *what);

/* Goes on to the next row; false at the end, and when WHAT cannot be read,
 * which is a fault. */
bool verify_step(struct verify *verify, sqlite3_stmt *row, const char *what);

/* The one number that SQL gives; 0 when that failed. */
int64_t verify_number(struct verify *verify, const char *sql, const char *what);

/* Puts the numbers that SQL gives, a column of them, into SET. */
void verify_load_set(struct verify *verify, struct number_set *set,
                     const char *sql, const char *what);

#endif
