/* What each part of a rule came to, with the figures behind it. */
#include "eval/rules/telling.h"

/* The figures behind a part, told anew: the finding's own are kept. */
static void
tell_branch_facts(struct telling *telling, const struct branch *branch,
                  struct review_branch *told)
{
    struct review_finding *finding = telling->finding;
    struct review_finding part = {0};
    telling->finding = &part;
    grounds_clear(&telling->grounds);
    if (branch->moves) {
        telling_walk(telling, telling->task->cell);
        telling_walk_movement(telling);
    } else {
        telling_walk(telling, branch->node);
    }
    telling->finding = finding;
    struct review_fact *facts = arena_array(
        &telling->review->arena, struct review_fact, part.fact_count + 1);
    memcpy(facts, telling->facts, part.fact_count * sizeof *facts);
    told->facts = facts;
    told->fact_count = part.fact_count;
}

static const char *
branch_label(struct telling *telling, const struct branch *branch)
{
    struct buffer text = {0};
    if (!branch->name) {
        return branch->label;
    }
    buffer_format(&text, "%s %s =", branch->label,
                  scope_chars(telling->judgement->session, branch->name));
    const char *kept = review_keep(telling->review, &text);
    buffer_free(&text);
    return kept;
}

static struct review_value
movement_value(struct telling *telling)
{
    const struct movement *movement = &telling->judgement->movement;
    bool said = movement->said != NULL;
    return (struct review_value){
        .known = said,
        .text = said ? movement_word(movement->verdict) : "?",
        .reason = said ? movement->because : "no change is said of it"};
}

void
telling_branches(struct telling *telling)
{
    const struct task *task = telling->task;
    struct review_finding *finding = telling->finding;
    struct review_branch *told = arena_array(
        &telling->review->arena, struct review_branch, task->branch_count + 1);
    for (size_t i = 0; i < task->branch_count; i++) {
        const struct branch *branch = &task->branches[i];
        told[i] = (struct review_branch){
            .depth = branch->depth,
            .label = branch_label(telling, branch),
            .expression = telling_expression(telling, branch->tree),
            .value = {.text = ""}};
        if (branch->moves) {
            told[i].value = movement_value(telling);
        } else if (branch->node != UINT32_MAX) {
            told[i].value = telling_value(telling, branch->node,
                                          telling->period, telling->line);
        }
        if (branch->is_leaf && (branch->node != UINT32_MAX || branch->moves)) {
            tell_branch_facts(telling, branch, &told[i]);
        }
    }
    finding->branches = told;
    finding->branch_count = task->branch_count;
}
