#include "report/markdown_text.h"

#include <ctype.h>

static bool
is_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Is the character at AT markup?  A `_` within a word is none. */
static bool
is_markup(struct slice text, size_t at)
{
    char c = text.at[at];
    if (c == '_') {
        return at == 0 || at + 1 == text.len || !is_word(text.at[at - 1]) ||
               !is_word(text.at[at + 1]);
    }
    return c && strchr("\\|`*[]~", c);
}

void
markdown_add_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '<') {
            buffer_add_text(out, "&lt;");
        } else if (c == '&') {
            buffer_add_text(out, "&amp;");
        } else {
            buffer_add_text(out, is_markup(text, i) ? "\\" : "");
            buffer_add_char(out, c);
        }
    }
}

void
markdown_add_start(struct buffer *out, struct slice text)
{
    size_t digits = 0;
    while (digits < text.len && isdigit((unsigned char)text.at[digits])) {
        digits++;
    }
    if (digits && digits < text.len &&
        (text.at[digits] == '.' || text.at[digits] == ')')) {
        buffer_add(out, text.at, digits);
        buffer_add_char(out, '\\');
        text.at += digits;
        text.len -= digits;
    } else if (text.len && strchr("#+-=>", text.at[0]) && text.at[0]) {
        buffer_add_char(out, '\\');
    }
    markdown_add_text(out, text);
}
