/* From the overlay into the base. */
#include "store/internal.h"

#include <math.h>

bool
commit_detail(struct store *store, const struct fact_detail *detail)
{
    sqlite3_stmt *statement = store_statement(store, SQL_ADD_DETAIL);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, detail->record);
    sqlite3_bind_null(statement, 2);
    sqlite3_bind_null(statement, 3);
    if (isfinite(detail->bounds.low)) {
        sqlite3_bind_double(statement, 2, detail->bounds.low);
    }
    if (isfinite(detail->bounds.high)) {
        sqlite3_bind_double(statement, 3, detail->bounds.high);
    }
    store_bind_chars(statement, 4, detail->assertion);
    store_bind_chars(statement, 5, detail->context);
    store_bind_chars(statement, 6, detail->condition);
    store_bind_chars(statement, 7, detail->note);
    store_bind_chars(statement, 8, detail->url);
    store_bind_chars(statement, 9, detail->written);
    return store_step_done(store, statement);
}

static bool
save_details(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    bool done = true;
    for (size_t i = 0; done && i < overlay->detail_count; i++) {
        done = commit_detail(store, &overlay->details[i]);
    }
    return done;
}

static void
bind_key(sqlite3_stmt *statement, int at, uint64_t cell, uint64_t line_day)
{
    struct fact key = {.cell = cell, .line_day = line_day};
    sqlite3_bind_int64(statement, at, fact_metric(&key));
    sqlite3_bind_int64(statement, at + 1, fact_frequency(&key));
    sqlite3_bind_int64(statement, at + 2, fact_kind(&key));
    sqlite3_bind_int64(statement, at + 3, fact_period(&key));
    sqlite3_bind_int64(statement, at + 4, fact_line(&key));
    sqlite3_bind_int64(statement, at + 5, fact_day(&key));
}

struct pending {
    const struct fact *at;
    const struct fact *end;
};

bool
commit_constraint(struct store *store, const struct fact *fact)
{
    if (!(fact->form & (FORM_FORMULA | FORM_MOVED))) {
        return true;
    }
    sqlite3_stmt *statement = store_statement(store, SQL_ADD_CONSTRAINT);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, fact->record);
    bind_key(statement, 2, fact->cell, fact->line_day);
    return store_step_done(store, statement);
}

static bool
save_constraints(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    bool done = true;
    for (size_t i = 0; done && i < overlay->count; i++) {
        done = commit_constraint(store, &overlay->facts[i]);
    }
    return done;
}

static bool
save_derived(struct store *store)
{
    if (!store_execute(store, "DELETE FROM derived")) {
        return false;
    }
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR REPLACE INTO derived VALUES(?1, ?2, ?3, ?4, ?5,"
               " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < store->derived_count; i++) {
        const struct derived *derived = &store->derived[i];
        bind_key(statement, 1, derived->cell, derived->line_day);
        sqlite3_bind_int64(statement, 7, derived->record);
        sqlite3_bind_double(statement, 8, derived->value);
        sqlite3_bind_double(statement, 9, derived->bounds.low);
        sqlite3_bind_double(statement, 10, derived->bounds.high);
        sqlite3_bind_int64(statement, 11, derived->basis);
        store_bind_chars(statement, 12, derived->chain);
        sqlite3_bind_int64(statement, 13, derived->relation);
        sqlite3_bind_int64(statement, 14, derived->actor);
        sqlite3_bind_int64(statement, 15, derived->source);
        sqlite3_bind_int64(statement, 16, derived->until);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static const struct fact *
next_pending(void *context)
{
    struct pending *pending = context;
    return pending->at < pending->end ? pending->at++ : NULL;
}

/* What has left the overlay can still change what follows from it. */
static void
touch_facts(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    for (size_t i = 0; i < overlay->count; i++) {
        const struct fact *fact = &overlay->facts[i];
        bool constrains = fact->form & (FORM_FORMULA | FORM_MOVED);
        store_touch(store, fact_metric(fact), constrains, fact->record);
    }
}

static bool
move_overlay(struct store *store)
{
    struct overlay *overlay = &store->overlay;
    overlay_sort(overlay);
    struct pending pending = {overlay->facts, overlay->facts + overlay->count};
    struct feed feed = {.next = next_pending, .context = &pending};
    for (size_t i = 0; i < overlay->count; i++) {
        fact_alike_add(&feed.alike, &overlay->facts[i]);
    }
    bool done =
        overlay->count == 0 || (feed_run(store, &feed) && save_details(store) &&
                                save_constraints(store));
    feed_free(&feed);
    return done;
}

bool
commit_facts(struct store *store, bool at_end)
{
    bool some = store->overlay.count > 0;
    bool derives = some || store->flushed || store->changed ||
                   store->saved_retractions != store->retraction_count;
    /* Retractions come last: the cross-sections of their periods go. */
    if (!batches_save(store) || !move_overlay(store) ||
        !retractions_save(store)) {
        return false;
    }
    if (at_end) {
        return !derives || save_derived(store);
    }
    touch_facts(store);
    overlay_truncate(&store->overlay, INT64_MIN, 0);
    return true;
}
