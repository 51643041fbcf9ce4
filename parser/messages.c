/* What the parser says when a token does not fit. */
#include "base/suggest.h"
#include "lexer/lexer.h"
#include "parser/grammar.tab.h"
#include "parser/slips.h"
#include "parser/tree.h"

enum { MESSAGE_WORDS_MAX = 5 };

/* Tokens that a person sees as one thing.  A group stands for its tokens when
 * all of its marks are expected. */
static const struct {
    const char *name;
    int marks[4];
    int tokens[40];
} groups[] = {
    {"a statement",
     {TOK_SHOW, TOK_METRIC, TOK_IMPORT},
     {TOK_NAME,     TOK_INT,     TOK_NUMBER,   TOK_PERIOD,  TOK_RANGE,
      TOK_DATE,     TOK_STRING,  TOK_PARAM,    TOK_IF,      TOK_MINUS,
      TOK_LPAREN,   TOK_PERCENT, TOK_TRUE,     TOK_FALSE,   TOK_UNKNOWN,
      TOK_RULE,     TOK_POLICY,  TOK_WAIVE,    TOK_CLAIM,   TOK_TEST,
      TOK_CALENDAR, TOK_DEFINE,  TOK_PARAMDEF, TOK_RETRACT, TOK_UNDO,
      TOK_SET,      TOK_QUIT,    TOK_VERSION,  TOK_APROPOS, TOK_INCLUDE}},
    {"an expression",
     {TOK_NUMBER, TOK_LPAREN, TOK_NAME},
     {TOK_NAME, TOK_INT, TOK_NUMBER, TOK_PERIOD, TOK_RANGE, TOK_DATE,
      TOK_STRING, TOK_PARAM, TOK_IF, TOK_MINUS, TOK_LPAREN, TOK_PERCENT,
      TOK_TRUE, TOK_FALSE, TOK_UNKNOWN, TOK_NOT, TOK_POSSIBLY, TOK_CERTAINLY}},
    {"a period",
     {TOK_INT, TOK_PERIOD, TOK_RANGE},
     {TOK_INT, TOK_PERIOD, TOK_RANGE, TOK_DATE, TOK_PARAM}},
    {"a comparison",
     {TOK_LT, TOK_NE, TOK_AGREES},
     {TOK_EQ, TOK_NE, TOK_LT, TOK_GT, TOK_LE, TOK_GE, TOK_AGREES, TOK_MATCHES}},
    {"an operator",
     {TOK_PLUS, TOK_TIMES, TOK_POWER},
     {TOK_PLUS, TOK_MINUS, TOK_TIMES, TOK_OVER_SIGN, TOK_POWER, TOK_ORELSE,
      TOK_TO, TOK_PM, TOK_DOTS, TOK_AND, TOK_OR, TOK_WITHIN}},
};

enum { GROUP_COUNT = sizeof groups / sizeof *groups };

static bool
has_code(const bool *expected, const int *marks)
{
    for (int i = 0; marks[i]; i++) {
        if (!expected[marks[i]]) {
            return false;
        }
    }
    return true;
}

static void
add_word(struct buffer *text, const char *word, int position, int count)
{
    if (position > 0) {
        buffer_add_text(text, position == count - 1 ? " or " : ", ");
    }
    buffer_add_text(text, word);
}

/* Appends "a period, `by` or an operator" for the expected tokens. */
static void
describe_expected(struct buffer *text, bool *expected)
{
    const char *words[MESSAGE_WORDS_MAX + GROUP_COUNT + 1];
    const char *group_words[GROUP_COUNT];
    int count = 0;
    int group_count = 0;
    int left = 0;
    for (int g = 0; g < GROUP_COUNT; g++) {
        if (has_code(expected, groups[g].marks)) {
            group_words[group_count++] = groups[g].name;
            for (int i = 0; groups[g].tokens[i]; i++) {
                expected[groups[g].tokens[i]] = false;
            }
            if (g == 0) {
                memset(expected, 0, (TOK_RBRACE + 1) * sizeof *expected);
            }
        }
    }
    for (int code = TOK_NAME; code <= TOK_RBRACE; code++) {
        left += expected[code];
    }
    /* Never "one of 1 other words". */
    int room = MESSAGE_WORDS_MAX - group_count;
    room -= left == room + 1;
    for (int code = TOK_NAME; code <= TOK_RBRACE && count < room; code++) {
        if (expected[code]) {
            words[count++] = grammar_alias(code);
            left--;
        }
    }
    for (int g = 0; g < group_count; g++) {
        words[count++] = group_words[g];
    }
    for (int i = 0; i < count; i++) {
        add_word(text, words[i], i, left ? count + 1 : count);
    }
    if (left) {
        buffer_format(text, " or one of %d other words", left);
    }
}

/* A keyword that was meant, when a name stands where only keywords fit. */
static bool
suggest_keyword(struct tree_builder *tree, struct diagnostic *record,
                struct slice found, const bool *expected)
{
    struct suggestion suggestion;
    suggestion_init(&suggestion, found);
    for (int code = TOK_ABOUT; code <= TOK_YEARLY; code++) {
        struct slice alias = slice_of(grammar_alias(code));
        if (expected[code]) {
            suggestion_offer(&suggestion,
                             (struct slice){alias.at + 1, alias.len - 2});
        }
    }
    if (suggestion.best.len) {
        diagnostics_label(tree->diagnostics, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    }
    return suggestion.best.len > 0;
}

/* Behind the last thing that was written: blank lines at the end of a text are
 * no place to look at. */
static struct span
end_of_words(const struct tree_builder *tree, struct span span)
{
    const struct source *source = sources_find(tree->sources, span.start);
    uint32_t at = span.start - source->base;
    uint32_t end = at;
    while (end > 0 && strchr(" \t\r\n", source->text.at[end - 1])) {
        end--;
    }
    bool at_end = at >= source->text.len && end > 0 && end < at;
    uint32_t place = source->base + end;
    return at_end ? (struct span){place, place} : span;
}

static void
report_unfinished(struct tree_builder *tree, struct span span,
                  const struct buffer *wanted)
{
    struct lexer *lexer = tree->lexer;
    struct diagnostic *record = diagnostics_add(
        tree->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNFINISHED,
        end_of_words(tree, span), "the statement is unfinished: expected %s",
        wanted->text);
    if (lexer->open_count) {
        struct span open = lexer->open[lexer->open_count - 1];
        diagnostics_relate(tree->diagnostics, record, open,
                           "opened here and not closed");
    }
}

/* Does only blank space part the token from a word of the language that was
 * read as a name? */
static bool
follows_misplaced(struct tree_builder *tree, struct span span)
{
    struct span between = {tree->misplaced.end, span.start};
    struct slice text = sources_text(tree->sources, between);
    if (!tree->misplaced.end || span.start < tree->misplaced.end) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr(" \t\r\n", text.at[i])) {
            return false;
        }
    }
    return true;
}

static void
report_misplaced(struct tree_builder *tree)
{
    struct slice word = sources_text(tree->sources, tree->misplaced);
    int code = tree->misplaced_code;
    struct diagnostic *record = diagnostics_add(
        tree->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX, tree->misplaced,
        "`%.*s` does not fit here", (int)word.len, word.at);
    if (code == TOK_FOR || code == TOK_BY) {
        diagnostics_help(tree->diagnostics, record,
                         "a question with clauses begins with show: show "
                         "exports for 2019..2023");
    } else if (code == TOK_TO && tree_follows_period(tree, tree->misplaced)) {
        diagnostics_help(tree->diagnostics, record,
                         "a range is written 2019..2023");
    } else {
        diagnostics_help(tree->diagnostics, record,
                         "as a name it stands in backquotes: `%.*s`",
                         (int)word.len, word.at);
    }
}

void
tree_report_syntax(struct tree_builder *tree, struct span span, int code,
                   const bool *set)
{
    bool expected[TOK_RBRACE + 1];
    struct buffer wanted = {0};
    if (tree->reported) {
        return;
    }
    tree->reported = true;
    if (follows_misplaced(tree, span)) {
        report_misplaced(tree);
        return;
    }
    memcpy(expected, set, sizeof expected);
    expected[TOK_STOP] = false;
    describe_expected(&wanted, expected);
    if (wanted.len == 0) {
        buffer_add_text(&wanted, "the end of the statement");
    }
    if (code == TOK_STOP || code == TOK_YYEOF) {
        report_unfinished(tree, span, &wanted);
        buffer_free(&wanted);
        return;
    }
    struct slice found = sources_text(tree->sources, span);
    int shown = found.len > 40 ? 40 : (int)found.len;
    struct diagnostic *record = diagnostics_add(
        tree->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX, span,
        "`%.*s` does not fit here: expected %s", shown, found.at, wanted.text);
    if (code != TOK_NAME || !suggest_keyword(tree, record, found, set)) {
        tree_explain_slip(tree, record, code, span, set);
    }
    buffer_free(&wanted);
}

void
tree_report_depth(struct tree_builder *tree, struct span span)
{
    if (!tree->reported) {
        diagnostics_add(tree->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_TOO_DEEP,
                        span, "this is nested too deeply");
    }
    tree->reported = tree->failed = true;
}
