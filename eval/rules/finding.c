/* What is told of a verdict: the subject, what was compared, the facts. */
#include "eval/rules/telling.h"

#include <stdio.h>
#include <stdlib.h>

enum { SERIES_MAX = 8, SERIES_PERIODS = 40, SERIES_FINDINGS = 500 };

const char *
review_keep(struct review *review, const struct buffer *text)
{
    return arena_copy(&review->arena, text->text ? text->text : "", text->len);
}

const char *
review_copy(struct review *review, const char *text)
{
    return text ? arena_copy(&review->arena, text, strlen(text)) : NULL;
}

struct review_place
review_place_of(struct review *review, const struct session *session,
                struct span span)
{
    struct location location;
    if (!sources_locate(&session->sources, span, &location)) {
        return (struct review_place){0};
    }
    return (struct review_place){review_copy(review, location.source->name),
                                 location.line, location.column,
                                 location.end_line, location.end_column};
}

/* Values ------------------------------------------------------------------- */

struct review_value
review_value_from(struct review *review, const struct result_value *value,
                  const struct buffer *text)
{
    bool known = value->type != VALUE_UNKNOWN;
    return (struct review_value){
        .known = known,
        .is_number = value->type == VALUE_NUMBER && !isnan(value->number),
        .number = value->number,
        .reason = known ? NULL : review_copy(review, value->reason),
        .text = known ? review_keep(review, text) : "?"};
}

struct review_value
review_value_of(struct review *review, struct session *session,
                const struct plan *plan, uint32_t node, size_t period,
                size_t line)
{
    struct result_column column = {.name = ""};
    struct result_value value;
    struct buffer text = {0};
    answer_column(session, &plan->nodes[node].type, &column);
    struct cell_style style = cell_style_alone(&column);
    answer_value(session, plan, node, period, line, &value);
    value.unit = answer_unit(session, plan, &plan->nodes[node].type, 0, line);
    if (value.type != VALUE_UNKNOWN) {
        cell_add(&text, &column, &value, &style);
    }
    struct review_value told = review_value_from(review, &value, &text);
    buffer_free(&text);
    return told;
}

struct review_value
telling_value(struct telling *telling, uint32_t node, size_t period,
              size_t line)
{
    return review_value_of(telling->review, telling->judgement->session,
                           telling->plan, node, period, line);
}

/* A number of TYPE as a person reads it, with its sign. */
static struct review_value
number_value(struct telling *telling, struct type type, double number,
             int decimals)
{
    struct session *session = telling->judgement->session;
    struct result_column column = {.name = "", .signed_ = true};
    struct buffer text = {0};
    struct review_value told = {
        .known = true, .is_number = true, .number = number};
    answer_column(session, &type, &column);
    struct cell_style style = cell_style_alone(&column);
    style.decimals = decimals;
    struct result_value value = {
        .type = VALUE_NUMBER,
        .basis = BASIS_COMPUTED,
        .place = PLACE_NONE,
        .number = number,
        .unit = answer_unit(session, telling->plan, &type, 0, telling->line)};
    cell_add(&text, &column, &value, &style);
    told.text = review_keep(telling->review, &text);
    buffer_free(&text);
    return told;
}

const char *
telling_expression(struct telling *telling, const struct node *tree)
{
    const char *text = question_item_name(telling->judgement->session, tree);
    return review_copy(telling->review, text);
}

/* The subject -------------------------------------------------------------- */

static void
tell_members(struct telling *telling, const struct figure *figure)
{
    const struct vocabulary *vocabulary =
        telling->judgement->session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    const struct space *space = &telling->plan->spaces[0];
    struct review_finding *finding = telling->finding;
    struct review_member *members = arena_array(
        &telling->review->arena, struct review_member, DIMENSIONS_MAX);
    for (int i = 0; i < metric->dimension_count; i++) {
        uint32_t member =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
        for (size_t d = 0;
             figure->selectors[i] == SELECT_SPACE && d < space->dimension_count;
             d++) {
            if (space->dimensions[d] == metric->dimensions[i]) {
                member =
                    space->tuples[telling->line * space->dimension_count + d];
            }
        }
        if (member) {
            members[finding->member_count++] = (struct review_member){
                review_copy(telling->review,
                            vocabulary_name(vocabulary, CLASS_DIMENSION,
                                            metric->dimensions[i])
                                .at),
                review_copy(
                    telling->review,
                    vocabulary_name(vocabulary, CLASS_MEMBER, member).at)};
        }
    }
    finding->members = members;
}

/* 64-bit FNV-1a, written out: a fingerprint is kept in files, so it is the same
 * on every machine and in every version. */
static uint64_t
fingerprint(const char *text, uint64_t hash)
{
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    }
    return hash;
}

void
finding_sign(struct review_finding *finding)
{
    uint64_t one = fingerprint(finding->rule->id, UINT64_C(0xCBF29CE484222325));
    uint64_t two = fingerprint(finding->rule->id, UINT64_C(0x9AE16A3B2F90404F));
    one = fingerprint(finding->subject, fingerprint("\n", one));
    two = fingerprint(finding->subject, fingerprint("\n", two));
    snprintf(finding->fingerprint, sizeof finding->fingerprint,
             "%016llx%016llx", (unsigned long long)one,
             (unsigned long long)two);
}

static void
tell_subject(struct telling *telling)
{
    struct review *review = telling->review;
    const struct vocabulary *vocabulary =
        telling->judgement->session->vocabulary;
    const struct plan *plan = telling->plan;
    const struct plan_node *node = &plan->nodes[telling->task->cell];
    const struct figure *figure = plan->figures[node->figure];
    const struct space *space = &plan->spaces[0];
    const uint32_t *tuple =
        space->tuples ? space->tuples + telling->line * space->dimension_count
                      : NULL;
    int32_t when = figure_ordinal(plan, node, telling->period);
    struct buffer text = {0};
    figure_print(plan, figure, &when, tuple, &text);
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        if (!dimension_is_spread(dimension)) {
            continue;
        }
        buffer_format(&text, " %s ",
                      spread_word((enum spread)(dimension - DIMENSION_SPREAD)));
        if (dimension == spread_dimension(SPREAD_VINTAGE)) {
            day_print(&text, (day_number)tuple[d]);
        } else {
            buffer_add_slice(&text, answer_member(telling->judgement->session,
                                                  dimension, tuple[d]));
        }
    }
    telling->finding->subject = review_keep(review, &text);
    telling->finding->kind = review_copy(
        review, vocabulary_name(vocabulary, CLASS_KIND, figure->kind).at);
    telling->finding->metric = review_copy(
        review, vocabulary_name(vocabulary, CLASS_METRIC, figure->metric).at);
    if (figure->frequency != FREQUENCY_ONCE) {
        struct period at = {figure->frequency, when};
        telling->finding->at = at;
        buffer_clear(&text);
        period_print(&text, at,
                     vocabulary_metric(vocabulary, figure->metric)->calendar !=
                         0);
        telling->finding->period = review_keep(review, &text);
    }
    buffer_free(&text);
    tell_members(telling, figure);
    finding_sign(telling->finding);
}

/* What was compared -------------------------------------------------------- */

/* The comparison that decided: of a conjunction the first that does not
 * hold. */
static const struct comparison *
deciding(struct telling *telling, const struct bound_condition *condition,
         enum verdict verdict)
{
    for (size_t i = 0; i < condition->comparison_count; i++) {
        const struct comparison *at = &condition->comparisons[i];
        double holds =
            plan_cell(telling->plan, at->node, telling->period, telling->line)
                .value;
        if (verdict == VERDICT_UNKNOWN
                ? isnan(holds)
                : (holds != 0) == condition->source->forbids && !isnan(holds)) {
            return at;
        }
    }
    return condition->comparison_count ? &condition->comparisons[0] : NULL;
}

static void
tell_imbalance(struct telling *telling, const struct comparison *comparison)
{
    struct review_finding *finding = telling->finding;
    const struct plan *plan = telling->plan;
    struct type type = plan->nodes[comparison->left].type;
    struct cell left =
        plan_cell(plan, comparison->left, telling->period, telling->line);
    struct cell right =
        plan_cell(plan, comparison->right, telling->period, telling->line);
    if (type.class != VALUE_NUMBER || isnan(left.value) || isnan(right.value)) {
        return;
    }
    if (type.role == UNIT_RATE || type.percent) { /* differ by points */
        struct session *session = telling->judgement->session;
        type.role = UNIT_POINT;
        type.percent = false;
        type.unit = scope_find_unit(session,
                                    atoms_intern(&session->atoms, SLICE("pp")));
    }
    finding->has_imbalance = true;
    finding->imbalance = number_value(telling, type, left.value - right.value,
                                      CELL_DECIMALS_OWN);
    if (right.value != 0 && isfinite(left.value / right.value)) {
        struct type share = {
            .class = VALUE_NUMBER, .percent = true, .scale = -1};
        finding->imbalance_percent = number_value(
            telling, share, (left.value - right.value) / fabs(right.value), 1);
    }
}

static void
add_operand(struct telling *telling, struct review_operand *operands,
            const struct node *tree, uint32_t node)
{
    operands[telling->finding->operand_count++] = (struct review_operand){
        telling_expression(telling, tree),
        telling_value(telling, node, telling->period, telling->line)};
}

static void
tell_operands(struct telling *telling, const struct comparison *comparison)
{
    const struct rule *rule = telling->task->rule;
    struct review_finding *finding = telling->finding;
    struct review_operand *operands = arena_array(
        &telling->review->arena, struct review_operand, 2 + rule->let_count);
    finding->operands = operands;
    if (comparison && comparison->left != UINT32_MAX) {
        add_operand(telling, operands, comparison->tree->kid[0],
                    comparison->left);
    }
    if (comparison && comparison->right != UINT32_MAX) {
        if (telling->plan->nodes[comparison->right].op != PLAN_CONSTANT) {
            add_operand(telling, operands, comparison->tree->kid[1],
                        comparison->right);
        }
        tell_imbalance(telling, comparison);
    }
    if (comparison && comparison->tolerance != UINT32_MAX) {
        finding->tolerance = telling_value(telling, comparison->tolerance,
                                           telling->period, telling->line)
                                 .text;
    }
    for (size_t i = 0; i < rule->let_count; i++) {
        uint32_t node = telling->task->lets[i];
        if (comparison &&
            (node == comparison->left || node == comparison->right)) {
            continue; /* a side that is told already */
        }
        operands[finding->operand_count++] = (struct review_operand){
            review_copy(telling->review,
                        scope_chars(telling->judgement->session,
                                    rule->lets[i]->kid[0]->value.name)),
            telling_value(telling, telling->task->lets[i], telling->period,
                          telling->line)};
    }
}

/* Messages ----------------------------------------------------------------- */

static const char *
written_message(struct telling *telling,
                const struct bound_condition *condition)
{
    struct session *session = telling->judgement->session;
    const struct message *message = &condition->source->message;
    struct buffer text = {0};
    for (size_t i = 0; i < message->hole_count; i++) {
        struct result_column column = {.name = ""};
        struct result_value value;
        struct cell_style style;
        uint32_t node = condition->holes[i];
        const struct type *type = &telling->plan->nodes[node].type;
        buffer_add_slice(&text, message->holes[i].before);
        message_style(session, &message->holes[i], type, &column, &style);
        answer_value(session, telling->plan, node, telling->period,
                     telling->line, &value);
        value.unit =
            answer_unit(session, telling->plan, type, 0, telling->line);
        cell_add(&text, &column, &value, &style);
    }
    buffer_add_slice(&text, message->after);
    const char *kept = review_keep(telling->review, &text);
    buffer_free(&text);
    return kept;
}

static const char *
own_message(struct telling *telling, const struct bound_condition *condition,
            enum verdict verdict)
{
    const struct review_finding *finding = telling->finding;
    struct buffer text = {0};
    if (verdict == VERDICT_UNKNOWN) {
        buffer_format(&text, "cannot tell whether %s", finding->condition);
        if (finding->reason) {
            buffer_format(&text, ": %s", finding->reason);
        }
    } else {
        buffer_format(&text, "%s %s",
                      condition->source->forbids ? "forbidden:" : "required:",
                      finding->condition);
        for (size_t i = 0; i < finding->operand_count && i < 2; i++) {
            buffer_format(&text, "%s %s is %s", i ? " and" : "; but",
                          finding->operands[i].expression,
                          finding->operands[i].value.text);
        }
    }
    const char *kept = review_keep(telling->review, &text);
    buffer_free(&text);
    return kept;
}

/* Series ------------------------------------------------------------------- */

static void
add_series(struct telling *telling, const struct plan_node *node,
           struct review_series *series)
{
    const struct plan *plan = telling->plan;
    const struct figure *figure = plan->figures[node->figure];
    const char *kind = vocabulary_name(telling->judgement->session->vocabulary,
                                       CLASS_KIND, figure->kind)
                           .at;
    for (size_t i = 0; i < telling->finding->series_count; i++) {
        if (strcmp(series[i].kind, kind) == 0) {
            return;
        }
    }
    size_t last = plan_period_count(plan);
    size_t first = last > SERIES_PERIODS ? last - SERIES_PERIODS : 0;
    if (telling->period < first) {
        first = telling->period;
        last = first + SERIES_PERIODS < last ? first + SERIES_PERIODS : last;
    }
    struct period *periods =
        arena_array(&telling->review->arena, struct period, last - first);
    double *values = arena_array(&telling->review->arena, double, last - first);
    for (size_t p = first; p < last; p++) {
        size_t cell = figure_cell(plan, node, p, telling->line);
        periods[p - first] =
            (struct period){plan->frequency, plan->first + (int32_t)p};
        values[p - first] = cell == SIZE_MAX ? NAN : figure->values[cell];
    }
    series[telling->finding->series_count++] = (struct review_series){
        review_copy(telling->review, kind), last - first, periods, values};
}

static void
tell_series(struct telling *telling)
{
    const struct plan *plan = telling->plan;
    struct review_series *series =
        arena_array(&telling->review->arena, struct review_series, SERIES_MAX);
    if (!plan->has_periods ||
        telling->review->finding_count > SERIES_FINDINGS) {
        return;
    }
    telling->finding->series = series;
    for (uint32_t i = 0;
         i < plan->node_count && telling->finding->series_count < SERIES_MAX;
         i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op == PLAN_FIGURE && node->space == 0 && !node->lag &&
            plan->figures[node->figure]->metric ==
                telling->task->subject.metric &&
            !plan->figures[node->figure]->fixed) {
            add_series(telling, node, series);
        }
    }
    struct result_column column = {.name = ""};
    struct session *session = telling->judgement->session;
    const struct type *type = &plan->nodes[telling->task->cell].type;
    const char *own = answer_unit(session, plan, type, 0, telling->line);
    answer_column(session, type, &column);
    telling->finding->unit =
        review_copy(telling->review, own ? own : column.unit);
}

/* -------------------------------------------------------------------------- */

/* What became of a movement stands with the judgement. */
static void
tell_movement(struct telling *telling, enum verdict verdict)
{
    const struct movement *movement = &telling->judgement->movement;
    struct review_finding *finding = telling->finding;
    struct buffer text = {0};
    buffer_format(&text, "%s is consistent", movement->said);
    finding->condition = review_keep(telling->review, &text);
    buffer_clear(&text);
    if (movement->verdict == MOVEMENT_CANNOT_TELL) {
        buffer_add_text(&text, movement->because);
    } else {
        buffer_format(&text, "%s: %s", movement_word(movement->verdict),
                      movement->because);
    }
    if (verdict == VERDICT_UNKNOWN) {
        finding->reason = review_keep(telling->review, &text);
        buffer_clear(&text);
        buffer_format(&text, "cannot tell whether %s: %s", finding->condition,
                      finding->reason);
    }
    finding->message = review_keep(telling->review, &text);
    buffer_free(&text);
}

static void
tell_details(struct telling *telling, enum verdict verdict,
             const struct bound_condition *condition, uint32_t unknown)
{
    struct review_finding *finding = telling->finding;
    const struct comparison *comparison =
        condition ? deciding(telling, condition, verdict) : NULL;
    if (condition) {
        finding->condition = telling_expression(telling, condition->tree);
    }
    if (condition && condition->source->moves) {
        tell_movement(telling, verdict);
    }
    if (unknown != UINT32_MAX) {
        finding->reason =
            telling_value(telling, unknown, telling->period, telling->line)
                .reason;
    }
    tell_operands(telling, comparison);
    if (finding->message) { /* of a movement */
        if (verdict == VERDICT_FAIL && condition->source->otherwise) {
            finding->message = written_message(telling, condition);
        }
    } else if (verdict == VERDICT_PASS) {
        finding->message = finding->condition;
    } else if (verdict == VERDICT_FAIL && condition->source->otherwise) {
        finding->message = written_message(telling, condition);
    } else if (condition) {
        finding->message = own_message(telling, condition, verdict);
    } else {
        struct buffer text = {0};
        buffer_format(&text, "cannot tell whether the rule applies%s%s",
                      finding->reason ? ": " : "",
                      finding->reason ? finding->reason : "");
        finding->message = review_keep(telling->review, &text);
        buffer_free(&text);
    }
    telling_walk(telling, telling->task->cell);
    if (condition && condition->source->moves) {
        telling_walk_movement(telling);
    } else {
        telling_walk(telling, condition ? condition->node : unknown);
    }
    tell_series(telling);
}

void
finding_keep(struct judgement *judgement, struct review_finding *finding)
{
    struct review *review = judgement->review;
    void *items = review->findings;
    memory_grow(&items, &judgement->finding_capacity, review->finding_count + 1,
                sizeof *review->findings);
    review->findings = items;
    review->findings[review->finding_count++] = finding;
}

void
finding_add(struct judgement *judgement, const struct group *group,
            struct task *task, size_t period, size_t line, enum verdict verdict,
            const struct bound_condition *condition, uint32_t unknown)
{
    struct review *review = judgement->review;
    struct telling telling;
    struct review_finding *finding =
        arena_new(&review->arena, struct review_finding);
    telling_init(&telling, judgement, &group->question.plan, finding);
    telling.group = group;
    telling.task = task;
    telling.period = period;
    telling.line = line;
    finding->rule = task->result;
    finding->verdict = verdict;
    tell_subject(&telling);
    if (verdict == VERDICT_FAIL || verdict == VERDICT_UNKNOWN) {
        tell_details(&telling, verdict, condition, unknown);
    } else if (judgement->tells_all && verdict == VERDICT_PASS) {
        tell_details(&telling, verdict, &task->conditions[0], UINT32_MAX);
    } else {
        finding->message = verdict_word(verdict);
        telling_walk(&telling, task->cell);
    }
    finding->facts =
        arena_array(&review->arena, struct review_fact, finding->fact_count);
    if (finding->fact_count) {
        memcpy((void *)(uintptr_t)finding->facts, telling.facts,
               finding->fact_count * sizeof *telling.facts);
        finding->place = telling.facts[0].place;
    }
    if (!finding->place.file) {
        finding->place = task->result->place;
    }
    if (task->branch_count) {
        telling_branches(&telling);
    }
    grounds_free(&telling.grounds);
    finding_keep(judgement, finding);
}
