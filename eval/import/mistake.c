/* What is wrong with a cell, shown in the line of the file; or, when bad
 * records are to be set aside, written beside it. */
#include "eval/import/import.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>

static bool
cannot_write(struct import *import, const char *reason)
{
    struct session *session = import->session;
    diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_CANNOT_WRITE, (struct span){0, 0},
                    "%s cannot be written: %s", session->options.reject,
                    reason);
    return false;
}

/* Is there nothing at PATH that somebody would miss?  A file that begins as
 * ours do, an empty one, or no file at all. */
static bool
may_be_replaced(const char *path)
{
    char head[12] = "";
    struct stat info;
    FILE *file = fopen(path, "r");
    if (!file) {
        return true; /* if it cannot be written either, that is told */
    }
    size_t len = fread(head, 1, sizeof head - 1, file);
    bool regular = fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode);
    fclose(file);
    bool ours = len >= 11 && memcmp(head, "line", 4) == 0 &&
                memcmp(head + 5, "reason", 6) == 0;
    return !regular || len == 0 || ours;
}

/* The file is emptied when the first import of a session begins, so that it
 * says what this session has set aside, and what keeps it from being written
 * is known before the work is done. */
bool
reject_open(struct import *import)
{
    struct session *session = import->session;
    const char *path = session->options.reject;
    struct stat from;
    struct stat to;
    if (!path) {
        return true;
    }
    bool same = stat(import->path, &from) == 0 && stat(path, &to) == 0 &&
                from.st_dev == to.st_dev && from.st_ino == to.st_ino;
    if (same) {
        return cannot_write(import, "it is the file that is imported");
    }
    if (store_is_at(session->store, path)) {
        return cannot_write(import, "it is the fact base itself");
    }
    if (!session->rejects && !may_be_replaced(path)) {
        return cannot_write(import, "it is there already, and holds something "
                                    "else");
    }
    import->reject = fopen(path, session->rejects ? "a" : "w");
    session->rejects = true;
    return import->reject || cannot_write(import, strerror(errno));
}

bool
reject_close(struct import *import)
{
    bool failed = import->reject && ferror(import->reject);
    if (import->reject && fclose(import->reject) != 0) {
        failed = true;
    }
    import->reject = NULL;
    return !failed || cannot_write(import, strerror(errno));
}

/* Writes the record as it stands in the file, behind its line and the reason;
 * the first time behind the header.  Without its first two columns the file can
 * be mended and imported as the one before. */
static void
set_aside(struct import *import, const char *reason)
{
    char separator = import->csv.separator;
    struct buffer line = {0};
    if (import->rejected++ == 0) {
        buffer_format(&line, "line%creason", separator);
        for (size_t i = 0; i < import->header_count; i++) {
            buffer_add_char(&line, separator);
            csv_add_cell(&line, import->header[i], separator);
        }
        buffer_add_char(&line, '\n');
    }
    buffer_format(&line, "%u%c", import->csv.line, separator);
    csv_add_cell(&line, slice_of(reason), separator);
    buffer_add_char(&line, separator);
    buffer_add_slice(&line, import->csv.raw);
    buffer_add_char(&line, '\n');
    fwrite(line.text, 1, line.len, import->reject); /* see reject_close() */
    buffer_free(&line);
}

/* The place of a cell in a text that holds just its record. */
static struct span
place_of_cell(struct import *import, size_t column)
{
    const struct csv *csv = &import->csv;
    struct slice raw = csv->raw;
    uint32_t start = csv->mistake ? csv->mistake_at : 0;
    uint32_t end = csv->mistake ? csv->mistake_end : (uint32_t)raw.len;
    if (column == SIZE_MAX && !csv->mistake &&
        csv->count > import->header_count) {
        start = csv->places[import->header_count]; /* cells too many */
    }
    if (column < csv->count) {
        start = csv->places[column];
        end = csv->ends[column];
    }
    end = end > start ? end : start + (start < raw.len);
    /* What is not UTF-8 cannot be shown. */
    struct buffer text = {0};
    for (size_t i = 0; i < raw.len; i++) {
        bool shown = raw.at[i] && (!csv->mistake || !(raw.at[i] & 0x80));
        buffer_add_char(&text, shown ? raw.at[i] : '?');
    }
    buffer_add_text(&text, "");
    struct source *source = sources_add(&import->session->sources, import->path,
                                        buffer_slice(&text));
    buffer_free(&text);
    if (!source) {
        return (struct span){0, 0};
    }
    source->first_line = csv->line;
    return (struct span){source->base + start, source->base + end};
}

static void
report(struct import *import, size_t column, const char *message,
       const char *label, const char *help)
{
    struct diagnostics *list = import->session->diagnostics;
    const char *header =
        column < import->header_count
            ? arena_copy(&import->arena, import->header[column].at,
                         import->header[column].len)
            : NULL;
    enum diagnostic_code code =
        header ? DIAGNOSTIC_BAD_CELL : DIAGNOSTIC_BAD_CSV;
    struct span place = place_of_cell(import, column);
    struct diagnostic *record =
        header
            ? diagnostics_add(list, SEVERITY_ERROR, code, place,
                              "column `%s`: %s", header, message)
            : diagnostics_add(list, SEVERITY_ERROR, code, place, "%s", message);
    if (label) {
        diagnostics_label(list, record, "%s", label);
    }
    if (help) {
        diagnostics_help(list, record, "%s", help);
    }
}

static bool
mistake(struct import *import, size_t column, const char *message,
        const char *label, const char *help)
{
    struct diagnostics *list = import->session->diagnostics;
    struct buffer reason = {0};
    import->mistakes++;
    if (!import->reject) {
        report(import, column, message, label, help);
        return false;
    }
    if (column < import->header_count) {
        buffer_format(&reason,
                      "column `%.*s`: ", (int)import->header[column].len,
                      import->header[column].at);
    }
    buffer_format(&reason, "%s%s%s", message, label ? "; " : "",
                  label ? label : "");
    set_aside(import, reason.text);
    buffer_free(&reason);
    if (list->count == 0) {
        diagnostics_clear(list); /* there may be millions of them */
    }
    return false;
}

bool
cell_mistake(struct import *import, size_t column, const char *label,
             const char *format, ...)
{
    struct buffer message = {0};
    va_list list;
    va_start(list, format);
    buffer_format_list(&message, format, list);
    va_end(list);
    mistake(import, column, message.text, label, NULL);
    buffer_free(&message);
    return false;
}

bool
record_mistake(struct import *import)
{
    const struct csv *csv = &import->csv;
    struct buffer message = {0};
    if (csv->mistake) {
        return mistake(import, SIZE_MAX, csv->mistake, NULL, csv->help);
    }
    bool more = csv->count > import->header_count;
    buffer_format(&message, "%zu cell%s where the header has %zu", csv->count,
                  csv->count == 1 ? "" : "s", import->header_count);
    mistake(import, SIZE_MAX, message.text, NULL,
            more ? "a cell that holds the separator stands in quotes" : NULL);
    buffer_free(&message);
    return false;
}

bool
cell_mistake_from(struct import *import, size_t column, size_t before)
{
    struct diagnostics *list = import->session->diagnostics;
    const struct diagnostic *first =
        before < list->count ? list->items[before] : NULL;
    const char *message = first ? first->message : "this cannot be stated";
    const char *label = first ? first->primary.label : NULL;
    const char *help = first ? first->help : NULL;
    diagnostics_truncate(list, before);
    return mistake(import, column, message, label, help);
}
