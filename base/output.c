#define _GNU_SOURCE /* for O_TMPFILE, where there is one */
#include "base/output.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OUTPUT_GATHER = 64 * 1024,
    OUTPUT_NAMES = 1000,
    OUTPUT_LINKS = 40, /* more are a circle */
    OUTPUT_FD_PATH = 40,
    OUTPUT_FD_MANY = 64, /* of the 1024 that a process may have open */
};

static char *
own_text(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(memory_alloc(len), text, len);
}

/* Targets ----------------------------------------------------------------- */

/* What a link says, beside which it stands unless that begins at the root; NULL
 * where PATH is no link. */
static char *
read_link(const char *path)
{
    char said[PATH_MAX];
    ssize_t len = readlink(path, said, sizeof said);
    if (len <= 0 || (size_t)len == sizeof said) {
        return NULL;
    }
    const char *slash = strrchr(path, '/');
    size_t folder = slash && said[0] != '/' ? (size_t)(slash + 1 - path) : 0;
    char *joined = memory_alloc(folder + (size_t)len + 1);
    memcpy(joined, path, folder);
    memcpy(joined + folder, said, (size_t)len);
    joined[folder + (size_t)len] = '\0';
    return joined;
}

char *
output_target(const char *path)
{
    char *target = realpath(path, NULL);
    if (target) {
        return target;
    }
    target = own_text(path);
    for (int i = 0; i < OUTPUT_LINKS; i++) {
        char *next = read_link(target);
        if (!next) {
            break;
        }
        free(target);
        target = next;
    }
    return target;
}

/* The folder of a path; to be freed. */
static char *
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len == 0) {
        return own_text(slash ? "/" : ".");
    }
    char *folder = memory_alloc(len + 1);
    memcpy(folder, path, len);
    folder[len] = '\0';
    return folder;
}

/* Files beside ------------------------------------------------------------ */

/* Calls MAKE with one name beside the target after the other, until one is
 * free; keeps it, and returns 0 or errno. */
static int
name_beside(struct output *output,
            int (*make)(struct output *output, const char *name))
{
    struct buffer name = {0};
    int error = EEXIST;
    for (int i = 0; i < OUTPUT_NAMES && error == EEXIST; i++) {
        buffer_clear(&name);
        buffer_format(&name, "%s.%ld-%d", output->target, (long)getpid(), i);
        error = make(output, name.text);
    }
    output->beside = error ? NULL : own_text(name.text);
    buffer_free(&name);
    return error;
}

static int
create_named(struct output *output, const char *name)
{
    output->fd =
        open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, output->mode);
    return output->fd < 0 ? errno : 0;
}

/* The path of an open file that has no other name. */
static const char *
descriptor_path(int fd, char path[static OUTPUT_FD_PATH])
{
    snprintf(path, OUTPUT_FD_PATH, "/proc/self/fd/%d", fd);
    return path;
}

static int
link_named(struct output *output, const char *name)
{
    char path[OUTPUT_FD_PATH];
    int done = linkat(AT_FDCWD, descriptor_path(output->fd, path), AT_FDCWD,
                      name, AT_SYMLINK_FOLLOW);
    return done == 0 ? 0 : errno;
}

static int
give_name(struct output *output)
{
    int error = name_beside(output, link_named);
    output->nameless = error != 0;
    return error;
}

/* A file without a name in the folder of the target, where the file system has
 * such: nothing of it is left when the process is killed.  False: there is
 * none. */
static bool
open_nameless(struct output *output)
{
#ifdef O_TMPFILE
    char path[OUTPUT_FD_PATH];
    char *folder = folder_of(output->target);
    output->fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, output->mode);
    free(folder);
    if (output->fd >= 0 &&
        access(descriptor_path(output->fd, path), F_OK) != 0) {
        close(output->fd); /* it could not be given a name */
        output->fd = -1;
    }
#endif
    output->nameless = output->fd >= 0;
    return output->nameless;
}

/* Owner, group and permissions of what is replaced, as far as we may.  Who runs
 * as the owner or the group of a program must not become another one. */
static int
take_after(int fd, const struct stat *info)
{
    bool kept = fchown(fd, info->st_uid, info->st_gid) == 0 ||
                fchown(fd, (uid_t)-1, info->st_gid) == 0;
    struct stat own;
    if (fstat(fd, &own) != 0) {
        return errno;
    }
    kept = kept && own.st_uid == info->st_uid;
    return fchmod(fd, info->st_mode & (kept ? 07777 : 0777)) == 0 ? 0 : errno;
}

/* A new file beside the target, which takes after it where it exists; until
 * then nobody else may read it. */
static int
open_beside(struct output *output, const struct stat *info)
{
    output->mode = info ? 0600 : 0666;
    int error = open_nameless(output) ? 0 : name_beside(output, create_named);
    return error || !info ? error : take_after(output->fd, info);
}

int
output_open(struct output *output, const char *path)
{
    struct stat info;
    *output = (struct output){.fd = -1};
    bool exists = stat(path, &info) == 0;
    bool circle = !exists && errno == ELOOP;
    output->target = output_target(path);
    if (circle) {
        output->error = ELOOP;
    } else if (exists && S_ISDIR(info.st_mode)) {
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
    bool beside = output->beside || output->nameless;
    if (!output->error && beside && fsync(output->fd) != 0) {
        output->error = errno;
    }
    /* Closing it would throw it away; but a text may write many files. */
    if (!output->error && output->nameless && output->fd >= OUTPUT_FD_MANY) {
        output->error = give_name(output);
    }
    if (!output->nameless) {
        if (close(output->fd) != 0 && !output->error) {
            output->error = errno;
        }
        output->fd = -1;
    }
    int error = output->error;
    if (error) {
        output_drop(output);
    }
    return error;
}

/* That the name stands for the new file has to last too.  Some file systems
 * keep no folder in this way: what they say of it is of no use. */
static void
sync_folder(const char *path)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int
output_keep(struct output *output)
{
    int error = output->nameless ? give_name(output) : 0;
    if (!error && output->beside) {
        error = rename(output->beside, output->target) == 0 ? 0 : errno;
        if (error) {
            unlink(output->beside);
        } else {
            sync_folder(output->target);
        }
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
