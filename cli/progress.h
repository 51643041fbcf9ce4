/* A sign of life on standard error for work that takes longer than a second,
 * erased before anything else is written there. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdint.h>

/* Begins to watch the time, when standard error is a terminal. */
void progress_start(void);

/* How much of the work is done; a TOTAL of 0: that is not known.  For
 * session_options.progress. */
void progress_tell(void *context, uint64_t done, uint64_t total);

/* Takes the sign from the screen; it comes back a second later. */
void progress_erase(void);

/* Erases the sign for good. */
void progress_stop(void);

#endif
