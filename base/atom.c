#include "base/atom.h"

#include "base/hash.h"

#include <stdlib.h>

enum { ATOM_FIRST_SLOTS = 1024 };

void
atoms_init(struct atoms *atoms)
{
    *atoms = (struct atoms){0};
    atoms->slots = memory_alloc(ATOM_FIRST_SLOTS * sizeof *atoms->slots);
    memset(atoms->slots, 0, ATOM_FIRST_SLOTS * sizeof *atoms->slots);
    atoms->slot_mask = ATOM_FIRST_SLOTS - 1;
    atoms->capacity = ATOM_FIRST_SLOTS / 2;
    atoms->texts = memory_alloc(atoms->capacity * sizeof *atoms->texts);
    atoms->texts[0] = (struct slice){"", 0};
    atoms->count = 1;
}

void
atoms_free(struct atoms *atoms)
{
    free(atoms->slots);
    free(atoms->texts);
    arena_free(&atoms->arena);
    *atoms = (struct atoms){0};
}

/* The slot of TEXT: where it stands, or the free one where it would. */
static inline size_t
find_slot(const struct atoms *atoms, struct slice text, uint32_t hash)
{
    size_t at = hash & atoms->slot_mask;
    while (atoms->slots[at].name) {
        if (atoms->slots[at].hash == hash &&
            slice_equal(atoms->texts[atoms->slots[at].name], text)) {
            break;
        }
        at = (at + 1) & atoms->slot_mask;
    }
    return at;
}

static void
grow(struct atoms *atoms)
{
    size_t slots = (atoms->slot_mask + 1) * 2;
    atoms->capacity = slots / 2;
    atoms->texts =
        memory_resize(atoms->texts, atoms->capacity * sizeof *atoms->texts);
    struct atom_slot *old = atoms->slots;
    size_t old_count = atoms->slot_mask + 1;
    atoms->slots = memory_alloc(slots * sizeof *atoms->slots);
    memset(atoms->slots, 0, slots * sizeof *atoms->slots);
    atoms->slot_mask = slots - 1;
    for (size_t i = 0; i < old_count; i++) {
        size_t at = old[i].hash & atoms->slot_mask;
        while (old[i].name && atoms->slots[at].name) {
            at = (at + 1) & atoms->slot_mask;
        }
        if (old[i].name) {
            atoms->slots[at] = old[i];
        }
    }
    free(old);
}

atom
atoms_intern(struct atoms *atoms, struct slice text)
{
    if (text.len == 0) {
        return 0;
    }
    uint32_t hash = (uint32_t)hash_bytes(text.at, text.len);
    size_t at = find_slot(atoms, text, hash);
    if (atoms->slots[at].name) {
        return atoms->slots[at].name;
    }
    if (atoms->count == atoms->capacity) {
        grow(atoms);
        at = find_slot(atoms, text, hash);
    }
    atom name = (atom)atoms->count++;
    char *copy = arena_copy(&atoms->arena, text.at, text.len);
    atoms->texts[name] = (struct slice){copy, text.len};
    atoms->slots[at] = (struct atom_slot){name, hash};
    return name;
}

atom
atoms_find(const struct atoms *atoms, struct slice text)
{
    uint32_t hash = (uint32_t)hash_bytes(text.at, text.len);
    return text.len ? atoms->slots[find_slot(atoms, text, hash)].name : 0;
}
