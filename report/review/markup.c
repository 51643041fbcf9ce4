#include "report/review/markup.h"

#include "base/utf8.h"

/* U+FFFE and U+FFFF may not stand in XML, not even escaped. */
static bool
is_no_character(int32_t point)
{
    return (point & 0xFFFE) == 0xFFFE;
}

static void
add_character(struct buffer *out, struct slice character, int32_t point,
              const char *newline)
{
    switch (point) {
    case '&':
        buffer_add_text(out, "&amp;");
        return;
    case '<':
        buffer_add_text(out, "&lt;");
        return;
    case '>':
        buffer_add_text(out, "&gt;");
        return;
    case '"':
        buffer_add_text(out, "&quot;");
        return;
    case '\n':
        buffer_add_text(out, newline);
        return;
    }
    if (is_no_character(point)) {
        buffer_format(out, "\\u{%X}", (unsigned)point);
    } else {
        utf8_add_visible(out, character);
    }
}

static void
add_escaped(struct buffer *out, struct slice text, const char *newline)
{
    while (text.len) {
        int32_t point;
        size_t bytes = utf8_next(text, &point);
        add_character(out, (struct slice){text.at, bytes}, point, newline);
        text.at += bytes;
        text.len -= bytes;
    }
}

void
markup_add_slice(struct buffer *out, struct slice text)
{
    add_escaped(out, text, "\n");
}

void
markup_add(struct buffer *out, const char *text)
{
    markup_add_slice(out, slice_of(text));
}

void
markup_add_attribute(struct buffer *out, const char *name, const char *text)
{
    if (text) {
        buffer_format(out, " %s=\"", name);
        add_escaped(out, slice_of(text), "&#10;");
        buffer_add_char(out, '"');
    }
}

void
markup_add_number(struct buffer *out, const char *name, size_t number)
{
    buffer_format(out, " %s=\"%zu\"", name, number);
}
