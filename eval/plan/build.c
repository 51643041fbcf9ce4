/* Building a plan: spaces, figures, nodes, each kept once. */
#include "eval/plan/plan.h"

#include <stdlib.h>

void
plan_init(struct plan *plan, struct arena *arena, struct store *store,
          struct diagnostics *diagnostics)
{
    *plan = (struct plan){
        .arena = arena, .store = store, .diagnostics = diagnostics};
    plan_add_space(plan);
}

/* What a figure was before it was read. */
static void
forget_read(struct figure *figure)
{
    struct figure blank = *figure;
    blank.finer = NULL;
    blank.releases = NULL;
    blank.lender = NULL;
    blank.first = blank.last = 0;
    blank.lines_found = false;
    blank.line_count = blank.extra_count = blank.own_count = 0;
    blank.own_lines = blank.line_own = blank.gather = NULL;
    blank.extras = NULL;
    blank.named = 0;
    blank.expected = NULL;
    blank.first_days = blank.days = NULL;
    blank.values = blank.low = blank.high = NULL;
    blank.places = NULL;
    blank.basis = blank.relations = NULL;
    blank.facts = NULL;
    blank.derived = NULL;
    blank.fact_count = 0;
    *figure = blank;
}

void
figure_free_read(struct figure *figure)
{
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        figure_free_read(figure->finer[i]);
        free(figure->finer[i]);
    }
    free(figure->finer);
    free(figure->releases);
    free(figure->own_lines);
    free(figure->line_own);
    free(figure->expected);
    free(figure->extras);
    free(figure->first_days);
    free(figure->days);
    if (figure->low != figure->values) {
        free(figure->low);
        free(figure->high);
    }
    free(figure->values);
    free(figure->places);
    free(figure->basis);
    free(figure->relations);
    free(figure->facts);
    free((void *)figure->derived);
}

void
plan_forget_reads(struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        struct figure *figure = plan->figures[i];
        free(figure->gather);
        if (!figure->lender) { /* what is borrowed is freed there */
            figure_free_read(figure);
        }
    }
    for (size_t i = 0; i < plan->figure_count; i++) {
        forget_read(plan->figures[i]);
    }
    plan->bytes = 0;
}

void
plan_free(struct plan *plan)
{
    plan_forget_reads(plan);
    for (size_t i = 0; i < plan->node_count; i++) {
        node_free_blocks(&plan->nodes[i]);
    }
    for (size_t i = 0; i < plan->space_count; i++) {
        free(plan->spaces[i].tuples);
        free(plan->spaces[i].leaves);
    }
    index_free(&plan->node_index);
    index_free(&plan->figure_index);
    free(plan->lags);
    free(plan->figures);
    free(plan->nodes);
    free(plan->spaces);
    *plan = (struct plan){0};
}

size_t
plan_add_space(struct plan *plan)
{
    void *items = plan->spaces;
    memory_grow(&items, &plan->space_capacity, plan->space_count + 1,
                sizeof *plan->spaces);
    plan->spaces = items;
    plan->spaces[plan->space_count] = (struct space){0};
    return plan->space_count++;
}

bool
plan_space_add(struct plan *plan, size_t at, uint32_t dimension)
{
    struct space *space = &plan->spaces[at];
    for (size_t i = 0; i < space->dimension_count; i++) {
        if (space->dimensions[i] == dimension) {
            return true;
        }
    }
    if (space->dimension_count == SPACE_DIMENSIONS_MAX) {
        return false;
    }
    space->dimensions[space->dimension_count++] = dimension;
    return true;
}

static size_t
space_position(const struct space *space, uint32_t dimension)
{
    size_t at = 0;
    while (at < space->dimension_count && space->dimensions[at] != dimension) {
        at++;
    }
    return at;
}

bool
plan_space_name(struct plan *plan, size_t at, uint32_t dimension)
{
    if (!plan_space_add(plan, at, dimension)) {
        return false;
    }
    struct space *space = &plan->spaces[at];
    space->named |= (uint8_t)(1 << space_position(space, dimension));
    return true;
}

bool
plan_space_names(const struct plan *plan, size_t at, uint32_t dimension)
{
    const struct space *space = &plan->spaces[at];
    size_t position = space_position(space, dimension);
    return position < space->dimension_count && space->named >> position & 1;
}

static bool
same_type(const struct type *a, const struct type *b)
{
    return a->class == b->class && a->role == b->role &&
           a->measure == b->measure && a->unit == b->unit &&
           a->scale == b->scale && a->bare == b->bare &&
           a->percent == b->percent && a->unscaled == b->unscaled &&
           a->dimension == b->dimension;
}

static bool
same_number(double a, double b)
{
    return a == b || (a != a && b != b);
}

bool
node_equal_in_plan(const struct plan_node *a, const struct plan_node *b)
{
    return a->op == b->op && a->space == b->space &&
           memcmp(a->kid, b->kid, sizeof a->kid) == 0 &&
           a->figure == b->figure && a->lag == b->lag &&
           a->center == b->center && same_number(a->value, b->value) &&
           same_number(a->bounds.low, b->bounds.low) &&
           same_number(a->bounds.high, b->bounds.high) && a->text == b->text &&
           a->from_space == b->from_space &&
           a->over_periods == b->over_periods && a->partial == b->partial &&
           a->picks == b->picks && a->own_periods == b->own_periods &&
           a->keeps == b->keeps && a->over_count == b->over_count &&
           a->attribute == b->attribute && a->window == b->window &&
           a->reduce == b->reduce && a->reach == b->reach &&
           a->edge == b->edge && a->geometric == b->geometric &&
           a->calendar == b->calendar &&
           memcmp(a->over, b->over, sizeof a->over) == 0 &&
           a->periods.first == b->periods.first &&
           a->periods.last == b->periods.last && same_type(&a->type, &b->type);
}

/* Constants fill the kids they do not have with 0; all others say so. */
static void
clear_kids(struct plan_node *node)
{
    bool leaf = node->op <= PLAN_HORIZON;
    for (int i = 0; leaf && i < 3; i++) {
        node->kid[i] = UINT32_MAX;
    }
}

/* Does the result of an aggregate differ along a dimension of the rows around
 * it? */
static bool
some_stay(const struct plan *plan, const struct plan_node *node)
{
    const struct space *space = &plan->spaces[node->space];
    bool stays = false;
    for (size_t d = 0; d < space->dimension_count; d++) {
        stays = stays || aggregate_keeps(plan, node, space->dimensions[d]);
    }
    return stays;
}

static uint8_t
node_varies(const struct plan *plan, const struct plan_node *node)
{
    uint8_t varies = 0;
    switch ((int)node->op) {
    case PLAN_CONSTANT:
    case PLAN_PER_YEAR:
        return 0;
    case PLAN_PERIOD:
    case PLAN_LEFT:
        return VARIES_PERIOD;
    case PLAN_MEMBER:
        return VARIES_LINE;
    case PLAN_HORIZON:
        return VARIES_LINE | VARIES_PERIOD;
    case PLAN_FIGURE:
        for (int i = 0; i < DIMENSIONS_MAX; i++) {
            if (plan->figures[node->figure]->selectors[i] == SELECT_SPACE) {
                varies |= VARIES_LINE;
            }
        }
        varies |= plan->figures[node->figure]->spreads ? VARIES_LINE : 0;
        return varies |
               (plan->figures[node->figure]->fixed ? 0 : VARIES_PERIOD);
    default:
        break;
    }
    for (int i = 0; i < 3; i++) {
        if (node->kid[i] != UINT32_MAX) {
            varies |= plan->nodes[node->kid[i]].varies;
        }
    }
    if (node->op >= PLAN_SUM) { /* collapsed lines may still vary outside */
        varies = (uint8_t)(node->over_periods ? varies & VARIES_LINE : varies);
        if (!some_stay(plan, node)) {
            varies &= VARIES_PERIOD;
        }
    }
    return varies;
}

/* Equal nodes have equal hashes; so -0 goes with 0, and every NaN with all. */
static uint64_t
hash_node(const struct plan_node *node)
{
    double value = isnan(node->value) ? 0 : node->value + 0.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t hash = hash_mix(hash_bytes(node->kid, sizeof node->kid), bits);
    hash = hash_mix(hash, (uint64_t)node->op << 32 | node->text);
    hash = hash_mix(hash, (uint64_t)node->reach << 32 | (uint64_t)node->reduce);
    return hash_mix(hash, (uint64_t)node->figure << 32 | node->lag);
}

uint32_t
plan_add_node(struct plan *plan, const struct plan_node *node)
{
    struct plan_node added = *node;
    added.values = added.low = added.high = NULL;
    added.told = NULL;
    clear_kids(&added);
    uint64_t hash = hash_node(&added);
    added.twin = index_get(&plan->node_index, hash);
    for (uint32_t at = added.twin; at != UINT32_MAX;
         at = plan->nodes[at].twin) {
        if (node_equal_in_plan(&plan->nodes[at], &added)) {
            return at;
        }
    }
    index_put(&plan->node_index, hash, (uint32_t)plan->node_count);
    added.varies = node_varies(plan, &added);
    void *items = plan->nodes;
    memory_grow(&items, &plan->node_capacity, plan->node_count + 1,
                sizeof *plan->nodes);
    plan->nodes = items;
    plan->nodes[plan->node_count] = added;
    return (uint32_t)plan->node_count++;
}

uint32_t
plan_constant(struct plan *plan, struct type type, double value,
              struct interval bounds, struct span span)
{
    struct plan_node node = {.op = PLAN_CONSTANT,
                             .type = type,
                             .value = value,
                             .bounds = bounds,
                             .span = span};
    return plan_add_node(plan, &node);
}

struct span
plan_span(const struct plan *plan)
{
    /* Operands stand before operators. */
    return plan->nodes[plan->node_count - 1].span;
}

bool
plan_report_size(struct plan *plan, struct span span, int cells)
{
    struct diagnostic *record = diagnostics_add(
        plan->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FRAME_SIZE, span,
        "this question has more than %d cells", cells);
    diagnostics_help(plan->diagnostics, record,
                     "choose fewer periods or members");
    return false;
}

bool
figure_equal(const struct figure *a, const struct figure *b)
{
    return a->kind == b->kind && a->metric == b->metric &&
           a->fixed == b->fixed && a->period == b->period &&
           a->frequency == b->frequency && a->actor == b->actor &&
           a->source == b->source && a->as_of == b->as_of &&
           a->reach == b->reach && a->converts == b->converts &&
           a->apart == b->apart && a->aggregation == b->aggregation &&
           a->partial == b->partial && a->release == b->release &&
           a->space == b->space && a->stated_only == b->stated_only &&
           a->spreads == b->spreads &&
           memcmp(a->selectors, b->selectors, sizeof a->selectors) == 0 &&
           memcmp(a->members, b->members, sizeof a->members) == 0;
}

static uint64_t
hash_figure(const struct figure *figure)
{
    uint64_t hash = hash_bytes(figure->members, sizeof figure->members);
    hash = hash_mix(hash, (uint64_t)figure->metric << 32 | figure->kind);
    hash = hash_mix(hash, (uint64_t)figure->converts << 32 |
                              (uint32_t)figure->release);
    return hash_mix(hash,
                    (uint64_t)figure->space << 32 | (uint32_t)figure->period);
}

size_t
plan_find_figure(const struct plan *plan, const struct figure *figure)
{
    uint32_t at = index_get(&plan->figure_index, hash_figure(figure));
    while (at != UINT32_MAX && !figure_equal(plan->figures[at], figure)) {
        at = plan->figures[at]->twin;
    }
    return at == UINT32_MAX ? SIZE_MAX : at;
}

size_t
plan_add_figure(struct plan *plan, const struct figure *figure)
{
    uint64_t hash = hash_figure(figure);
    uint32_t twin = index_get(&plan->figure_index, hash);
    size_t found = plan_find_figure(plan, figure);
    if (found != SIZE_MAX) {
        return found;
    }
    index_put(&plan->figure_index, hash, (uint32_t)plan->figure_count);
    if (plan->figure_count == plan->figure_capacity) {
        void *items = plan->figures;
        memory_grow(&items, &plan->figure_capacity, plan->figure_count + 1,
                    sizeof *plan->figures);
        plan->figures = items;
    }
    struct figure *added = arena_new(plan->arena, struct figure);
    *added = *figure;
    added->twin = twin;
    plan->figures[plan->figure_count] = added;
    return plan->figure_count++;
}

void
plan_index_again(struct plan *plan)
{
    index_clear(&plan->node_index);
    index_clear(&plan->figure_index);
    for (size_t i = 0; i < plan->node_count; i++) {
        uint64_t hash = hash_node(&plan->nodes[i]);
        plan->nodes[i].twin = index_get(&plan->node_index, hash);
        index_put(&plan->node_index, hash, (uint32_t)i);
    }
    for (size_t i = 0; i < plan->figure_count; i++) {
        uint64_t hash = hash_figure(plan->figures[i]);
        plan->figures[i]->twin = index_get(&plan->figure_index, hash);
        index_put(&plan->figure_index, hash, (uint32_t)i);
    }
}
