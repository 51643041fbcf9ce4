/* Whole files: read at once, replaced at once, or added to. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include "base/buffer.h"

/* Reads FD to its end; returns 0 or errno. */
int file_read_open(int fd, struct buffer *text);

/* Reads the file at PATH; returns 0 or errno. */
int file_read(const char *path, struct buffer *text);

/* Puts TEXT in the place of the file at PATH, whole or not at all, with the
 * file's permissions; returns 0 or errno. */
int file_replace(const char *path, struct slice text);

/* Adds TEXT to the end of the file at PATH, which is made if there is none;
 * what others add meanwhile stays.  Returns 0 or errno. */
int file_append(const char *path, struct slice text);

#endif
