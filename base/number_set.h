/* A set of whole numbers that mostly lie close together, as ids do: bits, in
 * pieces that an index finds.
 *
 * A million neighbours cost 128 KiB.  A set does not grow beyond PIECES_MAX
 * pieces: numbers that would need more are not kept, and it says that it is
 * FULL.
 */
#ifndef BASE_NUMBER_SET_H
#define BASE_NUMBER_SET_H

#include "base/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NUMBER_SET_PIECE = 1 << 15,      /* numbers of a piece: 4 KiB */
    NUMBER_SET_PIECES_MAX = 1 << 16, /* 256 MiB, two billion neighbours */
};

struct number_set {
    struct index places; /* number / NUMBER_SET_PIECE: place in PIECES */
    uint64_t **pieces;   /* owns */
    size_t piece_count;
    size_t piece_capacity;
    size_t count;
    bool full;
};

void number_set_free(struct number_set *set);

/* Adds NUMBER; false when it was there. */
bool number_set_add(struct number_set *set, uint64_t number);

bool number_set_has(const struct number_set *set, uint64_t number);

#endif
