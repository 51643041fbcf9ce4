/* Text that grows while it is written.
 *
 * The text is always NUL-terminated, and BUFFER.text is never NULL after the
 * first call.  The caller owns the struct; buffer_free gives the bytes back.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/slice.h"

#include <stdarg.h>
#include <stdint.h>

struct buffer {
    char *text;
    size_t len; /* bytes, without the NUL */
    size_t capacity;
};

void buffer_free(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_add(struct buffer *buffer, const char *text, size_t len);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_slice(struct buffer *buffer, struct slice slice);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_fill(struct buffer *buffer, char c, size_t count);
void buffer_add_int(struct buffer *buffer, int64_t value);
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_format_list(struct buffer *buffer, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static inline struct slice
buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->text ? buffer->text : "", buffer->len};
}

#endif
