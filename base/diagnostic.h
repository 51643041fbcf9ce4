/* Messages to the user as data.
 *
 * Lexer, parser, evaluator and store add records to one list; a client renders
 * them later as text, JSON or anything else.  A function that adds a record
 * returns false or NULL, which its caller reads as "already reported".
 */
#ifndef BASE_DIAGNOSTIC_H
#define BASE_DIAGNOSTIC_H

#include "base/arena.h"
#include "base/diagnostic_codes.h"
#include "base/source.h"

#include <stdarg.h>

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE };

enum { DIAGNOSTIC_RELATED_MAX = 3 };

struct diagnostic_place {
    struct span span;
    const char *label; /* may be NULL */
};

struct diagnostic {
    enum diagnostic_code code;
    enum severity severity;
    const char *message; /* one line, no full stop */
    struct diagnostic_place primary;
    struct diagnostic_place related[DIAGNOSTIC_RELATED_MAX];
    size_t related_count;
    const char *help; /* may be NULL */
};

struct diagnostics {
    struct arena arena; /* owns records and texts */
    struct diagnostic **items;
    size_t count;
    size_t capacity;
    size_t error_count;
    size_t error_limit; /* errors kept; the rest are only counted */
};

void diagnostics_init(struct diagnostics *list);
void diagnostics_free(struct diagnostics *list);
void diagnostics_clear(struct diagnostics *list);

/* Forgets every record from index COUNT on. */
void diagnostics_truncate(struct diagnostics *list, size_t count);

/* Forgets the notes from index FROM up to the first error: what they tell of
 * was taken back because of it. */
void diagnostics_drop_notes(struct diagnostics *list, size_t from);

/* Adds a record and returns it, so that labels and help can follow. */
struct diagnostic *diagnostics_add(struct diagnostics *list,
                                   enum severity severity,
                                   enum diagnostic_code code, struct span span,
                                   const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Each completes RECORD; texts are copied. */
void diagnostics_label(struct diagnostics *list, struct diagnostic *record,
                       const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostics_relate(struct diagnostics *list, struct diagnostic *record,
                        struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diagnostics_help(struct diagnostics *list, struct diagnostic *record,
                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "E0203" for a code, and the code for its text (0 when there is none). */
const char *diagnostic_code_text(enum diagnostic_code code);
const char *diagnostic_code_title(enum diagnostic_code code);
enum diagnostic_code diagnostic_code_find(struct slice text);

const char *severity_text(enum severity severity);

#endif
