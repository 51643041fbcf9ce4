/* Amounts in `currency of country` in one currency: `wage to USD`.
 *
 * Every line is converted from its own currency, at the rate of its period, as
 * if it were asked for alone.  The plan has one conversion for each currency,
 * and a choice among them by the member of the row.
 */
#include "eval/bind.h"

enum { CURRENCIES_MAX = 200 };

/* A currency, and the condition that the row's member has it. */
struct choice {
    unit_id unit;
    uint32_t holds;
};

struct choices {
    struct binder *binder;
    const struct node *at;
    uint32_t dimension;
    uint32_t member; /* node: that of the row */
    struct choice items[CURRENCIES_MAX];
    size_t count;
    unit_id *units; /* by member; 0: none yet */
};

static bool
find_member(struct choices *choices)
{
    const struct binder *binder = choices->binder;
    const struct space *space = &binder->plan->spaces[binder->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (space->dimensions[d] == choices->dimension) {
            struct plan_node row = {.op = PLAN_MEMBER,
                                    .type = {.class = VALUE_TEXT,
                                             .scale = -1,
                                             .dimension = choices->dimension},
                                    .figure = d,
                                    .space = binder->space,
                                    .span = choices->at->span};
            choices->member = plan_add_node(binder->plan, &row);
            return true;
        }
    }
    return false;
}

/* MEMBER has its amounts in UNIT; false after a report. */
static bool
add_member(struct choices *choices, uint32_t member, unit_id unit)
{
    struct binder *binder = choices->binder;
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    struct type text = bind_type(binder, choices->member);
    size_t at = 0;
    if (choices->units[member] == unit) {
        return true;
    }
    while (at < choices->count && choices->items[at].unit != unit) {
        at++;
    }
    if (choices->units[member] || at == CURRENCIES_MAX) {
        struct buffer message = {0};
        buffer_format(&message, "the amounts of %s are in several units",
                      vocabulary_name(vocabulary, CLASS_MEMBER, member).at);
        bind_fail(binder, choices->at, DIAGNOSTIC_UNIT_MISMATCH,
                  at == CURRENCIES_MAX ? "this has more than 200 currencies"
                                       : message.text,
                  "convert each figure by itself");
        buffer_free(&message);
        return false;
    }
    choices->units[member] = unit;
    uint32_t own = plan_constant(binder->plan, text, member,
                                 interval_point(member), choices->at->span);
    uint32_t holds =
        bind_operator(binder, choices->at, PLAN_EQ, bind_truth_type,
                      choices->member, own, UINT32_MAX);
    if (at == choices->count) {
        choices->items[choices->count++] = (struct choice){unit, holds};
    } else {
        choices->items[at].holds =
            bind_operator(binder, choices->at, PLAN_OR, bind_truth_type,
                          choices->items[at].holds, holds, UINT32_MAX);
    }
    return true;
}

/* Adds the members of the lines that a figure reads. */
static bool
add_figure(struct choices *choices, const struct figure *figure)
{
    const struct vocabulary *vocabulary = choices->binder->session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    int position = metric_dimension(metric, choices->dimension);
    bool follows = vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
    for (uint32_t line = 1;
         follows && position >= 0 && line < vocabulary->line_count; line++) {
        unit_id unit = vocabulary->lines[line].unit;
        if (unit != metric->unit &&
            bind_reads_line(vocabulary, figure->metric, figure->selectors,
                            figure->members, line) &&
            !add_member(choices,
                        vocabulary_line_members(vocabulary, line)[position],
                        unit)) {
            return false;
        }
    }
    return true;
}

/* ... and that all figures behind a node do. */
static bool
add_figures(struct choices *choices, uint32_t at)
{
    const struct plan *plan = choices->binder->plan;
    const bool *beneath =
        plan_beneath(plan, at, &choices->binder->session->scratch);
    for (uint32_t i = 0; i <= at; i++) {
        if (beneath[i] && plan->nodes[i].op == PLAN_FIGURE &&
            !add_figure(choices, plan->figures[plan->nodes[i].figure])) {
            return false;
        }
    }
    return true;
}

/* VALUE as an amount in UNIT, converted to what is wanted. */
static uint32_t
convert_from(struct binder *binder, const struct node *at, unit_id unit,
             const struct type *wanted, const struct exchange *exchange,
             uint32_t value)
{
    struct plan_node own = binder->plan->nodes[value];
    own.type.measure = binder->session->vocabulary->units.items[unit].measure;
    own.type.unit = unit;
    value = plan_add_node(binder->plan, &own);
    if (own.type.measure != wanted->measure &&
        !bind_exchange(binder, at, wanted, exchange, &value)) {
        struct plan_node one = {.op = PLAN_CONSTANT,
                                .type = *wanted,
                                .value = 1,
                                .space = binder->space,
                                .span = at->span};
        return bind_fail_types(binder, at, value,
                               plan_add_node(binder->plan, &one), "converted");
    }
    if (value == UINT32_MAX) {
        return value;
    }
    own = binder->plan->nodes[value];
    own.type.unit = 0;
    own.type.scale = -1;
    return plan_add_node(binder->plan, &own);
}

bool
bind_exchange_lines(struct binder *binder, const struct node *at,
                    const struct type *wanted, const struct exchange *exchange,
                    uint32_t *value)
{
    struct session *session = binder->session;
    struct type type = bind_type(binder, *value);
    const struct units *units = &session->vocabulary->units;
    const struct measure *measure = &units->measures[type.measure];
    struct choices *choices = arena_new(&session->scratch, struct choices);
    *choices = (struct choices){
        .binder = binder, .at = at, .dimension = bind_follows(binder, *value)};
    if (!choices->dimension || !bind_is_currency(session, wanted->measure) ||
        measure->count != 1 || measure->terms[0].power != 1 ||
        !find_member(choices)) {
        return false;
    }
    choices->units =
        arena_array(&session->scratch, unit_id,
                    session->vocabulary->classes[CLASS_MEMBER].count);
    memset(choices->units, 0,
           session->vocabulary->classes[CLASS_MEMBER].count *
               sizeof *choices->units);
    bool done = add_figures(choices, *value);
    uint32_t result = UINT32_MAX;
    for (size_t i = choices->count; done && i-- > 0;) {
        uint32_t one = convert_from(binder, at, choices->items[i].unit, wanted,
                                    exchange, *value);
        done = one != UINT32_MAX;
        result =
            !done ? UINT32_MAX
            : result == UINT32_MAX
                ? one
                : bind_operator(binder, at, PLAN_IF, bind_type(binder, one),
                                choices->items[i].holds, one, result);
    }
    *value = result;
    return true;
}
