/* The figures behind a finding: who stated them, when and where. */
#include "eval/evidence.h"
#include "eval/rules/telling.h"

/* The place of a fact: its cell of a table, or its line, from the first to the
 * last character. */
static struct review_place
fact_place(struct telling *telling, const struct fact *fact)
{
    struct session *session = telling->judgement->session;
    const char *input =
        store_batch_input(session->store, fact->batch, &session->scratch);
    if (fact->column) {
        return (struct review_place){review_copy(telling->review, input),
                                     fact->row, fact->column, fact->row,
                                     fact->column + fact->width};
    }
    for (size_t i = session->sources.count; i-- > 0;) {
        const struct source *source = session->sources.items[i];
        if (fact->row < source->first_line || /* a block further down */
            strcmp(source->name, input) != 0) {
            continue;
        }
        struct slice line = source_line(source, fact->row);
        size_t from = 0;
        size_t to = line.len;
        while (from < to && (line.at[from] == ' ' || line.at[from] == '\t')) {
            from++;
        }
        while (to > from &&
               (line.at[to - 1] == ' ' || line.at[to - 1] == '\r')) {
            to--;
        }
        uint32_t start = source->base + (uint32_t)(line.at - source->text.at);
        struct span span = {start + (uint32_t)from, start + (uint32_t)to};
        if (line.len && to > from) {
            return review_place_of(telling->review, session, span);
        }
    }
    return (struct review_place){.file = review_copy(telling->review, input),
                                 .line = fact->row};
}

static void
take_fact(void *context, const struct fact *fact)
{
    *(struct fact *)context = *fact;
}

/* The fact in force in a cell of a figure that kept none. */
static bool
look_up(struct telling *telling, const struct figure *figure, size_t cell,
        int32_t when, struct fact *fact)
{
    struct session *session = telling->judgement->session;
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

static void
tell_day(struct telling *telling, const struct fact *fact,
         struct review_fact *told)
{
    struct buffer text = {0};
    bool before = fact->form & FORM_BEFORE;
    if (fact_day(fact) == DAY_NONE) {
        return;
    }
    buffer_add_text(&text, before ? ".." : "");
    day_print(&text, fact_day(fact) + before);
    told->stated = review_keep(telling->review, &text);
    buffer_free(&text);
}

static void
tell_fact(struct telling *telling, const struct fact *fact,
          struct review_fact *told)
{
    struct session *session = telling->judgement->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct fact_detail detail;
    if (fact->actor) {
        told->actor = review_copy(
            telling->review,
            vocabulary_name(vocabulary, CLASS_ACTOR, fact->actor).at);
    }
    if (fact->source) {
        told->source = review_copy(
            telling->review,
            vocabulary_name(vocabulary, CLASS_SOURCE, fact->source).at);
        told->url = review_copy(
            telling->review,
            vocabulary_entry(vocabulary, CLASS_SOURCE, fact->source)->text);
    }
    tell_day(telling, fact, told);
    told->place = fact_place(telling, fact);
    if (fact->form & FORM_DETAIL && store_detail(session->store, fact->record,
                                                 &session->scratch, &detail)) {
        told->note = review_copy(telling->review, detail.note);
        told->url =
            detail.url ? review_copy(telling->review, detail.url) : told->url;
        told->chain = review_copy(telling->review, detail.assertion);
    }
}

static bool
same_figure(const struct telling *telling, const char *figure)
{
    for (size_t i = 0; i < telling->finding->fact_count; i++) {
        if (strcmp(telling->facts[i].figure, figure) == 0) {
            return true;
        }
    }
    return false;
}

static void
tell_figure(void *context, uint32_t at, size_t period, size_t line)
{
    struct telling *telling = context;
    struct review_finding *finding = telling->finding;
    const struct plan *plan = telling->plan;
    const struct plan_node *node = &plan->nodes[at];
    const struct figure *figure = plan->figures[node->figure];
    const struct space *space = &plan->spaces[figure->space];
    size_t cell = figure_cell(plan, node, period, line);
    int32_t when = figure_ordinal(plan, node, period);
    struct buffer name = {0};
    struct fact fact = {0};
    if (finding->fact_count == FACTS_MAX) {
        finding->facts_left++;
        return;
    }
    figure_print(plan, figure, &when,
                 space->tuples ? space->tuples + line * space->dimension_count
                               : NULL,
                 &name);
    if (same_figure(telling, name.text)) {
        buffer_free(&name);
        return;
    }
    struct review_fact *told = &telling->facts[finding->fact_count++];
    *told =
        (struct review_fact){.figure = review_keep(telling->review, &name),
                             .value = telling_value(telling, at, period, line)};
    bool found =
        cell != SIZE_MAX &&
        (figure->facts ? (fact = figure->facts[cell]).record != 0
                       : !figure->converts &&
                             look_up(telling, figure, cell, when, &fact));
    if (cell != SIZE_MAX && (found || told->value.known)) {
        told->basis = basis_word((enum basis)figure->basis[cell]);
    }
    if (found) {
        tell_fact(telling, &fact, told);
    }
    buffer_free(&name);
}

void
facts_tell(struct judgement *judgement, const struct plan *plan, uint32_t node,
           size_t period, size_t line, struct review_finding *finding)
{
    struct telling *telling =
        arena_new(&judgement->session->scratch, struct telling);
    *telling = (struct telling){.judgement = judgement,
                                .review = judgement->review,
                                .plan = plan,
                                .finding = finding};
    memcpy(telling->facts, finding->facts ? finding->facts : telling->facts,
           finding->fact_count * sizeof *telling->facts);
    struct evidence evidence = {plan, telling, tell_figure};
    evidence_walk(&evidence, node, period, line);
    finding->facts = telling->facts;
}

void
telling_walk(struct telling *telling, uint32_t node)
{
    struct evidence evidence = {telling->plan, telling, tell_figure};
    if (node != UINT32_MAX) {
        evidence_walk(&evidence, node, telling->period, telling->line);
    }
}

/* The figure that it was held against is one of another plan. */
void
telling_walk_movement(struct telling *telling)
{
    const struct movement *movement = &telling->judgement->movement;
    const struct plan *plan = telling->plan;
    if (movement->said && movement->reference != UINT32_MAX) {
        telling->plan = &movement->plan;
        struct evidence evidence = {telling->plan, telling, tell_figure};
        evidence_walk(&evidence, movement->reference, 0, 0);
        telling->plan = plan;
    }
}
