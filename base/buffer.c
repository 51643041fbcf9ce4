#include "base/buffer.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

void
buffer_free(struct buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct buffer){0};
}

void
buffer_clear(struct buffer *buffer)
{
    buffer_reserve(buffer, 0);
    buffer->len = 0;
    buffer->text[0] = '\0';
}

void
buffer_reserve(struct buffer *buffer, size_t more)
{
    void *items = buffer->text;
    memory_grow(&items, &buffer->capacity, buffer->len + more + 1, 1);
    buffer->text = items;
}

void
buffer_add(struct buffer *buffer, const char *text, size_t len)
{
    buffer_reserve(buffer, len);
    if (len) {
        memcpy(buffer->text + buffer->len, text, len);
    }
    buffer->len += len;
    buffer->text[buffer->len] = '\0';
}

void
buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void
buffer_add_slice(struct buffer *buffer, struct slice slice)
{
    buffer_add(buffer, slice.at, slice.len);
}

void
buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}

void
buffer_fill(struct buffer *buffer, char c, size_t count)
{
    buffer_reserve(buffer, count);
    memset(buffer->text + buffer->len, c, count);
    buffer->len += count;
    buffer->text[buffer->len] = '\0';
}

void
buffer_add_int(struct buffer *buffer, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        digits[--at] = '-';
    }
    buffer_add(buffer, digits + at, sizeof digits - at);
}

void
buffer_format_list(struct buffer *buffer, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len > 0) {
        buffer_reserve(buffer, (size_t)len);
        vsnprintf(buffer->text + buffer->len, (size_t)len + 1, format, list);
        buffer->len += (size_t)len;
    }
}

void
buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    buffer_format_list(buffer, format, list);
    va_end(list);
}
