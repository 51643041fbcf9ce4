/* What is wrong with a cell, shown in the line of the file; or, when bad records
 * are to be set aside, written beside it. */
#include "eval/import/import.h"

#include <errno.h>
#include <stdarg.h>

/* Writes the record and the reason; the first time its header too. */
static bool
set_aside(struct import *import, const char *reason)
{
    struct session *session = import->session;
    const char *path = session->options.reject;
    struct buffer line = {0};
    if (!import->reject) {
        import->reject = fopen(path, session->rejects ? "a" : "w");
        session->rejects = true;
        for (size_t i = 0; i < import->header_count; i++) {
            csv_add_cell(&line, import->header[i], import->csv.separator);
            buffer_add_char(&line, import->csv.separator);
        }
        buffer_add_text(&line, "line");
        buffer_add_char(&line, import->csv.separator);
        buffer_add_text(&line, "reason\n");
    }
    for (size_t i = 0; i < import->header_count; i++) {
        if (i < import->csv.count) {
            csv_add_cell(&line, import->csv.cells[i], import->csv.separator);
        }
        buffer_add_char(&line, import->csv.separator);
    }
    buffer_format(&line, "%u%c", import->csv.line, import->csv.separator);
    csv_add_cell(&line, slice_of(reason), import->csv.separator);
    buffer_add_char(&line, '\n');
    bool written = import->reject &&
                   fwrite(line.text, 1, line.len, import->reject) == line.len;
    buffer_free(&line);
    import->rejected++;
    if (!written) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_CANNOT_WRITE, (struct span){0, 0},
                        "%s cannot be written: %s", path, strerror(errno));
    }
    return written;
}

/* The place of a cell in a text that holds just its record. */
static struct span
place_of_cell(struct import *import, size_t column)
{
    const struct csv *csv = &import->csv;
    struct slice raw = csv->raw;
    uint32_t start = csv->mistake ? csv->mistake_at : 0;
    uint32_t end = csv->mistake ? csv->mistake_end : (uint32_t)raw.len;
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
    struct buffer reason = {0};
    if (!import->session->options.reject) {
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
