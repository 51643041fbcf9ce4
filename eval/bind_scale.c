/* The unit and scale that a number takes from what stands beside it.
 *
 * A metric in B USD is written in B USD, so a bare number beside its figure is
 * one: of the figure itself, of a multiple of it, of a sum of it and others in
 * the same scale.  Where the scales of both sides differ nobody can tell which
 * is meant, nor what a number is beside B USD / M person, and the number is left
 * as it is, for bind_compatible() to refuse.
 */
#include "eval/bind.h"

enum {
    SCALE_ANY = -1,   /* nothing there is written in a scale */
    SCALE_MIXED = -2, /* one part is written in this, one in that, or the unit
                       * is made of units that are written in scales */
};

static int
join_scales(int a, int b)
{
    return a == SCALE_ANY ? b : b == SCALE_ANY || a == b ? a : SCALE_MIXED;
}

static int written_scale(const struct plan *plan, uint32_t at);

/* ... a product or quotient of two units: none, when neither has a scale. */
static int
compound_scale(const struct plan *plan, uint32_t a, uint32_t b)
{
    bool plain = written_scale(plan, a) <= 0 && written_scale(plan, b) <= 0 &&
                 written_scale(plan, a) != SCALE_MIXED &&
                 written_scale(plan, b) != SCALE_MIXED;
    return plain ? 0 : SCALE_MIXED;
}

/* In which power of ten an expression is written. */
static int
written_scale(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    uint32_t a = node->kid[0];
    uint32_t b = node->kid[1];
    if (node->op == PLAN_CONSTANT || !node->type.measure) {
        return SCALE_ANY;
    }
    if (node->op == PLAN_FIGURE || node->type.scale >= 0) {
        return node->type.scale < 0 ? 0 : node->type.scale;
    }
    switch ((int)node->op) {
    case PLAN_ADD:
    case PLAN_SUBTRACT:
    case PLAN_ORELSE:
        return join_scales(written_scale(plan, a), written_scale(plan, b));
    case PLAN_IF:
        return join_scales(written_scale(plan, b),
                           written_scale(plan, node->kid[2]));
    case PLAN_MULTIPLY:
        return !plan->nodes[b].type.measure   ? written_scale(plan, a)
               : !plan->nodes[a].type.measure ? written_scale(plan, b)
                                              : compound_scale(plan, a, b);
    case PLAN_DIVIDE:
        return plan->nodes[b].type.measure ? compound_scale(plan, a, b)
                                           : written_scale(plan, a);
    case PLAN_POWER:
        return compound_scale(plan, a, a);
    default:
        break;
    }
    bool same =
        a != UINT32_MAX && plan->nodes[a].type.measure == node->type.measure;
    return same ? written_scale(plan, a) : 0;
}

int
bind_written_scale(const struct binder *binder, uint32_t at)
{
    int scale = written_scale(binder->plan, at);
    return scale == SCALE_MIXED ? -1 : scale;
}

/* Multiplies what is written in a file, number by number or in a sum. */
static uint32_t
multiply(struct binder *binder, struct plan_node node, double factor)
{
    struct type type = node.type;
    if (node.op == PLAN_CONSTANT) {
        node.value *= factor;
        node.bounds.low *= factor;
        node.bounds.high *= factor;
        return plan_add_node(binder->plan, &node);
    }
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    uint32_t at = plan_add_node(binder->plan, &node);
    struct plan_node product = {
        .op = PLAN_MULTIPLY,
        .type = type,
        .kid = {at,
                plan_constant(binder->plan, plain, factor,
                              interval_point(factor), node.span),
                UINT32_MAX},
        .space = node.space,
        .span = node.span};
    return plan_add_node(binder->plan, &product);
}

uint32_t
bind_scaled(struct binder *binder, uint32_t at, uint32_t beside)
{
    at = bind_unshared(binder, at, beside);
    struct plan_node node = binder->plan->nodes[at];
    struct type other = bind_type(binder, beside);
    bool zero = node.op == PLAN_CONSTANT && node.value == 0;
    bool takes = node.type.class == VALUE_NUMBER && node.type.bare &&
                 !node.type.percent && !zero && other.measure;
    if (!takes) {
        return at;
    }
    const struct units *units = &binder->session->vocabulary->units;
    double factor = other.unit ? units->items[other.unit].factor : 1;
    if (node.type.unscaled) {
        int scale = other.scale >= 0 ? other.scale
                                     : written_scale(binder->plan, beside);
        if (scale == SCALE_MIXED) {
            return at;
        }
        factor *= scale > 0 ? decimal_power(scale) : 1;
    }
    node.type.unscaled = false;
    return multiply(binder, node, factor);
}

uint32_t
bind_in_home(struct binder *binder, uint32_t at, unit_id unit, int scale)
{
    struct plan_node node = binder->plan->nodes[at];
    const struct unit *of = &binder->session->vocabulary->units.items[unit];
    bool takes = node.type.class == VALUE_NUMBER && node.type.bare &&
                 !node.type.percent && of->role == UNIT_LEVEL;
    if (!takes) {
        return at;
    }
    bool scaled = node.type.unscaled && scale > 0;
    double factor = of->factor * (scaled ? decimal_power(scale) : 1);
    node.type.unscaled = false;
    if (of->measure) {
        node.type.bare = false;
        node.type.unit = unit;
        node.type.measure = of->measure;
    }
    return multiply(binder, node, factor);
}

/* A number that takes the scale of what it stands beside, if that has one. */
static bool
takes_scale(const struct plan_node *node)
{
    bool zero = node->op == PLAN_CONSTANT && node->value == 0;
    return node->type.class == VALUE_NUMBER && node->type.bare &&
           node->type.unscaled && !node->type.percent && !zero;
}

bool
bind_lacks_scale(const struct binder *binder, uint32_t at, uint32_t beside)
{
    return takes_scale(&binder->plan->nodes[at]) &&
           bind_type(binder, beside).measure &&
           written_scale(binder->plan, beside) == SCALE_MIXED;
}

bool
bind_scales_differ(const struct binder *binder, uint32_t at, uint32_t left,
                   uint32_t right)
{
    return takes_scale(&binder->plan->nodes[at]) &&
           join_scales(written_scale(binder->plan, left),
                       written_scale(binder->plan, right)) == SCALE_MIXED;
}

const char *
bind_scale_help(const struct binder *binder, uint32_t left, uint32_t right)
{
    const struct units *units = &binder->session->vocabulary->units;
    measure_id a = bind_type(binder, left).measure;
    const struct measure *measure =
        &units->measures[a ? a : bind_type(binder, right).measure];
    bool one = measure->count == 1 && measure->terms[0].power == 1;
    return one ? "the figures beside it are written in several scales: write "
                 "which is meant, as in 5M"
               : "its unit is made of units that are written in scales: write "
                 "the number with its unit, as in 40 USD/person";
}
