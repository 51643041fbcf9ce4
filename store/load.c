/* Sorted, then inserted at once. */
#include "store/load.h"

#include "store/internal.h"
#include "store/sort.h"

#include <stdlib.h>

/* Facts inserted between two words on how far it is. */
enum { TELL_FACTS = 1 << 16 };

struct load {
    struct store *store;
    uint32_t batch;
    struct sorter *sorter;
    struct fact_alike alike; /* of all facts added */
    bool failed;
    size_t repeated;
    /* Who is told how much of ADDED is inserted; may be NULL. */
    void (*tell)(void *context, uint64_t done, uint64_t total);
    void *tell_context;
    uint64_t added; /* and not in memory */
    uint64_t inserted;
};

/* Do the facts join those in memory?  Those of a transaction of which nothing
 * is kept lie over the base. */
static bool
stays_in_memory(const struct store *store)
{
    return !store->db || store->keeps_nothing;
}

struct load *
store_load_open(struct store *store, uint32_t batch)
{
    struct load *load = memory_alloc(sizeof *load);
    *load = (struct load){.store = store,
                          .batch = batch,
                          .sorter = sorter_open(store->diagnostics)};
    return load;
}

void
store_load_watch(struct load *load,
                 void (*tell)(void *context, uint64_t done, uint64_t total),
                 void *context)
{
    load->tell = tell;
    load->tell_context = context;
}

void
store_load_drop(struct load *load)
{
    sorter_close(load->sorter);
    free(load);
}

/* A formula or a movement can change what follows, and is looked for by its
 * record. */
static bool
add_constraint(struct store *store, const struct fact *fact)
{
    bool constrains = fact->form & (FORM_FORMULA | FORM_MOVED);
    if (constrains) {
        store_touch(store, fact_metric(fact), true, fact->record);
    }
    return commit_constraint(store, fact);
}

bool
store_load_add(struct load *load, struct fact *fact,
               const struct fact_detail *detail)
{
    struct store *store = load->store;
    fact->batch = load->batch;
    if (stays_in_memory(store)) {
        store_add_fact(store, fact, detail);
        return true;
    }
    fact->record = store->next_record++;
    if (detail) {
        struct fact_detail own = *detail;
        own.record = fact->record;
        fact->form |= FORM_DETAIL;
        if (!commit_detail(store, &own) || !add_constraint(store, fact)) {
            load->failed = true;
            return false;
        }
    }
    store->batches[load->batch - store->first_batch].facts++;
    load->added++;
    fact_alike_add(&load->alike, fact);
    return sorter_add(load->sorter, fact);
}

static const struct fact *
next_fact(void *context)
{
    struct load *load = context;
    if (load->tell && load->inserted++ % TELL_FACTS == 0) {
        load->tell(load->tell_context, load->inserted - 1, load->added);
    }
    return sorter_next(load->sorter);
}

/* What was loaded can change what follows from it. */
static void
touch_metrics(struct store *store, const struct feed *feed)
{
    for (size_t i = 0; i < feed->tally_count; i++) {
        uint32_t metric = (uint32_t)(feed->tallies[i].cell >> 40);
        if (i == 0 || metric != feed->tallies[i - 1].cell >> 40) {
            store_touch(store, metric, false, store->next_record - 1);
        }
    }
}

static bool
insert_all(struct load *load)
{
    struct store *store = load->store;
    struct feed feed = {
        .next = next_fact, .context = load, .alike = load->alike};
    bool done = feed_run(store, &feed) && !sorter_has_failed(load->sorter);
    touch_metrics(store, &feed);
    load->repeated = feed.repeated;
    feed_free(&feed);
    store->flushed = true;
    store->version++;
    return done;
}

/* The same of facts that have joined those in memory. */
static void
count_repeated(struct load *load)
{
    struct overlay *overlay = &load->store->overlay;
    overlay_sort(overlay);
    for (size_t i = 1; i < overlay->count; i++) {
        const struct fact *fact = &overlay->facts[i];
        load->repeated += fact->batch == load->batch &&
                          overlay->facts[i - 1].batch == load->batch &&
                          fact_repeats(&overlay->facts[i - 1], fact);
    }
}

bool
store_load_finish(struct load *load, size_t *repeated)
{
    bool done =
        !load->failed &&
        (!load->added || (sorter_start(load->sorter) && insert_all(load)));
    if (stays_in_memory(load->store)) {
        count_repeated(load);
    }
    *repeated = load->repeated;
    store_load_drop(load);
    return done;
}
