#include "base/source.h"

#include "base/utf8.h"

#include <stdlib.h>

void
sources_init(struct sources *sources)
{
    *sources = (struct sources){.next_base = 1};
}

static void
source_free(struct source *source)
{
    free((void *)(uintptr_t)source->name);
    free((void *)(uintptr_t)source->text.at);
    free(source->lines);
    free(source);
}

void
sources_free(struct sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        source_free(sources->items[i]);
    }
    free(sources->items);
    sources_init(sources);
}

static char *
copy_text(struct slice text)
{
    char *copy = memory_alloc(text.len + 2);
    if (text.len) {
        memcpy(copy, text.at, text.len);
    }
    /* Two NULs: flex scans such a buffer in place. */
    copy[text.len] = copy[text.len + 1] = '\0';
    return copy;
}

static bool
has_room(const struct sources *sources, size_t len)
{
    return len < UINT32_MAX - sources->next_base - 1;
}

/* TEXT becomes the source's own. */
static struct source *
add_own(struct sources *sources, const char *name, struct slice text)
{
    struct source *source = memory_alloc(sizeof *source);
    *source = (struct source){
        .name = copy_text(slice_of(name)),
        .text = text,
        .base = sources->next_base,
        .first_line = 1,
    };
    void *items = sources->items;
    memory_grow(&items, &sources->capacity, sources->count + 1, sizeof source);
    sources->items = items;
    sources->items[sources->count++] = source;
    sources->next_base += (uint32_t)text.len + 1;
    return source;
}

struct source *
sources_add(struct sources *sources, const char *name, struct slice text)
{
    if (!has_room(sources, text.len)) {
        return NULL;
    }
    struct slice copy = {copy_text(text), text.len};
    return add_own(sources, name, copy);
}

struct source *
sources_take(struct sources *sources, const char *name, struct buffer *text)
{
    if (!has_room(sources, text->len)) {
        return NULL;
    }
    buffer_reserve(text, 2);
    text->text[text->len] = text->text[text->len + 1] = '\0';
    struct slice own = buffer_slice(text);
    *text = (struct buffer){0};
    return add_own(sources, name, own);
}

void
sources_drop_last(struct sources *sources)
{
    struct source *source = sources->items[--sources->count];
    sources->next_base = source->base;
    source_free(source);
}

const struct source *
sources_find(const struct sources *sources, uint32_t place)
{
    size_t low = 0;
    size_t high = sources->count;
    if (place == 0) {
        return NULL;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sources->items[middle]->base <= place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? sources->items[low - 1] : NULL;
}

static void
index_lines(struct source *source)
{
    size_t capacity = 0;
    void *items = NULL;
    const char *text = source->text.at;
    const char *end = text + source->text.len;
    for (const char *line = text; line;) {
        memory_grow(&items, &capacity, source->line_count + 1,
                    sizeof *source->lines);
        source->lines = items;
        source->lines[source->line_count++] = (uint32_t)(line - text);
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        line = newline ? newline + 1 : NULL;
    }
}

/* Index of the line that holds OFFSET.  The index of lines is a cache, so
 * that the source is the same to everyone who looks at it. */
static size_t
line_index(const struct source *source, uint32_t offset)
{
    if (!source->lines) {
        index_lines((struct source *)(uintptr_t)source);
    }
    size_t low = 0;
    size_t high = source->line_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (source->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t
column_of(const struct source *source, size_t line, uint32_t offset)
{
    uint32_t start = source->lines[line];
    struct slice before = {source->text.at + start, offset - start};
    uint32_t margin = source->margins ? source->margins[line] : 0;
    return 1 + margin + (uint32_t)utf8_count(before);
}

bool
sources_locate(const struct sources *sources, struct span span,
               struct location *location)
{
    const struct source *source = sources_find(sources, span.start);
    if (!source) {
        return false;
    }
    uint32_t len = (uint32_t)source->text.len;
    uint32_t start = span.start - source->base;
    uint32_t end = span.end > span.start ? span.end - source->base : start;
    start = start > len ? len : start;
    end = end > len ? len : end;
    size_t line = line_index(source, start);
    size_t last = line_index(source, end);
    *location = (struct location){
        .source = source,
        .line = source->first_line + (uint32_t)line,
        .end_line = source->first_line + (uint32_t)last,
        .column = column_of(source, line, start),
        .end_column = column_of(source, last, end),
        .byte = start,
        .length = end - start,
    };
    return true;
}

struct slice
sources_text(const struct sources *sources, struct span span)
{
    const struct source *source = sources_find(sources, span.start);
    if (!source || span.end <= span.start) {
        return SLICE("");
    }
    size_t start = span.start - source->base;
    size_t len = span.end - span.start;
    if (start > source->text.len) {
        return SLICE("");
    }
    if (len > source->text.len - start) {
        len = source->text.len - start;
    }
    return (struct slice){source->text.at + start, len};
}

struct slice
source_line(const struct source *source, uint32_t number)
{
    line_index(source, 0);
    size_t line = number - source->first_line;
    if (number < source->first_line || line >= source->line_count) {
        return SLICE("");
    }
    const char *at = source->text.at + source->lines[line];
    const char *end = source->text.at + source->text.len;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t len = (size_t)((newline ? newline : end) - at);
    if (len && at[len - 1] == '\r') {
        len--;
    }
    return (struct slice){at, len};
}

uint32_t
source_margin(const struct source *source, uint32_t number)
{
    return source->margins && number >= source->first_line
               ? source->margins[number - source->first_line]
               : 0;
}
