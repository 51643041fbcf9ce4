/* Slips that only show where the parser stops: what was probably meant by a
 * token that does not fit, told by what stands around it. */
#ifndef PARSER_SLIPS_H
#define PARSER_SLIPS_H

#include "parser/tree.h"

/* Adds a line of help to RECORD, the message that token CODE at SPAN does not
 * fit, where a slip is known; EXPECTED says by token code which could have
 * come. */
void tree_explain_slip(struct tree_builder *tree, struct diagnostic *record,
                       int code, struct span span, const bool *expected);

/* Does a year, or another period, stand right before SPAN? */
bool tree_follows_period(const struct tree_builder *tree, struct span span);

#endif
