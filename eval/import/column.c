/* The columns of a file by their names, and what to say of one that is not
 * there. */
#include "eval/import/import.h"

#include "base/suggest.h"
#include "base/utf8.h"

enum { HELP_MAX = 400 };

size_t
column_find(struct import *import, struct slice name, const struct node *node,
            bool *failed)
{
    size_t found = SIZE_MAX;
    /* A node that is no name is none of the columns without one. */
    for (size_t i = 0; i < import->header_count && name.len; i++) {
        if (slice_equal(import->header[i], name)) {
            if (found != SIZE_MAX) {
                *failed = true;
                mapping_fail(import, node, "two columns have this name", NULL);
                return SIZE_MAX;
            }
            found = i;
        }
    }
    return found;
}

/* The columns that have a name, for a line of help. */
static void
add_columns(const struct import *import, struct buffer *help)
{
    size_t count = 0;
    for (size_t i = 0; i < import->header_count; i++) {
        if (import->header[i].len) {
            buffer_add_text(help, count++ ? ", " : "its columns are ");
            utf8_add_visible(help, import->header[i]);
        }
    }
    if (count == 0) {
        buffer_add_text(help, "its first line names no column");
    }
}

/* What else a name in a mapping could have been; NULL: nothing. */
static const char *
other_meaning(enum field field)
{
    switch (field) {
    case FIELD_KIND:
    case FIELD_METRIC:
    case FIELD_UNIT:
    case FIELD_ACTOR:
    case FIELD_SOURCE:
        return field_word(field);
    case FIELD_DIMENSION:
        return "member";
    case FIELD_PERIOD:
    case FIELD_ON:
    case FIELD_CONDITION:
    case FIELD_NOTE:
    case FIELD_URL:
    case FIELD_CONTEXT:
    case FIELD_RETRACTED:
    case FIELD_MISSING:
    case FIELD_VALUE:
    case FIELD_NAME:
    case FIELD_TITLE:
    case FIELD_COUNT:
        break;
    }
    return NULL;
}

bool
column_missing(struct import *import, const struct mapped *mapped,
               const struct node *node, struct slice name)
{
    struct diagnostics *list = import->session->diagnostics;
    const char *other = mapped->declares ? NULL : other_meaning(mapped->field);
    struct suggestion suggestion;
    struct buffer help = {0};
    struct diagnostic *record;
    suggestion_init(&suggestion, name);
    if (name.len == 0) {
        record =
            diagnostics_add(list, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
                            node->span, "a column of the file is wanted here");
    } else {
        record = diagnostics_add(
            list, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING, node->span,
            "%s has no column `%.*s`%s%s%s", import->path, (int)name.len,
            name.at, other ? ", and there is no " : "", other ? other : "",
            other ? " of that name" : "");
    }
    for (size_t i = 0; i < import->header_count && name.len; i++) {
        suggestion_offer(&suggestion, import->header[i]);
    }
    add_columns(import, &help);
    if (suggestion.best.len) {
        diagnostics_label(list, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    } else if (help.len < HELP_MAX) {
        diagnostics_help(list, record, "%s", help.text);
    }
    buffer_free(&help);
    return false;
}
