/* Which files `export` may replace, and which may be read while some wait for
 * the end of the text.
 *
 * A file is known by device and number; one that is not there yet by its folder
 * and its name.
 */
#include "eval/export/export.h"

#include "base/output.h"

#include <stdlib.h>
#include <sys/stat.h>

static const char *
file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool
find_folder(const char *path, struct stat *info)
{
    struct buffer folder = {0};
    size_t len = (size_t)(file_name(path) - path);
    buffer_format(&folder, "%.*s.", (int)len, path);
    bool found = stat(folder.text, info) == 0;
    buffer_free(&folder);
    return found;
}

static bool
same_info(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Are both one file, or would they be? */
static bool
is_same_file(const char *a, const char *b)
{
    struct stat infos[2];
    if (stat(a, &infos[0]) == 0 && stat(b, &infos[1]) == 0) {
        return same_info(&infos[0], &infos[1]);
    }
    char *meant[2] = {output_target(a), output_target(b)};
    bool same = strcmp(file_name(meant[0]), file_name(meant[1])) == 0 &&
                find_folder(meant[0], &infos[0]) &&
                find_folder(meant[1], &infos[1]) &&
                same_info(&infos[0], &infos[1]);
    free(meant[0]);
    free(meant[1]);
    return same;
}

static bool
is_journal(const char *base, const char *path)
{
    static const char *const endings[] = {"-wal", "-journal", "-shm"};
    bool found = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !found; i++) {
        struct buffer journal = {0};
        buffer_format(&journal, "%s%s", base, endings[i]);
        found = is_same_file(journal.text, path);
        buffer_free(&journal);
    }
    return found;
}

void
export_note_input(struct session *session, const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        return;
    }
    void *items = session->inputs;
    memory_grow(&items, &session->input_capacity, session->input_count + 1,
                sizeof *session->inputs);
    session->inputs = items;
    session->inputs[session->input_count++] =
        (struct input){(uint64_t)info.st_dev, (uint64_t)info.st_ino};
}

bool
export_was_read(const struct session *session, const char *path)
{
    struct stat info;
    bool found = false;
    bool exists = stat(path, &info) == 0;
    for (size_t i = 0; exists && i < session->input_count && !found; i++) {
        found = session->inputs[i].device == (uint64_t)info.st_dev &&
                session->inputs[i].number == (uint64_t)info.st_ino;
    }
    return found;
}

bool
export_is_pending(const struct session *session, const char *path)
{
    bool found = false;
    for (size_t i = 0; i < session->export_count && !found; i++) {
        const char *target = session->exports[i].target;
        found = target && is_same_file(target, path);
    }
    return found;
}

const char *
session_may_not_replace(const struct session *session, const char *path)
{
    const char *base = session->options.facts;
    if (base && is_same_file(base, path)) {
        return "it is the fact base itself";
    }
    if (base && is_journal(base, path)) {
        return "it is a journal of the fact base";
    }
    if (export_was_read(session, path)) {
        return "this text was read from it";
    }
    /* Only what is no base of ours is looked into: closing a descriptor of that
     * one would end its locks. */
    return store_begins_base(path) ? "it is a fact base" : NULL;
}
