/* Names that are unknown because something else was meant by them: a clause in
 * front of what is asked for, a function without its brackets, a word of
 * another language. */
#ifndef EVAL_MISREAD_H
#define EVAL_MISREAD_H

#include "eval/scope.h"

/* What to write in place of NAME, which no CLASS has, for a person; NULL when
 * nothing is known of it.  The text lives as long as the statement. */
const char *misread_help(struct session *session, enum name_class class,
                         atom name);

#endif
