/* Periods of the rows beside one that is written out, perhaps a longer one:
 * `period < 2020`, `period in 2020-Q1`. */
#include "eval/bind.h"
#include "eval/plan/parts.h"

bool
bind_is_period_edge(const struct binder *binder, uint32_t row, uint32_t at)
{
    const struct plan_node *node = &binder->plan->nodes[at];
    struct type type = bind_type(binder, row);
    bool longer = binder->plan->nodes[row].op == PLAN_CONSTANT &&
                  type.dimension > node->type.dimension;
    return type.class == VALUE_PERIOD && (!type.dimension || longer) &&
           node->op == PLAN_CONSTANT && node->type.class == VALUE_PERIOD &&
           node->type.dimension;
}

/* The first or last of the periods that a written one consists of; which they
 * are is known now where ROW is one itself, as in at(). */
static uint32_t
edge_of(struct binder *binder, uint32_t row, uint32_t written,
        enum period_edge edge)
{
    struct plan_node node = binder->plan->nodes[written];
    enum frequency known =
        (enum frequency)binder->plan->nodes[row].type.dimension;
    node.edge = known ? EDGE_NONE : edge;
    if (known) {
        struct period period = {(enum frequency)node.type.dimension,
                                (int32_t)node.value};
        node.value =
            period_edge_in(period, known, &calendar_plain, edge == EDGE_LAST);
        node.bounds = interval_point(node.value);
        node.type.dimension = (uint32_t)known;
    }
    return plan_add_node(binder->plan, &node);
}

static uint32_t
at_most(struct binder *binder, const struct node *at, uint32_t a, uint32_t b)
{
    return bind_operator(binder, at, PLAN_LE, bind_truth_type, a, b,
                         UINT32_MAX);
}

static uint32_t
is_before(struct binder *binder, const struct node *at, uint32_t a, uint32_t b)
{
    return bind_operator(binder, at, PLAN_LT, bind_truth_type, a, b,
                         UINT32_MAX);
}

uint32_t
bind_period_edges(struct binder *binder, const struct node *at, enum node_op op,
                  uint32_t row, uint32_t written)
{
    uint32_t first = edge_of(binder, row, written, EDGE_FIRST);
    uint32_t last = edge_of(binder, row, written, EDGE_LAST);
    switch ((int)op) {
    case OP_LT:
        return is_before(binder, at, row, first);
    case OP_LE:
        return at_most(binder, at, row, last);
    case OP_GT:
        return is_before(binder, at, last, row);
    case OP_GE:
        return at_most(binder, at, first, row);
    default:
        break;
    }
    uint32_t from = at_most(binder, at, first, row);
    uint32_t until = at_most(binder, at, row, last);
    uint32_t node = bind_operator(binder, at, PLAN_AND, bind_truth_type, from,
                                  until, UINT32_MAX);
    return op == OP_NE ? bind_operator(binder, at, PLAN_NOT, bind_truth_type,
                                       node, UINT32_MAX, UINT32_MAX)
                       : node;
}
