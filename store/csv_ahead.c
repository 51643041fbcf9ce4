/* A large file is read and cut into records by a thread of its own, some
 * batches ahead of whoever asks for them.
 *
 * A batch holds its text and its cells itself, so that nothing is shared but
 * the ring of batches.  Only a file on a disk is read so: from a pipe a read
 * may wait for ever, and nobody could end it.
 */
#include "store/csv_ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    AHEAD_LEAST = 1 << 20, /* bytes of a file for which this pays */
    BATCHES = 3,
    BATCH_BYTES = 1 << 17,
};

/* A record in a batch: what a struct csv says of it. */
struct record {
    enum csv_status status;
    struct csv csv; /* without its cells */
    size_t text;    /* place of `raw` in the batch's text */
    size_t cell;    /* its first one */
};

struct batch {
    struct record *records;
    size_t count;
    size_t capacity;
    struct buffer text; /* of records, and of cells that were rewritten */
    struct slice *cells;
    size_t *offsets; /* of cells in the text, while that still moves */
    uint32_t *places;
    uint32_t *ends;
    size_t cell_count;
    size_t cell_capacity;
};

struct csv_ahead {
    struct csv csv; /* of the thread */
    struct batch batches[BATCHES];
    size_t read; /* batches that are full or were; guarded */
    size_t used; /* batches given back; guarded */
    bool stop;   /* guarded */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    size_t at; /* the next record of the batch in use */
};

/* The thread --------------------------------------------------------------- */

static void
reserve_cells(struct batch *batch, size_t more)
{
    size_t need = batch->cell_count + more;
    if (need > batch->cell_capacity) {
        size_t room = 2 * need;
        batch->cells = memory_resize(batch->cells, room * sizeof *batch->cells);
        batch->offsets =
            memory_resize(batch->offsets, room * sizeof *batch->offsets);
        batch->places =
            memory_resize(batch->places, room * sizeof *batch->places);
        batch->ends = memory_resize(batch->ends, room * sizeof *batch->ends);
        batch->cell_capacity = room;
    }
}

static void
add_record(struct batch *batch, const struct csv *csv, enum csv_status status)
{
    void *items = batch->records;
    memory_grow(&items, &batch->capacity, batch->count + 1,
                sizeof *batch->records);
    batch->records = items;
    batch->records[batch->count++] =
        (struct record){status, *csv, batch->text.len, batch->cell_count};
    size_t start = batch->text.len;
    if (status == CSV_END || status == CSV_FAILED) {
        return;
    }
    buffer_add_slice(&batch->text, csv->raw);
    reserve_cells(batch, csv->count);
    for (size_t i = 0; i < csv->count; i++) {
        struct slice cell = csv->cells[i];
        size_t at = (size_t)((uintptr_t)cell.at - (uintptr_t)csv->raw.at);
        if (at <= csv->raw.len) {
            at += start;
        } else { /* it had doubled quotes */
            at = batch->text.len;
            buffer_add_slice(&batch->text, cell);
        }
        size_t to = batch->cell_count++;
        batch->cells[to].len = cell.len;
        batch->offsets[to] = at;
        batch->places[to] = csv->places[i];
        batch->ends[to] = csv->ends[i];
    }
}

/* Returns false when nothing comes behind it. */
static bool
fill(struct batch *batch, struct csv *csv)
{
    enum csv_status status = CSV_RECORD;
    batch->count = batch->cell_count = 0;
    buffer_clear(&batch->text);
    while (batch->text.len < BATCH_BYTES && status != CSV_END &&
           status != CSV_FAILED) {
        status = csv_next(csv);
        add_record(batch, csv, status);
    }
    for (size_t i = 0; i < batch->cell_count; i++) {
        batch->cells[i].at = batch->text.text + batch->offsets[i];
    }
    return status != CSV_END && status != CSV_FAILED;
}

static void *
run(void *argument)
{
    struct csv_ahead *ahead = argument;
    for (bool more = true; more;) {
        pthread_mutex_lock(&ahead->lock);
        while (ahead->read - ahead->used == BATCHES && !ahead->stop) {
            pthread_cond_wait(&ahead->changed, &ahead->lock);
        }
        bool stop = ahead->stop;
        size_t next = ahead->read % BATCHES;
        pthread_mutex_unlock(&ahead->lock);
        if (stop) {
            break;
        }
        more = fill(&ahead->batches[next], &ahead->csv);
        pthread_mutex_lock(&ahead->lock);
        ahead->read++;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

/* Whoever asks ------------------------------------------------------------- */

static bool
start_thread(struct csv_ahead *ahead)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all); /* signals are for the thread that asks */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&ahead->thread, NULL, run, ahead) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void
csv_read_ahead(struct csv *csv)
{
    if (csv->ahead || csv->total < AHEAD_LEAST ||
        sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        return;
    }
    struct csv_ahead *ahead = memory_alloc(sizeof *ahead);
    *ahead = (struct csv_ahead){.csv = *csv};
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    if (start_thread(ahead)) {
        csv->ahead = ahead;
        return;
    }
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    free(ahead);
}

/* The batch that holds the next record. */
static const struct batch *
current_batch(struct csv_ahead *ahead)
{
    const struct batch *batch = &ahead->batches[ahead->used % BATCHES];
    if (ahead->at && ahead->at < batch->count) {
        return batch;
    }
    pthread_mutex_lock(&ahead->lock);
    if (ahead->at) { /* it is used up */
        ahead->used++;
        pthread_cond_signal(&ahead->changed);
    }
    while (ahead->read == ahead->used) {
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    }
    pthread_mutex_unlock(&ahead->lock);
    ahead->at = 0;
    return &ahead->batches[ahead->used % BATCHES];
}

enum csv_status
csv_ahead_next(struct csv *csv)
{
    struct csv_ahead *ahead = csv->ahead;
    const struct batch *batch = current_batch(ahead);
    const struct record *record = &batch->records[ahead->at];
    bool last = record->status == CSV_END || record->status == CSV_FAILED;
    ahead->at += last ? 0 : 1; /* the end stays where it is */
    *csv = record->csv;
    csv->ahead = ahead;
    if (!last) {
        csv->raw.at = batch->text.text + record->text;
        csv->cells = batch->cells + record->cell;
        csv->places = batch->places + record->cell;
        csv->ends = batch->ends + record->cell;
    }
    return record->status;
}

void
csv_ahead_close(struct csv *csv)
{
    struct csv_ahead *ahead = csv->ahead;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    for (size_t i = 0; i < BATCHES; i++) {
        struct batch *batch = &ahead->batches[i];
        free(batch->records);
        free(batch->cells);
        free(batch->offsets);
        free(batch->places);
        free(batch->ends);
        buffer_free(&batch->text);
    }
    *csv = ahead->csv;
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    free(ahead);
}
