/* Folders are walked for *.assay in order of bytes; of a Markdown document the
 * blocks marked `assay` are run, in their lines. */
#include "cli/inputs.h"

#include "base/path.h"
#include "cli/document.h"
#include "cli/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DEPTH_MAX = 64 };

/* Which file a path means, whatever it is called. */
struct input_file {
    bool exists;
    dev_t device;
    ino_t number;
};

static struct input_file
file_of(const char *path)
{
    struct stat info;
    return strcmp(path, "-") != 0 && stat(path, &info) == 0
               ? (struct input_file){true, info.st_dev, info.st_ino}
               : (struct input_file){.exists = false};
}

static bool
same_file(const struct input_file *a, const struct input_file *b)
{
    return a->exists && b->exists && a->device == b->device &&
           a->number == b->number;
}

static void
add_path(struct cli *cli, struct inputs *inputs, const char *path)
{
    struct input_file file = file_of(path);
    size_t capacity = inputs->path_capacity;
    void *items = inputs->paths;
    void *files = inputs->files;
    for (size_t i = 0; i < inputs->path_count; i++) {
        if (strcmp(inputs->paths[i], path) == 0 ||
            same_file(&inputs->files[i], &file)) {
            return; /* named twice, read once */
        }
    }
    memory_grow(&items, &capacity, inputs->path_count + 1,
                sizeof *inputs->paths);
    memory_grow(&files, &inputs->path_capacity, inputs->path_count + 1,
                sizeof *inputs->files);
    inputs->paths = items;
    inputs->files = files;
    inputs->files[inputs->path_count] = file;
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
    return true;
}

void
inputs_grow(struct inputs *inputs)
{
    size_t capacity = inputs->item_capacity;
    void *items = inputs->items;
    void *blocks = inputs->blocks;
    memory_grow(&items, &capacity, inputs->item_count + 2,
                sizeof *inputs->items);
    memory_grow(&blocks, &inputs->item_capacity, inputs->item_count + 2,
                sizeof *inputs->blocks);
    inputs->items = items;
    inputs->blocks = blocks;
}

/* A table is imported as it stands: kind, period, metric, value. */
static void
import_table(const char *path, struct buffer *text)
{
    buffer_clear(text);
    buffer_add_text(text, "import \"");
    for (const char *at = path; *at; at++) {
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
}

static void
add_item(struct cli *cli, struct inputs *inputs, const char *path,
         struct buffer *text)
{
    bool table = path_is_table(path);
    if (document_is(path)) {
        document_add(cli, inputs, path, text);
        return;
    }
    if (table) {
        import_table(path, text);
    }
    inputs_grow(inputs);
    inputs->blocks[inputs->item_count] = (struct input_block){0};
    inputs->items[inputs->item_count++] =
        (struct review_input){.name = table                    ? "<import>"
                                      : strcmp(path, "-") == 0 ? "<stdin>"
                                                               : path,
                              .text = buffer_slice(text),
                              .table = table ? path : NULL};
}

bool
inputs_find(struct cli *cli, char **arguments, size_t count,
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
    return done;
}

bool
inputs_read(struct cli *cli, struct inputs *inputs)
{
    bool done = true;
    inputs->texts =
        memory_alloc((inputs->path_count + 1) * sizeof *inputs->texts);
    memset(inputs->texts, 0, (inputs->path_count + 1) * sizeof *inputs->texts);
    inputs_grow(inputs);
    for (size_t i = 0; done && i < inputs->path_count; i++) {
        done = read_one(cli, inputs->paths[i], &inputs->texts[i]);
        if (done) {
            add_item(cli, inputs, inputs->paths[i], &inputs->texts[i]);
        }
    }
    return done;
}

bool
inputs_have_documents(const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->path_count; i++) {
        if (document_is(inputs->paths[i])) {
            return true;
        }
    }
    return false;
}

void
inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; inputs->texts && i < inputs->path_count; i++) {
        buffer_free(&inputs->texts[i]);
    }
    free(inputs->texts);
    free(inputs->items);
    free(inputs->blocks);
    free(inputs->paths);
    free(inputs->files);
}
