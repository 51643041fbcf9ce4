#include "cli/history.h"

#include "cli/stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 16 * 1024 * 1024 };

bool
history_path(struct buffer *path, const char *base, const char *fallback,
             const char *name)
{
    const char *folder = getenv(base);
    const char *home = getenv("HOME");
    if (folder && *folder == '/') {
        buffer_format(path, "%s/%s", folder, name);
    } else if (home && *home == '/') {
        buffer_format(path, "%s/%s/%s", home, fallback, name);
    } else {
        return false;
    }
    return true;
}

/* Makes the folders above the file. */
static void
make_folders(char *path)
{
    for (char *at = path + 1; *at; at++) {
        if (*at == '/') {
            *at = '\0';
            mkdir(path, 0700);
            *at = '/';
        }
    }
}

/* Opens the file if it is one; -1 when it cannot be had. */
static int
open_file(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
    struct stat info;
    if (fd >= 0 && (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Reads the end of the file, from the first whole line on. */
static void
read_file(const char *path, struct buffer *text)
{
    int fd = open_file(path, O_RDONLY);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        return;
    }
    off_t skipped = info.st_size > FILE_MOST ? info.st_size - FILE_MOST : 0;
    lseek(fd, skipped, SEEK_SET);
    for (;;) {
        buffer_reserve(text, HISTORY_ENTRY);
        ssize_t got = read(fd, text->text + text->len, HISTORY_ENTRY);
        if (got <= 0) {
            break;
        }
        text->len += (size_t)got;
    }
    text->text[text->len] = '\0';
    close(fd);
    char *first = skipped ? memchr(text->text, '\n', text->len) : NULL;
    if (first) {
        text->len -= (size_t)(first + 1 - text->text);
        memmove(text->text, first + 1, text->len + 1);
    }
}

static void
decode(struct buffer *entry, struct slice line)
{
    buffer_clear(entry);
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        if (c == '\\' && i + 1 < line.len) {
            c = line.at[++i] == 'n' ? '\n' : line.at[i];
        }
        buffer_add_char(entry, c);
    }
}

static void
encode(struct buffer *line, struct slice entry)
{
    for (size_t i = 0; i < entry.len; i++) {
        char c = entry.at[i];
        if (c == '\n' || c == '\\') {
            buffer_add_char(line, '\\');
            c = c == '\n' ? 'n' : c;
        }
        buffer_add_char(line, c);
    }
    buffer_add_char(line, '\n');
}

/* Puts the newest lines in the place of the file, which has grown too long. */
static void
shorten(const char *path, struct slice lines)
{
    struct buffer other = {0};
    buffer_format(&other, "%s.%ld", path, (long)getpid());
    int fd = open_file(other.text, O_WRONLY | O_CREAT | O_TRUNC);
    if (fd >= 0) {
        bool written = write_all(fd, lines.at, lines.len) == 0;
        written = close(fd) == 0 && written;
        if (!written || rename(other.text, path) != 0) {
            unlink(other.text);
        }
    }
    buffer_free(&other);
}

/* Offers the last HISTORY_MOST lines.  Those before them stay in the file
 * until they are as many again. */
static void
offer_lines(struct history *history, struct slice text,
            void (*offer)(const char *entry))
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.at[i] == '\n';
    }
    size_t skip = count > HISTORY_MOST ? count - HISTORY_MOST : 0;
    bool too_long = skip >= HISTORY_MOST;
    while (text.len) {
        const char *end = memchr(text.at, '\n', text.len);
        if (!end) {
            return;
        }
        if (skip == 0 && too_long) {
            shorten(history->path.text, text);
            too_long = false;
        }
        struct slice line = {text.at, (size_t)(end - text.at)};
        if (skip > 0) {
            skip--;
        } else if (line.len) {
            decode(&history->last, line);
            offer(history->last.text);
        }
        text = (struct slice){end + 1, text.len - line.len - 1};
    }
}

void
history_open(struct history *history, void (*offer)(const char *entry))
{
    struct buffer text = {0};
    *history = (struct history){0};
    buffer_clear(&history->last);
    buffer_clear(&history->path);
    if (history_path(&history->path, "XDG_STATE_HOME", ".local/state",
                     "assay/history")) {
        make_folders(history->path.text);
        read_file(history->path.text, &text);
        offer_lines(history, buffer_slice(&text), offer);
    }
    buffer_free(&text);
}

void
history_close(struct history *history)
{
    buffer_free(&history->path);
    buffer_free(&history->last);
}

/* Ends a line that a killed process has left open. */
static void
end_last_line(int fd)
{
    char last = '\n';
    if (lseek(fd, -1, SEEK_END) >= 0 && read(fd, &last, 1) == 1 &&
        last != '\n') {
        write_all(fd, "\n", 1);
    }
}

bool
history_keep(struct history *history, struct slice entry)
{
    if (slice_equal(entry, buffer_slice(&history->last))) {
        return false;
    }
    buffer_clear(&history->last);
    buffer_add_slice(&history->last, entry);
    if (history->path.len == 0 || entry.len > HISTORY_ENTRY) {
        return true;
    }
    int fd = open_file(history->path.text, O_RDWR | O_CREAT | O_APPEND);
    if (fd >= 0) {
        struct buffer line = {0};
        fchmod(fd, 0600);
        end_last_line(fd);
        encode(&line, entry);
        write_all(fd, line.text, line.len);
        buffer_free(&line);
        close(fd);
    }
    return true;
}
