#include "parser/slips.h"

#include "parser/grammar.tab.h"

static bool
is_comparison(int code)
{
    return code == TOK_EQ || code == TOK_NE || code == TOK_LT ||
           code == TOK_GT || code == TOK_LE || code == TOK_GE ||
           code == TOK_AGREES;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A part of a name, or of a number. */
static bool
is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* The word that ends right before AT, blanks between them left out. */
static struct slice
word_before(const char *text, uint32_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) {
        at--;
    }
    uint32_t start = at;
    while (start > 0 && is_of_word(text[start - 1])) {
        start--;
    }
    return (struct slice){text + start, at - start};
}

static bool
begins_with_year(struct slice word)
{
    return word.len >= 4 && word.at[0] >= '0' && word.at[0] <= '9';
}

bool
tree_follows_period(const struct tree_builder *tree, struct span span)
{
    const struct source *source = sources_find(tree->sources, span.start);
    uint32_t at = span.start - source->base;
    struct slice before = word_before(source->text.at, at);
    if (before.len <= 3 && before.at - source->text.at > 4) { /* 2020-Q1 */
        before.at -= 5;
        before.len += 5;
    }
    return begins_with_year(before);
}

/* Is WORD the second one, behind a year? */
static bool
follows_year(const char *text, struct slice word)
{
    struct slice first = word_before(text, (uint32_t)(word.at - text));
    return word.len && begins_with_year(first) &&
           (first.at == text || first.at[-1] == '\n' || first.at[-1] == ' ');
}

static const char date_help[] = "a date is written 2023-10-05, a month 2023-10";

/* 2023-1 or 2023-1-5, on the line before AT: read as a difference. */
static bool
has_short_date(const char *text, uint32_t at)
{
    for (; at > 5 && text[at - 1] != '\n'; at--) {
        const char *year = text + at - 6;
        if (begins_with_year((struct slice){year, 4}) && is_digit(year[1]) &&
            is_digit(year[2]) && is_digit(year[3]) && year[4] == '-' &&
            is_digit(year[5]) && !is_digit(year[6])) {
            return true;
        }
    }
    return false;
}

/* The code of a mapping around AT, up to its colon; empty when there is none
 * on the line. */
static struct slice
code_around(struct slice text, uint32_t at)
{
    uint32_t start = at;
    uint32_t end = at;
    while (start > 0 && !strchr("{,\n", text.at[start - 1])) {
        start--;
    }
    while (end < text.len && !strchr(":,}\n", text.at[end])) {
        end++;
    }
    bool coded = start > 0 && strchr("{,", text.at[start - 1]) &&
                 end < text.len && text.at[end] == ':' &&
                 !memchr(text.at + start, '"', end - start);
    while (start < at && text.at[start] == ' ') {
        start++;
    }
    while (end > at && text.at[end - 1] == ' ') {
        end--;
    }
    return (struct slice){text.at + start, coded ? end - start : 0};
}

/* The name with points in it around AT. */
static struct slice
pointed_name(struct slice text, uint32_t at)
{
    uint32_t start = at;
    uint32_t end = at + 1;
    while (start > 0 &&
           (is_of_word(text.at[start - 1]) || text.at[start - 1] == '.')) {
        start--;
    }
    while (end < text.len &&
           (is_of_word(text.at[end]) || text.at[end] == '.')) {
        end++;
    }
    return (struct slice){text.at + start, end - start};
}

/* Words of other languages in front of what did not fit, which were read as
 * names, and what is written here. */
static const char *
foreign_clause(struct slice before)
{
    static const struct {
        const char *word;
        const char *help;
    } words[] = {
        {"between", "what lies between two values is written in 1..5"},
        {"is", "whether something is there is asked with known(x)"},
        {"limit", "the first rows are asked for with top 5, behind sort by x"},
        {"mod", "there is no remainder here: x - y * floor(x / y)"},
        {"div", "a whole quotient is trunc(x / y)"},
        {"order", "an order is asked for with sort by x"},
        {"select", "a question begins with show: show exports for 2023"},
        {"having", "rows are chosen with where CONDITION"},
        {"when", "a choice is written if CONDITION then x else y"},
    };
    char plain[9] = {0};
    for (size_t i = 0; i < before.len && before.len < sizeof plain; i++) {
        char c = before.at[i];
        plain[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, plain) == 0) {
            return words[i].help;
        }
    }
    return NULL;
}

/* The first word of the line of AT. */
static struct slice
word_of_line(const char *text, uint32_t at)
{
    uint32_t start = at;
    uint32_t end;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    for (end = start; end < at && is_of_word(text[end]);) {
        end++;
    }
    return (struct slice){text + start, end - start};
}

/* Is the comma at AT the first one of a list behind `in`, as in SQL? */
static bool
is_bare_list(const char *text, uint32_t at)
{
    struct slice first = word_before(text, at);
    uint32_t start = (uint32_t)(first.at - text);
    while (start > 0 && strchr(" (", text[start - 1])) {
        start--;
    }
    return slice_is(word_before(text, start), "in");
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

/* Is there a question mark before AT on its line? */
static bool
follows_question(const char *text, uint32_t at)
{
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '?') {
        at--;
    }
    return at > 0 && text[at - 1] == '?';
}

/* Is the word at AT this one? */
static bool
begins_with(struct slice text, uint32_t at, const char *word)
{
    size_t len = strlen(word);
    return text.len - at >= len && memcmp(text.at + at, word, len) == 0 &&
           (text.len - at == len || !is_of_word(text.at[at + len]));
}

/* Is the word at AT one that says how exact a number is? */
static bool
is_hedge(struct slice text, uint32_t at)
{
    return begins_with(text, at, "over") || begins_with(text, at, "nearly") ||
           begins_with(text, at, "about") || begins_with(text, at, "exactly");
}

/* Slips in single signs and in how a name is written; NULL for none. */
static const char *
sign_help(int code, struct slice text, uint32_t at, struct slice before,
          const bool *expected)
{
    if (code == TOK_TIMES && at > 0 && text.at[at - 1] == '*') {
        return "a power is written x ^ 2";
    }
    if (code == TOK_COLON && begins_with_year(before)) {
        return "a range is written 2019..2023";
    }
    if (code == TOK_COLON && follows_question(text.at, at) &&
        expected[TOK_PLUS]) {
        return "a choice is written if CONDITION then x else y; x ? y stands "
               "for x, or y where x is unknown";
    }
    if (code == TOK_COMMA && is_bare_list(text.at, at)) {
        return "a list stands in braces: x in {A, B}";
    }
    if (code == TOK_MINUS && begins_with_year(before) && at + 1 < text.len &&
        is_digit(text.at[at + 1])) {
        return date_help;
    }
    if (is_hedge(text, at) && expected[TOK_EQ]) {
        return "this stands behind a sign: target 2023 exports = over 685B";
    }
    if (code == TOK_LBRACE && slice_is(before, "in")) {
        return "members that are summed are declared as a group: member G2 of "
               "country = KR + JP; then sum(x over country in G2)";
    }
    if (code == TOK_NAME && follows_year(text.at, before) && expected[TOK_EQ]) {
        return "the kind comes before the period: target 2023 exports";
    }
    if (expected[TOK_RPAREN] &&
        (begins_with(text, at, "partial") || slice_is(before, "partial"))) {
        return "`partial` stands behind the value and a comma: sum(x, partial "
               "over country)";
    }
    const char *select = foreign_clause(SLICE("select"));
    const char *foreign = foreign_clause(before);
    if (foreign_clause(word_of_line(text.at, at)) == select) {
        return select;
    }
    return foreign || !begins_indented(text.at, at)
               ? foreign
               : "an indented line goes on with the statement above it";
}

/* A code or a name with other signs in it than names have. */
static bool
explain_name(struct tree_builder *tree, struct diagnostic *record, int code,
             struct slice text, uint32_t at, const bool *expected)
{
    struct slice key = code_around(text, at);
    bool first = expected[TOK_ELSE] && expected[TOK_STRING];
    bool only_colon = expected[TOK_COLON] && !expected[TOK_LBRACKET] &&
                      !expected[TOK_COMMA] && !expected[TOK_PLUS];
    if ((only_colon || first) && key.len) {
        diagnostics_help(tree->diagnostics, record,
                         "a code that is more than a word or a whole number "
                         "stands in quotes: \"%.*s\"",
                         (int)key.len, key.at);
        return true;
    }
    struct slice before = word_before(text.at, at);
    if (code == TOK_DOT && before.len && !is_digit(before.at[0]) &&
        is_of_word(text.at[at - 1]) && at + 1 < text.len &&
        is_of_word(text.at[at + 1])) {
        struct slice name = pointed_name(text, at);
        diagnostics_help(tree->diagnostics, record,
                         "a name with a point in it stands in backquotes: "
                         "`%.*s`",
                         (int)name.len, name.at);
        return true;
    }
    return false;
}

/* Does a coordinate end right before AT? */
static bool
follows_bracket(const char *text, uint32_t at)
{
    while (at > 0 && text[at - 1] == ' ') {
        at--;
    }
    return at > 0 && text[at - 1] == ']';
}

void
tree_explain_slip(struct tree_builder *tree, struct diagnostic *record,
                  int code, struct span span, const bool *expected)
{
    struct diagnostics *list = tree->diagnostics;
    const struct source *source = sources_find(tree->sources, span.start);
    uint32_t at = span.start - source->base;
    const char *text = source->text.at;
    bool year = code == TOK_INT && span.end - span.start == 4;
    bool period = year || code == TOK_PERIOD || code == TOK_RANGE;
    bool digit_before = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    bool digit_after = text[at] && text[at + 1] >= '0' && text[at + 1] <= '9';
    struct slice before = word_before(text, at);
    if (explain_name(tree, record, code, source->text, at, expected)) {
        return;
    }
    if (code == TOK_COMMA && digit_before && digit_after) {
        diagnostics_help(list, record,
                         "decimals are written with a point: 4.5");
    } else if (code == TOK_PERCENT && expected[TOK_PLUS]) {
        diagnostics_help(list, record,
                         "the %% stands right behind the number: 4.5%%");
    } else if (code == TOK_EQ && at > 0 && text[at - 1] == '=') {
        diagnostics_help(list, record, "equality is written with one =");
    } else if (code == TOK_STRING && expected[TOK_NAME]) {
        diagnostics_help(list, record,
                         "a name with blanks stands in backquotes: `two "
                         "words`");
    } else if (code == TOK_EQ && has_short_date(text, at)) {
        diagnostics_help(list, record, "%s", date_help);
    } else if (period && expected[TOK_EQ] &&
               (expected[TOK_LBRACKET] || follows_bracket(text, at))) {
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
    }
    const char *help = sign_help(code, source->text, at, before, expected);
    if (!record->help && help) {
        diagnostics_help(list, record, "%s", help);
    }
}
