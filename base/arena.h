/* Memory that is given out piece by piece and taken back all at once.
 *
 * One arena serves one input: its tokens, tree, plan and messages.  Pieces are
 * zeroed, aligned for any type, and never freed alone.  Out of memory ends
 * the process in arena.c and nowhere else, so that no caller tests for NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *first; /* owns the chain; kept through a reset */
    struct arena_block *current;
    unsigned char *next; /* first free byte of the current block */
    unsigned char *end;
    size_t total; /* bytes held, for limits and reports */
};

void arena_init(struct arena *arena);
void arena_free(struct arena *arena);

/* Forgets every piece but keeps the blocks for the next input. */
void arena_reset(struct arena *arena);

/* Returns SIZE zeroed bytes in ARENA. */
void *arena_alloc(struct arena *arena, size_t size);

/* Returns a copy of LEN bytes of TEXT with a NUL behind it, in ARENA. */
char *arena_copy(struct arena *arena, const char *text, size_t len);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count)                                        \
    ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

/* malloc and realloc that end the process when memory is out. */
void *memory_alloc(size_t size);
void *memory_resize(void *old, size_t size);

/* Makes room for NEED elements of SIZE bytes in the growing array *ITEMS of
 * *CAPACITY elements; doubles, so that appending is linear. */
void memory_grow(void **items, size_t *capacity, size_t need, size_t size);

#endif
