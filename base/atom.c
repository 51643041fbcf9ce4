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
    atoms->hashes = memory_alloc(atoms->capacity * sizeof *atoms->hashes);
    atoms->texts[0] = (struct slice){"", 0};
    atoms->hashes[0] = 0;
    atoms->count = 1;
}

void
atoms_free(struct atoms *atoms)
{
    free(atoms->slots);
    free(atoms->texts);
    free(atoms->hashes);
    arena_free(&atoms->arena);
    *atoms = (struct atoms){0};
}

/* The slot of TEXT: where it stands, or the free one where it would. */
static size_t
find_slot(const struct atoms *atoms, struct slice text, uint32_t hash)
{
    size_t at = hash & atoms->slot_mask;
    while (atoms->slots[at]) {
        atom name = atoms->slots[at];
        if (atoms->hashes[name] == hash &&
            slice_equal(atoms->texts[name], text)) {
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
    atoms->texts = memory_resize(atoms->texts,
                                 atoms->capacity * sizeof *atoms->texts);
    atoms->hashes = memory_resize(atoms->hashes,
                                  atoms->capacity * sizeof *atoms->hashes);
    atoms->slots = memory_resize(atoms->slots, slots * sizeof *atoms->slots);
    memset(atoms->slots, 0, slots * sizeof *atoms->slots);
    atoms->slot_mask = slots - 1;
    for (atom name = 1; name < atoms->count; name++) {
        size_t at = atoms->hashes[name] & atoms->slot_mask;
        while (atoms->slots[at]) {
            at = (at + 1) & atoms->slot_mask;
        }
        atoms->slots[at] = name;
    }
}

atom
atoms_intern(struct atoms *atoms, struct slice text)
{
    if (text.len == 0) {
        return 0;
    }
    uint32_t hash = (uint32_t)hash_bytes(text.at, text.len);
    size_t at = find_slot(atoms, text, hash);
    if (atoms->slots[at]) {
        return atoms->slots[at];
    }
    if (atoms->count == atoms->capacity) {
        grow(atoms);
        at = find_slot(atoms, text, hash);
    }
    atom name = (atom)atoms->count++;
    char *copy = arena_copy(&atoms->arena, text.at, text.len);
    atoms->texts[name] = (struct slice){copy, text.len};
    atoms->hashes[name] = hash;
    atoms->slots[at] = name;
    return name;
}

atom
atoms_find(const struct atoms *atoms, struct slice text)
{
    uint32_t hash = (uint32_t)hash_bytes(text.at, text.len);
    return text.len ? atoms->slots[find_slot(atoms, text, hash)] : 0;
}
