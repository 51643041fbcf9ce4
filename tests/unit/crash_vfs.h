/* A file system for SQLite that dies: at the operation that was asked for it
 * stops the process in the middle of a write, or first loses what was written
 * but not yet forced to the disk, as a loss of power does.
 *
 * It stands in front of the real one, and does not wait for the disk.  What a
 * loss of power takes is chosen by a number: all of it, or some.
 */
#ifndef TESTS_UNIT_CRASH_VFS_H
#define TESTS_UNIT_CRASH_VFS_H

#include "base/arena.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How a file was before an operation that is not on the disk yet. */
struct unsure {
    char path[512];
    bool deleted; /* it was there, with BYTES */
    off_t at;
    char *bytes;
    size_t len;
    off_t size; /* of the file before */
};

static struct {
    long operations; /* so far */
    long crash_at;   /* 0: never */
    bool power;      /* lose what is not forced to the disk */
    uint32_t random;
    struct unsure *unsure;
    size_t count;
    size_t capacity;
} crash;

struct crash_file {
    sqlite3_file base;
    char path[512]; /* "" for one without a name */
    sqlite3_file *real;
};

static struct crash_file *
crash_file_of(sqlite3_file *file)
{
    return (struct crash_file *)(void *)file;
}

static struct unsure *
crash_add(const char *path)
{
    void *items = crash.unsure;
    memory_grow(&items, &crash.capacity, crash.count + 1, sizeof *crash.unsure);
    crash.unsure = items;
    struct unsure *added = &crash.unsure[crash.count++];
    *added = (struct unsure){.deleted = false};
    snprintf(added->path, sizeof added->path, "%s", path);
    return added;
}

/* What FILE holds from AT on, up to LEN bytes. */
static void
crash_remember(struct crash_file *file, sqlite3_int64 at, sqlite3_int64 len)
{
    sqlite3_int64 size = 0;
    if (!crash.power || !*file->path) {
        return;
    }
    struct unsure *added = crash_add(file->path);
    file->real->pMethods->xFileSize(file->real, &size);
    sqlite3_int64 there = size > at ? size - at : 0;
    added->len = (size_t)(len < there ? len : there);
    added->bytes = memory_alloc(added->len + 1);
    added->at = at;
    added->size = size;
    if (added->len) {
        file->real->pMethods->xRead(file->real, added->bytes, (int)added->len,
                                    at);
    }
}

/* The whole of a file that nobody has open. */
static void
crash_remember_deleted(const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY);
    if (crash.power && fd >= 0 && fstat(fd, &info) == 0) {
        struct unsure *added = crash_add(path);
        added->deleted = true;
        added->size = info.st_size;
        added->bytes = memory_alloc((size_t)info.st_size + 1);
        ssize_t got = read(fd, added->bytes, (size_t)info.st_size);
        added->len = got < 0 ? 0 : (size_t)got;
    }
    if (fd >= 0) {
        close(fd);
    }
}

/* What was done to PATH is on the disk now; NULL: all that was deleted. */
static void
crash_settle(const char *path)
{
    size_t kept = 0;
    for (size_t i = 0; i < crash.count; i++) {
        struct unsure *at = &crash.unsure[i];
        bool settled = path ? strcmp(at->path, path) == 0 : at->deleted;
        if (settled) {
            free(at->bytes);
        } else {
            crash.unsure[kept++] = *at;
        }
    }
    crash.count = kept;
}

static void
crash_undo(const struct unsure *at)
{
    int fd = open(at->path, O_RDWR | (at->deleted ? O_CREAT : 0), 0644);
    if (fd >= 0) {
        ssize_t done = pwrite(fd, at->bytes, at->len, at->at);
        (void)done;
        if (ftruncate(fd, at->size) != 0) {
            abort();
        }
    }
}

/* The end.  A file does not shrink back behind what stays, but has zeros. */
static void
crash_now(void)
{
    bool all = crash.random % 2 == 0;
    for (size_t i = crash.count; crash.power && i-- > 0;) {
        struct unsure *at = &crash.unsure[i];
        crash.random = crash.random * 1664525 + 1013904223;
        if (all || crash.random >> 30 == 0) {
            crash_undo(at);
        }
    }
    kill(getpid(), SIGKILL);
}

static bool
crash_is_due(void)
{
    return ++crash.operations == crash.crash_at;
}

/* Methods of a file -------------------------------------------------------- */

static int
crash_close(sqlite3_file *file)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods ? own->real->pMethods->xClose(own->real)
                               : SQLITE_OK;
}

static int
crash_xread(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xRead(own->real, to, len, at);
}

static int
crash_write(sqlite3_file *file, const void *from, int len, sqlite3_int64 at)
{
    struct crash_file *own = crash_file_of(file);
    const sqlite3_io_methods *real = own->real->pMethods;
    crash_remember(own, at, len);
    if (crash_is_due()) {
        real->xWrite(own->real, from, len / 2, at);
        crash_now();
    }
    return real->xWrite(own->real, from, len, at);
}

static int
crash_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct crash_file *own = crash_file_of(file);
    if (crash_is_due()) {
        crash_now();
    }
    crash_remember(own, size, INT64_MAX);
    return own->real->pMethods->xTruncate(own->real, size);
}

static int
crash_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    if (crash_is_due()) {
        crash_now();
    }
    crash_settle(crash_file_of(file)->path);
    return SQLITE_OK;
}

static int
crash_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xFileSize(own->real, size);
}

static int
crash_lock(sqlite3_file *file, int level)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xLock(own->real, level);
}

static int
crash_unlock(sqlite3_file *file, int level)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xUnlock(own->real, level);
}

static int
crash_reserved(sqlite3_file *file, int *is)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xCheckReservedLock(own->real, is);
}

static int
crash_control(sqlite3_file *file, int what, void *with)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xFileControl(own->real, what, with);
}

static int
crash_sector(sqlite3_file *file)
{
    struct crash_file *own = crash_file_of(file);
    return own->real->pMethods->xSectorSize(own->real);
}

/* Nothing is promised of it: neither that writes are whole, nor that a file
 * grows safely. */
static int
crash_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods crash_methods = {
    .iVersion = 1, /* no memory mapping, which would bypass it */
    .xClose = crash_close,
    .xRead = crash_xread,
    .xWrite = crash_write,
    .xTruncate = crash_truncate,
    .xSync = crash_sync,
    .xFileSize = crash_size,
    .xLock = crash_lock,
    .xUnlock = crash_unlock,
    .xCheckReservedLock = crash_reserved,
    .xFileControl = crash_control,
    .xSectorSize = crash_sector,
    .xDeviceCharacteristics = crash_traits,
};

/* The file system ---------------------------------------------------------- */

static sqlite3_vfs crash_vfs;
static sqlite3_vfs *crash_real;

static int
crash_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
           int *got)
{
    struct crash_file *own = crash_file_of(file);
    (void)vfs;
    own->base.pMethods = NULL;
    own->real = (sqlite3_file *)(void *)(own + 1);
    own->path[0] = '\0';
    if (path) {
        snprintf(own->path, sizeof own->path, "%s", path);
    }
    int status = crash_real->xOpen(crash_real, path, own->real, flags, got);
    if (own->real->pMethods) {
        own->base.pMethods = &crash_methods;
    }
    return status;
}

static int
crash_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs;
    if (crash_is_due()) {
        crash_now();
    }
    crash_remember_deleted(path);
    int status = crash_real->xDelete(crash_real, path, 0);
    if (sync) {
        crash_settle(NULL);
    }
    return status;
}

/* Stands in front of the default from now on. */
static void
crash_register(void)
{
    crash_real = sqlite3_vfs_find(NULL);
    crash_vfs = *crash_real;
    crash_vfs.zName = "crash";
    crash_vfs.szOsFile = (int)sizeof(struct crash_file) + crash_real->szOsFile;
    crash_vfs.pNext = NULL;
    crash_vfs.xOpen = crash_open;
    crash_vfs.xDelete = crash_delete;
    sqlite3_vfs_register(&crash_vfs, 1);
}

/* From now on, in this process. */
static void
crash_arm(long at, bool power, uint32_t random)
{
    crash.operations = 0;
    crash.crash_at = at;
    crash.power = power;
    crash.random = random;
}

#endif
