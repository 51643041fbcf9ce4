/* Files are compared by what they are, and those that are not there yet by
 * their folder and name: links and dots make many names of one. */
#include "cli/outputs.h"

#include "base/output.h"
#include "store/store.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUTS_MAX = 16 };

struct output_file {
    const char *word; /* the option, or what else names it */
    const char *path; /* "-": standard output */
    char *target;     /* behind all links; owned; NULL for standard output */
    bool exists;
    bool is_stream; /* a terminal or another device takes many */
    struct stat info;
    bool is_baseline;
};

struct output_files {
    struct output_file items[OUTPUTS_MAX];
    size_t count;
};

static const enum option_id report_options[] = {
    OPTION_SARIF, OPTION_JUNIT, OPTION_JSON,   OPTION_MARKDOWN,
    OPTION_HTML,  OPTION_TAP,   OPTION_GITLAB, OPTION_CSV};

enum { REPORT_OPTIONS = sizeof report_options / sizeof *report_options };

static bool
is_standard_output(const char *path)
{
    return strcmp(path, "-") == 0;
}

static void
add_output(struct output_files *files, const char *word, const char *path)
{
    struct output_file *file = &files->items[files->count++];
    bool standard = is_standard_output(path);
    *file = (struct output_file){.word = word, .path = path};
    file->exists = (standard ? fstat(STDOUT_FILENO, &file->info)
                             : stat(path, &file->info)) == 0;
    file->is_stream = file->exists && S_ISCHR(file->info.st_mode);
    file->target = standard ? NULL : output_target(path);
}

/* All that the options write; standard output once for each that goes there. */
static void
find_outputs(const struct options *options, struct output_files *files)
{
    const char *summary = getenv("GITHUB_STEP_SUMMARY");
    bool github = options->given[OPTION_GITHUB];
    bool text = !github;
    for (size_t i = 0; i < REPORT_OPTIONS; i++) {
        enum option_id option = report_options[i];
        const char *path = options->values[option];
        if (path) {
            add_output(files, option_infos[option].word, path);
            text = text && !is_standard_output(path);
        }
    }
    if (options->values[OPTION_WRITE_BASELINE]) {
        add_output(files, option_infos[OPTION_WRITE_BASELINE].word,
                   options->values[OPTION_WRITE_BASELINE]);
        files->items[files->count - 1].is_baseline = true;
    }
    if (github) { /* its lines are told from those of a text around them */
        add_output(files, option_infos[OPTION_GITHUB].word, "-");
        if (summary && *summary) {
            add_output(files, "GITHUB_STEP_SUMMARY", summary);
        }
    } else if (text || options->given[OPTION_FORMAT]) {
        add_output(files, option_infos[OPTION_FORMAT].word, "-");
    }
}

static bool
same_stat(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Do two files that are not there yet have one folder and name? */
static bool
same_place(const char *a, const char *b)
{
    const char *targets[2] = {a, b};
    const char *names[2];
    struct stat folders[2];
    for (int i = 0; i < 2; i++) {
        const char *slash = strrchr(targets[i], '/');
        struct buffer folder = {0};
        names[i] = slash ? slash + 1 : targets[i];
        buffer_add(&folder, slash ? targets[i] : ".",
                   slash ? (size_t)(slash + 1 - targets[i]) : 1);
        buffer_reserve(&folder, 1);
        folder.text[folder.len] = '\0';
        bool found = stat(folder.text, &folders[i]) == 0;
        buffer_free(&folder);
        if (!found) {
            return strcmp(a, b) == 0;
        }
    }
    return same_stat(&folders[0], &folders[1]) &&
           strcmp(names[0], names[1]) == 0;
}

static bool
same_output(const struct output_file *a, const struct output_file *b)
{
    if (!a->target && !b->target) {
        return true;
    }
    if (a->exists && b->exists) {
        return !a->is_stream && same_stat(&a->info, &b->info);
    }
    return a->target && b->target && !a->exists && !b->exists &&
           same_place(a->target, b->target);
}

static bool
is_file(const struct output_file *file, const char *path)
{
    struct stat info;
    return path && !is_standard_output(path) && file->exists &&
           S_ISREG(file->info.st_mode) && stat(path, &info) == 0 &&
           same_stat(&file->info, &info);
}

/* A journal of the base need not be there to be read from when it is. */
static bool
is_journal(const struct output_file *file, const char *base)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    bool is_one = false;
    for (size_t i = 0; base && file->target && i < 3; i++) {
        struct buffer path = {0};
        char *target = output_target(base);
        buffer_format(&path, "%s%s", target, endings[i]);
        is_one = is_one || is_file(file, path.text) ||
                 same_place(file->target, path.text);
        buffer_free(&path);
        free(target);
    }
    return is_one;
}

static bool
refuse(struct cli *cli, const struct output_file *file, const char *what,
       const char *path)
{
    bool is_option = file->target && strcmp(file->word, "GITHUB_STEP_SUMMARY");
    diagnostics_add(&cli->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_MAY_NOT_REPLACE, (struct span){0, 0},
                    "%s cannot be replaced by %s%s: it is %s%s%s", file->path,
                    is_option ? "--" : "", file->word, what, path ? " " : "",
                    path ? path : "");
    return false;
}

/* Is FILE none of what the review reads? */
static bool
may_replace(struct cli *cli, const struct inputs *inputs,
            const struct output_file *file)
{
    const struct options *options = &cli->options;
    const char *bases[] = {options->facts, options->values[OPTION_AGAINST]};
    const char *baseline = options->values[OPTION_BASELINE];
    if (!file->target) {
        return true;
    }
    for (size_t i = 0; i < inputs->path_count; i++) {
        if (is_file(file, inputs->paths[i])) {
            return refuse(cli, file, "the input", inputs->paths[i]);
        }
    }
    for (size_t i = 0; i < 2; i++) {
        if (is_file(file, bases[i])) {
            return refuse(cli, file, "the fact base", bases[i]);
        }
        if (is_journal(file, bases[i])) {
            return refuse(cli, file, "a journal of the fact base", bases[i]);
        }
    }
    if (!file->is_baseline && is_file(file, baseline)) {
        return refuse(cli, file, "the baseline", baseline);
    }
    bool regular = file->exists && S_ISREG(file->info.st_mode);
    return !regular || !store_begins_base(file->path) ||
           refuse(cli, file, "a fact base", NULL);
}

static bool
may_both(struct cli *cli, const struct output_file *a,
         const struct output_file *b)
{
    const char *dashes = strcmp(b->word, "GITHUB_STEP_SUMMARY") ? "--" : "";
    if (!same_output(a, b)) {
        return true;
    }
    struct diagnostic *error =
        !a->target || !b->target
            ? usage_error(&cli->diagnostics,
                          "--%s and %s%s both write to standard output",
                          a->word, dashes, b->word)
            : usage_error(&cli->diagnostics,
                          "--%s and %s%s write one file: %s and %s", a->word,
                          dashes, b->word, a->path, b->path);
    diagnostics_help(&cli->diagnostics, error,
                     "one would be lost in the other: give each a file of its "
                     "own");
    return false;
}

bool
outputs_may_be_written(struct cli *cli, const struct inputs *inputs)
{
    struct output_files files = {.count = 0};
    bool done = true;
    find_outputs(&cli->options, &files);
    for (size_t i = 0; done && i < files.count; i++) {
        done = may_replace(cli, inputs, &files.items[i]);
        for (size_t j = 0; done && j < i; j++) {
            done = may_both(cli, &files.items[j], &files.items[i]);
        }
    }
    for (size_t i = 0; i < files.count; i++) {
        free(files.items[i].target);
    }
    return done;
}
