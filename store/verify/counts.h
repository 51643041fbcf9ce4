/* Facts are counted twice in a base: by period, those that count, and by batch
 * and period, all of them.  Here they are counted again, as they pass in the
 * order of the table. */
#ifndef STORE_VERIFY_COUNTS_H
#define STORE_VERIFY_COUNTS_H

#include "store/verify/steps.h"

/* How many facts of the current cell one batch has. */
struct batch_count {
    uint32_t batch;
    day_number last_day;
    int64_t facts;
};

struct counts {
    struct verify *verify;
    uint64_t cell; /* metric, frequency, kind and period of what is counted */
    struct batch_count *batches;
    size_t count;
    size_t capacity;
    struct index places; /* batch: place in BATCHES */
    int64_t pairs;       /* of batch and cell, that were counted */
    sqlite3_stmt *of_batch;
    sqlite3_stmt *extent; /* in step with the facts */
    bool has_extent;
    uint64_t extent_cell;
};

void counts_open(struct counts *counts, struct verify *verify);

/* Counts a fact, which is not before the last one. */
void counts_add(struct counts *counts, const struct fact *fact);

/* Compares what is left. */
void counts_close(struct counts *counts);

#endif
