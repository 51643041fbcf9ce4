/* A statement that could not be read: one mistake, one message.
 *
 * What it would have declared is not reported as missing by the statements
 * behind it, and its message tells how such a statement is written, from the
 * page that explains it.
 */
#include "eval/scope.h"
#include "lexer/lexer.h"
#include "parser/grammar.tab.h"
#include "stdlib/page.h"

#include <string.h>

/* Statements that declare a name. */
static bool
declares(int keyword)
{
    switch (keyword) {
    case TOK_UNIT:
    case TOK_DIMENSION:
    case TOK_MEMBER:
    case TOK_KIND:
    case TOK_METRIC:
    case TOK_ACTOR:
    case TOK_SOURCE:
    case TOK_CALENDAR:
    case TOK_DEFINE:
    case TOK_PARAMDEF:
        return true;
    default:
        return false;
    }
}

static bool
brings_names(int keyword)
{
    return keyword == TOK_IMPORT || keyword == TOK_INCLUDE;
}

static bool
has_form(int keyword)
{
    switch (keyword) {
    case TOK_WAIVE:
    case TOK_RETRACT:
    case TOK_EXPORT:
        return true;
    default:
        return declares(keyword) || brings_names(keyword);
    }
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

void
session_explain_unread(struct session *session, struct span statement,
                       size_t messages)
{
    struct diagnostics silent;
    struct lexer lexer;
    struct arena arena = {0};
    struct token token;
    struct slice text = sources_text(&session->sources, statement);
    struct source *copy = sources_add(&session->sources, "", text);
    if (!copy) {
        return;
    }
    diagnostics_init(&silent);
    lexer_init(&lexer, &session->atoms, &silent);
    lexer_start(&lexer, copy);
    lexer_next(&lexer, &arena, &token);
    int keyword = token.code == TOK_NAME && !token.quoted
                      ? lexer_keyword(token.value.name)
                      : 0;
    struct diagnostic *record = bare_message(session, messages);
    if (record && has_form(keyword)) {
        tell_form(session, record,
                  atoms_text(&session->atoms, token.value.name));
    }
    session->unread = session->unread || brings_names(keyword);
    while (declares(keyword) && token.code != TOK_YYEOF &&
           token.code != TOK_GRAMMAR_error) {
        lexer_next(&lexer, &arena, &token);
        if (token.code == TOK_NAME) {
            scope_poison(session, token.value.name);
        }
    }
    lexer_free(&lexer);
    diagnostics_free(&silent);
    arena_free(&arena);
    sources_drop_last(&session->sources);
}
