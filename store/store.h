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

/* From now on what a transaction states and declares lies over the base, in
 * memory, and is forgotten at its end: a base that is opened read-only can be
 * stated over too.  Nothing can be taken back or withdrawn from the base. */
void store_keep_nothing(struct store *store);

struct vocabulary *store_vocabulary(struct store *store);
bool store_is_file(const struct store *store);
/* Is the file at PATH the base itself? */
bool store_is_at(const struct store *store, const char *path);

/* Does a regular file begin like a database of SQLite?  It is opened and
 * closed, which ends the locks that this process holds on it. */
bool store_begins_base(const char *path);

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

/* One input of a transaction: a text that was run, or a file that was
 * imported.  Texts are never NULL. */
struct batch {
    uint32_t number;
    uint32_t transaction;
    uint32_t withdrawn; /* the transaction that withdrew it; 0: none */
    bool undone;        /* its own transaction was taken back */
    bool imported;
    int64_t facts;
    int64_t retractions;
    const char *input;
    const char *hash;    /* of what was imported */
    const char *mapping; /* as which it was imported, in canonical form */
    const char *reason;  /* why it was withdrawn */
};

/* Facts carry the number of their batch. */
uint32_t store_add_batch(struct store *store, const char *input);
const char *store_batch_input(struct store *store, uint32_t batch,
                              struct arena *arena);

/* Makes a batch of this transaction an import. */
void store_mark_import(struct store *store, uint32_t batch, const char *hash,
                       const char *mapping);

/* Calls EACH for every batch that stated or withdrew something, in the order
 * of their numbers; false when the base failed. */
bool store_each_batch(struct store *store,
                      void (*each)(void *context, const struct batch *batch),
                      void *context);

/* Is it a batch of the running transaction, to which more may come? */
bool store_batch_is_running(const struct store *store, uint32_t batch);

/* Takes a batch out of every answer; the transaction must be a writing one. */
bool store_withdraw_batch(struct store *store, uint32_t batch,
                          const char *reason);

/* The last transaction that was not taken back yet; 0 when there is none. */
bool store_last_transaction(struct store *store, uint32_t *transaction);

/* Takes that transaction back, with the names that it declared.  The running
 * one must be a writing one that has stated and declared nothing; ids of names
 * are void afterwards. */
bool store_undo(struct store *store, uint32_t transaction);

/* Moves what the transaction has stated so far into the file, where it stands
 * before what follows; nothing is committed.  Does nothing in memory. */
bool store_flush(struct store *store);

/* Forgets the facts of the running transaction and keeps its names. */
void store_forget_facts(struct store *store);

/* True when this transaction has stated, retracted or declared something. */
bool store_has_changes(const struct store *store);

/* A fact that somebody withdrew again. */
struct retraction {
    int64_t record;    /* its own */
    int64_t retracted; /* the fact's */
    uint64_t cell;     /* ... as in struct fact; not kept in the base */
    day_number day;
    uint32_t actor;
    uint32_t batch;
    uint32_t row;
    const char *reason;
};

/* Keeps a retraction, which is given a record of its own. */
void store_add_retraction(struct store *store,
                          const struct retraction *retraction);

/* The retraction of a fact; NULL for none. */
const struct retraction *store_retraction(const struct store *store,
                                          int64_t record);

/* Is there any, withdrawn ones included? */
bool store_has_retractions(const struct store *store);

/* Does the batch of a fact count?  Not when it was withdrawn or undone. */
bool store_batch_counts(const struct store *store, uint32_t batch);

/* States a fact: fills in its record number and keeps it.  DETAIL may be NULL;
 * its texts are copied. */
void store_add_fact(struct store *store, struct fact *fact,
                    const struct fact_detail *detail);

/* Reads the detail of a fact that has one into ARENA; false when that failed,
 * which is reported: without its row the base is damaged. */
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
    bool most_lines; /* of the metric are between those: all are read through */
    day_number as_of; /* facts of later days are not read; INT32_MAX: all */
    bool or_earliest; /* a cell without such a fact gives its earliest one */
    bool every_fact;  /* all facts of a cell, not only the one in force */
    bool retracted;   /* ... those that were withdrawn again too */
    bool places;      /* actor, source, batch and row are wanted too */
};

/* Calls CELL for each cell (or fact) of RANGE.  Returns false when the base
 * failed or the scan was interrupted, which is reported. */
bool store_scan(struct store *store, const struct scan_range *range,
                void (*cell)(void *context, const struct fact *fact),
                void *context);

/* Several scans that do not touch one another's data, over parts of large
 * ranges that are read whole: at once where the machine has the processors.
 * Their CELL functions run in other threads and may read the vocabulary
 * only. */
struct scan_job {
    struct scan_range range;
    void (*cell)(void *context, const struct fact *fact);
    void *context;
};
bool store_scan_jobs(struct store *store, struct scan_job *jobs, size_t count);

/* Into how many parts a large range is best cut. */
size_t store_scan_parts(const struct store *store);

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

/* The one of them that has this record; NULL when there is none, or the base
 * failed. */
const struct fact *store_constraint(struct store *store, int64_t record);

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
