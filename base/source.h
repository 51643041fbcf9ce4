/* The texts of a session and the places in them.
 *
 * All texts share one number space: each is given a base when it is added,
 * and a span is a pair of offsets in that space.  A place is thus eight bytes
 * wherever it is kept, and one table tells file, line and column.
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdint.h>

/* Bytes START up to but not END, in the session's number space (base 0).
 * {0, 0} is no place: the first source begins at 1. */
struct span {
    uint32_t start;
    uint32_t end;
};

struct source {
    const char *name;    /* as the user named it, for messages */
    struct slice text;   /* owned by the list */
    uint32_t base;       /* the place of its first byte */
    uint32_t first_line; /* number of its first line, base 1 */
    /* Characters of the file that stand in front of each line and are no part
     * of TEXT; borrowed.  NULL: none. */
    const uint8_t *margins;
    uint32_t *lines; /* offset in TEXT of each line; made when first asked */
    size_t line_count;
};

struct sources {
    struct source **items;
    size_t count;
    size_t capacity;
    uint32_t next_base;
};

/* Where a span begins and ends, for people and for programs.  Lines and
 * columns have base 1. */
struct location {
    const struct source *source;
    uint32_t line;
    uint32_t end_line;
    uint32_t column;     /* code points */
    uint32_t end_column; /* code points; the one behind the last */
    uint32_t byte;       /* offset in the source, base 0 */
    uint32_t length;     /* bytes */
};

void sources_init(struct sources *sources);
void sources_free(struct sources *sources);

/* Adds a text under NAME; copies both.  Returns NULL when four gigabytes of
 * text are full. */
struct source *sources_add(struct sources *sources, const char *name,
                           struct slice text);

/* The same without a copy: takes TEXT, which is empty afterwards. */
struct source *sources_take(struct sources *sources, const char *name,
                            struct buffer *text);

/* Takes the text back that was added last, when nothing points into it. */
void sources_drop_last(struct sources *sources);

/* The source that holds PLACE, or NULL for no place. */
const struct source *sources_find(const struct sources *sources,
                                  uint32_t place);

/* Fills LOCATION; returns false for no place. */
bool sources_locate(const struct sources *sources, struct span span,
                    struct location *location);

/* The text of a span; empty for no place. */
struct slice sources_text(const struct sources *sources, struct span span);

/* Line NUMBER (base 1, counted from the source's first line) without its
 * newline. */
struct slice source_line(const struct source *source, uint32_t number);

/* How many characters stand in front of a line that are no part of it. */
uint32_t source_margin(const struct source *source, uint32_t number);

static inline struct span
span_join(struct span a, struct span b)
{
    if (a.end == 0) {
        return b;
    }
    if (b.end == 0) {
        return a;
    }
    return (struct span){a.start < b.start ? a.start : b.start,
                         a.end > b.end ? a.end : b.end};
}

#endif
