/* What the parser says when a token does not fit. */
#include "base/suggest.h"
#include "lexer/lexer.h"
#include "parser/grammar.tab.h"
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

static bool
is_comparison(int code)
{
    return code == TOK_EQ || code == TOK_NE || code == TOK_LT ||
           code == TOK_GT || code == TOK_LE || code == TOK_GE ||
           code == TOK_AGREES;
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

/* Is the comma at AT the first one of a list behind `in`, as in SQL? */
static bool
is_bare_list(const char *text, uint32_t at)
{
    while (at > 0 && text[at - 1] == ' ') {
        at--;
    }
    while (at > 0 && !strchr(" \t\r\n(,;", text[at - 1])) {
        at--; /* the first of the list */
    }
    while (at > 0 && strchr(" (", text[at - 1])) {
        at--;
    }
    return at > 2 && strchr(" )", text[at - 3]) && text[at - 2] == 'i' &&
           text[at - 1] == 'n';
}

/* Is what stands at AT the first of a line that is indented? */
static bool
begins_indented(const char *text, uint32_t at)
{
    uint32_t from = at;
    while (from > 0 && strchr(" \t", text[from - 1])) {
        from--;
    }
    return from < at && from > 0 && text[from - 1] == '\n';
}

/* Slips that only show where the parser stops. */
static void
explain_slip(struct tree_builder *tree, struct diagnostic *record, int code,
             struct span span, const bool *expected)
{
    struct diagnostics *list = tree->diagnostics;
    const struct source *source = sources_find(tree->sources, span.start);
    uint32_t at = span.start - source->base;
    const char *text = source->text.at;
    bool year = code == TOK_INT && span.end - span.start == 4;
    bool period = year || code == TOK_PERIOD || code == TOK_RANGE;
    bool digit_before = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    bool digit_after = text[at] && text[at + 1] >= '0' && text[at + 1] <= '9';
    if (code == TOK_COMMA && digit_before && digit_after) {
        diagnostics_help(list, record,
                         "decimals are written with a point: 4.5");
    } else if (code == TOK_COMMA && is_bare_list(text, at)) {
        diagnostics_help(list, record,
                         "a list stands in braces: x in {A, B}");
    } else if (code == TOK_PERCENT && expected[TOK_PLUS]) {
        diagnostics_help(list, record,
                         "the %% stands right behind the number: 4.5%%");
    } else if (code == TOK_EQ && at > 0 && text[at - 1] == '=') {
        diagnostics_help(list, record, "equality is written with one =");
    } else if (code == TOK_STRING && expected[TOK_NAME]) {
        diagnostics_help(list, record,
                         "a name with blanks stands in backquotes: `two "
                         "words`");
    } else if (period && expected[TOK_EQ] && expected[TOK_LBRACKET]) {
        diagnostics_help(list, record,
                         "the period comes before the metric: "
                         "target 2023 exports");
    } else if ((is_comparison(code) || code == TOK_AND || code == TOK_OR) &&
               expected[TOK_EQ] && expected[TOK_GE]) {
        record->code = DIAGNOSTIC_NEEDS_CHECK;
        diagnostics_help(list, record,
                         "a condition as a statement begins with check: "
                         "check 2023 exports > 600B");
    } else if (is_comparison(code) && expected[TOK_PLUS] && !expected[TOK_LT]) {
        bool chained = tree->comparisons > 1;
        record->code = chained ? DIAGNOSTIC_CHAINED : DIAGNOSTIC_NEEDS_CHECK;
        if (!chained) {
            diagnostics_help(list, record,
                             "a condition as a statement begins with check, "
                             "or stands in brackets");
            return;
        }
        diagnostics_help(list, record,
                         "comparisons do not chain: write x in 5%%..10%%, or "
                         "join two of them with and");
    } else if (begins_indented(text, at)) {
        diagnostics_help(list, record,
                         "an indented line goes on with the statement above "
                         "it");
    }
}

static void
report_unfinished(struct tree_builder *tree, struct span span,
                  const struct buffer *wanted)
{
    struct lexer *lexer = tree->lexer;
    struct diagnostic *record = diagnostics_add(
        tree->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNFINISHED, span,
        "the statement is unfinished: expected %s", wanted->text);
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
        explain_slip(tree, record, code, span, set);
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
