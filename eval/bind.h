/* What the files that bind expressions share.  Private to this folder. */
#ifndef EVAL_BIND_H
#define EVAL_BIND_H

#include "eval/scope.h"

struct binding {
    const struct node *parameters; /* names */
    const struct node *arguments;
    const struct binder *caller; /* whose scope the arguments are in */
    uint32_t definition;
    const struct binding *outer;
    struct span call;
};

extern const struct type bind_truth_type;

/* Reports at NODE and at every use of a definition that led there; returns
 * UINT32_MAX. */
uint32_t bind_fail(struct binder *binder, const struct node *node,
                   enum diagnostic_code code, const char *message,
                   const char *help);
uint32_t bind_fail_types(struct binder *binder, const struct node *node,
                         uint32_t left, uint32_t right, const char *verb);

struct type bind_type(const struct binder *binder, uint32_t node);

/* May the two be added or compared?  A literal without a unit takes the other
 * side's. */
bool bind_compatible(const struct binder *binder, uint32_t left,
                     uint32_t right);

/* A bare number beside a figure whose metric has a scale takes it, as in a
 * fact: 600 beside exports in B USD is 600B. */
uint32_t bind_scaled(struct binder *binder, uint32_t node, uint32_t beside);

uint32_t bind_operator(struct binder *binder, const struct node *at,
                       enum plan_op op, struct type type, uint32_t a,
                       uint32_t b, uint32_t c);

uint32_t bind_period_constant(struct binder *binder, const struct node *node);
/* bind_spark.c */
uint32_t bind_spark(struct binder *binder, const struct node *call);

uint32_t bind_call_of(struct binder *binder, const struct node *node,
                      const struct node *name, const struct node *arguments);

/* bind_figure.c.  bind_argument() is true when NODE is a parameter of the
 * definition whose body is bound, bind_alias() when it is a name that the
 * question gave with `as`: they hide all other names, in this order. */
bool bind_argument(struct binder *binder, const struct node *node,
                   uint32_t *result);
bool bind_alias(struct binder *binder, const struct node *node,
                uint32_t *result);
uint32_t bind_figure(struct binder *binder, const struct node *node);

/* bind_compare.c.  MODE is OP_POSSIBLY, OP_CERTAINLY or OP_NONE. */
bool bind_is_comparison(const struct node *node);
uint32_t bind_comparison(struct binder *binder, const struct node *node,
                         enum node_op mode);
uint32_t bind_in(struct binder *binder, const struct node *node);
uint32_t bind_within(struct binder *binder, const struct node *node);

#endif
