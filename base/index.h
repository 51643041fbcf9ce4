/* A table from 64-bit keys to small numbers: open addressing, no removal.
 *
 * Key 0 is allowed.  Values are numbers the caller chose; INDEX_NONE means
 * "not there".  To forget entries, clear the index and add the rest again.
 */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include "base/hash.h"

#include <stdbool.h>

#define INDEX_NONE UINT32_MAX

struct index_slot {
    uint64_t key;
    uint32_t value; /* INDEX_NONE: free */
};

struct index {
    struct index_slot *slots;
    size_t mask; /* slots - 1 */
    size_t count;
};

void index_free(struct index *index);
void index_clear(struct index *index);

/* Adds KEY, or gives it a new value. */
void index_put(struct index *index, uint64_t key, uint32_t value);

static inline uint32_t
index_get(const struct index *index, uint64_t key)
{
    if (index->count == 0) {
        return INDEX_NONE;
    }
    size_t at = (size_t)hash_mix(key, key >> 32) & index->mask;
    while (index->slots[at].value != INDEX_NONE &&
           index->slots[at].key != key) {
        at = (at + 1) & index->mask;
    }
    return index->slots[at].value;
}

#endif
