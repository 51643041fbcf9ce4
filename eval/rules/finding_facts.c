/* The figures behind a finding: who stated them, when and where. */
#include "base/index.h"
#include "eval/cell.h"
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

static uint64_t
hash_add(uint64_t hash, const void *bytes, size_t len)
{
    return hash_mix(hash, hash_bytes(bytes, len));
}

/* A cell as it is read: what cells of any plan that read the same have in
 * common.  The name of a figure tells neither who spoke, nor as of when. */
static uint64_t
cell_key(const struct plan *plan, const struct figure *figure, size_t cell,
         int32_t when, size_t line)
{
    const struct space *space = &plan->spaces[figure->space];
    bool here = cell != SIZE_MAX;
    bool computed = here && figure->basis[cell] == BASIS_COMPUTED;
    int64_t read[] = {figure->kind,
                      figure->metric,
                      figure->frequency,
                      when,
                      figure->actor,
                      figure->source,
                      figure->as_of,
                      figure->release,
                      figure->reach,
                      here,
                      computed ? figure->aggregation : 0,
                      computed && figure->partial};
    uint64_t key = hash_bytes(read, sizeof read);
    if (here) {
        size_t own = cell % figure->own_count;
        key = hash_add(key, &figure->own_lines[own / figure->extra_count],
                       sizeof *figure->own_lines);
        key = hash_add(key, &figure->extras[own % figure->extra_count],
                       sizeof *figure->extras);
        return key;
    }
    key = hash_add(key, figure->members, sizeof figure->members);
    if (space->tuples) {
        key = hash_add(key, space->tuples + line * space->dimension_count,
                       space->dimension_count * sizeof *space->tuples);
    }
    return key;
}

/* Is a cell one that was not met before, and is there room for it?  Else it is
 * counted. */
static bool
takes_cell(struct telling *telling, uint64_t key)
{
    if (index_get(&telling->seen, key) != INDEX_NONE) {
        return false;
    }
    index_put(&telling->seen, key, 0);
    if (telling->finding->fact_count == FACTS_MAX) {
        telling->finding->facts_left++;
        return false;
    }
    return true;
}

/* What two days know alike is told once. */
static bool
is_told(const struct telling *telling, const struct review_fact *fact,
        int64_t record)
{
    for (size_t i = 0; i < telling->finding->fact_count; i++) {
        const struct review_fact *other = &telling->facts[i];
        if (telling->records[i] == record &&
            strcmp(other->figure, fact->figure) == 0 &&
            strcmp(other->value.text, fact->value.text) == 0) {
            return true;
        }
    }
    return false;
}

/* TOLD has its figure and its value. */
static void
tell_cell(struct telling *telling, const struct figure *figure, size_t cell,
          int32_t when, struct review_fact *told)
{
    struct review_finding *finding = telling->finding;
    struct fact fact = {0};
    bool here = cell != SIZE_MAX;
    bool stated =
        here && (!figure->converts ||
                 (told->value.known && figure->basis[cell] == BASIS_STATED));
    bool found =
        here &&
        (figure->facts ? (fact = figure->facts[cell]).record != 0
                       : stated && look_up(telling, figure, cell, when, &fact));
    if (is_told(telling, told, fact.record)) {
        return;
    }
    if (here && (found || told->value.known)) {
        told->basis = basis_word((enum basis)figure->basis[cell]);
    }
    if (found) {
        tell_fact(telling, &fact, told);
    }
    telling->records[finding->fact_count] = fact.record;
    telling->facts[finding->fact_count++] = *told;
}

static const char *
figure_name(struct telling *telling, const struct figure *figure, int32_t when,
            size_t line)
{
    const struct space *space = &telling->plan->spaces[figure->space];
    struct buffer name = {0};
    figure_print(telling->plan, figure, &when,
                 space->tuples ? space->tuples + line * space->dimension_count
                               : NULL,
                 &name);
    const char *kept = review_keep(telling->review, &name);
    buffer_free(&name);
    return kept;
}

static bool
part_value(struct telling *telling, const struct figure *figure, size_t at,
           const struct type *type, struct review_value *told)
{
    struct session *session = telling->judgement->session;
    struct result_column column = {.name = ""};
    struct result_value value;
    struct buffer text = {0};
    if (!answer_part(telling->plan, figure, at, type, &value)) {
        return false;
    }
    answer_column(session, type, &column);
    struct cell_style style = cell_style_alone(&column);
    cell_add(&text, &column, &value, &style);
    *told = (struct review_value){.known = true,
                                  .is_number = !isnan(value.number),
                                  .number = value.number,
                                  .text = review_keep(telling->review, &text)};
    buffer_free(&text);
    return true;
}

/* The finer periods that a cell was worked out from. */
static void
tell_parts(struct telling *telling, const struct figure *whole, size_t cell,
           size_t line, const struct type *type)
{
    struct figure_parts parts;
    if (!figure_find_parts(telling->plan, whole, cell, &parts)) {
        return;
    }
    const struct figure *figure = parts.figure;
    for (int32_t period = parts.first; period <= parts.last; period++) {
        size_t at = figure_part(&parts, period);
        struct review_fact told = {0};
        if (at != SIZE_MAX &&
            part_value(telling, figure, at, type, &told.value) &&
            takes_cell(telling,
                       cell_key(telling->plan, figure, at, period, line))) {
            told.figure = figure_name(telling, figure, period, line);
            tell_cell(telling, figure, at, period, &told);
        }
    }
}

static void
tell_figure(void *context, uint32_t at, size_t period, size_t line)
{
    struct telling *telling = context;
    const struct plan *plan = telling->plan;
    const struct plan_node *node = &plan->nodes[at];
    const struct figure *figure = plan->figures[node->figure];
    size_t cell = figure_cell(plan, node, period, line);
    int32_t when = figure_ordinal(plan, node, period);
    uint64_t key = cell_key(plan, figure, cell, when, line);
    if (index_get(&telling->seen, key) != INDEX_NONE) {
        return;
    }
    if (takes_cell(telling, key)) {
        struct review_fact told = {
            .figure = figure_name(telling, figure, when, line),
            .value = telling_value(telling, at, period, line)};
        tell_cell(telling, figure, cell, when, &told);
    }
    if (cell != SIZE_MAX && figure->converts &&
        figure->basis[cell] == BASIS_COMPUTED) {
        tell_parts(telling, figure, cell, line, &node->type);
    }
}

void
facts_tell(struct judgement *judgement, const struct plan *plan, uint32_t node,
           const struct question_row *rows, size_t count,
           struct review_finding *finding)
{
    struct telling *telling =
        arena_new(&judgement->session->scratch, struct telling);
    *telling = (struct telling){.judgement = judgement,
                                .review = judgement->review,
                                .plan = plan,
                                .finding = finding};
    struct evidence evidence = {plan, telling, tell_figure};
    for (size_t i = 0; i < count; i++) {
        evidence_walk(&evidence, node, rows[i].period, rows[i].line);
    }
    finding->facts = telling->facts;
    index_free(&telling->seen);
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
