/* Folders are walked for *.assay in order of bytes; of a Markdown document the
 * blocks marked `assay` are run, in their lines. */
#include "cli/inputs.h"

#include "base/path.h"
#include "cli/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DEPTH_MAX = 64 };

static void
add_path(struct cli *cli, struct inputs *inputs, const char *path)
{
    void *items = inputs->paths;
    for (size_t i = 0; i < inputs->path_count; i++) {
        if (strcmp(inputs->paths[i], path) == 0) {
            return; /* named twice, read once */
        }
    }
    memory_grow(&items, &inputs->path_capacity, inputs->path_count + 1,
                sizeof *inputs->paths);
    inputs->paths = items;
    inputs->paths[inputs->path_count++] =
        arena_copy(&cli->arena, path, strlen(path));
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool walk(struct cli *cli, struct inputs *inputs, const char *path,
                 int depth);

/* What a folder holds, sorted: the order of the file system is nobody's. */
static bool
walk_folder(struct cli *cli, struct inputs *inputs, const char *path, int depth)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    void *names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    bool done = true;
    if (!folder) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, errno);
        return false;
    }
    while ((entry = readdir(folder)) != NULL) {
        struct buffer joined = {0};
        if (entry->d_name[0] == '.') {
            continue;
        }
        buffer_format(&joined, "%s%s%s", path,
                      path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
        memory_grow(&names, &capacity, count + 1, sizeof(char *));
        ((char **)names)[count++] =
            arena_copy(&cli->arena, joined.text, joined.len);
        buffer_free(&joined);
    }
    closedir(folder);
    if (count) {
        qsort(names, count, sizeof(char *), compare_names);
    }
    for (size_t i = 0; done && i < count; i++) {
        struct stat info;
        const char *name = ((char **)names)[i];
        if (lstat(name, &info) == 0 && S_ISDIR(info.st_mode)) {
            done = walk(cli, inputs, name, depth + 1);
        } else if (path_ends_with(name, ".assay")) {
            add_path(cli, inputs, name);
        }
    }
    free(names);
    return done;
}

static bool
walk(struct cli *cli, struct inputs *inputs, const char *path, int depth)
{
    struct stat info;
    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 &&
        S_ISDIR(info.st_mode)) {
        return depth < FOLDER_DEPTH_MAX &&
               walk_folder(cli, inputs, path, depth);
    }
    add_path(cli, inputs, path);
    return true;
}

/* Does a line open or close a fence?  Returns its length, 0 for none. */
static size_t
fence_of(struct slice line, char *mark, struct slice *info)
{
    size_t at = 0;
    while (at < line.len && at < 3 && line.at[at] == ' ') {
        at++;
    }
    size_t from = at;
    *mark = at < line.len ? line.at[at] : '\0';
    while (at < line.len && (*mark == '`' || *mark == '~') &&
           line.at[at] == *mark) {
        at++;
    }
    size_t count = at - from;
    while (at < line.len && line.at[at] == ' ') {
        at++;
    }
    size_t end = line.len;
    while (end > at && (line.at[end - 1] == ' ' || line.at[end - 1] == '\r')) {
        end--;
    }
    *info = (struct slice){line.at + at, end - at};
    return count >= 3 ? count : 0;
}

/* Leaves of a document the lines that are run, and empty ones for the rest, so
 * that every line keeps its number. */
static void
keep_blocks(struct buffer *text)
{
    struct buffer kept = {0};
    struct slice rest = buffer_slice(text);
    size_t open = 0;
    char mark = '\0';
    bool runs = false;
    while (rest.len) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.at) : rest.len;
        struct slice line = {rest.at, len};
        struct slice info;
        char sign;
        size_t fence = fence_of(line, &sign, &info);
        if (!open && fence) {
            open = fence;
            mark = sign;
            runs = slice_is(info, "assay");
        } else if (open && fence >= open && sign == mark && !info.len) {
            open = 0;
            runs = false;
        } else if (runs) {
            buffer_add_slice(&kept, line);
        }
        buffer_add_char(&kept, '\n');
        size_t used = len + (end != NULL);
        rest = (struct slice){rest.at + used, rest.len - used};
    }
    buffer_free(text);
    *text = kept;
    buffer_reserve(text, 1);
}

static bool
read_one(struct cli *cli, const char *path, struct buffer *text)
{
    bool standard = strcmp(path, "-") == 0;
    buffer_reserve(text, 1);
    text->text[0] = '\0';
    if (path_is_table(path)) {
        return true; /* imported by its name */
    }
    int error =
        standard ? file_read_open(STDIN_FILENO, text) : file_read(path, text);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
        return false;
    }
    if (path_ends_with(path, ".md") || path_ends_with(path, ".markdown")) {
        keep_blocks(text);
    }
    return true;
}

/* A table is imported as it stands: kind, period, metric, value. */
static void
import_tables(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->item_count; i++) {
        if (path_is_table(inputs->paths[i])) {
            struct buffer *text = &inputs->texts[i];
            buffer_clear(text);
            buffer_add_text(text, "import \"");
            for (const char *at = inputs->paths[i]; *at; at++) {
                if (strchr("\"\\{}", *at)) {
                    buffer_add_char(text, '\\');
                }
                if (*at == '\n' || *at == '\t') {
                    buffer_add_text(text, *at == '\n' ? "\\n" : "\\t");
                } else {
                    buffer_add_char(text, *at);
                }
            }
            buffer_add_text(text, "\"\n");
            inputs->items[i] = (struct review_input){
                "<import>", buffer_slice(text), inputs->paths[i]};
        }
    }
}

bool
inputs_read(struct cli *cli, char **arguments, size_t count,
            struct inputs *inputs)
{
    bool done = true;
    *inputs = (struct inputs){0};
    for (size_t i = 0; done && i < count; i++) {
        done = walk(cli, inputs, arguments[i], 0);
    }
    if (done && !inputs->path_count) {
        usage_error(&cli->diagnostics, "there is no .assay file in there");
        done = false;
    }
    inputs->texts =
        memory_alloc((inputs->path_count + 1) * sizeof *inputs->texts);
    memset(inputs->texts, 0, (inputs->path_count + 1) * sizeof *inputs->texts);
    inputs->items =
        memory_alloc((inputs->path_count + 1) * sizeof *inputs->items);
    for (size_t i = 0; done && i < inputs->path_count; i++) {
        const char *path = inputs->paths[i];
        done = read_one(cli, path, &inputs->texts[i]);
        inputs->items[i] =
            (struct review_input){strcmp(path, "-") == 0 ? "<stdin>" : path,
                                  buffer_slice(&inputs->texts[i]), NULL};
        inputs->item_count = i + 1;
    }
    if (done) {
        import_tables(inputs);
    }
    return done;
}

void
inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; inputs->texts && i < inputs->path_count; i++) {
        buffer_free(&inputs->texts[i]);
    }
    free(inputs->texts);
    free(inputs->items);
    free(inputs->paths);
}
