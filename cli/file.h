/* Whole files: read at once, and replaced at once. */
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

#endif
