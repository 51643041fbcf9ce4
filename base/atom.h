/* Interned names: equal texts have equal numbers.
 *
 * An atom is a small integer, so that comparing names costs nothing and a
 * table indexed by atom replaces a second hash.  Atom 0 is the empty text and
 * stands for "no name".  A table lives as long as its session.
 */
#ifndef BASE_ATOM_H
#define BASE_ATOM_H

#include "base/arena.h"
#include "base/slice.h"

#include <stdint.h>

typedef uint32_t atom;

/* The hash stands beside the atom, so that a look touches the table and then
 * the text, nothing else. */
struct atom_slot {
    atom name; /* 0: free */
    uint32_t hash;
};

struct atoms {
    struct arena arena; /* owns the texts */
    struct slice *texts;
    size_t count;
    size_t capacity;
    struct atom_slot *slots; /* open addressing */
    size_t slot_mask;
};

void atoms_init(struct atoms *atoms);
void atoms_free(struct atoms *atoms);

/* Returns the atom of TEXT, new if it was not seen before. */
atom atoms_intern(struct atoms *atoms, struct slice text);

/* Returns the atom of TEXT, or 0 when nobody has interned it. */
atom atoms_find(const struct atoms *atoms, struct slice text);

static inline struct slice
atoms_text(const struct atoms *atoms, atom name)
{
    return atoms->texts[name];
}

/* A NUL-terminated text for messages and bindings. */
static inline const char *
atoms_chars(const struct atoms *atoms, atom name)
{
    return atoms->texts[name].at;
}

#endif
