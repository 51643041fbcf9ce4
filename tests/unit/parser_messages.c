/* What is said about mistakes: the code, the place, and words that must be in
 * the message, its label or its help. */
#include "tests/unit/parser_help.h"

static const struct {
    const char *text;
    const char *code;
    unsigned line;
    unsigned column;
    const char *said; /* NULL: anything */
} cases[] = {
    /* characters */
    {"show \xFF", "E0101", 1, 6, "0xFF"},
    {"show 5 @ 3", "E0102", 1, 8, "@"},
    {"check !a", "E0102", 1, 7, "write not"},
    {"show 'text'", "E0102", 1, 6, "double quotes"},
    {"check a && b", "E0102", 1, 9, "write and, or"},
    {"check a || b", "E0102", 1, 9, "write and, or"},
    {"show ``", "E0102", 1, 6, "no name between the backquotes"},
    {"show 5€", "E0102", 1, 7, "before the number"},
    {"show 5B$", "E0102", 1, 8, "before the number"},
    {"a \\ b", "E0102", 1, 3, NULL},
    {"show \"abc", "E0103", 1, 6, "\\n for a line break"},
    {"show \"abc\\", "E0103", 1, 6, NULL},
    {"a; show `abc", "E0103", 1, 9, "backquotes"},
    {"show \"ü\\q\"", "E0104", 1, 8, "\\u{20AC}"},
    {"show \"\\u{110000}\"", "E0104", 1, 7, NULL},
    {"show \"\\u{D800}\"", "E0104", 1, 7, NULL},
    {"show \"\\u{}\"", "E0104", 1, 7, NULL},
    {"show ５", "E0107", 1, 6, "write 5"},
    {"show a，b", "E0107", 1, 7, "write ,"},
    {"show “text”", "E0107", 1, 6, "curved quote"},
    {"show 5 − 3", "E0107", 1, 8, "Unicode minus"},
    {"show 5 – 3", "E0107", 1, 8, "- or .."},
    {"show a × b", "E0107", 1, 8, "write *"},
    {"check a ≤ b", "E0107", 1, 9, "write <="},
    {"show a\xC2\xA0"
     "b",
     "E0107", 1, 7, "non-breaking space"},
    /* numbers and periods */
    {"f = 1,000", "E0105", 1, 5, "1_000"},
    {"target 2023 exports = 1,000,000.5", "E0105", 1, 23, "1_000_000"},
    {"show 12kg", "E0105", 1, 6, "12 kg"},
    {"f = 685BUSD", "E0105", 1, 5, "685 BUSD"},
    {"f = 0x10", "E0105", 1, 5, NULL},
    {"show $1x", "E0105", 1, 6, NULL},
    {"1e999", "E0112", 1, 1, NULL},
    {"x = 1e-999", "E0112", 1, 5, NULL},
    {"show 2023-24 exports", "E0106", 1, 6, "2023..2024"},
    {"show 2023-2024 exports", "E0106", 1, 6, "2019..2023"},
    {"2023-13 exports", "E0106", 1, 1, "2023-10"},
    {"2023-Q5 exports", "E0106", 1, 1, "2023-Q3"},
    {"2023-W54 exports", "E0106", 1, 1, NULL},
    {"2023-02-30 exports", "E0106", 1, 1, NULL},
    {"2023-10-5 exports", "E0106", 1, 1, "2023-10-05"},
    {"show 2018..2023-13 x", "E0106", 1, 6, NULL},
    /* words that do not fit */
    {"f = 4,5", "E0105", 1, 5, "write 4.5"},
    {"f = 5 %", "E0108", 1, 7, "right behind the number"},
    {"target exports 2023 = 5", "E0108", 1, 16, "before the metric"},
    {"check 5% <= x <= 10%", "E0307", 1, 15, "x in 5%..10%"},
    {"exports > 5", "E0502", 1, 9, "begins with check"},
    {"exports = 5 = 6", "E0307", 1, 13, "do not chain"},
    {"check a == b", "E0108", 1, 10, "one ="},
    {"rule r requir a > b", "E0108", 1, 8, "did you mean `require`?"},
    {"show x sort x", "E0108", 1, 13, "expected `by`"},
    {"= 5", "E0108", 1, 1, "expected a statement"},
    {")", "E0108", 1, 1, "expected a statement"},
    {"show [a", "E0108", 1, 6, "expected an expression"},
    {"f[]", "E0108", 1, 3, "or `*`"},
    {"f[a b]", "E0108", 1, 5, "expected `=`, `,` or `]`"},
    {"f(a,)", "E0108", 1, 5, "expected an expression"},
    {"a)", "E0108", 1, 2, NULL},
    {"metric 5", "E0108", 1, 8, "expected a name"},
    {"test x", "E0108", 1, 6, "expected a text"},
    {"check a top x", "E0108", 1, 13, "a whole number or a parameter"},
    {"metric m flow than", "E0108", 1, 15, "one of"},
    {"check x in {1,}", "E0108", 1, 15, "expected an expression"},
    {"f = 1 on yesterday", "E0108", 1, 10, "expected a period"},
    {"last 2020", "E0108", 1, 6, "expected the end of the statement"},
    {"define f(x = 5", "E0108", 1, 12, "expected `,` or `)`"},
    {"list", "E0109", 1, 5, "expected a name"},
    {"rule r require", "E0109", 1, 15, "expected an expression"},
    {"show a,\nshow b", "E0109", 1, 8, "expected an expression"},
    {"f = 1 up 5%\n    from\n\nb", "E0109", 2, 9, "a name or a period"},
    {"kind a", "E0109", 1, 7, "expected a text or `like`"},
    {"if a then b", "E0109", 1, 12, "`else`"},
    {"show (a + b", "E0109", 1, 12, NULL},
    /* statements that are not the first */
    {"a\nb c d\ne", "E0108", 2, 5, NULL},
    {"a; b; c d e; f", "E0108", 1, 11, NULL},
    {"a\n\n  b c d e", "E0108", 3, 5, NULL},
    {"\xEF\xBB\xBF"
     "1,000",
     "E0105", 1, 2, NULL},
    {"a\r\nb c d\r\n", "E0108", 2, 5, NULL},
};

enum { CASE_COUNT = sizeof cases / sizeof *cases };

/* Reads all of TEXT; returns how many of its statements failed. */
static unsigned
read_all(struct session *session, const char *text)
{
    struct parser parser;
    const struct node *statement;
    enum parse_status status;
    unsigned failed = 0;
    parser_init(&parser, &session->atoms, &session->sources,
                &session->diagnostics);
    if (parser_start(&parser, session_add(session, text))) {
        while ((status = parser_next(&parser, &statement)) != PARSE_END) {
            failed += status == PARSE_FAILED;
        }
    }
    parser_free(&parser);
    return failed;
}

static bool
says(const char *text, const char *words)
{
    return text && strstr(text, words);
}

START_TEST(one_mistake_one_message)
{
    struct session session;
    struct location location = {0};
    session_open(&session);
    read_all(&session, cases[_i].text);
    const struct diagnostics *list = &session.diagnostics;
    ck_assert_msg(list->count == 1, "%zu messages for\n%s", list->count,
                  cases[_i].text);
    const struct diagnostic *record = list->items[0];
    ck_assert_str_eq(diagnostic_code_text(record->code), cases[_i].code);
    ck_assert(
        sources_locate(&session.sources, record->primary.span, &location));
    ck_assert_msg(location.line == cases[_i].line &&
                      location.column == cases[_i].column,
                  "said at %u:%u for\n%s", location.line, location.column,
                  cases[_i].text);
    const char *said = cases[_i].said;
    ck_assert_msg(!said || says(record->message, said) ||
                      says(record->help, said) ||
                      says(record->primary.label, said),
                  "%s: %s: not `%s`", cases[_i].text, record->message, said);
    session_close(&session);
}
END_TEST

/* A mistake ends with its statement, whatever brackets it left open. */
static const struct {
    const char *text;
    unsigned failed;
} recoveries[] = {
    {"show (a,\n  b\nshow c\nshow d", 1},
    {"show (a # comment\nshow c\nshow d", 1},
    {"show [\ncompare [\nshow a", 2},
    {"f[a b\nshow c\nshow d", 1},
    {"f[a b] + f[c d]; f(1 2) + (3 4); a", 2},
    {"show 1,000; show 5 6; show \"\na", 3},
    {"show 1,000 f[2,000] (\na 1 2\nb", 2},
    {"a b c d e\nf g h i j\nk", 2},
    {"test \"t\"\n  given a\n  expect\nb c d", 2},
    {"f(((\nf)))\na", 2},
    {")))\na", 1},
};

enum { RECOVERY_COUNT = sizeof recoveries / sizeof *recoveries };

START_TEST(a_mistake_ends_with_its_statement)
{
    struct session session;
    session_open(&session);
    unsigned failed = read_all(&session, recoveries[_i].text);
    ck_assert_msg(failed == recoveries[_i].failed, "%u failed of\n%s", failed,
                  recoveries[_i].text);
    ck_assert_uint_eq(session.diagnostics.count, failed);
    session_close(&session);
}
END_TEST

START_TEST(open_brackets_are_shown)
{
    struct session session;
    struct location location = {0};
    session_open(&session);
    read_all(&session, "show a +\n  f(b, (c)\n");
    ck_assert_uint_eq(session.diagnostics.count, 1);
    const struct diagnostic *record = session.diagnostics.items[0];
    ck_assert_uint_eq(record->related_count, 1);
    ck_assert(
        sources_locate(&session.sources, record->related[0].span, &location));
    ck_assert_uint_eq(location.line, 2);
    ck_assert_uint_eq(location.column, 4);
    session_close(&session);
}
END_TEST

/* BEFORE times COUNT, MIDDLE, BEHIND times COUNT. */
static void
repeat(struct buffer *text, const char *head, const char *before,
       const char *middle, const char *behind, unsigned count)
{
    buffer_clear(text);
    buffer_add_text(text, head);
    for (unsigned i = 0; i < count; i++) {
        buffer_add_text(text, before);
    }
    buffer_add_text(text, middle);
    for (unsigned i = 0; i < count; i++) {
        buffer_add_text(text, behind);
    }
}

static const struct {
    const char *head;
    const char *before;
    const char *middle;
    const char *behind;
    unsigned count;
    const char *code; /* NULL: it is right */
} limits[] = {
    {"x = ", "(", "1", ")", 200, NULL},
    {"x = ", "(", "1", ")", 201, "E0110"},
    {"x = ", "f[", "1", "]", 150, "E0108"},
    {"x = ", "f(", "1", ")", 201, "E0110"},
    {"x = ", "-", "1", "", 900, NULL},
    {"x = ", "-", "1", "", 1500, "E0110"},
    {"x = ", "1 + ", "1", "", 900, NULL},
    {"x = ", "1 + ", "1", "", 1500, "E0110"},
    {"check ", "not ", "1", "", 100000, "E0110"},
    {"", "explain ", "1", "", 5000, "E0110"},
    {"show ", "a, ", "a", "", 100000, NULL},
    {"show ", "aaaaaaaaa, ", "a", "", 100000, "E0111"},
};

enum { LIMIT_COUNT = sizeof limits / sizeof *limits };

START_TEST(limits_are_errors)
{
    struct session session;
    struct buffer text = {0};
    session_open(&session);
    repeat(&text, limits[_i].head, limits[_i].before, limits[_i].middle,
           limits[_i].behind, limits[_i].count);
    buffer_add_text(&text, "\nshow a");
    unsigned failed = read_all(&session, text.text);
    ck_assert_uint_eq(failed, limits[_i].code ? 1 : 0);
    ck_assert_uint_eq(session.diagnostics.count, failed);
    if (failed) {
        ck_assert_str_eq(
            diagnostic_code_text(session.diagnostics.items[0]->code),
            limits[_i].code);
    }
    buffer_free(&text);
    session_close(&session);
}
END_TEST

/* Words that must stay names, and texts that nearly are something else. */
static const char *const right[] = {
    "show x as offset",
    "show x as official",
    "2023 million_tonnes",
    "5 billion_x",
    "f = 650B ± 5B",
    "f = 650B±5B",
    "show €5.5 million",
    "",
    "f(a\n)",
    "f = 1 by as",
    "list as of x",
    "f(1,50)",
};

enum { RIGHT_COUNT = sizeof right / sizeof *right };

START_TEST(nothing_wrong)
{
    struct session session;
    session_open(&session);
    unsigned failed = read_all(&session, right[_i]);
    ck_assert_msg(!failed, "%s: %s", right[_i], session_message(&session));
    session_close(&session);
}
END_TEST

START_TEST(a_tree_outlives_the_next_one)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    const struct node *first = session_parse(&session, "a + 1");
    session_parse(&session, "b * 2");
    session_print(&session, first, &out);
    ck_assert_str_eq(out.text, "a + 1");
    buffer_free(&out);
    session_close(&session);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("parser_messages");
    TCase *messages = tcase_create("messages");
    tcase_add_loop_test(messages, one_mistake_one_message, 0, CASE_COUNT);
    tcase_add_loop_test(messages, a_mistake_ends_with_its_statement, 0,
                        RECOVERY_COUNT);
    tcase_add_test(messages, open_brackets_are_shown);
    tcase_add_loop_test(messages, limits_are_errors, 0, LIMIT_COUNT);
    tcase_add_loop_test(messages, nothing_wrong, 0, RIGHT_COUNT);
    tcase_add_test(messages, a_tree_outlives_the_next_one);
    suite_add_tcase(suite, messages);
    return run_suite(suite);
}
