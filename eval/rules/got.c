/* What came in place of what a test expected: the verdict or the condition, and
 * the values that made it so. */
#include "eval/rules/rules.h"

#include <limits.h>

enum { SUBJECTS_TOLD_MAX = 3 };

/* Verdicts ----------------------------------------------------------------- */

static void
add_value(struct buffer *got, const char *what,
          const struct review_value *value)
{
    buffer_format(got, "%s is %s", what,
                  value->known ? value->text : "unknown");
    if (!value->known && value->reason) {
        buffer_format(got, " (%s)", value->reason);
    }
}

/* "what 5B USD" in a list that begins at FROM; once. */
static void
add_part(struct buffer *got, size_t from, const char *what,
         const struct review_value *value)
{
    struct buffer part = {0};
    buffer_format(&part, "%s %s", what, value->known ? value->text : "unknown");
    if (got->len == from || !strstr(got->text + from, part.text)) {
        buffer_format(got, "%s%s", got->len == from ? " (" : ", ", part.text);
    }
    buffer_free(&part);
}

/* The numbers that a part of a rule compares, behind the part itself; of what
 * compares none the figures. */
static void
add_parts(struct buffer *got, const struct review_finding *finding, size_t at)
{
    const struct review_branch *branch = &finding->branches[at];
    unsigned told = UINT_MAX; /* the depth of a number, which says enough */
    add_value(got, branch->expression, &branch->value);
    size_t from = got->len;
    for (size_t i = at; i < finding->branch_count; i++) {
        const struct review_branch *below = &finding->branches[i];
        if (i > at && below->depth <= branch->depth) {
            break;
        }
        if (below->depth > told) {
            continue;
        }
        told = below->value.is_number ? below->depth : UINT_MAX;
        if (below->value.is_number) {
            add_part(got, from, below->expression, &below->value);
            continue;
        }
        for (size_t k = 0; k < below->fact_count; k++) {
            add_part(got, from, below->facts[k].figure, &below->facts[k].value);
        }
    }
    buffer_add_text(got, got->len > from ? ")" : "");
}

static bool
is_labelled(const struct review_branch *branch, const char *label)
{
    return branch->depth == 0 && branch->label &&
           strcmp(branch->label, label) == 0;
}

void
got_verdict(struct buffer *got, const struct review_finding *finding)
{
    bool guarded = finding->verdict == VERDICT_NOT_APPLICABLE;
    bool told =
        finding->verdict == VERDICT_FAIL || finding->verdict == VERDICT_UNKNOWN;
    const char *before = ": ";
    buffer_add_text(got, verdict_word(finding->verdict));
    if (told) {
        buffer_format(got, ": %s", finding->message);
        before = "; ";
    }
    if (told && finding->condition &&
        strstr(finding->message, finding->condition)) {
        return; /* it tells the values itself */
    }
    for (size_t i = 0; i < finding->branch_count; i++) {
        const struct review_branch *branch = &finding->branches[i];
        if (guarded ? is_labelled(branch, "when")
                    : is_labelled(branch, "require") ||
                          is_labelled(branch, "forbid")) {
            buffer_add_text(got, before);
            add_parts(got, finding, i);
            before = "; ";
        }
    }
}

void
got_message(struct buffer *got, const struct review_finding *finding)
{
    buffer_format(got, "the message is \"%s\"", finding->message);
}

void
got_no_subject(struct buffer *got, const struct review *review,
               const char *rule)
{
    size_t found = 0;
    buffer_add_text(got, "this is no subject of the rule, which looked at ");
    for (size_t i = 0; i < review->finding_count; i++) {
        const struct review_finding *finding = review->findings[i];
        if (strcmp(finding->rule->id, rule) == 0 &&
            found++ < SUBJECTS_TOLD_MAX) {
            buffer_format(got, "%s%s", found > 1 ? ", " : "", finding->subject);
        }
    }
    if (found > SUBJECTS_TOLD_MAX) {
        buffer_format(got, " and %zu more", found - SUBJECTS_TOLD_MAX);
    }
    buffer_add_text(got, found ? "" : "nothing");
}

/* Conditions --------------------------------------------------------------- */

static bool
compares(const struct node *tree)
{
    return tree->kind == NODE_BINARY &&
           ((tree->op >= OP_EQ && tree->op <= OP_AGREES) || tree->op == OP_IN ||
            tree->op == OP_MATCHES);
}

static void
add_side(struct got_sides *sides, struct binder *binder,
         const struct node *tree)
{
    uint32_t node = bind_expression(binder, tree);
    if (node != UINT32_MAX && sides->count < GOT_SIDES_MAX &&
        binder->plan->nodes[node].op != PLAN_CONSTANT) {
        sides->trees[sides->count] = tree;
        sides->nodes[sides->count++] = node;
    }
}

void
got_find_sides(struct got_sides *sides, struct binder *binder,
               const struct node *tree)
{
    bool opens = tree->kind == NODE_UNARY || tree->kind == NODE_WITHIN ||
                 (tree->kind == NODE_BINARY &&
                  (tree->op == OP_AND || tree->op == OP_OR));
    if (compares(tree)) {
        add_side(sides, binder, tree->kid[0]);
        if (tree->op != OP_IN && tree->op != OP_MATCHES) {
            add_side(sides, binder, tree->kid[1]);
        }
    }
    for (uint8_t i = 0; opens && i < tree->kid_count; i++) {
        if (tree->kid[i]) {
            got_find_sides(sides, binder, tree->kid[i]);
        }
    }
}

void
got_condition(struct buffer *got, struct review *review,
              struct session *session, const struct plan *plan,
              const struct got_sides *sides, uint32_t node, size_t period,
              size_t line)
{
    struct review_value whole =
        review_value_of(review, session, plan, node, period, line);
    buffer_add_text(got, whole.known ? "false" : "unknown");
    if (whole.reason) {
        buffer_format(got, ": %s", whole.reason);
    }
    for (size_t i = 0; i < sides->count; i++) {
        struct review_value value = review_value_of(
            review, session, plan, sides->nodes[i], period, line);
        if (value.known) {
            buffer_add_text(got, whole.reason || i ? "; " : ": ");
            add_value(got, question_item_name(session, sides->trees[i]),
                      &value);
        }
    }
}
