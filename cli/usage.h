/* Usage texts, made from the tables of options.h. */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli/options.h"

/* Appends how COMMAND is used; for the prompt, how the program is. */
void usage_add(struct buffer *out, enum command command);

#endif
