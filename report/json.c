#include "report/json.h"

#include "base/utf8.h"
#include "values/number.h"

#include <assert.h>

void
json_init(struct json_writer *json, struct buffer *out)
{
    *json = (struct json_writer){.out = out};
}

/* Everything that begins a value or a key comes through here. */
static void
begin_item(struct json_writer *json)
{
    if (json->needs_comma) {
        buffer_add_char(json->out, ',');
    }
    json->needs_comma = true;
}

static void
open_bracket(struct json_writer *json, char bracket)
{
    begin_item(json);
    buffer_add_char(json->out, bracket);
    json->needs_comma = false;
    json->depth++;
}

static void
close_bracket(struct json_writer *json, char bracket)
{
    assert(json->depth > 0);
    buffer_add_char(json->out, bracket);
    json->needs_comma = true;
    json->depth--;
}

void
json_begin_object(struct json_writer *json)
{
    open_bracket(json, '{');
}

void
json_end_object(struct json_writer *json)
{
    close_bracket(json, '}');
}

void
json_begin_array(struct json_writer *json)
{
    open_bracket(json, '[');
}

void
json_end_array(struct json_writer *json)
{
    close_bracket(json, ']');
}

static void
add_unit(struct buffer *out, unsigned unit)
{
    buffer_format(out, "\\u%04x", unit);
}

static void
add_escaped(struct buffer *out, int32_t point)
{
    if (point >= 0x10000) {
        unsigned rest = (unsigned)point - 0x10000;
        add_unit(out, 0xD800 + (rest >> 10));
        add_unit(out, 0xDC00 + (rest & 0x3FF));
        return;
    }
    static const char letters[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (const char *letter = letters; *letter; letter += 2) {
        if (*letter == point) {
            buffer_add_char(out, '\\');
            buffer_add_char(out, letter[1]);
            return;
        }
    }
    add_unit(out, (unsigned)point);
}

/* Appends a character that stands for itself, unless it is hidden:
 * utf8_add_visible knows, and writes those with a backslash. */
static void
add_visible(struct json_writer *json, int32_t point, struct slice character)
{
    size_t start = json->out->len;
    utf8_add_visible(json->out, character);
    if (json->out->text[start] == '\\') {
        json->out->len = start;
        add_escaped(json->out, point);
    }
}

/* Bytes at the start of TEXT that stand for themselves. */
static size_t
plain_run(struct slice text)
{
    size_t len = 0;
    while (len < text.len && text.at[len] >= ' ' && text.at[len] < 0x7F &&
           text.at[len] != '"' && text.at[len] != '\\') {
        len++;
    }
    return len;
}

static void
add_character(struct json_writer *json, int32_t point, struct slice character)
{
    bool special = point == '"' || point == '\\';
    if (special || (json->ascii && point >= 0x80)) {
        add_escaped(json->out, point);
    } else if (point == 0xFFFD) {
        utf8_add(json->out, point); /* also for an invalid byte */
    } else {
        add_visible(json, point, character);
    }
}

static void
add_characters(struct json_writer *json, struct slice text)
{
    while (text.len) {
        size_t bytes = plain_run(text);
        if (bytes) {
            buffer_add(json->out, text.at, bytes);
        } else {
            int32_t point;
            bytes = utf8_next(text, &point);
            add_character(json, point, (struct slice){text.at, bytes});
        }
        text.at += bytes;
        text.len -= bytes;
    }
}

void
json_slice(struct json_writer *json, struct slice text)
{
    begin_item(json);
    buffer_add_char(json->out, '"');
    add_characters(json, text);
    buffer_add_char(json->out, '"');
}

void
json_key_joined(struct json_writer *json, const char *prefix,
                const char *suffix)
{
    begin_item(json);
    buffer_add_char(json->out, '"');
    add_characters(json, slice_of(prefix));
    add_characters(json, slice_of(suffix));
    buffer_add_text(json->out, "\":");
    json->needs_comma = false;
}

void
json_key(struct json_writer *json, const char *name)
{
    json_key_joined(json, name, "");
}

void
json_text(struct json_writer *json, const char *text)
{
    if (text) {
        json_slice(json, slice_of(text));
    } else {
        json_null(json);
    }
}

void
json_number(struct json_writer *json, double value)
{
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    begin_item(json);
    number_print(json->out, value);
}

void
json_int(struct json_writer *json, int64_t value)
{
    begin_item(json);
    buffer_add_int(json->out, value);
}

void
json_bool(struct json_writer *json, bool value)
{
    begin_item(json);
    buffer_add_text(json->out, value ? "true" : "false");
}

void
json_null(struct json_writer *json)
{
    begin_item(json);
    buffer_add_text(json->out, "null");
}

void
json_break(struct json_writer *json)
{
    buffer_add_text(json->out, json->needs_comma ? ",\n" : "\n");
    json->needs_comma = false;
}
