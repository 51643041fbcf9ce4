/* Names of files, for a path in quotes. */
#include "cli/complete.h"

#include "base/buffer.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Can NAME stand in a text as it is? */
static bool
is_plain(const char *name)
{
    return !strpbrk(name, "\"\\{}\n\r\t");
}

static bool
is_folder(const char *folder, const char *name)
{
    struct stat info;
    struct buffer path = {0};
    buffer_format(&path, "%s%s", folder, name);
    bool is = stat(path.text, &info) == 0 && S_ISDIR(info.st_mode);
    buffer_free(&path);
    return is;
}

static int
by_word(const void *a, const void *b)
{
    const struct completion *first = a;
    const struct completion *second = b;
    return strcmp(first->word, second->word);
}

/* Offers what FOLDER (with its slash, or nothing) holds under names that begin
 * with START. */
static void
offer_folder(const char *folder, struct slice start, struct completions *found)
{
    DIR *directory = opendir(*folder ? folder : ".");
    struct buffer word = {0};
    if (!directory) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory));) {
        const char *name = entry->d_name;
        bool hidden = name[0] == '.' && start.len == 0;
        if (hidden || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            strncmp(name, start.at, start.len) != 0 || !is_plain(name)) {
            continue;
        }
        buffer_clear(&word);
        buffer_add_text(&word, name);
        if (is_folder(folder, name)) {
            buffer_add_char(&word, '/');
        }
        completions_add(found, word.text, NULL);
    }
    closedir(directory);
    buffer_free(&word);
    if (found->count) {
        qsort(found->items, found->count, sizeof *found->items, by_word);
    }
}

void
complete_path(struct slice path, struct completions *found)
{
    size_t slash = path.len;
    while (slash && path.at[slash - 1] != '/') {
        slash--;
    }
    struct slice start = {path.at + slash, path.len - slash};
    char *folder = arena_copy(&found->arena, path.at, slash);
    found->typed = start.len;
    offer_folder(folder, start, found);
}
