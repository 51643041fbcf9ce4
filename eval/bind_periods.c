/* Of which periods an amount is made: its own in each row, another one, or
 * several.
 *
 * A rate is of one period, so that what is made of several cannot be converted
 * as a whole.  Only what carries the amount counts: the share in `share *
 * exports` is no amount, of whatever period it is.
 */
#include "eval/bind.h"

/* A walk through the nodes behind a value. */
struct walk {
    const struct binder *binder;
    struct bind_periods *found;
    bool currency; /* an amount is one of a currency, else of any unit */
    bool all;      /* what is no amount counts, too */
    bool amounts;  /* figures that do were found */
    uint8_t *seen; /* by node: bits by what stood around it */
};

/* What stands around a node: an aggregate of one period, a shift, or something
 * that gathers several. */
struct around {
    bool amount;
    bool gathers;
    bool at_period;
    struct period period;
    uint32_t lag; /* of a shift */
};

/* Is there a unit in a measure: a currency, or one that follows a dimension? */
static bool
is_amount(const struct walk *walk, const struct type *type)
{
    const struct session *session = walk->binder->session;
    const struct units *units = &session->vocabulary->units;
    const struct measure *measure = &units->measures[type->measure];
    for (size_t i = 0; i < measure->count; i++) {
        unit_id base = measure->terms[i].base;
        if (!walk->currency || units->items[base].role == UNIT_FOLLOWS ||
            bind_unit_is_currency(session, base)) {
            return true;
        }
    }
    return false;
}

static void
add_fixed(struct bind_periods *found, struct period period)
{
    bool other = found->period.ordinal != period.ordinal ||
                 found->period.frequency != period.frequency;
    found->several = found->several || (found->fixed && other);
    found->fixed = true;
    found->period = period;
}

static void
add_moving(struct bind_periods *found, uint32_t lag)
{
    bool other = found->moves && found->lag != lag;
    found->gathers = found->gathers || other;
    found->several = found->several || other;
    found->moves = true;
    found->lag = lag;
}

static enum frequency
usual_frequency(const struct walk *walk, const struct figure *figure)
{
    const struct metric *metric =
        vocabulary_metric(walk->binder->session->vocabulary, figure->metric);
    return figure->converts || figure->fixed
               ? figure->frequency
               : (enum frequency)metric->frequency;
}

/* A figure that follows the frame's periods, as part of an amount. */
static void
add_follower(struct walk *walk, const struct plan_node *node,
             const struct around *around)
{
    const struct plan *plan = walk->binder->plan;
    const struct figure *figure = plan->figures[node->figure];
    bool parts = around->at_period &&
                 around->period.frequency < usual_frequency(walk, figure);
    if (around->gathers || parts || (around->lag && node->lag)) {
        walk->found->several = walk->found->gathers = true;
    } else if (around->at_period) {
        add_fixed(walk->found, plan_lag(plan, node->lag, around->period));
    } else {
        add_moving(walk->found, around->lag ? around->lag : node->lag);
    }
}

static void
add_figure(struct walk *walk, const struct plan_node *node,
           const struct around *around)
{
    struct bind_periods *found = walk->found;
    const struct figure *figure = walk->binder->plan->figures[node->figure];
    const struct metric *metric =
        vocabulary_metric(walk->binder->session->vocabulary, figure->metric);
    bool stock = metric->aggregation == AGGREGATION_STOCK;
    found->stocks = found->stocks || stock;
    found->others = found->others || !stock;
    if (found->frequency == FREQUENCY_ONCE) {
        found->frequency = usual_frequency(walk, figure);
    }
    walk->amounts = walk->amounts || around->amount;
    if (!around->amount) {
        return;
    }
    if (!figure->fixed) {
        add_follower(walk, node, around);
    } else if (figure->frequency != FREQUENCY_ONCE) {
        add_fixed(found, (struct period){figure->frequency, figure->period});
    }
}

/* What a node is for those beneath it. */
static struct around
look_beneath(const struct walk *walk, const struct plan_node *node,
             struct around around)
{
    const struct plan *plan = walk->binder->plan;
    const struct period_range *own = &node->periods;
    bool one_row = plan->range_given && plan->first == plan->last;
    bool window = node->op == PLAN_WINDOW &&
                  (node->window != WINDOW_COUNT || node->reach > 1);
    bool one = own->first == own->last;
    around.amount =
        around.amount && (walk->all || is_amount(walk, &node->type));
    if (window || (node->own_periods && !one) ||
        (node->over_periods && !node->own_periods && !one_row)) {
        around.gathers = true;
    } else if (node->own_periods) {
        around.at_period = true;
        around.period = (struct period){own->frequency, own->first};
    } else if (node->op == PLAN_SHIFT) {
        around.lag = node->lag;
    }
    return around;
}

/* Was an amount converted by it before?  It is no part of that. */
static bool
is_rate(const struct plan *plan, uint32_t at)
{
    for (size_t i = 0; i < plan->rate_count; i++) {
        if (plan->rates[i] == at) {
            return true;
        }
    }
    return false;
}

static void
walk_node(struct walk *walk, uint32_t at, const struct around *around)
{
    const struct plan_node *node = &walk->binder->plan->nodes[at];
    uint8_t bit = (uint8_t)(1 << (around->amount * 2 + around->gathers));
    if (walk->seen[at] & bit) {
        return;
    }
    walk->seen[at] |= bit;
    struct around beneath = look_beneath(walk, node, *around);
    if (node->op == PLAN_FIGURE) {
        if (!is_rate(walk->binder->plan, at)) {
            add_figure(walk, node, &beneath);
        }
        return;
    }
    uint8_t *seen = walk->seen;
    if (beneath.at_period != around->at_period || beneath.lag != around->lag) {
        walk->seen = arena_array(&walk->binder->session->scratch, uint8_t, at);
    }
    for (int i = 0; i < 3; i++) {
        if (node->kid[i] < at) { /* operands stand before operators */
            walk_node(walk, node->kid[i], &beneath);
        }
    }
    walk->seen = seen;
}

bool
bind_has_several(const struct bind_periods *periods)
{
    return periods->several || (periods->moves && periods->fixed);
}

struct bind_periods
bind_find_periods(const struct binder *binder, uint32_t at, bool currency)
{
    struct bind_periods found = {0};
    struct walk walk = {
        .binder = binder, .found = &found, .currency = currency};
    for (int all = 0; all < 2 && !walk.amounts; all++) {
        struct around around = {.amount = true};
        found = (struct bind_periods){0};
        walk.all = all;
        walk.seen = arena_array(&binder->session->scratch, uint8_t, at + 1);
        walk_node(&walk, at, &around);
    }
    return found;
}
