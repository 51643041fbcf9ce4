/* Is an entry finished, and what could come next: the questions of a prompt. */
#include "parser/grammar.tab.h"
#include "parser/parse.h"

/* A parser over a text of its own, whose messages nobody reads. */
struct probe {
    struct sources sources;
    struct diagnostics diagnostics;
    struct parser parser;
    int first;  /* first token of the statement that is open */
    bool empty; /* nothing but blanks since the last statement */
    bool failed;
};

static bool
probe_open(struct probe *probe, struct atoms *atoms, struct slice text)
{
    *probe = (struct probe){.empty = true};
    sources_init(&probe->sources);
    diagnostics_init(&probe->diagnostics);
    parser_init(&probe->parser, atoms, &probe->sources, &probe->diagnostics);
    struct source *source = sources_add(&probe->sources, "", text);
    return source && parser_start(&probe->parser, source);
}

static void
probe_close(struct probe *probe)
{
    parser_free(&probe->parser);
    diagnostics_free(&probe->diagnostics);
    sources_free(&probe->sources);
}

static struct token
probe_token(struct probe *probe)
{
    struct parser *parser = &probe->parser;
    struct token token;
    lexer_next(&parser->lexer, &parser->arena, &token);
    int keyword = token.code == TOK_NAME && !token.quoted
                      ? lexer_keyword(token.value.name)
                      : 0;
    if (keyword && grammar_accepts(parser->state, keyword)) {
        token.code = keyword;
    }
    return token;
}

static bool
probe_push(struct probe *probe, const struct token *token)
{
    union GRAMMAR_STYPE value;
    struct span span = token->span;
    memset(&value, 0, sizeof value);
    memcpy(&value, &token->value, sizeof token->value);
    int status = grammar_push_parse(probe->parser.state, token->code, &value,
                                    &span, &probe->parser.builder);
    return status == YYPUSH_MORE && !probe->parser.builder.failed &&
           probe->diagnostics.error_count == 0;
}

/* Pushes everything but the end of the text. */
static void
probe_run(struct probe *probe)
{
    struct lexer *lexer = &probe->parser.lexer;
    uint32_t end = lexer->source->base + (uint32_t)lexer->source->text.len;
    for (;;) {
        struct token token = probe_token(probe);
        if (token.code == TOK_YYEOF ||
            (token.code == TOK_STOP && token.span.start >= end)) {
            return;
        }
        if (probe->empty) {
            probe->first = token.code;
        }
        probe->empty = token.code == TOK_STOP;
        if (token.code == TOK_GRAMMAR_error || !probe_push(probe, &token)) {
            probe->failed = true;
            return;
        }
    }
}

static bool
is_typed_block(int code)
{
    return code == TOK_RULE || code == TOK_TEST || code == TOK_POLICY ||
           code == TOK_CLAIM || code == TOK_WAIVE;
}

enum entry_status
parser_entry(struct atoms *atoms, struct slice text, const char **open_with)
{
    static const char *const brackets[] = {"(", "[", "{"};
    struct probe probe;
    enum entry_status status = ENTRY_BROKEN;
    *open_with = "";
    if (probe_open(&probe, atoms, text)) {
        probe_run(&probe);
        struct lexer *lexer = &probe.parser.lexer;
        bool could_end = grammar_accepts(probe.parser.state, TOK_STOP);
        if (probe.failed) {
            status = ENTRY_BROKEN;
        } else if (probe.empty) {
            status = probe.first ? ENTRY_FINISHED : ENTRY_EMPTY;
        } else if (lexer->open_count) {
            struct span open = lexer->open[lexer->open_count - 1];
            char bracket = sources_text(&probe.sources, open).at[0];
            *open_with = brackets[bracket == '(' ? 0 : bracket == '[' ? 1 : 2];
            status = ENTRY_OPEN;
        } else if (is_typed_block(probe.first)) {
            *open_with = "rule";
            status = ENTRY_OPEN;
        } else {
            status = could_end ? ENTRY_FINISHED : ENTRY_OPEN;
        }
    }
    probe_close(&probe);
    return status;
}

size_t
parser_next_words(struct atoms *atoms, struct slice text,
                  struct slice *keywords, size_t limit, bool *takes_name)
{
    struct probe probe;
    size_t count = 0;
    *takes_name = false;
    if (probe_open(&probe, atoms, text)) {
        probe_run(&probe);
        const grammar_pstate *state = probe.parser.state;
        *takes_name = !probe.failed && grammar_accepts(state, TOK_NAME);
        for (int code = TOK_ABOUT; !probe.failed && code <= TOK_YEARLY;
             code++) {
            struct slice alias = slice_of(grammar_alias(code));
            if (count < limit && grammar_accepts(state, code)) {
                keywords[count++] = (struct slice){alias.at + 1, alias.len - 2};
            }
        }
    }
    probe_close(&probe);
    return count;
}

void
parse_each_name(struct atoms *atoms, struct slice text,
                void (*name)(void *context, atom name), void *context)
{
    struct sources sources;
    struct diagnostics silent;
    struct lexer lexer;
    struct arena arena = {0};
    struct token token;
    sources_init(&sources);
    diagnostics_init(&silent);
    lexer_init(&lexer, atoms, &silent);
    struct source *source = sources_add(&sources, "", text);
    if (source) {
        lexer_start(&lexer, source);
        do {
            lexer_next(&lexer, &arena, &token);
            if (token.code == TOK_NAME) {
                name(context, token.value.name);
            }
        } while (token.code != TOK_YYEOF && token.code != TOK_GRAMMAR_error);
    }
    lexer_free(&lexer);
    diagnostics_free(&silent);
    arena_free(&arena);
    sources_free(&sources);
}
