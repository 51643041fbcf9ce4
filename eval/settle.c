/* What is kept of a statement is kept without its parameters: who reads it
 * later does not know what they stood for. */
#include "eval/scope.h"

static struct node *
copy_node(struct session *session, const struct node *node)
{
    size_t size = sizeof *node + node->kid_count * sizeof *node->kid;
    struct node *copy = arena_alloc(&session->scratch, size);
    memcpy(copy, node, size);
    copy->next = NULL;
    return copy;
}

static struct node *settle_list(struct session *session,
                                const struct node *first);

const struct node *
scope_settle(struct session *session, const struct node *node)
{
    const struct node *value = scope_parameter(session, node);
    struct node *copy = copy_node(session, value ? value : node);
    for (uint8_t i = 0; i < copy->kid_count; i++) {
        copy->kid[i] = settle_list(session, copy->kid[i]);
    }
    return copy;
}

static struct node *
settle_list(struct session *session, const struct node *first)
{
    struct node *head = NULL;
    struct node **end = &head;
    for (const struct node *at = first; at; at = at->next) {
        *end = (struct node *)(uintptr_t)scope_settle(session, at);
        end = &(*end)->next;
    }
    return head;
}
