/* The figures behind a finding: who stated them, when and where. */
#include "eval/rules/telling.h"

#include "eval/fact_text.h"

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

static void
tell_ground(void *context, const struct ground *ground)
{
    struct telling *telling = context;
    struct session *session = telling->judgement->session;
    struct review_finding *finding = telling->finding;
    const struct figure *figure = ground->figure;
    struct review_fact told = {0};
    struct result_value value;
    struct buffer name = {0};
    struct buffer text = {0};
    ground_print(session, ground, &name);
    ground_value(session, ground, &value, &text);
    told.figure = review_keep(telling->review, &name);
    told.value = review_value_from(telling->review, &value, &text);
    if (!figure) {
        told.basis = basis_word(BASIS_STATED);
    } else if (ground->cell != SIZE_MAX && (ground->fact || told.value.known)) {
        told.basis = basis_word((enum basis)figure->basis[ground->cell]);
    }
    if (ground->fact) {
        tell_fact(telling, ground->fact, &told);
    }
    told.depth = ground->depth;
    if (ground->derived) {
        told.chain = review_copy(telling->review, ground->derived->chain);
    }
    telling->facts[finding->fact_count++] = told;
    buffer_free(&name);
    buffer_free(&text);
}

void
telling_init(struct telling *telling, struct judgement *judgement,
             const struct plan *plan, struct review_finding *finding)
{
    *telling = (struct telling){.judgement = judgement,
                                .review = judgement->review,
                                .plan = plan,
                                .finding = finding};
    telling->grounds = (struct grounds){.session = judgement->session,
                                        .context = telling,
                                        .tell = tell_ground,
                                        .room = FACTS_MAX};
}

void
facts_tell(struct judgement *judgement, const struct plan *plan, uint32_t node,
           const struct question_row *rows, size_t count,
           struct review_finding *finding)
{
    struct telling *telling =
        arena_new(&judgement->session->scratch, struct telling);
    telling_init(telling, judgement, plan, finding);
    for (size_t i = 0; i < count; i++) {
        grounds_walk(&telling->grounds, plan, node, rows[i].period,
                     rows[i].line);
    }
    finding->facts = telling->facts;
    finding->facts_left = telling->grounds.left;
    grounds_free(&telling->grounds);
}

static void
walk(struct telling *telling, const struct plan *plan, uint32_t node,
     size_t period, size_t line)
{
    if (node != UINT32_MAX) {
        grounds_walk(&telling->grounds, plan, node, period, line);
        telling->finding->facts_left = telling->grounds.left;
    }
}

void
telling_walk(struct telling *telling, uint32_t node)
{
    walk(telling, telling->plan, node, telling->period, telling->line);
}

/* The figure that it was held against is one of another plan. */
void
telling_walk_movement(struct telling *telling)
{
    const struct movement *movement = &telling->judgement->movement;
    if (movement->said) {
        walk(telling, &movement->plan, movement->reference, 0, 0);
    }
}
