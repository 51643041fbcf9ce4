/* What is known of the terminal: its size, and whether to use colour. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "cli/options.h"

/* Columns and rows of the window behind FD; 0 when it is none or will not
 * say. */
void terminal_size(int fd, size_t *columns, size_t *rows);

/* Can the terminal do more than print, by the word of TERM? */
bool terminal_is_rich(void);

/* Is output on FD to be coloured?  Asked in the order of interface.md: the
 * option, NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, CLICOLOR, TERM, and what
 * FD is. */
bool terminal_has_color(enum color_mode mode, int fd);

#endif
