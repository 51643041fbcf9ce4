/* UTF-8: is it valid, how long is it, how wide does it stand. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#include <stdint.h>

/* Offset of the first byte that is not UTF-8, or TEXT.len when all is. */
size_t utf8_check(struct slice text);

/* Reads the code point at the start of TEXT and returns its bytes; an invalid
 * byte reads as U+FFFD, one byte long.  TEXT is not empty. */
size_t utf8_next(struct slice text, int32_t *point);

/* Appends a code point. */
void utf8_add(struct buffer *buffer, int32_t point);

/* Code points in TEXT; invalid bytes count as one each. */
size_t utf8_count(struct slice text);

/* Terminal cells that TEXT fills: wide characters two, marks none. */
size_t utf8_width(struct slice text);

/* True when every byte is ASCII. */
bool utf8_is_ascii(struct slice text);

/* May POINT stand in a name, at its start or behind it? */
bool utf8_is_name(int32_t point, bool at_start);

/* Returns TEXT in normal form C, in ARENA; TEXT itself when it is already. */
struct slice utf8_normalize(struct arena *arena, struct slice text);

/* Appends TEXT with control, bidirectional and invalid characters written as
 * \u{...}, so that stored text cannot drive a terminal. */
void utf8_add_visible(struct buffer *buffer, struct slice text);

#endif
