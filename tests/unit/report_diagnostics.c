/* Messages: their layout, byte by byte, and what programs read. */
#include "report/diagnostics.h"

#include <cJSON.h>
#include <check.h>
#include <stdlib.h>

static struct buffer out;
static struct sources sources;
static struct diagnostics list;

static void
setup(void)
{
    sources_init(&sources);
    diagnostics_init(&list);
}

static void
teardown(void)
{
    diagnostics_free(&list);
    sources_free(&sources);
}

static struct source *
add_source(const char *name, const char *text)
{
    return sources_add(&sources, name, slice_of(text));
}

/* The span of the first WHAT in SOURCE. */
static struct span
find(const struct source *source, const char *what)
{
    const char *at = strstr(source->text.at, what);
    ck_assert_ptr_nonnull(at);
    uint32_t start = source->base + (uint32_t)(at - source->text.at);
    return (struct span){start, start + (uint32_t)strlen(what)};
}

static struct diagnostic *
add_error(struct span span, const char *message)
{
    return diagnostics_add(&list, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX, span, "%s",
                           message);
}

static const char *
render(enum diagnostics_style style)
{
    buffer_clear(&out);
    diagnostics_render(&list, 0, &sources, style, false, &out);
    return out.text;
}

static void
add_metric_error(const struct source *source)
{
    struct diagnostic *record = diagnostics_add(
        &list, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_METRIC,
        find(source, "exprots"), "no metric named `%s`", "exprots");
    diagnostics_label(&list, record, "did you mean `exports` (412 facts)?");
}

START_TEST(the_layout_of_the_interface_page)
{
    add_metric_error(
        add_source("korea.assay", "\n\ntarget 2023 exprots = 685B\n"));
    ck_assert_str_eq(
        render(DIAGNOSTICS_TEXT),
        "error[E0203]: no metric named `exprots`\n"
        "  --> korea.assay:3:13\n"
        "   |\n"
        " 3 | target 2023 exprots = 685B\n"
        "   |             ^^^^^^^ did you mean `exports` (412 facts)?\n");
    ck_assert_str_eq(
        render(DIAGNOSTICS_SHORT),
        "korea.assay:3:13: error[E0203]: no metric named `exprots`\n");
}
END_TEST

START_TEST(related_places_are_grouped)
{
    const struct source *file = add_source(
        "a.assay", "using country KR\n\n\n\n\n\n\n\n\nshow exports + 3 kg\n");
    const struct source *other = add_source("b.assay", "metric exports in USD");
    struct diagnostic *record =
        add_error(find(file, "exports"), "these cannot be added");
    diagnostics_label(&list, record, "in USD");
    diagnostics_relate(&list, record, find(file, "3 kg"), "in kg");
    diagnostics_relate(&list, record, find(file, "KR"), "for this");
    diagnostics_relate(&list, record, find(other, "exports"), "declared here");
    diagnostics_help(&list, record, "convert one\nto the other");
    add_error(find(other, "USD"), "the next");
    ck_assert_str_eq(render(DIAGNOSTICS_TEXT),
                     "error[E0108]: these cannot be added\n"
                     "   --> a.assay:10:6\n"
                     "    |\n"
                     " 10 | show exports + 3 kg\n"
                     "    |      ^^^^^^^ in USD\n"
                     "    |                ---- in kg\n"
                     "    |\n"
                     "  1 | using country KR\n"
                     "    |               -- for this\n"
                     "   ::: b.assay:1:8\n"
                     "    |\n"
                     "  1 | metric exports in USD\n"
                     "    |        ------- declared here\n"
                     "    = help: convert one\n"
                     "            to the other\n"
                     "\n"
                     "error[E0108]: the next\n"
                     "  --> b.assay:1:19\n"
                     "   |\n"
                     " 1 | metric exports in USD\n"
                     "   |                   ^^^\n");
}
END_TEST

START_TEST(notices_take_one_line)
{
    const struct source *file = add_source("a.assay", "x\nactual exprots\n");
    struct diagnostic *record =
        diagnostics_add(&list, SEVERITY_NOTICE, DIAGNOSTIC_DECLARED,
                        find(file, "exprots"), "new metric exprots");
    diagnostics_label(&list, record, "did you mean exports?");
    diagnostics_add(&list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    (struct span){0, 0}, "as of 2023-10-05");
    diagnostics_add(&list, SEVERITY_WARNING, DIAGNOSTIC_SHADOWED_KEYWORD,
                    find(file, "actual"), "read as a keyword");
    ck_assert_str_eq(
        render(DIAGNOSTICS_TEXT),
        "a.assay:2:8: note: new metric exprots; did you mean exports?\n"
        "note: as of 2023-10-05\n"
        "warning[W0702]: read as a keyword\n"
        "  --> a.assay:2:1\n"
        "   |\n"
        " 2 | actual exprots\n"
        "   | ^^^^^^\n");
}
END_TEST

START_TEST(carets_stand_below_wide_and_hidden_text)
{
    const struct source *file = add_source(
        "w\x1b.assay",
        "\t\xea\xb5\xad\xea\xb5\xad e\xcc\x81 \x1b[1m\xe2\x80\xae\xff bad\n");
    struct diagnostic *record = add_error(find(file, "bad"), "m\x1b[0m");
    diagnostics_label(&list, record, "l\xe2\x80\xae");
    diagnostics_relate(&list, record, find(file, "\xea\xb5\xad e"), "wide");
    ck_assert_str_eq(
        render(DIAGNOSTICS_TEXT),
        "error[E0108]: m\\u{1B}[0m\n"
        "  --> w\\u{1B}.assay:1:40\n"
        "   |\n"
        " 1 |         \xea\xb5\xad\xea\xb5\xad e\xcc\x81 "
        "\\u{1B}[1m\\u{202E}\\x{FF} bad\n"
        "   |                                        ^^^ l\\u{202E}\n"
        "   |           ---- wide\n");
}
END_TEST

START_TEST(spans_of_several_lines_and_of_none)
{
    const struct source *file = add_source("a.assay", "show (\r\n  1 +\n\n  2");
    struct span span = find(file, "(");
    span.end = find(file, "2").end;
    add_error(span, "unfinished");
    span.start = span.end;
    struct diagnostic *record = add_error(span, "the end");
    diagnostics_relate(&list, record, find(file, "("), "opened here");
    span.start = span.end = find(file, "\n\n").end - 1;
    add_error(span, "an empty line");
    add_error((struct span){0, 0}, "no place");
    ck_assert_str_eq(render(DIAGNOSTICS_TEXT), "error[E0108]: unfinished\n"
                                               "  --> a.assay:1:6\n"
                                               "   |\n"
                                               " 1 | show (\n"
                                               "   |      ^\n"
                                               "\n"
                                               "error[E0108]: the end\n"
                                               "  --> a.assay:4:4\n"
                                               "   |\n"
                                               " 4 |   2\n"
                                               "   |    ^\n"
                                               "   |\n"
                                               " 1 | show (\n"
                                               "   |      - opened here\n"
                                               "\n"
                                               "error[E0108]: an empty line\n"
                                               "  --> a.assay:3:1\n"
                                               "   |\n"
                                               " 3 |\n"
                                               "   | ^\n"
                                               "\n"
                                               "error[E0108]: no place\n");
}
END_TEST

START_TEST(the_end_of_a_file)
{
    const struct source *file = add_source("a.assay", "show (\n");
    uint32_t end = file->base + (uint32_t)file->text.len;
    add_error((struct span){end, end}, "the end");
    const struct source *none = add_source("", "");
    add_error((struct span){none->base, none->base}, "nothing");
    ck_assert_str_eq(render(DIAGNOSTICS_TEXT), "error[E0108]: the end\n"
                                               "  --> a.assay:2:1\n"
                                               "   |\n"
                                               " 2 |\n"
                                               "   | ^\n"
                                               "\n"
                                               "error[E0108]: nothing\n"
                                               "  --> :1:1\n"
                                               "   |\n"
                                               " 1 |\n"
                                               "   | ^\n");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_mark)
{
    char text[3001];
    memset(text, 'x', 3000);
    memcpy(text + 10, " first ", 7);
    memcpy(text + 1000, " here ", 6);
    memcpy(text + 2000, "\xea\xb5\xad\xea\xb5\xad", 6);
    text[3000] = '\0';
    const struct source *file = add_source("a.assay", text);
    struct diagnostic *record = add_error(find(file, "here"), "long");
    diagnostics_relate(&list, record, find(file, "first"), "far");
    render(DIAGNOSTICS_TEXT);
    const char *line = strstr(out.text, " 1 | ...x");
    ck_assert_ptr_nonnull(line);
    ck_assert_uint_eq(strcspn(line, "\n"), 105);
    ck_assert_int_eq(strncmp(line + 45, "here ", 5), 0);
    ck_assert_int_eq(strncmp(line + 102, "...\n", 4), 0);
    line += strcspn(line, "\n") + 1;
    ck_assert_int_eq(line[44], ' ');
    ck_assert_int_eq(strncmp(line + 45, "^^^^\n", 5), 0);
    ck_assert_ptr_nonnull(strstr(line, " 1 | xxxxxxxxxx first xxx"));
    ck_assert_ptr_nonnull(strstr(line, "\n   |            ----- far\n"));
}
END_TEST

START_TEST(json_carries_every_place)
{
    const struct source *file =
        add_source("a \"b\".assay", "\xea\xb5\xad exprots\n");
    add_metric_error(file);
    diagnostics_relate(&list, list.items[0], find(file, "\xea\xb5\xad"),
                       "here");
    diagnostics_help(&list, list.items[0], "a \"help\"");
    diagnostics_add(&list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    (struct span){0, 0}, "no place \x1b");
    ck_assert_str_eq(
        render(DIAGNOSTICS_JSON),
        "{\"severity\":\"error\",\"code\":\"E0203\","
        "\"message\":\"no metric named `exprots`\","
        "\"file\":\"a \\\"b\\\".assay\",\"line\":1,\"column\":3,"
        "\"end_line\":1,\"end_column\":10,\"display_column\":4,"
        "\"byte\":4,\"length\":7,"
        "\"label\":\"did you mean `exports` (412 facts)?\","
        "\"related\":[{\"file\":\"a \\\"b\\\".assay\",\"line\":1,"
        "\"column\":1,\"end_line\":1,\"end_column\":2,\"display_column\":1,"
        "\"byte\":0,\"length\":3,\"label\":\"here\"}],"
        "\"help\":\"a \\\"help\\\"\"}\n"
        "{\"severity\":\"note\",\"code\":\"N0703\","
        "\"message\":\"no place \\u001b\","
        "\"file\":null,\"line\":null,\"column\":null,\"end_line\":null,"
        "\"end_column\":null,\"display_column\":null,\"byte\":null,"
        "\"length\":null,\"label\":null,\"related\":[],\"help\":null}\n");
    for (char *line = strtok(out.text, "\n"); line; line = strtok(NULL, "\n")) {
        cJSON *read = cJSON_Parse(line);
        ck_assert_ptr_nonnull(read);
        cJSON_Delete(read);
    }
}
END_TEST

START_TEST(errors_beyond_the_limit_are_counted)
{
    for (size_t i = 0; i < list.error_limit + 2; i++) {
        add_error((struct span){0, 0}, "again");
    }
    render(DIAGNOSTICS_SHORT);
    ck_assert_ptr_nonnull(
        strstr(out.text, "\nnote: 2 more errors are not shown\n"));
    buffer_clear(&out);
    diagnostics_render(&list, list.count, &sources, DIAGNOSTICS_TEXT, false,
                       &out);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(color_changes_no_character)
{
    add_metric_error(add_source("a.assay", "target 2023 exprots = 685B\n"));
    render(DIAGNOSTICS_TEXT);
    char *plain = strdup(out.text);
    buffer_clear(&out);
    diagnostics_render(&list, 0, &sources, DIAGNOSTICS_TEXT, true, &out);
    ck_assert_ptr_nonnull(strstr(out.text, "\x1b[1;31merror[E0203]\x1b[0m"));
    char *to = out.text;
    for (const char *at = out.text; *at; at++) {
        if (*at == '\x1b') {
            at += strcspn(at, "m");
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    ck_assert_str_eq(out.text, plain);
    free(plain);
}
END_TEST

START_TEST(styles_have_names)
{
    enum diagnostics_style style;
    ck_assert(diagnostics_style_find(SLICE("short"), &style));
    ck_assert_int_eq(style, DIAGNOSTICS_SHORT);
    ck_assert(!diagnostics_style_find(SLICE("sarif"), &style));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("report_diagnostics");
    TCase *tests = tcase_create("diagnostics");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_layout_of_the_interface_page);
    tcase_add_test(tests, related_places_are_grouped);
    tcase_add_test(tests, notices_take_one_line);
    tcase_add_test(tests, carets_stand_below_wide_and_hidden_text);
    tcase_add_test(tests, spans_of_several_lines_and_of_none);
    tcase_add_test(tests, the_end_of_a_file);
    tcase_add_test(tests, long_lines_are_cut_around_the_mark);
    tcase_add_test(tests, json_carries_every_place);
    tcase_add_test(tests, errors_beyond_the_limit_are_counted);
    tcase_add_test(tests, color_changes_no_character);
    tcase_add_test(tests, styles_have_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buffer_free(&out);
    return failed != 0;
}
