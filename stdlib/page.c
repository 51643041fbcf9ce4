#include "stdlib/page.h"

#include <strings.h>

enum { BLOCK_INDENT = 4 };

struct slice
page_name(const struct library_file *file, const char *folder)
{
    size_t before = strlen(folder);
    size_t len = strlen(file->name);
    bool is_page = len > before + 3 &&
                   strncmp(file->name, folder, before) == 0 &&
                   strcmp(file->name + len - 3, ".md") == 0;
    return is_page ? (struct slice){file->name + before, len - before - 3}
                   : SLICE("");
}

const struct library_file *
page_find(const char *folder, struct slice name)
{
    for (size_t i = 0; i < library_file_count; i++) {
        struct slice found = page_name(&library_files[i], folder);
        if (found.len && found.len == name.len &&
            strncasecmp(found.at, name.at, name.len) == 0) {
            return &library_files[i];
        }
    }
    return NULL;
}

/* A heading without its marks. */
static struct slice
without_marks(struct slice line)
{
    size_t marks = 0;
    while (marks < line.len && line.at[marks] == '#') {
        marks++;
    }
    if (marks == 0 || marks == line.len || line.at[marks] != ' ') {
        return line;
    }
    return (struct slice){line.at + marks + 1, line.len - marks - 1};
}

void
page_print(struct buffer *out, const struct library_file *page)
{
    const char *at = page->text;
    const char *end = at + page->length;
    bool in_block = false;
    bool closed = false; /* the line before closed a block */
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        struct slice line = {at, (size_t)(stop - at)};
        bool is_fence = line.len >= 3 && memcmp(line.at, "```", 3) == 0;
        at = stop + 1;
        if (is_fence) {
            in_block = !in_block;
            if (closed) { /* what is said, and what comes of it */
                buffer_add_char(out, '\n');
            }
            closed = !in_block;
            continue;
        }
        closed = false;
        if (in_block && line.len) {
            buffer_fill(out, ' ', BLOCK_INDENT);
        }
        buffer_add_slice(out, in_block ? line : without_marks(line));
        buffer_add_char(out, '\n');
    }
}
