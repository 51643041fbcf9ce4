/* The forms of figures and expressions. */
#include "lexer/lexer.h"
#include "parser/print_words.h"

/* From loose to tight, as in the %left table of grammar.y.
 *
 * Parentheses stand only where the tree would be another one without them, so
 * that what is printed is never nested deeper than what was read, and a lexer
 * that took the one takes the other.  Binary operators need them by precedence
 * alone.  A minus or an `if` can be any operator's right side; it needs them
 * when the operator that follows would belong to it. */
enum precedence {
    PRECEDENCE_NONE,
    PRECEDENCE_OR,
    PRECEDENCE_AND,
    PRECEDENCE_NOT,
    PRECEDENCE_COMPARE,
    PRECEDENCE_IF,
    PRECEDENCE_TO,
    PRECEDENCE_ADD,
    PRECEDENCE_MULTIPLY,
    PRECEDENCE_NEGATE,
    PRECEDENCE_POWER,
    PRECEDENCE_ORELSE,
    PRECEDENCE_PRIMARY
};

static const uint8_t op_precedence[OP_COUNT] = {
    [OP_OR] = PRECEDENCE_OR,           [OP_AND] = PRECEDENCE_AND,
    [OP_NOT] = PRECEDENCE_NOT,         [OP_POSSIBLY] = PRECEDENCE_NOT,
    [OP_CERTAINLY] = PRECEDENCE_NOT,   [OP_EQ] = PRECEDENCE_COMPARE,
    [OP_NE] = PRECEDENCE_COMPARE,      [OP_LT] = PRECEDENCE_COMPARE,
    [OP_GT] = PRECEDENCE_COMPARE,      [OP_LE] = PRECEDENCE_COMPARE,
    [OP_GE] = PRECEDENCE_COMPARE,      [OP_AGREES] = PRECEDENCE_COMPARE,
    [OP_IN] = PRECEDENCE_COMPARE,      [OP_MATCHES] = PRECEDENCE_COMPARE,
    [OP_TO] = PRECEDENCE_TO,           [OP_ADD] = PRECEDENCE_ADD,
    [OP_SUBTRACT] = PRECEDENCE_ADD,    [OP_MULTIPLY] = PRECEDENCE_MULTIPLY,
    [OP_DIVIDE] = PRECEDENCE_MULTIPLY, [OP_NEGATE] = PRECEDENCE_NEGATE,
    [OP_POWER] = PRECEDENCE_POWER,     [OP_ORELSE] = PRECEDENCE_ORELSE,
};

static unsigned
precedence_of(const struct node *node)
{
    switch (node->kind) {
    case NODE_UNARY:
    case NODE_BINARY:
        return op_precedence[node->op];
    case NODE_WITHIN:
        return PRECEDENCE_COMPARE;
    case NODE_IF:
        return PRECEDENCE_IF;
    default:
        return PRECEDENCE_PRIMARY;
    }
}

static void
put_open(struct printer *printer, const char *bracket)
{
    print_put_text(printer, bracket);
    print_tight(printer);
    printer->brackets++;
}

static void
put_close(struct printer *printer, const char *bracket)
{
    print_tight(printer);
    print_put_text(printer, bracket);
    printer->brackets--;
}

/* (if a then b else c) = d would be the same without parentheses but looks as
 * if it were not; as long as there is room for them. */
static bool
looks_odd(const struct printer *printer, const struct node *node,
          unsigned follow)
{
    return print_is(node, NODE_IF) && follow == PRECEDENCE_COMPARE &&
           printer->brackets + node->depth < LEXER_NESTING_MAX;
}

/* Puts an expression where LEAST is the loosest that can stand bare; FOLLOW is
 * the operator behind it. */
static void
put_expr(struct printer *printer, const struct node *node, unsigned least,
         unsigned follow)
{
    unsigned own = precedence_of(node);
    bool prefix = own == PRECEDENCE_IF || own == PRECEDENCE_NEGATE;
    bool parens =
        prefix ? follow > own || looks_odd(printer, node, follow) : own < least;
    unsigned outer = printer->follow;
    printer->follow = parens ? PRECEDENCE_NONE : follow;
    if (parens) {
        put_open(printer, "(");
    }
    print_node(printer, node);
    if (parens) {
        put_close(printer, ")");
    }
    printer->follow = outer;
}

static void
put_any(struct printer *printer, const struct node *node)
{
    put_expr(printer, node, PRECEDENCE_NONE, PRECEDENCE_NONE);
}

void
print_arith(struct printer *printer, const struct node *node)
{
    put_expr(printer, node, PRECEDENCE_IF, PRECEDENCE_NONE);
}

static void
put_figure(struct printer *printer, const struct node *node)
{
    for (unsigned slot = 0; slot < 3; slot++) {
        if (node->kid[slot]) {
            print_node(printer, node->kid[slot]);
        }
    }
    if (node->kid[3]) {
        print_tight(printer);
        put_open(printer, "[");
        print_list(printer, node->kid[3], print_node);
        put_close(printer, "]");
    }
}

static void
put_coord(struct printer *printer, const struct node *node)
{
    if (node->kid[0]) {
        print_node(printer, node->kid[0]);
        print_put_text(printer, "=");
    }
    if (node->kid[1]) {
        print_put_member(printer, node->kid[1]);
    } else {
        print_put_text(printer, "*");
    }
}

static void
put_call(struct printer *printer, const struct node *node)
{
    print_node(printer, node->kid[0]);
    print_tight(printer);
    put_open(printer, "(");
    print_list(printer, node->kid[1], put_any);
    if (node->kid[2]) {
        print_node(printer, node->kid[2]);
    }
    put_close(printer, ")");
}

static void
put_aggregate(struct printer *printer, const struct node *node)
{
    print_form(printer, node, "%o %,0 [for %1]");
}

static void
put_unary(struct printer *printer, const struct node *node)
{
    print_put_text(printer, node_op_text((enum node_op)node->op));
    if (node->op == OP_NEGATE) {
        print_tight(printer);
    }
    put_expr(printer, node->kid[0], op_precedence[node->op], printer->follow);
}

/* A chain of operators of one precedence breaks on one level. */
static void
put_left(struct printer *printer, const struct node *node, unsigned least,
         unsigned operator)
{
    bool chained = precedence_of(node) == operator;
    printer->depth += !chained;
    put_expr(printer, node, least, operator);
    printer->depth -= !chained;
}

static void
put_binary(struct printer *printer, const struct node *node)
{
    unsigned own = op_precedence[node->op];
    unsigned left = own + (node->op == OP_POWER);
    unsigned right = own + (node->op != OP_POWER);
    const struct node *second = node->kid[1];
    if (own == PRECEDENCE_COMPARE) {
        left = right = PRECEDENCE_IF;
    }
    put_left(printer, node->kid[0], left, own);
    if (own != PRECEDENCE_ORELSE && own != PRECEDENCE_POWER) {
        print_break(printer, PRINT_FILL, second->span.start);
    }
    print_put_text(printer, node_op_text((enum node_op)node->op));
    printer->depth++;
    put_expr(printer, second, right, printer->follow);
    printer->depth--;
}

static void
put_within(struct printer *printer, const struct node *node)
{
    print_node(printer, node->kid[0]);
    print_put_text(printer, "within");
    put_expr(printer, node->kid[1], PRECEDENCE_IF, printer->follow);
}

static void
put_set(struct printer *printer, const struct node *node)
{
    put_open(printer, "{");
    print_list(printer, node->kid[0], print_arith);
    put_close(printer, "}");
}

/* Between parameters the dots stand close; a literal would make them part of
 * itself, so everything else keeps its distance. */
void
print_between(struct printer *printer, const struct node *node)
{
    const struct node *low = node->kid[0];
    const struct node *high = node->kid[1];
    bool close = (!low || print_is(low, NODE_PARAM)) &&
                 (!high || print_is(high, NODE_PARAM));
    if (low) {
        put_expr(printer, low, PRECEDENCE_IF, PRECEDENCE_COMPARE);
    }
    printer->next.tight |= close && low;
    print_put_text(printer, "..");
    if (high) {
        printer->next.tight = close;
        put_expr(printer, high, PRECEDENCE_IF, printer->follow);
    }
}

static void
put_if(struct printer *printer, const struct node *node)
{
    printer->depth++;
    print_put_text(printer, "if");
    put_any(printer, node->kid[0]);
    print_break(printer, PRINT_FILL, node->kid[1]->span.start);
    print_put_text(printer, "then");
    put_any(printer, node->kid[1]);
    print_break(printer, PRINT_FILL, node->kid[2]->span.start);
    print_put_text(printer, "else");
    put_expr(printer, node->kid[2], PRECEDENCE_IF, printer->follow);
    printer->depth--;
}

bool
print_value(struct printer *printer, const struct node *node)
{
    static void (*const forms[NODE_KIND_COUNT])(struct printer *,
                                                const struct node *) = {
        [NODE_FIGURE] = put_figure, [NODE_COORD] = put_coord,
        [NODE_CALL] = put_call,     [NODE_AGGREGATE] = put_aggregate,
        [NODE_UNARY] = put_unary,   [NODE_BINARY] = put_binary,
        [NODE_WITHIN] = put_within, [NODE_SET] = put_set,
        [NODE_IF] = put_if,         [NODE_BETWEEN] = print_between,
    };
    if (!forms[node->kind]) {
        return print_literal(printer, node);
    }
    forms[node->kind](printer, node);
    return true;
}
