#include "base/index.h"

#include "base/arena.h"

#include <stdlib.h>

enum { INDEX_FIRST_SLOTS = 64 };

void
index_free(struct index *index)
{
    free(index->slots);
    *index = (struct index){0};
}

static void
fill_free(struct index *index)
{
    for (size_t i = 0; i <= index->mask; i++) {
        index->slots[i] = (struct index_slot){0, INDEX_NONE};
    }
}

void
index_clear(struct index *index)
{
    if (index->slots) {
        fill_free(index);
    }
    index->count = 0;
}

static void
insert(struct index *index, uint64_t key, uint32_t value)
{
    size_t at = (size_t)hash_mix(key, key >> 32) & index->mask;
    while (index->slots[at].value != INDEX_NONE &&
           index->slots[at].key != key) {
        at = (at + 1) & index->mask;
    }
    index->count += index->slots[at].value == INDEX_NONE;
    index->slots[at] = (struct index_slot){key, value};
}

static void
grow(struct index *index)
{
    struct index old = *index;
    size_t slots = old.slots ? (old.mask + 1) * 2 : INDEX_FIRST_SLOTS;
    index->slots = memory_alloc(slots * sizeof *index->slots);
    index->mask = slots - 1;
    index->count = 0;
    fill_free(index);
    for (size_t i = 0; old.slots && i <= old.mask; i++) {
        if (old.slots[i].value != INDEX_NONE) {
            insert(index, old.slots[i].key, old.slots[i].value);
        }
    }
    free(old.slots);
}

void
index_put(struct index *index, uint64_t key, uint32_t value)
{
    if (!index->slots || index->count * 2 > index->mask) {
        grow(index);
    }
    insert(index, key, value);
}
