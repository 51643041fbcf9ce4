/* Merges two sessions, names first. */
#include "eval/difference/side.h"

const char *
change_text(enum change change)
{
    static const char *const texts[CHANGE_COUNT] = {"added", "withdrawn",
                                                    "restated"};
    return texts[change];
}

void
comparison_tell(struct comparison *comparison, const struct difference *one)
{
    struct difference_counts *counts = comparison->counts;
    (one->is_name ? counts->names : counts->facts)[one->change]++;
    comparison->going =
        comparison->going && comparison->each(comparison->context, one);
}

/* Whoever interrupts one side means both. */
static bool
is_interrupted(const struct comparison *comparison)
{
    for (int i = 0; i < 2; i++) {
        struct session *session = comparison->sides[i].session;
        if (store_is_interrupted(session->store)) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                            "interrupted");
            return true;
        }
    }
    return false;
}

/* The cells of both, in their order.  False when a base failed or somebody has
 * had enough of waiting. */
static bool
merge(struct comparison *comparison)
{
    struct side *before = &comparison->sides[0];
    struct side *after = &comparison->sides[1];
    while (comparison->going && (before->has_fact || after->has_fact)) {
        if (is_interrupted(comparison)) {
            return false;
        }
        int order = !before->has_fact  ? 1
                    : !after->has_fact ? -1
                                       : side_compare(before, after);
        if (order <= 0) {
            side_read_cell(before);
        }
        if (order >= 0) {
            side_read_cell(after);
        }
        if (before->order.failed || after->order.failed) {
            return false; /* what was read of the cells is not all of it */
        }
        comparison_tell_cell(comparison);
    }
    return !before->order.failed && !after->order.failed;
}

static bool
begin(struct session *session)
{
    if (!store_begin(session->store)) {
        return false;
    }
    if (session->generation != store_generation(session->store)) {
        session_take_names(session);
    }
    return true;
}

static void
end(struct session *session)
{
    store_rollback(session->store);
    store_clear_interrupt(session->store);
    arena_reset(&session->scratch);
}

/* Which of two bases it was. */
static void
name_failed(const struct side *side)
{
    struct diagnostics *list = side->session->diagnostics;
    const char *path = side->session->options.facts;
    if (side->order.failed && path && list->count) {
        struct diagnostic *last = list->items[list->count - 1];
        diagnostics_help(list, last, "it is %s", path);
    }
}

enum run_status
session_compare(struct session *before, struct session *after,
                bool (*each)(void *context, const struct difference *one),
                void *context, struct difference_counts *counts)
{
    struct comparison comparison = {
        .each = each, .context = context, .counts = counts, .going = true};
    size_t messages[2] = {before->diagnostics->count,
                          after->diagnostics->count};
    *counts = (struct difference_counts){0};
    if (!begin(before)) {
        return session_failure(before, messages[0]);
    }
    if (!begin(after)) {
        end(before);
        return session_failure(after, messages[1]);
    }
    bool opened = side_open(&comparison.sides[0], before);
    opened = side_open(&comparison.sides[1], after) && opened;
    comparison.sides[0].order.beside = &comparison.sides[1].order;
    comparison.sides[1].order.beside = &comparison.sides[0].order;
    bool done =
        opened && comparison_tell_names(&comparison) && merge(&comparison);
    name_failed(&comparison.sides[0]);
    name_failed(&comparison.sides[1]);
    side_close(&comparison.sides[0]);
    side_close(&comparison.sides[1]);
    enum run_status first = session_failure(before, messages[0]);
    enum run_status second = session_failure(after, messages[1]);
    end(before);
    end(after);
    return done ? RUN_DONE : first > second ? first : second;
}
