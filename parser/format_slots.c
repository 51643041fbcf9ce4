/* Where the comments of a statement go in its canonical form. */
#include "parser/format_slots.h"

/* Segments of a statement, walked beside its comments. */
struct segments {
    const struct printer *printer;
    size_t at;    /* the segment */
    size_t first; /* the word where the next one begins, or their count */
};

static size_t
next_break(const struct printer *printer, size_t word)
{
    while (word < printer->count &&
           printer->words[word].break_before == PRINT_STAY) {
        word++;
    }
    return word;
}

/* Goes to the segment that holds PLACE. */
static void
find_segment(struct segments *segments, uint32_t place)
{
    const struct printer *printer = segments->printer;
    while (segments->first < printer->count &&
           printer->words[segments->first].place <= place) {
        segments->at++;
        segments->first = next_break(printer, segments->first + 1);
    }
}

/* Does the segment go on behind comment INDEX?  What leads over to the next
 * one (an operator, `then`, an opening parenthesis) is not counted, nor is
 * the `;` at the end. */
static bool
goes_on(const struct lexer *lexer, const struct segments *segments,
        size_t index, uint32_t end)
{
    const struct printer *printer = segments->printer;
    const struct comment *comment = &lexer->comments[index];
    const struct comment *last = lexer->comments + lexer->comment_count - 1;
    struct slice lead = SLICE(";");
    if (segments->first < printer->count) {
        const struct print_word *word = &printer->words[segments->first];
        lead = (struct slice){printer->text.text + word->start, word->len};
        end = word->place;
    }
    uint32_t place = comment->span.end;
    for (size_t matched = 0; place < end; place++) {
        if (comment < last && place == comment[1].span.start) {
            comment++;
            place = comment->span.end - 1;
            continue;
        }
        char c = lexer->source->text.at[place - lexer->source->base];
        if (strchr(" \t\r\f\n(", c)) {
            continue;
        }
        if (matched == lead.len || c != lead.at[matched]) {
            return true;
        }
        matched++;
    }
    return false;
}

size_t
format_find_slots(const struct parser *parser, const struct printer *printer,
                  size_t first, struct print_comment *slots)
{
    struct segments segments = {printer, 0, next_break(printer, 1)};
    const struct lexer *lexer = &parser->lexer;
    uint32_t end = parser->statement.end;
    size_t least = 0;
    size_t count = 0;
    for (size_t i = first; i < lexer->comment_count; i++) {
        const struct comment *comment = &lexer->comments[i];
        if (comment->span.start >= end) {
            break;
        }
        find_segment(&segments, comment->span.start);
        size_t slot = 2 * segments.at;
        if (!comment->own_line) {
            slot += 1;
        } else if (!goes_on(lexer, &segments, i, end)) {
            slot += 2;
        }
        slot = slot < least ? least : slot;
        least = slot + slot % 2;
        slots[count++].slot = slot;
    }
    return count;
}

size_t
format_last_slot(const struct printer *printer)
{
    size_t slot = 1;
    for (size_t word = next_break(printer, 1); word < printer->count;
         word = next_break(printer, word + 1)) {
        slot += 2;
    }
    return slot;
}

/* Breaks lines where comments stand. */
void
format_force_breaks(struct printer *printer, const struct print_comment *slots,
                    size_t count)
{
    size_t segment = 0;
    size_t i = 0;
    for (size_t word = next_break(printer, 1); word < printer->count;
         word = next_break(printer, word + 1)) {
        segment++;
        while (i < count && slots[i].slot < 2 * segment - 1) {
            i++;
        }
        if (i < count && slots[i].slot <= 2 * segment) {
            printer->words[word].force = true;
        }
    }
}
