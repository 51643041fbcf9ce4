#include "base/markdown.h"

#include <check.h>
#include <stdlib.h>

/* The blocks of TEXT as "LINE INFO: CONTENT|", with the lines of their content
 * joined by commas. */
static void
list_blocks(struct slice text, struct buffer *out)
{
    struct markdown markdown;
    struct markdown_block block;
    buffer_clear(out);
    markdown_start(&markdown, text);
    while (markdown_next(&markdown, &block)) {
        struct buffer content = {0};
        uint8_t *margins;
        markdown_content(text, &block, &content, &margins);
        for (size_t i = 0; i < content.len; i++) {
            content.text[i] = content.text[i] == '\n' ? ',' : content.text[i];
        }
        buffer_format(out, "%u %.*s: %s|", block.line, (int)block.info.len,
                      block.info.at, content.text);
        buffer_free(&content);
        free(margins);
    }
}

START_TEST(fences_are_those_of_commonmark)
{
    static const struct {
        const char *text;
        const char *blocks;
    } cases[] = {
        {"", ""},
        {"```\na\n```\n", "1 : a,|"},
        {"   ``` a  b \n   x\n     y\n z\n  ```\n", "1 a  b: x,  y,z,|"},
        {"    ```\n    a\n    ```\n", ""},
        {"``\na\n``\n", ""},
        {"```a`\nb\n", ""},
        {"~~~a`\nb\n~~~", "1 a`: b,|"},
        {"````\n```\n`````  \nx", "1 : ```,|"},
        {"```\n~~~\n``` x\n    ```\n```\n", "1 : ~~~,``` x,    ```,|"},
        {"```\nno end", "1 : no end,|"},
        {"- ```\n  a\n  ```\n", "1 : a,|"},
        {"- a\n  - b\n\n    ```\n    c\n    ```\n", "4 : c,|"},
        {"12. a\n\n    ```\n    b\n    ```\n", "3 : b,|"},
        {"1234567890. a\n\n    ```\n    b\n    ```\n", ""},
        {"-a\n\n    ```\n", ""},
        {"- a\n\n  ```\n  b\nc\n```\nd\n", "3 : b,|6 : d,|"},
        {"-     ```\n", ""},
        {"> ```\n> a\n> ```\n", ""},
        {"<!--\n```\na\n```\n-->\n```\nb\n```\n", "6 : b,|"},
        {"<!-- c -->\n```\nb\n```\n", "2 : b,|"},
        {"\xEF\xBB\xBF```\na\n```\n", "1 : a,|"},
        {"1.\t```\n\ta\n\t```\n", "1 : a,|"},
        {"```\r\na\r\n\r\n```\r\n", "1 : a,,|"},
    };
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        list_blocks(slice_of(cases[i].text), &out);
        ck_assert_msg(strcmp(out.text, cases[i].blocks) == 0,
                      "%s\ngave %s\nand not %s", cases[i].text, out.text,
                      cases[i].blocks);
    }
    buffer_free(&out);
}
END_TEST

/* Whatever a document is made of: what is replaced by CONTENT reads back as
 * CONTENT, and nothing else has changed. */
START_TEST(replacing_leaves_the_rest_alone)
{
    static const char *const pieces[] = {
        "```",  "~~~~", "\n",   "\r\n", " ",     "\t",    "- ",
        "1. ",  "x",    "`",    "<!--", "-->",   "> ",    "\n\n",
        "\xFF", "a\n",  "    ", "   ",  "```\n", "~~~\n", "* "};
    static const char *const contents[] = {"", "one\n", "```\n~~~~~\n\n  x\n"};
    enum { ROUNDS = 20000, PIECES = 24 };
    uint32_t seed = 2463534242u;
    struct buffer text = {0};
    struct buffer written = {0};
    struct buffer read = {0};
    for (int round = 0; round < ROUNDS; round++) {
        buffer_clear(&text);
        for (int i = 0; i < PIECES; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            buffer_add_text(&text,
                            pieces[seed % (sizeof pieces / sizeof *pieces)]);
        }
        struct slice content = slice_of(contents[round % 3]);
        struct markdown markdown;
        struct markdown_block block;
        markdown_start(&markdown, buffer_slice(&text));
        if (!markdown_next(&markdown, &block) || !block.closing) {
            continue;
        }
        size_t from = 0;
        buffer_clear(&written);
        markdown_replace(buffer_slice(&text), &block, content, &from, &written);
        size_t head = block.open;
        ck_assert_int_eq(memcmp(written.text, text.text, head), 0);
        size_t tail = text.len - block.close - block.closing;
        ck_assert_uint_eq(from, block.close + block.closing);
        buffer_add(&written, text.text + from, tail);
        struct markdown again;
        struct markdown_block other;
        markdown_start(&again, buffer_slice(&written));
        ck_assert(markdown_next(&again, &other));
        buffer_clear(&read);
        markdown_content(buffer_slice(&written), &other, &read, NULL);
        ck_assert_msg(strcmp(read.text, content.at) == 0,
                      "in %s\nbecame %s\nwhich reads %s", text.text,
                      written.text, read.text);
        ck_assert(other.closing);
    }
    buffer_free(&text);
    buffer_free(&written);
    buffer_free(&read);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("base_markdown");
    TCase *tests = tcase_create("markdown");
    tcase_add_test(tests, fences_are_those_of_commonmark);
    tcase_add_test(tests, replacing_leaves_the_rest_alone);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
