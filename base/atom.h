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

struct atoms {
    struct arena arena; /* owns the texts */
    struct slice *texts;
    uint32_t *hashes; /* by atom */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* open addressing: atom, 0 for free */
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
