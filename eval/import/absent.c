/* A column `missing`: it says of a record that it has no value, and perhaps
 * why.
 *
 * What is not there is no fact, so that its reason is kept nowhere; the import
 * tells how often each was given.
 */
#include "eval/import/import.h"

enum { REASONS_TOLD = 3 };

/* Do the letters of TEXT say WORD, in either case? */
static bool
says(struct slice text, const char *word)
{
    size_t at = 0;
    while (at < text.len && word[at]) {
        char c = text.at[at];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (c != word[at]) {
            return false;
        }
        at++;
    }
    return at == text.len && !word[at];
}

static bool
says_any(struct slice text, const char *const *words)
{
    while (*words && !says(text, *words)) {
        words++;
    }
    return *words != NULL;
}

/* The cell says that there is a value. */
static bool
denies(struct slice cell)
{
    static const char *const words[] = {"false", "f", "no", "n", "0", NULL};
    return cell.len == 0 || says_any(cell, words);
}

/* The cell says that there is none, and not why. */
static bool
only_affirms(struct slice cell)
{
    static const char *const words[] = {"true", "t", "yes", "y", "1", NULL};
    return says_any(cell, words);
}

/* What the record says, or nothing. */
static struct slice
said(const struct import *import, const struct mapped **mapped)
{
    *mapped = mapping_find(import, FIELD_MISSING);
    struct slice cell =
        *mapped ? cell_trim(import->csv.cells[(*mapped)->column]) : SLICE("");
    return denies(cell) ? SLICE("") : cell;
}

bool
absent_check(struct import *import)
{
    const struct mapped *mapped;
    struct slice cell = said(import, &mapped);
    struct slice shown = cell_start(cell);
    return !cell.len ||
           cell_mistake(import, mapped->column,
                        "one of the two cells is to be empty",
                        "the record has a value, and `%.*s` says that there "
                        "is none",
                        (int)shown.len, shown.at);
}

void
absent_count(struct import *import, size_t cells)
{
    const struct mapped *mapped;
    struct slice reason = cells ? said(import, &mapped) : SLICE("");
    if (!reason.len || only_affirms(reason)) {
        return;
    }
    size_t at = 0;
    while (at < import->reason_count &&
           !slice_equal(import->reasons[at].text, reason)) {
        at++;
    }
    if (at == IMPORT_REASONS_MAX) {
        import->other_reasons += cells;
        return;
    }
    if (at == import->reason_count) {
        const char *own = arena_copy(&import->arena, reason.at, reason.len);
        import->reasons[import->reason_count++].text =
            (struct slice){own, reason.len};
    }
    import->reasons[at].cells += cells;
}

void
absent_tell(const struct import *import, struct buffer *text)
{
    size_t others = import->other_reasons;
    for (size_t i = 0; i < import->reason_count; i++) {
        const struct absent_reason *reason = &import->reasons[i];
        if (i >= REASONS_TOLD) {
            others += reason->cells;
            continue;
        }
        struct slice shown = cell_start(reason->text);
        buffer_format(text, "%s%zu %.*s", i ? ", " : ": ", reason->cells,
                      (int)shown.len, shown.at);
    }
    if (others) {
        buffer_format(text, ", %zu for other reasons", others);
    }
}
