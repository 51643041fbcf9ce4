/* What the commands about rules share: a session that only reads, and reports
 * on their way to a file or to standard output. */
#ifndef CLI_REVIEW_H
#define CLI_REVIEW_H

#include "cli/inputs.h"
#include "report/review/review.h"

/* Opens the session of a review of INPUTS: it reads the files that were named
 * and no others, and changes nothing.  OWN says what is particular to the
 * command.  False after a report. */
bool review_open_session(struct cli *cli, const struct inputs *inputs,
                         struct session_options own);

/* A report that goes to TEXT. */
struct report_output review_output(struct buffer *text);

/* How a report of FORMAT looks, as the options say. */
struct review_options review_look(const struct cli *cli,
                                  enum review_format format);

/* Puts TEXT into the file at PATH, or on standard output (NULL, "-"), and frees
 * it; false after a report. */
bool review_put(struct cli *cli, const char *path, struct buffer *text);

#endif
