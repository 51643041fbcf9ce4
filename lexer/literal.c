#include "lexer/literal.h"

#include "base/utf8.h"

#include <stdlib.h>

/* A literal remembers how its scale was spelled, where K M B T would not do:
 * behind the exponent in its byte `scale`. */
enum { SPELLING_SHIFT = 4, EXPONENT_MASK = 15 };

static const struct {
    struct slice word;
    uint8_t scale;
    uint8_t spelling; /* 0: it is printed as K, M, B or T */
} scale_words[] = {
    {{"K", 1}, 3, 0},
    {{"k", 1}, 3, 0},
    {{"M", 1}, 6, 0},
    {{"B", 1}, 9, 0},
    {{"T", 1}, 12, 0},
    {{"mn", 2}, 6, 0},
    {{"mln", 3}, 6, 0},
    {{"bn", 2}, 9, 0},
    {{"mld", 3}, 9, 0},
    {{"mrd", 3}, 9, 0},
    {{"tn", 2}, 12, 0},
    {{"tln", 3}, 12, 0},
    {{"thousand", 8}, 3, 0},
    {{"million", 7}, 6, 0},
    {{"milliard", 8}, 9, 0},
    {{"billion", 7}, 9, 0},
    {{"trillion", 8}, 12, 0},
    {{"lakh", 4}, 5, 1},
    {{"crore", 5}, 7, 1},
    {{"\xEB\xA7\x8C", 3}, 4, 1},              /* man, Korean */
    {{"\xE4\xB8\x87", 3}, 4, 2},              /* wan, man */
    {{"\xE8\x90\xAC", 3}, 4, 3},              /* the same, traditional */
    {{"\xEC\x96\xB5", 3}, 8, 1},              /* eok, Korean */
    {{"\xE5\x84\x84", 3}, 8, 2},              /* oku, yi */
    {{"\xE4\xBA\xBF", 3}, 8, 3},              /* yi, simplified */
    {{"\xEC\xA1\xB0", 3}, 12, 1},             /* jo, Korean */
    {{"\xE5\x85\x86", 3}, 12, 2},             /* cho, zhao */
    {{"\xE4\xB8\x87\xE4\xBA\xBF", 6}, 12, 3}, /* wanyi, simplified */
};

enum { SCALE_WORDS = sizeof scale_words / sizeof *scale_words };

/* The row of a word in the table; SCALE_WORDS when it is none. */
static size_t
find_scale(struct slice word)
{
    size_t row = 0;
    while (row < SCALE_WORDS && !slice_equal(word, scale_words[row].word)) {
        row++;
    }
    return row;
}

int
literal_scale_word(struct slice word)
{
    size_t row = find_scale(word);
    return row < SCALE_WORDS && scale_words[row].scale % 3 == 0
               ? scale_words[row].scale
               : 0;
}

bool
literal_is_scale(struct slice word)
{
    return find_scale(word) < SCALE_WORDS;
}

int
literal_scale(struct literal literal)
{
    return literal.scale & EXPONENT_MASK;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads digits, point and underscores into LITERAL; returns the bytes read. */
static size_t
read_mantissa(struct slice text, struct literal *literal)
{
    size_t at = 0;
    int kept = 0;
    bool after_point = false;
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (c == '_') {
            literal->flags |= LITERAL_GROUPED;
        } else if (c == '.' && !after_point && at + 1 < text.len &&
                   is_digit(text.at[at + 1])) {
            after_point = true;
            literal->flags &= (uint8_t)~LITERAL_INTEGER;
        } else if (!is_digit(c)) {
            break;
        } else if (kept < DECIMAL_DIGITS) {
            literal->coefficient = literal->coefficient * 10 + (c - '0');
            kept += literal->coefficient != 0;
            literal->exponent = (int16_t)(literal->exponent - after_point);
        } else {
            literal->flags |= LITERAL_LONG;
            literal->exponent = (int16_t)(literal->exponent + !after_point);
        }
    }
    return at;
}

/* Reads e9, e-3; returns the bytes read, 0 when there is no exponent. */
static size_t
read_exponent(struct slice text, int *exponent)
{
    size_t at = 1;
    int sign = 1;
    *exponent = 0;
    if (text.len < 2 || (text.at[0] != 'e' && text.at[0] != 'E')) {
        return 0;
    }
    if (text.at[at] == '+' || text.at[at] == '-') {
        sign = text.at[at++] == '-' ? -1 : 1;
    }
    size_t first = at;
    while (at < text.len && is_digit(text.at[at])) {
        if (*exponent < 10000) {
            *exponent = *exponent * 10 + (text.at[at] - '0');
        }
        at++;
    }
    *exponent *= sign;
    return at > first ? at : 0;
}

static enum literal_status
parse_number(struct slice text, struct literal *literal)
{
    int exponent = 0;
    literal->flags = LITERAL_INTEGER;
    size_t at = text.len < 30000 ? read_mantissa(text, literal) : 0;
    if (at == 0) {
        return text.len < 30000 ? LITERAL_NOT_A_LITERAL : LITERAL_TOO_LARGE;
    }
    struct slice rest = {text.at + at, text.len - at};
    size_t used = read_exponent(rest, &exponent);
    if (used) {
        literal->flags |= LITERAL_SCIENTIFIC;
        literal->flags &= (uint8_t)~LITERAL_INTEGER;
        rest = (struct slice){rest.at + used, rest.len - used};
    }
    while (rest.len && (rest.at[0] == ' ' || rest.at[0] == '\t')) {
        rest = (struct slice){rest.at + 1, rest.len - 1};
    }
    if (slice_is(rest, "%")) {
        literal->flags |= LITERAL_PERCENT;
        exponent -= 2;
    } else if (rest.len) {
        size_t row = find_scale(rest);
        if (row == SCALE_WORDS) {
            return LITERAL_GLUED;
        }
        literal->scale = (uint8_t)(scale_words[row].scale |
                                   scale_words[row].spelling << SPELLING_SHIFT);
        exponent += scale_words[row].scale;
    }
    if (literal->flags & LITERAL_PERCENT || literal->scale) {
        literal->flags &= (uint8_t)~LITERAL_INTEGER;
    }
    if (literal->flags & LITERAL_INTEGER && text.len == 4 &&
        text.at[0] == '0') {
        literal->flags |= LITERAL_PADDED;
    }
    exponent += literal->exponent;
    if (exponent > DECIMAL_EXPONENT_MAX - DECIMAL_DIGITS ||
        exponent < -DECIMAL_EXPONENT_MAX) {
        return LITERAL_TOO_LARGE;
    }
    literal->exponent = (int16_t)exponent;
    return LITERAL_OK;
}

/* Four digits, then - or a letter: some spelling of a period. */
static bool
looks_like_period(struct slice text)
{
    for (size_t i = 0; i < 4; i++) {
        if (i >= text.len || !is_digit(text.at[i])) {
            return text.len > 2 && text.at[0] == 'F' && text.at[1] == 'Y';
        }
    }
    return text.len > 5 && (text.at[4] == '-' || (strchr("QHSMW", text.at[4]) &&
                                                  is_digit(text.at[5])));
}

enum literal_status
literal_parse(struct slice text, enum literal_kind *kind,
              struct literal *literal)
{
    struct period period;
    bool fiscal;
    *literal = (struct literal){0};
    *kind = LITERAL_NUMBER;
    if (!looks_like_period(text)) {
        return parse_number(text, literal);
    }
    if (!period_parse(text, &period, &fiscal)) {
        *kind = LITERAL_PERIOD;
        return LITERAL_NO_SUCH_PERIOD;
    }
    *kind = period.frequency == FREQUENCY_D ? LITERAL_DATE : LITERAL_PERIOD;
    literal->ordinal = period.ordinal;
    literal->scale = (uint8_t)period.frequency;
    literal->flags = fiscal ? LITERAL_FISCAL : 0;
    return LITERAL_OK;
}

/* Digits of a plain number in groups of three: 1_000_000. */
static void
print_grouped(struct buffer *buffer, struct slice digits)
{
    size_t whole = 0;
    if (digits.len && digits.at[0] == '-') {
        buffer_add_char(buffer, '-');
        digits.at++;
        digits.len--;
    }
    while (whole < digits.len && is_digit(digits.at[whole])) {
        whole++;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (i && i < whole && (whole - i) % 3 == 0) {
            buffer_add_char(buffer, '_');
        }
        buffer_add_char(buffer, digits.at[i]);
    }
}

/* The scale as it was spelled; a word stands apart from the number. */
static void
print_scale(struct buffer *buffer, struct literal literal)
{
    static const char letters[] = "?  K  M  B  T";
    uint8_t spelling = literal.scale >> SPELLING_SHIFT;
    for (size_t i = 0; spelling && i < SCALE_WORDS; i++) {
        if (scale_words[i].scale == literal_scale(literal) &&
            scale_words[i].spelling == spelling) {
            struct slice word = scale_words[i].word;
            buffer_add_text(buffer,
                            (unsigned char)word.at[0] < 0x80 ? " " : "");
            buffer_add_slice(buffer, word);
            return;
        }
    }
    buffer_add_char(buffer, letters[literal_scale(literal)]);
}

void
literal_print_number(struct buffer *buffer, struct literal literal,
                     struct slice text)
{
    struct decimal decimal = literal_decimal(literal);
    if (literal.flags & LITERAL_LONG) {
        buffer_add_slice(buffer, text);
        return;
    }
    struct buffer digits = {0};
    int scale = literal.flags & LITERAL_PERCENT ? -2 : literal_scale(literal);
    if (literal.flags & LITERAL_PADDED) {
        buffer_format(buffer, "%04lld", (long long)literal.coefficient);
        return;
    }
    if (literal.flags & LITERAL_SCIENTIFIC) {
        decimal.exponent = (int16_t)(decimal.exponent - scale);
        decimal_print_scientific(&digits, decimal);
    } else {
        decimal_print(&digits, decimal, scale);
    }
    if (literal.flags & LITERAL_GROUPED) {
        print_grouped(buffer, buffer_slice(&digits));
    } else {
        buffer_add_slice(buffer, buffer_slice(&digits));
    }
    buffer_free(&digits);
    if (literal.flags & LITERAL_PERCENT) {
        buffer_add_char(buffer, '%');
    } else if (literal.scale) {
        print_scale(buffer, literal);
    }
}

/* Reads the hexadecimal digits of \u{...}; returns the bytes read or 0. */
static size_t
read_code_point(struct slice text, int32_t *point)
{
    if (text.len < 3 || text.at[0] != '{') {
        return 0;
    }
    char *end;
    long value = strtol(text.at + 1, &end, 16);
    if (*end != '}' || value < 0 || value > 0x10FFFF) {
        return 0;
    }
    *point = (int32_t)value;
    return (size_t)(end - text.at) + 1;
}

struct slice
literal_unescape(struct arena *arena, struct slice raw)
{
    if (!raw.len || !memchr(raw.at, '\\', raw.len)) {
        return raw;
    }
    struct buffer buffer = {0};
    for (size_t at = 0; at < raw.len; at++) {
        char c = raw.at[at];
        if (c != '\\' || at + 1 == raw.len) {
            buffer_add_char(&buffer, c);
            continue;
        }
        c = raw.at[++at];
        int32_t point = 0;
        if (c == 'n') {
            buffer_add_char(&buffer, '\n');
        } else if (c == 't') {
            buffer_add_char(&buffer, '\t');
        } else if (c == 'u') {
            struct slice rest = {raw.at + at + 1, raw.len - at - 1};
            at += read_code_point(rest, &point);
            utf8_add(&buffer, point);
        } else {
            buffer_add_char(&buffer, c);
        }
    }
    struct slice result = {arena_copy(arena, buffer.text, buffer.len),
                           buffer.len};
    buffer_free(&buffer);
    return result;
}

/* Characters that reorder, break or hide the line they stand in, where a reader
 * of it would take it for something else than it is. */
static bool
misleads(int32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
           point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

void
literal_escape(struct buffer *buffer, struct slice text, bool braces)
{
    while (text.len) {
        char c = text.at[0];
        int32_t point;
        size_t bytes = utf8_next(text, &point);
        if (c == '"' || c == '\\' || (braces && (c == '{' || c == '}'))) {
            buffer_add_char(buffer, '\\');
            buffer_add_char(buffer, c);
        } else if (c == '\n') {
            buffer_add_text(buffer, "\\n");
        } else if (c == '\t') {
            buffer_add_text(buffer, "\\t");
        } else if (misleads(point)) {
            buffer_format(buffer, "\\u{%X}", (unsigned)point);
        } else {
            buffer_add(buffer, text.at, bytes);
        }
        text.at += bytes;
        text.len -= bytes;
    }
}
