/* Sorted runs, spilled, merged, inserted once. */
#include "store/load.h"

#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    RUN_FACTS = 1 << 19, /* sorted at once: 28 MiB */
    RUNS_KEPT = 8,       /* in memory; later ones are spilled */
    RUNS_MAX = 4096,
    SPILL_FACTS = 4096,   /* read back at a time, for each run */
    TELL_FACTS = 1 << 16, /* inserted between two words on how far it is */
};

/* Facts in order: in memory, or in the file from OFFSET on. */
struct run {
    struct fact *facts; /* the facts, or a window of the file */
    const struct fact *at;
    const struct fact *end;
    bool spilled;
    off_t offset;  /* in the file: of what is still to be read */
    size_t behind; /* facts there */
};

struct load {
    struct store *store;
    uint32_t batch;
    struct fact *facts; /* the run that is gathered */
    size_t count;
    struct run *runs;
    size_t run_count;
    size_t run_capacity;
    int file; /* -1: nothing is spilled */
    off_t file_end;
    bool failed;
    /* Merging: a heap of runs that have facts, the least first. */
    struct run **heap;
    size_t heap_count;
    /* Who is told how much of ADDED is inserted; may be NULL. */
    void (*tell)(void *context, uint64_t done, uint64_t total);
    void *tell_context;
    uint64_t added;
    uint64_t inserted;
};

struct load *
store_load_open(struct store *store, uint32_t batch)
{
    struct load *load = memory_alloc(sizeof *load);
    *load = (struct load){.store = store, .batch = batch, .file = -1};
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
    for (size_t i = 0; i < load->run_count; i++) {
        free(load->runs[i].facts);
    }
    if (load->file >= 0) {
        close(load->file);
    }
    free(load->facts);
    free(load->runs);
    free(load->heap);
    free(load);
}

static bool
file_failed(struct load *load)
{
    if (!load->failed) {
        diagnostics_add(load->store->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_BASE_FAILED, (struct span){0, 0},
                        "facts could not be set aside for sorting: %s",
                        strerror(errno));
    }
    load->failed = true;
    return false;
}

/* A file that has no name: it is gone when the process is. */
static bool
open_spill(struct load *load)
{
    const char *folder = getenv("TMPDIR");
    struct buffer name = {0};
    buffer_format(&name, "%s/assay-XXXXXX",
                  folder && *folder ? folder : "/tmp");
    load->file = mkstemp(name.text);
    if (load->file >= 0) {
        unlink(name.text);
        fcntl(load->file, F_SETFD, FD_CLOEXEC);
    }
    buffer_free(&name);
    return load->file >= 0 || file_failed(load);
}

static bool
write_facts(struct load *load, const struct fact *facts, size_t count)
{
    const char *at = (const char *)(const void *)facts;
    size_t left = count * sizeof *facts;
    while (left) {
        ssize_t done = pwrite(load->file, at, left, load->file_end);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return file_failed(load);
        }
        at += done;
        left -= (size_t)done;
        load->file_end += done;
    }
    return true;
}

static bool
add_run(struct load *load)
{
    struct run run = {.facts = load->facts};
    size_t count = load->count;
    if (count == 0 || load->failed) {
        return !load->failed;
    }
    facts_sort(&run.facts, count);
    load->facts = NULL;
    load->count = 0;
    if (load->run_count >= RUNS_KEPT) {
        run.spilled = true;
        run.offset = load->file_end;
        run.behind = count;
        bool done = (load->file >= 0 || open_spill(load)) &&
                    write_facts(load, run.facts, count);
        free(run.facts);
        run.facts = NULL;
        if (!done) {
            return false;
        }
    } else {
        run.at = run.facts;
        run.end = run.facts + count;
    }
    void *items = load->runs;
    memory_grow(&items, &load->run_capacity, load->run_count + 1,
                sizeof *load->runs);
    load->runs = items;
    load->runs[load->run_count++] = run;
    return true;
}

bool
store_load_add(struct load *load, struct fact *fact,
               const struct fact_detail *detail)
{
    struct store *store = load->store;
    fact->batch = load->batch;
    if (!store->db) {
        store_add_fact(store, fact, detail);
        return true;
    }
    fact->record = store->next_record++;
    if (detail) {
        struct fact_detail own = *detail;
        own.record = fact->record;
        fact->form |= FORM_DETAIL;
        if (!commit_detail(store, &own)) {
            return false;
        }
    }
    if (!load->facts) {
        load->facts = memory_alloc(RUN_FACTS * sizeof *load->facts);
    }
    load->facts[load->count++] = *fact;
    load->added++;
    store->batches[load->batch - store->first_batch].facts++;
    return load->count < RUN_FACTS || add_run(load);
}

/* Merging ------------------------------------------------------------------ */

/* Reads on in a spilled run; a run that is used up has no facts. */
static bool
refill(struct load *load, struct run *run)
{
    size_t count = run->behind < SPILL_FACTS ? run->behind : SPILL_FACTS;
    if (!run->facts) {
        run->facts = memory_alloc(SPILL_FACTS * sizeof *run->facts);
    }
    char *to = (char *)run->facts;
    size_t left = count * sizeof *run->facts;
    while (left) {
        ssize_t done = pread(load->file, to, left, run->offset);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return file_failed(load);
        }
        to += done;
        left -= (size_t)done;
        run->offset += done;
    }
    run->behind -= count;
    run->at = run->facts;
    run->end = run->facts + count;
    return true;
}

static bool
is_before(const struct run *a, const struct run *b)
{
    return fact_compare(a->at, b->at) < 0;
}

static void
sink_down(struct load *load, size_t at)
{
    struct run **heap = load->heap;
    for (;;) {
        size_t least = at;
        for (size_t kid = 2 * at + 1;
             kid <= 2 * at + 2 && kid < load->heap_count; kid++) {
            least = is_before(heap[kid], heap[least]) ? kid : least;
        }
        if (least == at) {
            return;
        }
        struct run *run = heap[at];
        heap[at] = heap[least];
        heap[least] = run;
        at = least;
    }
}

static bool
start_merge(struct load *load)
{
    load->heap = memory_alloc((load->run_count + 1) * sizeof *load->heap);
    for (size_t i = 0; i < load->run_count; i++) {
        struct run *run = &load->runs[i];
        if (run->spilled && !refill(load, run)) {
            return false;
        }
        load->heap[load->heap_count++] = run;
    }
    for (size_t i = load->heap_count / 2; i-- > 0;) {
        sink_down(load, i);
    }
    return true;
}

/* The least fact of all runs.  The one handed out last stands where it is until
 * the next call, which is when its run moves on. */
struct merge {
    struct load *load;
    bool started;
};

static const struct fact *
next_merged(void *context)
{
    struct merge *merge = context;
    struct load *load = merge->load;
    if (merge->started) {
        struct run *run = load->heap[0];
        run->at++;
        if (run->at == run->end && run->behind) {
            if (!refill(load, run)) {
                return NULL; /* store_load_finish() sees it */
            }
        }
        if (run->at == run->end) {
            load->heap[0] = load->heap[--load->heap_count];
        }
        if (load->heap_count > 1) {
            sink_down(load, 0);
        }
    }
    merge->started = true;
    if (load->tell && load->inserted++ % TELL_FACTS == 0) {
        load->tell(load->tell_context, load->inserted - 1, load->added);
    }
    return load->heap_count ? load->heap[0]->at : NULL;
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
    struct merge merge = {.load = load};
    struct feed feed = {.next = next_merged, .context = &merge};
    bool done = start_merge(load) && feed_run(store, &feed) && !load->failed;
    touch_metrics(store, &feed);
    feed_free(&feed);
    store->flushed = true;
    store->version++;
    return done;
}

bool
store_load_finish(struct load *load)
{
    bool done = add_run(load) && (load->run_count == 0 || insert_all(load)) &&
                !load->failed;
    store_load_drop(load);
    return done;
}
