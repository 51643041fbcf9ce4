#include "cli/file.h"

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
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

int
file_append(const char *path, struct slice text)
{
    int error = 0;
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) {
        return errno;
    }
    while (!error && text.len) {
        ssize_t done = write(fd, text.at, text.len);
        if (done < 0) {
            error = errno == EINTR ? 0 : errno;
        } else {
            text.at += done;
            text.len -= (size_t)done;
        }
    }
    return close(fd) != 0 && !error ? errno : error;
}

int
file_replace(const char *path, struct slice text)
{
    struct output output;
    int error = output_open(&output, path);
    if (error) {
        return error;
    }
    output_write(&output, text.at, text.len);
    error = output_finish(&output);
    return error ? error : output_keep(&output);
}
