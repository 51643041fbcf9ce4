/* why EXPR: the facts behind a value.
 *
 * Each row of the answer's frame is followed by the figures that its value was
 * made of, each once: who stated them, when, and where.  What follows from
 * other facts brings its chain.
 */
#include "eval/why.h"

#include "eval/cell.h"
#include "eval/grounds.h"
#include "eval/question.h"

#include <stdlib.h>

enum { WHY_ROWS = 20, WHY_FACTS = 200 };

struct why {
    struct session *session;
    const struct plan *plan;
    struct grounds grounds;
    size_t left;      /* figures that were not told */
    bool leaves_open; /* ... some of which rest on others */
    size_t rows;
    const char *reason; /* why the row is unknown, which is said once */
};

void
why_columns(struct result_column *columns, enum value_type stated)
{
    static const char *const names[WHY_COLUMNS] = {
#define X(name, word) word,
        WHY_COLUMN_LIST(X)
#undef X
    };
    for (int i = 0; i < WHY_COLUMNS; i++) {
        columns[i] = (struct result_column){
            .name = names[i],
            .type = i == WHY_STATED ? stated : VALUE_TEXT,
            .unit = "",
            .factor = 1};
    }
}

static struct result_value
text_value(struct slice text)
{
    return (struct result_value){.type = VALUE_TEXT, .text = text};
}

static void
blank(struct result_value *values)
{
    for (int i = 0; i < WHY_COLUMNS; i++) {
        values[i] = text_value(SLICE(""));
    }
}

/* A value as a person reads it. */
static struct slice
print_value(struct session *session, const struct type *type,
            const struct result_value *value)
{
    struct result_column column = {.name = ""};
    struct buffer text = {0};
    answer_column(session, type, &column);
    struct cell_style style = cell_style_alone(&column);
    if (value->type == VALUE_UNKNOWN) {
        buffer_add_char(&text, '?');
    } else {
        cell_add(&text, &column, value, &style);
    }
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    struct slice result = {copy, text.len};
    buffer_free(&text);
    return result;
}

/* That of NODE at a row, and why it is unknown. */
static struct slice
value_text(struct why *why, uint32_t node, size_t period, size_t line,
           const char **reason)
{
    struct result_value value;
    answer_value(why->session, why->plan, node, period, line, &value);
    *reason = value.type == VALUE_UNKNOWN ? value.reason : NULL;
    const struct type *type = &why->plan->nodes[node].type;
    value.unit = answer_unit(why->session, why->plan, type, 0, line);
    return print_value(why->session, type, &value);
}

/* Who stated a fact, when and where. */
static void
fact_values(struct why *why, const struct fact *fact,
            struct result_value *values)
{
    struct session *session = why->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct buffer place = {0};
    bool before = fact->form & FORM_BEFORE;
    if (fact->actor) {
        values[WHY_ACTOR] =
            text_value(vocabulary_name(vocabulary, CLASS_ACTOR, fact->actor));
    }
    if (fact_day(fact) != DAY_NONE) {
        values[WHY_STATED] =
            (struct result_value){.type = VALUE_DATE,
                                  .day = fact_day(fact) + before,
                                  .before = before};
    }
    if (fact->source) {
        values[WHY_SOURCE] =
            text_value(vocabulary_name(vocabulary, CLASS_SOURCE, fact->source));
    }
    buffer_format(
        &place, "%s:%u",
        store_batch_input(session->store, fact->batch, &session->scratch),
        fact->row);
    values[WHY_PLACE] = text_value((struct slice){
        arena_copy(&session->scratch, place.text, place.len), place.len});
    buffer_free(&place);
}

/* What follows from other facts. */
static const char *
chain_note(struct why *why, const struct derived *derived)
{
    struct buffer text = {0};
    buffer_format(&text, "%s %s",
                  derived->basis == BASIS_IMPLIED ? "implied by" : "derived:",
                  derived->chain);
    const char *note = arena_copy(&why->session->scratch, text.text, text.len);
    buffer_free(&text);
    return note;
}

/* Deeper ones than these stand as far to the right. */
enum { DEPTH_SHOWN = 4 };

static void
tell_ground(void *context, const struct ground *ground)
{
    struct why *why = context;
    struct session *session = why->session;
    struct result_value values[WHY_COLUMNS];
    struct result_value result;
    struct buffer name = {0};
    struct buffer value = {0};
    why->rows++;
    unsigned depth = ground->depth < DEPTH_SHOWN ? ground->depth : DEPTH_SHOWN;
    blank(values);
    buffer_fill(&name, ' ', 2 * (size_t)(depth + 1));
    ground_print(session, ground, &name);
    ground_value(session, ground, &result, &value);
    values[WHY_WHAT] = text_value(buffer_slice(&name));
    values[WHY_VALUE] = text_value(buffer_slice(&value));
    const char *note = result.type == VALUE_UNKNOWN ? result.reason : NULL;
    if (ground->fact && (ground->derived || !note)) {
        fact_values(why, ground->fact, values);
    }
    if (ground->derived) {
        note = chain_note(why, ground->derived);
    } else if (ground->is_whole && !note) {
        note = "worked out from finer periods";
    }
    bool said = note && why->reason && strcmp(note, why->reason) == 0;
    session->sink->row(session->sink->context, values, said ? NULL : note);
    buffer_free(&name);
    buffer_free(&value);
}

/* The expression with the keys of its row, and what it came to. */
static void
tell_row(struct why *why, const struct question *question, const char *name,
         uint32_t node, const struct question_row *row)
{
    struct session *session = why->session;
    struct result_value keys[SPACE_DIMENSIONS_MAX + 1];
    struct result_value values[WHY_COLUMNS];
    struct buffer what = {0};
    const char *reason;
    size_t count = question_key_values(question, row->period, row->line, keys);
    buffer_add_text(&what, name);
    for (size_t i = 0; i < count; i++) {
        struct result_column column = {
            .type = keys[i].type, .factor = 1, .unit = ""};
        struct cell_style style = cell_style_alone(&column);
        buffer_add_text(&what, ", ");
        cell_add(&what, &column, &keys[i], &style);
    }
    blank(values);
    values[WHY_WHAT] = text_value(buffer_slice(&what));
    values[WHY_VALUE] =
        text_value(value_text(why, node, row->period, row->line, &reason));
    session->sink->row(session->sink->context, values, reason);
    why->rows++;
    why->reason = reason;
    grounds_clear(&why->grounds, WHY_FACTS);
    grounds_walk(&why->grounds, why->plan, node, row->period, row->line);
    why->left += why->grounds.left;
    why->leaves_open = why->leaves_open || why->grounds.leaves_open;
    buffer_free(&what);
}

static void
answer(struct question *question, const char *name, uint32_t node)
{
    struct session *session = question->session;
    struct result_column columns[WHY_COLUMNS];
    struct why why = {.session = session, .plan = &question->plan};
    why.grounds = (struct grounds){
        .session = session, .context = &why, .tell = tell_ground};
    struct result_head head = {.columns = columns, .count = WHY_COLUMNS};
    struct buffer note = {0};
    size_t count;
    struct question_row *rows = question_rows(question, &count);
    why_columns(columns, VALUE_DATE);
    session->sink->begin(session->sink->context, &head);
    for (size_t i = 0; i < count && i < WHY_ROWS; i++) {
        tell_row(&why, question, name, node, &rows[i]);
    }
    if (count > WHY_ROWS) {
        buffer_format(&note, "%zu more rows: choose with `for` or `where`",
                      count - WHY_ROWS);
    }
    if (count == 0) {
        const char *empty = question_empty_note(question);
        buffer_add_text(&note, empty ? empty : "");
    }
    if (why.left) {
        buffer_format(&note, "%s%s%zu more figures are behind these values",
                      note.len ? "\n" : "", why.leaves_open ? "at least " : "",
                      why.left);
    }
    struct result_foot foot = {.rows = why.rows,
                               .undecided = question->undecided,
                               .cut = question->cut,
                               .note = note.len ? note.text : NULL};
    session->sink->end(session->sink->context, &foot);
    buffer_free(&note);
    grounds_free(&why.grounds);
    free(rows);
}

bool
why_statement(struct session *session, const struct node *statement)
{
    struct question question;
    bool done = follow_settle(session);
    if (!done) {
        return false;
    }
    question_init(&question, session);
    question.plan.bounds = true;
    question.keeps_unknown = true;
    done = question_clauses(&question, statement->kid[1]);
    uint32_t node = done ? bind_expression(&question.binder, statement->kid[0])
                         : UINT32_MAX;
    question.items = &node;
    question.item_count = 1;
    done =
        node != UINT32_MAX && question_conditions(&question, statement->kid[1]);
    for (size_t i = 0; done && i < question.plan.figure_count; i++) {
        question.plan.figures[i]->wants_facts = true;
    }
    if (done && !session->checking) {
        done = question_compute(&question);
        if (done) {
            answer(&question, question_item_name(session, statement->kid[0]),
                   node);
        }
    }
    question_free(&question);
    return done;
}
