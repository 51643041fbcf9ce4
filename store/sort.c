/* Sorted runs, spilled, merged. */
#include "store/sort.h"

#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    RUN_FACTS = 1 << 19, /* sorted at once: 28 MiB */
    RUNS_KEPT = 8,       /* in memory; later ones are spilled */
    SPILL_FACTS = 4096,  /* read back at a time, for each run */
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

struct sorter {
    struct diagnostics *diagnostics;
    struct fact *facts; /* the run that is gathered */
    size_t count;
    size_t capacity;
    struct run *runs;
    size_t run_count;
    size_t run_capacity;
    int file; /* -1: nothing is spilled */
    off_t file_end;
    bool failed;
    /* Merging: a heap of runs that have facts, the least first.  The one handed
     * out last stands where it is until the next call, which is when its run
     * moves on. */
    struct run **heap;
    size_t heap_count;
    bool moves;
};

struct sorter *
sorter_open(struct diagnostics *diagnostics)
{
    struct sorter *sorter = memory_alloc(sizeof *sorter);
    *sorter = (struct sorter){.diagnostics = diagnostics, .file = -1};
    return sorter;
}

void
sorter_close(struct sorter *sorter)
{
    for (size_t i = 0; i < sorter->run_count; i++) {
        free(sorter->runs[i].facts);
    }
    if (sorter->file >= 0) {
        close(sorter->file);
    }
    free(sorter->facts);
    free(sorter->runs);
    free(sorter->heap);
    free(sorter);
}

bool
sorter_has_failed(const struct sorter *sorter)
{
    return sorter->failed;
}

static bool
file_failed(struct sorter *sorter)
{
    if (!sorter->failed) {
        diagnostics_add(sorter->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_BASE_FAILED, (struct span){0, 0},
                        "facts could not be set aside for sorting: %s",
                        strerror(errno));
    }
    sorter->failed = true;
    return false;
}

/* A file that has no name: it is gone when the process is. */
static bool
open_spill(struct sorter *sorter)
{
    const char *folder = getenv("TMPDIR");
    struct buffer name = {0};
    buffer_format(&name, "%s/assay-XXXXXX",
                  folder && *folder ? folder : "/tmp");
    sorter->file = mkstemp(name.text);
    if (sorter->file >= 0) {
        unlink(name.text);
        fcntl(sorter->file, F_SETFD, FD_CLOEXEC);
    }
    buffer_free(&name);
    return sorter->file >= 0 || file_failed(sorter);
}

static bool
write_facts(struct sorter *sorter, const struct fact *facts, size_t count)
{
    const char *at = (const char *)(const void *)facts;
    size_t left = count * sizeof *facts;
    while (left) {
        ssize_t done = pwrite(sorter->file, at, left, sorter->file_end);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return file_failed(sorter);
        }
        at += done;
        left -= (size_t)done;
        sorter->file_end += done;
    }
    return true;
}

/* Sorts what is gathered, as a run of its own. */
static bool
add_run(struct sorter *sorter)
{
    struct run run = {.facts = sorter->facts};
    size_t count = sorter->count;
    if (count == 0 || sorter->failed) {
        return !sorter->failed;
    }
    facts_sort(&run.facts, count);
    sorter->facts = NULL;
    sorter->count = sorter->capacity = 0;
    if (sorter->run_count >= RUNS_KEPT) {
        run.spilled = true;
        run.offset = sorter->file_end;
        run.behind = count;
        bool done = (sorter->file >= 0 || open_spill(sorter)) &&
                    write_facts(sorter, run.facts, count);
        free(run.facts);
        run.facts = NULL;
        if (!done) {
            return false;
        }
    } else {
        run.at = run.facts;
        run.end = run.facts + count;
    }
    void *items = sorter->runs;
    memory_grow(&items, &sorter->run_capacity, sorter->run_count + 1,
                sizeof *sorter->runs);
    sorter->runs = items;
    sorter->runs[sorter->run_count++] = run;
    return true;
}

bool
sorter_add(struct sorter *sorter, const struct fact *fact)
{
    if (sorter->count == sorter->capacity) {
        void *items = sorter->facts;
        memory_grow(&items, &sorter->capacity, sorter->count + 1,
                    sizeof *sorter->facts);
        sorter->facts = items;
    }
    sorter->facts[sorter->count++] = *fact;
    return sorter->count < RUN_FACTS || add_run(sorter);
}

/* Reads on in a spilled run; a run that is used up has no facts. */
static bool
refill(struct sorter *sorter, struct run *run)
{
    size_t count = run->behind < SPILL_FACTS ? run->behind : SPILL_FACTS;
    if (!run->facts) {
        run->facts = memory_alloc(SPILL_FACTS * sizeof *run->facts);
    }
    char *to = (char *)run->facts;
    size_t left = count * sizeof *run->facts;
    while (left) {
        ssize_t done = pread(sorter->file, to, left, run->offset);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return file_failed(sorter);
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
sink_down(struct sorter *sorter, size_t at)
{
    struct run **heap = sorter->heap;
    for (;;) {
        size_t least = at;
        for (size_t kid = 2 * at + 1;
             kid <= 2 * at + 2 && kid < sorter->heap_count; kid++) {
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

bool
sorter_start(struct sorter *sorter)
{
    if (!add_run(sorter)) {
        return false;
    }
    sorter->heap = memory_alloc((sorter->run_count + 1) * sizeof *sorter->heap);
    for (size_t i = 0; i < sorter->run_count; i++) {
        struct run *run = &sorter->runs[i];
        if (run->spilled && !refill(sorter, run)) {
            return false;
        }
        sorter->heap[sorter->heap_count++] = run;
    }
    for (size_t i = sorter->heap_count / 2; i-- > 0;) {
        sink_down(sorter, i);
    }
    return true;
}

/* The run of the fact that was handed out last moves on. */
static bool
move_on(struct sorter *sorter)
{
    struct run *run = sorter->heap[0];
    run->at++;
    if (run->at == run->end && run->behind && !refill(sorter, run)) {
        return false;
    }
    if (run->at == run->end) {
        sorter->heap[0] = sorter->heap[--sorter->heap_count];
    }
    if (sorter->heap_count > 1) {
        sink_down(sorter, 0);
    }
    return true;
}

const struct fact *
sorter_next(struct sorter *sorter)
{
    if (sorter->failed ||
        (sorter->moves && sorter->heap_count && !move_on(sorter))) {
        return NULL;
    }
    sorter->moves = true;
    return sorter->heap_count ? sorter->heap[0]->at : NULL;
}
