/* show, plot, and an expression on its own. */
#include "eval/frame.h"

static uint32_t
bind_item(struct question *question, const struct node *item)
{
    return bind_expression(&question->binder,
                           item->kind == NODE_AS ? item->kid[0] : item);
}

/* A name given with `as` stands for its item in what follows. */
static void
add_alias(struct question *question, const struct node *item, uint32_t node)
{
    atom name = item->kid[1]->value.name;
    struct alias *alias = arena_new(&question->session->scratch, struct alias);
    *alias = (struct alias){name, node, item->kid[0], question->binder.as_of,
                            question->binder.aliases};
    question->binder.aliases = alias;
}

bool
question_answer(struct question *question, const struct node *items,
                const struct node *clauses)
{
    struct session *session = question->session;
    size_t count = node_count(items);
    uint32_t *nodes = arena_array(&session->scratch, uint32_t, count);
    size_t at = 0;
    if (!question_clauses(question, clauses)) {
        return false;
    }
    for (const struct node *item = items; item; item = item->next) {
        nodes[at] = bind_item(question, item);
        if (nodes[at] == UINT32_MAX ||
            (question->chart && !plot_takes(question, item, nodes[at]))) {
            return false;
        }
        if (item->kind == NODE_AS) {
            add_alias(question, item, nodes[at]);
        }
        at++;
    }
    question->items = nodes;
    question->item_count = count;
    if (!question_conditions(question, clauses)) {
        return false;
    }
    if (session->checking || session->planning) {
        return question_explain(question);
    }
    if (!question_compute(question)) {
        return false;
    }
    struct frame_columns columns;
    frame_columns_init(question, &columns, count);
    at = 0;
    for (const struct node *item = items; item; item = item->next, at++) {
        const char *name = question_item_name(session, item);
        frame_add_column(question, &columns, nodes[at], 0, name);
        bool number =
            question->plan.nodes[nodes[at]].type.class == VALUE_NUMBER;
        if (question->with_bounds && number) {
            frame_add_column(question, &columns, nodes[at], 1, name);
            frame_add_column(question, &columns, nodes[at], 2, name);
        }
    }
    frame_write(question, &columns);
    return true;
}
