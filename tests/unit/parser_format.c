/* Whole sources: blank lines, and comments that keep their place and order. */
#include "tests/unit/parser_help.h"

static const struct {
    const char *input;
    const char *output;
} cases[] = {
    {"", ""},
    {"\n\n  \n", ""},
    {"a", "a\n"},
    {"\n\na\n\n\n\nb\nc\n\n", "a\n\nb\nc\n"},
    {"a; b;c ;; d", "a\nb\nc\nd\n"},
    {"a\r\n\r\nb # c\r\n", "a\n\nb  # c\n"},
    {"\xEF\xBB\xBF"
     "a",
     "a\n"},
    {"\xEF\xBB\xBF"
     "# c",
     "# c\n"},
    {"target 2023 exports = 685B\n  by motie\n\n  source x\n",
     "target 2023 exports = 685B by motie source x\n"},
    /* comments between statements */
    {"#!/usr/bin/env -S assay run\na", "#!/usr/bin/env -S assay run\na\n"},
    {"#!/bin/assay\n\n\n# b  \t\n\n a", "#!/bin/assay\n\n# b\n\na\n"},
    {"# only", "# only\n"},
    {"a\n  # indented\n# not\n\n  # last", "a\n# indented\n# not\n\n# last\n"},
    {"a # behind\nb#close", "a  # behind\nb  #close\n"},
    {"a; # behind\nb", "a  # behind\nb\n"},
    {"a; b # behind\n", "a\nb  # behind\n"},
    {"a # one\n; # two\nb", "a  # one\n# two\nb\n"},
    {"a\n# \"quotes` and (brackets\nb", "a\n# \"quotes` and (brackets\nb\n"},
    {"print \"# no comment\" # but this\n`a # b`",
     "print \"# no comment\"  # but this\n`a # b`\n"},
    /* comments inside statements */
    {"f = 1 # one\n  # two\n  by a # three\n  # four\n",
     "f = 1  # one\n    # two\n    by a  # three\n# four\n"},
    {"f = 1\n  by a # last\n", "f = 1 by a  # last\n"},
    {"f = 1\n  # own\n  by a", "f = 1\n    # own\n    by a\n"},
    {"f =\n  # own\n  1 by a", "# own\nf = 1 by a\n"},
    {"f = # one\n  1 # two\n  by a", "f = 1  # one\n    # two\n    by a\n"},
    {"\nf # one\n  = # two\n  1 # three\n\ng",
     "f = 1  # one\n# two\n# three\n\ng\n"},
    {"a\n\nf =\n  # own\n  1", "a\n\n# own\nf = 1\n"},
    {"rule r \"t\" # head\n  # first\n  may be empty # e\n\n  require a # x\n"
     "    # inner\n    and b # y\n  # end\n",
     "rule r \"t\"  # head\n    # first\n    may be empty  # e\n"
     "    require a  # x\n        # inner\n        and b  # y\n# end\n"},
    {"import \"x\" (\n  a = b, # ab\n  # cd\n  c = d # e\n)\n",
     "import \"x\" (a = b,  # ab\n    # cd\n    c = d)  # e\n"},
    {"show a, # a\n  b # b\n  for 2023",
     "show a,  # a\n        b  # b\n    for 2023\n"},
    {"claim \"c\"\n  # before\n  check a # behind\n",
     "claim \"c\"\n    # before\n    check a  # behind\n"},
    {"retract f\n  # why\n  because \"x\"",
     "retract f\n    # why\n    because \"x\"\n"},
    {"test \"t\"\n  given f = 1 # one\n    by a # two\n  expect no other",
     "test \"t\"\n    given f = 1  # one\n        by a  # two\n"
     "    expect no other\n"},
    {"metric m flow yearly # head\n  in USD # unit\n  by a, # a\n   b # b\n",
     "metric m flow yearly  # head\n    in USD  # unit\n    by a,  # a\n"
     "        b  # b\n"},
    {"f(a, # a\n  b) # b", "f(a,  # a\n    b)  # b\n"},
    {"member G of c = a # a\n  + b # b\n",
     "member G of c = a  # a\n    + b  # b\n"},
    {"if a # a\n  then b # b\n  else c # c",
     "if a  # a\n    then b  # b\n    else c  # c\n"},
};

enum { CASE_COUNT = sizeof cases / sizeof *cases };

static bool
format(struct session *session, const char *text, struct buffer *out)
{
    return format_source(&session->atoms, &session->sources,
                         session_add(session, text), &session->diagnostics,
                         out);
}

START_TEST(sources_are_formatted)
{
    struct session session;
    struct buffer once = {0};
    struct buffer twice = {0};
    session_open(&session);
    ck_assert_msg(format(&session, cases[_i].input, &once), "%s",
                  session_message(&session));
    ck_assert_str_eq(once.text, cases[_i].output);
    ck_assert(format(&session, once.text, &twice));
    ck_assert_str_eq(twice.text, once.text);
    buffer_free(&once);
    buffer_free(&twice);
    session_close(&session);
}
END_TEST

START_TEST(mistakes_are_not_formatted)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    buffer_add_text(&out, "before");
    ck_assert(!format(&session, "a\nshow show 5 6\nb\n1,000\n", &out));
    ck_assert_str_eq(out.text, "before");
    ck_assert_uint_eq(session.diagnostics.count, 2);
    diagnostics_clear(&session.diagnostics);
    ck_assert(!format(&session, "a \xFF", &out));
    ck_assert_str_eq(out.text, "before");
    ck_assert_uint_eq(session.diagnostics.count, 1);
    buffer_free(&out);
    session_close(&session);
}
END_TEST

START_TEST(trees_stand_on_lines)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    const struct source *source = session_add(&session, "last # x\n1 + 2");
    ck_assert(format_tree(&session.atoms, &session.sources, source,
                          &session.diagnostics, &out));
    ck_assert_str_eq(out.text, "(last)\n"
                               "(answer (binary + (number 1) (number 2)))\n");
    source = session_add(&session, "last\nlast last\n1,000");
    ck_assert(!format_tree(&session.atoms, &session.sources, source,
                           &session.diagnostics, &out));
    ck_assert_uint_eq(session.diagnostics.count, 2);
    buffer_free(&out);
    session_close(&session);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("parser_format");
    TCase *format = tcase_create("format");
    tcase_add_loop_test(format, sources_are_formatted, 0, CASE_COUNT);
    tcase_add_test(format, mistakes_are_not_formatted);
    tcase_add_test(format, trees_stand_on_lines);
    suite_add_tcase(suite, format);
    return run_suite(suite);
}
