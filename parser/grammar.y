/* The syntax of Assay.
 *
 * An action is one call to a constructor of parser/tree.h; it looks up nothing
 * and prints nothing.  A word is a keyword where the parser could accept it as
 * one, else a name: parse.c asks grammar_accepts() before it pushes a word.
 * Every token's alias is what a person would call it, because messages about
 * what was expected are made of them.
 */
%require "3.8"
%define api.pure full
%define api.push-pull push
%define api.prefix {grammar_}
%define api.token.prefix {TOK_}
%define api.token.raw
%define api.value.type union
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%define parse.trace false
%expect 0
%param {struct tree_builder *tree}

%code requires {
#include "parser/tree.h"
}

%code provides {
/* True when a parse could go on with token CODE. */
bool grammar_accepts(const grammar_pstate *state, int code);

/* Forgets how far the parse has come. */
void grammar_restart(grammar_pstate *state);

/* The alias of token CODE: `show`, a name, a number. */
const char *grammar_alias(int code);
}

%code {
#include <stdio.h>

#define YYMAXDEPTH 4000
#define YYLLOC_DEFAULT(current, rhs, count)                                    \
    do {                                                                       \
        if (count) {                                                           \
            (current).start = YYRHSLOC(rhs, 1).start;                          \
            (current).end = YYRHSLOC(rhs, count).end;                          \
        } else {                                                               \
            (current).start = (current).end = YYRHSLOC(rhs, 0).end;            \
        }                                                                      \
    } while (0)

static void grammar_error(const struct span *span, struct tree_builder *tree,
                          const char *message);
}

%token <struct literal>
    NAME "a name"
    INT "a whole number"
    NUMBER "a number"
    PERIOD "a period"
    RANGE "a range"
    DATE "a date"
    STRING "a text"
    PARAM "a parameter"
%token
    STOP "the end of the statement"

%token
    ABOUT "`about`" ACTOR "`actor`" AND "`and`" APPLICABLE "`applicable`"
    ANALYZE "`analyze`" APROPOS "`apropos`" AS "`as`" ASOF "`as of`" BE "`be`"
    BECAUSE "`because`" BOUNDS "`bounds`" BY "`by`" CALENDAR "`calendar`"
    CERTAINLY "`certainly`" CHECK "`check`" CLAIM "`claim`"
    COMPARE "`compare`" CONFLICTS "`conflicts`" DAILY "`daily`"
    DEFINE "`define`" DESC "`desc`" DESCRIBE "`describe`"
    DIMENSION "`dimension`" DOWN "`down`" ELSE "`else`" EMPTY "`empty`"
    EVERY "`every`" EXACTLY "`exactly`" EXPECT "`expect`"
    EXPLAIN "`explain`" EXPORT "`export`" FAIL "`fail`" FALSE "`false`"
    FLOW "`flow`" FOR "`for`" FORBID "`forbid`" FROM "`from`"
    GIVEN "`given`" HALFYEARLY "`halfyearly`" HELP "`help`"
    HISTORY "`history`" IF "`if`" IGNORE "`ignore`" IMPORT "`import`"
    IN "`in`" INCLUDE "`include`" INDEX "`index`" INTO "`into`" KIND "`kind`"
    LAST "`last`" LET "`let`" LIKE "`like`" LIST "`list`" LOW "`low`"
    MATCHES "`matches`" MAY "`may`" MEMBER "`member`" MEMBERS "`members`"
    METRIC "`metric`" MONTHLY "`monthly`" NAMED "`named`" NEARLY "`nearly`"
    NEW "`new`" NO "`no`" NOT "`not`" NOTE "`note`" OF "`of`" ON "`on`"
    ONCE "`once`" ONLY "`only`" OR "`or`" OTHER "`other`"
    OTHERWISE "`otherwise`" OVER "`over`" OWNER "`owner`" PARAMDEF "`param`"
    PASS "`pass`" PLOT "`plot`" POLICY "`policy`" POSSIBLY "`possibly`"
    PRINT "`print`" QUARTERLY "`quarterly`" QUIT "`quit`" RATE "`rate`"
    RECORD "`record`" REQUIRE "`require`" RETRACT "`retract`" RULE "`rule`"
    SDMX "`sdmx`" SEE "`see`" SET "`set`" SEVERITY "`severity`"
    SHOW "`show`" SORT "`sort`" SOURCE "`source`" STARTS "`starts`"
    STATED "`stated`" STOCK "`stock`" SYMBOL "`symbol`" TEST "`test`"
    THEN "`then`" TO "`to`" TOP "`top`" TRUE "`true`" UNDO "`undo`"
    UNIT "`unit`" UNKNOWN "`unknown`" UNTIL "`until`" UP "`up`" URL "`url`"
    USING "`using`" VERSION "`version`" WAIVE "`waive`" WARN "`warn`"
    WEEKLY "`weekly`" WHEN "`when`" WHERE "`where`" WHY "`why`"
    WIDE "`wide`" WITH "`with`" WITHIN "`within`" YEARLY "`yearly`"

%token
    EQ "`=`" NE "`!=`" LT "`<`" GT "`>`" LE "`<=`" GE "`>=`" AGREES "`~`"
    PLUS "`+`" MINUS "`-`" TIMES "`*`" OVER_SIGN "`/`" POWER "`^`"
    ORELSE "`?`" PERCENT "`%`" PM "`+-`" DOTS "`..`" DOT "`.`" COMMA "`,`"
    COLON "`:`" LPAREN "`(`" RPAREN "`)`" LBRACKET "`[`" RBRACKET "`]`"
    LBRACE "`{`" RBRACE "`}`"

%type <struct node *>
    stmt name fact factcore assert value level move ref cell annot date str
    figure when coord member expr cmp set arith primary aggclause span decl
    title unitdef metricdef use query block qclause item
    ruleid asof meta rclause wclause tclause sess as form mapping map code
    bound axis meaning
%type <struct list>
    moves cells annots coords clist arglist names axes elist uses members
    metricdefs params items figs qclauses cclauses sclauses dclauses pclauses
    rclauses wclauses tclauses maps codes
%type <enum node_op> cop hedge action verdict

%left OR
%left AND
%precedence NOT POSSIBLY CERTAINLY
%precedence ELSE
%left TO
%left PLUS MINUS
%left TIMES OVER_SIGN
%precedence NEG
%right POWER
%left ORELSE

%%

program: stmts ;

stmts:
  %empty
| stmts STOP
| stmts stmt STOP { tree_finish(tree, $2); }
| stmts error STOP { tree_fail(tree); }
;

stmt: fact | arith { $$ = tree_1(tree, NODE_ANSWER, @$, $1); }
| decl | query | block | sess ;

name: NAME { $$ = tree_name(tree, @$, $1.name); } ;

/* Facts */

fact:
  factcore annots { $$ = tree_fact_finish(tree, @$, $1, $2); }
| figure COLON cells annots {
    $$ = tree_2_lists(tree, NODE_CELLS, @$, $1, $3, $4); }
;

factcore: figure assert { $$ = tree_2(tree, NODE_FACT, @$, $1, $2); } ;

assert:
  cop value { $$ = tree_op(tree, $2, @$, $1); }
| IN arith DOTS arith { $$ = tree_2(tree, NODE_WITHIN_RANGE, @$, $2, $4); }
| IN RANGE { $$ = tree_1(tree, NODE_WITHIN_RANGE, @$,
                         tree_literal(tree, NODE_RANGE, @2, $2)); }
| IN MINUS RANGE { /* -5..5 */
    $$ = tree_1(tree, NODE_WITHIN_RANGE, @$,
                tree_unary(tree, span_join(@2, @3), OP_NEGATE,
                           tree_literal(tree, NODE_RANGE, @3, $3))); }
;

cop: EQ { $$ = OP_EQ; } | GE { $$ = OP_GE; } | LE { $$ = OP_LE; } ;

value:
  level moves { $$ = tree_1_list(tree, NODE_ASSERT, @$, $1, $2); }
| move moves { $$ = tree_1_list(tree, NODE_ASSERT, @$, NULL,
                                list_push($2, $1)); }
;

level:
  arith
| hedge arith { $$ = tree_hedge(tree, @$, $1, $2); }
| arith PM arith { $$ = tree_2(tree, NODE_PLUS_MINUS, @$, $1, $3); }
;

hedge:
  EXACTLY { $$ = OP_EXACTLY; } | ABOUT { $$ = OP_ABOUT; }
| OVER { $$ = OP_OVER; } | NEARLY { $$ = OP_NEARLY; }
;

moves:
  %empty { $$ = list_empty(); }
| moves move { $$ = list_add($1, $2); }
| moves RECORD { $$ = list_add($1, tree_mark(tree, NODE_RECORD, @2)); }
| moves LOW { $$ = list_add($1, tree_mark(tree, NODE_LOW, @2)); }
;

move:
  UP level FROM ref { $$ = tree_move(tree, @$, OP_UP, $2, $4); }
| DOWN level FROM ref { $$ = tree_move(tree, @$, OP_DOWN, $2, $4); }
;

ref: when | figure ;

cells:
  cell { $$ = list_one($1); }
| cells COMMA cell { $$ = list_add($1, $3); }
;

cell: when assert { $$ = tree_2(tree, NODE_CELL, @$, $1, $2); } ;

annots:
  %empty { $$ = list_empty(); }
| annots annot { $$ = list_add($1, $2); }
;

annot:
  BY name { $$ = tree_1(tree, NODE_BY_ACTOR, @$, $2); }
| SOURCE name { $$ = tree_1(tree, NODE_SOURCE_OF, @$, $2); }
| ON date { $$ = tree_1(tree, NODE_ON, @$, $2); }
| IF str { $$ = tree_1(tree, NODE_IF_SAID, @$, $2); }
| NOTE str { $$ = tree_1(tree, NODE_NOTE, @$, $2); }
| URL str { $$ = tree_1(tree, NODE_URL, @$, $2); }
;

date:
  DATE { $$ = tree_literal(tree, NODE_DATE, @$, $1); }
| INT { $$ = tree_literal(tree, NODE_NUMBER, @$, $1); }
| PERIOD { $$ = tree_literal(tree, NODE_PERIOD, @$, $1); }
| RANGE { $$ = tree_literal(tree, NODE_RANGE, @$, $1); }
| PARAM { $$ = tree_literal(tree, NODE_PARAM, @$, $1); }
;

str:
  STRING { $$ = tree_literal(tree, NODE_TEXT, @$, $1); }
| PARAM { $$ = tree_literal(tree, NODE_PARAM, @$, $1); }
;

/* Figures */

figure:
  name coords { $$ = tree_figure(tree, @$, NULL, NULL, $1, $2); }
| name name coords { $$ = tree_figure(tree, @$, $1, NULL, $2, $3); }
| name when name coords { $$ = tree_figure(tree, @$, $1, $2, $3, $4); }
| when name coords { $$ = tree_figure(tree, @$, NULL, $1, $2, $3); }
| name when { $$ = tree_figure(tree, @$, $1, $2, NULL, list_empty()); }
;

when:
  INT { $$ = tree_literal(tree, NODE_NUMBER, @$, $1); }
| PERIOD { $$ = tree_literal(tree, NODE_PERIOD, @$, $1); }
| RANGE { $$ = tree_literal(tree, NODE_RANGE, @$, $1); }
| DATE { $$ = tree_literal(tree, NODE_DATE, @$, $1); }
| PARAM { $$ = tree_literal(tree, NODE_PARAM, @$, $1); }
;

coords:
  %empty { $$ = list_empty(); }
| LBRACKET clist RBRACKET { $$ = $2; }
| LBRACKET error RBRACKET { $$ = list_empty(); tree_fail(tree); }
;

clist:
  coord { $$ = list_one($1); }
| clist COMMA coord { $$ = list_add($1, $3); }
;

coord:
  member { $$ = tree_coord(tree, @$, NULL, $1); }
| TIMES { $$ = tree_coord(tree, @$, NULL, NULL); }
| name EQ member { $$ = tree_coord(tree, @$, $1, $3); }
| name EQ TIMES { $$ = tree_coord(tree, @$, $1, NULL); }
| name EQ PERIOD {
    $$ = tree_coord(tree, @$, $1, tree_literal(tree, NODE_PERIOD, @3, $3)); }
| name EQ DATE {
    $$ = tree_coord(tree, @$, $1, tree_literal(tree, NODE_DATE, @3, $3)); }
;

member:
  name
| STRING { $$ = tree_member_text(tree, @$, $1); }
| INT { $$ = tree_member_code(tree, @$); }
| PARAM { $$ = tree_literal(tree, NODE_PARAM, @$, $1); }
;

/* Expressions */

expr:
  arith
| expr OR expr { $$ = tree_binary(tree, @$, OP_OR, $1, $3); }
| expr AND expr { $$ = tree_binary(tree, @$, OP_AND, $1, $3); }
| NOT expr { $$ = tree_unary(tree, @$, OP_NOT, $2); }
| POSSIBLY expr { $$ = tree_unary(tree, @$, OP_POSSIBLY, $2); }
| CERTAINLY expr { $$ = tree_unary(tree, @$, OP_CERTAINLY, $2); }
| cmp
| cmp WITHIN arith { $$ = tree_2(tree, NODE_WITHIN, @$, $1, $3); }
| arith IN set { $$ = tree_binary(tree, @$, OP_IN, $1, $3); }
| arith MATCHES str { $$ = tree_binary(tree, @$, OP_MATCHES, $1, $3); }
;

cmp:
  arith EQ arith { $$ = tree_binary(tree, @$, OP_EQ, $1, $3); }
| arith NE arith { $$ = tree_binary(tree, @$, OP_NE, $1, $3); }
| arith LT arith { $$ = tree_binary(tree, @$, OP_LT, $1, $3); }
| arith GT arith { $$ = tree_binary(tree, @$, OP_GT, $1, $3); }
| arith LE arith { $$ = tree_binary(tree, @$, OP_LE, $1, $3); }
| arith GE arith { $$ = tree_binary(tree, @$, OP_GE, $1, $3); }
| arith AGREES arith { $$ = tree_binary(tree, @$, OP_AGREES, $1, $3); }
;

set:
  LBRACE elist RBRACE { $$ = tree_list(tree, NODE_SET, @$, $2); }
| arith DOTS arith { $$ = tree_2(tree, NODE_BETWEEN, @$, $1, $3); }
| arith /* a range, or a group of members */
;

elist:
  arith { $$ = list_one($1); }
| elist COMMA arith { $$ = list_add($1, $3); }
;

arith:
  arith PLUS arith { $$ = tree_binary(tree, @$, OP_ADD, $1, $3); }
| arith MINUS arith { $$ = tree_binary(tree, @$, OP_SUBTRACT, $1, $3); }
| arith TIMES arith { $$ = tree_binary(tree, @$, OP_MULTIPLY, $1, $3); }
| arith OVER_SIGN arith { $$ = tree_binary(tree, @$, OP_DIVIDE, $1, $3); }
| arith POWER arith { $$ = tree_binary(tree, @$, OP_POWER, $1, $3); }
| arith ORELSE arith { $$ = tree_binary(tree, @$, OP_ORELSE, $1, $3); }
| MINUS arith %prec NEG { $$ = tree_unary(tree, @$, OP_NEGATE, $2); }
| arith TO arith { $$ = tree_binary(tree, @$, OP_TO, $1, $3); }
| IF expr THEN expr ELSE arith { $$ = tree_3(tree, NODE_IF, @$, $2, $4, $6); }
| primary
;

primary:
  figure
| NUMBER { $$ = tree_literal(tree, NODE_NUMBER, @$, $1); }
| NUMBER name { $$ = tree_quantity(tree, @$, @1, $1, $2); }
| when
| STRING { $$ = tree_literal(tree, NODE_TEXT, @$, $1); }
| TRUE { $$ = tree_truth(tree, @$, OP_TRUE); }
| FALSE { $$ = tree_truth(tree, @$, OP_FALSE); }
| UNKNOWN { $$ = tree_truth(tree, @$, OP_UNKNOWN); }
| PERCENT { $$ = tree_mark(tree, NODE_PERCENT, @$); }
| name LPAREN RPAREN {
    $$ = tree_call(tree, @$, $1, list_empty(), NULL); }
| name LPAREN arglist aggclause RPAREN {
    $$ = tree_call(tree, @$, $1, $3, $4); }
| name LPAREN error RPAREN { $$ = $1; tree_fail(tree); }
| LPAREN expr RPAREN { $$ = tree_parens(tree, @$, $2); }
| LPAREN error RPAREN {
    $$ = tree_truth(tree, @$, OP_UNKNOWN); tree_fail(tree); }
;

arglist:
  expr { $$ = list_one($1); }
| arglist COMMA expr { $$ = list_add($1, $3); }
;

aggclause:
  %empty { $$ = NULL; }
| BY names { $$ = tree_aggregate(tree, @$, OP_BY, $2, NULL); }
| OVER axes { $$ = tree_aggregate(tree, @$, OP_OVER, $2, NULL); }
| FOR span { $$ = tree_aggregate(tree, @$, OP_NONE, list_empty(), $2); }
| BY names FOR span { $$ = tree_aggregate(tree, @$, OP_BY, $2, $4); }
| OVER axes FOR span { $$ = tree_aggregate(tree, @$, OP_OVER, $2, $4); }
;

axes:
  axis { $$ = list_one($1); }
| axes COMMA axis { $$ = list_add($1, $3); }
;

axis:
  name
| name IN member { $$ = tree_axis(tree, @$, $1, $3); }
;

names:
  name { $$ = list_one($1); }
| names COMMA name { $$ = list_add($1, $3); }
;

span:
  when
| when DOTS { $$ = tree_2(tree, NODE_BETWEEN, @$, $1, NULL); }
| DOTS when { $$ = tree_2(tree, NODE_BETWEEN, @$, NULL, $2); }
| when DOTS when { $$ = tree_2(tree, NODE_BETWEEN, @$, $1, $3); }
;

/* Declarations */

decl:
  UNIT name title unitdef { $$ = tree_3(tree, NODE_UNIT, @$, $2, $3, $4); }
| KIND name title LIKE name { $$ = tree_3(tree, NODE_KIND, @$, $2, $3, $5); }
| DIMENSION name title { $$ = tree_2(tree, NODE_DIMENSION, @$, $2, $3); }
| MEMBER member title OF name {
    $$ = tree_3(tree, NODE_MEMBER, @$, $2, $3, $5); }
| MEMBER member title OF name EQ members {
    $$ = tree_3_list(tree, NODE_MEMBER, @$, $2, $3, $5, $7); }
| METRIC name title metricdefs {
    $$ = tree_metric(tree, @$, $2, $3, $4); }
| ACTOR name title { $$ = tree_2(tree, NODE_ACTOR, @$, $2, $3); }
| SOURCE name title annots {
    $$ = tree_3_list(tree, NODE_SOURCE, @$, $2, $3, NULL, $4); }
| DEFINE name title EQ expr {
    $$ = tree_3(tree, NODE_DEFINE, @$, $2, $3, $5); }
| DEFINE name LPAREN params RPAREN title EQ expr {
    $$ = tree_3_list(tree, NODE_DEFINE, @$, $2, $6, $8, $4); }
| USING uses { $$ = tree_list(tree, NODE_USING, @$, $2); }
| CALENDAR name title STARTS INT MINUS INT NAMED BY bound {
    $$ = tree_calendar(tree, @$, $2, $3, $5, $7, $10); }
| PARAMDEF name title { $$ = tree_2(tree, NODE_PARAM_DEF, @$, $2, $3); }
| PARAMDEF name title EQ arith {
    $$ = tree_3(tree, NODE_PARAM_DEF, @$, $2, $3, $5); }
;

/* `start` or `end` of a fiscal year. */
bound: name ;

uses:
  use { $$ = list_one($1); }
| uses COMMA use { $$ = list_add($1, $3); }
;

use:
  name member { $$ = tree_2(tree, NODE_USE, @$, $1, $2); }
| SOURCE name { $$ = tree_1(tree, NODE_USE_SOURCE, @$, $2); }
| ACTOR name { $$ = tree_1(tree, NODE_USE_ACTOR, @$, $2); }
| UNIT arith { $$ = tree_1(tree, NODE_USE_UNIT, @$, $2); }
;

params: %empty { $$ = list_empty(); } | names ;

title:
  %empty { $$ = NULL; }
| STRING { $$ = tree_literal(tree, NODE_TEXT, @$, $1); }
;

unitdef:
  %empty { $$ = NULL; }
| SYMBOL STRING { $$ = tree_1(tree, NODE_SYMBOL, @$,
                              tree_literal(tree, NODE_TEXT, @2, $2)); }
| EQ arith { $$ = $2; }
;

members:
  member { $$ = list_one($1); }
| members PLUS member { $$ = list_add($1, $3); }
;

metricdefs:
  %empty { $$ = list_empty(); }
| metricdefs metricdef { $$ = list_add($1, $2); }
;

metricdef:
  IN arith { $$ = tree_1(tree, NODE_IN_UNIT, @$, $2); }
| IN name OF name { $$ = tree_2(tree, NODE_IN_UNIT_OF, @$, $2, $4); }
| BY names { $$ = tree_list(tree, NODE_BY, @$, $2); }
| ON name { $$ = tree_1(tree, NODE_ON_CALENDAR, @$, $2); }
| FLOW { $$ = tree_word(tree, NODE_AGGREGATION, @$, OP_FLOW); }
| STOCK { $$ = tree_word(tree, NODE_AGGREGATION, @$, OP_STOCK); }
| RATE { $$ = tree_word(tree, NODE_AGGREGATION, @$, OP_RATE); }
| INDEX { $$ = tree_word(tree, NODE_AGGREGATION, @$, OP_INDEX); }
| ONCE { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_ONCE); }
| YEARLY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_YEARLY); }
| HALFYEARLY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_HALFYEARLY); }
| QUARTERLY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_QUARTERLY); }
| MONTHLY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_MONTHLY); }
| WEEKLY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_WEEKLY); }
| DAILY { $$ = tree_word(tree, NODE_FREQUENCY, @$, OP_DAILY); }
;

/* Questions */

query:
  SHOW items sclauses { $$ = tree_lists(tree, NODE_SHOW, @$, $2, $3); }
| PLOT items dclauses { $$ = tree_lists(tree, NODE_PLOT, @$, $2, $3); }
| COMPARE cclauses { $$ = tree_1_list(tree, NODE_COMPARE, @$, NULL, $2); }
| COMPARE figure cclauses {
    $$ = tree_1_list(tree, NODE_COMPARE, @$, $2, $3); }
| CHECK expr qclauses { $$ = tree_1_list(tree, NODE_CHECK, @$, $2, $3); }
| WHY expr qclauses { $$ = tree_1_list(tree, NODE_WHY, @$, $2, $3); }
| WHY name DOT name qclauses {
    $$ = tree_why_rule(tree, @$, OP_NONE, $2, $4, $5); }
| WHY NOT name DOT name qclauses {
    $$ = tree_why_rule(tree, @$, OP_NOT, $3, $5, $6); }
| EXPLAIN stmt { $$ = tree_1(tree, NODE_EXPLAIN, @$, $2); }
| EXPLAIN ANALYZE stmt { $$ = tree_1(tree, NODE_EXPLAIN_ANALYZE, @$, $3); }
| LIST name { $$ = tree_1(tree, NODE_LIST, @$, $2); }
| LIST name OF name { $$ = tree_2(tree, NODE_LIST, @$, $2, $4); }
| DESCRIBE name { $$ = tree_1(tree, NODE_DESCRIBE, @$, $2); }
| HISTORY figure { $$ = tree_1(tree, NODE_HISTORY, @$, $2); }
| CONFLICTS qclauses { $$ = tree_list(tree, NODE_CONFLICTS, @$, $2); }
| LAST { $$ = tree_mark(tree, NODE_LAST, @$); }
| HELP { $$ = tree_mark(tree, NODE_HELP, @$); }
| HELP name { $$ = tree_1(tree, NODE_HELP, @$, $2); }
| HELP STRING { $$ = tree_1(tree, NODE_HELP, @$,
                            tree_literal(tree, NODE_TEXT, @2, $2)); }
| APROPOS name { $$ = tree_1(tree, NODE_APROPOS, @$, $2); }
| APROPOS STRING { $$ = tree_1(tree, NODE_APROPOS, @$,
                               tree_literal(tree, NODE_TEXT, @2, $2)); }
| PRINT str { $$ = tree_1(tree, NODE_PRINT, @$, $2); }
| VERSION { $$ = tree_mark(tree, NODE_VERSION, @$); }
;

ruleid:
  name
| name DOT name { $$ = tree_2(tree, NODE_RULE_ID, @$, $1, $3); }
;

items:
  item { $$ = list_one($1); }
| items COMMA item { $$ = list_add($1, $3); }
;

item:
  expr
| expr AS name { $$ = tree_2(tree, NODE_AS, @$, $1, $3); }
;

figs:
  figure { $$ = list_one($1); }
| figs COMMA figure { $$ = list_add($1, $3); }
;

qclauses:
  %empty { $$ = list_empty(); }
| qclauses qclause { $$ = list_add($1, $2); }
;

cclauses:
  %empty { $$ = list_empty(); }
| cclauses qclause { $$ = list_add($1, $2); }
| cclauses WITH figs {
    $$ = list_add($1, tree_list(tree, NODE_WITH, @2, $3)); }
| cclauses WITH BOUNDS {
    $$ = list_add($1, tree_mark(tree, NODE_WITH_BOUNDS, @2)); }
;

sclauses:
  %empty { $$ = list_empty(); }
| sclauses qclause { $$ = list_add($1, $2); }
| sclauses WITH BOUNDS {
    $$ = list_add($1, tree_mark(tree, NODE_WITH_BOUNDS, @2)); }
;

dclauses:
  %empty { $$ = list_empty(); }
| dclauses qclause { $$ = list_add($1, $2); }
| dclauses WITH BOUNDS {
    $$ = list_add($1, tree_mark(tree, NODE_WITH_BOUNDS, @2)); }
| dclauses INTO str { $$ = list_add($1, tree_1(tree, NODE_INTO, @2, $3)); }
;

qclause:
  FOR span { $$ = tree_1(tree, NODE_FOR, @$, $2); }
| FOR figs { $$ = tree_list(tree, NODE_FOR_FIGURES, @$, $2); }
| FOR LAST INT { $$ = tree_1(tree, NODE_FOR_LAST, @$,
                             tree_literal(tree, NODE_NUMBER, @3, $3)); }
| BY names { $$ = tree_list(tree, NODE_BY, @$, $2); }
| WHERE expr { $$ = tree_1(tree, NODE_WHERE, @$, $2); }
| SORT BY arith { $$ = tree_1(tree, NODE_SORT, @$, $3); }
| SORT BY arith DESC {
    $$ = tree_op(tree, tree_1(tree, NODE_SORT, @$, $3), @$, OP_DESC); }
| TOP INT { $$ = tree_1(tree, NODE_TOP, @$,
                        tree_literal(tree, NODE_NUMBER, @2, $2)); }
| TOP PARAM { $$ = tree_1(tree, NODE_TOP, @$,
                          tree_literal(tree, NODE_PARAM, @2, $2)); }
| ASOF date { $$ = tree_1(tree, NODE_AS_OF, @$, $2); }
| STATED ONLY { $$ = tree_mark(tree, NODE_STATED_ONLY, @$); }
;

/* Rules and their tests */

block:
  POLICY name title pclauses {
    $$ = tree_3_list(tree, NODE_POLICY, @$, $2, $3, NULL, $4); }
| RULE name title rclauses {
    $$ = tree_3_list(tree, NODE_RULE, @$, $2, $3, NULL, $4); }
| WAIVE ruleid wclauses { $$ = tree_1_list(tree, NODE_WAIVE, @$, $2, $3); }
| CLAIM STRING annots CHECK expr qclauses {
    $$ = tree_claim(tree, @$, tree_literal(tree, NODE_TEXT, @2, $2), $3, $5,
                    $6); }
| TEST STRING asof tclauses {
    $$ = tree_3_list(tree, NODE_TEST, @$,
                     tree_literal(tree, NODE_TEXT, @2, $2), $3, NULL, $4); }
;

asof:
  %empty { $$ = NULL; }
| ASOF date { $$ = tree_1(tree, NODE_AS_OF, @$, $2); }
;

pclauses:
  %empty { $$ = list_empty(); }
| pclauses meta { $$ = list_add($1, $2); }
;

meta:
  OWNER str { $$ = tree_1(tree, NODE_OWNER, @$, $2); }
| SEE str { $$ = tree_1(tree, NODE_SEE, @$, $2); }
| BECAUSE str { $$ = tree_1(tree, NODE_BECAUSE, @$, $2); }
| SEVERITY name { $$ = tree_1(tree, NODE_SEVERITY, @$, $2); }
;

rclauses:
  %empty { $$ = list_empty(); }
| rclauses rclause { $$ = list_add($1, $2); }
;

rclause:
  meta
| FOR EVERY figure {
    $$ = tree_op(tree, tree_1(tree, NODE_FOR_SUBJECT, @$, $3), @$,
                 OP_EVERY); }
| FOR figure { $$ = tree_1(tree, NODE_FOR_SUBJECT, @$, $2); }
| FOR span { $$ = tree_1(tree, NODE_FOR, @$, $2); }
| BY names { $$ = tree_list(tree, NODE_BY, @$, $2); }
| WHERE expr { $$ = tree_1(tree, NODE_WHERE, @$, $2); }
| WHEN expr { $$ = tree_1(tree, NODE_WHEN, @$, $2); }
| LET name EQ expr { $$ = tree_2(tree, NODE_LET, @$, $2, $4); }
| REQUIRE expr { $$ = tree_1(tree, NODE_REQUIRE, @$, $2); }
| FORBID expr { $$ = tree_1(tree, NODE_FORBID, @$, $2); }
| OTHERWISE str { $$ = tree_1(tree, NODE_OTHERWISE, @$, $2); }
| MAY BE EMPTY { $$ = tree_mark(tree, NODE_MAY_BE_EMPTY, @$); }
| ON UNKNOWN action { $$ = tree_word(tree, NODE_ON_UNKNOWN, @$, $3); }
| FAIL WHEN GT arith { $$ = tree_1(tree, NODE_FAIL_WHEN, @$, $4); }
;

action:
  WARN { $$ = OP_WARN; } | FAIL { $$ = OP_FAIL; } | IGNORE { $$ = OP_IGNORE; }
;

wclauses:
  %empty { $$ = list_empty(); }
| wclauses wclause { $$ = list_add($1, $2); }
;

wclause:
  FOR figs { $$ = tree_list(tree, NODE_FOR_FIGURES, @$, $2); }
| UNTIL date { $$ = tree_1(tree, NODE_UNTIL, @$, $2); }
| BECAUSE str { $$ = tree_1(tree, NODE_BECAUSE, @$, $2); }
| BY name { $$ = tree_1(tree, NODE_BY_ACTOR, @$, $2); }
| BY STRING { $$ = tree_1(tree, NODE_BY_ACTOR, @$,
                          tree_literal(tree, NODE_TEXT, @2, $2)); }
;

tclauses:
  %empty { $$ = list_empty(); }
| tclauses tclause { $$ = list_add($1, $2); }
;

tclause:
  GIVEN fact { $$ = tree_1(tree, NODE_GIVEN, @$, $2); }
| EXPECT expr { $$ = tree_1(tree, NODE_EXPECT, @$, $2); }
| EXPECT verdict ruleid FOR figure {
    $$ = tree_op(tree, tree_3(tree, NODE_EXPECT, @$, $3, $5, NULL), @$, $2); }
| EXPECT verdict ruleid FOR figure OTHERWISE str {
    $$ = tree_op(tree, tree_3(tree, NODE_EXPECT, @$, $3, $5, $7), @$, $2); }
| EXPECT NO OTHER { $$ = tree_mark(tree, NODE_EXPECT_NO_OTHER, @$); }
;

verdict:
  PASS { $$ = OP_PASS; } | FAIL { $$ = OP_FAIL; }
| UNKNOWN { $$ = OP_UNKNOWN; } | NOT APPLICABLE { $$ = OP_NOT_APPLICABLE; }
;

/* The session */

sess:
  INCLUDE str { $$ = tree_1(tree, NODE_INCLUDE, @$, $2); }
| IMPORT str as form mapping {
    $$ = tree_import(tree, @$, $2, $3, $4, $5); }
| EXPORT str { $$ = tree_1(tree, NODE_EXPORT, @$, $2); }
| EXPORT str SDMX {
    $$ = tree_3(tree, NODE_EXPORT, @$, $2, NULL,
                tree_word(tree, NODE_FORM, @3, OP_SDMX)); }
| EXPORT LAST TO str { $$ = tree_2(tree, NODE_EXPORT, @$, $4,
                                   tree_mark(tree, NODE_LAST, @2)); }
| RETRACT figure annots BECAUSE str {
    $$ = tree_3_list(tree, NODE_RETRACT, @$, $2, $5, NULL, $3); }
| RETRACT IMPORT INT BECAUSE str {
    $$ = tree_2(tree, NODE_RETRACT_IMPORT, @$,
                tree_literal(tree, NODE_NUMBER, @3, $3), $5); }
| UNDO { $$ = tree_mark(tree, NODE_UNDO, @$); }
| SET name arith { $$ = tree_2(tree, NODE_SET_OPTION, @$, $2, $3); }
| SET name ON { $$ = tree_2(tree, NODE_SET_OPTION, @$, $2,
                            tree_truth(tree, @3, OP_TRUE)); }
| QUIT { $$ = tree_mark(tree, NODE_QUIT, @$); }
;

as:
  %empty { $$ = NULL; }
| AS figure { $$ = $2; }
| AS MEMBERS OF name { $$ = tree_1(tree, NODE_AS_MEMBERS, @$, $4); }
;

form:
  %empty { $$ = NULL; }
| WIDE { $$ = tree_word(tree, NODE_FORM, @$, OP_WIDE); }
| SDMX { $$ = tree_word(tree, NODE_FORM, @$, OP_SDMX); }
;

mapping:
  %empty { $$ = NULL; }
| LPAREN maps RPAREN { $$ = tree_list(tree, NODE_MAPPING, @$, $2); }
;

maps:
  map { $$ = list_one($1); }
| maps COMMA map { $$ = list_add($1, $3); }
;

map:
  name EQ arith { $$ = tree_2(tree, NODE_MAP, @$, $1, $3); }
| name EQ NEW name {
    $$ = tree_op(tree, tree_2(tree, NODE_MAP, @$, $1, $4), @$, OP_NEW); }
| name EQ name LBRACE codes RBRACE {
    $$ = tree_3_list(tree, NODE_MAP, @$, $1, $3, NULL, $5); }
| name EQ NEW name LBRACE codes RBRACE {
    $$ = tree_op(tree, tree_3_list(tree, NODE_MAP, @$, $1, $4, NULL, $6), @$,
                 OP_NEW); }
;

codes:
  code { $$ = list_one($1); }
| codes COMMA code { $$ = list_add($1, $3); }
;

code:
  name COLON meaning { $$ = tree_2(tree, NODE_CODE, @$, $1, $3); }
| STRING COLON meaning {
    $$ = tree_2(tree, NODE_CODE, @$, tree_member_text(tree, @1, $1), $3); }
| INT COLON meaning {
    $$ = tree_2(tree, NODE_CODE, @$, tree_member_code(tree, @1), $3); }
| ELSE COLON meaning { $$ = tree_2(tree, NODE_CODE, @$, NULL, $3); }
;

meaning:
  name
| STRING { $$ = tree_member_text(tree, @1, $1); }
| INT { $$ = tree_member_code(tree, @1); }
;

%%

const char *
grammar_alias(int code)
{
    return yysymbol_name((yysymbol_kind_t)code);
}

void
grammar_restart(grammar_pstate *state)
{
    yypstate_clear(state);
    state->yynew = 1;
}

bool
grammar_accepts(const grammar_pstate *state, int code)
{
    /* Exploration starts from the stack as it is; its own stack is scratch. */
    yy_state_t scratch[64];
    yy_state_t *explored = scratch;
    YYPTRDIFF_T capacity = 64;
    int status = yy_lac(scratch, &explored, &capacity, state->yyssp,
                        (yysymbol_kind_t)code);
    if (explored != scratch) {
        YYSTACK_FREE(explored);
    }
    return status == 0;
}

static int
yyreport_syntax_error(const yypcontext_t *context, struct tree_builder *tree)
{
    yysymbol_kind_t expected[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
    bool set[YYNTOKENS] = {false};
    for (int i = 0; i < count; i++) {
        set[expected[i]] = true;
    }
    tree_report_syntax(tree, *yypcontext_location(context),
                       (int)yypcontext_token(context), set);
    return 0;
}

/* Called by bison itself only when its stack is full. */
static void
grammar_error(const struct span *span, struct tree_builder *tree,
              const char *message)
{
    (void)message;
    tree_report_depth(tree, *span);
}
