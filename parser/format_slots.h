/* Comments bound to the segments of a statement, which are what the printer
 * puts between two places where a line may break.  Private to format.c.
 *
 * The order of slots is the order on paper, so a comment that must not pass
 * another one only has to take a slot that is not before the other's.
 */
#ifndef PARSER_FORMAT_SLOTS_H
#define PARSER_FORMAT_SLOTS_H

#include "parser/parse.h"
#include "parser/print_words.h"

/* Sets the slots (see struct print_comment) of the comments from index FIRST on
 * that stand in the statement last parsed; SLOTS has room for all comments.
 * Returns how many those are.  Slot 0 is before the statement; what comes after
 * the last slot is behind the statement. */
size_t format_find_slots(const struct parser *parser,
                         const struct printer *printer, size_t first,
                         struct print_comment *slots);

/* The slot behind the last line of the statement. */
size_t format_last_slot(const struct printer *printer);

/* Makes lines end where the comments in SLOTS ask for it. */
void format_force_breaks(struct printer *printer,
                         const struct print_comment *slots, size_t count);

#endif
