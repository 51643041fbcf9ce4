/* The pager: a program of the user's choice that shows long answers. */
#ifndef CLI_PAGER_H
#define CLI_PAGER_H

#include <stdbool.h>
#include <sys/types.h>

/* Can it be run?  $PAGER set to nothing or `cat` asks for none. */
bool pager_exists(void);

/* Starts it and sets FD to where it reads; 0 when that failed. */
pid_t pager_start(int *fd);

/* Says that no more comes, and waits until the user has left it. */
void pager_finish(pid_t pager, int fd);

#endif
