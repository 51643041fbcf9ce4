/* Literals, names and texts. */
#include "base/utf8.h"
#include "lexer/scan.h"

#include <ctype.h>

/* The common case, by hand: digits only, at most 18 of them. */
int
scan_integer(struct lexer *lexer, struct token *token, struct slice text)
{
    if (text.len > DECIMAL_DIGITS) {
        return scan_literal(lexer, token, text);
    }
    int64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        value = value * 10 + (text.at[i] - '0');
    }
    bool padded = text.len == 4 && text.at[0] == '0';
    token->value = (struct literal){
        .coefficient = value,
        .flags = padded ? LITERAL_INTEGER | LITERAL_PADDED : LITERAL_INTEGER};
    return token->code = TOK_INT;
}

static int
literal_code(enum literal_kind kind, struct literal literal)
{
    switch (kind) {
    case LITERAL_PERIOD:
        return TOK_PERIOD;
    case LITERAL_DATE:
        return TOK_DATE;
    case LITERAL_NONE:
    case LITERAL_NUMBER:
        break;
    }
    return literal.flags & LITERAL_INTEGER ? TOK_INT : TOK_NUMBER;
}

int
scan_literal(struct lexer *lexer, struct token *token, struct slice text)
{
    enum literal_kind kind;
    enum literal_status status = literal_parse(text, &kind, &token->value);
    if (status != LITERAL_OK) {
        return scan_bad_literal(lexer, token, text, status);
    }
    return token->code = literal_code(kind, token->value);
}

int
scan_money(struct lexer *lexer, struct token *token, struct slice text)
{
    size_t symbol = 1;
    while (symbol < text.len && (text.at[symbol] & 0xC0) == 0x80) {
        symbol++;
    }
    struct slice number = {text.at + symbol, text.len - symbol};
    int code = scan_literal(lexer, token, number);
    if (code == TOK_GRAMMAR_error) {
        return code;
    }
    token->value.name =
        atoms_intern(lexer->atoms, (struct slice){text.at, symbol});
    return token->code = TOK_NUMBER;
}

static bool
range_end(struct lexer *lexer, struct token *token, struct slice text,
          struct literal_range *range, int end)
{
    if (text.len == 0) {
        range->kinds[end] = LITERAL_NONE;
        return true;
    }
    struct slice number = text;
    bool negative = text.at[0] == '-';
    number.at += negative;
    number.len -= negative;
    enum literal_status status =
        literal_parse(number, &range->kinds[end], &range->ends[end]);
    if (status != LITERAL_OK) {
        scan_bad_literal(lexer, token, text, status);
        return false;
    }
    if (negative) {
        literal_negate(&range->ends[end]);
    }
    return true;
}

bool
scan_joins(const struct lexer *lexer, const struct token *token,
           struct slice text)
{
    if (token->span.start == lexer->source->base) {
        return false;
    }
    unsigned char before = (unsigned char)text.at[-1];
    return before >= 0x80 || isalnum(before) ||
           (before && strchr("_`)]%", before));
}

size_t
scan_before_dots(struct slice text)
{
    size_t dots = 0;
    while (text.at[dots] != '.' || text.at[dots + 1] != '.') {
        dots++;
    }
    return dots;
}

int
scan_range(struct lexer *lexer, struct token *token, struct slice text)
{
    size_t dots = scan_before_dots(text);
    struct literal_range *range = arena_new(lexer->arena, struct literal_range);
    struct slice low = {text.at, dots};
    struct slice high = {text.at + dots + 2, text.len - dots - 2};
    if (!range_end(lexer, token, low, range, 0) ||
        !range_end(lexer, token, high, range, 1)) {
        return token->code = TOK_GRAMMAR_error;
    }
    token->value = (struct literal){.range = range};
    return token->code = TOK_RANGE;
}

int
scan_param(struct lexer *lexer, struct token *token, struct slice text)
{
    struct slice name = {text.at + 1, text.len - 1};
    token->value = (struct literal){.name = atoms_intern(lexer->atoms, name)};
    return token->code = TOK_PARAM;
}

/* Bytes of the escape that begins at RAW (behind the backslash); 0 for none
 * that texts have. */
static size_t
escape_length(struct slice raw)
{
    if (raw.len && strchr("\"\\nt{}", raw.at[0])) {
        return 1;
    }
    const char *close = raw.len > 3 && raw.at[0] == 'u' && raw.at[1] == '{'
                            ? memchr(raw.at, '}', raw.len)
                            : NULL;
    size_t digits = close ? (size_t)(close - raw.at) - 2 : 0;
    if (digits < 1 || digits > 6) {
        return 0;
    }
    long point = 0;
    for (size_t i = 0; i < digits; i++) {
        const char *hex = "0123456789abcdef0123456789ABCDEF";
        const char *digit = strchr(hex, raw.at[2 + i]);
        if (!digit) {
            return 0;
        }
        point = point * 16 + (digit - hex) % 16;
    }
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point > 0 && point <= 0x10FFFF && !surrogate ? digits + 3 : 0;
}

static int
too_long(struct lexer *lexer, struct token *token, const char *what, int most)
{
    struct span first = {token->span.start, token->span.start + 1};
    diagnostics_add(lexer->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_TOO_LONG,
                    first, "this %s is longer than %d bytes", what, most);
    return token->code = TOK_GRAMMAR_error;
}

int
scan_string(struct lexer *lexer, struct token *token, struct slice text)
{
    struct slice raw = {text.at + 1, text.len - 2};
    for (size_t at = 0; at < raw.len; at++) {
        if (raw.at[at] != '\\') {
            continue;
        }
        struct slice rest = {raw.at + at + 1, raw.len - at - 1};
        size_t len = escape_length(rest);
        if (!len) {
            uint32_t place = token->span.start + 1 + (uint32_t)at;
            struct diagnostic *record = diagnostics_add(
                lexer->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_ESCAPE,
                (struct span){place, place + 2}, "texts have no such escape");
            diagnostics_help(lexer->diagnostics, record,
                             "write \\\" \\\\ \\n \\t \\{ \\} or \\u{20AC}");
            return token->code = TOK_GRAMMAR_error;
        }
        at += len;
    }
    if (raw.len > LITERAL_TEXT_BYTES &&
        literal_unescape(lexer->arena, raw).len > LITERAL_TEXT_BYTES) {
        return too_long(lexer, token, "text", LITERAL_TEXT_BYTES);
    }
    token->value =
        (struct literal){.text = lexer->source->text.at +
                                 (token->span.start + 1 - lexer->source->base),
                         .len = (uint32_t)raw.len};
    return token->code = TOK_STRING;
}

static int
name_token(struct lexer *lexer, struct token *token, struct slice text)
{
    if (text.len > LITERAL_NAME_BYTES) {
        return too_long(lexer, token, "name", LITERAL_NAME_BYTES);
    }
    token->value = (struct literal){.name = atoms_intern(lexer->atoms, text)};
    return token->code = TOK_NAME;
}

int
scan_word(struct lexer *lexer, struct token *token, struct slice text)
{
    return name_token(lexer, token, text);
}

int
scan_word_pair(struct lexer *lexer, struct token *token)
{
    return name_token(lexer, token, SLICE("as of"));
}

int
scan_quoted(struct lexer *lexer, struct token *token, struct slice text)
{
    struct slice name = {text.at + 1, text.len - 2};
    token->quoted = true;
    if (name.len == 0) {
        diagnostics_add(lexer->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_STRAY_CHARACTER, token->span,
                        "there is no name between the backquotes");
        return token->code = TOK_GRAMMAR_error;
    }
    return name_token(lexer, token, utf8_normalize(lexer->arena, name));
}

/* Words that are 10^12 and more where a milliard is 10^9, and look like those
 * of English. */
static bool
is_of_long_scale(struct slice word)
{
    static const char *const words[] = {
        "Billion",    "Billionen", "Billiarde",  "Billiarden", "billiard",
        "billiards",  "billionen", "billiarden", "Trillion",   "Trillionen",
        "trillionen", "trilliard", "trilliards", "billions",   "trillions"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

size_t
scan_scale_word(struct slice text)
{
    size_t number = text.len;
    while (text.at[number - 1] != ' ' && text.at[number - 1] != '\t' &&
           text.at[number - 1] != '\r' && text.at[number - 1] != '\f') {
        number--;
    }
    struct slice word = {text.at + number, text.len - number};
    if (literal_is_scale(word) && word.len > 1) {
        return text.len;
    }
    if (is_of_long_scale(word)) {
        return 0;
    }
    while (text.at[number - 1] == ' ' || text.at[number - 1] == '\t' ||
           text.at[number - 1] == '\r' || text.at[number - 1] == '\f') {
        number--;
    }
    return number;
}

int
scan_long_scale(struct lexer *lexer, struct token *token)
{
    struct diagnostic *record = diagnostics_add(
        lexer->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_NUMBER, token->span,
        "this scale means one power of ten in English and another elsewhere");
    diagnostics_help(lexer->diagnostics, record,
                     "10^9 is B, billion or milliard; 10^12 is T or trillion; "
                     "1000 T is 10^15");
    return token->code = TOK_GRAMMAR_error;
}

size_t
scan_name_length(struct slice text)
{
    size_t at = 0;
    while (at < text.len) {
        int32_t point;
        struct slice rest = {text.at + at, text.len - at};
        size_t bytes = utf8_next(rest, &point);
        if (!utf8_is_name(point, at == 0)) {
            return at ? at : bytes;
        }
        at += bytes;
    }
    return at;
}

int
scan_unicode(struct lexer *lexer, struct token *token, struct slice text)
{
    int32_t point;
    utf8_next(text, &point);
    if (point == 0xB1) { /* the sign for +- */
        return scan_sign(token, TOK_PM);
    }
    if (!utf8_is_name(point, true)) {
        return scan_stray(lexer, token, text);
    }
    return name_token(lexer, token, utf8_normalize(lexer->arena, text));
}
