#include "parser/tree.h"

#include "base/utf8.h"

#include <stdarg.h>

_Static_assert(NODE_KIND_COUNT <= 256 && OP_COUNT <= 256,
               "kinds and operators fit a byte");

const char *
node_kind_text(enum node_kind kind)
{
    static const char *const texts[] = {
#define X(name, text) text,
        NODE_KINDS(X)
#undef X
    };
    return texts[kind];
}

const char *
node_op_text(enum node_op op)
{
    static const char *const texts[] = {
#define X(name, text) text,
        NODE_OPS(X)
#undef X
    };
    return texts[op];
}

size_t
node_count(const struct node *first)
{
    size_t count = 0;
    for (; first; first = first->next) {
        count++;
    }
    return count;
}

static struct node *
new_node(struct tree_builder *tree, enum node_kind kind, struct span span,
         uint8_t kid_count)
{
    size_t size = sizeof(struct node) + kid_count * sizeof(struct node *);
    struct node *node = arena_alloc(tree->arena, size);
    node->kind = (uint8_t)kind;
    node->span = span;
    node->kid_count = kid_count;
    return node;
}

/* Puts the chain that begins with KID into a slot and counts depth. */
static void
adopt(struct tree_builder *tree, struct node *node, int slot, struct node *kid)
{
    node->kid[slot] = kid;
    for (; kid; kid = kid->next) {
        if (kid->depth >= node->depth) {
            node->depth = (uint16_t)(kid->depth + 1);
        }
    }
    if (node->depth > TREE_DEPTH_MAX) {
        tree_report_depth(tree, node->span);
    }
}

struct node *
tree_name(struct tree_builder *tree, struct span span, atom name)
{
    struct node *node = new_node(tree, NODE_NAME, span, 0);
    node->value.name = name;
    return node;
}

struct node *
tree_axis(struct tree_builder *tree, struct span span,
          const struct node *dimension, struct node *group)
{
    struct node *node = new_node(tree, NODE_NAME, span, 1);
    node->value.name = dimension->value.name;
    adopt(tree, node, 0, group);
    return node;
}

struct node *
tree_literal(struct tree_builder *tree, enum node_kind kind, struct span span,
             struct literal literal)
{
    struct node *node = new_node(tree, kind, span, 0);
    node->value = literal;
    return node;
}

struct node *
tree_mark(struct tree_builder *tree, enum node_kind kind, struct span span)
{
    return new_node(tree, kind, span, 1);
}

struct node *
tree_word(struct tree_builder *tree, enum node_kind kind, struct span span,
          enum node_op op)
{
    struct node *node = new_node(tree, kind, span, 0);
    node->op = (uint8_t)op;
    return node;
}

struct node *
tree_truth(struct tree_builder *tree, struct span span, enum node_op op)
{
    return tree_word(tree, NODE_TRUTH, span, op);
}

struct node *
tree_1(struct tree_builder *tree, enum node_kind kind, struct span span,
       struct node *a)
{
    struct node *node = new_node(tree, kind, span, 2);
    adopt(tree, node, 0, a);
    return node;
}

struct node *
tree_2(struct tree_builder *tree, enum node_kind kind, struct span span,
       struct node *a, struct node *b)
{
    /* A fact's third slot waits for its annotations. */
    struct node *node = new_node(tree, kind, span, kind == NODE_FACT ? 3 : 2);
    adopt(tree, node, 0, a);
    adopt(tree, node, 1, b);
    return node;
}

struct node *
tree_3(struct tree_builder *tree, enum node_kind kind, struct span span,
       struct node *a, struct node *b, struct node *c)
{
    return tree_3_list(tree, kind, span, a, b, c, list_empty());
}

struct node *
tree_list(struct tree_builder *tree, enum node_kind kind, struct span span,
          struct list list)
{
    return tree_1(tree, kind, span, list.first);
}

struct node *
tree_lists(struct tree_builder *tree, enum node_kind kind, struct span span,
           struct list a, struct list b)
{
    return tree_2(tree, kind, span, a.first, b.first);
}

struct node *
tree_1_list(struct tree_builder *tree, enum node_kind kind, struct span span,
            struct node *a, struct list list)
{
    return tree_2(tree, kind, span, a, list.first);
}

struct node *
tree_2_lists(struct tree_builder *tree, enum node_kind kind, struct span span,
             struct node *a, struct list b, struct list c)
{
    return tree_3(tree, kind, span, a, b.first, c.first);
}

struct node *
tree_3_list(struct tree_builder *tree, enum node_kind kind, struct span span,
            struct node *a, struct node *b, struct node *c, struct list list)
{
    struct node *node = new_node(tree, kind, span, 4);
    adopt(tree, node, 0, a);
    adopt(tree, node, 1, b);
    adopt(tree, node, 2, c);
    adopt(tree, node, 3, list.first);
    return node;
}

/* `-5..5` comes as a minus before the range 5..5: it is the range from -5. */
static struct node *
negate_range(struct tree_builder *tree, struct span span,
             const struct node *operand)
{
    struct literal_range *range = arena_new(tree->arena, struct literal_range);
    struct literal value = operand->value;
    *range = *operand->value.range;
    literal_negate(&range->ends[0]);
    value.range = range;
    return tree_literal(tree, NODE_RANGE, span, value);
}

struct node *
tree_unary(struct tree_builder *tree, struct span span, enum node_op op,
           struct node *operand)
{
    bool range = operand->kind == NODE_RANGE && op == OP_NEGATE &&
                 operand->value.range->kinds[0] == LITERAL_NUMBER;
    if (range) {
        return negate_range(tree, span, operand);
    }
    return tree_op(tree, tree_1(tree, NODE_UNARY, span, operand), span, op);
}

struct node *
tree_binary(struct tree_builder *tree, struct span span, enum node_op op,
            struct node *left, struct node *right)
{
    return tree_op(tree, tree_2(tree, NODE_BINARY, span, left, right), span,
                   op);
}

struct node *
tree_figure(struct tree_builder *tree, struct span span, struct node *kind,
            struct node *when, struct node *metric, struct list coords)
{
    return tree_3_list(tree, NODE_FIGURE, span, kind, when, metric, coords);
}

struct node *
tree_coord(struct tree_builder *tree, struct span span, struct node *dimension,
           struct node *member)
{
    return tree_2(tree, NODE_COORD, span, dimension, member);
}

struct node *
tree_member_text(struct tree_builder *tree, struct span span,
                 struct literal text)
{
    struct slice code = utf8_normalize(
        tree->arena, literal_unescape(tree->arena, literal_text(text)));
    return tree_name(tree, span, atoms_intern(tree->atoms, code));
}

/* Digits in brackets are a code, kept as written: 0101. */
struct node *
tree_member_code(struct tree_builder *tree, struct span span)
{
    struct slice code = sources_text(tree->sources, span);
    return tree_name(tree, span, atoms_intern(tree->atoms, code));
}

struct node *
tree_quantity(struct tree_builder *tree, struct span span,
              struct span number_span, struct literal number, struct node *unit)
{
    struct node *amount = tree_literal(tree, NODE_NUMBER, number_span, number);
    return tree_2(tree, NODE_QUANTITY, span, amount, unit);
}

struct node *
tree_call(struct tree_builder *tree, struct span span, struct node *name,
          struct list arguments, struct node *aggregate)
{
    return tree_3(tree, NODE_CALL, span, name, arguments.first, aggregate);
}

struct node *
tree_aggregate(struct tree_builder *tree, struct span span, enum node_op op,
               struct list names, struct node *periods)
{
    struct node *node =
        tree_2(tree, NODE_AGGREGATE, span, names.first, periods);
    return tree_op(tree, node, span, op);
}

struct node *
tree_hedge(struct tree_builder *tree, struct span span, enum node_op op,
           struct node *level)
{
    return tree_op(tree, tree_1(tree, NODE_HEDGE, span, level), span, op);
}

struct node *
tree_move(struct tree_builder *tree, struct span span, enum node_op op,
          struct node *change, struct node *reference)
{
    struct node *node = tree_2(tree, NODE_MOVE, span, change, reference);
    return tree_op(tree, node, span, op);
}

struct node *
tree_metric(struct tree_builder *tree, struct span span, struct node *name,
            struct node *title, struct list properties)
{
    return tree_3(tree, NODE_METRIC, span, name, title, properties.first);
}

struct node *
tree_calendar(struct tree_builder *tree, struct span span, struct node *name,
              struct node *title, struct literal month, struct literal day,
              struct node *bound)
{
    struct node *node = tree_3(tree, NODE_CALENDAR, span, name, title, bound);
    int64_t written_month = month.coefficient < 99 ? month.coefficient : 99;
    int64_t written_day = day.coefficient < 99 ? day.coefficient : 99;
    bool known = written_month >= 1 && written_month <= 12 &&
                 written_day >= 1 && written_day <= 28;
    /* What was written is kept for printing even when it is no day. */
    node->value.len = (uint32_t)(written_month * 100 + written_day);
    node->value.ordinal = known ? (int32_t)node->value.len : 0;
    return node;
}

struct node *
tree_why_rule(struct tree_builder *tree, struct span span, enum node_op op,
              struct node *policy, struct node *rule, struct list clauses)
{
    struct node *node =
        tree_3(tree, NODE_WHY_RULE, span, policy, rule, clauses.first);
    return tree_op(tree, node, span, op);
}

struct node *
tree_claim(struct tree_builder *tree, struct span span, struct node *text,
           struct list annotations, struct node *condition, struct list clauses)
{
    return tree_3_list(tree, NODE_CLAIM, span, text, annotations.first,
                       condition, clauses);
}

struct node *
tree_import(struct tree_builder *tree, struct span span, struct node *path,
            struct node *as, struct node *form, struct node *mapping)
{
    return tree_3_list(tree, NODE_IMPORT, span, path, as, form,
                       list_one(mapping));
}

struct node *
tree_op(struct tree_builder *tree, struct node *node, struct span span,
        enum node_op op)
{
    (void)tree;
    node->op = (uint8_t)op;
    node->span = span;
    return node;
}

struct node *
tree_fact_finish(struct tree_builder *tree, struct span span, struct node *fact,
                 struct list annotations)
{
    adopt(tree, fact, 2, annotations.first);
    fact->span = span;
    return fact;
}

struct node *
tree_parens(struct tree_builder *tree, struct span span, struct node *inside)
{
    (void)tree;
    (void)span;
    return inside;
}

void
tree_finish(struct tree_builder *tree, struct node *statement)
{
    tree->done = statement;
}

void
tree_fail(struct tree_builder *tree)
{
    tree->failed = true;
}
