#include "eval/grounds.h"

#include "eval/cell.h"
#include "eval/evidence.h"
#include "eval/fact_text.h"
#include "eval/follow.h"
#include "eval/plan/parts.h"

void
grounds_want(struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct derived *derived;
        struct figure *figure = plan->figures[i];
        figure->wants_facts =
            figure->wants_facts ||
            store_derived(plan->store, figure->metric, &derived) > 0;
    }
}

/* What was told ------------------------------------------------------------ */

static uint64_t
hash_add(uint64_t hash, const void *bytes, size_t len)
{
    return hash_mix(hash, hash_bytes(bytes, len));
}

/* The cell that a figure stands for, however it was read. */
static uint64_t
name_key(const struct ground *ground)
{
    const struct figure *figure = ground->figure;
    const struct space *space = &ground->plan->spaces[figure->space];
    bool here = ground->cell != SIZE_MAX;
    bool computed = here && figure->basis[ground->cell] == BASIS_COMPUTED;
    int64_t named[] = {figure->kind,
                       figure->metric,
                       figure->frequency,
                       ground->when,
                       figure->release,
                       here,
                       computed ? figure->aggregation : 0,
                       computed && figure->partial};
    uint64_t key = hash_bytes(named, sizeof named);
    if (here) {
        size_t own = ground->cell % figure->own_count;
        return hash_add(key, &figure->own_lines[own / figure->extra_count],
                        sizeof *figure->own_lines);
    }
    key = hash_add(key, figure->members, sizeof figure->members);
    if (space->tuples) {
        key =
            hash_add(key, space->tuples + ground->line * space->dimension_count,
                     space->dimension_count * sizeof *space->tuples);
    }
    return key;
}

/* ... and how it was read. */
static uint64_t
read_key(const struct ground *ground, uint64_t key)
{
    const struct figure *figure = ground->figure;
    int64_t read[] = {figure->actor, figure->source, figure->as_of,
                      figure->reach};
    key = hash_add(key, read, sizeof read);
    if (ground->cell != SIZE_MAX) {
        size_t own = ground->cell % figure->own_count;
        key = hash_add(key, &figure->extras[own % figure->extra_count],
                       sizeof *figure->extras);
    }
    return key;
}

/* ... and what it came to. */
static uint64_t
fact_key(const struct ground *ground, uint64_t key)
{
    const struct figure *figure = ground->figure;
    size_t cell = ground->cell;
    int64_t record = ground->derived ? ground->derived->record
                     : ground->fact  ? ground->fact->record
                                     : 0;
    double value[] = {cell == SIZE_MAX ? NAN : figure->values[cell],
                      cell == SIZE_MAX ? NAN : figure->low[cell],
                      cell == SIZE_MAX ? NAN : figure->high[cell]};
    key = hash_add(key, &record, sizeof record);
    return hash_add(key, value, sizeof value);
}

static bool
is_new(struct grounds *grounds, uint64_t key)
{
    if (index_get(&grounds->seen, key) != INDEX_NONE) {
        return false;
    }
    index_put(&grounds->seen, key, 0);
    return true;
}

void
grounds_clear(struct grounds *grounds, size_t room)
{
    index_clear(&grounds->seen);
    grounds->room = room;
    grounds->left = 0;
    grounds->leaves_open = false;
}

void
grounds_free(struct grounds *grounds)
{
    index_free(&grounds->seen);
}

/* What it follows from ----------------------------------------------------- */

/* Runs what was bound into PLAN, which is to keep its facts. */
static bool
run(struct plan *plan, uint32_t node)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        plan->figures[i]->wants_facts = true;
    }
    return node != UINT32_MAX && plan_frame(plan) && plan_run(plan);
}

/* Does what was worked out agree with what is known to follow?  There are two
 * ways to read what was unknown on the day of the fact. */
static bool
is_same(const struct plan *plan, uint32_t node, const struct derived *derived)
{
    double value = plan_cell(plan, node, 0, 0).value;
    return isnan(derived->value) || value == derived->value;
}

static void
walk_forward(struct grounds *grounds, const struct derived *derived,
             const struct fact *fact, const struct follow_reading *reading)
{
    static const enum reach reaches[] = {REACH_ANY, REACH_STATED};
    struct session *session = grounds->session;
    bool done = false;
    for (int i = 0; !done && i < 2; i++) {
        struct plan plan;
        plan_init(&plan, &session->scratch, session->store,
                  session->diagnostics);
        uint32_t node =
            follow_bind(session, &plan, &reading->home, reading->assertion,
                        fact_day(fact), reaches[i]);
        if (run(&plan, node) && (i || is_same(&plan, node, derived))) {
            grounds_walk(grounds, &plan, node, 0, 0);
            done = true;
        }
        plan_free(&plan);
    }
}

/* A reference that is implied rests on the amount that was stated, and on what
 * that moved by. */
static void
walk_backward(struct grounds *grounds, const struct derived *derived,
              const struct fact *fact, const struct follow_reading *reading)
{
    struct session *session = grounds->session;
    struct ground amount = {.depth = grounds->depth,
                            .fact = fact,
                            .node = UINT32_MAX,
                            .cell = SIZE_MAX,
                            .type = follow_type(session, fact)};
    for (const struct node *move = reading->assertion->kid[1]; move;
         move = move->next) {
        struct plan plan;
        uint32_t reference;
        plan_init(&plan, &session->scratch, session->store,
                  session->diagnostics);
        uint32_t node =
            move->kind == NODE_MOVE
                ? follow_bind_inverse(session, &plan, &reading->home, fact,
                                      move, &reference)
                : UINT32_MAX;
        if (run(&plan, node) && plan.nodes[reference].op == PLAN_FIGURE &&
            follow_cell(&plan, reference) == derived->cell &&
            is_new(grounds, hash_mix((uint64_t)fact->record, fact->cell))) {
            if (grounds->room) {
                grounds->room--;
                grounds->tell(grounds->context, &amount);
            } else {
                grounds->left++;
            }
            grounds_walk(grounds, &plan, node, 0, 0);
        }
        plan_free(&plan);
    }
}

static void
walk_derived(struct grounds *grounds, const struct derived *derived,
             const struct fact *fact)
{
    struct follow_reading reading;
    bool read = follow_begin(grounds->session, fact, &reading);
    grounds->depth++;
    if (read && reading.assertion && derived->basis == BASIS_IMPLIED) {
        walk_backward(grounds, derived, fact, &reading);
    } else if (read && reading.assertion) {
        walk_forward(grounds, derived, fact, &reading);
    }
    grounds->depth--;
    follow_end(grounds->session, &reading);
}

/* Figures ------------------------------------------------------------------ */

static void
take_fact(void *context, const struct fact *fact)
{
    *(struct fact *)context = *fact;
}

/* The fact in force in a cell of a figure that kept none. */
static bool
look_up(struct session *session, const struct figure *figure, size_t cell,
        int32_t when, struct fact *fact)
{
    size_t own = cell % figure->own_count;
    uint32_t line = figure->own_lines[own / figure->extra_count];
    struct scan_range range = {.metric = figure->metric,
                               .frequency = figure->frequency,
                               .kind = figure->kind,
                               .first = when,
                               .last = when,
                               .line_low = line,
                               .line_high = line,
                               .as_of = figure->as_of,
                               .places = true};
    *fact = (struct fact){0};
    return store_scan(session->store, &range, take_fact, fact) && fact->record;
}

/* What is in a cell that was not worked out follows from this; or from
 * nothing. */
static const struct derived *
derived_in(const struct ground *ground)
{
    const struct figure *figure = ground->figure;
    size_t cell = ground->cell;
    if (cell == SIZE_MAX || !figure->facts ||
        figure->basis[cell] == BASIS_COMPUTED) {
        return NULL;
    }
    bool known = !isnan(figure->values[cell]) || !isnan(figure->low[cell]);
    return known && figure->basis[cell] == BASIS_STATED ? NULL
                                                        : figure->derived[cell];
}

/* Finds who said what is in the cell of a ground. */
static void
find_fact(const struct grounds *grounds, struct ground *ground)
{
    const struct figure *figure = ground->figure;
    size_t cell = ground->cell;
    if (cell == SIZE_MAX) {
        return;
    }
    bool stated = figure->basis[cell] == BASIS_STATED;
    bool known = !isnan(figure->values[cell]) || !isnan(figure->low[cell]);
    if (ground->derived) {
        ground->fact =
            store_constraint(grounds->session->store, ground->derived->record);
    } else if (figure->facts) {
        ground->fact =
            stated && figure->facts[cell].record ? &figure->facts[cell] : NULL;
    } else if ((!figure->converts || (stated && known)) &&
               look_up(grounds->session, figure, cell, ground->when,
                       &ground->found)) {
        ground->fact = &ground->found;
    }
}

/* The same fact may have been read in two ways. */
static void
tell(struct grounds *grounds, struct ground *ground)
{
    uint64_t key = name_key(ground);
    if (!is_new(grounds, read_key(ground, key))) {
        return;
    }
    ground->derived = derived_in(ground);
    if (grounds->room == 0) {
        grounds->left++;
        grounds->leaves_open = grounds->leaves_open || ground->derived;
        return;
    }
    find_fact(grounds, ground);
    if (!is_new(grounds, fact_key(ground, key))) {
        return;
    }
    grounds->room--;
    grounds->tell(grounds->context, ground);
    if (ground->derived && ground->fact) {
        walk_derived(grounds, ground->derived, ground->fact);
    }
}

/* The finer periods that a cell was worked out from. */
static void
tell_parts(struct grounds *grounds, const struct ground *whole)
{
    struct figure_parts parts = {0};
    if (!figure_find_parts(whole->plan, whole->figure, whole->cell, &parts)) {
        return;
    }
    grounds->depth++;
    for (size_t i = 0; i < parts.count; i++) {
        struct result_value value;
        struct ground part = {.depth = grounds->depth,
                              .plan = whole->plan,
                              .figure = parts.items[i].figure,
                              .cell = parts.items[i].cell,
                              .when = parts.items[i].period,
                              .line = whole->line,
                              .type = whole->type,
                              .is_part = true,
                              .node = UINT32_MAX};
        bool counts =
            !(whole->figure->partial && isnan(part.figure->values[part.cell]));
        if (counts && answer_part(part.plan, part.figure, part.cell, &part.type,
                                  &value)) {
            tell(grounds, &part);
        }
    }
    grounds->depth--;
    figure_parts_free(&parts);
}

struct walk {
    struct grounds *grounds;
    const struct plan *plan;
};

static void
tell_figure(void *context, uint32_t at, size_t period, size_t line)
{
    const struct walk *walk = context;
    const struct plan *plan = walk->plan;
    const struct plan_node *node = &plan->nodes[at];
    const struct figure *figure = plan->figures[node->figure];
    size_t cell = figure_cell(plan, node, period, line);
    struct ground ground = {.depth = walk->grounds->depth,
                            .plan = plan,
                            .figure = figure,
                            .cell = cell,
                            .when = figure_ordinal(plan, node, period),
                            .line = line,
                            .type = node->type,
                            .is_whole = cell != SIZE_MAX && figure->converts &&
                                        figure->basis[cell] == BASIS_COMPUTED,
                            .node = at,
                            .period = period};
    tell(walk->grounds, &ground);
    if (ground.is_whole) {
        tell_parts(walk->grounds, &ground);
    }
}

void
grounds_walk(struct grounds *grounds, const struct plan *plan, uint32_t node,
             size_t period, size_t line)
{
    struct walk walk = {grounds, plan};
    struct evidence evidence = {plan, &walk, tell_figure};
    evidence_walk(&evidence, node, period, line);
}

/* Words -------------------------------------------------------------------- */

void
ground_print(struct session *session, const struct ground *ground,
             struct buffer *text)
{
    if (!ground->plan) {
        fact_print_figure(session, ground->fact, text);
        return;
    }
    const struct space *space = &ground->plan->spaces[ground->figure->space];
    figure_print(ground->plan, ground->figure, &ground->when,
                 space->tuples
                     ? space->tuples + ground->line * space->dimension_count
                     : NULL,
                 text);
}

void
ground_value(struct session *session, const struct ground *ground,
             struct result_value *result, struct buffer *text)
{
    struct result_column column = {.name = ""};
    if (!ground->plan) {
        struct interval bounds;
        enum value_relation relation;
        *result =
            (struct result_value){.type = VALUE_NUMBER, .place = PLACE_NONE};
        fact_amount(session->store, ground->fact, &result->number, &bounds,
                    &relation);
        fact_print_level(session, ground->fact, text);
        return;
    }
    if (ground->node != UINT32_MAX) {
        answer_value(session, ground->plan, ground->node, ground->period,
                     ground->line, result);
    } else {
        answer_part(ground->plan, ground->figure, ground->cell, &ground->type,
                    result);
    }
    answer_column(session, &ground->type, &column);
    result->unit = answer_unit(session, ground->plan, &ground->type,
                               ground->figure->space, ground->line);
    struct cell_style style = cell_style_alone(&column);
    if (result->type == VALUE_UNKNOWN) {
        buffer_add_char(text, '?');
    } else {
        cell_add(text, &column, result, &style);
    }
}
