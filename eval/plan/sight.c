/* Which rows an aggregate looks at: those of which a figure is known.
 *
 * A value may be known where no figure is, such as of `known(x)`, `x ? 0` or a
 * count; a partial aggregate leaves such rows out.  A figure inside another
 * aggregate counts where that one would gather it, and one inside a window that
 * is read in an earlier row as a whole counts as it is known there.  One with a period of its
 * own is the same in all rows and counts only where no other is there; and
 * where there is no figure at all, each row is as good as the next.
 *
 * Where the rows of an aggregate without a range begin and end, figures say that
 * are not missing for the lags of the expression alone.  At the end all are asked
 * where the latest of them is read, at the start where the earliest is: of a
 * growth rate, x and then the year before x, which is why it begins a year late;
 * of x - previous(y), x and y at the end, both a year before at the start.
 */
#include "eval/plan/ends.h"

#include <stdlib.h>

/* What windows around a node do to the rows in which it is read. */
struct reading {
    int32_t lead;  /* how much later only because a window stands around its
                    * row */
    int64_t reach; /* from how much earlier on, at most */
};

struct leaf {
    uint32_t node;
    struct reading reading;
};

/* How much earlier than their row the figures are read that follow its period;
 * LATEST is above EARLIEST when there are none. */
struct distances {
    int64_t latest;
    int64_t earliest;
};

/* Which figures count, and where they are asked. */
enum view {
    VIEW_MOVING, /* those that follow the row's period, as they are read */
    VIEW_FIXED,  /* those with a period of their own */
    VIEW_LATEST, /* the first, where the latest of them is read */
    VIEW_EARLIEST,
    VIEW_COUNT,
};

struct sight {
    size_t count;
    size_t capacity;
    struct leaf *leaves; /* figures, aggregates and shifts of one expression */
    struct sight *inner; /* by leaf; of a figure empty */
    struct distances *by_leaf;
    struct distances all;
    /* Of what an aggregate gathers: is a figure known there, by period (once where
     * it gathers periods) and group?  NULL until somebody asks. */
    bool *seen[VIEW_COUNT];
};

/* The nodes of an expression, from its last one backwards. */
struct step {
    bool within;
    struct reading reading;
};

struct steps {
    struct step *items;
    size_t count;
    size_t capacity;
};

static void
reach_back(struct steps *steps, size_t back, struct reading reading)
{
    void *items = steps->items;
    if (back >= steps->count) {
        memory_grow(&items, &steps->capacity, back + 1, sizeof *steps->items);
        steps->items = items;
        memset(steps->items + steps->count, 0,
               (back + 1 - steps->count) * sizeof *steps->items);
        steps->count = back + 1;
    }
    struct step *step = &steps->items[back];
    if (step->within && step->reading.reach > reading.reach) {
        reading.reach = step->reading.reach;
    }
    *step = (struct step){true, reading};
}

static void
add_leaf(struct sight *sight, uint32_t at, struct reading reading)
{
    void *items = sight->leaves;
    memory_grow(&items, &sight->capacity, sight->count + 1,
                sizeof *sight->leaves);
    sight->leaves = items;
    sight->leaves[sight->count++] = (struct leaf){at, reading};
}

/* How far a window reaches back from its row, or farther; one that begins with
 * what is known does not. */
static int64_t
window_reach(const struct plan *plan, const struct plan_node *node)
{
    if (node->op != PLAN_WINDOW || node->window == WINDOW_ALL) {
        return 0;
    }
    return node->window == WINDOW_COUNT ? node->reach - 1
                                        : plan_year_length(plan);
}

static bool
is_fixed(const struct plan *plan, const struct plan_node *node)
{
    return plan->figures[node->figure]->fixed && plan->has_periods;
}

static struct distances
leaf_distances(const struct plan *plan, const struct leaf *leaf,
               const struct sight *inner)
{
    const struct plan_node *node = &plan->nodes[leaf->node];
    int64_t back = plan_lag_back(plan, node->lag);
    int64_t reach = leaf->reading.reach;
    if (!(node->varies & VARIES_PERIOD)) {
        return (struct distances){INT64_MAX, INT64_MIN};
    }
    if (node->op == PLAN_FIGURE) {
        return (struct distances){back, back + reach};
    }
    bool moves = node->op == PLAN_SHIFT && inner->all.latest != INT64_MAX;
    return moves ? (struct distances){inner->all.latest + back,
                                      inner->all.earliest + back + reach}
                 : inner->all;
}

/* Operands stand before operators, so that one look back finds all of them; no
 * farther than they stand, for each aggregate looks at its own. */
static struct sight
sight_of(const struct plan *plan, uint32_t at, struct reading reading)
{
    struct sight sight = {.all = {INT64_MAX, INT64_MIN}};
    struct steps steps = {0};
    reach_back(&steps, 0, reading);
    for (size_t back = 0; back < steps.count; back++) {
        struct step step = steps.items[back];
        uint32_t i = at - (uint32_t)back;
        const struct plan_node *node = &plan->nodes[i];
        bool leaf = node->op == PLAN_FIGURE || node->op == PLAN_SHIFT ||
                    node->op >= PLAN_SUM;
        if (step.within && leaf) {
            add_leaf(&sight, i, step.reading);
        }
        int kids = node->exchanges ? 1 : 3;
        for (int k = 0; step.within && !leaf && k < kids; k++) {
            uint32_t kid = node->kid[k];
            if (kid != UINT32_MAX && plan->nodes[kid].op != PLAN_CONSTANT) {
                struct reading read = {step.reading.lead + node->center,
                                       step.reading.reach +
                                           window_reach(plan, node)};
                reach_back(&steps, at - kid, read);
            }
        }
    }
    free(steps.items);
    sight.inner = memory_alloc((sight.count + 1) * sizeof *sight.inner);
    sight.by_leaf = memory_alloc((sight.count + 1) * sizeof *sight.by_leaf);
    for (size_t i = 0; i < sight.count; i++) {
        const struct plan_node *node = &plan->nodes[sight.leaves[i].node];
        /* The row of a shift is found by what is around it. */
        bool shifts = node->op == PLAN_SHIFT;
        struct reading within =
            shifts ? (struct reading){0, 0} : sight.leaves[i].reading;
        sight.inner[i] = node->op == PLAN_FIGURE
                             ? (struct sight){0}
                             : sight_of(plan, node->kid[0], within);
        struct distances *own = &sight.by_leaf[i];
        *own = leaf_distances(plan, &sight.leaves[i], &sight.inner[i]);
        if (own->latest < sight.all.latest) {
            sight.all.latest = own->latest;
        }
        if (own->earliest > sight.all.earliest) {
            sight.all.earliest = own->earliest;
        }
    }
    return sight;
}

static void
sight_clear(struct sight *sight)
{
    for (size_t i = 0; i < sight->count; i++) {
        sight_clear(&sight->inner[i]);
    }
    for (int view = 0; view < VIEW_COUNT; view++) {
        free(sight->seen[view]);
    }
    free(sight->leaves);
    free(sight->inner);
    free(sight->by_leaf);
}

struct sight *
sight_new(const struct plan *plan, uint32_t node)
{
    struct sight *sight = memory_alloc(sizeof *sight);
    *sight = sight_of(plan, node, (struct reading){0, 0});
    return sight;
}

void
sight_free(struct sight *sight)
{
    if (sight) {
        sight_clear(sight);
    }
    free(sight);
}

/* Is there a figure that is FIXED, or one that is not? */
static bool
sight_has(const struct plan *plan, const struct sight *sight, bool fixed)
{
    for (size_t i = 0; i < sight->count; i++) {
        const struct plan_node *node = &plan->nodes[sight->leaves[i].node];
        if (node->op == PLAN_FIGURE
                ? is_fixed(plan, node) == fixed
                : sight_has(plan, &sight->inner[i], fixed)) {
            return true;
        }
    }
    return false;
}

static bool
figure_known(const struct plan *plan, const struct plan_node *node,
             size_t period, size_t line)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t at = figure_cell(plan, node, period, line);
    return at != SIZE_MAX &&
           (!isnan(figure->values[at]) || !isnan(figure->low[at]));
}

static bool sees(const struct plan *plan, struct sight *sight, enum view view,
                 size_t period, size_t line);

/* Looks once into all that the aggregate NODE gathers. */
static bool *
look_inside(const struct plan *plan, const struct plan_node *node,
            struct sight *sight, enum view view)
{
    struct grouping groups = plan_group_lines(plan, node);
    size_t lines = plan->spaces[node->from_space].line_count;
    size_t periods = plan_period_count(plan);
    size_t rows = node->over_periods ? 1 : periods;
    struct run within = {0, periods};
    bool *seen = memory_alloc(rows * groups.count + 1);
    struct run *runs = NULL;
    memset(seen, 0, rows * groups.count + 1);
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &within.first, &within.last);
        runs = memory_alloc((groups.count + 1) * sizeof *runs);
        for (size_t group = 0; group < groups.count; group++) {
            runs[group] = plan_aggregate_run(plan, node, groups.first[group]);
        }
    }
    for (size_t line = 0; line < lines && !plan_stops(plan); line++) {
        size_t group = groups.inside[line];
        for (size_t p = within.first; group != UINT32_MAX && p < within.last;
             p++) {
            bool *at = seen + (runs ? 0 : p) * groups.count + group;
            bool runs_here =
                !runs || (p >= runs[group].first && p < runs[group].last);
            *at = *at || (runs_here && sees(plan, sight, view, p, line));
        }
    }
    free(runs);
    return seen;
}

/* Is a figure known in a row that the aggregate NODE gathers for a row? */
static bool
sees_inside(const struct plan *plan, const struct plan_node *node,
            struct sight *sight, enum view view, size_t period, size_t row)
{
    struct grouping groups = plan_group_lines(plan, node);
    if (!sight->seen[view]) {
        sight->seen[view] = look_inside(plan, node, sight, view);
    }
    if (!node->over_periods && period >= plan_period_count(plan)) {
        return false;
    }
    size_t at = node->over_periods ? 0 : period;
    return sight->seen[view][at * groups.count + groups.outside[row]];
}

/* How much earlier than its row a leaf is asked than it is read. */
static int64_t
asked_earlier(const struct sight *sight, size_t i, enum view view)
{
    const struct leaf *leaf = &sight->leaves[i];
    const struct distances *own = &sight->by_leaf[i];
    switch ((int)view) {
    case VIEW_LATEST:
        return sight->all.latest - own->latest;
    case VIEW_EARLIEST:
        return leaf->reading.reach + sight->all.earliest - own->earliest;
    default:
        return leaf->reading.lead;
    }
}

/* Does leaf number I see a figure that is known? */
static bool
leaf_sees(const struct plan *plan, const struct sight *sight, size_t i,
          enum view view, size_t period, size_t line)
{
    const struct leaf *leaf = &sight->leaves[i];
    const struct plan_node *node = &plan->nodes[leaf->node];
    bool ends = view == VIEW_LATEST || view == VIEW_EARLIEST;
    if (ends && sight->by_leaf[i].latest == INT64_MAX) {
        return false;
    }
    size_t at = period - (size_t)asked_earlier(sight, i, view);
    if (node->op == PLAN_FIGURE) {
        return is_fixed(plan, node) == (view == VIEW_FIXED) &&
               figure_known(plan, node, at, line);
    }
    if (node->op == PLAN_SHIFT) {
        size_t row = plan_shifted(plan, node, at);
        return row != SIZE_MAX && sees(plan, &sight->inner[i], view, row, line);
    }
    /* How windows read what it gathers is told to the figures inside. */
    int64_t told = view == VIEW_LATEST     ? 0
                   : view == VIEW_EARLIEST ? leaf->reading.reach
                                           : leaf->reading.lead;
    return sees_inside(plan, node, &sight->inner[i], view, at + (size_t)told,
                       line);
}

static bool
sees(const struct plan *plan, struct sight *sight, enum view view,
     size_t period, size_t line)
{
    for (size_t i = 0; i < sight->count; i++) {
        if (leaf_sees(plan, sight, i, view, period, line)) {
            return true;
        }
    }
    return false;
}

bool
sight_row(const struct plan *plan, struct sight *sight, size_t period,
          size_t line)
{
    bool moving = sight_has(plan, sight, false);
    bool fixed = !moving && sight_has(plan, sight, true);
    return (!moving && !fixed) ||
           sees(plan, sight, fixed ? VIEW_FIXED : VIEW_MOVING, period, line);
}

void
sight_widen(const struct plan *plan, struct sight *sight, size_t line,
            struct run within, struct run *run)
{
    struct run seen = *run;
    if (sight->all.latest == INT64_MAX) {
        return;
    }
    for (size_t p = within.last; p > within.first && p > run->last; p--) {
        if (sees(plan, sight, VIEW_LATEST, p - 1, line)) {
            seen.last = p;
            break;
        }
    }
    for (size_t p = within.first; p < seen.last && p < run->first; p++) {
        if (sees(plan, sight, VIEW_EARLIEST, p, line)) {
            seen.first = p;
            break;
        }
    }
    if (seen.first < seen.last) {
        *run = seen;
    }
}
