#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 64 * 1024, ARENA_ALIGN = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size; /* bytes of data */
    _Alignas(16) unsigned char data[];
};

static void
out_of_memory(void)
{
    fputs("assay: out of memory\n", stderr);
    exit(4);
}

void *
memory_alloc(size_t size)
{
    void *piece = malloc(size ? size : 1);
    if (!piece) {
        out_of_memory();
    }
    return piece;
}

void *
memory_resize(void *old, size_t size)
{
    void *piece = realloc(old, size ? size : 1);
    if (!piece) {
        out_of_memory();
    }
    return piece;
}

void
memory_grow(void **items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) {
        return;
    }
    size_t grown = *capacity ? *capacity * 2 : 16;
    if (grown < need) {
        grown = need;
    }
    if (grown > SIZE_MAX / size) {
        out_of_memory();
    }
    *items = memory_resize(*items, grown * size);
    *capacity = grown;
}

void
arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void
arena_free(struct arena *arena)
{
    struct arena_block *block = arena->first;
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena_init(arena);
}

static void
enter_block(struct arena *arena, struct arena_block *block)
{
    arena->current = block;
    arena->next = block->data;
    arena->end = block->data + block->size;
}

void
arena_reset(struct arena *arena)
{
    if (arena->first) {
        enter_block(arena, arena->first);
    }
}

static void
add_block(struct arena *arena, size_t size)
{
    struct arena_block *current = arena->current;
    if (current && current->next && current->next->size >= size) {
        enter_block(arena, current->next);
        return;
    }
    size_t wanted = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    struct arena_block *block = memory_alloc(sizeof *block + wanted);
    block->size = wanted;
    block->next = current ? current->next : NULL;
    if (current) {
        current->next = block;
    } else {
        arena->first = block;
    }
    arena->total += wanted;
    enter_block(arena, block);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        out_of_memory();
    }
    size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (!arena->next || size > (size_t)(arena->end - arena->next)) {
        add_block(arena, size);
    }
    void *piece = arena->next;
    arena->next += size;
    return memset(piece, 0, size);
}

char *
arena_copy(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (len) {
        memcpy(copy, text, len);
    }
    return copy;
}
