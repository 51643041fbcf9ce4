#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

size_t
utf8_next(struct slice text, int32_t *point)
{
    utf8proc_ssize_t bytes = utf8proc_iterate(
        (const uint8_t *)text.at, (utf8proc_ssize_t)text.len, point);
    if (bytes <= 0) {
        *point = 0xFFFD;
        return 1;
    }
    return (size_t)bytes;
}

bool
utf8_is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

size_t
utf8_check(struct slice text)
{
    size_t at = 0;
    while (at < text.len) {
        while (at + 8 <= text.len) {
            uint64_t word;
            memcpy(&word, text.at + at, 8);
            if (word & UINT64_C(0x8080808080808080)) {
                break;
            }
            at += 8;
        }
        if (at < text.len && (unsigned char)text.at[at] < 0x80) {
            at++;
        } else if (at < text.len) {
            int32_t point;
            utf8proc_ssize_t bytes =
                utf8proc_iterate((const uint8_t *)text.at + at,
                                 (utf8proc_ssize_t)(text.len - at), &point);
            if (bytes <= 0) {
                return at;
            }
            at += (size_t)bytes;
        }
    }
    return at;
}

void
utf8_add(struct buffer *buffer, int32_t point)
{
    uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(point, bytes);
    buffer_add(buffer, (const char *)bytes, (size_t)len);
}

size_t
utf8_count(struct slice text)
{
    size_t count = 0;
    int32_t point;
    while (text.len) {
        size_t bytes =
            (unsigned char)text.at[0] < 0x80 ? 1 : utf8_next(text, &point);
        text.at += bytes;
        text.len -= bytes;
        count++;
    }
    return count;
}

/* ASCII that is seen: one cell each. */
static inline bool
is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

/* How many bytes TEXT begins with that are such. */
static size_t
plain_run(struct slice text)
{
    size_t len = 0;
    while (len < text.len && is_plain(text.at[len])) {
        len++;
    }
    return len;
}

/* Most text is ASCII, and utf8proc is asked about the rest only. */
size_t
utf8_width(struct slice text)
{
    size_t width = 0;
    while (text.len) {
        size_t bytes = plain_run(text);
        width += bytes;
        if (!bytes) {
            int32_t point;
            bytes = utf8_next(text, &point);
            int cells = utf8proc_charwidth(point);
            width += cells > 0 ? (size_t)cells : 0;
        }
        text.at += bytes;
        text.len -= bytes;
    }
    return width;
}

bool
utf8_is_name(int32_t point, bool at_start)
{
    switch ((int)utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return true;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return !at_start;
    default:
        return point == '_';
    }
}

struct slice
utf8_normalize(struct arena *arena, struct slice text)
{
    if (utf8_is_ascii(text)) {
        return text;
    }
    uint8_t *normal = NULL;
    utf8proc_ssize_t len = utf8proc_map(
        (const uint8_t *)text.at, (utf8proc_ssize_t)text.len, &normal,
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (len < 0) {
        return text;
    }
    struct slice result = {arena_copy(arena, (const char *)normal, (size_t)len),
                           (size_t)len};
    free(normal);
    return result;
}

/* Control characters, and those that reorder or hide the text around them. */
static bool
is_hidden(int32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD ||
           point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xFFF9 && point <= 0xFFFB) ||
           (point >= 0xE0000 && point <= 0xE007F);
}

void
utf8_add_visible(struct buffer *buffer, struct slice text)
{
    while (text.len) {
        size_t plain = plain_run(text);
        buffer_add(buffer, text.at, plain);
        text.at += plain;
        text.len -= plain;
        if (!text.len) {
            return;
        }
        int32_t point;
        size_t bytes = utf8_next(text, &point);
        bool broken = point == 0xFFFD && bytes == 1;
        if (broken) {
            buffer_format(buffer, "\\x{%02X}", (unsigned char)text.at[0]);
        } else if (is_hidden(point)) {
            buffer_format(buffer, "\\u{%X}", (unsigned)point);
        } else {
            buffer_add(buffer, text.at, bytes);
        }
        text.at += bytes;
        text.len -= bytes;
    }
}
