/* What `assay diff` compares, read from whatever it is kept in: a fact base, a
 * text that is run in memory, or a table that is imported there.
 */
#ifndef CLI_SIDES_H
#define CLI_SIDES_H

#include "cli/cli.h"

/* True when PATH is a table, which says nothing of its names. */
bool side_is_table(const char *path);

/* Are both one pipe, device or standard input, which can be read only once? */
bool sides_are_one_stream(char *const *paths);

/* Opens and reads the two arguments of the command line, a table behind the
 * other one, whose names it takes.  What went wrong has been written.  SIDES
 * are to be closed in any case, where they are not NULL. */
enum run_status sides_read(struct cli *cli, struct session *sides[2]);

#endif
