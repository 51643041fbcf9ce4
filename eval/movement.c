#include "eval/movement.h"

#include "eval/cell.h"
#include "eval/fact_text.h"
#include "eval/follow.h"
#include "parser/print.h"
#include "values/number.h"

#include <stdlib.h>

const char *
movement_word(enum movement_verdict verdict)
{
    switch (verdict) {
    case MOVEMENT_CONSISTENT:
        return "consistent";
    case MOVEMENT_ROUNDING:
        return "consistent within rounding";
    case MOVEMENT_COARSE:
        return "too coarse to test";
    case MOVEMENT_CANNOT_TELL:
        return "cannot tell";
    case MOVEMENT_INCONSISTENT:
        break;
    }
    return "inconsistent";
}

bool
movement_is_said(const struct fact *fact)
{
    return (fact->form & FORM_MOVED) != 0;
}

/* A number with what its digits leave open. */
struct amount_range {
    double value; /* NaN: only bounds are known */
    double low;
    double high;
};

/* One thing that is said of a fact, while it is judged. */
struct trial {
    struct session *session;
    const struct fact *fact;
    const struct focus *home;
    const struct node *move;
    struct plan plan;
    struct binder binder;
    uint32_t reference;
    struct amount_range level;
    struct type type; /* of the level */
    enum movement_verdict verdict;
    struct buffer text;
};

/* Words -------------------------------------------------------------------------- */

static void
add_number(struct trial *trial, struct type type, double number, int decimals)
{
    struct result_column column = {.name = ""};
    struct result_value value = {.type = VALUE_NUMBER,
                                 .basis = BASIS_COMPUTED,
                                 .place = PLACE_NONE,
                                 .number = number};
    answer_column(trial->session, &type, &column);
    struct cell_style style = cell_style_alone(&column);
    style.decimals = decimals;
    cell_add(&trial->text, &column, &value, &style);
}

static void
add_level(struct trial *trial)
{
    fact_print_level(trial->session, trial->fact, &trial->text);
}

static void
add_reference(struct trial *trial)
{
    struct result_column column = {.name = ""};
    struct result_value value;
    answer_column(trial->session, &trial->plan.nodes[trial->reference].type,
                  &column);
    answer_value(trial->session, &trial->plan, trial->reference, 0, 0, &value);
    struct cell_style style = cell_style_alone(&column);
    cell_add(&trial->text, &column, &value, &style);
}

static void
add_reference_name(struct trial *trial)
{
    const struct plan_node *node = &trial->plan.nodes[trial->reference];
    const struct figure *figure = trial->plan.figures[node->figure];
    int32_t when = figure_ordinal(&trial->plan, node, 0);
    figure_print(&trial->plan, figure, &when, NULL, &trial->text);
}

/* Movements ------------------------------------------------------------------------ */

static struct amount_range
range_of(const struct plan *plan, uint32_t node)
{
    struct cell cell = plan_cell(plan, node, 0, 0);
    return (struct amount_range){cell.value, cell.low, cell.high};
}

static bool
is_point(const struct amount_range *range)
{
    return !isnan(range->value) && isfinite(range->low) &&
           isfinite(range->high);
}

static bool
meet(const struct amount_range *a, const struct amount_range *b)
{
    return (a->low <= b->high || number_equal(a->low, b->high)) &&
           (b->low <= a->high || number_equal(b->low, a->high));
}

/* The change from B to A, as what both leave open allows it. */
static struct amount_range
change_between(const struct amount_range *a, const struct amount_range *b,
               bool relative)
{
    const double ends[2][2] = {{a->low, a->high}, {b->low, b->high}};
    struct amount_range change = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        double to = ends[0][i & 1];
        double from = ends[1][i >> 1];
        double step = relative ? to / from - 1 : to - from;
        change.low = step < change.low ? step : change.low;
        change.high = step > change.high ? step : change.high;
    }
    change.value = relative ? a->value / b->value - 1 : a->value - b->value;
    return change;
}

/* Decimals in which a range of percents (or of an amount) was written. */
static int
decimals_of(const struct amount_range *range, bool relative)
{
    double half = (range->high - range->low) / 2 * (relative ? 100 : 1);
    int decimals = 0;
    if (!relative || !(half > 0)) {
        return CELL_DECIMALS_OWN;
    }
    while (half < 0.4 && decimals < 12) {
        half *= 10;
        decimals++;
    }
    return decimals;
}

struct change {
    struct amount_range said;
    struct amount_range real;
    struct amount_range expected; /* the level that the movement makes */
    struct type type;
    bool relative;
    int decimals;
};

static void
add_change(struct trial *trial, const struct change *change, double value,
           int finer)
{
    bool own = change->decimals == CELL_DECIMALS_OWN;
    buffer_add_text(&trial->text, value < 0 ? "down " : "up ");
    add_number(trial, change->type, fabs(value),
               own ? change->decimals : change->decimals + finer);
}

/* What it is instead, and the nearest figure that would have moved so. */
static void
tell_inconsistent(struct trial *trial, const struct change *change)
{
    struct interval level = {trial->level.low, trial->level.high};
    struct interval wanted = {change->expected.low, change->expected.high};
    add_level(trial);
    buffer_add_text(&trial->text, " is ");
    add_change(trial, change, change->real.value, 1);
    buffer_add_text(&trial->text, " from ");
    add_reference_name(trial);
    buffer_add_text(&trial->text, " (");
    add_reference(trial);
    buffer_add_text(&trial->text, "), not ");
    add_change(trial, change, change->said.value, 0);
    buffer_add_text(&trial->text, "; the nearest figure that would fit is ");
    add_number(trial, trial->type,
               movement_nearest(trial->session->vocabulary, trial->fact, level,
                                wanted),
               CELL_DECIMALS_OWN);
}

/* The case of what is known; the text says why. */
static enum movement_verdict
weigh(struct trial *trial, const struct change *change)
{
    const struct amount_range *said = &change->said;
    const struct amount_range *real = &change->real;
    bool reproduced =
        (real->value >= said->low || number_equal(real->value, said->low)) &&
        (real->value <= said->high || number_equal(real->value, said->high));
    if (!meet(&trial->level, &change->expected)) {
        tell_inconsistent(trial, change);
        return MOVEMENT_INCONSISTENT;
    }
    if (said->value != 0 && real->low < 0 && real->high > 0) {
        buffer_add_text(&trial->text, "the rounding of ");
        add_level(trial);
        buffer_add_text(&trial->text, " and ");
        add_reference(trial);
        buffer_add_text(&trial->text, " leaves open all from ");
        add_change(trial, change, real->low, 0);
        buffer_add_text(&trial->text, " to ");
        add_change(trial, change, real->high, 0);
        return MOVEMENT_COARSE;
    }
    add_level(trial);
    buffer_add_text(&trial->text, " is ");
    add_change(trial, change, reproduced ? said->value : real->value,
               reproduced ? 0 : 1);
    buffer_add_text(&trial->text, " from ");
    add_reference_name(trial);
    buffer_add_text(&trial->text, " (");
    add_reference(trial);
    buffer_add_char(&trial->text, ')');
    if (reproduced) {
        return MOVEMENT_CONSISTENT;
    }
    buffer_add_text(&trial->text, ", and may be ");
    add_change(trial, change, said->value, 0);
    buffer_add_text(&trial->text, " for their rounding");
    return MOVEMENT_ROUNDING;
}

/* What lacks, if anything does. */
static bool
is_testable(struct trial *trial, const struct amount_range *reference,
            bool relative)
{
    if (isnan(reference->low) && isnan(reference->value)) {
        plan_reason(&trial->plan, trial->reference, 0, 0, &trial->text);
        return false;
    }
    if (!is_point(&trial->level) || !is_point(reference)) {
        buffer_add_text(&trial->text, "only bounds are known");
        return false;
    }
    if (relative && reference->low <= 0 && reference->high >= 0) {
        buffer_add_text(&trial->text, "nothing moves by per cent from 0");
        return false;
    }
    return true;
}

/* Binds the movement and runs it with what was known on DAY. */
static bool
run_move(struct trial *trial, day_number day, enum reach reach,
         uint32_t *expected, uint32_t *amount, bool *relative)
{
    struct session *session = trial->session;
    plan_init(&trial->plan, &session->scratch, session->store,
              session->diagnostics);
    follow_binder(&trial->binder, session, &trial->plan, trial->home, day,
                  reach);
    trial->reference = follow_reference(&trial->binder, trial->move->kid[1]);
    *amount = follow_amount(&trial->binder, trial->move, relative);
    *expected =
        follow_change(&trial->binder, trial->move, trial->reference, false);
    for (size_t i = 0; i < trial->plan.figure_count; i++) {
        trial->plan.figures[i]->wants_facts = true;
        trial->plan.figures[i]->stated_only = reach != REACH_NONE;
    }
    return *expected != UINT32_MAX && *amount != UINT32_MAX &&
           plan_frame(&trial->plan) && plan_run(&trial->plan);
}

/* Was nothing known of the reference but what movements imply? */
static bool
lacks_reference(const struct trial *trial, const struct amount_range *reference)
{
    const struct plan_node *node = &trial->plan.nodes[trial->reference];
    const struct figure *figure =
        node->op == PLAN_FIGURE ? trial->plan.figures[node->figure] : NULL;
    size_t at = figure ? figure_cell(&trial->plan, node, 0, 0) : SIZE_MAX;
    return (isnan(reference->value) && isnan(reference->low)) ||
           (at != SIZE_MAX && figure->basis[at] == BASIS_IMPLIED);
}

static bool
judge_move(struct trial *trial)
{
    uint32_t expected;
    uint32_t amount;
    struct change change = {0};
    day_number day = fact_day(trial->fact);
    if (!run_move(trial, day, REACH_NONE, &expected, &amount,
                  &change.relative)) {
        return false;
    }
    struct amount_range reference = range_of(&trial->plan, trial->reference);
    bool later = lacks_reference(trial, &reference);
    if (later) { /* what was said first thereafter */
        plan_free(&trial->plan);
        if (!run_move(trial, day, REACH_STATED, &expected, &amount,
                      &change.relative)) {
            return false;
        }
        reference = range_of(&trial->plan, trial->reference);
    }
    if (!is_testable(trial, &reference, change.relative)) {
        trial->verdict = MOVEMENT_CANNOT_TELL;
        return true;
    }
    change.type = trial->plan.nodes[amount].type;
    change.said = range_of(&trial->plan, amount);
    change.decimals = decimals_of(&change.said, change.relative);
    if (trial->move->op == OP_DOWN) {
        change.said = (struct amount_range){
            -change.said.value, -change.said.high, -change.said.low};
    }
    change.expected = range_of(&trial->plan, expected);
    change.real = change_between(&trial->level, &reference, change.relative);
    trial->verdict = weigh(trial, &change);
    if (later) {
        buffer_add_text(&trial->text, "; it was first stated later");
    }
    return true;
}

/* Records -------------------------------------------------------------------------- */

/* Periods before the fact's, and what was known of them. */
struct past {
    struct trial *trial;
    struct fact *facts; /* by period; on the heap */
    size_t count;
    size_t capacity;
};

static void
take_past(void *context, const struct fact *fact)
{
    struct past *past = context;
    void *items = past->facts;
    memory_grow(&items, &past->capacity, past->count + 1, sizeof *past->facts);
    past->facts = items;
    past->facts[past->count++] = *fact;
}

static void
add_period(struct trial *trial, int32_t ordinal)
{
    struct period period = {fact_frequency(trial->fact), ordinal};
    period_print(
        &trial->text, period,
        vocabulary_metric(trial->session->vocabulary, fact_metric(trial->fact))
                ->calendar != 0);
}

static int
by_period(const void *a, const void *b)
{
    int32_t left = fact_period(a);
    int32_t right = fact_period(b);
    return left < right ? -1 : left > right;
}

/* Against each period of the past, in order. */
static void
compare_past(struct trial *trial, const struct past *past)
{
    const struct fact *rival = NULL;
    int32_t missing = 0;
    bool has_gap = false;
    bool is_open = false;
    int32_t next = fact_period(&past->facts[0]);
    bool lowest = trial->move->kind == NODE_LOW;
    struct interval level = {trial->level.low, trial->level.high};
    if (lowest) { /* the highest of all on the other side of 0 */
        level = (struct interval){-level.high, -level.low};
    }
    for (size_t i = 0; i < past->count; i++) {
        struct interval bounds;
        enum value_relation relation;
        double value;
        const struct fact *fact = &past->facts[i];
        fact_amount(trial->session->store, fact, &value, &bounds, &relation);
        bool known = !isnan(bounds.low) && !isnan(bounds.high);
        if (lowest) {
            bounds = (struct interval){-bounds.high, -bounds.low};
        }
        if (!has_gap && (fact_period(fact) != next || !known)) {
            has_gap = true;
            missing = known ? next : fact_period(fact);
        }
        next = fact_period(fact) + 1;
        if (!known) {
            continue;
        }
        if (bounds.low > level.high && !number_equal(bounds.low, level.high)) {
            rival = fact;
            is_open = false;
            break;
        }
        if (!is_open && (bounds.high >= level.low ||
                         number_equal(bounds.high, level.low))) {
            rival = fact;
            is_open = true;
        }
    }
    has_gap = has_gap || next != fact_period(trial->fact);
    missing = missing ? missing : next;
    if (rival && !is_open) {
        add_period(trial, fact_period(rival));
        buffer_add_text(&trial->text,
                        lowest ? " was lower: " : " was higher: ");
        fact_print_level(trial->session, rival, &trial->text);
        trial->verdict = MOVEMENT_INCONSISTENT;
    } else if (rival) {
        buffer_add_text(&trial->text, "as they are rounded, ");
        add_period(trial, fact_period(rival));
        buffer_add_text(&trial->text, lowest ? " may have been as low"
                                             : " may have been as high");
        trial->verdict = MOVEMENT_CANNOT_TELL;
    } else if (has_gap) {
        buffer_add_text(&trial->text, "nobody stated ");
        add_period(trial, missing);
        trial->verdict = MOVEMENT_CANNOT_TELL;
    } else {
        buffer_add_text(&trial->text,
                        lowest ? "the lowest since " : "the highest since ");
        add_period(trial, fact_period(&past->facts[0]));
        trial->verdict = MOVEMENT_CONSISTENT;
    }
}

static bool
judge_record(struct trial *trial)
{
    struct session *session = trial->session;
    struct past past = {.trial = trial};
    const struct fact *fact = trial->fact;
    uint32_t actual =
        vocabulary_find(session->vocabulary, CLASS_KIND,
                        atoms_intern(&session->atoms, SLICE("actual")));
    struct scan_range range = {.metric = fact_metric(fact),
                               .frequency = fact_frequency(fact),
                               .kind = actual ? actual : fact_kind(fact),
                               .last = fact_period(fact) - 1,
                               .line_low = fact_line(fact),
                               .line_high = fact_line(fact),
                               .as_of = fact_day(fact),
                               .or_earliest = true};
    trial->reference = UINT32_MAX;
    if (!is_point(&trial->level)) {
        buffer_add_text(&trial->text, "only bounds are known");
        trial->verdict = MOVEMENT_CANNOT_TELL;
        return true;
    }
    bool done = fact_period(fact) == 0 ||
                store_scan(session->store, &range, take_past, &past);
    if (done && past.count) {
        qsort(past.facts, past.count, sizeof *past.facts, by_period);
        compare_past(trial, &past);
    } else {
        buffer_add_text(&trial->text, "nobody stated what was before");
        trial->verdict = MOVEMENT_CANNOT_TELL;
    }
    free(past.facts);
    return done;
}

/* ------------------------------------------------------------------------------------ */

static const char *
said_text(struct session *session, const struct node *move)
{
    struct buffer text = {0};
    print_expression(&text, move, &session->atoms, &session->sources);
    const char *kept = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return kept;
}

/* The worst of what is said counts. */
static void
take_trial(struct movement *movement, struct trial *trial, bool is_first)
{
    if (is_first || trial->verdict > movement->verdict) {
        plan_free(&movement->plan);
        movement->plan = trial->plan;
        movement->reference = trial->reference;
        movement->verdict = trial->verdict;
        movement->said = said_text(trial->session, trial->move);
        movement->because = arena_copy(&trial->session->scratch,
                                       trial->text.text, trial->text.len);
    } else {
        plan_free(&trial->plan);
    }
    buffer_free(&trial->text);
}

static bool
judge_all(struct session *session, const struct fact *fact,
          const struct follow_reading *reading, struct movement *movement)
{
    struct interval bounds;
    enum value_relation relation;
    bool is_first = true;
    for (const struct node *move = reading->assertion->kid[1]; move;
         move = move->next) {
        struct trial trial = {.session = session,
                              .fact = fact,
                              .home = &reading->home,
                              .move = move,
                              .reference = UINT32_MAX};
        buffer_reserve(&trial.text, 1);
        trial.text.text[0] = '\0';
        trial.type = follow_type(session, fact);
        fact_amount(session->store, fact, &trial.level.value, &bounds,
                    &relation);
        trial.level.low = bounds.low;
        trial.level.high = bounds.high;
        bool done =
            move->kind == NODE_MOVE ? judge_move(&trial) : judge_record(&trial);
        if (!done) {
            plan_free(&trial.plan);
            buffer_free(&trial.text);
            return false;
        }
        take_trial(movement, &trial, is_first);
        is_first = false;
    }
    return !is_first;
}

bool
movement_judge(struct session *session, const struct fact *fact,
               struct movement *movement)
{
    struct follow_reading reading;
    *movement = (struct movement){.verdict = MOVEMENT_CANNOT_TELL,
                                  .said = "",
                                  .because = "it cannot be read any more",
                                  .reference = UINT32_MAX};
    bool read = follow_begin(session, fact, &reading);
    if (read && reading.assertion) {
        judge_all(session, fact, &reading, movement);
    }
    return follow_end(session, &reading) && read;
}

void
movement_close(struct movement *movement)
{
    plan_free(&movement->plan);
    *movement = (struct movement){.reference = UINT32_MAX};
}
