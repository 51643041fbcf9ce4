/* What was said beside the numbers, and patterns. */
#include "eval/plan/plan.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

static double
note_of(const struct plan *plan, const struct fact *fact)
{
    struct arena texts = {0};
    struct fact_detail detail;
    double note = NAN;
    if (fact->form & FORM_DETAIL &&
        store_detail(plan->store, fact->record, &texts, &detail) &&
        detail.note && *detail.note) {
        note = atoms_intern(store_vocabulary(plan->store)->atoms,
                            slice_of(detail.note));
    }
    arena_free(&texts);
    return note;
}

/* The attribute of one cell; AT is its index in the figure. */
static double
attribute_of(const struct plan *plan, const struct plan_node *node,
             const struct figure *figure, size_t at)
{
    const struct fact *fact = &figure->facts[at];
    const struct derived *derived = figure->derived[at];
    bool known = !isnan(figure->values[at]) || !isnan(figure->low[at]);
    bool stated = fact->record != 0 && figure->basis[at] == BASIS_STATED;
    if (!known) {
        return NAN;
    }
    /* What a movement or a formula gives was stated with that. */
    if (!stated && derived && derived->basis == BASIS_DERIVED) {
        const struct fact *said =
            store_constraint(plan->store, derived->record);
        fact = said ? said : fact;
        stated = said != NULL;
    }
    switch ((int)node->attribute) {
    case ATTRIBUTE_BASIS:
        return atoms_intern(
            store_vocabulary(plan->store)->atoms,
            slice_of(basis_word((enum basis)figure->basis[at])));
    case ATTRIBUTE_STATED: {
        struct fact key = {.line_day = derived ? derived->line_day : 0};
        day_number day = stated    ? fact_day(fact)
                         : derived ? fact_day(&key)
                                   : DAY_NONE;
        return day == DAY_NONE ? NAN : (double)day;
    }
    case ATTRIBUTE_ACTOR: {
        uint32_t actor = stated ? fact->actor : derived ? derived->actor : 0;
        return actor ? (double)actor : NAN;
    }
    case ATTRIBUTE_SOURCE: {
        uint32_t source = stated ? fact->source : derived ? derived->source : 0;
        return source ? (double)source : NAN;
    }
    default:
        return stated ? note_of(plan, fact) : NAN;
    }
}

void
kernel_attribute(const struct plan *plan, const struct plan_node *node,
                 struct block *to)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    const struct figure *figure = plan->figures[kid->figure];
    const struct pane *pane = &to->pane;
    for (size_t p = 0; p < pane->periods; p++) {
        for (size_t l = 0; l < pane->lines; l++) {
            size_t at =
                figure_cell(plan, kid, pane->period + p, pane->line + l);
            to->values[p * to->stride + l] =
                at == SIZE_MAX ? NAN : attribute_of(plan, node, figure, at);
        }
    }
}

/* Patterns ---------------------------------------------------------------- */

/* A pattern of somebody else must end: backtracking is bounded. */
enum { MATCH_STEPS = 1000 * 1000, MATCH_KIB = 20 * 1024 };

static pcre2_code *
compile(struct slice pattern, int *error, size_t *at)
{
    PCRE2_SIZE place = 0;
    pcre2_code *code = pcre2_compile(
        (PCRE2_SPTR)pattern.at, pattern.len,
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, error, &place, NULL);
    *at = place;
    return code;
}

bool
pattern_check(struct slice pattern, struct buffer *reason, size_t *at)
{
    PCRE2_UCHAR text[200];
    int error = 0;
    pcre2_code *code = compile(pattern, &error, at);
    if (!code) {
        pcre2_get_error_message(error, text, sizeof text);
        buffer_add_text(reason, (const char *)text);
        return false;
    }
    pcre2_code_free(code);
    return true;
}

static struct slice
text_of(const struct plan *plan, const struct type *type, double value)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    uint32_t id = (uint32_t)value;
    if (!type->dimension) {
        return atoms_text(vocabulary->atoms, id);
    }
    enum name_class class =
        type->dimension == spread_dimension(SPREAD_ACTOR)    ? CLASS_ACTOR
        : type->dimension == spread_dimension(SPREAD_SOURCE) ? CLASS_SOURCE
                                                             : CLASS_MEMBER;
    return id ? vocabulary_name(vocabulary, class, id) : SLICE("");
}

struct matcher {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

/* Unknown when the pattern takes too many steps. */
static double
match(const struct plan *plan, const struct type *type, double value,
      const struct matcher *matcher)
{
    struct slice text = text_of(plan, type, value);
    int found = pcre2_match(matcher->code, (PCRE2_SPTR)text.at, text.len, 0, 0,
                            matcher->data, matcher->context);
    return found >= 0 ? 1 : found == PCRE2_ERROR_NOMATCH ? 0 : NAN;
}

/* Each text is matched once: 0 or 1 by text. */
static double
match_once(const struct plan *plan, const struct type *type, double value,
           struct index *seen, struct matcher *matcher)
{
    uint32_t known = index_get(seen, (uint64_t)value);
    if (known != INDEX_NONE) {
        return (double)known;
    }
    double verdict = match(plan, type, value, matcher);
    if (!isnan(verdict)) {
        index_put(seen, (uint64_t)value, (uint32_t)verdict);
    }
    return verdict;
}

void
kernel_matches(const struct plan *plan, const struct plan_node *node,
               struct block *to)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    struct block from =
        plan_block(plan, node->kid[0], node_pane(kid, to->pane));
    struct index seen = {0};
    int error;
    size_t place;
    struct matcher matcher = {
        .code = compile(
            atoms_text(store_vocabulary(plan->store)->atoms, node->text),
            &error, &place),
        .data = pcre2_match_data_create(1, NULL),
        .context = pcre2_match_context_create(NULL),
    };
    pcre2_set_match_limit(matcher.context, MATCH_STEPS);
    pcre2_set_heap_limit(matcher.context, MATCH_KIB);
    for (size_t p = 0; p < to->pane.periods; p++) {
        for (size_t l = 0; l < to->pane.lines; l++) {
            double value = from.values[p * from.stride + l];
            to->values[p * to->stride + l] =
                isnan(value) || !matcher.code
                    ? NAN
                    : match_once(plan, &kid->type, value, &seen, &matcher);
        }
    }
    index_free(&seen);
    pcre2_match_context_free(matcher.context);
    pcre2_match_data_free(matcher.data);
    pcre2_code_free(matcher.code);
}
