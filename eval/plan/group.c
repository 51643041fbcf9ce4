/* Which lines of an aggregate or a rank belong together. */
#include "eval/plan/plan.h"
#include "eval/plan/tuples.h"

#include <stdlib.h>

static bool
collapses(const struct plan_node *node, uint32_t dimension)
{
    for (size_t i = 0; i < node->over_count; i++) {
        if (node->over[i] == dimension) {
            return !node->keeps;
        }
    }
    return node->keeps && !dimension_is_spread(dimension);
}

static bool
has_dimension(const struct space *space, uint32_t dimension)
{
    for (size_t i = 0; i < space->dimension_count; i++) {
        if (space->dimensions[i] == dimension) {
            return true;
        }
    }
    return false;
}

/* The members of a line in the dimensions that stay; 0 for the others, and for
 * those that the inside does not have: the result is repeated along them. */
static void
project(const struct plan *plan, const struct plan_node *node,
        const struct space *space, size_t line, uint32_t *tuple)
{
    const struct space *outside = &plan->spaces[node->space];
    const struct space *inside = &plan->spaces[node->from_space];
    for (size_t d = 0; d < outside->dimension_count; d++) {
        uint32_t dimension = outside->dimensions[d];
        bool stays =
            !collapses(node, dimension) && has_dimension(inside, dimension);
        tuple[d] = 0;
        for (size_t i = 0; stays && i < space->dimension_count; i++) {
            if (space->dimensions[i] == dimension) {
                tuple[d] = space->tuples[line * space->dimension_count + i];
            }
        }
    }
}

/* What each vintage has inside an aggregate that keeps them: the rows around it
 * may have others, which know what the one before them did. */
struct vintages {
    size_t position;   /* among the dimensions outside; SIZE_MAX: none stays */
    struct tuples all; /* inside, projected; the vintage stands last */
};

static void
put_last(uint32_t *tuple, size_t position, size_t width)
{
    uint32_t moved = tuple[position];
    memmove(tuple + position, tuple + position + 1,
            (width - position - 1) * sizeof *tuple);
    tuple[width - 1] = moved;
}

static struct vintages
find_vintages(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    const struct space *outside = &plan->spaces[node->space];
    uint32_t dimension = spread_dimension(SPREAD_VINTAGE);
    struct vintages found = {SIZE_MAX, {.width = outside->dimension_count}};
    for (size_t d = 0; d < outside->dimension_count; d++) {
        if (outside->dimensions[d] == dimension &&
            !collapses(node, dimension) && has_dimension(inside, dimension)) {
            found.position = d;
        }
    }
    for (size_t line = 0;
         found.position != SIZE_MAX && line < inside->line_count; line++) {
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        project(plan, node, inside, line, tuple);
        put_last(tuple, found.position, found.all.width);
        tuples_add(&found.all, tuple);
    }
    tuples_settle(&found.all);
    return found;
}

/* The same for a line outside, whose vintage becomes the last one inside that
 * is not later. */
static void
project_outside(const struct plan *plan, const struct plan_node *node,
                const struct vintages *vintages, size_t line, uint32_t *tuple)
{
    const struct space *outside = &plan->spaces[node->space];
    size_t width = outside->dimension_count;
    uint32_t wanted[SPACE_DIMENSIONS_MAX];
    project(plan, node, outside, line, tuple);
    if (vintages->position == SIZE_MAX) {
        return;
    }
    memcpy(wanted, tuple, width * sizeof *wanted);
    put_last(wanted, vintages->position, width);
    const uint32_t *last = tuples_last(&vintages->all, wanted);
    if (last && memcmp(last, wanted, (width - 1) * sizeof *wanted) == 0) {
        tuple[vintages->position] = last[width - 1];
    }
}

static uint64_t
hash_tuple(const uint32_t *tuple, size_t count)
{
    return hash_bytes(tuple, count * sizeof *tuple);
}

/* The group of TUPLE; UINT32_MAX when there is none.  Tuples whose hashes meet
 * follow one another by SALT. */
static uint32_t
find_group(const struct plan *plan, const struct plan_node *node,
           const struct vintages *vintages, const struct grouping *grouping,
           const struct index *groups, const uint32_t *tuple, uint64_t *slot)
{
    const struct space *outside = &plan->spaces[node->space];
    size_t width = outside->dimension_count;
    for (uint64_t salt = 0;; salt++) {
        uint32_t known[SPACE_DIMENSIONS_MAX];
        *slot = hash_tuple(tuple, width) + salt;
        uint32_t group = index_get(groups, *slot);
        if (group == INDEX_NONE) {
            return UINT32_MAX;
        }
        project_outside(plan, node, vintages, grouping->first[group], known);
        if (memcmp(known, tuple, width * sizeof *tuple) == 0) {
            return group;
        }
    }
}

static struct grouping
find_groups(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    const struct space *outside = &plan->spaces[node->space];
    struct vintages vintages = find_vintages(plan, node);
    struct index groups = {0};
    uint32_t tuple[SPACE_DIMENSIONS_MAX];
    uint64_t slot;
    struct grouping grouping = {
        memory_alloc((inside->line_count + 1) * sizeof(uint32_t)),
        memory_alloc((outside->line_count + 1) * sizeof(uint32_t)),
        memory_alloc((outside->line_count + 1) * sizeof(uint32_t)),
        0,
    };
    grouping.outside[0] = 0;
    for (size_t line = 0; line < outside->line_count; line++) {
        project_outside(plan, node, &vintages, line, tuple);
        uint32_t group =
            find_group(plan, node, &vintages, &grouping, &groups, tuple, &slot);
        if (group == UINT32_MAX) {
            group = (uint32_t)grouping.count++;
            grouping.first[group] = (uint32_t)line;
            index_put(&groups, slot, group);
        }
        grouping.outside[line] = group;
    }
    for (size_t line = 0; line < inside->line_count; line++) {
        project(plan, node, inside, line, tuple);
        grouping.inside[line] =
            find_group(plan, node, &vintages, &grouping, &groups, tuple, &slot);
    }
    index_free(&groups);
    tuples_free(&vintages.all);
    return grouping;
}

struct grouping
plan_group_lines(const struct plan *plan, const struct plan_node *node)
{
    struct plan_node *owner = &plan->nodes[node - plan->nodes];
    if (!owner->groups) {
        owner->groups = memory_alloc(sizeof *owner->groups);
        *owner->groups = node->op == PLAN_RANK ? rank_groups(plan, node)
                                               : find_groups(plan, node);
    }
    return *owner->groups;
}
