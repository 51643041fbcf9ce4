#define _XOPEN_SOURCE 700 /* for realpath */
#include "base/output.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_GATHER = 64 * 1024, OUTPUT_NAMES = 1000 };

static char *
own_text(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(memory_alloc(len), text, len);
}

/* A new file beside the target, which has its permissions where it exists. */
static int
open_beside(struct output *output, const struct stat *info)
{
    struct buffer name = {0};
    int error = EEXIST;
    for (int i = 0; i < OUTPUT_NAMES && error == EEXIST; i++) {
        buffer_clear(&name);
        buffer_format(&name, "%s.%ld-%d", output->target, (long)getpid(), i);
        output->fd = open(name.text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          (mode_t)0666);
        error = output->fd < 0 ? errno : 0;
    }
    if (!error) {
        output->beside = own_text(name.text);
        bool same = !info || fchmod(output->fd, info->st_mode & 07777) == 0;
        error = same ? 0 : errno;
    }
    buffer_free(&name);
    return error;
}

int
output_open(struct output *output, const char *path)
{
    struct stat info;
    *output = (struct output){.fd = -1};
    bool exists = stat(path, &info) == 0;
    char *real = exists ? realpath(path, NULL) : NULL;
    output->target = real ? real : own_text(path);
    if (exists && S_ISDIR(info.st_mode)) {
        output->error = EISDIR;
    } else if (exists && access(path, W_OK) != 0) {
        output->error = errno;
    } else if (exists && !S_ISREG(info.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC);
        output->error = output->fd < 0 ? errno : 0;
    } else {
        output->error = open_beside(output, exists ? &info : NULL);
    }
    int error = output->error;
    if (error) {
        output_drop(output);
    }
    return error;
}

static void
push(struct output *output)
{
    const char *at = output->held.text;
    size_t left = output->held.len;
    while (left && !output->error) {
        ssize_t done = write(output->fd, at, left);
        if (done < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){output->fd, POLLOUT, 0}, 1, -1);
        } else if (done < 0 && errno != EINTR) {
            output->error = errno;
        } else if (done > 0) {
            at += done;
            left -= (size_t)done;
        }
    }
    buffer_clear(&output->held);
}

bool
output_write(void *context, const char *bytes, size_t len)
{
    struct output *output = context;
    buffer_add(&output->held, bytes, len);
    if (output->held.len >= OUTPUT_GATHER) {
        push(output);
    }
    return !output->error;
}

int
output_finish(struct output *output)
{
    push(output);
    if (!output->error && output->beside && fsync(output->fd) != 0) {
        output->error = errno;
    }
    if (close(output->fd) != 0 && !output->error) {
        output->error = errno;
    }
    output->fd = -1;
    int error = output->error;
    if (error) {
        output_drop(output);
    }
    return error;
}

int
output_keep(struct output *output)
{
    int error = 0;
    if (output->beside && rename(output->beside, output->target) != 0) {
        error = errno;
        unlink(output->beside);
    }
    free(output->beside);
    output->beside = NULL;
    output_drop(output);
    return error;
}

void
output_drop(struct output *output)
{
    if (output->fd >= 0) {
        close(output->fd);
    }
    if (output->beside) {
        unlink(output->beside);
    }
    free(output->beside);
    free(output->target);
    buffer_free(&output->held);
    *output = (struct output){.fd = -1};
}
