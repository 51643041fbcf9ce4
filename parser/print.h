/* The canonical text of a tree.
 *
 * Parsing what was printed gives the same tree, and printing that gives the
 * same text.  Parentheses stand only where precedence asks for them, and names
 * in backquotes only where the bare word would be read as something else.  A
 * statement that fits stands on one line; else its clauses get lines of their
 * own, and lists and long expressions are filled.
 */
#ifndef PARSER_PRINT_H
#define PARSER_PRINT_H

#include "base/buffer.h"
#include "parser/tree.h"

enum { PRINT_COLUMNS = 80, PRINT_INDENT = 4 };

/* Appends STATEMENT without a newline at its end.  SOURCES is asked for the
 * digits of numbers that are longer than a literal holds. */
void print_statement(struct buffer *buffer, const struct node *statement,
                     const struct atoms *atoms, const struct sources *sources);

/* Appends any part of a statement (an expression, a figure, an assertion, an
 * annotation) on one line.  An expression reads back the same wherever an
 * expression may stand. */
void print_expression(struct buffer *buffer, const struct node *node,
                      const struct atoms *atoms, const struct sources *sources);

/* Appends a name as it may stand anywhere: in backquotes when it is a keyword
 * somewhere or is not written like a name. */
void print_name(struct buffer *buffer, struct slice name);

/* Can a name be written in backquotes? */
bool print_can_quote(struct slice name);

/* The same for a member, whose name may be a code in digits. */
void print_member(struct buffer *buffer, struct slice code);

#endif
