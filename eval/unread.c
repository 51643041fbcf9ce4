/* A statement that could not be read: one mistake, one message.
 *
 * What it would have declared is not reported as missing by the statements
 * behind it, and its message tells how such a statement is written, from the
 * page that explains it.
 */
#include "eval/scope.h"
#include "parser/parse.h"
#include "stdlib/page.h"

#include <string.h>

static bool
is_one_of(struct slice word, const char *const *words)
{
    while (*words && !slice_is(word, *words)) {
        words++;
    }
    return *words != NULL;
}

/* Statements that declare a name. */
static bool
declares(struct slice word)
{
    static const char *const words[] = {
        "unit",   "dimension", "member", "kind",     "metric", "actor",
        "source", "define",    "param",  "calendar", NULL};
    return is_one_of(word, words);
}

static bool
brings_names(struct slice word)
{
    static const char *const words[] = {"import", "include", NULL};
    return is_one_of(word, words);
}

static bool
has_form(struct slice word)
{
    static const char *const words[] = {"waive", "retract", "export", NULL};
    return declares(word) || brings_names(word) || is_one_of(word, words);
}

/* Appends the line of a page's synopsis that begins with WORD, and those that
 * continue it; a gap ends it, as another form stands behind. */
static bool
find_form(const char *page, struct slice word, struct buffer *form)
{
    const char *at = strstr(page, "```\n");
    const char *last = at ? strstr(at + 4, "```") : NULL;
    for (at = last ? strchr(at, '\n') + 1 : NULL; at && at < last;
         at = strchr(at, '\n') + 1) {
        size_t len = (size_t)(strchr(at, '\n') - at);
        bool begins = len > word.len && at[word.len] == ' ' &&
                      memcmp(at, word.at, word.len) == 0;
        bool goes_on = form->len && len > 4 && memcmp(at, "    ", 4) == 0;
        if (form->len && !goes_on) {
            break;
        }
        if (begins || goes_on) {
            size_t from = begins ? 0 : 3;
            size_t to = from + 1;
            while (to < len && !(at[to] == ' ' && at[to - 1] == ' ')) {
                to++;
            }
            while (to > from && at[to - 1] == ' ') {
                to--;
            }
            buffer_add(form, at + from, to - from);
        }
    }
    return form->len > 0;
}

/* How a statement that begins with WORD is written. */
static void
tell_form(struct session *session, struct diagnostic *record, struct slice word)
{
    struct buffer form = {0};
    for (size_t i = 0; i < library_file_count && !form.len; i++) {
        const struct library_file *page = &library_files[i];
        struct slice name = page_name(page, PAGES_OF_HELP);
        if (name.len && find_form(page->text, word, &form)) {
            diagnostics_help(session->diagnostics, record,
                             "it is written: %.*s (help %.*s)", (int)form.len,
                             form.text, (int)name.len, name.at);
        }
    }
    buffer_free(&form);
}

/* The first message about the form of the statement, if nothing was said of
 * how to mend it. */
static struct diagnostic *
bare_message(const struct session *session, size_t from)
{
    for (size_t i = from; i < session->diagnostics->count; i++) {
        struct diagnostic *record = session->diagnostics->items[i];
        if (record->code == DIAGNOSTIC_SYNTAX ||
            record->code == DIAGNOSTIC_UNFINISHED) {
            return record->help ? NULL : record;
        }
    }
    return NULL;
}

/* The names of a statement, of which the first tells what it is. */
struct unread {
    struct session *session;
    struct slice word;
};

static void
take_name(void *context, atom name)
{
    struct unread *unread = context;
    struct session *session = unread->session;
    if (!unread->word.len) {
        unread->word = atoms_text(&session->atoms, name);
        session->unread = session->unread || brings_names(unread->word);
    } else if (declares(unread->word)) {
        scope_poison(session, name);
    }
}

void
session_explain_unread(struct session *session, struct span statement,
                       size_t messages)
{
    struct unread unread = {.session = session};
    struct diagnostic *record = bare_message(session, messages);
    parse_each_name(&session->atoms, sources_text(&session->sources, statement),
                    take_name, &unread);
    if (record && has_form(unread.word)) {
        tell_form(session, record, unread.word);
    }
}
