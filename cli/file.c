#define _XOPEN_SOURCE 700 /* for realpath */
#include "cli/file.h"

#include "cli/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_PIECE = 64 * 1024 };

int
file_read_open(int fd, struct buffer *text)
{
    for (;;) {
        buffer_reserve(text, READ_PIECE);
        ssize_t got = read(fd, text->text + text->len, READ_PIECE);
        if (got < 0 && errno != EINTR) {
            return errno;
        }
        text->len += got > 0 ? (size_t)got : 0;
        text->text[text->len] = '\0';
        if (got == 0) {
            return 0;
        }
        if (text->len > UINT32_MAX) { /* perhaps a device without an end */
            return EFBIG;
        }
    }
}

int
file_read(const char *path, struct buffer *text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    int error = file_read_open(fd, text);
    close(fd);
    return error;
}

/* Writes TEXT to the new file FD with the permissions of the one at PATH. */
static int
fill(int fd, const char *path, struct slice text)
{
    struct stat info;
    if (stat(path, &info) != 0 || fchmod(fd, info.st_mode & 07777) != 0) {
        return errno;
    }
    int error = write_all(fd, text.at, text.len);
    if (!error && fsync(fd) != 0) {
        error = errno;
    }
    return error;
}

int
file_replace(const char *path, struct slice text)
{
    /* Behind a link stands the file that is meant. */
    char *target = realpath(path, NULL);
    struct buffer other = {0};
    int error = target && access(target, W_OK) == 0 ? 0 : errno;
    if (!error) {
        buffer_format(&other, "%s.XXXXXX", target);
        int fd = mkstemp(other.text);
        error = fd < 0 ? errno : fill(fd, target, text);
        if (fd >= 0 && close(fd) != 0 && !error) {
            error = errno;
        }
        if (!error && rename(other.text, target) != 0) {
            error = errno;
        }
        if (fd >= 0 && error) {
            unlink(other.text);
        }
    }
    buffer_free(&other);
    free(target);
    return error;
}
