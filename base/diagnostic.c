#include "base/diagnostic.h"

#include <stdio.h>
#include <stdlib.h>

enum { DIAGNOSTIC_ERROR_LIMIT = 20 };

static const struct {
    const char *text;
    const char *title;
} codes[] = {[DIAGNOSTIC_NONE] = {"", ""},
#define X(name, text, title) [DIAGNOSTIC_##name] = {text, title},
             DIAGNOSTIC_CODES(X)
#undef X
};

void
diagnostics_init(struct diagnostics *list)
{
    *list = (struct diagnostics){.error_limit = DIAGNOSTIC_ERROR_LIMIT};
}

void
diagnostics_free(struct diagnostics *list)
{
    free(list->items);
    arena_free(&list->arena);
    diagnostics_init(list);
}

void
diagnostics_clear(struct diagnostics *list)
{
    list->count = 0;
    list->error_count = 0;
    arena_reset(&list->arena);
}

void
diagnostics_truncate(struct diagnostics *list, size_t count)
{
    size_t left_out = list->error_count > list->error_limit
                          ? list->error_count - list->error_limit
                          : 0;
    for (size_t i = count; i < list->count; i++) {
        if (list->items[i]->severity == SEVERITY_ERROR) {
            list->error_count -= 1 + left_out; /* these came behind it */
            left_out = 0;
        }
    }
    if (count < list->count) {
        list->count = count;
    }
}

void
diagnostics_drop_notes(struct diagnostics *list, size_t from)
{
    size_t kept = from;
    bool behind = false;
    for (size_t i = from; i < list->count; i++) {
        struct diagnostic *record = list->items[i];
        behind = behind || record->severity == SEVERITY_ERROR;
        if (behind || record->severity != SEVERITY_NOTICE ||
            record->code != DIAGNOSTIC_NOTE) {
            list->items[kept++] = record;
        }
    }
    list->count = kept;
}

__attribute__((format(printf, 2, 0))) static const char *
format_text(struct diagnostics *list, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        return format;
    }
    char *text = arena_alloc(&list->arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, arguments);
    return text;
}

struct diagnostic *
diagnostics_add(struct diagnostics *list, enum severity severity,
                enum diagnostic_code code, struct span span, const char *format,
                ...)
{
    struct diagnostic *record = arena_new(&list->arena, struct diagnostic);
    va_list arguments;
    va_start(arguments, format);
    *record = (struct diagnostic){
        .code = code,
        .severity = severity,
        .message = format_text(list, format, arguments),
        .primary = {span, NULL},
    };
    va_end(arguments);
    if (severity == SEVERITY_ERROR) {
        list->error_count++;
        if (list->error_count > list->error_limit) {
            return record;
        }
    }
    void *items = list->items;
    memory_grow(&items, &list->capacity, list->count + 1, sizeof record);
    list->items = items;
    list->items[list->count++] = record;
    return record;
}

void
diagnostics_label(struct diagnostics *list, struct diagnostic *record,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    record->primary.label = format_text(list, format, arguments);
    va_end(arguments);
}

void
diagnostics_relate(struct diagnostics *list, struct diagnostic *record,
                   struct span span, const char *format, ...)
{
    if (record->related_count == DIAGNOSTIC_RELATED_MAX) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    record->related[record->related_count++] =
        (struct diagnostic_place){span, format_text(list, format, arguments)};
    va_end(arguments);
}

void
diagnostics_help(struct diagnostics *list, struct diagnostic *record,
                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    record->help = format_text(list, format, arguments);
    va_end(arguments);
}

const char *
diagnostic_code_text(enum diagnostic_code code)
{
    return codes[code].text;
}

const char *
diagnostic_code_title(enum diagnostic_code code)
{
    return codes[code].title;
}

enum diagnostic_code
diagnostic_code_find(struct slice text)
{
    for (int code = 1; code < DIAGNOSTIC_CODE_COUNT; code++) {
        if (slice_is(text, codes[code].text)) {
            return (enum diagnostic_code)code;
        }
    }
    return DIAGNOSTIC_NONE;
}

const char *
severity_text(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTICE:
        return "note";
    }
    return "";
}
