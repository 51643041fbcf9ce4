/* Where an operand stands.  What is written twice is one node of the plan, which
 * has the place of the first: a message about the second looks for its own. */
#include "eval/bind.h"

static bool
is_inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

struct span
bind_operand_place(const struct binder *binder, const struct node *node,
                   struct span place)
{
    const struct sources *sources = &binder->session->sources;
    struct span found = place;
    if (is_inside(place, node->span)) {
        return place;
    }
    struct slice text = sources_text(sources, place);
    for (int i = 0; i < node->kid_count; i++) {
        const struct node *kid = node->kid[i];
        if (kid && kid->kind == NODE_BINARY) { /* a = b within c */
            found = bind_operand_place(binder, kid, place);
        }
        if (kid && kid->kind != NODE_BINARY &&
            slice_equal(sources_text(sources, kid->span), text)) {
            found = kid->span;
        }
    }
    return found;
}
