/* Large scans, some at once, each on a connection of its own.
 *
 * While our own connection reads, nobody can commit: whatever another
 * connection reads meanwhile is of the same state.  It keeps few pages, for a
 * scan passes each of them once.  When it finds the file locked, by a writer
 * who waits for us to end, the scan is done on our own connection instead.
 */
#include "store/internal.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { POOL_MAX = 4 };

struct worker {
    sqlite3 *db;
    sqlite3_stmt *statements[2]; /* values; with places */
    sqlite3_stmt *sections;
    struct feeder feeder;
};

struct pool {
    struct worker workers[POOL_MAX];
    size_t count;
};

/* One job on one worker. */
struct task {
    const struct store *store;
    struct worker *worker;
    const struct scan_job *job;
    int status;
    pthread_t thread;
    bool started;
};

size_t
store_scan_parts(const struct store *store)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool pending = store->writing && !store->keeps_nothing;
    if (!store->db || !store->reading || pending) {
        return 1; /* others would not see what is not committed */
    }
    return processors < 1          ? 1
           : processors > POOL_MAX ? POOL_MAX
                                   : (size_t)processors;
}

static void
close_worker(struct worker *worker)
{
    sqlite3_finalize(worker->statements[0]);
    sqlite3_finalize(worker->statements[1]);
    sqlite3_finalize(worker->sections);
    sqlite3_close(worker->db);
    *worker = (struct worker){0};
}

void
pool_close(struct store *store)
{
    for (size_t i = 0; store->pool && i < store->pool->count; i++) {
        close_worker(&store->pool->workers[i]);
    }
    free(store->pool);
    store->pool = NULL;
}

static bool
open_worker(const struct store *store, struct worker *worker)
{
    int status = sqlite3_open_v2(store->path, &worker->db,
                                 SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX |
                                     SQLITE_OPEN_EXRESCODE,
                                 NULL);
    sqlite3_db_config(worker->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(worker->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(worker->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(worker->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    if (status == SQLITE_OK) {
        status = sqlite3_exec(worker->db,
                              "PRAGMA mmap_size = 0; PRAGMA cache_size = -1024;"
                              "PRAGMA cell_size_check = ON;",
                              NULL, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = scan_register(worker->db, &worker->feeder);
    }
    for (int places = 0; places < 2 && status == SQLITE_OK; places++) {
        status = sqlite3_prepare_v3(
            worker->db,
            store_statement_text(places ? SQL_SCAN_PLACES : SQL_SCAN), -1,
            SQLITE_PREPARE_PERSISTENT, &worker->statements[places], NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_prepare_v3(
            worker->db, store_statement_text(SQL_SECTIONS), -1,
            SQLITE_PREPARE_PERSISTENT, &worker->sections, NULL);
    }
    if (status != SQLITE_OK) {
        close_worker(worker);
    }
    return status == SQLITE_OK;
}

/* Makes workers up to COUNT; returns how many there are. */
static size_t
open_workers(struct store *store, size_t count)
{
    if (!store->pool) {
        store->pool = memory_alloc(sizeof *store->pool);
        *store->pool = (struct pool){.count = 0};
    }
    struct pool *pool = store->pool;
    if (!store_is_at(store, store->path)) {
        return 0; /* another file has its name now */
    }
    while (pool->count < count && pool->count < POOL_MAX &&
           open_worker(store, &pool->workers[pool->count])) {
        pool->count++;
    }
    return pool->count < count ? pool->count : count;
}

static void *
run_task(void *argument)
{
    struct task *task = argument;
    const struct scan_range *range = &task->job->range;
    struct scan scan = {.cell = task->job->cell, .context = task->job->context};
    bool places = range->places || task->store->withdrawn_count;
    scan_prepare(&scan, task->store, range);
    struct reading reading = {
        .feeder = &task->worker->feeder,
        .rows = task->worker->statements[places],
        .sections = scan_takes_sections(task->store, range)
                        ? task->worker->sections
                        : NULL,
    };
    task->status = scan_whole(&reading, &scan);
    if (task->status == SQLITE_OK) {
        scan_complete(&scan);
    }
    return NULL;
}

/* Signals are for the thread that everything else runs in. */
static void
start_task(struct task *task)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    task->started = pthread_create(&task->thread, NULL, run_task, task) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool
is_locked(int status)
{
    int primary = status & 0xFF;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

static bool
scan_one_by_one(struct store *store, const struct scan_job *jobs, size_t count)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        done = store_scan(store, &jobs[i].range, jobs[i].cell, jobs[i].context);
    }
    return done;
}

/* Nothing is handed out before the first row: a file that is locked when a scan
 * begins is read again by ourselves. */
static bool
finish_task(struct store *store, const struct task *task)
{
    if (is_locked(task->status)) {
        return scan_one_by_one(store, task->job, 1);
    }
    return task->status == SQLITE_OK || store_failed(store, task->status);
}

bool
store_scan_jobs(struct store *store, struct scan_job *jobs, size_t count)
{
    struct task tasks[POOL_MAX];
    size_t parts = store_scan_parts(store);
    bool alone = parts == 1 || store->overlay.count > 0;
    size_t workers = alone ? 0 : open_workers(store, count);
    bool done = true;
    if (workers < count) {
        return scan_one_by_one(store, jobs, count);
    }
    for (size_t i = 0; i < count; i++) {
        tasks[i] = (struct task){.store = store,
                                 .worker = &store->pool->workers[i],
                                 .job = &jobs[i]};
        if (i + 1 < count) {
            start_task(&tasks[i]);
        }
    }
    run_task(&tasks[count - 1]);
    for (size_t i = 0; i < count; i++) {
        if (tasks[i].started) {
            pthread_join(tasks[i].thread, NULL);
        } else if (i + 1 < count) {
            run_task(&tasks[i]);
        }
        done = finish_task(store, &tasks[i]) && done;
    }
    return done;
}
