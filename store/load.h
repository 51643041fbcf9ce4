/* Facts by the million on their way into the fact base.
 *
 * A load takes facts in any order and sorts them in runs; runs that do not fit
 * in memory wait in a file without a name.  At the end all runs are merged and
 * inserted at once, in the order of the table, inside the transaction that is
 * open: a failure leaves nothing behind.  Without a file they join the facts in
 * memory.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "store/store.h"

struct load;

/* Opens a load of batch BATCH, an import; the transaction is a writing one. */
struct load *store_load_open(struct store *store, uint32_t batch);

/* Adds a fact, which is given its record number and the batch.  DETAIL may be
 * NULL.  Returns false when the base or the disk failed. */
bool store_load_add(struct load *load, struct fact *fact,
                    const struct fact_detail *detail);

/* Asks to be told, while what was added is inserted, how much of it is. */
void store_load_watch(struct load *load,
                      void (*tell)(void *context, uint64_t done,
                                   uint64_t total),
                      void *context);

/* Inserts what was added; false when that failed.  LOAD is freed. */
bool store_load_finish(struct load *load);

/* Forgets what was added; LOAD is freed. */
void store_load_drop(struct load *load);

#endif
