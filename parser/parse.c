#include "parser/parse.h"

#include "base/utf8.h"
#include "parser/grammar.tab.h"

void
parser_init(struct parser *parser, struct atoms *atoms,
            const struct sources *sources, struct diagnostics *diagnostics)
{
    *parser = (struct parser){
        .sources = sources,
        .statement_bytes = PARSER_STATEMENT_BYTES,
    };
    lexer_init(&parser->lexer, atoms, diagnostics);
    parser->builder = (struct tree_builder){
        .arena = &parser->arena,
        .atoms = atoms,
        .sources = sources,
        .diagnostics = diagnostics,
        .lexer = &parser->lexer,
    };
    parser->state = grammar_pstate_new();
}

void
parser_free(struct parser *parser)
{
    grammar_pstate_delete(parser->state);
    shape_free(&parser->shape);
    lexer_free(&parser->lexer);
    arena_free(&parser->arena);
}

/* Forgets how far the grammar has come.  After a mistake it may still be
 * looking for a closing bracket, and would keep quiet for three tokens. */
static void
restart(struct parser *parser)
{
    grammar_restart(parser->state);
}

static bool
report_byte(struct parser *parser, const struct source *source, size_t at,
            enum diagnostic_code code, const char *what)
{
    uint32_t place = source->base + (uint32_t)at;
    struct diagnostics *list = parser->lexer.diagnostics;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, code, (struct span){place, place + 1},
        "byte %zu (0x%02X) is %s", at, (unsigned char)source->text.at[at],
        what);
    diagnostics_help(list, record, "save the file as UTF-8");
    return false;
}

bool
parser_start(struct parser *parser, const struct source *source)
{
    size_t broken = utf8_check(source->text);
    const char *nul = memchr(source->text.at, '\0', broken);
    if (nul) { /* a binary file, or UTF-16; in a name it would end it */
        return report_byte(parser, source, (size_t)(nul - source->text.at),
                           DIAGNOSTIC_STRAY_CHARACTER, "no character");
    }
    if (broken < source->text.len) {
        return report_byte(parser, source, broken, DIAGNOSTIC_NOT_UTF8,
                           "not UTF-8");
    }
    lexer_start(&parser->lexer, source);
    restart(parser);
    return true;
}

/* Words that no declared name may be.  Where one does not fit it is read as a
 * name all the same, but is remembered as what was probably meant. */
static bool
is_reserved(int code)
{
    static const int codes[] = {
        TOK_IF, TOK_THEN, TOK_ELSE,    TOK_AND,      TOK_OR,       TOK_NOT,
        TOK_IN, TOK_TO,   TOK_BY,      TOK_FOR,      TOK_TRUE,     TOK_FALSE,
        TOK_UP, TOK_DOWN, TOK_UNKNOWN, TOK_POSSIBLY, TOK_CERTAINLY};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i] == code) {
            return true;
        }
    }
    return false;
}

/* Would the statement just read make sense too with WORD as a name? */
static bool
reads_with_name(struct parser *parser, struct span word)
{
    struct diagnostics silent;
    struct parser other;
    struct buffer text = {0};
    const struct node *statement;
    diagnostics_init(&silent);
    buffer_add_slice(&text, sources_text(parser->sources, parser->statement));
    size_t len = text.len;
    buffer_fill(&text, '\0', 2); /* as the lexer wants it */
    struct source source = {.text = {text.text, len},
                            .base = parser->statement.start};
    parser_init(&other, parser->lexer.atoms, parser->sources, &silent);
    other.as_name = word;
    bool reads = parser_start(&other, &source) &&
                 parser_next(&other, &statement) == PARSE_STATEMENT;
    parser_free(&other);
    diagnostics_free(&silent);
    buffer_free(&text);
    return reads;
}

/* A name that somebody declared would have fitted here too. */
static void
warn_shadowed(struct parser *parser, struct span span)
{
    struct diagnostics *list = parser->lexer.diagnostics;
    struct slice word = sources_text(parser->sources, span);
    struct diagnostic *record =
        diagnostics_add(list, SEVERITY_WARNING, DIAGNOSTIC_SHADOWED_KEYWORD,
                        span, "`%.*s` is read as a word of the language here",
                        (int)word.len, word.at);
    diagnostics_help(list, record, "for the name write `%.*s` in backquotes",
                     (int)word.len, word.at);
}

/* Whether a keyword hid a name is known when the statement is whole: `source
 * bizwire "Korea Bizwire"` makes no sense with a metric called source.  One
 * that failed may have failed for that. */
static void
judge_shadowed(struct parser *parser, bool failed)
{
    for (size_t i = 0; i < parser->shadowed_count; i++) {
        if (failed || reads_with_name(parser, parser->shadowed[i])) {
            warn_shadowed(parser, parser->shadowed[i]);
        }
    }
    parser->shadowed_count = 0;
}

/* A word that could be a keyword is one where the grammar takes it. */
static void
resolve_keyword(struct parser *parser, struct token *token)
{
    struct lexer *lexer = &parser->lexer;
    const grammar_pstate *state = parser->state;
    int keyword = lexer_keyword(token->value.name);
    bool as_name = parser->as_name.end &&
                   token->span.start == parser->as_name.start &&
                   grammar_accepts(state, TOK_NAME);
    if (!keyword || token->quoted || as_name) {
        return;
    }
    if (grammar_accepts(state, keyword)) {
        token->code = keyword;
        bool after_number =
            parser->last_code == TOK_INT || parser->last_code == TOK_NUMBER;
        if (parser->declared && !after_number &&
            parser->declared[token->value.name] &&
            parser->shadowed_count < PARSER_SHADOWED_MAX &&
            grammar_accepts(state, TOK_NAME)) {
            parser->shadowed[parser->shadowed_count++] = token->span;
        }
    } else if (keyword == TOK_ASOF) {
        lexer_split(lexer, token);
        resolve_keyword(parser, token);
    } else if (is_reserved(keyword)) {
        parser->builder.misplaced = token->span;
        parser->builder.misplaced_code = keyword;
    }
}

static const struct token *
scan(struct parser *parser)
{
    struct token *token = shape_place(&parser->shape);
    lexer_next(&parser->lexer, &parser->arena, token);
    shape_add(&parser->shape, parser->declared);
    return token;
}

/* Reads the statement as long as it has the shape of the last ones; NULL when
 * it is another: then the tokens read so far wait in the shape. */
static const struct node *
repeat_shape(struct parser *parser)
{
    struct shape *shape = &parser->shape;
    bool may = shape->tree && !parser->is_plain && !parser->arena_is_shared &&
               !parser->as_name.end && parser->statement_bytes >= SHAPE_BYTES;
    shape_start(shape);
    while (may && shape->is_repeated &&
           shape->token_count < shape->wanted_count) {
        scan(parser);
    }
    return may ? shape_tree(shape) : NULL;
}

/* Token number AT of the statement, which may be one of those WAITING. */
static void
next_token(struct parser *parser, size_t at, size_t waiting,
           struct token *token)
{
    *token = at < waiting ? parser->shape.tokens[at] : *scan(parser);
    if (token->code == TOK_NAME) {
        resolve_keyword(parser, token);
    }
    parser->last_code = token->code;
    parser->builder.comparisons +=
        token->code >= TOK_EQ && token->code <= TOK_AGREES;
}

static int
push(struct parser *parser, const struct token *token)
{
    union GRAMMAR_STYPE value;
    struct span span = {token->span.start, token->span.end};
    _Static_assert(sizeof value == sizeof token->value,
                   "a literal is the largest value");
    memcpy(&value, &token->value, sizeof value);
    return grammar_push_parse(parser->state, token->code, &value, &span,
                              &parser->builder);
}

static void
report_too_long(struct parser *parser, struct span span)
{
    span.end = span.start + 1;
    diagnostics_add(
        parser->lexer.diagnostics, SEVERITY_ERROR, DIAGNOSTIC_TOO_LONG, span,
        "this statement is longer than %zu bytes", parser->statement_bytes);
}

/* Is the statement too long with this token? */
static bool
is_too_long(struct parser *parser, const struct token *token)
{
    size_t len = token->span.end - token->span.start;
    bool passes = token->code == TOK_STRING || token->code == TOK_NAME;
    if (passes && len > PARSER_COUNTED_BYTES) {
        parser->passed_bytes += len - PARSER_COUNTED_BYTES;
    }
    return token->span.end - parser->statement.start - parser->passed_bytes >
           parser->statement_bytes;
}

static void
forget_tree(struct parser *parser)
{
    if (!parser->arena_is_shared) {
        arena_reset(&parser->arena);
    }
}

/* Reads on to the end of the statement without looking at it. */
static void
skip_statement(struct parser *parser, struct token *token)
{
    struct lexer *lexer = &parser->lexer;
    size_t count = lexer->diagnostics->count;
    while (token->code != TOK_STOP && token->code != TOK_YYEOF) {
        forget_tree(parser);
        lexer_next(lexer, &parser->arena, token);
    }
    diagnostics_truncate(lexer->diagnostics, count);
    restart(parser);
}

/* A lexical error has been reported and the rest of the statement would only
 * repeat it in other words: nothing of it is parsed. */
static enum parse_status
fail_statement(struct parser *parser, struct token *token)
{
    skip_statement(parser, token);
    parser->statement.end = token->span.end;
    judge_shadowed(parser, true);
    return PARSE_FAILED;
}

/* The tree has come whole. */
static enum parse_status
give(struct parser *parser, const struct node *tree,
     const struct node **statement)
{
    parser->lexer.open_count = 0;
    *statement = tree;
    return PARSE_STATEMENT;
}

static void
start_statement(struct parser *parser)
{
    struct tree_builder *builder = &parser->builder;
    forget_tree(parser);
    builder->done = NULL;
    builder->failed = builder->reported = false;
    builder->misplaced = (struct span){0, 0};
    builder->comparisons = 0;
    parser->lexer.too_deep = false;
    parser->statement = (struct span){0, 0};
    parser->shadowed_count = 0;
    parser->passed_bytes = 0;
}

enum parse_status
parser_next(struct parser *parser, const struct node **statement)
{
    struct tree_builder *builder = &parser->builder;
    struct shape *shape = &parser->shape;
    start_statement(parser);
    const struct node *repeated = repeat_shape(parser);
    size_t waiting = shape->token_count;
    if (repeated) {
        parser->last_code = TOK_STOP;
        parser->statement = (struct span){shape->tokens[0].span.start,
                                          shape->tokens[waiting - 1].span.end};
        return give(parser, repeated, statement);
    }
    for (size_t at = 0;; at++) {
        struct token token;
        next_token(parser, at, waiting, &token);
        if (token.code == TOK_YYEOF) {
            return PARSE_END;
        }
        if (parser->statement.end == 0) {
            parser->statement.start = token.span.start;
        }
        parser->statement.end = token.span.end;
        if (token.code == TOK_GRAMMAR_error) {
            return fail_statement(parser, &token);
        }
        if (is_too_long(parser, &token)) {
            if (!builder->reported) {
                report_too_long(parser, parser->statement);
            }
            return fail_statement(parser, &token);
        }
        if (push(parser, &token) != YYPUSH_MORE) {
            return fail_statement(parser, &token);
        }
        if (token.code == TOK_STOP) {
            if (builder->failed || builder->reported || !builder->done) {
                parser->lexer.open_count = 0;
                restart(parser);
                judge_shadowed(parser, true);
                return PARSE_FAILED;
            }
            judge_shadowed(parser, false);
            if (!parser->is_plain) {
                shape_learn(shape, builder->done);
            }
            return give(parser, builder->done, statement);
        }
    }
}

const struct node *
parse_statement(struct atoms *atoms, const struct sources *sources,
                const struct source *source, struct arena *arena,
                struct diagnostics *diagnostics)
{
    struct parser parser;
    const struct node *statement = NULL;
    const struct node *second = NULL;
    parser_init(&parser, atoms, sources, diagnostics);
    /* The tree goes straight into the caller's arena. */
    struct arena own = parser.arena;
    parser.arena = *arena;
    parser.arena_is_shared = true;
    if (!parser_start(&parser, source) ||
        parser_next(&parser, &statement) != PARSE_STATEMENT) {
        statement = NULL;
    }
    *arena = parser.arena;
    parser.arena = own;
    parser.arena_is_shared = false;
    if (statement && parser_next(&parser, &second) != PARSE_END) {
        statement = NULL;
    }
    parser_free(&parser);
    return statement;
}
