/* Where an operand stands.  What is written twice is one node of the plan, which
 * has the place of the first, perhaps in another rule: a message about the second
 * looks for its own. */
#include "eval/bind.h"

static bool
is_inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

/* Is a place written in the statement that NODE is bound for, as an argument of
 * the definitions around it? */
static bool
is_argument(const struct binder *binder, struct span place)
{
    const struct binding *use = binder->bindings;
    while (use && !is_inside(place, use->call)) {
        use = use->outer;
    }
    return use != NULL;
}

/* The operand of NODE that is written as the text of PLACE; PLACE for none. */
static struct span
find_written(const struct sources *sources, const struct node *node,
             struct span place)
{
    struct span found = place;
    struct slice text = sources_text(sources, place);
    for (int i = 0; i < node->kid_count; i++) {
        const struct node *kid = node->kid[i];
        if (kid && kid->kind == NODE_BINARY) { /* a = b within c */
            found = find_written(sources, kid, place);
        }
        if (kid && slice_equal(sources_text(sources, kid->span), text)) {
            found = kid->span;
        }
    }
    return found;
}

/* What stands on one side of NODE, as the tree has it; an empty place where it
 * has no sides. */
static struct span
side_of(const struct node *node, enum operand_side side)
{
    const struct node *kid = NULL;
    switch ((int)node->kind) {
    case NODE_BINARY:
        kid = node->kid[side];
        break;
    case NODE_WITHIN: /* a comparison and its tolerance */
        kid = side == SIDE_LEFT ? node->kid[0]->kid[0] : node->kid[1];
        break;
    case NODE_IF:
        kid = node->kid[1 + side];
        break;
    case NODE_CALL:
        kid = node->kid[1];
        kid = kid && side == SIDE_RIGHT ? kid->next : kid;
        break;
    default:
        break;
    }
    return kid ? kid->span : (struct span){0, 0};
}

struct span
bind_operand_place(const struct binder *binder, const struct node *node,
                   enum operand_side side, struct span place)
{
    if (is_inside(place, node->span) || is_argument(binder, place)) {
        return place;
    }
    struct span found = find_written(&binder->session->sources, node, place);
    /* A question has all of its plan in one statement, a group of rules not. */
    bool stays = is_inside(found, node->span) || !binder->cell_frame;
    return stays ? found : side_of(node, side);
}
