#include "stdlib/function.h"

#include "stdlib/library.h"

enum { PAGE_WIDTH = 76, CODE_INDENT = 4, NAME_WIDTH = 18 };

#define FOLDER "stdlib/"
#define ENDING ".assay"
#define MARK_BUILTIN "#: "
#define MARK_INPUT "#>"
#define MARK_OUTPUT "#="
#define DEFINE "define "

static bool
begins(struct slice text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.at, with, len) == 0;
}

static struct slice
behind(struct slice text, size_t count)
{
    return (struct slice){text.at + count, text.len - count};
}

/* What a file of the library is called as a topic; empty when it is none. */
static struct slice
topic_of(const struct library_file *file)
{
    struct slice name = slice_of(file->name);
    size_t ending = strlen(ENDING);
    if (!begins(name, FOLDER) || name.len <= strlen(FOLDER) + ending) {
        return SLICE("");
    }
    name = behind(name, strlen(FOLDER));
    bool is_topic =
        slice_equal(behind(name, name.len - ending), slice_of(ENDING)) &&
        !memchr(name.at, '/', name.len);
    return is_topic ? (struct slice){name.at, name.len - ending} : SLICE("");
}

/* The line of TEXT at byte AT, without its end. */
static struct slice
line_at(struct slice text, size_t at)
{
    const char *stop = memchr(text.at + at, '\n', text.len - at);
    return (struct slice){text.at + at,
                          stop ? (size_t)(stop - text.at) - at : text.len - at};
}

static bool
is_example(struct slice line)
{
    return begins(line, MARK_INPUT) || begins(line, MARK_OUTPUT);
}

/* The lines of an example that begin at byte AT. */
static struct slice
take_example(struct slice text, size_t *at)
{
    size_t from = *at;
    while (*at < text.len && is_example(line_at(text, *at))) {
        *at += line_at(text, *at).len + 1;
    }
    *at = *at < text.len ? *at : text.len;
    return (struct slice){text.at + from, *at - from};
}

/* Cuts NAME(X, ...) "Title" = EXPRESSION into its parts. */
static void
read_head(struct slice line, struct library_function *found)
{
    size_t at = 0;
    while (at < line.len && line.at[at] != '(' && line.at[at] != ' ') {
        at++;
    }
    found->name = (struct slice){line.at, at};
    if (at < line.len && line.at[at] == '(') {
        const char *close = memchr(line.at + at, ')', line.len - at);
        at = close ? (size_t)(close - line.at) + 1 : line.len;
    }
    found->call = (struct slice){line.at, at};
    line = behind(line, at);
    if (begins(line, " \"")) {
        line = behind(line, 2);
        const char *quote = memchr(line.at, '"', line.len);
        size_t len = quote ? (size_t)(quote - line.at) : line.len;
        found->title = (struct slice){line.at, len};
        line = behind(line, quote ? len + 1 : len);
    }
    found->definition = begins(line, " = ") ? behind(line, 3) : SLICE("");
}

bool
function_next(struct function_walk *walk, struct library_function *found)
{
    for (; walk->file < library_file_count;
         *walk = (struct function_walk){.file = walk->file + 1}) {
        const struct library_file *file = &library_files[walk->file];
        struct slice text = {file->text, file->length};
        *found = (struct library_function){.topic = topic_of(file)};
        while (found->topic.len && walk->at < text.len) {
            struct slice line = line_at(text, walk->at);
            bool defined = begins(line, DEFINE);
            if (!walk->past_setup && begins(line, MARK_INPUT)) {
                walk->setup = take_example(text, &walk->at);
                continue;
            }
            walk->at += line.len + (walk->at + line.len < text.len);
            if (defined || begins(line, MARK_BUILTIN)) {
                walk->past_setup = true;
                read_head(behind(line, strlen(defined ? DEFINE : MARK_BUILTIN)),
                          found);
                found->setup = walk->setup;
                found->example = take_example(text, &walk->at);
                return true;
            }
        }
    }
    return false;
}

bool
function_find(struct slice name, struct library_function *found)
{
    struct function_walk walk = {0};
    while (function_next(&walk, found)) {
        if (slice_equal(found->name, name)) {
            return true;
        }
    }
    return false;
}

bool
function_is_builtin(const struct library_function *function)
{
    return function->definition.len == 0;
}

bool
function_is_reserved(struct slice name)
{
    struct library_function found;
    return function_find(name, &found) && function_is_builtin(&found);
}

struct slice
function_summary(const struct library_function *function)
{
    const char *stop = memchr(function->title.at, ';', function->title.len);
    return stop ? (struct slice){function->title.at,
                                 (size_t)(stop - function->title.at)}
                : function->title;
}

/* Appends TEXT in lines of the page's width. */
static void
print_wrapped(struct buffer *out, struct slice text)
{
    size_t column = 0;
    for (size_t at = 0; at < text.len;) {
        const char *stop = memchr(text.at + at, ' ', text.len - at);
        size_t len = stop ? (size_t)(stop - text.at) - at : text.len - at;
        bool breaks = column && column + 1 + len > PAGE_WIDTH;
        if (column) {
            buffer_add_char(out, breaks ? '\n' : ' ');
        }
        column = breaks || !column ? len : column + 1 + len;
        buffer_add(out, text.at + at, len);
        at += len + 1;
    }
    buffer_add_char(out, '\n');
}

/* Appends the lines of an example, what is said apart from what comes of it. */
static void
print_example(struct buffer *out, struct slice lines, bool *answered)
{
    for (size_t at = 0; at < lines.len;) {
        struct slice line = line_at(lines, at);
        bool answers = begins(line, MARK_OUTPUT);
        at += line.len + 1;
        if (answers != *answered) {
            buffer_add_char(out, '\n');
        }
        *answered = answers;
        line = behind(line, line.len > 2 ? 3 : 2);
        if (line.len) {
            buffer_fill(out, ' ', CODE_INDENT);
        }
        buffer_add_slice(out, line);
        buffer_add_char(out, '\n');
    }
}

void
function_print(struct buffer *out, const struct library_function *function)
{
    struct buffer text = {0};
    struct library_function other;
    struct function_walk walk = {0};
    bool answered = false;
    buffer_add_slice(out, function->call);
    buffer_add_text(out, "\n\n");
    print_wrapped(out, function->title);
    if (function->example.len) {
        buffer_add_char(out, '\n');
        print_example(out, function->setup, &answered);
        print_example(out, function->example, &answered);
    }
    if (!function_is_builtin(function)) {
        buffer_add_text(out, "\nIt is defined as\n\n");
        buffer_fill(out, ' ', CODE_INDENT);
        buffer_add_slice(out, function->definition);
        buffer_add_char(out, '\n');
    }
    buffer_add_char(out, '\n');
    buffer_add_text(&text, "See also: functions");
    while (function_next(&walk, &other)) {
        if (slice_equal(other.topic, function->topic) &&
            !slice_equal(other.name, function->name)) {
            buffer_add_text(&text, ", ");
            buffer_add_slice(&text, other.name);
        }
    }
    print_wrapped(out, buffer_slice(&text));
    buffer_free(&text);
}

bool
function_print_topic(struct buffer *out, struct slice topic)
{
    struct library_function function;
    struct function_walk walk = {0};
    size_t count = 0;
    while (function_next(&walk, &function)) {
        if (slice_equal(function.topic, topic)) {
            struct slice title = function_summary(&function);
            size_t width =
                function.call.len < NAME_WIDTH ? NAME_WIDTH : function.call.len;
            if (count++ == 0) {
                buffer_add_slice(out, topic);
                buffer_add_text(out, ": functions\n\n");
            }
            buffer_add_text(out, "  ");
            buffer_add_slice(out, function.call);
            buffer_fill(out, ' ', width - function.call.len + 2);
            buffer_add_slice(out, title);
            buffer_add_char(out, '\n');
        }
    }
    if (count) {
        buffer_add_text(out, "\nSee also: functions\n");
    }
    return count != 0;
}
