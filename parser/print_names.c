/* How names are written: bare, in backquotes, as digits or as a text. */
#include "base/utf8.h"
#include "lexer/lexer.h"
#include "parser/print_words.h"

static bool
is_digits(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return text.len > 0;
}

/* FY2023 is a period before it is a name. */
static bool
is_fiscal_year(struct slice text)
{
    return text.len == 6 && text.at[0] == 'F' && text.at[1] == 'Y' &&
           is_digits((struct slice){text.at + 2, 4});
}

static bool
is_normal(struct slice text)
{
    if (utf8_is_ascii(text)) {
        return true;
    }
    struct arena arena;
    arena_init(&arena);
    bool normal = slice_equal(utf8_normalize(&arena, text), text);
    arena_free(&arena);
    return normal;
}

/* Is TEXT written like a name, so that it reads back bare? */
static bool
is_name(struct slice text)
{
    struct slice rest = text;
    while (rest.len) {
        int32_t point;
        size_t bytes = utf8_next(rest, &point);
        if (!utf8_is_name(point, rest.len == text.len)) {
            return false;
        }
        rest = (struct slice){rest.at + bytes, rest.len - bytes};
    }
    return text.len > 0 && !is_fiscal_year(text);
}

/* Can TEXT stand in backquotes, and be seen for what it is? */
static bool
is_quotable(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < ' ' || c == '`' || c == 0x7F) {
            return false;
        }
    }
    return text.len > 0 && is_normal(text);
}

/* A code is digits that the lexer takes for one whole number. */
static bool
is_code(struct slice text)
{
    return is_digits(text) && text.len < 200;
}

/* `5 million` is a number: a name like a scale cannot follow digits. */
static bool
follows_digit(const struct printer *printer)
{
    const struct buffer *text = &printer->text;
    return text->len && text->text[text->len - 1] >= '0' &&
           text->text[text->len - 1] <= '9';
}

static void
put_name(struct printer *printer, struct slice text)
{
    bool scale = text.len > 1 && literal_is_scale(text);
    if (!is_name(text) || (scale && follows_digit(printer))) {
        printer->next.name = PRINT_QUOTED;
    } else if (lexer_keyword_find(text)) {
        printer->next.name = PRINT_KEYWORD;
        printer->keywords = true;
    }
    print_put(printer, text);
}

static void
put_text(struct printer *printer, struct slice text)
{
    struct buffer escaped = {0};
    buffer_add_char(&escaped, '"');
    literal_escape(&escaped, text, false);
    buffer_add_char(&escaped, '"');
    print_put(printer, buffer_slice(&escaped));
    buffer_free(&escaped);
}

void
print_put_name(struct printer *printer, const struct node *name)
{
    put_name(printer, atoms_text(printer->atoms, name->value.name));
}

void
print_put_member(struct printer *printer, const struct node *member)
{
    if (!print_is(member, NODE_NAME)) {
        print_node(printer, member);
        return;
    }
    struct slice text = atoms_text(printer->atoms, member->value.name);
    if (is_code(text)) {
        print_put(printer, text);
    } else if (is_quotable(text)) {
        put_name(printer, text);
    } else {
        put_text(printer, text);
    }
}

/* Codes of a column are data: the odd ones stand in quotes. */
void
print_put_code(struct printer *printer, const struct node *code)
{
    struct slice text = atoms_text(printer->atoms, code->value.name);
    if (is_name(text) && is_normal(text)) {
        put_name(printer, text);
    } else if (is_code(text)) {
        print_put(printer, text);
    } else {
        put_text(printer, text);
    }
}

void
print_name(struct buffer *buffer, struct slice name)
{
    bool scale = literal_is_scale(name);
    bool quoted = !is_name(name) || scale || lexer_keyword_find(name);
    buffer_format(buffer, quoted ? "`%.*s`" : "%.*s", (int)name.len, name.at);
}

bool
print_can_quote(struct slice name)
{
    return name.len && !memchr(name.at, '`', name.len) &&
           !memchr(name.at, '\n', name.len);
}

void
print_member(struct buffer *buffer, struct slice code)
{
    if (is_code(code)) {
        buffer_add_slice(buffer, code);
    } else if (is_quotable(code)) {
        print_name(buffer, code);
    } else {
        buffer_add_char(buffer, '"');
        literal_escape(buffer, code, false);
        buffer_add_char(buffer, '"');
    }
}
