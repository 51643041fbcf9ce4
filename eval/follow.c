/* What follows from facts: values derived by formulas and movements, forward,
 * and implied by them, one step backward.
 *
 * Each constraint is a fact whose assertion has a formula or a movement.  It is
 * bound against the cell that it speaks of, on what was known on its own day
 * (or, when nothing was, on the earliest that was said later), and run as a
 * question of one row.  That is repeated until nothing changes, because a
 * forecast may rest on a total that a target implies.
 */
#include "eval/follow.h"
#include "eval/cell.h"
#include "parser/print.h"
#include "values/number.h"

#include <stdlib.h>

enum { FOLLOW_PASSES_MAX = 64 };

/* Settling ----------------------------------------------------------------- */

/* A formula without a value, and the cell that it waits for. */
struct waiting {
    uint64_t cell;
    uint32_t line;
    uint64_t for_cell;
    uint32_t for_line;
    size_t item; /* its place among the derived values */
};

struct settling {
    struct session *session;
    struct waiting *waiting;
    size_t waiting_count;
    size_t waiting_capacity;
    struct index waiting_in; /* hash of cell and line: who waits there */
    struct derived *items;
    size_t count;
    size_t capacity;
    struct arena texts; /* chains */
};

static void
add_derived(struct settling *settling, const struct derived *item)
{
    void *items = settling->items;
    memory_grow(&items, &settling->capacity, settling->count + 1,
                sizeof *settling->items);
    settling->items = items;
    settling->items[settling->count++] = *item;
}

const struct node *
follow_parse(struct session *session, const char *assertion)
{
    struct buffer text = {0};
    buffer_format(&text, "x %s", assertion);
    struct source *source =
        sources_add(&session->sources, "a formula", buffer_slice(&text));
    buffer_free(&text);
    const struct node *fact =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    return fact && fact->kind == NODE_FACT ? fact->kid[1] : NULL;
}

void
follow_home(const struct session *session, const struct fact *fact,
            struct focus *home)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    uint32_t metric = fact_metric(fact);
    *home = (struct focus){.set = true,
                           .kind = fact_kind(fact),
                           .metric = metric,
                           .has_period = fact_frequency(fact) != FREQUENCY_ONCE,
                           .period = {fact_frequency(fact), fact_period(fact)}};
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    for (int i = 0; i < vocabulary->metrics[metric].dimension_count; i++) {
        home->members[i] = members[i];
        home->fixed[i] = true;
    }
}

/* The latest day of what a plan has read, from DAY on. */
static day_number
latest_day(const struct plan *plan, day_number day)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (!figure->own_count || !figure->facts) {
            continue;
        }
        struct fact key = figure->facts[0];
        if (figure->derived[0]) {
            key.line_day = figure->derived[0]->line_day;
        }
        day = fact_day(&key) > day ? fact_day(&key) : day;
    }
    return day;
}

static void
want_facts(struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        plan->figures[i]->wants_facts = true;
    }
}

static void
add_amount(struct session *session, const struct plan *plan, uint32_t node,
           struct buffer *text)
{
    struct result_column column = {.name = ""};
    struct result_value value;
    answer_column(session, &plan->nodes[node].type, &column);
    column.unit = "";
    answer_value(session, plan, node, 0, 0, &value);
    struct cell_style style = cell_style_alone(&column);
    cell_add(text, &column, &value, &style);
}

/* "down 4.5% from actual 2022, itself implied 684B" */
static void
describe_move(struct session *session, const struct plan *plan,
              const struct node *move, uint32_t reference, struct buffer *text)
{
    const struct plan_node *node = &plan->nodes[reference];
    const struct figure *figure = plan->figures[node->figure];
    buffer_add_text(text, node_op_text((enum node_op)move->op));
    buffer_add_char(text, ' ');
    print_expression(text, move->kid[0], &session->atoms, &session->sources);
    buffer_add_text(text, " from ");
    if (move->kid[1]->kind == NODE_FIGURE) {
        print_expression(text, move->kid[1], &session->atoms,
                         &session->sources);
    } else {
        buffer_add_slice(text, vocabulary_name(session->vocabulary, CLASS_KIND,
                                               figure->kind));
        buffer_add_char(text, ' ');
        period_print(text, (struct period){figure->frequency, figure->period},
                     false);
    }
    size_t at = figure_cell(plan, node, 0, 0);
    if (at != SIZE_MAX && figure->basis[at] != BASIS_STATED) {
        buffer_add_text(text, figure->basis[at] == BASIS_IMPLIED
                                  ? ", itself implied "
                                  : ", itself derived ");
        add_amount(session, plan, reference, text);
    }
}

static const char *
keep_text(struct settling *settling, struct buffer *text)
{
    const char *copy =
        arena_copy(&settling->texts, text->text ? text->text : "", text->len);
    buffer_free(text);
    return copy;
}

/* Constraints speak of this metric from now on. */
static void
mark_constrained(struct session *session, uint32_t metric)
{
    if (metric >= session->constrained_count) {
        size_t grown = metric + 16;
        session->constrained = memory_resize(
            session->constrained, grown * sizeof *session->constrained);
        memset(session->constrained + session->constrained_count, 0,
               (grown - session->constrained_count) *
                   sizeof *session->constrained);
        session->constrained_count = grown;
    }
    session->constrained[metric] = true;
}

static void
mark_figures(struct session *session, const struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        mark_constrained(session, plan->figures[i]->metric);
    }
}

/* Can a new fact change what follows? */
static bool
is_touching(void *context, const struct fact *fact)
{
    const struct session *session = context;
    uint32_t metric = fact_metric(fact);
    return !session->constrained_known ||
           fact->form & (FORM_FORMULA | FORM_MOVED) ||
           (metric < session->constrained_count &&
            session->constrained[metric]);
}

/* How a value came about, or what it lacks. */
static const char *
describe_forward(struct settling *settling, struct plan *plan, uint32_t node,
                 const struct node *assertion, struct binder *binder)
{
    struct session *session = settling->session;
    const struct node *move = assertion->kid[1];
    struct buffer chain = {0};
    if (!assertion->kid[0] && move) {
        describe_move(session, plan, move,
                      follow_reference(binder, move->kid[1]), &chain);
    } else {
        print_expression(&chain, assertion->kid[0], &session->atoms,
                         &session->sources);
    }
    struct cell cell = plan_cell(plan, node, 0, 0);
    if (isnan(cell.value) && isnan(cell.low)) {
        buffer_add_text(&chain, ": ");
        plan_reason(plan, node, 0, 0, &chain);
    }
    return keep_text(settling, &chain);
}

/* The day on which the fact behind a value was withdrawn. */
static day_number
until_day(const struct session *session, const struct fact *fact)
{
    const struct retraction *retraction =
        store_retraction(session->store, fact->record);
    return retraction ? retraction->day : DAY_MAX;
}

/* Two reaches often give the same value on the same day. */
static void
add_once(struct settling *settling, const struct derived *item)
{
    const struct derived *last =
        settling->count ? &settling->items[settling->count - 1] : NULL;
    bool again = last && last->record == item->record &&
                 last->cell == item->cell && last->line_day == item->line_day;
    if (!again) {
        add_derived(settling, item);
    }
}

/* Remembers which unknown cell a formula waits for. */
static void
add_waiting(struct settling *settling, const struct plan *plan,
            const struct fact *fact)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        bool unknown = figure->fixed && figure->own_count == 1 &&
                       isnan(figure->values[0]) && isnan(figure->low[0]);
        if (!unknown) {
            continue;
        }
        void *items = settling->waiting;
        memory_grow(&items, &settling->waiting_capacity,
                    settling->waiting_count + 1, sizeof *settling->waiting);
        settling->waiting = items;
        settling->waiting[settling->waiting_count++] = (struct waiting){
            .cell = fact->cell,
            .line = fact_line(fact),
            .for_cell = fact_pack_cell(figure->metric, figure->frequency,
                                       figure->kind, figure->period),
            .for_line = figure->own_lines[0],
            .item = settling->count - 1,
        };
    }
}

/* The one that waits in the cell for which AT waits; NULL at the end. */
static const struct waiting *
next_waiting(const struct settling *settling, const struct waiting *at)
{
    uint32_t found =
        index_get(&settling->waiting_in, hash_mix(at->for_cell, at->for_line));
    if (found == INDEX_NONE) {
        return NULL;
    }
    const struct waiting *other = &settling->waiting[found];
    return other->cell == at->for_cell && other->line == at->for_line ? other
                                                                      : NULL;
}

static void
print_cell(struct session *session, const struct waiting *at,
           struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    uint64_t cell = at->cell;
    struct fact key = {.cell = cell};
    struct period period = {fact_frequency(&key), fact_period(&key)};
    buffer_add_slice(text, vocabulary_name(session->vocabulary, CLASS_KIND,
                                           fact_kind(&key)));
    buffer_add_char(text, ' ');
    period_print(text, period, false);
    buffer_add_char(text, ' ');
    buffer_add_slice(text, vocabulary_name(session->vocabulary, CLASS_METRIC,
                                           fact_metric(&key)));
    const uint32_t *members = vocabulary_line_members(vocabulary, at->line);
    bool some = false;
    for (int i = 0; i < vocabulary->metrics[fact_metric(&key)].dimension_count;
         i++) {
        if (members[i]) {
            buffer_add_text(text, some ? ", " : "[");
            buffer_add_slice(
                text, vocabulary_name(vocabulary, CLASS_MEMBER, members[i]));
            some = true;
        }
    }
    buffer_add_text(text, some ? "]" : "");
}

/* Formulas that wait for one another name the cycle. */
static void
name_cycles(struct settling *settling)
{
    for (size_t i = settling->waiting_count; i-- > 0;) {
        index_put(
            &settling->waiting_in,
            hash_mix(settling->waiting[i].cell, settling->waiting[i].line),
            (uint32_t)i);
    }
    for (size_t i = 0; i < settling->waiting_count; i++) {
        const struct waiting *start = &settling->waiting[i];
        const struct waiting *at = next_waiting(settling, start);
        struct buffer text = {0};
        buffer_add_text(&text, "a cycle: ");
        print_cell(settling->session, start, &text);
        size_t steps = 0;
        while (at && steps++ < settling->waiting_count &&
               !(at->cell == start->cell && at->line == start->line)) {
            buffer_add_text(&text, ", ");
            print_cell(settling->session, at, &text);
            at = next_waiting(settling, at);
        }
        bool closed = at && at->cell == start->cell && at->line == start->line;
        if (closed) {
            settling->items[start->item].chain = keep_text(settling, &text);
        }
        buffer_free(&text);
    }
}

/* `>= 110% of ...` bounds the cell on one side; for an exact kind the bound is
 * the value too. */
static void
open_bound(const struct session *session, const struct fact *fact,
           struct derived *item)
{
    bool rounded =
        vocabulary_entry(session->vocabulary, CLASS_KIND, fact_kind(fact))
            ->flag;
    bool known = !isnan(item->value) || !isnan(item->bounds.low);
    if (!rounded || !known || item->relation == RELATION_EQUAL) {
        return;
    }
    item->value = NAN;
    if (item->relation == RELATION_AT_LEAST) {
        item->bounds.high = INFINITY;
    } else {
        item->bounds.low = -INFINITY;
    }
}

/* Forward: the value of a cell of which only a formula is known.  REACH says
 * what stands in for references that were unknown on the day of the fact.  A
 * formula that lacks something is kept too, for the reason. */
static void
follow_forward(struct settling *settling, const struct fact *fact,
               const struct node *assertion, const struct focus *home,
               enum reach reach)
{
    struct session *session = settling->session;
    struct binder binder;
    struct plan plan;
    plan_init(&plan, &session->scratch, session->store, session->diagnostics);
    uint32_t node =
        follow_bind(session, &plan, home, assertion, fact_day(fact), reach);
    want_facts(&plan);
    mark_figures(session, &plan);
    if (node != UINT32_MAX && plan_frame(&plan) && plan_run(&plan)) {
        struct cell cell = plan_cell(&plan, node, 0, 0);
        follow_binder(&binder, session, &plan, home, fact_day(fact), reach);
        struct derived item = {
            .cell = fact->cell,
            .line_day = (uint64_t)fact_line(fact) << 32 |
                        (uint32_t)latest_day(&plan, fact_day(fact)),
            .record = fact->record,
            .value = cell.value,
            .bounds = {cell.low, cell.high},
            .basis = BASIS_DERIVED,
            .relation = (uint8_t)(fact->form & FORM_RELATION),
            .actor = fact->actor,
            .source = fact->source,
            .until = until_day(session, fact),
            .chain =
                describe_forward(settling, &plan, node, assertion, &binder),
        };
        open_bound(session, fact, &item);
        add_once(settling, &item);
        if (isnan(cell.value) && isnan(cell.low)) {
            add_waiting(settling, &plan, fact);
        }
    }
    plan_free(&plan);
}

/* The line of a figure that is one cell, made when nobody stated it yet. */
static uint32_t
figure_line(struct session *session, const struct figure *figure)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, figure->metric);
    uint32_t members[DIMENSIONS_MAX] = {0};
    for (int i = 0; i < metric->dimension_count; i++) {
        members[i] =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
    }
    uint32_t line =
        vocabulary_find_line(session->vocabulary, figure->metric, members);
    return line ? line
                : vocabulary_add_line(session->vocabulary, figure->metric,
                                      members, metric->unit);
}

struct type
follow_type(const struct session *session, const struct fact *fact)
{
    unit_id line_unit = session->vocabulary->lines[fact_line(fact)].unit;
    const struct unit *unit = &session->vocabulary->units.items[line_unit];
    return (struct type){.class = VALUE_NUMBER,
                         .role = unit->role,
                         .measure = unit->measure,
                         .unit = line_unit,
                         .scale = -1};
}

/* "implied by target 2023: 685B up 0.2%" */
static const char *
describe_implied(struct settling *settling, const struct focus *home,
                 const struct node *assertion, const struct node *move)
{
    struct session *session = settling->session;
    struct buffer text = {0};
    buffer_add_slice(
        &text, vocabulary_name(session->vocabulary, CLASS_KIND, home->kind));
    if (home->has_period) {
        buffer_add_char(&text, ' ');
        period_print(&text, home->period, false);
    }
    buffer_add_text(&text, " = ");
    print_expression(&text, assertion->kid[0], &session->atoms,
                     &session->sources);
    buffer_format(&text, " %s ", node_op_text((enum node_op)move->op));
    print_expression(&text, move->kid[0], &session->atoms, &session->sources);
    return keep_text(settling, &text);
}

/* Backward: a reference that nobody stated is what the movement makes it. */
static void
follow_backward(struct settling *settling, const struct fact *fact,
                const struct node *assertion, const struct node *move,
                const struct focus *home)
{
    struct session *session = settling->session;
    struct plan plan;
    uint32_t reference;
    plan_init(&plan, &session->scratch, session->store, session->diagnostics);
    uint32_t node =
        follow_bind_inverse(session, &plan, home, fact, move, &reference);
    mark_figures(session, &plan);
    bool is_figure =
        reference != UINT32_MAX && plan.nodes[reference].op == PLAN_FIGURE;
    if (node != UINT32_MAX && is_figure && plan_frame(&plan) &&
        plan_run(&plan)) {
        const struct figure *figure =
            plan.figures[plan.nodes[reference].figure];
        size_t at = figure_cell(&plan, &plan.nodes[reference], 0, 0);
        bool stated = at != SIZE_MAX && figure->basis[at] == BASIS_STATED &&
                      !isnan(figure->values[at]);
        struct cell cell = plan_cell(&plan, node, 0, 0);
        if (!stated && figure->fixed && !isnan(cell.value)) {
            struct derived item = {
                .cell = follow_cell(&plan, reference),
                .line_day = (uint64_t)figure_line(session, figure) << 32 |
                            (uint32_t)fact_day(fact),
                .record = fact->record,
                .value = cell.value,
                .bounds = {cell.low, cell.high},
                .basis = BASIS_IMPLIED,
                .until = until_day(session, fact),
                .chain = describe_implied(settling, home, assertion, move),
            };
            add_derived(settling, &item);
        }
    }
    plan_free(&plan);
}

void
follow_context(struct session *session, const char *text)
{
    session->context = (struct context){0};
    if (!text) {
        return;
    }
    struct source *source =
        sources_add(&session->sources, "a context", slice_of(text));
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    if (statement && statement->kind == NODE_USING) {
        using_statement(session, statement);
    }
}

bool
follow_failed(const struct session *session, size_t from)
{
    bool failed = false;
    for (size_t i = from; i < session->diagnostics->count; i++) {
        enum diagnostic_code code = session->diagnostics->items[i]->code;
        failed = failed || (code >= DIAGNOSTIC_CANNOT_OPEN &&
                            code <= DIAGNOSTIC_BASE_CORRUPT);
    }
    return failed;
}

static void
follow_constraint(struct settling *settling, const struct fact *fact)
{
    struct session *session = settling->session;
    struct follow_reading reading;
    bool read = follow_begin(session, fact, &reading);
    const struct node *assertion = read ? reading.assertion : NULL;
    if (assertion && fact->form & FORM_FORMULA) {
        follow_forward(settling, fact, assertion, &reading.home, REACH_ANY);
        follow_forward(settling, fact, assertion, &reading.home, REACH_STATED);
    }
    for (const struct node *move = assertion ? assertion->kid[1] : NULL; move;
         move = move->next) {
        bool point = (fact->form & FORM_RELATION) == 0;
        if (fact->form & FORM_MOVED && move->kind == NODE_MOVE && point) {
            follow_backward(settling, fact, assertion, move, &reading.home);
        }
    }
    follow_end(session, &reading);
}

static bool
same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || number_equal(a, b);
}

static bool
unchanged(struct settling *settling, const struct derived *before, size_t count)
{
    if (count != settling->count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct derived *now = &settling->items[i];
        if (before[i].cell != now->cell || before[i].record != now->record ||
            before[i].line_day != now->line_day ||
            !same_number(before[i].value, now->value) ||
            !same_number(before[i].bounds.low, now->bounds.low) ||
            !same_number(before[i].bounds.high, now->bounds.high)) {
            return false;
        }
    }
    return true;
}

bool
follow_settle(struct session *session)
{
    const struct fact *constraints;
    size_t count;
    if (session->settled_version == store_version(session->store)) {
        return true;
    }
    if (session->settled_version &&
        !store_facts_since(session->store, session->settled_record, is_touching,
                           session)) {
        session->settled_version = store_version(session->store);
        session->settled_record = store_last_record(session->store);
        return true;
    }
    if (!store_constraints(session->store, &constraints, &count)) {
        return false;
    }
    struct settling settling = {.session = session};
    size_t errors = session->diagnostics->error_count;
    struct derived *before = NULL;
    size_t before_count = 0;
    bool settled = false;
    for (int pass = 0; !settled && pass < FOLLOW_PASSES_MAX; pass++) {
        settling.count = settling.waiting_count = 0;
        for (size_t i = 0; i < count; i++) {
            follow_constraint(&settling, &constraints[i]);
        }
        settled = pass > 0 && unchanged(&settling, before, before_count);
        store_set_derived(session->store, settling.items, settling.count);
        free(before);
        before = memory_alloc((settling.count + 1) * sizeof *before);
        if (settling.count) {
            memcpy(before, settling.items, settling.count * sizeof *before);
        }
        before_count = settling.count;
        settled = settled || settling.count == 0;
    }
    if (!settled) {
        diagnostics_add(session->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_NOTE,
                        (struct span){0, 0},
                        "formulas that rest on one another were followed for "
                        "%d steps and not farther",
                        FOLLOW_PASSES_MAX);
    }
    name_cycles(&settling);
    store_set_derived(session->store, settling.items, settling.count);
    free(before);
    free(settling.waiting);
    index_free(&settling.waiting_in);
    free(settling.items);
    arena_free(&settling.texts);
    session->settled_version = store_version(session->store);
    session->settled_record = store_last_record(session->store);
    session->constrained_known = true;
    if (store_is_interrupted(session->store)) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        return false;
    }
    return session->diagnostics->error_count == errors; /* the base failed */
}

/* What the base holds was settled when it was committed.  Which metrics its
 * constraints speak of is known only once they are bound again: until then any
 * new fact may touch them. */
void
follow_trust(struct session *session)
{
    session->constrained_known = store_constraint_count(session->store) == 0;
    session->settled_version = store_version(session->store);
    session->settled_record = store_last_record(session->store);
}
