/* What the tests of the parser share: a session of its own for each test. */
#ifndef TESTS_UNIT_PARSER_HELP_H
#define TESTS_UNIT_PARSER_HELP_H

#include "parser/format.h"
#include "parser/parse.h"
#include "parser/print.h"

#include <check.h>
#include <stdlib.h>

struct session {
    struct atoms atoms;
    struct sources sources;
    struct diagnostics diagnostics;
    struct arena arena; /* of the trees */
};

static inline void
session_open(struct session *session)
{
    *session = (struct session){.arena = {0}};
    atoms_init(&session->atoms);
    sources_init(&session->sources);
    diagnostics_init(&session->diagnostics);
    arena_init(&session->arena);
}

static inline void
session_close(struct session *session)
{
    arena_free(&session->arena);
    diagnostics_free(&session->diagnostics);
    sources_free(&session->sources);
    atoms_free(&session->atoms);
}

static inline const struct source *
session_add(struct session *session, const char *text)
{
    return sources_add(&session->sources, "test", slice_of(text));
}

/* The first message, or "". */
static inline const char *
session_message(const struct session *session)
{
    const struct diagnostics *list = &session->diagnostics;
    return list->count ? list->items[0]->message : "";
}

static inline const struct node *
session_parse(struct session *session, const char *text)
{
    const struct node *tree = parse_statement(
        &session->atoms, &session->sources, session_add(session, text),
        &session->arena, &session->diagnostics);
    ck_assert_msg(tree, "`%s` is not one statement: %s", text,
                  session_message(session));
    return tree;
}

static inline void
session_print(struct session *session, const struct node *tree,
              struct buffer *out)
{
    buffer_clear(out);
    print_statement(out, tree, &session->atoms, &session->sources);
}

/* Fails unless TEXT, printed into OUT, reads back as the same tree and prints
 * the same once more. */
static inline void
session_round_trip(struct session *session, const char *text,
                   struct buffer *out)
{
    struct buffer twice = {0};
    struct buffer trees = {0};
    const struct node *tree = session_parse(session, text);
    session_print(session, tree, out);
    const struct node *again = session_parse(session, out->text);
    if (!node_equal(tree, again)) {
        node_dump(&trees, tree, &session->atoms);
        buffer_add_text(&trees, "\n");
        node_dump(&trees, again, &session->atoms);
        ck_abort_msg("`%s` prints as `%s`, which is another tree:\n%s", text,
                     out->text, trees.text);
    }
    session_print(session, again, &twice);
    ck_assert_str_eq(out->text, twice.text);
    buffer_free(&twice);
    buffer_free(&trees);
}

/* Runs SUITE as the whole program. */
static inline int
run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
