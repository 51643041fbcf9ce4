/* The tree that the parser makes of a statement.
 *
 * All nodes have one shape: a kind, an operator where the kind has variants, a
 * literal where it has a value, and kids.  A kid is a node or the first of a
 * chain linked by `next` (a list), so that printing, comparing and walking need
 * no code per kind.  Nodes live in the arena of their statement and are const
 * once it is finished.  The table below says what each kind's kids are; `*`
 * marks a list, `?` a kid that may be NULL.
 */
#ifndef PARSER_TREE_H
#define PARSER_TREE_H

#include "base/diagnostic.h"
#include "lexer/literal.h"

/* X(name, "name in dumps") */
#define NODE_KINDS(X)                                                          \
    /* values: the literal says which */                                       \
    X(NAME, "name")                                                            \
    X(NUMBER, "number")                                                        \
    X(PERIOD, "period")                                                        \
    X(DATE, "date")                                                            \
    X(RANGE, "range")                                                          \
    X(TEXT, "text")                                                            \
    X(PARAM, "param")                                                          \
    X(TRUTH, "truth")     /* op: TRUE, FALSE, UNKNOWN */                       \
    X(PERCENT, "percent") /* the unit % */                                     \
    /* expressions */                                                          \
    X(QUANTITY, "quantity")     /* number, unit name */                        \
    X(FIGURE, "figure")         /* kind?, when?, metric?, coord* */            \
    X(COORD, "coord")           /* dimension?, member? (none: all) */          \
    X(CALL, "call")             /* name, argument*, aggregate? */              \
    X(AGGREGATE, "aggregate")   /* op: BY, OVER; name*, span? */               \
    X(UNARY, "unary")           /* op; operand */                              \
    X(BINARY, "binary")         /* op; left, right */                          \
    X(WITHIN, "within")         /* comparison, tolerance */                    \
    X(SET, "set")               /* element* */                                 \
    X(BETWEEN, "between")       /* low?, high? */                              \
    X(IF, "if")                 /* condition, then, else */                    \
    X(HEDGE, "hedge")           /* op: EXACTLY, ABOUT, OVER, NEARLY; level */  \
    X(PLUS_MINUS, "plus_minus") /* level, half-width */                        \
    /* facts */                                                                \
    X(FACT, "fact")                 /* figure, assertion, annotation* */       \
    X(CELLS, "cells")               /* figure, cell*, annotation* */           \
    X(CELL, "cell")                 /* when, assertion */                      \
    X(ASSERT, "assert")             /* op: EQ, GE, LE; level?, movement* */    \
    X(WITHIN_RANGE, "within_range") /* low, high?; or a range alone */         \
    X(MOVE, "move")                 /* op: UP, DOWN; change, reference */      \
    X(RECORD, "record")                                                        \
    X(LOW, "low")                                                              \
    X(BY_ACTOR, "by_actor")   /* name */                                       \
    X(SOURCE_OF, "source_of") /* name */                                       \
    X(ON, "on")               /* date */                                       \
    X(IF_SAID, "if_said")     /* text */                                       \
    X(NOTE, "note")           /* text */                                       \
    X(URL, "url")             /* text */                                       \
    /* declarations */                                                         \
    X(UNIT, "unit")               /* name, title?, symbol or value? */         \
    X(SYMBOL, "symbol")           /* text */                                   \
    X(KIND, "kind")               /* name, title?, like */                     \
    X(DIMENSION, "dimension")     /* name, title? */                           \
    X(MEMBER, "member")           /* code, title?, dimension, part* */         \
    X(METRIC, "metric")           /* name, title?, property* */                \
    X(AGGREGATION, "aggregation") /* op */                                     \
    X(FREQUENCY, "frequency")     /* op */                                     \
    X(IN_UNIT, "in_unit")         /* unit */                                   \
    X(IN_UNIT_OF, "in_unit_of")   /* name, dimension */                        \
    X(ON_CALENDAR, "on_calendar") /* name */                                   \
    X(ACTOR, "actor")             /* name, title? */                           \
    X(SOURCE, "source")           /* name, title?, -, annotation* */           \
    X(DEFINE, "define")           /* name, title?, expression, parameter* */   \
    X(USING, "using")             /* use* */                                   \
    X(USE, "use")                 /* dimension, member */                      \
    X(USE_SOURCE, "use_source")   /* name */                                   \
    X(USE_ACTOR, "use_actor")     /* name */                                   \
    X(USE_UNIT, "use_unit")       /* unit */                                   \
    X(CALENDAR, "calendar")       /* name, title?, bound; month and day */     \
    X(PARAM_DEF, "param_def")     /* name, title?, default? */                 \
    /* questions */                                                            \
    X(ANSWER, "answer")                   /* expression */                     \
    X(SHOW, "show")                       /* item*, clause* */                 \
    X(PLOT, "plot")                       /* item*, clause* */                 \
    X(COMPARE, "compare")                 /* figure?, clause* */               \
    X(CHECK, "check")                     /* condition, clause* */             \
    X(WHY, "why")                         /* expression, clause* */            \
    X(WHY_RULE, "why_rule")               /* op: NOT; policy, rule, clause* */ \
    X(EXPLAIN_ANALYZE, "explain-analyze") /* statement */                      \
    X(EXPLAIN, "explain")                 /* statement */                      \
    X(LIST, "list")                       /* name, name? */                    \
    X(DESCRIBE, "describe")               /* name */                           \
    X(HISTORY, "history")                 /* figure */                         \
    X(CONFLICTS, "conflicts")             /* clause* */                        \
    X(LAST, "last")                                                            \
    X(HELP, "help")       /* name or text? */                                  \
    X(APROPOS, "apropos") /* name or text */                                   \
    X(PRINT, "print")     /* text */                                           \
    X(VERSION, "version")                                                      \
    X(AS, "as")                   /* expression, name */                       \
    X(FOR, "for")                 /* span */                                   \
    X(FOR_FIGURES, "for_figures") /* figure* */                                \
    X(FOR_LAST, "for_last")       /* number */                                 \
    X(BY, "by")                   /* name* */                                  \
    X(WHERE, "where")             /* condition */                              \
    X(SORT, "sort")               /* op: DESC; expression */                   \
    X(TOP, "top")                 /* number */                                 \
    X(AS_OF, "as_of")             /* date */                                   \
    X(STATED_ONLY, "stated_only")                                              \
    X(WITH, "with") /* figure* */                                              \
    X(WITH_BOUNDS, "with_bounds")                                              \
    X(INTO, "into") /* text */                                                 \
    /* rules and their tests */                                                \
    X(POLICY, "policy")           /* name, title?, -, clause* */               \
    X(RULE, "rule")               /* name, title?, -, clause* */               \
    X(RULE_ID, "rule_id")         /* policy, rule */                           \
    X(WAIVE, "waive")             /* rule, clause* */                          \
    X(CLAIM, "claim")             /* text, annotation*, condition, clause* */  \
    X(TEST, "test")               /* text, as of?, -, clause* */               \
    X(OWNER, "owner")             /* text */                                   \
    X(SEE, "see")                 /* text */                                   \
    X(BECAUSE, "because")         /* text */                                   \
    X(SEVERITY, "severity")       /* name */                                   \
    X(FOR_SUBJECT, "for_subject") /* op: EVERY; figure */                      \
    X(WHEN, "when")               /* condition */                              \
    X(LET, "let")                 /* name, expression */                       \
    X(REQUIRE, "require")         /* condition */                              \
    X(FORBID, "forbid")           /* condition */                              \
    X(OTHERWISE, "otherwise")     /* text */                                   \
    X(MAY_BE_EMPTY, "may_be_empty")                                            \
    X(ON_UNKNOWN, "on_unknown") /* op */                                       \
    X(FAIL_WHEN, "fail_when")   /* number */                                   \
    X(UNTIL, "until")           /* date */                                     \
    X(GIVEN, "given")           /* fact */                                     \
    X(EXPECT, "expect")         /* condition; or op: verdict; rule, figure */  \
    X(EXPECT_NO_OTHER, "expect_no_other")                                      \
    /* the session */                                                          \
    X(INCLUDE, "include")               /* text */                             \
    X(IMPORT, "import")                 /* text, as?, form?, mapping? */       \
    X(AS_MEMBERS, "as_members")         /* dimension */                        \
    X(FORM, "form")                     /* op */                               \
    X(MAPPING, "mapping")               /* map* */                             \
    X(MAP, "map")                       /* op: NEW; key, value, -, code* */    \
    X(CODE, "code")                     /* code, meaning */                    \
    X(EXPORT, "export")                 /* text, last? */                      \
    X(RETRACT, "retract")               /* figure, reason, -, annotation* */   \
    X(RETRACT_IMPORT, "retract_import") /* number, reason */                   \
    X(UNDO, "undo")                                                            \
    X(SET_OPTION, "set_option") /* name, value */                              \
    X(QUIT, "quit")

enum node_kind {
#define X(name, text) NODE_##name,
    NODE_KINDS(X)
#undef X
        NODE_KIND_COUNT
};

/* X(name, spelling) */
#define NODE_OPS(X)                                                            \
    X(NONE, "")                                                                \
    X(OR, "or")                                                                \
    X(AND, "and")                                                              \
    X(NOT, "not")                                                              \
    X(POSSIBLY, "possibly")                                                    \
    X(CERTAINLY, "certainly")                                                  \
    X(EQ, "=")                                                                 \
    X(NE, "!=")                                                                \
    X(LT, "<")                                                                 \
    X(GT, ">")                                                                 \
    X(LE, "<=")                                                                \
    X(GE, ">=")                                                                \
    X(AGREES, "~")                                                             \
    X(IN, "in")                                                                \
    X(MATCHES, "matches")                                                      \
    X(TO, "to")                                                                \
    X(ADD, "+")                                                                \
    X(SUBTRACT, "-")                                                           \
    X(MULTIPLY, "*")                                                           \
    X(DIVIDE, "/")                                                             \
    X(NEGATE, "-")                                                             \
    X(POWER, "^")                                                              \
    X(ORELSE, "?")                                                             \
    X(TRUE, "true")                                                            \
    X(FALSE, "false")                                                          \
    X(UNKNOWN, "unknown")                                                      \
    X(BY, "by")                                                                \
    X(OVER, "over")                                                            \
    X(EXACTLY, "exactly")                                                      \
    X(ABOUT, "about")                                                          \
    X(NEARLY, "nearly")                                                        \
    X(UP, "up")                                                                \
    X(DOWN, "down")                                                            \
    X(FLOW, "flow")                                                            \
    X(STOCK, "stock")                                                          \
    X(RATE, "rate")                                                            \
    X(INDEX, "index")                                                          \
    X(ONCE, "once")                                                            \
    X(YEARLY, "yearly")                                                        \
    X(HALFYEARLY, "halfyearly")                                                \
    X(QUARTERLY, "quarterly")                                                  \
    X(MONTHLY, "monthly")                                                      \
    X(WEEKLY, "weekly")                                                        \
    X(DAILY, "daily")                                                          \
    X(DESC, "desc")                                                            \
    X(EVERY, "every")                                                          \
    X(WARN, "warn")                                                            \
    X(FAIL, "fail")                                                            \
    X(IGNORE, "ignore")                                                        \
    X(PASS, "pass")                                                            \
    X(NOT_APPLICABLE, "not applicable")                                        \
    X(WIDE, "wide")                                                            \
    X(SDMX, "sdmx")                                                            \
    X(NEW, "new")                                                              \
    X(START, "start")                                                          \
    X(END, "end")

enum node_op {
#define X(name, text) OP_##name,
    NODE_OPS(X)
#undef X
        OP_COUNT
};

enum { TREE_DEPTH_MAX = 1000 };

struct node {
    uint8_t kind; /* enum node_kind */
    uint8_t op;   /* enum node_op */
    uint16_t depth;
    struct span span;
    uint8_t kid_count; /* slots in `kid`, NULL ones included */
    struct node *next; /* the next of the list this node is in */
    struct literal value;
    struct node *kid[];
};

/* A list while it is being built. */
struct list {
    struct node *first;
    struct node *last;
};

/* What constructors need, and where a finished statement is put. */
struct tree_builder {
    struct arena *arena;
    struct atoms *atoms;
    const struct sources *sources;
    struct diagnostics *diagnostics;
    struct lexer *lexer;   /* for what is open when the text ends */
    struct node *done;     /* the statement just finished, or NULL */
    bool failed;           /* the statement just ended had an error */
    bool reported;         /* ... which has been reported */
    struct span misplaced; /* a word of the language read as a name */
    int misplaced_code;
    int comparisons; /* signs of comparison in the statement so far */
};

const char *node_kind_text(enum node_kind kind);
const char *node_op_text(enum node_op op);

/* Elements of a list. */
size_t node_count(const struct node *first);

/* True when both trees say the same; places do not count. */
bool node_equal(const struct node *a, const struct node *b);

/* Appends the tree as nested lists without places, for tests. */
void node_dump(struct buffer *buffer, const struct node *node,
               const struct atoms *atoms);

/* Constructors: each returns a new node in the builder's arena. */
struct node *tree_name(struct tree_builder *tree, struct span span, atom name);
/* `over DIMENSION in GROUP`: a name, with the group as its kid. */
struct node *tree_axis(struct tree_builder *tree, struct span span,
                       const struct node *dimension, struct node *group);
struct node *tree_literal(struct tree_builder *tree, enum node_kind kind,
                          struct span span, struct literal literal);
struct node *tree_mark(struct tree_builder *tree, enum node_kind kind,
                       struct span span);
struct node *tree_word(struct tree_builder *tree, enum node_kind kind,
                       struct span span, enum node_op op);
struct node *tree_truth(struct tree_builder *tree, struct span span,
                        enum node_op op);
struct node *tree_1(struct tree_builder *tree, enum node_kind kind,
                    struct span span, struct node *a);
struct node *tree_2(struct tree_builder *tree, enum node_kind kind,
                    struct span span, struct node *a, struct node *b);
struct node *tree_3(struct tree_builder *tree, enum node_kind kind,
                    struct span span, struct node *a, struct node *b,
                    struct node *c);
struct node *tree_list(struct tree_builder *tree, enum node_kind kind,
                       struct span span, struct list list);
struct node *tree_lists(struct tree_builder *tree, enum node_kind kind,
                        struct span span, struct list a, struct list b);
struct node *tree_1_list(struct tree_builder *tree, enum node_kind kind,
                         struct span span, struct node *a, struct list list);
struct node *tree_2_lists(struct tree_builder *tree, enum node_kind kind,
                          struct span span, struct node *a, struct list b,
                          struct list c);
struct node *tree_3_list(struct tree_builder *tree, enum node_kind kind,
                         struct span span, struct node *a, struct node *b,
                         struct node *c, struct list list);
struct node *tree_unary(struct tree_builder *tree, struct span span,
                        enum node_op op, struct node *operand);
struct node *tree_binary(struct tree_builder *tree, struct span span,
                         enum node_op op, struct node *left,
                         struct node *right);
struct node *tree_figure(struct tree_builder *tree, struct span span,
                         struct node *kind, struct node *when,
                         struct node *metric, struct list coords);
struct node *tree_coord(struct tree_builder *tree, struct span span,
                        struct node *dimension, struct node *member);
struct node *tree_member_text(struct tree_builder *tree, struct span span,
                              struct literal text);
struct node *tree_member_code(struct tree_builder *tree, struct span span);
struct node *tree_quantity(struct tree_builder *tree, struct span span,
                           struct span number_span, struct literal number,
                           struct node *unit);
struct node *tree_call(struct tree_builder *tree, struct span span,
                       struct node *name, struct list arguments,
                       struct node *aggregate);
struct node *tree_aggregate(struct tree_builder *tree, struct span span,
                            enum node_op op, struct list names,
                            struct node *periods);
struct node *tree_hedge(struct tree_builder *tree, struct span span,
                        enum node_op op, struct node *level);
struct node *tree_move(struct tree_builder *tree, struct span span,
                       enum node_op op, struct node *change,
                       struct node *reference);
struct node *tree_metric(struct tree_builder *tree, struct span span,
                         struct node *name, struct node *title,
                         struct list properties);
struct node *tree_calendar(struct tree_builder *tree, struct span span,
                           struct node *name, struct node *title,
                           struct literal month, struct literal day,
                           struct node *bound);
struct node *tree_why_rule(struct tree_builder *tree, struct span span,
                           enum node_op op, struct node *policy,
                           struct node *rule, struct list clauses);
struct node *tree_claim(struct tree_builder *tree, struct span span,
                        struct node *text, struct list annotations,
                        struct node *condition, struct list clauses);
struct node *tree_import(struct tree_builder *tree, struct span span,
                         struct node *path, struct node *as, struct node *form,
                         struct node *mapping);

/* These complete the node they are given and return it. */
struct node *tree_op(struct tree_builder *tree, struct node *node,
                     struct span span, enum node_op op);
struct node *tree_fact_finish(struct tree_builder *tree, struct span span,
                              struct node *fact, struct list annotations);

/* A parenthesised expression is its inside; printing finds the places where
 * parentheses are needed. */
struct node *tree_parens(struct tree_builder *tree, struct span span,
                         struct node *inside);

/* Hand over a statement, whole or failed. */
void tree_finish(struct tree_builder *tree, struct node *statement);
void tree_fail(struct tree_builder *tree);

/* Reports that token CODE at SPAN does not fit; EXPECTED says by token code
 * which could have come. */
void tree_report_syntax(struct tree_builder *tree, struct span span, int code,
                        const bool *expected);
void tree_report_depth(struct tree_builder *tree, struct span span);

static inline struct list
list_empty(void)
{
    return (struct list){NULL, NULL};
}

static inline struct list
list_one(struct node *node)
{
    return (struct list){node, node};
}

static inline struct list
list_add(struct list list, struct node *node)
{
    if (!list.first) {
        return list_one(node);
    }
    list.last->next = node;
    return (struct list){list.first, node};
}

static inline struct list
list_push(struct list list, struct node *node)
{
    node->next = list.first;
    return (struct list){node, list.last ? list.last : node};
}

#endif
