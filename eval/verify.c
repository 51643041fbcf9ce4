#include "eval/verify.h"

#include "eval/scope.h"
#include "values/number.h"

#include <stdlib.h>

/* What follows, of all metrics, in key order.  Texts are not kept: another
 * version may word them differently. */
struct followed {
    struct derived *items;
    size_t count;
    size_t capacity;
};

static void
collect(struct session *session, struct followed *all)
{
    size_t metrics = session->vocabulary->classes[CLASS_METRIC].count;
    for (uint32_t metric = 1; metric < metrics; metric++) {
        const struct derived *first;
        size_t count = store_derived(session->store, metric, &first);
        for (size_t i = 0; i < count; i++) {
            void *items = all->items;
            memory_grow(&items, &all->capacity, all->count + 1,
                        sizeof *all->items);
            all->items = items;
            all->items[all->count++] = first[i];
        }
    }
}

/* Order of the table, which holds one value of a key. */
static int
compare_keys(const struct derived *a, const struct derived *b)
{
    if (a->cell != b->cell) {
        return a->cell < b->cell ? -1 : 1;
    }
    if (a->line_day != b->line_day) {
        return a->line_day < b->line_day ? -1 : 1;
    }
    if (a->basis != b->basis) {
        return a->basis < b->basis ? -1 : 1;
    }
    return (a->record > b->record) - (a->record < b->record);
}

static bool
same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || number_equal(a, b);
}

static bool
same_value(const struct derived *a, const struct derived *b)
{
    return same_number(a->value, b->value) &&
           same_number(a->bounds.low, b->bounds.low) &&
           same_number(a->bounds.high, b->bounds.high) &&
           a->relation == b->relation && a->actor == b->actor &&
           a->source == b->source && a->until == b->until;
}

static void
add_fault(struct session *session, struct verification *found,
          const struct derived *item, const char *what)
{
    struct fact key = {.cell = item->cell};
    struct buffer text = {0};
    buffer_add_slice(&text, vocabulary_name(session->vocabulary, CLASS_KIND,
                                            fact_kind(&key)));
    buffer_add_char(&text, ' ');
    period_print(
        &text, (struct period){fact_frequency(&key), fact_period(&key)}, false);
    buffer_add_char(&text, ' ');
    buffer_add_slice(&text, vocabulary_name(session->vocabulary, CLASS_METRIC,
                                            fact_metric(&key)));
    verification_add(found, "%s, what follows from fact %lld: %s", text.text,
                     (long long)item->record, what);
    buffer_free(&text);
}

static void
compare_followed(struct session *session, const struct followed *kept,
                 const struct followed *anew, struct verification *found)
{
    size_t i = 0;
    size_t j = 0;
    while (i < kept->count || j < anew->count) {
        /* The table holds the last one of a key. */
        if (j + 1 < anew->count &&
            compare_keys(&anew->items[j], &anew->items[j + 1]) == 0) {
            j++;
            continue;
        }
        int order = i == kept->count ? 1
                    : j == anew->count
                        ? -1
                        : compare_keys(&kept->items[i], &anew->items[j]);
        if (order < 0) {
            add_fault(session, found, &kept->items[i], "it does not follow");
        } else if (order > 0) {
            add_fault(session, found, &anew->items[j], "it is missing");
        } else if (!same_value(&kept->items[i], &anew->items[j])) {
            add_fault(session, found, &anew->items[j], "another value is kept");
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static bool
verify_followed(struct session *session, struct verification *found)
{
    struct followed kept = {0};
    struct followed anew = {0};
    if (!store_begin(session->store)) {
        return false;
    }
    collect(session, &kept);
    session->settled_version = 0;
    bool settled = follow_settle(session);
    if (settled) {
        collect(session, &anew);
        compare_followed(session, &kept, &anew, found);
    }
    store_rollback(session->store);
    free(kept.items);
    free(anew.items);
    return settled;
}

bool
verify_base(const char *path, struct diagnostics *diagnostics,
            struct verification *found)
{
    struct atoms atoms;
    atoms_init(&atoms);
    bool done = store_verify(path, &atoms, diagnostics, found);
    atoms_free(&atoms);
    if (!done || found->faults) {
        return done;
    }
    struct session_options options = {.facts = path, .read_only = true};
    struct session *session = session_open(&options, diagnostics);
    done = session && verify_followed(session, found);
    if (session) {
        session_close(session);
    }
    return done;
}
