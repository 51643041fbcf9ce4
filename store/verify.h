/* Is a fact base as it was written?
 *
 * All of it is read once, in bounded memory: the file's own structure, that
 * every id leads somewhere, that counts are those of the facts, and that every
 * cell reads the same by the scan that answers questions and by a plain walk
 * over the table from its other end.  Nothing is changed or mended.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "base/atom.h"
#include "base/diagnostic.h"

enum { VERIFY_FAULTS_TOLD = 20 };

/* What there is, and how much is wrong with it. */
struct verification {
    int64_t facts; /* that count */
    int64_t gone;  /* those that were taken back */
    int64_t metrics;
    int64_t batches;
    bool counted;    /* the numbers above are known: the file is whole */
    uint64_t faults; /* all of them; the first VERIFY_FAULTS_TOLD are told */
    void (*fault)(void *context, const char *text);
    void *context;
};

/* Reads the base at PATH, and calls FOUND->fault with a line of text for each
 * fault.  Returns false when the base cannot be opened or read to its end,
 * which is reported to DIAGNOSTICS. */
bool store_verify(const char *path, struct atoms *atoms,
                  struct diagnostics *diagnostics, struct verification *found);

/* Counts a fault, and tells it if it is one of the first. */
void verification_add(struct verification *found, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
