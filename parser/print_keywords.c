/* Which names are read as keywords where they stand.
 *
 * A word is a keyword where the parser could accept it as one, and only the
 * parser knows where that is.  So the printer asks it: the words of a statement
 * are parsed once more, and at each name that is a keyword somewhere the
 * grammar says whether it would be one here.  Most statements have no such
 * name and skip all this.  (A list of words that are always quoted was the
 * alternative; it would have put backquotes around half of the names that
 * people give to metrics.)
 */
#include "parser/grammar.tab.h"
#include "parser/parse.h"
#include "parser/print_words.h"

#include <stdlib.h>

/* A second reading of the words, by a parser whose trees nobody wants. */
struct rereading {
    struct atoms atoms;
    struct sources sources;
    struct diagnostics diagnostics;
    struct parser parser;
    const struct source *source;
    const uint32_t *offsets; /* of the words that are PRINT_KEYWORD */
    size_t count;
    bool *seen;
    bool *taken;
};

/* Would the bare word behind TOKEN's backquotes be a keyword? */
static bool
is_taken(const struct rereading *reading, const struct token *token)
{
    const struct source *source = reading->source;
    uint32_t end = token->span.end - source->base;
    const char *rest = source->text.at + end;
    int keyword = lexer_keyword(token->value.name);
    bool before_of = keyword == TOK_AS && (strncmp(rest, " of", 3) == 0 ||
                                           strncmp(rest, " `of`", 5) == 0);
    return grammar_accepts(reading->parser.state, keyword) ||
           (before_of && grammar_accepts(reading->parser.state, TOK_ASOF));
}

static bool
push(struct rereading *reading, struct token *token)
{
    struct parser *parser = &reading->parser;
    union GRAMMAR_STYPE value;
    struct span span = token->span;
    int keyword = token->code == TOK_NAME && !token->quoted
                      ? lexer_keyword(token->value.name)
                      : 0;
    if (keyword && grammar_accepts(parser->state, keyword)) {
        token->code = keyword;
    }
    memset(&value, 0, sizeof value);
    memcpy(&value, &token->value, sizeof token->value);
    int status = grammar_push_parse(parser->state, token->code, &value, &span,
                                    &parser->builder);
    return status == YYPUSH_MORE && reading->diagnostics.error_count == 0;
}

/* Reads CONTEXT and the words; goes as far as they make sense together. */
static void
read_again(struct rereading *reading, const char *context, struct slice words)
{
    struct parser *parser = &reading->parser;
    struct buffer text = {0};
    size_t next = 0;
    buffer_add_text(&text, context);
    uint32_t shift = (uint32_t)text.len;
    buffer_add_slice(&text, words);
    reading->source = sources_add(&reading->sources, "", buffer_slice(&text));
    buffer_free(&text);
    if (!reading->source || !parser_start(parser, reading->source)) {
        return;
    }
    shift += reading->source->base;
    for (;;) {
        struct token token;
        lexer_next(&parser->lexer, &parser->arena, &token);
        if (next < reading->count &&
            token.span.start == shift + reading->offsets[next]) {
            reading->seen[next] = true;
            reading->taken[next] |= is_taken(reading, &token);
            next++;
        }
        if (next == reading->count || token.code == TOK_YYEOF ||
            token.code == TOK_GRAMMAR_error || !push(reading, &token)) {
            break;
        }
    }
    diagnostics_clear(&reading->diagnostics);
    parser->builder.reported = parser->builder.failed = false;
}

/* The words on one line, every name that is a keyword in backquotes. */
static void
quote_all(struct printer *printer, struct buffer *text, uint32_t *offsets)
{
    for (size_t i = 0; i < printer->count; i++) {
        const struct print_word *word = &printer->words[i];
        const char *quote = word->name == PRINT_TEXT ? "" : "`";
        buffer_add_text(text, i && !word->tight ? " " : "");
        if (word->name == PRINT_KEYWORD) {
            *offsets++ = (uint32_t)text->len;
        }
        buffer_add_text(text, quote);
        buffer_add(text, printer->text.text + word->start, word->len);
        buffer_add_text(text, quote);
    }
}

static bool
is_word(const struct printer *printer, size_t index, const char *text)
{
    const struct print_word *word = &printer->words[index];
    struct slice found = {printer->text.text + word->start, word->len};
    return slice_is(found, text);
}

static void
settle(struct printer *printer, const struct rereading *reading)
{
    size_t name = 0;
    for (size_t i = 0; i < printer->count; i++) {
        struct print_word *word = &printer->words[i];
        if (word->name == PRINT_KEYWORD) {
            /* `show x as of` would be the start of `as of DATE`. */
            bool joined = i > 0 && is_word(printer, i, "of") &&
                          is_word(printer, i - 1, "as") &&
                          printer->words[i - 1].name == PRINT_TEXT;
            bool bare = reading->seen[name] && !reading->taken[name];
            word->name = bare && !joined ? PRINT_TEXT : PRINT_QUOTED;
            name++;
        }
    }
}

void
print_decide_names(struct printer *printer, const char *const *contexts)
{
    struct rereading reading = {.count = 0};
    struct buffer text = {0};
    for (size_t i = 0; i < printer->count; i++) {
        reading.count += printer->words[i].name == PRINT_KEYWORD;
    }
    struct arena arena;
    arena_init(&arena);
    uint32_t *offsets = arena_array(&arena, uint32_t, reading.count);
    reading.offsets = offsets;
    reading.seen = arena_array(&arena, bool, reading.count);
    reading.taken = arena_array(&arena, bool, reading.count);
    quote_all(printer, &text, offsets);
    atoms_init(&reading.atoms);
    sources_init(&reading.sources);
    diagnostics_init(&reading.diagnostics);
    parser_init(&reading.parser, &reading.atoms, &reading.sources,
                &reading.diagnostics);
    for (; *contexts; contexts++) {
        read_again(&reading, *contexts, buffer_slice(&text));
    }
    settle(printer, &reading);
    parser_free(&reading.parser);
    diagnostics_free(&reading.diagnostics);
    sources_free(&reading.sources);
    atoms_free(&reading.atoms);
    buffer_free(&text);
    arena_free(&arena);
}
