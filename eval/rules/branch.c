/* The tree of a rule: what its conditions are made of, and what each part came
 * to.  It is bound with the rule and told with the finding, for `why` only. */
#include "eval/evidence.h"
#include "eval/rules/rules.h"

enum { BRANCH_DEPTH_MAX = 4 };

/* Does it say more than it is written as? */
static bool
is_told(const struct node *tree)
{
    switch (tree->kind) {
    case NODE_FIGURE:
    case NODE_CALL:
    case NODE_UNARY:
    case NODE_BINARY:
    case NODE_WITHIN:
    case NODE_IF:
        return true;
    default:
        return false;
    }
}

static struct branch *
append(struct task *task, struct session *session, struct branch branch)
{
    if (task->branch_count == task->branch_capacity) {
        size_t grown = task->branch_capacity ? 2 * task->branch_capacity : 16;
        struct branch *items =
            arena_array(&session->scratch, struct branch, grown);
        if (task->branch_count) {
            memcpy(items, task->branches, task->branch_count * sizeof *items);
        }
        task->branches = items;
        task->branch_capacity = grown;
    }
    task->branches[task->branch_count] = branch;
    return &task->branches[task->branch_count++];
}

/* Binds TREE and what it is made of.  What cannot stand alone, like the set
 * behind `in`, is left to what it is part of. */
static void
add_branch(struct session *session, struct binder *binder, struct task *task,
           const struct node *tree, struct branch branch)
{
    size_t messages = session->diagnostics->count;
    branch.tree = tree;
    branch.node = bind_expression(binder, tree);
    diagnostics_truncate(session->diagnostics, messages);
    bool constant = branch.node != UINT32_MAX &&
                    binder->plan->nodes[branch.node].op == PLAN_CONSTANT;
    if (branch.depth && (branch.node == UINT32_MAX || constant)) {
        return;
    }
    size_t at = (size_t)(append(task, session, branch) - task->branches);
    size_t before = task->branch_count;
    bool set = tree->kind == NODE_BINARY &&
               (tree->op == OP_IN || tree->op == OP_MATCHES);
    bool opens = tree->kind == NODE_UNARY || tree->kind == NODE_BINARY ||
                 tree->kind == NODE_WITHIN || tree->kind == NODE_IF;
    for (uint8_t i = 0;
         opens && branch.depth < BRANCH_DEPTH_MAX && i < tree->kid_count; i++) {
        bool beside = i > 0 && (set || tree->kind == NODE_WITHIN);
        if (tree->kid[i] && !beside && is_told(tree->kid[i])) {
            add_branch(session, binder, task, tree->kid[i],
                       (struct branch){.depth = branch.depth + 1});
        }
    }
    task->branches[at].is_leaf = task->branch_count == before;
}

void
branches_bind(struct session *session, struct binder *binder, struct task *task)
{
    const struct rule *rule = task->rule;
    for (size_t i = 0; i < rule->let_count; i++) {
        add_branch(
            session, binder, task,
            subject_settle(session, rule->lets[i]->kid[1], &task->subject),
            (struct branch){.label = "let",
                            .name = rule->lets[i]->kid[0]->value.name});
    }
    for (size_t i = 0; i < rule->where_count; i++) {
        add_branch(session, binder, task,
                   subject_settle(session, rule->where[i], &task->subject),
                   (struct branch){.label = "where"});
    }
    for (size_t i = 0; i < rule->when_count; i++) {
        add_branch(session, binder, task,
                   subject_settle(session, rule->when[i], &task->subject),
                   (struct branch){.label = "when"});
    }
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct bound_condition *condition = &task->conditions[i];
        struct branch branch = {.label = condition->source->forbids ? "forbid"
                                                                    : "require",
                                .moves = condition->source->moves};
        if (branch.moves) {
            branch.tree = condition->tree;
            branch.node = UINT32_MAX;
            branch.is_leaf = true;
            append(task, session, branch);
        } else {
            add_branch(session, binder, task, condition->tree, branch);
        }
    }
}
