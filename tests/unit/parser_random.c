/* Statements made at random from every production of the grammar: each must
 * read back as the same tree when printed, and no comment strewn into it may
 * get lost.  The seed is fixed, so that a failure comes back. */
#include "tests/unit/parser_help.h"

#include <stdio.h>

enum { STATEMENTS = 6000, FILES = 400, DEPTH_MAX = 9, PRODUCTION_MAX = 24 };

/* A production is words and <nonterminals>; @ is a blank inside a word.  Where
 * the depth is used up, only the first production is taken, which therefore
 * leads to an end. */
static const struct {
    const char *name;
    const char *productions[PRODUCTION_MAX];
} grammar[] = {
    {"stmt",
     {"<arith>", "<fact>", "<fact>", "<decl>", "<query>", "<block>", "<sess>"}},
    {"fact", {"<figure> <assert> <annots>", "<figure> : <cells> <annots>"}},
    {"assert", {"<cop> <value>", "in <arith> .. <arith>", "in <range>"}},
    {"cop", {"=", ">=", "<="}},
    {"value", {"<level>", "<level> <moves>", "<move> <moves>"}},
    {"level", {"<number>", "<arith>", "<hedge> <arith>", "<arith> +- <arith>"}},
    {"hedge", {"exactly", "about", "over", "nearly"}},
    {"moves", {"", "<move> <moves>", "record <moves>", "low <moves>"}},
    {"move", {"up <level> from <ref>", "down <level> from <ref>"}},
    {"ref", {"<when>", "<figure>"}},
    {"cells", {"<cell>", "<cell> , <cells>"}},
    {"cell", {"<when> <assert>"}},
    {"annots", {"", "<annot> <annots>"}},
    {"annot",
     {"by <name>", "source <name>", "on <date>", "if <str>", "note <str>",
      "url <str>"}},
    {"date", {"2023-10-05", "2023", "2023-10", "..2023-10-05", "$day"}},
    {"str", {"<text>", "<text>", "$text"}},
    {"text",
     {"\"\"", "\"plain\"", "\"a@\\\"b\\\"@{x:,.1%}@\\{@#@\\\\\"",
      "\"\\u{20AC}@ü\"", "\"a@text@that@is@long@enough@for@a@line\""}},
    {"figure",
     {"<name>", "<name> <coords>", "<name> <name> <coords>",
      "<name> <when> <name> <coords>", "<when> <name> <coords>",
      "<name> <when>"}},
    {"when",
     {"2023", "2023-Q3", "2023-H1", "2023-W40", "FY2023", "<range>",
      "2023-10-05", "$period", "2023Q4", "2023-M02", "0007"}},
    {"range",
     {"2018..2023", "2015..", "..2020", "2023-Q1..2024-Q2", "FY2020..FY2021",
      "5%..10%", "1.50..2e3", "640B..660B", "..2023-10-05",
      "12345678901234567890123..2"}},
    {"coords", {"", "[ <clist> ]"}},
    {"clist", {"<coord>", "<coord> , <clist>"}},
    {"coord", {"<member>", "*", "<name> = <member>", "<name> = *"}},
    {"member",
     {"KR", "<name>", "0101", "\"KR\"", "\"a`b\"", "\"\"", "$m",
      "\"two@words\"", "1_000", "\"tab\\there\"", "2023", "\"e\\u{301}\"",
      "\"12\""}},
    {"expr",
     {"<arith>", "<arith>", "<cmp>", "<expr> or <expr>", "<expr> and <expr>",
      "not <expr>", "possibly <expr>", "certainly <expr>",
      "<cmp> within <arith>", "<arith> in <set>", "<arith> matches <str>"}},
    {"cmp",
     {"<arith> = <arith>", "<arith> != <arith>", "<arith> < <arith>",
      "<arith> > <arith>", "<arith> <= <arith>", "<arith> >= <arith>",
      "<arith> ~ <arith>", "<arith> <> <arith>"}},
    {"set", {"<range>", "{ <elist> }", "<arith> .. <arith>"}},
    {"elist", {"<arith>", "<arith> , <elist>"}},
    {"arith",
     {"<primary>", "<primary>", "<primary>", "<primary>", "<primary>",
      "<primary>", "<arith> + <arith>", "<arith> - <arith>",
      "<arith> * <arith>", "<arith> / <arith>", "<arith> ^ <arith>",
      "<arith> ? <arith>", "- <arith>", "<arith> to <arith>",
      "if <expr> then <expr> else <arith>"}},
    {"primary",
     {"<figure>", "<figure>", "<number>", "<number> <name>", "<when>", "<text>",
      "true", "false", "unknown", "%", "<name> ( )",
      "<name> ( <args> <aggclause> )", "( <expr> )", "( <expr> )"}},
    {"number",
     {"685.0", "644.5B", "31.4@billion", "1e9", "1.50e-3", "4.5%", "0.00",
      "1_000_000.5", "0e5", "$685B", "¥1.5@trillion", "12345678901234567890.5",
      "12345678901234567890123@million", "0.0000000000000000001K", "25.0e3%",
      "$98765432109876543210.9", "1_0.5"}},
    {"args", {"<expr>", "<expr> , <args>"}},
    {"aggclause",
     {"", "by <names>", "over <names>", "for <span>", "by <names> for <span>",
      "over <names> for <span>"}},
    {"names", {"<name>", "<name> , <names>"}},
    {"span",
     {"<when>", "<when> ..", ".. <when>", "<when> .. <when>", "$a..$b", "..$b",
      "$a.."}},
    {"decl",
     {"dimension <name> <title>", "unit <name> <title>",
      "unit <name> <title> symbol <text>", "unit <name> <title> = <arith>",
      "kind <name> <title> like <name>", "member <member> <title> of <name>",
      "member <member> <title> of <name> = <members>",
      "metric <name> <title> <agg> <freq> <metricdefs>", "actor <name> <title>",
      "source <name> <title> <annots>", "define <name> <title> = <expr>",
      "define <name> ( ) <title> = <expr>",
      "define <name> ( <names> ) <title> = <expr>", "using <uses>",
      "calendar <name> <title> starts 10 - 1 named by <name>",
      "calendar <name> <title> starts 04-06 named by end",
      "param <name> <title>", "param <name> <title> = <arith>"}},
    {"uses", {"<use>", "<use> , <uses>"}},
    {"use",
     {"<name> <member>", "source <name>", "actor <name>", "unit <arith>"}},
    {"title", {"", "<text>"}},
    {"members", {"<member>", "<member> + <members>"}},
    {"agg", {"", "flow", "stock", "rate", "index"}},
    {"freq",
     {"", "once", "yearly", "halfyearly", "quarterly", "monthly", "weekly",
      "daily"}},
    {"metricdefs", {"", "<metricdef> <metricdefs>"}},
    {"metricdef",
     {"in <arith>", "in <name> of <name>", "by <names>", "on <name>"}},
    {"query",
     {"show <items> <sclauses>",
      "plot <items> <dclauses>",
      "compare <cclauses>",
      "compare <figure> <cclauses>",
      "check <expr> <qclauses>",
      "why <expr> <qclauses>",
      "why <name> . <name> <qclauses>",
      "why not <name> . <name> <qclauses>",
      "explain <stmt>",
      "list <name>",
      "list <name> of <name>",
      "describe <name>",
      "history <figure>",
      "conflicts <qclauses>",
      "last",
      "help",
      "help <name>",
      "help <text>",
      "apropos <name>",
      "apropos <text>",
      "print <str>",
      "version"}},
    {"ruleid", {"<name>", "<name> . <name>"}},
    {"items", {"<item>", "<item> , <items>"}},
    {"item", {"<expr>", "<expr> as <name>"}},
    {"figs", {"<figure>", "<figure> , <figs>"}},
    {"qclauses", {"", "<qclause> <qclauses>"}},
    {"cclauses",
     {"", "<qclause> <cclauses>", "with <figs> <cclauses>",
      "with bounds <cclauses>"}},
    {"sclauses", {"", "<qclause> <sclauses>", "with bounds <sclauses>"}},
    {"dclauses",
     {"", "<qclause> <dclauses>", "with bounds <dclauses>",
      "into <str> <dclauses>"}},
    {"qclause",
     {"for <span>", "for <figs>", "for last 5", "by <names>", "where <expr>",
      "sort by <arith>", "sort by <arith> desc", "top 10", "top $n",
      "as@of <date>", "stated only"}},
    {"block",
     {"policy <name> <title> <pclauses>", "rule <name> <title> <rclauses>",
      "waive <ruleid> <wclauses>",
      "claim <text> <annots> check <expr> <qclauses>", "test <text> <tclauses>",
      "test <text> as@of <date> <tclauses>"}},
    {"pclauses", {"", "<meta> <pclauses>"}},
    {"meta", {"owner <str>", "see <str>", "because <str>", "severity <name>"}},
    {"rclauses", {"", "<rclause> <rclauses>", "<rclause> <rclauses>"}},
    {"rclause",
     {"<meta>", "for every <figure>", "for <figure>", "for <span>",
      "by <names>", "where <expr>", "when <expr>", "let <name> = <expr>",
      "require <expr>", "forbid <expr>", "otherwise <str>", "may be empty",
      "on unknown warn", "on unknown fail", "on unknown ignore",
      "fail when > <arith>"}},
    {"wclauses", {"", "<wclause> <wclauses>"}},
    {"wclause",
     {"for <figs>", "until <date>", "because <str>", "by <name>", "by <text>"}},
    {"tclauses", {"", "<tclause> <tclauses>", "<tclause> <tclauses>"}},
    {"tclause",
     {"given <fact>", "expect <expr>", "expect <verdict> <ruleid> for <figure>",
      "expect no other"}},
    {"verdict", {"pass", "fail", "unknown", "not applicable"}},
    {"sess",
     {"undo", "include <str>", "import <str> <as> <form> <mapping>",
      "export <str>", "export last to <str>",
      "retract <figure> <annots> because <str>", "set <name> <arith>",
      "set <name> on", "quit", "exit"}},
    {"as", {"", "as <figure>", "as members of <name>"}},
    {"form", {"", "wide", "sdmx"}},
    {"mapping", {"", "( <maps> )"}},
    {"maps", {"<map>", "<map> , <maps>"}},
    {"map",
     {"<name> = <arith>", "<name> = new <name>",
      "<name> = <name> { <codes> }"}},
    {"codes", {"<code>", "<code> , <codes>"}},
    {"code", {"<name> : <name>", "<text> : <name>", "01 : <name>"}},
};

enum { RULE_COUNT = sizeof grammar / sizeof *grammar };

/* Names that are no keyword; the others are keywords in backquotes, so that
 * the printer has to find out where they may stand bare. */
static const char *const names[] = {
    "exports",   "exports",  "target",
    "KR",        "x1",       "_",
    "naïve",     "`FY2023`", "`GDP (current US$)`",
    "`million`", "`bn`",     "`2023`",
    "수출",      "offset",   "official",
    "`of`",      "`as`"};

enum { NAME_COUNT = sizeof names / sizeof *names };

struct maker {
    uint64_t state;
    struct buffer text;
    unsigned comments; /* one in so many gaps has a comment; 0 for none */
    unsigned made;     /* comments so far */
    bool taken[RULE_COUNT][PRODUCTION_MAX];
};

static unsigned
pick(struct maker *maker, unsigned count)
{
    maker->state ^= maker->state << 13;
    maker->state ^= maker->state >> 7;
    maker->state ^= maker->state << 17;
    return (unsigned)(maker->state >> 33) % count;
}

static void
add_gap(struct maker *maker)
{
    struct buffer *text = &maker->text;
    if (!text->len || text->text[text->len - 1] == '\n') {
        return;
    }
    if (!maker->comments || pick(maker, maker->comments)) {
        buffer_add_text(text, pick(maker, 12) ? " " : "\n    ");
        return;
    }
    if (pick(maker, 2)) {
        buffer_add_text(text, "\n");
        buffer_fill(text, ' ', pick(maker, 3));
    } else {
        buffer_add_char(text, ' ');
    }
    buffer_format(text, "# %u (\"`\n  ", ++maker->made);
}

static void
add_name(struct maker *maker)
{
    const char *const *words;
    size_t count = lexer_keyword_list(&words);
    if (pick(maker, 3)) {
        buffer_add_text(&maker->text, names[pick(maker, NAME_COUNT)]);
    } else {
        buffer_format(&maker->text, "`%s`",
                      words[pick(maker, (unsigned)count)]);
    }
}

static unsigned
find_rule(const char *name, size_t len)
{
    for (unsigned i = 0; i < RULE_COUNT; i++) {
        if (slice_equal((struct slice){name, len}, slice_of(grammar[i].name))) {
            return i;
        }
    }
    ck_abort_msg("the generator has no <%.*s>", (int)len, name);
    return 0;
}

static void
add_word(struct maker *maker, struct slice word)
{
    for (size_t i = 0; i < word.len; i++) {
        buffer_add_char(&maker->text, word.at[i] == '@' ? ' ' : word.at[i]);
    }
}

static void
make(struct maker *maker, unsigned rule, unsigned depth)
{
    unsigned count = 0;
    while (count < PRODUCTION_MAX && grammar[rule].productions[count]) {
        count++;
    }
    unsigned chosen = depth > DEPTH_MAX ? 0 : pick(maker, count);
    const char *at = grammar[rule].productions[chosen];
    maker->taken[rule][chosen] = true;
    while (*at) {
        size_t len = strcspn(at, " ");
        bool nonterminal = at[0] == '<' && len > 2 && at[len - 1] == '>';
        bool name = nonterminal && strncmp(at, "<name>", 6) == 0;
        if (nonterminal && !name) {
            make(maker, find_rule(at + 1, len - 2), depth + 1);
        } else {
            add_gap(maker);
        }
        if (name) {
            add_name(maker);
        } else if (!nonterminal) {
            add_word(maker, (struct slice){at, len});
        }
        at += len + (at[len] == ' ');
    }
}

static void
maker_free(struct maker *maker)
{
    buffer_free(&maker->text);
}

START_TEST(statements_read_back)
{
    struct maker maker = {.state = UINT64_C(0x9E3779B97F4A7C15) *
                                   (uint64_t)(_i + 1)};
    struct buffer out = {0};
    for (int i = 0; i < STATEMENTS / 10; i++) {
        struct session session;
        session_open(&session);
        buffer_clear(&maker.text);
        make(&maker, 0, 0);
        session_round_trip(&session, maker.text.text, &out);
        session_close(&session);
    }
    buffer_free(&out);
    maker_free(&maker);
}
END_TEST

static bool
is_expression(const struct node *node)
{
    return (node->kind >= NODE_QUANTITY && node->kind <= NODE_FIGURE) ||
           node->kind == NODE_CALL ||
           (node->kind >= NODE_UNARY && node->kind <= NODE_WITHIN) ||
           node->kind == NODE_IF || node->kind == NODE_NUMBER;
}

/* An expression somewhere in the tree, or NULL where it met none. */
static const struct node *
find_expression(struct maker *maker, const struct node *node)
{
    while (node && !(is_expression(node) && pick(maker, 3) == 0)) {
        if (node->kid_count == 0) {
            return is_expression(node) ? node : NULL;
        }
        node = node->kid[pick(maker, node->kid_count)];
        for (unsigned skip = pick(maker, 3); node && node->next && skip;
             skip--) {
            node = node->next;
        }
    }
    return node;
}

/* Statements in which an expression must read back the same. */
static const struct {
    const char *before;
    const char *behind;
    unsigned slots[4]; /* the way to the expression; ends with 9 */
    bool conditions;
} frames[] = {
    {"check ", " by a", {0, 9}, true},
    {"show ", " as x", {0, 0, 9}, true},
    {"define x = ", "", {2, 9}, true},
    {"rule r require ", " on unknown warn", {3, 0, 9}, true},
    {"test \"\" expect ", " expect no other", {3, 0, 9}, true},
    {"f(", " over x)", {0, 1, 9}, true},
    {"", "", {0, 9}, false},
    {"f = ", " source s", {1, 0, 9}, false},
    {"f = ", " record", {1, 0, 9}, false},
    {"f = up ", " from 2020", {1, 1, 0, 9}, false},
    {"show f sort by ", " desc", {1, 0, 9}, false},
    {"set x ", "", {1, 9}, false},
    {"import \"\" (x = ", ")", {3, 0, 1, 9}, false},
};

enum { FRAME_COUNT = sizeof frames / sizeof *frames };

static void
expect_in_frame(struct session *session, const struct node *expression,
                const char *text, unsigned index)
{
    struct buffer whole = {0};
    buffer_format(&whole, "%s%s%s", frames[index].before, text,
                  frames[index].behind);
    const struct node *node = session_parse(session, whole.text);
    for (const unsigned *slot = frames[index].slots; *slot != 9; slot++) {
        node = node->kid[*slot];
    }
    ck_assert_msg(node_equal(node, expression), "%s", whole.text);
    buffer_free(&whole);
}

START_TEST(expressions_read_back)
{
    struct maker maker = {.state = UINT64_C(0xA0761D6478BD642F) *
                                   (uint64_t)(_i + 1)};
    struct buffer out = {0};
    for (int i = 0; i < STATEMENTS / 10; i++) {
        struct session session;
        session_open(&session);
        buffer_clear(&maker.text);
        make(&maker, 0, 0);
        const struct node *node =
            find_expression(&maker, session_parse(&session, maker.text.text));
        buffer_clear(&out);
        if (node) {
            print_expression(&out, node, &session.atoms, &session.sources);
        }
        for (unsigned frame = 0; node && frame < FRAME_COUNT; frame++) {
            bool condition =
                node->kind == NODE_WITHIN ||
                (node->kind == NODE_UNARY && node->op != OP_NEGATE) ||
                (node->kind == NODE_BINARY && node->op < OP_TO);
            if (frames[frame].conditions || !condition) {
                expect_in_frame(&session, node, out.text, frame);
            }
        }
        session_close(&session);
    }
    buffer_free(&out);
    maker_free(&maker);
}
END_TEST

/* The numbers of the comments in TEXT, in order. */
static void
find_comments(struct slice text, struct buffer *found)
{
    buffer_clear(found);
    while (text.len) {
        const char *mark = memchr(text.at, '#', text.len);
        if (!mark) {
            return;
        }
        unsigned number;
        if (sscanf(mark, "# %u (\"`", &number) == 1) {
            buffer_format(found, "%u ", number);
        }
        mark++;
        text.len -= (size_t)(mark - text.at);
        text.at = mark;
    }
}

static void
format(struct session *session, const char *text, struct buffer *out)
{
    buffer_clear(out);
    bool whole =
        format_source(&session->atoms, &session->sources,
                      session_add(session, text), &session->diagnostics, out);
    ck_assert_msg(whole, "%s in\n%s", session_message(session), text);
}

static void
dump(struct session *session, const char *text, struct buffer *out)
{
    buffer_clear(out);
    bool whole =
        format_tree(&session->atoms, &session->sources,
                    session_add(session, text), &session->diagnostics, out);
    ck_assert_msg(whole, "%s in\n%s", session_message(session), text);
}

START_TEST(files_keep_their_comments)
{
    struct maker maker = {.state = UINT64_C(0xD1B54A32D192ED03) *
                                   (uint64_t)(_i + 1)};
    struct buffer out[2] = {{0}, {0}};
    struct buffer seen[2] = {{0}, {0}};
    for (int i = 0; i < FILES / 10; i++) {
        struct session session;
        session_open(&session);
        buffer_clear(&maker.text);
        maker.comments = pick(&maker, 2) ? 15 : 3;
        for (unsigned left = pick(&maker, 6); left; left--) {
            buffer_add_text(&maker.text, pick(&maker, 2) ? "\n" : "\n\n\n");
            make(&maker, 0, 3);
            buffer_add_text(&maker.text, pick(&maker, 4) ? "" : ";");
            maker.comments = maker.comments ? maker.comments : 1;
        }
        const char *text = maker.text.text;
        format(&session, text, &out[0]);
        format(&session, out[0].text, &out[1]);
        ck_assert_msg(strcmp(out[0].text, out[1].text) == 0,
                      "%s\nis formatted as\n%s\nthen as\n%s", text, out[0].text,
                      out[1].text);
        find_comments(buffer_slice(&maker.text), &seen[0]);
        find_comments(buffer_slice(&out[0]), &seen[1]);
        ck_assert_str_eq(seen[0].text, seen[1].text);
        dump(&session, text, &seen[0]);
        dump(&session, out[0].text, &seen[1]);
        ck_assert_str_eq(seen[0].text, seen[1].text);
        session_close(&session);
    }
    for (int i = 0; i < 2; i++) {
        buffer_free(&out[i]);
        buffer_free(&seen[i]);
    }
    maker_free(&maker);
}
END_TEST

START_TEST(every_production_is_taken)
{
    struct maker maker = {.state = 1};
    for (int i = 0; i < STATEMENTS; i++) {
        buffer_clear(&maker.text);
        make(&maker, 0, 0);
    }
    for (unsigned rule = 0; rule < RULE_COUNT; rule++) {
        for (unsigned i = 0; i < PRODUCTION_MAX; i++) {
            const char *production = grammar[rule].productions[i];
            ck_assert_msg(!production || maker.taken[rule][i],
                          "never made: %s: %s", grammar[rule].name, production);
        }
    }
    maker_free(&maker);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("parser_random");
    TCase *random = tcase_create("random");
    tcase_set_timeout(random, 120);
    tcase_add_test(random, every_production_is_taken);
    tcase_add_loop_test(random, statements_read_back, 0, 10);
    tcase_add_loop_test(random, expressions_read_back, 0, 10);
    tcase_add_loop_test(random, files_keep_their_comments, 0, 10);
    suite_add_tcase(suite, random);
    return run_suite(suite);
}
