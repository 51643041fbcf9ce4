/* What each kind of node looks like: a form, which print.c explains, or a
 * function for the few that do not fit one. */
#include "parser/print_words.h"

#include <assert.h>

static void
put_within_range(struct printer *printer, const struct node *node)
{
    print_put_text(printer, "in");
    if (node->kid[1]) {
        print_between(printer, node);
    } else {
        print_node(printer, node->kid[0]);
    }
}

static void
put_unit(struct printer *printer, const struct node *node)
{
    const struct node *last = node->kid[2];
    bool symbol = last && last->kind == NODE_SYMBOL;
    print_form(printer, node, symbol ? "unit %0 %1 %2" : "unit %0 %1 [= %a2]");
}

static void
put_define(struct printer *printer, const struct node *node)
{
    print_form(printer, node, "define %0");
    if (print_kid(node, 3)) {
        print_tight(printer);
        print_form(printer, node, "( %,3 )");
    }
    print_form(printer, node, "%1 | = %2");
}

static void
put_calendar(struct printer *printer, const struct node *node)
{
    struct buffer day = {0};
    unsigned written = node->value.len;
    buffer_format(&day, "%02u-%02u", written / 100, written % 100);
    print_form(printer, node, "calendar %0 %1 starts");
    print_put(printer, buffer_slice(&day));
    print_form(printer, node, "named by %2");
    buffer_free(&day);
}

static void
put_set_option(struct printer *printer, const struct node *node)
{
    const struct node *value = node->kid[1];
    bool on = value->kind == NODE_TRUTH && value->op == OP_TRUE;
    print_form(printer, node, on ? "set %0 on" : "set %0 %a1");
}

static void
put_map(struct printer *printer, const struct node *node)
{
    print_form(printer, node, "%0 = %o %a1");
    if (print_kid(node, 3)) {
        print_put_text(printer, "{");
        print_tight(printer);
        print_form(printer, node, "%,3");
        print_tight(printer);
        print_put_text(printer, "}");
    }
}

static void
put_code(struct printer *printer, const struct node *node)
{
    print_form(printer, node, node->kid[0] ? "%c0 : %m1" : "else : %m1");
}

static void
put_mapping(struct printer *printer, const struct node *node)
{
    print_break(printer, PRINT_FILL, node->span.start);
    print_form(printer, node, "( %,0 )");
}

static const struct {
    const char *text;
    void (*put)(struct printer *printer, const struct node *node);
} forms[NODE_KIND_COUNT] = {
    [NODE_QUANTITY] = {"%0 %1", NULL},
    [NODE_HEDGE] = {"%o %a0", NULL},
    [NODE_PLUS_MINUS] = {"%a0 +- %a1", NULL},
    [NODE_FACT] = {"%0 %1 %/2", NULL},
    [NODE_CELLS] = {"%0 : %,1 %/2", NULL},
    [NODE_CELL] = {"%0 %1", NULL},
    [NODE_ASSERT] = {"%o %a0 %~1", NULL},
    [NODE_WITHIN_RANGE] = {NULL, put_within_range},
    [NODE_MOVE] = {"%o %a0 from %1", NULL},
    [NODE_RECORD] = {"record", NULL},
    [NODE_LOW] = {"low", NULL},
    [NODE_BY_ACTOR] = {"by %0", NULL},
    [NODE_SOURCE_OF] = {"source %0", NULL},
    [NODE_ON] = {"on %0", NULL},
    [NODE_IF_SAID] = {"if %0", NULL},
    [NODE_NOTE] = {"note %0", NULL},
    [NODE_URL] = {"url %0", NULL},
    [NODE_UNIT] = {NULL, put_unit},
    [NODE_SYMBOL] = {"symbol %0", NULL},
    [NODE_KIND] = {"kind %0 %1 like %2", NULL},
    [NODE_DIMENSION] = {"dimension %0 %1", NULL},
    [NODE_MEMBER] = {"member %m0 %1 of %2 [= %+3]", NULL},
    [NODE_METRIC] = {"metric %0 %1 %/2", NULL},
    [NODE_AGGREGATION] = {"%o", NULL},
    [NODE_FREQUENCY] = {"%o", NULL},
    [NODE_IN_UNIT] = {"in %a0", NULL},
    [NODE_IN_UNIT_OF] = {"in %0 of %1", NULL},
    [NODE_ON_CALENDAR] = {"on %0", NULL},
    [NODE_ACTOR] = {"actor %0 %1", NULL},
    [NODE_SOURCE] = {"source %0 %1 %/3", NULL},
    [NODE_DEFINE] = {NULL, put_define},
    [NODE_USING] = {"using %,0", NULL},
    [NODE_USE] = {"%0 %m1", NULL},
    [NODE_USE_SOURCE] = {"source %0", NULL},
    [NODE_USE_ACTOR] = {"actor %0", NULL},
    [NODE_USE_UNIT] = {"unit %a0", NULL},
    [NODE_CALENDAR] = {NULL, put_calendar},
    [NODE_PARAM_DEF] = {"param %0 %1 [= %a2]", NULL},
    [NODE_ANSWER] = {"%a0", NULL},
    [NODE_SHOW] = {"show %,0 %/1", NULL},
    [NODE_PLOT] = {"plot %,0 %/1", NULL},
    [NODE_COMPARE] = {"compare %0 %/1", NULL},
    [NODE_CHECK] = {"check %0 %/1", NULL},
    [NODE_WHY] = {"why %0 %/1", NULL},
    [NODE_WHY_RULE] = {"why %o %0 . %1 %/2", NULL},
    [NODE_EXPLAIN] = {"explain %0", NULL},
    [NODE_EXPLAIN_ANALYZE] = {"explain analyze %0", NULL},
    [NODE_LIST] = {"list %0 [of %1]", NULL},
    [NODE_DESCRIBE] = {"describe %0", NULL},
    [NODE_HISTORY] = {"history %0", NULL},
    [NODE_CONFLICTS] = {"conflicts %/0", NULL},
    [NODE_LAST] = {"last", NULL},
    [NODE_HELP] = {"help %0", NULL},
    [NODE_APROPOS] = {"apropos %0", NULL},
    [NODE_PRINT] = {"print %0", NULL},
    [NODE_VERSION] = {"version", NULL},
    [NODE_AS] = {"%0 as %1", NULL},
    [NODE_FOR] = {"for %0", NULL},
    [NODE_FOR_FIGURES] = {"for %,0", NULL},
    [NODE_FOR_LAST] = {"for last %0", NULL},
    [NODE_BY] = {"by %,0", NULL},
    [NODE_WHERE] = {"where %0", NULL},
    [NODE_SORT] = {"sort by %a0 %o", NULL},
    [NODE_TOP] = {"top %0", NULL},
    [NODE_AS_OF] = {"as of %0", NULL},
    [NODE_STATED_ONLY] = {"stated only", NULL},
    [NODE_WITH] = {"with %,0", NULL},
    [NODE_WITH_BOUNDS] = {"with bounds", NULL},
    [NODE_INTO] = {"into %0", NULL},
    [NODE_POLICY] = {"policy %0 %1 %/3", NULL},
    [NODE_RULE] = {"rule %0 %1 %/3", NULL},
    [NODE_RULE_ID] = {"%0 . %1", NULL},
    [NODE_WAIVE] = {"waive %0 %/1", NULL},
    [NODE_CLAIM] = {"claim %0 %/1 | check %2 %>3", NULL},
    [NODE_TEST] = {"test %0 %1 %/3", NULL},
    [NODE_OWNER] = {"owner %0", NULL},
    [NODE_SEE] = {"see %0", NULL},
    [NODE_BECAUSE] = {"because %0", NULL},
    [NODE_SEVERITY] = {"severity %0", NULL},
    [NODE_FOR_SUBJECT] = {"for %o %0", NULL},
    [NODE_WHEN] = {"when %0", NULL},
    [NODE_LET] = {"let %0 = %1", NULL},
    [NODE_REQUIRE] = {"require %0", NULL},
    [NODE_FORBID] = {"forbid %0", NULL},
    [NODE_OTHERWISE] = {"otherwise %0", NULL},
    [NODE_MAY_BE_EMPTY] = {"may be empty", NULL},
    [NODE_ON_UNKNOWN] = {"on unknown %o", NULL},
    [NODE_FAIL_WHEN] = {"fail when > %a0", NULL},
    [NODE_UNTIL] = {"until %0", NULL},
    [NODE_GIVEN] = {"given %0", NULL},
    [NODE_EXPECT] = {"expect %o %0 [for %1] [otherwise %2]", NULL},
    [NODE_EXPECT_NO_OTHER] = {"expect no other", NULL},
    [NODE_INCLUDE] = {"include %0", NULL},
    [NODE_IMPORT] = {"import %0 [as %1] %2 %3", NULL},
    [NODE_AS_MEMBERS] = {"members of %0", NULL},
    [NODE_FORM] = {"%o", NULL},
    [NODE_MAPPING] = {NULL, put_mapping},
    [NODE_MAP] = {NULL, put_map},
    [NODE_CODE] = {NULL, put_code},
    [NODE_EXPORT] = {"export [%1 to] %0 %2", NULL},
    [NODE_RETRACT] = {"retract %0 %/3 | because %1", NULL},
    [NODE_RETRACT_IMPORT] = {"retract import %0 because %1", NULL},
    [NODE_UNDO] = {"undo", NULL},
    [NODE_SET_OPTION] = {NULL, put_set_option},
    [NODE_QUIT] = {"quit", NULL},
};

void
print_node(struct printer *printer, const struct node *node)
{
    if (forms[node->kind].put) {
        forms[node->kind].put(printer, node);
    } else if (forms[node->kind].text) {
        print_form(printer, node, forms[node->kind].text);
    } else {
        bool known = print_value(printer, node);
        assert(known);
        (void)known;
    }
}
