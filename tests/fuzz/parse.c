/* The front end over any bytes: what parses can be printed, the print parses
 * to the same tree, and printing it again changes nothing; the same holds for
 * `fmt`, which keeps comments too.  What does not parse has a message.
 */
#include "parser/parse.h"
#include "parser/format.h"
#include "parser/print.h"
#include "report/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What all texts of one input share. */
struct front {
    struct atoms atoms;
    struct sources sources;
    struct diagnostics diagnostics;
};

static _Noreturn void
complain(const char *what, struct slice before, struct slice after)
{
    fprintf(stderr, "%s\n--- before\n%.*s\n--- after\n%.*s\n", what,
            (int)before.len, before.at, (int)after.len, after.at);
    abort();
}

static void
check_statement(struct front *front, const struct node *statement)
{
    struct buffer first = {0};
    struct buffer second = {0};
    struct arena arena = {0};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics);
    print_statement(&first, statement, &front->atoms, &front->sources);
    struct source *source =
        sources_add(&front->sources, "print", buffer_slice(&first));
    const struct node *again = parse_statement(&front->atoms, &front->sources,
                                               source, &arena, &diagnostics);
    if (!again) {
        diagnostics_render(&diagnostics, 0, &front->sources, DIAGNOSTICS_TEXT,
                           false, &second);
        complain("what was printed does not parse", buffer_slice(&first),
                 buffer_slice(&second));
    }
    print_statement(&second, again, &front->atoms, &front->sources);
    if (!node_equal(statement, again)) {
        complain("what was printed is another tree", buffer_slice(&first),
                 buffer_slice(&second));
    }
    if (!slice_equal(buffer_slice(&first), buffer_slice(&second))) {
        complain("printing is no fixed point", buffer_slice(&first),
                 buffer_slice(&second));
    }
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    buffer_free(&first);
    buffer_free(&second);
}

/* Returns whether all of it parsed. */
static bool
check_statements(struct front *front, const struct source *source)
{
    struct parser parser;
    const struct node *statement = NULL;
    enum parse_status status = PARSE_FAILED;
    bool whole = true;
    parser_init(&parser, &front->atoms, &front->sources, &front->diagnostics);
    if (!parser_start(&parser, source)) {
        parser_free(&parser);
        return false;
    }
    do {
        size_t errors = front->diagnostics.error_count;
        status = parser_next(&parser, &statement);
        if (status == PARSE_STATEMENT) {
            check_statement(front, statement);
        } else if (status == PARSE_FAILED) {
            whole = false;
            if (front->diagnostics.error_count == errors) {
                complain("a statement failed without a word", source->text,
                         sources_text(&front->sources, parser.statement));
            }
        }
    } while (status != PARSE_END);
    parser_free(&parser);
    return whole;
}

static void
check_format(struct front *front, const struct source *source, bool whole)
{
    struct buffer first = {0};
    struct buffer second = {0};
    bool formatted = format_source(&front->atoms, &front->sources, source,
                                   &front->diagnostics, &first);
    if (formatted != whole) {
        complain("parser and formatter disagree", source->text,
                 buffer_slice(&first));
    }
    if (formatted) {
        struct source *again =
            sources_add(&front->sources, "format", buffer_slice(&first));
        if (!format_source(&front->atoms, &front->sources, again,
                           &front->diagnostics, &second) ||
            !slice_equal(buffer_slice(&first), buffer_slice(&second))) {
            complain("formatting is no fixed point", buffer_slice(&first),
                     buffer_slice(&second));
        }
    }
    buffer_free(&first);
    buffer_free(&second);
}

/* The questions that a prompt asks about unfinished text. */
static void
check_entry(struct front *front, struct slice text)
{
    const char *open_with = NULL;
    struct slice words[200];
    bool takes_name = false;
    parser_entry(&front->atoms, text, &open_with);
    parser_next_words(&front->atoms, text, words, sizeof words / sizeof *words,
                      &takes_name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct front front;
    struct slice text = {(const char *)data, size};
    atoms_init(&front.atoms);
    sources_init(&front.sources);
    diagnostics_init(&front.diagnostics);
    const struct source *source = sources_add(&front.sources, "input", text);
    bool whole = check_statements(&front, source);
    check_format(&front, source, whole);
    check_entry(&front, text);
    diagnostics_free(&front.diagnostics);
    sources_free(&front.sources);
    atoms_free(&front.atoms);
    return 0;
}
