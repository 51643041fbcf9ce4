#include "base/utf8.h"
#include "eval/cell.h"
#include "report/review/text.h"

enum { NAME_CELLS = 44, VALUE_CELLS = 24 }; /* that columns grow to */

void
paint_on(const struct writer *writer, enum paint paint)
{
    static const char *const codes[] = {
        [PAINT_ERROR] = "\033[1;31m", [PAINT_WARNING] = "\033[1;33m",
        [PAINT_INFO] = "\033[1;36m",  [PAINT_GOOD] = "\033[1;32m",
        [PAINT_BOLD] = "\033[1m",     [PAINT_FAINT] = "\033[2m",
    };
    if (writer->options->color) {
        buffer_add_text(writer->out, codes[paint]);
    }
}

void
paint_off(const struct writer *writer)
{
    if (writer->options->color) {
        buffer_add_text(writer->out, "\033[0m");
    }
}

static size_t
word_length(struct slice text)
{
    size_t len = 0;
    while (len < text.len && text.at[len] != ' ') {
        len++;
    }
    return len;
}

/* Appends one paragraph, escaped already; returns the cell behind it. */
static size_t
wrap_line(const struct writer *writer, struct slice text, size_t at,
          size_t indent)
{
    size_t width = writer->options->width;
    bool is_first = true; /* word of its line */
    while (text.len) {
        size_t blanks = 0;
        while (blanks < text.len && text.at[blanks] == ' ') {
            blanks++;
        }
        struct slice rest = {text.at + blanks, text.len - blanks};
        struct slice word = {rest.at, word_length(rest)};
        size_t cells = utf8_width(word);
        bool is_beyond = width && !is_first && at + blanks + cells > width;
        if (is_beyond) {
            buffer_add_char(writer->out, '\n');
            buffer_fill(writer->out, ' ', indent);
            at = indent;
        } else if (word.len) {
            buffer_fill(writer->out, ' ', blanks);
            at += blanks;
        }
        if (at == indent && word.len > 1 && word.at[0] == ':' &&
            word.at[1] == ':') {
            /* A log of GitHub runs a line that begins so. */
            buffer_add_text(writer->out, "\\u{3A}");
            word = (struct slice){word.at + 1, word.len - 1};
            text.at++;
            text.len--;
            cells += strlen("\\u{3A}") - 1;
        }
        buffer_add_slice(writer->out, word);
        at += cells;
        is_first = false;
        text.at += blanks + word.len;
        text.len -= blanks + word.len;
    }
    return at;
}

void
add_wrapped(const struct writer *writer, const char *text, size_t at,
            size_t indent)
{
    struct buffer shown = {0};
    struct slice left = slice_of(text);
    while (left.len && left.at[left.len - 1] == '\n') {
        left.len--;
    }
    for (bool is_first = true; is_first || left.len; is_first = false) {
        size_t len = 0;
        while (len < left.len && left.at[len] != '\n') {
            len++;
        }
        if (!is_first) {
            buffer_add_char(writer->out, '\n');
            buffer_fill(writer->out, ' ', len ? indent : 0);
            at = indent;
        }
        buffer_clear(&shown);
        cell_add_text(&shown, (struct slice){left.at, len},
                      writer->options->ascii);
        wrap_line(writer, buffer_slice(&shown), at, indent);
        len += len < left.len;
        left.at += len;
        left.len -= len;
    }
    buffer_add_char(writer->out, '\n');
    buffer_free(&shown);
}

void
add_remark(const struct writer *writer, const char *label, const char *text)
{
    if (!text || !*text) {
        return;
    }
    buffer_add_text(writer->out, "   ");
    paint_on(writer, PAINT_FAINT);
    buffer_format(writer->out, "= %s:", label);
    paint_off(writer);
    buffer_add_char(writer->out, ' ');
    add_wrapped(writer, text, 3 + 2 + strlen(label) + 2, 5);
}

/* Cells of TEXT as it is shown. */
static size_t
shown_width(const struct writer *writer, const char *text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(text), writer->options->ascii);
    size_t width = utf8_width(buffer_slice(&shown));
    buffer_free(&shown);
    return width;
}

static size_t
larger_up_to(size_t a, size_t b, size_t most)
{
    b = b > most ? most : b;
    return a > b ? a : b;
}

static const char *
value_text(const struct review_value *value)
{
    return value->text ? value->text : "?";
}

static void
add_fact(const struct writer *writer, const struct review_fact *fact,
         size_t name_cells, size_t value_cells)
{
    struct buffer *out = writer->out;
    bool ascii = writer->options->ascii;
    size_t name = shown_width(writer, fact->figure);
    size_t value = shown_width(writer, value_text(&fact->value));
    buffer_fill(out, ' ', 3);
    cell_add_text(out, slice_of(fact->figure), ascii);
    buffer_fill(out, ' ', 2 + (name_cells > name ? name_cells - name : 0));
    buffer_fill(out, ' ', value_cells > value ? value_cells - value : 0);
    cell_add_text(out, slice_of(value_text(&fact->value)), ascii);
    size_t start = out->len;
    buffer_add_text(out, "  ");
    add_origin(out, fact, ascii);
    if (fact->place.file) {
        buffer_add_text(out, out->len > start + 2 ? ", at " : "at ");
        add_place(out, &fact->place, ascii);
    }
    if (out->len == start + 2) {
        out->len = start;
        out->text[start] = '\0';
    }
    buffer_add_char(out, '\n');
    if (!fact->value.known && fact->value.reason) {
        buffer_fill(out, ' ', 6);
        add_wrapped(writer, fact->value.reason, 6, 6);
    }
    if (fact->note && *fact->note) {
        buffer_add_text(out, "      note: ");
        add_wrapped(writer, fact->note, 12, 6);
    }
    if (fact->url && *fact->url) {
        buffer_fill(out, ' ', 6);
        cell_add_text(out, slice_of(fact->url), ascii);
        buffer_add_char(out, '\n');
    }
}

void
add_facts(const struct writer *writer, const struct review_fact *facts,
          size_t count, size_t left)
{
    size_t names = 0;
    size_t values = 0;
    for (size_t i = 0; i < count; i++) {
        names = larger_up_to(names, shown_width(writer, facts[i].figure),
                             NAME_CELLS);
        values = larger_up_to(values,
                              shown_width(writer, value_text(&facts[i].value)),
                              VALUE_CELLS);
    }
    for (size_t i = 0; i < count; i++) {
        add_fact(writer, &facts[i], names, values);
    }
    if (left) {
        buffer_add_text(writer->out, "   and ");
        add_count(writer->out, left, "more figure");
        buffer_add_char(writer->out, '\n');
    }
}

void
add_outcome(const struct writer *writer, enum review_status status,
            const char *outcome)
{
    paint_on(writer, status == REVIEW_PASSED      ? PAINT_GOOD
                     : status == REVIEW_UNDECIDED ? PAINT_WARNING
                                                  : PAINT_ERROR);
    cell_add_text(writer->out, slice_of(outcome), writer->options->ascii);
    paint_off(writer);
    buffer_add_char(writer->out, '\n');
}
