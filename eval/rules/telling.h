/* A finding while it is written: what finding.c tells of the verdict,
 * finding_facts.c of the figures behind it and finding_branches.c of the parts
 * of its rule.  Private to these. */
#ifndef EVAL_RULES_TELLING_H
#define EVAL_RULES_TELLING_H

#include "eval/grounds.h"
#include "eval/rules/rules.h"

enum { FACTS_MAX = 20 };

struct telling {
    struct judgement *judgement;
    struct review *review;
    const struct group *group;
    const struct plan *plan;
    struct task *task;
    size_t period;
    size_t line;
    struct review_finding *finding;
    struct review_fact facts[FACTS_MAX];
    struct grounds grounds; /* figures that were met, told or not */
};

/* For figures that PLAN read, to be added to FINDING; its grounds are for the
 * caller to free. */
void telling_init(struct telling *telling, struct judgement *judgement,
                  const struct plan *plan, struct review_finding *finding);

/* The value of a node of the plan in a row, and an expression as it is
 * written; in the arena of the review. */
struct review_value telling_value(struct telling *telling, uint32_t node,
                                  size_t period, size_t line);
const char *telling_expression(struct telling *telling,
                               const struct node *tree);

/* Adds the figures behind a node in the row, UINT32_MAX: none, to the facts;
 * and that which the movement of the row was held against, which is of another
 * plan. */
void telling_walk(struct telling *telling, uint32_t node);
void telling_walk_movement(struct telling *telling);

/* Gives the finding the branches of its task. */
void telling_branches(struct telling *telling);

#endif
