/* Signals, as the program takes them.
 *
 * While a statement runs, Ctrl-C stops the statement.  A prompt asks for
 * events besides: each signal then becomes a byte in a pipe, which poll can
 * wait for.  The state is the process's own, hence static.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include "eval/session.h"

/* Output that nobody reads becomes an error of write(). */
void signals_start(void);

/* From now on Ctrl-C stops what SESSION runs; NULL: nothing runs.  Without
 * a prompt, a second Ctrl-C ends the program. */
void signals_watch(struct session *session);

/* Was what was watched last told to stop? */
bool signals_interrupted(void);

/* While KEEP, not even a second Ctrl-C ends the program: a pager has the
 * terminal. */
void signals_keep(bool keep);

/* Begins to take signals as events; returns where poll waits for them, or -1
 * when the system refuses. */
int signals_open_events(void);

/* The number of the next signal; 0 when there is none. */
int signals_next_event(void);

/* Ends the process for a moment, as Ctrl-Z asks. */
void signals_suspend(void);

#endif
