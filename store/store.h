/* The fact base: facts, names and what follows from facts, in one SQLite file
 * or in memory.
 *
 * Two feeds make every answer: the base (a file, perhaps none) and the overlay,
 * which holds what the running transaction has stated.  A commit moves the
 * overlay into the base; without a file the overlay is all there is.  The
 * store takes ids and numbers, never trees, and SQL is made here only, from
 * constant texts with bound values.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/diagnostic.h"
#include "store/fact.h"
#include "store/vocabulary.h"

struct store;

/* Opens the base at PATH, makes it when it does not exist; NULL for memory.
 * Returns NULL on failure, which is reported to DIAGNOSTICS (borrowed). */
struct store *store_open(const char *path, bool read_only, struct atoms *atoms,
                         struct diagnostics *diagnostics);
void store_close(struct store *store);

struct vocabulary *store_vocabulary(struct store *store);
bool store_is_file(const struct store *store);

/* A transaction: one script or one prompt entry.  Reading begins with it;
 * store_write() takes the one writer's place (five seconds of patience). */
bool store_begin(struct store *store);
bool store_write(struct store *store);
bool store_commit(struct store *store);
void store_rollback(struct store *store);

/* Loads the members of a dimension and the lines of a metric when they are not
 * there yet.  Names are looked up after this. */
bool store_load_members(struct store *store, uint32_t dimension);
bool store_load_lines(struct store *store, uint32_t metric);

/* One input of the transaction; facts carry its number. */
uint32_t store_add_batch(struct store *store, const char *input);
const char *store_batch_input(struct store *store, uint32_t batch,
                              struct arena *arena);

/* States a fact: fills in its record number and keeps it.  DETAIL may be NULL;
 * its texts are copied. */
void store_add_fact(struct store *store, struct fact *fact,
                    const struct fact_detail *detail);

/* Reads the detail of a fact into ARENA; false when it has none. */
bool store_detail(struct store *store, int64_t record, struct arena *arena,
                  struct fact_detail *detail);

/* What to read.  Rows come in the order of the table. */
struct scan_range {
    uint32_t metric;
    enum frequency frequency;
    uint32_t kind;
    int32_t first; /* periods */
    int32_t last;
    uint32_t line_low; /* lines; 0..UINT32_MAX for all */
    uint32_t line_high;
    day_number as_of; /* facts of later days are not read; INT32_MAX: all */
    bool or_earliest; /* a cell without such a fact gives its earliest one */
    bool every_fact;  /* all facts of a cell, not only the one in force */
    bool places;      /* actor, source, batch and row are wanted too */
};

/* Calls CELL for each cell (or fact) of RANGE.  Returns false when the base
 * failed or the scan was interrupted, which is reported. */
bool store_scan(struct store *store, const struct scan_range *range,
                void (*cell)(void *context, const struct fact *fact),
                void *context);

/* Values that follow: all of one metric in key order.  Valid until the next
 * store_set_derived(). */
size_t store_derived(struct store *store, uint32_t metric,
                     const struct derived **first);
void store_set_derived(struct store *store, const struct derived *items,
                       size_t count);

/* Facts that constrain others (formulas and movements), in order of record;
 * false when the base failed. */
bool store_constraints(struct store *store, const struct fact **facts,
                       size_t *count);

/* Counts of facts for each period in use, in key order. */
struct extent {
    uint64_t cell; /* as in struct fact */
    int64_t count;
    day_number last_day; /* the latest day of its facts */
};
bool store_extents(struct store *store, const struct extent **extents,
                   size_t *count);

/* Changes with every fact and rollback: what was computed before is stale. */
uint64_t store_version(const struct store *store);

/* Is WANTED true of some fact that this process stated behind RECORD? */
bool store_facts_since(const struct store *store, int64_t record,
                       bool (*wanted)(void *context, const struct fact *fact),
                       void *context);
int64_t store_last_record(const struct store *store);

/* How many constraints the base holds, without those of the overlay. */
size_t store_constraint_count(struct store *store);

/* Changes when all names were read anew: ids kept elsewhere are void. */
uint64_t store_generation(const struct store *store);

/* The latest day on which a fact was stated, DAY_NONE for none. */
day_number store_last_day(struct store *store);

/* How many facts there are. */
int64_t store_fact_count(struct store *store);

/* Asks what runs to stop; safe in a signal handler.  It holds until it is
 * cleared, which is for the end of a run, so that none is lost. */
void store_interrupt(struct store *store);
bool store_is_interrupted(const struct store *store);
void store_clear_interrupt(struct store *store);

#endif
