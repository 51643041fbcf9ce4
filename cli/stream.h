/* Standard output: where answers go, and nothing else.
 *
 * Answers are gathered and written in large pieces.  At a terminal they may
 * go through a pager: what fits the window is held back until it is known
 * whether the rest fits too.  A reader who has gone (`| head`) is no error:
 * what would have been written is dropped, and the script runs to its end, so
 * that what it states does not depend on who reads its answers.
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include "base/buffer.h"

#include <sys/types.h>

struct stream {
    int fd;
    struct buffer held;
    size_t limit; /* bytes to gather before writing; 0: write at once */
    size_t rows;  /* lines that fit without a pager; 0: there is no pager */
    size_t lines; /* held */
    pid_t pager;  /* 0 while there is none */
    int pager_fd;
    bool gone; /* nobody reads any more */
    int error; /* errno of the first write that failed, else 0 */
};

void stream_open(struct stream *stream, int fd);

/* From now on long answers go through the pager, when FD is a terminal and
 * there is a pager.  Called again, it asks for the window's height. */
void stream_allow_pager(struct stream *stream);

/* Takes bytes; false when there is no sense in sending more.  The context is
 * the stream, as report_output wants it. */
bool stream_write(void *context, const char *bytes, size_t len);

/* Ends an answer: all is written, and the pager has been left. */
void stream_flush(struct stream *stream);

void stream_close(struct stream *stream);

/* Writes all bytes; returns 0 or errno. */
int write_all(int fd, const char *bytes, size_t len);

#endif
