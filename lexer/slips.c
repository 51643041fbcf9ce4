/* The mistakes that people make in the text itself, each named as what it is
 * and with what to write instead. */
#include "base/utf8.h"
#include "lexer/scan.h"

static struct diagnostic *
report(struct lexer *lexer, const struct token *token,
       enum diagnostic_code code, const char *message)
{
    return diagnostics_add(lexer->diagnostics, SEVERITY_ERROR, code,
                           token->span, "%s", message);
}

/* 2023-24, where the second number cannot be a month. */
static bool
is_two_years(struct slice text)
{
    return text.len == 7 && text.at[4] == '-' && text.at[5] >= '0' &&
           text.at[5] <= '9' && memcmp(text.at + 5, text.at + 2, 2) > 0;
}

/* Does a colon stand behind the token, in brackets: {01A: exports}? */
static bool
is_code(const struct lexer *lexer)
{
    struct slice text = lexer->source->text;
    size_t at = lexer->at - lexer->source->base;
    while (at < text.len && text.at[at] == ' ') {
        at++;
    }
    return lexer->open_count && at < text.len && text.at[at] == ':';
}

int
scan_bad_literal(struct lexer *lexer, struct token *token, struct slice text,
                 enum literal_status status)
{
    struct diagnostics *list = lexer->diagnostics;
    struct diagnostic *record;
    size_t digits = 0;
    switch (status) {
    case LITERAL_NO_SUCH_PERIOD:
        record = report(lexer, token, DIAGNOSTIC_BAD_PERIOD,
                        "there is no such period or date");
        if (is_two_years(text)) {
            diagnostics_help(list, record,
                             "for two years write %.4s..%.2s%.2s, for a "
                             "fiscal year FY%.4s, for a month %.4s-01 to "
                             "%.4s-12",
                             text.at, text.at, text.at + 5, text.at, text.at,
                             text.at);
        } else {
            diagnostics_help(list, record,
                             "periods are written 2023, 2023-H1, 2023-Q3, "
                             "2023-10, 2023-W40 and 2023-10-05");
        }
        break;
    case LITERAL_TOO_LARGE:
        record = report(lexer, token, DIAGNOSTIC_NUMBER_RANGE,
                        "this number is beyond what can be kept");
        break;
    case LITERAL_OK:
    case LITERAL_NOT_A_LITERAL:
    case LITERAL_GLUED:
        record = report(lexer, token, DIAGNOSTIC_BAD_NUMBER,
                        "a number and a word stick together");
        if (is_code(lexer)) {
            diagnostics_help(list, record,
                             "a code that is more than a word or a whole "
                             "number stands in quotes: \"%.*s\"",
                             (int)text.len, text.at);
            break;
        }
        while (digits < text.len && strchr("0123456789._", text.at[digits])) {
            digits++;
        }
        diagnostics_help(list, record,
                         "scales are K M B T; before a unit put a blank: "
                         "%.*s %.*s",
                         (int)digits, text.at, (int)(text.len - digits),
                         text.at + digits);
        break;
    }
    return token->code = TOK_GRAMMAR_error;
}

int
scan_odd_period(struct lexer *lexer, struct token *token, struct slice text)
{
    struct diagnostic *record = report(lexer, token, DIAGNOSTIC_BAD_PERIOD,
                                       "there is no such period or date");
    bool date = text.len > 7 && text.at[7] == '-';
    diagnostics_help(lexer->diagnostics, record,
                     date ? "dates are written 2023-10-05"
                          : "for a range of years write 2019..2023; for a "
                            "subtraction put blanks around the minus");
    return token->code = TOK_GRAMMAR_error;
}

int
scan_thousands(struct lexer *lexer, struct token *token, struct slice text)
{
    struct buffer plain = {0};
    buffer_clear(&plain);
    for (size_t i = 0; i < text.len; i++) {
        buffer_add_char(&plain, (char)(text.at[i] == ',' ? '_' : text.at[i]));
    }
    struct diagnostic *record =
        report(lexer, token, DIAGNOSTIC_BAD_NUMBER,
               "numbers have no commas between thousands");
    diagnostics_help(lexer->diagnostics, record,
                     "write %s; between two numbers of a list put a blank "
                     "behind the comma",
                     plain.text);
    buffer_free(&plain);
    return token->code = TOK_GRAMMAR_error;
}

bool
scan_is_list(const struct lexer *lexer)
{
    return lexer->open_count > 0;
}

size_t
scan_before_comma(struct slice text)
{
    return (size_t)((const char *)memchr(text.at, ',', text.len) - text.at);
}

int
scan_decimal_comma(struct lexer *lexer, struct token *token, struct slice text)
{
    int whole = (int)scan_before_comma(text);
    struct diagnostic *record = report(lexer, token, DIAGNOSTIC_BAD_NUMBER,
                                       "decimals are written with a point");
    diagnostics_help(lexer->diagnostics, record,
                     "write %.*s.%.*s; between two numbers of a list put a "
                     "blank behind the comma",
                     whole, text.at, (int)text.len - whole - 1,
                     text.at + whole + 1);
    return token->code = TOK_GRAMMAR_error;
}

int
scan_unclosed(struct lexer *lexer, struct token *token, struct slice text)
{
    bool is_name = text.at[0] == '`';
    token->span.end = token->span.start + 1;
    struct diagnostic *record =
        report(lexer, token, DIAGNOSTIC_UNCLOSED_STRING,
               is_name ? "this name in backquotes is not closed on its line"
                       : "this text is not closed on its line");
    if (!is_name) {
        diagnostics_help(lexer->diagnostics, record,
                         "write \\n for a line break inside a text");
    }
    return token->code = TOK_GRAMMAR_error;
}

/* Characters that look like one of ours. */
static const struct {
    int32_t point;
    const char *name;
    const char *write;
} look_alikes[] = {
    {0x2018, "a curved quote", "\""},
    {0x2019, "a curved quote", "\""},
    {0x201C, "a curved quote", "\""},
    {0x201D, "a curved quote", "\""},
    {0x201E, "a low quote", "\""},
    {0x00AB, "an angle quote", "\""},
    {0x00BB, "an angle quote", "\""},
    {0x2212, "the Unicode minus", "-"},
    {0x2013, "a dash", "- or .."},
    {0x2014, "a dash", "- or .."},
    {0x00A0, "a non-breaking space", "a blank"},
    {0x202F, "a narrow space", "a blank"},
    {0x2009, "a thin space", "a blank"},
    {0x3000, "a wide space", "a blank"},
    {0x00D7, "a multiplication sign", "*"},
    {0x00F7, "a division sign", "/"},
    {0x2264, "an at-most sign", "<="},
    {0x2265, "an at-least sign", ">="},
    {0x2260, "a not-equal sign", "!="},
    {0x2248, "an about-equal sign", "~"},
    {0x2026, "three dots", ".."},
    {0x3001, "an ideographic comma", ","},
    {0x3002, "an ideographic stop", "."},
};

static void
describe_look_alike(struct lexer *lexer, const struct token *token,
                    int32_t point, struct slice character)
{
    struct diagnostic *record = NULL;
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++) {
        if (look_alikes[i].point == point) {
            record = diagnostics_add(lexer->diagnostics, SEVERITY_ERROR,
                                     DIAGNOSTIC_LOOK_ALIKE, token->span,
                                     "this is %s", look_alikes[i].name);
            diagnostics_help(lexer->diagnostics, record, "write %s",
                             look_alikes[i].write);
            return;
        }
    }
    if (point >= 0xFF01 && point <= 0xFF5E) {
        record = report(lexer, token, DIAGNOSTIC_LOOK_ALIKE,
                        "this is a full-width character");
        diagnostics_help(lexer->diagnostics, record, "write %c",
                         (char)(point - 0xFEE0));
        return;
    }
    struct buffer shown = {0};
    utf8_add_visible(&shown, character);
    record = diagnostics_add(
        lexer->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_STRAY_CHARACTER,
        token->span, "the character %s has no meaning here", shown.text);
    buffer_free(&shown);
    if (point == '!') {
        diagnostics_help(lexer->diagnostics, record, "write not, or !=");
    } else if (point == '\'') {
        diagnostics_help(lexer->diagnostics, record,
                         "texts stand in double quotes");
    } else if (point == '$' || (point >= 0x20A0 && point <= 0x20CF) ||
               point == 0xA3 || point == 0xA5) {
        diagnostics_help(lexer->diagnostics, record,
                         "a currency's sign stands before the number ($5); "
                         "its name, behind it (5 USD)");
    } else if (point == '&' || point == '|') {
        diagnostics_help(lexer->diagnostics, record, "write and, or");
    }
}

int
scan_stray(struct lexer *lexer, struct token *token, struct slice text)
{
    int32_t point;
    size_t bytes = utf8_next(text, &point);
    describe_look_alike(lexer, token, point, (struct slice){text.at, bytes});
    return token->code = TOK_GRAMMAR_error;
}
