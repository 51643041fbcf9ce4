/* From words to lines.
 *
 * A run of words that fits stays on its line.  Else it breaks at its lowest
 * level: at all clauses there are, or, where there are none, at as many of the
 * fill breaks as needed; each part is then treated alike.
 */
#include "base/utf8.h"
#include "parser/print_words.h"

#include <stdlib.h>

void
printer_init(struct printer *printer, const struct atoms *atoms,
             const struct sources *sources)
{
    *printer = (struct printer){.atoms = atoms, .sources = sources};
    buffer_clear(&printer->text);
}

void
printer_free(struct printer *printer)
{
    buffer_free(&printer->text);
    free(printer->words);
}

void
print_put(struct printer *printer, struct slice word)
{
    void *words = printer->words;
    memory_grow(&words, &printer->capacity, printer->count + 1,
                sizeof *printer->words);
    printer->words = words;
    printer->next.start = (uint32_t)printer->text.len;
    printer->next.len = (uint32_t)word.len;
    buffer_add_slice(&printer->text, word);
    printer->words[printer->count++] = printer->next;
    printer->next = (struct print_word){0};
}

void
print_put_text(struct printer *printer, const char *word)
{
    print_put(printer, slice_of(word));
}

void
print_tight(struct printer *printer)
{
    printer->next.tight = true;
}

void
print_break(struct printer *printer, enum print_break kind, uint32_t place)
{
    printer->next.break_before = (uint8_t)kind;
    printer->next.level = (uint16_t)printer->depth;
    printer->next.place = place;
}

struct layout {
    struct printer *printer;
    const struct print_comment *comments;
    size_t comment_count;
    size_t comment; /* the next to print */
    size_t segment; /* being printed */
    size_t column;
    struct buffer *buffer;
};

static void
add_word(struct buffer *buffer, const struct printer *printer,
         const struct print_word *word)
{
    if (word->name == PRINT_QUOTED) {
        buffer_add_char(buffer, '`');
    }
    buffer_add(buffer, printer->text.text + word->start, word->len);
    if (word->name == PRINT_QUOTED) {
        buffer_add_char(buffer, '`');
    }
}

void
print_one_line(const struct printer *printer, struct buffer *buffer)
{
    for (size_t i = 0; i < printer->count; i++) {
        if (i && !printer->words[i].tight) {
            buffer_add_char(buffer, ' ');
        }
        add_word(buffer, printer, &printer->words[i]);
    }
}

/* Counts columns and forced breaks from the start of the statement. */
static void
measure(struct printer *printer)
{
    uint32_t column = 0;
    uint32_t forced = 0;
    for (size_t i = 0; i < printer->count; i++) {
        struct print_word *word = &printer->words[i];
        struct slice text = {printer->text.text + word->start, word->len};
        column += (uint32_t)utf8_width(text) + !word->tight +
                  (word->name == PRINT_QUOTED ? 2 : 0);
        forced += word->force;
        word->column = column;
        word->forced = forced;
    }
}

/* Cells that words FIRST up to LAST need behind what stands there. */
static size_t
run_width(const struct layout *layout, size_t first, size_t last,
          bool line_start)
{
    const struct print_word *words = layout->printer->words;
    size_t before = first ? words[first - 1].column : 0;
    bool blank = line_start && !words[first].tight;
    return words[last - 1].column - before - blank;
}

static bool
fits(const struct layout *layout, size_t first, size_t last, bool line_start)
{
    const struct print_word *words = layout->printer->words;
    size_t width = run_width(layout, first, last, line_start);
    return words[last - 1].forced == words[first].forced &&
           layout->column + width <= PRINT_COLUMNS;
}

static void
add_run(struct layout *layout, size_t first, size_t last, bool line_start)
{
    layout->column += run_width(layout, first, last, line_start);
    for (size_t i = first; i < last; i++) {
        const struct print_word *word = &layout->printer->words[i];
        layout->segment += word->break_before != PRINT_STAY;
        if (!word->tight && !(line_start && i == first)) {
            buffer_add_char(layout->buffer, ' ');
        }
        add_word(layout->buffer, layout->printer, word);
    }
}

/* Prints the comments of slots up to LAST, the odd ones behind the line. */
static void
add_comments(struct layout *layout, size_t last, size_t indent)
{
    while (layout->comment < layout->comment_count &&
           layout->comments[layout->comment].slot <= last) {
        const struct print_comment *comment =
            &layout->comments[layout->comment++];
        if (comment->slot % 2) {
            buffer_add_text(layout->buffer, "  ");
        } else {
            buffer_add_char(layout->buffer, '\n');
            buffer_fill(layout->buffer, ' ', indent);
        }
        buffer_add_slice(layout->buffer, comment->text);
    }
}

/* Begins a line for the segment that comes next. */
static void
add_newline(struct layout *layout, size_t indent)
{
    add_comments(layout, 2 * layout->segment + 2, indent);
    buffer_add_char(layout->buffer, '\n');
    buffer_fill(layout->buffer, ' ', indent);
    layout->column = indent;
}

/* The kind of break at which words FIRST to LAST are parted, and its level. */
static enum print_break
lowest_break(const struct layout *layout, size_t first, size_t last,
             unsigned *level)
{
    enum print_break kind = PRINT_STAY;
    for (size_t i = first + 1; i < last; i++) {
        const struct print_word *word = &layout->printer->words[i];
        if (word->break_before == PRINT_STAY) {
            continue;
        }
        bool better = kind == PRINT_STAY || word->level < *level ||
                      (word->level == *level && word->break_before > kind);
        if (better) {
            kind = (enum print_break)word->break_before;
            *level = word->level;
        }
    }
    return kind;
}

static void
lay_out(struct layout *layout, size_t first, size_t last, size_t indent,
        bool line_start)
{
    const struct print_word *words = layout->printer->words;
    unsigned level = 0;
    enum print_break kind = fits(layout, first, last, line_start)
                                ? PRINT_STAY
                                : lowest_break(layout, first, last, &level);
    if (kind == PRINT_STAY) {
        add_run(layout, first, last, line_start);
        return;
    }
    size_t inner = indent + PRINT_INDENT;
    for (size_t start = first, end; start < last; start = end) {
        for (end = start + 1; end < last && (words[end].break_before != kind ||
                                             words[end].level != level);) {
            end++;
        }
        bool fresh =
            start > first && (kind == PRINT_CLAUSE || words[start].force ||
                              !fits(layout, start, end, false));
        if (fresh) {
            add_newline(layout, inner);
        }
        bool begins = fresh || (start == first && line_start);
        size_t under = start > first || kind == PRINT_CLAUSE ? inner : indent;
        lay_out(layout, start, end, under, begins);
    }
}

void
print_lines(struct printer *printer, const struct print_comment *comments,
            size_t count, struct buffer *buffer)
{
    struct layout layout = {.printer = printer,
                            .comments = comments,
                            .comment_count = count,
                            .buffer = buffer};
    measure(printer);
    lay_out(&layout, 0, printer->count, 0, true);
    add_comments(&layout, SIZE_MAX, 0);
}
