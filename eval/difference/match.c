/* Which facts of a cell stand for which on the other side.
 *
 * Each step takes what is left and pairs what agrees in a few things: sorted by
 * them, the two sides are merged.  What agrees several times is paired in the
 * order of statement.  First come facts that are the same in all, then those
 * taken back on one side, then what one speaker says of the same day, then what
 * a speaker says at all.
 */
#include "eval/difference/side.h"

#include <stdlib.h>

/* Agreement ---------------------------------------------------------------- */

/* Without an actor it is the source that speaks. */
static int
compare_speakers(const struct said *a, const struct said *b)
{
    int order = strcmp(a->actor, b->actor);
    return order || *a->actor ? order : strcmp(a->source, b->source);
}

static int
compare_days(const struct said *a, const struct said *b)
{
    int order = strcmp(a->actor, b->actor);
    order = order ? order : strcmp(a->source, b->source);
    order = order ? order : (a->day > b->day) - (a->day < b->day);
    return order ? order : a->before_day - b->before_day;
}

static int
compare_values(const struct said *a, const struct said *b)
{
    int order = compare_days(a, b);
    return order ? order : strcmp(a->assertion, b->assertion);
}

static int
compare_all(const struct said *a, const struct said *b)
{
    int order = compare_values(a, b);
    order = order ? order : strcmp(a->notes, b->notes);
    order = order ? order : strcmp(a->context, b->context);
    order = order ? order : (a->gone != NULL) - (b->gone != NULL);
    return order || !a->gone ? order : strcmp(a->gone, b->gone);
}

/* Pairing ------------------------------------------------------------------ */

enum state { STATE_ANY, STATE_STANDS, STATE_GONE };

struct step {
    int (*compare)(const struct said *a, const struct said *b);
    enum state before;
    enum state after;
    enum match match;
};

static const struct step steps[] = {
    {compare_all, STATE_ANY, STATE_ANY, MATCH_SAME},
    {compare_values, STATE_STANDS, STATE_GONE, MATCH_GONE},
    {compare_values, STATE_GONE, STATE_STANDS, MATCH_GONE},
    {compare_days, STATE_ANY, STATE_ANY, MATCH_RESTATED},
    {compare_speakers, STATE_ANY, STATE_ANY, MATCH_RESTATED},
};

struct keyed {
    const struct step *step;
    const struct said *said;
    size_t at;
};

static int
compare_keyed(const void *a, const void *b)
{
    const struct keyed *left = a;
    const struct keyed *right = b;
    int order = left->step->compare(left->said, right->said);
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

/* The facts of a side that a step may pair, in its order; to be freed. */
static struct keyed *
sort_open(const struct side *side, const struct step *step, enum state state,
          size_t *count)
{
    struct keyed *items = memory_alloc((side->count + 1) * sizeof *items);
    *count = 0;
    for (size_t i = 0; i < side->count; i++) {
        const struct said *said = &side->items[i];
        bool fits = state == STATE_ANY || (state == STATE_GONE) == !!said->gone;
        if (said->match == MATCH_NONE && fits) {
            items[(*count)++] = (struct keyed){step, said, i};
        }
    }
    if (*count) {
        qsort(items, *count, sizeof *items, compare_keyed);
    }
    return items;
}

static void
take_step(struct side *before, struct side *after, const struct step *step)
{
    size_t counts[2];
    struct keyed *left = sort_open(before, step, step->before, &counts[0]);
    struct keyed *right = sort_open(after, step, step->after, &counts[1]);
    size_t i = 0;
    size_t k = 0;
    while (i < counts[0] && k < counts[1]) {
        int order = step->compare(left[i].said, right[k].said);
        if (order == 0) {
            before->items[left[i].at].match = step->match;
            before->items[left[i].at].partner = right[k].at;
            after->items[right[k].at].match = step->match;
            after->items[right[k].at].partner = left[i].at;
        }
        i += order <= 0;
        k += order >= 0;
    }
    free(left);
    free(right);
}

/* Order -------------------------------------------------------------------- */

/* ENDS holds the last fact of the best run of each length, in which partners
 * rise: the length of the run that PARTNER makes longer. */
static size_t
find_run(const struct side *side, const size_t *ends, size_t count,
         size_t partner)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (side->items[ends[middle]].partner < partner) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Of the facts that are the same, those moved that are not in the longest run
 * that both sides have in the same order. */
static void
find_moved(struct side *before, struct side *after)
{
    size_t count = 0;
    size_t *ends = memory_alloc((before->count + 1) * sizeof *ends);
    size_t *links = memory_alloc((before->count + 1) * sizeof *links);
    for (size_t i = 0; i < before->count; i++) {
        if (before->items[i].match == MATCH_SAME) {
            size_t run =
                find_run(before, ends, count, before->items[i].partner);
            links[i] = run ? ends[run - 1] : SIZE_MAX;
            ends[run] = i;
            count = run == count ? count + 1 : count;
        }
    }
    size_t next = count ? ends[count - 1] : SIZE_MAX;
    for (size_t i = before->count; i-- > 0;) {
        struct said *said = &before->items[i];
        if (i == next) {
            next = links[i];
        } else if (said->match == MATCH_SAME) {
            said->match = MATCH_MOVED;
            after->items[said->partner].match = MATCH_MOVED;
        }
    }
    free(ends);
    free(links);
}

void
sides_match(struct side *before, struct side *after)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        take_step(before, after, &steps[i]);
    }
    find_moved(before, after);
}
