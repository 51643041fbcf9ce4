/* Where statements begin and end.
 *
 * A statement ends at `;`, at the end of the text, and at a newline whose next
 * line that says something starts in the first column.  Inside brackets a
 * newline ends nothing, but a line that starts in the first column with
 * anything except a closing bracket shows that a bracket was forgotten: the
 * statement ends there all the same, so that it costs one message.
 */
#include "lexer/scan.h"

void
scan_skip(struct lexer *lexer)
{
    (void)lexer;
}

static void
add_comment(struct lexer *lexer, struct span span, bool own_line)
{
    if (!lexer->keep_comments) {
        return;
    }
    void *items = lexer->comments;
    memory_grow(&items, &lexer->comment_capacity, lexer->comment_count + 1,
                sizeof *lexer->comments);
    lexer->comments = items;
    lexer->comments[lexer->comment_count++] = (struct comment){span, own_line};
}

/* True when only blanks stand between the line's start and PLACE. */
static bool
starts_line(const struct lexer *lexer, uint32_t place)
{
    const char *text = lexer->source->text.at;
    uint32_t at = place - lexer->source->base;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) {
        at--;
    }
    return at == 0 || text[at - 1] == '\n';
}

void
scan_comment(struct lexer *lexer, const struct token *token)
{
    add_comment(lexer, token->span, starts_line(lexer, token->span.start));
}

/* Comments in TEXT, a newline and the blank and comment lines behind it. */
static void
add_comments(struct lexer *lexer, uint32_t start, struct slice text)
{
    size_t at = 0;
    while (at < text.len) {
        const char *mark = memchr(text.at + at, '#', text.len - at);
        if (!mark) {
            return;
        }
        const char *end =
            memchr(mark, '\n', text.len - (size_t)(mark - text.at));
        size_t from = (size_t)(mark - text.at);
        size_t to = end ? (size_t)(end - text.at) : text.len;
        add_comment(lexer,
                    (struct span){start + (uint32_t)from, start + (uint32_t)to},
                    true);
        at = to;
    }
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Ends the open statement, if there is one. */
static bool
stop(struct lexer *lexer, struct token *token)
{
    bool was_open = lexer->statement_open;
    lexer->statement_open = false;
    lexer->open_count = was_open ? lexer->open_count : 0;
    token->code = TOK_STOP;
    return was_open;
}

bool
scan_newline(struct lexer *lexer, struct token *token, struct slice text)
{
    if (lexer->keep_comments) {
        add_comments(lexer, token->span.start, text);
    }
    char last = text.at[text.len - 1];
    char next = lexer->source->text.at[lexer->at - lexer->source->base];
    bool at_end = lexer->at - lexer->source->base >= lexer->source->text.len;
    bool indented = is_blank(last) || (last == '\r' && next == '\n');
    bool closes = next == ')' || next == ']' || next == '}';
    if (at_end || indented || next == '#' || (lexer->open_count && closes)) {
        return false;
    }
    token->span.end = token->span.start;
    return stop(lexer, token);
}

bool
scan_stop(struct lexer *lexer, struct token *token)
{
    return stop(lexer, token);
}

int
scan_end(struct lexer *lexer, struct token *token)
{
    token->span = (struct span){lexer->at, lexer->at};
    if (!stop(lexer, token)) {
        token->code = TOK_YYEOF;
    }
    return token->code;
}

int
scan_open(struct lexer *lexer, struct token *token, int code)
{
    if (lexer->open_count == LEXER_NESTING_MAX) {
        if (!lexer->too_deep) {
            lexer->too_deep = true;
            diagnostics_add(lexer->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_TOO_DEEP, token->span,
                            "brackets are nested more than %d deep",
                            LEXER_NESTING_MAX);
        }
        return token->code = TOK_GRAMMAR_error;
    }
    lexer->open[lexer->open_count++] = token->span;
    return token->code = code;
}

int
scan_close(struct lexer *lexer, struct token *token, int code)
{
    if (lexer->open_count) {
        lexer->open_count--;
    }
    return token->code = code;
}
