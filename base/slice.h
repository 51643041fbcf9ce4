/* A piece of text that somebody else owns: bytes and a length, no NUL. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *at; /* borrows */
    size_t len;     /* bytes */
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

/* NULL gives the empty text. */
static inline struct slice
slice_of(const char *text)
{
    return text ? (struct slice){text, strlen(text)} : SLICE("");
}

static inline bool
slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool
slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

/* Byte order, a shorter text before a longer one that begins with it. */
static inline int
slice_compare(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.at, b.at, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

#endif
