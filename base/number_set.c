#include "base/number_set.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_BITS = 64, WORDS = NUMBER_SET_PIECE / WORD_BITS };

void
number_set_free(struct number_set *set)
{
    for (size_t i = 0; i < set->piece_count; i++) {
        free(set->pieces[i]);
    }
    free(set->pieces);
    index_free(&set->places);
    *set = (struct number_set){0};
}

/* The piece that holds NUMBER; NULL when there is none. */
static uint64_t *
find_piece(const struct number_set *set, uint64_t number)
{
    uint32_t place = index_get(&set->places, number / NUMBER_SET_PIECE);
    return place == INDEX_NONE ? NULL : set->pieces[place];
}

static uint64_t *
add_piece(struct number_set *set, uint64_t number)
{
    void *pieces = set->pieces;
    memory_grow(&pieces, &set->piece_capacity, set->piece_count + 1,
                sizeof *set->pieces);
    set->pieces = pieces;
    uint64_t *piece = memory_alloc(WORDS * sizeof *piece);
    memset(piece, 0, WORDS * sizeof *piece);
    index_put(&set->places, number / NUMBER_SET_PIECE,
              (uint32_t)set->piece_count);
    set->pieces[set->piece_count++] = piece;
    return piece;
}

bool
number_set_add(struct number_set *set, uint64_t number)
{
    uint64_t *piece = find_piece(set, number);
    if (!piece && set->piece_count == NUMBER_SET_PIECES_MAX) {
        set->full = true;
        return true;
    }
    if (!piece) {
        piece = add_piece(set, number);
    }
    uint64_t bit = (uint64_t)1 << number % WORD_BITS;
    uint64_t *word = &piece[number % NUMBER_SET_PIECE / WORD_BITS];
    bool is_new = (*word & bit) == 0;
    *word |= bit;
    set->count += is_new;
    return is_new;
}

bool
number_set_has(const struct number_set *set, uint64_t number)
{
    const uint64_t *piece = find_piece(set, number);
    uint64_t bit = (uint64_t)1 << number % WORD_BITS;
    return piece && piece[number % NUMBER_SET_PIECE / WORD_BITS] & bit;
}
