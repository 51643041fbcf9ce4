/* Facts by the million, put into the order of their keys.
 *
 * A sorter takes facts in any order and sorts them in runs; runs that do not
 * fit in memory wait in a file without a name.  At the end all runs are merged
 * and handed out one by one, facts of one key in the order in which they came.
 */
#ifndef STORE_SORT_H
#define STORE_SORT_H

#include "base/diagnostic.h"
#include "store/fact.h"

struct sorter;

/* A disk that fails is reported to DIAGNOSTICS (borrowed). */
struct sorter *sorter_open(struct diagnostics *diagnostics);
void sorter_close(struct sorter *sorter);

/* Takes a copy of FACT; false when the disk failed. */
bool sorter_add(struct sorter *sorter, const struct fact *fact);

/* Begins to hand out; nothing is added from now on. */
bool sorter_start(struct sorter *sorter);

/* The next fact, which stands where it is until the next call; NULL at the end
 * and when the disk failed. */
const struct fact *sorter_next(struct sorter *sorter);

bool sorter_has_failed(const struct sorter *sorter);

#endif
