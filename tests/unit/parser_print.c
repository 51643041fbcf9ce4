/* What statements look like when they are printed, production by production,
 * and that they read back as the same tree. */
#include "tests/unit/parser_help.h"

/* Canonical already: printing changes nothing. */
static const char *const same[] = {
    /* facts */
    "target 2023 exports = 685B",
    "actual 2021 exports = 644.5B record up 25.8% from 2020",
    "exports = 5 low down 3 from 2020 record",
    "forecast 2023 exports = down 4.5% from 2022 by moef on ..2023-10-05",
    "forecast 2023 exports = up about 4.5% from forecast 2022 exports",
    "forecast 2023 exports in 640B..660B by kdi on 2023-06-30",
    "forecast 2023 exports in a .. b + 1",
    "pledge 2027 exports >= 1T by lee if \"elected on 2022-03-09\"",
    "2023 exports <= 1T note \"a \\\"b\\\"\" url $link source bizwire",
    "pledge 2027 exports = 155% * actual 2021 exports",
    "target projects = 9 by motie",
    "f = exactly 685B",
    "f = about 1T",
    "f = over 14%",
    "f = nearly 700B up 3 +- 1 from 2020",
    "f = 650B +- 5B",
    "f = (a > b) +- if c then d else e",
    "f = if c then d else e if \"so it was said\"",
    "f = unknown on 2023",
    "f = $x on $day",
    "f = 5 on 2023-10 if $condition",
    "actual exports[KR]: 2019 = 542.2B, 2020 = 512.5B, 2021 = 644.5B by x",
    "f: 2023-Q1 in 5..6, $p >= 3 up 1% from 2020",
    /* figures */
    "show exports, target 2023 exports, forecast 2023, 2015 exports",
    "show target exports[KR], target 2023 exports[country = KR, goods = *]",
    "show exports[*, country = total, 0101, $m, \"a`b\", \"\", `two words`]",
    "show exports[\"tab\\there\"], $p exports, 2015..2020 exports",
    "show `GDP (current US$)`, `2023`, `FY2023`, FY2023 x, naïve, 수출",
    /* expressions */
    "exports / 2015 exports * 100",
    "a - b - (c - d)",
    "a / b / (c * d)",
    "(a + b) * c",
    "a to % to B USD",
    "a to (b to c)",
    "a ^ b ^ c",
    "(a ^ b) ^ c",
    "a ? b ? c",
    "a ? (b ? c)",
    "a ? b ^ c ? d",
    "(a ^ b) ? (c ^ d)",
    "-a ^ b",
    "(-a) ^ b",
    "a ^ -b",
    "a ^ -b * c",
    "(a ^ -b) ? c",
    "a ? -b",
    "a ? (-b) ^ c",
    "a ? -b ? c",
    "a ^ -b ^ c",
    "-a ? b",
    "(-a) ? b",
    "a * -if b then c else d",
    "a * -(if b then c else d) + 1",
    "a * -(if b then c else d + 1) + 1",
    "a + (if b then c else d) + 1",
    "-a * b",
    "-(a * b)",
    "--a - -b",
    "(a = b)",
    "(a and b) + (not c)",
    "(a and b or c) ? d",
    "f(a and b, (a = b) + 1, -c)",
    "f()",
    "sum(exports over country)",
    "max(growth(exports) by goods, country for 2015..2023)",
    "sum(x for 2015 ..)",
    "sum(x over a for ..$b)",
    "if a then b else c",
    "if a > b or c then d + 1 else if e then f else g + 2",
    "(if a then b else c) + 1",
    "a + if b then c else d",
    "-if b then c else d",
    "\"text\"",
    "true",
    "false ? unknown",
    "% / 100",
    "5.0 kg / 3.1B USD",
    "$685B USD + ¥5",
    "check a or b and c",
    "check (a or b) and c",
    "check a or (b or c)",
    "check not a and not (b and c)",
    "check not not a",
    "check possibly a > b or certainly a <= b",
    "check not (a or b) = (c and d)",
    "check (not a) = b",
    "check a = b and c != d and e < f and g > h",
    "check a ~ b within 1% and a = b within if c then d else e",
    "check x in 5%..10% and y in {1, KR, a + b, (c = d)}",
    "check x in a .. b and y in 2018 .. z",
    "check x in $a..$b",
    "check x matches \"^a.*\" or x + 1 matches $pattern",
    "check (if a then b else c) = d",
    /* numbers, periods, ranges */
    "show 1e9, 6.445e11, 1.0e4, 0e5, 2.5e-3%, 1.0e3B",
    "show 0.00, 1.50%, 25.0M, 1_000_000, 1_000.5, 12345678901234567890123",
    "show 2023-H1, 2023-Q3, 2023-10, 2023-W04, 2023-10-05, FY2023 x",
    "show 2015.. x, ..2020 x, 2018..2023 x, 2023-Q1..2024-Q2 x",
    "check x in FY2020..FY2023 or x in 1.50..2e3 or x in ..2023-10-05",
    /* declarations */
    "unit USD \"US dollar\" symbol \"$\"",
    "unit tonne = 1000 kg",
    "unit job",
    "kind plan \"Internal plan\" like target",
    "dimension country \"Country or territory\"",
    "member KR \"South Korea\" of country",
    "member 0101 of goods",
    "member $code of goods",
    "member G7 of country = CA + DE + FR + GB + IT + JP + US + 01 + `a b`",
    "metric exports \"Exports of goods\" flow yearly in USD by country, goods",
    "metric unemployment rate monthly in % by country",
    "metric prices index halfyearly in currency of country",
    "metric stocks stock quarterly in B USD on us_fiscal",
    "metric a weekly",
    "metric a daily",
    "metric projects \"Projects under way\" once in project by sector",
    "actor motie \"Ministry of Trade, Industry and Energy\"",
    "source bizwire \"Korea Bizwire\" on 2023-10-05 url \"https://...\"",
    "define growth(x) \"Growth on year\" = x / year_ago(x) - 1",
    "define f(a, b) = a > b",
    "define half \"Half\" = 1 / 2",
    "using country KR, source bizwire, actor moef, unit B USD, goods 0101",
    "calendar us_fiscal \"Fiscal year\" starts 10-01 named by end",
    "calendar c starts 13-01 named by end",
    "param start \"First year\"",
    "param limit = 5%",
    /* questions */
    "show exports as x, growth(x) as y for 2015..2023 by country",
    "show x for last 5 where x > 3 sort by x desc top 10 as of 2023-12-31",
    "show x sort by x + 1 top $n stated only with bounds",
    "plot a, b for 2015 .. with bounds by c",
    "plot a into \"a.svg\" by c into $file",
    "compare",
    "compare forecast",
    "compare exports with forecast 2023, target 2023 exports for 2023",
    "compare for target, forecast with bounds",
    "check a > b for ..2020 by c stated only",
    "why forecast 2023 exports for 2023",
    "why a.b for a",
    "why not a.b",
    "explain compare exports with target",
    "list metrics",
    "list members of country",
    "describe exports",
    "history target 2023 exports[KR]",
    "conflicts for 2023",
    "last",
    "help",
    "help show",
    "help \"as of\"",
    "apropos growth",
    "apropos \"growth\"",
    "print \"Target {target 2023 exports:,.1}, forecast {forecast}\"",
    "print $message",
    "version",
    /* blocks */
    "policy p",
    "rule r \"Title\"",
    "policy export_targets \"Review of export targets\"\n"
    "    owner \"trade desk\"\n"
    "    see \"https://...\"\n"
    "    because $why\n"
    "    severity warning",
    "rule r \"A target\"\n"
    "    severity warning\n"
    "    for every target exports\n"
    "    for target exports\n"
    "    for 2015..2020\n"
    "    by country, goods\n"
    "    where a > b\n"
    "    when not c\n"
    "    let gap = target / forecast - 1\n"
    "    require target <= 103% * forecast\n"
    "    forbid a and b\n"
    "    otherwise \"{target} is {gap:.1%} above\"\n"
    "    may be empty\n"
    "    on unknown warn\n"
    "    on unknown fail\n"
    "    on unknown ignore\n"
    "    fail when > 3 + 1\n"
    "    because \"x\"\n"
    "    see \"https://...\"",
    "waive p.r\n"
    "    for target 2023 exports[KR], target\n"
    "    until 2024-03-31\n"
    "    by \"budget office\"\n"
    "    by moef\n"
    "    because \"re-based series\"",
    "claim \"Exports fell\"\n"
    "    by yonhap\n"
    "    source bizwire\n"
    "    check all(growth(exports) < 0) for 2022-10..2023-09 by country",
    "test \"flagged\" as of 2023-12-31\n"
    "    given target 2023 exports = 105B by moef\n"
    "    given exports: 2019 = 1, 2020 = 2\n"
    "    expect a > b\n"
    "    expect fail r for target 2023 exports\n"
    "    expect pass p.r for target\n"
    "    expect unknown r for target\n"
    "    expect not applicable r for target\n"
    "    expect unknown\n"
    "    expect no other",
    "explain rule r\n    may be empty",
    /* the session */
    "include \"vocabulary.assay\"",
    "import \"exports.csv\" as actual exports",
    "import \"areas.csv\" as members of country (name = code, title = area)",
    "import $file wide",
    "import \"flows.csv\" as exports sdmx (a = new b, c = 1 + 2)",
    "import \"a\" (k = s {A: actual, 01: forecast, \"\": x, \"a b\": `c d`})",
    "export \"facts.assay\"",
    "export last to \"file.csv\"",
    "retract target 2023 exports by motie on 2024 because \"a typo\"",
    "undo",
    "set strict on",
    "set width 120",
    "set mode strict",
    "quit",
    /* names that are keywords somewhere */
    "`source` = 5",
    "rate = 5 source bizwire",
    "show source, rate, list, last, up, metric",
    "`list` + 1",
    "`last` * 2",
    "up + up",
    "`source` - 1",
    "f = target `source` source source",
    "f = `up` up 5% from up by if",
    "f = 1 by by source source",
    "show f[by, if, in = list, country = by]",
    "show x as offset, y as official, z as `of` as of 2023",
    "show x by by, for for for",
    "show by by by sort by by",
    "show `if` by by",
    "check not not_x and `not`",
    "list list",
    "list as of as",
    "metric flow flow in in by by",
    "check x in `if` .. not",
    "5.0 `million` / 5 million_tonnes",
    "compare `for` for for",
    "expect = 5",
};

static const struct {
    const char *input;
    const char *output;
} pairs[] = {
    {"target   2023 exports=685B", "target 2023 exports = 685B"},
    {"(a)+(b*c)", "a + b * c"},
    {"((a))", "a"},
    {"-(2 ^ 3)", "-2 ^ 3"},
    {"((a ? b)) ^ c", "a ? b ^ c"},
    {"show 31.4 billion, 5 mn, 3 tln, 12.0 thousand, 7k",
     "show 31.4B, 5M, 3T, 12.0K, 7K"},
    {"show 1.5e9, 15e8, 1E+3, 10e-3, 1_0, 1_000e3",
     "show 1.5e9, 1.5e9, 1e3, 1.0e-2, 10, 1.000e6"},
    {"show 2023Q3, 2023-M10, 2023-S1, 2023-W4, 0007 x",
     "show 2023-Q3, 2023-10, 2023-H1, 2023-W04, 0007 x"},
    {"show 2023Q1..2023Q3 x", "show 2023-Q1..2023-Q3 x"},
    {"check a <> b", "check a != b"},
    {"f = 650B ± 5B", "f = 650B +- 5B"},
    {"show x[\"KR\", `0101`, \"x y\"]", "show x[KR, 0101, `x y`]"},
    {"show `x`", "show x"},
    {"show e\xCC\x81t\xC3\xA9", "show \xC3\xA9t\xC3\xA9"},
    {"show x[\"e\\u{301}\"]", "show x[\xC3\xA9]"},
    {"define f() = 1", "define f = 1"},
    {"calendar c starts 4 - 6 named by start",
     "calendar c starts 04-06 named by start"},
    {"set strict true", "set strict on"},
    {"exit", "quit"},
    {"check x for $a .. $b", "check x for $a..$b"},
    {"check x for ..$b", "check x for ..$b"},
    {"check x for $a..", "check x for $a.."},
    {"check x for 2018 .. $b", "check x for 2018 .. $b"},
    {"`rate` = `source`", "rate = source"},
    {"check `exports` > `rate` * `list`", "check exports > rate * list"},
    {"f = 1 by `if`", "f = 1 by if"},
    {"show f[`by`]", "show f[by]"},
    {"test \"t\" expect no other given a = 1",
     "test \"t\"\n    expect no other\n    given a = 1"},
    {"x = 1;", "x = 1"},
    /* lines */
    {"forecast 2023 exports = down 4.5% from 2022 record by moef on "
     "..2023-10-05 source b",
     "forecast 2023 exports = down 4.5% from 2022 record\n"
     "    by moef\n"
     "    on ..2023-10-05\n"
     "    source b"},
    {"show exports / 2015 exports * 100 as index_of_exports, growth(exports) "
     "as growth, imports as im for 2015..2023",
     "show exports / 2015 exports * 100 as index_of_exports,\n"
     "        growth(exports) as growth, imports as im\n"
     "    for 2015..2023"},
    {"metric exports_of_goods \"Exports of goods and services\" flow yearly "
     "in B USD by country, goods",
     "metric exports_of_goods \"Exports of goods and services\" flow yearly\n"
     "    in B USD\n"
     "    by country, goods"},
    {"import \"weo.csv\" (metric = concept, country = new ref_area, period = "
     "year, value = value, on = vintage, kind = status {A: actual, F: "
     "forecast, \"\": estimate})",
     "import \"weo.csv\" (metric = concept, country = new ref_area, period = "
     "year,\n"
     "    value = value, on = vintage,\n"
     "    kind = status {A: actual, F: forecast, \"\": estimate})"},
    {"aaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbb * "
     "ccccccccccccccccccc + dddddddddddddddddddddd - eeeee",
     "aaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbb * "
     "ccccccccccccccccccc\n"
     "    + dddddddddddddddddddddd - eeeee"},
    {"member G of country = aaaaaaaaaaaaaa + bbbbbbbbbbbbbbb + "
     "ccccccccccccccc + ddddddddddddddd + e",
     "member G of country = aaaaaaaaaaaaaa + bbbbbbbbbbbbbbb + "
     "ccccccccccccccc\n"
     "    + ddddddddddddddd + e"},
    {"rule r require aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa > bbbbbbbbbbbbbbbbbbb "
     "and cccccccccccccccccccc < d",
     "rule r\n"
     "    require aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa > bbbbbbbbbbbbbbbbbbb\n"
     "        and cccccccccccccccccccc < d"},
    {"test \"t\" given forecast 2023 exports = 100B up 5% from 2022 by "
     "ministry_of_trade source korea_bizwire",
     "test \"t\"\n"
     "    given forecast 2023 exports = 100B up 5% from 2022\n"
     "        by ministry_of_trade\n"
     "        source korea_bizwire"},
    {"print \"a text that fills more than a line by itself and that has no "
     "place where it could be broken\"",
     "print \"a text that fills more than a line by itself and that has no "
     "place where it could be broken\""},
};

enum {
    SAME_COUNT = sizeof same / sizeof *same,
    PAIR_COUNT = sizeof pairs / sizeof *pairs,
};

static void
expect_print(const char *input, const char *output)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    session_round_trip(&session, input, &out);
    ck_assert_str_eq(out.text, output);
    buffer_free(&out);
    session_close(&session);
}

START_TEST(canonical_stays)
{
    expect_print(same[_i], same[_i]);
}
END_TEST

START_TEST(other_becomes_canonical)
{
    expect_print(pairs[_i].input, pairs[_i].output);
}
END_TEST

/* Parts of statements: a way to the node from the statement's root. */
static const struct {
    const char *statement;
    unsigned slots[3]; /* ends with 9 */
    const char *output;
} parts[] = {
    {"check a = b and c", {0, 9}, "a = b and c"},
    {"check `list` + rate > `up`", {0, 9}, "`list` + rate > up"},
    {"f = target `source`", {1, 0, 9}, "target `source`"},
    {"f = 685B up 5% from 2020", {1, 9}, "= 685B up 5% from 2020"},
    {"f in 5..6", {1, 9}, "in 5..6"},
    {"f = 1 by if", {2, 9}, "by if"},
    {"target 2023 exports[country = KR, by] = 1",
     {0, 9},
     "target 2023 exports[country = KR, by]"},
    {"target 2023 exports[country = by] = 1", {0, 3, 9}, "country = by"},
    {"show aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + "
     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
     {0, 9},
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + "
     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"},
};

enum { PART_COUNT = sizeof parts / sizeof *parts };

START_TEST(parts_stand_on_a_line)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    const struct node *node = session_parse(&session, parts[_i].statement);
    for (const unsigned *slot = parts[_i].slots; *slot != 9; slot++) {
        node = node->kid[*slot];
    }
    print_expression(&out, node, &session.atoms, &session.sources);
    ck_assert_str_eq(out.text, parts[_i].output);
    buffer_free(&out);
    session_close(&session);
}
END_TEST

START_TEST(names_alone)
{
    struct buffer out = {0};
    static const char *const words[] = {"KR",     "a b",  "by", "exit",
                                        "FY2023", "0101", "bn", "as of"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        print_name(&out, slice_of(words[i]));
        buffer_add_char(&out, ' ');
        print_member(&out, slice_of(words[i]));
        buffer_add_char(&out, i + 1 < sizeof words / sizeof *words ? ' ' : '.');
    }
    print_member(&out, SLICE("a`b\n"));
    ck_assert_str_eq(out.text,
                     "KR KR `a b` `a b` `by` `by` `exit` `exit` `FY2023` "
                     "`FY2023` `0101` 0101 `bn` `bn` `as of` `as of`."
                     "\"a`b\\n\"");
    buffer_free(&out);
}
END_TEST

static const struct {
    const char *input;
    const char *dump;
} dumps[] = {
    {"target 2023 exports = 685.0B by motie",
     "(fact (figure (name target) (number 2023) (name exports)) "
     "(assert = (number 685.0B)) (by_actor (name motie)))"},
    {"f[KR, *] in 5%..10%",
     "(fact (figure - - (name f) [(coord - (name KR)) (coord)]) "
     "(within_range (range 5%..10%)))"},
    {"show 1 - -2, FY2023, 2023Q1, 2023-10-05, \"a\", $p, true, %, `a b`",
     "(show [(binary - (number 1) (unary - (number 2))) (period FY2023) "
     "(period 2023-Q1) (date 2023-10-05) (text \"a\") (param p) (truth true) "
     "(percent) (figure - - (name `a b`))])"},
    {"calendar c starts 10-01 named by end",
     "(calendar 1001 (name c) - (name end))"},
    {"conflicts", "(conflicts)"},
};

enum { DUMP_COUNT = sizeof dumps / sizeof *dumps };

START_TEST(trees_are_written_down)
{
    struct session session;
    struct buffer out = {0};
    session_open(&session);
    node_dump(&out, session_parse(&session, dumps[_i].input), &session.atoms);
    ck_assert_str_eq(out.text, dumps[_i].dump);
    buffer_free(&out);
    session_close(&session);
}
END_TEST

/* Each says something else than the one before. */
static const char *const unequal[] = {
    "a",
    "b",
    "a + b",
    "a - b",
    "f(a)",
    "f(a, b)",
    "685B",
    "685000M",
    "$685B",
    "685.0B",
    "2023 x",
    "2023-Q1 x",
    "FY2023 x",
    "FY2024 x",
    "..2020 x",
    "2020.. x",
    "2020..2021 x",
    "2020..2022 x",
    "\"a\"",
    "\"b\"",
    "2023-10-05 x",
    "2023-10-06 x",
    "$a",
    "$b",
    "% / 1",
    "x[*]",
    "x[* , *]",
    "x[a = *]",
    "calendar c starts 10-01 named by end",
    "calendar c starts 10-02 named by end",
    "last",
    "help",
    "help x",
};

START_TEST(trees_differ)
{
    struct session session;
    session_open(&session);
    for (size_t i = 0; i < sizeof unequal / sizeof *unequal; i++) {
        for (size_t j = 0; j < sizeof unequal / sizeof *unequal; j++) {
            const struct node *a = session_parse(&session, unequal[i]);
            const struct node *b = session_parse(&session, unequal[j]);
            ck_assert_msg(node_equal(a, b) == (i == j), "%s and %s", unequal[i],
                          unequal[j]);
        }
    }
    session_close(&session);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("parser_print");
    TCase *print = tcase_create("print");
    tcase_add_loop_test(print, canonical_stays, 0, SAME_COUNT);
    tcase_add_loop_test(print, other_becomes_canonical, 0, PAIR_COUNT);
    tcase_add_loop_test(print, parts_stand_on_a_line, 0, PART_COUNT);
    tcase_add_test(print, names_alone);
    suite_add_tcase(suite, print);
    TCase *dump = tcase_create("dump");
    tcase_add_loop_test(dump, trees_are_written_down, 0, DUMP_COUNT);
    tcase_add_test(dump, trees_differ);
    suite_add_tcase(suite, dump);
    return run_suite(suite);
}
