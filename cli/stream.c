#include "cli/stream.h"

#include "cli/pager.h"
#include "cli/progress.h"
#include "cli/terminal.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { STREAM_GATHER = 64 * 1024 };

void
stream_open(struct stream *stream, int fd)
{
    *stream = (struct stream){
        .fd = fd,
        .limit = isatty(fd) ? 0 : STREAM_GATHER,
    };
}

void
stream_allow_pager(struct stream *stream)
{
    size_t columns;
    size_t rows;
    terminal_size(stream->fd, &columns, &rows);
    /* One line remains for the prompt that follows. */
    stream->rows = rows > 2 && pager_exists() ? rows - 1 : 0;
}

int
write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t done = write(fd, bytes, len);
        if (done < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){fd, POLLOUT, 0}, 1, -1);
        } else if (done < 0 && errno != EINTR) {
            return errno;
        } else if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        }
    }
    return 0;
}

/* Hands over what is held. */
static void
push(struct stream *stream)
{
    struct slice text = buffer_slice(&stream->held);
    int fd = stream->pager ? stream->pager_fd : stream->fd;
    int error = 0;
    if (text.len == 0) {
        return;
    }
    if (!stream->gone && !stream->error) {
        progress_erase();
        error = write_all(fd, text.at, text.len);
    }
    if (error == EPIPE) {
        stream->gone = true;
    } else if (error) {
        stream->error = error;
    }
    buffer_clear(&stream->held);
    stream->lines = 0;
}

static size_t
count_lines(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += bytes[i] == '\n';
    }
    return count;
}

bool
stream_write(void *context, const char *bytes, size_t len)
{
    struct stream *stream = context;
    buffer_add(&stream->held, bytes, len);
    if (stream->rows && !stream->pager) {
        stream->lines += count_lines(bytes, len);
        if (stream->lines <= stream->rows) {
            return true;
        }
        progress_stop();
        stream->pager = pager_start(&stream->pager_fd);
    }
    if (stream->held.len >= stream->limit) {
        push(stream);
    }
    return !stream->gone && !stream->error;
}

void
stream_flush(struct stream *stream)
{
    push(stream);
    if (stream->pager) {
        pager_finish(stream->pager, stream->pager_fd);
        stream->pager = 0;
        /* Who left the pager reads what comes next. */
        stream->gone = false;
    }
}

void
stream_close(struct stream *stream)
{
    stream_flush(stream);
    buffer_free(&stream->held);
}
