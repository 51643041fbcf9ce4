#include "parser/format.h"

#include "parser/format_slots.h"

#include <stdlib.h>

struct formatter {
    struct parser parser;
    const struct source *source;
    struct buffer *out;
    size_t next;    /* first comment that is not printed yet */
    bool begun;     /* something has been printed */
    bool line_open; /* the last line is a statement's and has no comment */
    struct print_comment *slots; /* of the comments inside a statement */
    size_t slot_capacity;
};

static const struct comment *
comment_at(const struct formatter *formatter, size_t index)
{
    return &formatter->parser.lexer.comments[index];
}

static char
char_at(const struct formatter *formatter, uint32_t place)
{
    return formatter->source->text.at[place - formatter->source->base];
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\n';
}

/* The comment without blanks at its end. */
static struct slice
comment_text(const struct formatter *formatter, const struct comment *comment)
{
    struct slice text = {formatter->source->text.at +
                             (comment->span.start - formatter->source->base),
                         comment->span.end - comment->span.start};
    while (text.len && is_blank(text.at[text.len - 1])) {
        text.len--;
    }
    return text;
}

/* Is there an empty line before what stands at PLACE? */
static bool
follows_blank_line(const struct formatter *formatter, uint32_t place)
{
    int newlines = 0;
    while (place > formatter->source->base &&
           is_blank(char_at(formatter, place - 1))) {
        newlines += char_at(formatter, --place) == '\n';
    }
    return newlines > 1;
}

/* Ends the last line; BLANK asks for an empty one behind it. */
static void
begin_line(struct formatter *formatter, bool blank)
{
    if (formatter->begun) {
        buffer_add_text(formatter->out, blank ? "\n\n" : "\n");
    }
    formatter->begun = true;
    formatter->line_open = false;
}

/* Prints a comment outside of statements. */
static void
add_comment(struct formatter *formatter, struct slice text, bool own_line,
            bool blank)
{
    if (!own_line && formatter->line_open) {
        buffer_add_text(formatter->out, "  ");
        formatter->line_open = false;
    } else {
        begin_line(formatter, blank);
    }
    buffer_add_slice(formatter->out, text);
}

/* Prints the comments that begin before PLACE. */
static void
add_comments(struct formatter *formatter, uint32_t place)
{
    const struct lexer *lexer = &formatter->parser.lexer;
    while (formatter->next < lexer->comment_count &&
           comment_at(formatter, formatter->next)->span.start < place) {
        const struct comment *comment =
            comment_at(formatter, formatter->next++);
        add_comment(formatter, comment_text(formatter, comment),
                    comment->own_line,
                    follows_blank_line(formatter, comment->span.start));
    }
}

/* The slots of the comments in the statement, with their texts. */
static size_t
find_slots(struct formatter *formatter, const struct printer *printer)
{
    const struct lexer *lexer = &formatter->parser.lexer;
    void *slots = formatter->slots;
    memory_grow(&slots, &formatter->slot_capacity,
                lexer->comment_count - formatter->next + 1,
                sizeof *formatter->slots);
    formatter->slots = slots;
    size_t count = format_find_slots(&formatter->parser, printer,
                                     formatter->next, formatter->slots);
    for (size_t i = 0; i < count; i++) {
        const struct comment *comment =
            comment_at(formatter, formatter->next + i);
        formatter->slots[i].text = comment_text(formatter, comment);
    }
    return count;
}

static void
add_statement(struct formatter *formatter, struct printer *printer)
{
    size_t count = find_slots(formatter, printer);
    const struct print_comment *slots = formatter->slots;
    size_t last_slot = format_last_slot(printer);
    bool blank =
        follows_blank_line(formatter, formatter->parser.statement.start);
    size_t first = 0;
    for (; first < count && slots[first].slot == 0; first++) {
        add_comment(formatter, slots[first].text, true, blank);
        blank = false;
    }
    size_t last = first;
    while (last < count && slots[last].slot <= last_slot) {
        last++;
    }
    format_force_breaks(printer, slots + first, last - first);
    begin_line(formatter, blank);
    print_lines(printer, slots + first, last - first, formatter->out);
    formatter->line_open = last == first || slots[last - 1].slot != last_slot;
    for (size_t i = last; i < count; i++) {
        const struct comment *comment =
            comment_at(formatter, formatter->next + i);
        add_comment(formatter, slots[i].text, true,
                    follows_blank_line(formatter, comment->span.start));
    }
    formatter->next += count;
}

static void
format_statement(struct formatter *formatter, const struct node *statement)
{
    const struct parser *parser = &formatter->parser;
    struct printer printer;
    add_comments(formatter, parser->statement.start);
    printer_init(&printer, parser->builder.atoms, parser->sources);
    print_put_statement(&printer, statement);
    add_statement(formatter, &printer);
    printer_free(&printer);
}

/* Reads to the end of the source, so that all of its mistakes are told; true
 * when there was none. */
static bool
format_all(struct formatter *formatter)
{
    const struct node *statement;
    bool whole = true;
    for (;;) {
        switch (parser_next(&formatter->parser, &statement)) {
        case PARSE_FAILED:
            whole = false;
            break;
        case PARSE_STATEMENT:
            if (whole) {
                format_statement(formatter, statement);
            }
            break;
        case PARSE_END:
            if (whole) {
                add_comments(formatter, UINT32_MAX);
            }
            return whole;
        }
    }
}

bool
format_source(struct atoms *atoms, struct sources *sources,
              const struct source *source, struct diagnostics *diagnostics,
              struct buffer *out)
{
    struct formatter formatter = {.source = source, .out = out};
    buffer_add_text(out, "");
    size_t len = out->len;
    parser_init(&formatter.parser, atoms, sources, diagnostics);
    formatter.parser.lexer.keep_comments = true;
    bool whole =
        parser_start(&formatter.parser, source) && format_all(&formatter);
    if (whole && formatter.begun) {
        buffer_add_char(out, '\n');
    } else if (!whole) {
        out->len = len;
        out->text[len] = '\0';
    }
    parser_free(&formatter.parser);
    free(formatter.slots);
    return whole;
}

bool
format_tree(struct atoms *atoms, struct sources *sources,
            const struct source *source, struct diagnostics *diagnostics,
            struct buffer *out)
{
    struct parser parser;
    const struct node *statement;
    enum parse_status status;
    buffer_add_text(out, "");
    size_t len = out->len;
    parser_init(&parser, atoms, sources, diagnostics);
    bool whole = parser_start(&parser, source);
    bool started = whole;
    while (started &&
           (status = parser_next(&parser, &statement)) != PARSE_END) {
        whole = whole && status == PARSE_STATEMENT;
        if (whole) {
            node_dump(out, statement, atoms);
            buffer_add_char(out, '\n');
        }
    }
    if (!whole) {
        out->len = len;
        out->text[len] = '\0';
    }
    parser_free(&parser);
    return whole;
}
