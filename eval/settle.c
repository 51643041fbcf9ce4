/* What is kept of a statement is kept without its parameters, and with the
 * dimension of each coordinate: who reads it later does not know what they
 * stood for, and may know other members and actors of the same name. */
#include "eval/scope.h"

struct node *
scope_copy(struct session *session, const struct node *node)
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
    struct node *copy = scope_copy(session, value ? value : node);
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

/* The name in front of a bare coordinate: its dimension, or `actor`.  NULL when
 * it has to stay as it is. */
static struct node *
coordinate_owner(struct session *session, const struct metric *metric,
                 const struct node *member)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    atom owner = 0;
    for (int i = 0; i < metric->dimension_count; i++) {
        uint32_t dimension = metric->dimensions[i];
        if (vocabulary_find_member(vocabulary, dimension, member->value.name)) {
            owner =
                vocabulary_entry(vocabulary, CLASS_DIMENSION, dimension)->name;
        }
    }
    if (!owner && scope_find(session, CLASS_ACTOR, member->value.name)) {
        owner = atoms_intern(&session->atoms, SLICE("actor"));
    }
    if (!owner) {
        return NULL;
    }
    struct node *name = arena_alloc(&session->scratch, sizeof *name);
    *name = (struct node){.kind = NODE_NAME, .span = member->span};
    name->value.name = owner;
    return name;
}

/* The metric that a figure speaks of: its own, or behind a kind alone that of
 * HOME. */
static uint32_t
figure_metric(struct session *session, const struct node *figure, uint32_t home)
{
    const struct node *name = figure->kid[2];
    uint32_t metric =
        name ? scope_find(session, CLASS_METRIC, name->value.name) : 0;
    const struct node *kind = name ? name : figure->kid[0];
    bool elliptical =
        !kind || scope_find(session, CLASS_KIND, kind->value.name);
    return metric ? metric : elliptical ? home : 0;
}

static void
qualify(struct session *session, struct node *node, uint32_t home)
{
    uint32_t metric =
        node->kind == NODE_FIGURE ? figure_metric(session, node, home) : 0;
    for (struct node *at = metric ? node->kid[3] : NULL; at; at = at->next) {
        const struct node *member = figure_member(session, at->kid[1]);
        at->kid[1] = (struct node *)(uintptr_t)member;
        if (!at->kid[0] && member && member->kind == NODE_NAME) {
            at->kid[0] = coordinate_owner(
                session, vocabulary_metric(session->vocabulary, metric),
                member);
        }
    }
    for (uint8_t i = 0; i < node->kid_count; i++) {
        for (struct node *at = node->kid[i]; at; at = at->next) {
            qualify(session, at, home);
        }
    }
}

const struct node *
scope_settle_fact(struct session *session, const struct node *node,
                  uint32_t metric)
{
    struct node *copy = (struct node *)(uintptr_t)scope_settle(session, node);
    qualify(session, copy, metric);
    return copy;
}
