/* A statement of a shape that is known must come out as the grammar reads it:
 * the same tree at the same places, or the same message.  Scripts are made at
 * random: lines of one form come several times with other words, now and then
 * with one that changes the form.  The seed is fixed. */
#include "tests/unit/parser_help.h"

#include <stdio.h>

enum { SCRIPTS = 1000, LINES = 40 };

/* What <a> to <z> of a form stand for.  The first three of a row are of one
 * kind, the last two do not always fit; those are taken seldom. */
static const struct {
    char name;
    const char *words[8];
} slots[] = {
    {'k', {"actual", "target", "forecast", "`by`", "low", "=", "7"}},
    {'p', {"2023", "0207", "1999", "2000", "2001", "2023-Q3", "2018..2020"}},
    {'q', {"2023-Q3", "2022-Q4", "2023-H1", "FY2023", "2023-07", "2023", ".."}},
    {'m', {"exports", "wages", "ü", "`a b`", "record", "on", "if"}},
    {'c', {"KR", "JP", "`US`", "low", "total", "0101", "\"a\\\"b\""}},
    {'n', {"12.3B", "0.0", "0.1%", "$5.5M", "1e3", "7", "1_000.5"}},
    {'i', {"7", "0", "12", "0044", "200", "1.5", "x"}},
    {'u', {"USD", "person", "`km`", "B", "source", "%", "5"}},
    {'d',
     {"2023-10-05", "2020-01-31", "1999-12-01", "2020-02-29", "2000-01-01",
      "2023", "$day"}},
    {'t',
     {"\"x\"", "\"\"", "\"a\\\"b\"", "\"ü\"", "\"\\u{20AC}\"", "\"\\q\"",
      "\"open"}},
    {'r', {"2018..2020", "..2020", "5..7", "2020..", "1.5..2", "3", "-"}},
    {'s', {" ", "  ", " \t", "", "", " # no\n", "\n"}},
};

static const char *const forms[] = {
    "<k> <p> <m>[<c>]<s>= <n> <u>",
    "<k> <p> <m>[<s><c><s>,<s><c>] = <n><s><u> on <d>",
    "<p> <m> = <i>",
    "<p> <m> = about <n> <u> by <m> source <u> note <t>",
    "<k> <m>: <q> = <n>, <q> = <i>,<s><q> >= <n>",
    "<k> <p> <m> = <n> +- <i> if <t>",
    "<m> in <n> .. <n> on <d>",
    "<m> in <r>",
    "<m> = -<r>",
    "<m>[<c> = <c>] = up <n>% from <p>",
    "<m> = <n> record low",
    "<m>[<i>] = <n>",
    "<m>[<t>] = <n>",
    "show <p> <m> by <c>",
    "metric <m> flow yearly in <u>",
    "as of <d>",
    "<m> = $x",
    "<k> <p> <m> = unknown",
    "<k> <q> <m>[<c>] = (<n> <u> - <i>) * <m>",
    "<k> <p> <m>[<c>, <c>, <c>, <c>, <c>, <c>, <c>, <c>, <c>, <c>, <c>, <c>,"
    " <c>, <c>] = <n>",
};

static unsigned seed;

static unsigned
draw(unsigned below)
{
    seed = seed * 1103515245U + 12345U;
    return (seed >> 16) % below;
}

static void
add_word(struct buffer *text, char name)
{
    size_t row = 0;
    while (slots[row].name != name) {
        row++;
        ck_assert_uint_lt(row, sizeof slots / sizeof *slots);
    }
    unsigned chance = draw(200);
    unsigned at = chance == 0   ? 5 + draw(2)
                  : chance < 10 ? 3 + draw(2)
                                : draw(3);
    buffer_add_text(text, slots[row].words[at]);
}

static void
add_line(struct buffer *text, const char *form)
{
    for (const char *at = form; *at; at++) {
        if (at[0] == '<' && at[1] != '\0' && at[2] == '>') {
            add_word(text, at[1]);
            at += 2;
        } else {
            buffer_add_char(text, *at);
        }
    }
    buffer_add_text(text, draw(10) ? "\n" : "; ");
}

static void
make_script(struct buffer *text)
{
    buffer_clear(text);
    for (int line = 0; line < LINES;) {
        const char *form = forms[draw(sizeof forms / sizeof *forms)];
        for (unsigned left = 1 + draw(8); left; left--, line++) {
            add_line(text, form);
        }
    }
}

/* Places and depths; node_equal() compares all else. */
static void
compare_places(const struct node *a, const struct node *b, const char *text)
{
    for (; a && b; a = a->next, b = b->next) {
        ck_assert_msg(a->span.start == b->span.start &&
                          a->span.end == b->span.end && a->depth == b->depth &&
                          a->kid_count == b->kid_count,
                      "%u..%u and %u..%u in\n%s", a->span.start, a->span.end,
                      b->span.start, b->span.end, text);
        for (int i = 0; i < a->kid_count; i++) {
            compare_places(a->kid[i], b->kid[i], text);
        }
    }
    ck_assert_msg(!a && !b, "lists of other lengths in\n%s", text);
}

static void
compare_messages(const struct diagnostics *a, const struct diagnostics *b,
                 const char *text)
{
    ck_assert_msg(a->count == b->count, "%zu and %zu messages in\n%s", a->count,
                  b->count, text);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert_str_eq(a->items[i]->message, b->items[i]->message);
        ck_assert_uint_eq(a->items[i]->primary.span.start,
                          b->items[i]->primary.span.start);
        ck_assert_uint_eq(a->items[i]->primary.span.end,
                          b->items[i]->primary.span.end);
    }
}

/* Reads TEXT both ways in step; returns how many statements were not asked of
 * the grammar. */
static size_t
read_both(const char *text, const bool *declared)
{
    struct session sessions[2];
    struct parser parsers[2];
    const struct node *trees[2];
    enum parse_status status[2];
    size_t repeated = 0;
    for (int i = 0; i < 2; i++) {
        session_open(&sessions[i]);
        parser_init(&parsers[i], &sessions[i].atoms, &sessions[i].sources,
                    &sessions[i].diagnostics);
        parsers[i].is_plain = i == 1;
        parsers[i].declared = declared;
        ck_assert(parser_start(&parsers[i], session_add(&sessions[i], text)));
    }
    do {
        for (int i = 0; i < 2; i++) {
            status[i] = parser_next(&parsers[i], &trees[i]);
        }
        ck_assert_msg(status[0] == status[1], "one way fails in\n%s", text);
        ck_assert_uint_eq(parsers[0].statement.start,
                          parsers[1].statement.start);
        ck_assert_uint_eq(parsers[0].statement.end, parsers[1].statement.end);
        if (status[0] == PARSE_STATEMENT) {
            ck_assert_msg(node_equal(trees[0], trees[1]), "two trees in\n%s",
                          text);
            compare_places(trees[0], trees[1], text);
            repeated += trees[0] == parsers[0].shape.tree;
        }
    } while (status[0] != PARSE_END);
    compare_messages(&sessions[0].diagnostics, &sessions[1].diagnostics, text);
    for (int i = 0; i < 2; i++) {
        parser_free(&parsers[i]);
        session_close(&sessions[i]);
    }
    return repeated;
}

START_TEST(a_shape_reads_as_the_grammar_does)
{
    static bool declared[LEXER_KEYWORDS_END];
    struct buffer text = {0};
    size_t repeated = 0;
    memset(declared, true, sizeof declared);
    for (seed = 1; seed <= SCRIPTS; seed++) {
        unsigned start = seed;
        make_script(&text);
        repeated += read_both(text.text, draw(2) ? declared : NULL);
        seed = start;
    }
    /* Otherwise this compares nothing. */
    ck_assert_uint_gt(repeated, SCRIPTS * LINES / 10);
    buffer_free(&text);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("parser_shape");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_shape_reads_as_the_grammar_does);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
