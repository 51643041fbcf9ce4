/* From the overlay into the base.
 *
 * The sorted facts are offered to SQLite as a virtual table, so that one
 * `INSERT ... SELECT` moves them all: half the time of binding each row.
 */
#include "store/internal.h"

struct pending_cursor {
    sqlite3_vtab_cursor base;
    const struct fact *fact;
    const struct fact *end;
};

struct pending_table {
    sqlite3_vtab base;
    struct store *store;
};

static int
pending_connect(sqlite3 *db, void *data, int argc, const char *const *argv,
                sqlite3_vtab **table, char **error)
{
    (void)argc;
    (void)argv;
    (void)error;
    struct pending_table *created = sqlite3_malloc(sizeof *created);
    if (!created) {
        return SQLITE_NOMEM;
    }
    *created = (struct pending_table){.store = data};
    *table = &created->base;
    return sqlite3_declare_vtab(
        db, "CREATE TABLE pending(metric, frequency, kind, period, line, day,"
            " record, coefficient, exponent, form, actor, source, batch,"
            " row)");
}

static int
pending_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int
pending_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1;
    return SQLITE_OK;
}

static int
pending_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    (void)table;
    struct pending_cursor *opened = sqlite3_malloc(sizeof *opened);
    if (!opened) {
        return SQLITE_NOMEM;
    }
    *opened = (struct pending_cursor){0};
    *cursor = &opened->base;
    return SQLITE_OK;
}

static int
pending_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* A cursor is the first member of its struct. */
static struct pending_cursor *
pending_cursor(sqlite3_vtab_cursor *cursor)
{
    return (struct pending_cursor *)(void *)cursor;
}

static int
pending_filter(sqlite3_vtab_cursor *cursor, int number, const char *name,
               int argc, sqlite3_value **argv)
{
    (void)number;
    (void)name;
    (void)argc;
    (void)argv;
    struct pending_table *table = (struct pending_table *)(void *)cursor->pVtab;
    const struct overlay *overlay = &table->store->overlay;
    pending_cursor(cursor)->fact = overlay->facts;
    pending_cursor(cursor)->end = overlay->facts + overlay->count;
    return SQLITE_OK;
}

static int
pending_next(sqlite3_vtab_cursor *cursor)
{
    pending_cursor(cursor)->fact++;
    return SQLITE_OK;
}

static int
pending_eof(sqlite3_vtab_cursor *cursor)
{
    return pending_cursor(cursor)->fact == pending_cursor(cursor)->end;
}

static int64_t
pending_value(const struct fact *fact, int column)
{
    switch (column) {
    case 0:
        return fact_metric(fact);
    case 1:
        return fact_frequency(fact);
    case 2:
        return fact_kind(fact);
    case 3:
        return fact_period(fact);
    case 4:
        return fact_line(fact);
    case 5:
        return fact_day(fact);
    case 6:
        return fact->record;
    case 7:
        return fact->coefficient;
    case 8:
        return fact->exponent;
    case 9:
        return fact->form;
    case 10:
        return fact->actor;
    case 11:
        return fact->source;
    case 12:
        return fact->batch;
    default:
        return fact->row;
    }
}

static int
pending_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context,
               int column)
{
    const struct fact *fact = pending_cursor(cursor)->fact;
    if (column == 7 && fact->form & FORM_FORMULA) {
        sqlite3_result_null(context);
    } else {
        sqlite3_result_int64(context, pending_value(fact, column));
    }
    return SQLITE_OK;
}

static int
pending_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = pending_cursor(cursor)->fact->record;
    return SQLITE_OK;
}

static const sqlite3_module pending_module = {
    .xConnect = pending_connect,
    .xBestIndex = pending_best_index,
    .xDisconnect = pending_disconnect,
    .xOpen = pending_open,
    .xClose = pending_close,
    .xFilter = pending_filter,
    .xNext = pending_next,
    .xEof = pending_eof,
    .xColumn = pending_column,
    .xRowid = pending_rowid,
};

bool
commit_register(struct store *store)
{
    int status = sqlite3_create_module_v2(store->db, "assay_pending",
                                          &pending_module, store, NULL);
    return status == SQLITE_OK || store_failed(store, status);
}

static bool
save_batches(struct store *store)
{
    sqlite3_stmt *statement =
        store_prepare(store, "INSERT INTO batch(id, input) VALUES(?1, ?2)");
    bool done = statement != NULL;
    for (size_t i = store->begun_batches; done && i < store->batch_count; i++) {
        sqlite3_bind_int64(statement, 1, store->first_batch + (sqlite3_int64)i);
        store_bind_chars(statement, 2, store->batches[i].input);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static bool
save_details(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT INTO fact_detail VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
               " ?8, ?9)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < overlay->detail_count; i++) {
        const struct fact_detail *detail = &overlay->details[i];
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
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

/* Counts of facts by period, added to those of the base. */
static bool
save_extents(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    sqlite3_stmt *statement = store_prepare(
        store,
        "INSERT INTO extent VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO"
        " UPDATE SET facts = facts + excluded.facts,"
        " last_day = max(last_day, excluded.last_day)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < overlay->count;) {
        const struct fact *first = &overlay->facts[i];
        sqlite3_int64 count = 0;
        day_number last = DAY_NONE;
        for (; i < overlay->count && overlay->facts[i].cell == first->cell;
             i++) {
            day_number day = fact_day(&overlay->facts[i]);
            last = day > last ? day : last;
            count++;
        }
        sqlite3_bind_int64(statement, 1, fact_metric(first));
        sqlite3_bind_int64(statement, 2, fact_frequency(first));
        sqlite3_bind_int64(statement, 3, fact_kind(first));
        sqlite3_bind_int64(statement, 4, fact_period(first));
        sqlite3_bind_int64(statement, 5, count);
        sqlite3_bind_int64(statement, 6, last);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static bool
save_constraints(struct store *store)
{
    const struct overlay *overlay = &store->overlay;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT INTO \"constraint\" VALUES(?1, ?2, ?3, ?4, ?5, ?6,"
               " ?7)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < overlay->count; i++) {
        const struct fact *fact = &overlay->facts[i];
        if (!(fact->form & (FORM_FORMULA | FORM_MOVED))) {
            continue;
        }
        sqlite3_bind_int64(statement, 1, fact->record);
        for (int column = 0; column < 6; column++) {
            sqlite3_bind_int64(statement, column + 2,
                               pending_value(fact, column));
        }
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
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
               " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < store->derived_count; i++) {
        const struct derived *derived = &store->derived[i];
        struct fact key = {.cell = derived->cell,
                           .line_day = derived->line_day,
                           .record = derived->record};
        for (int column = 0; column < 7; column++) {
            sqlite3_bind_int64(statement, column + 1,
                               pending_value(&key, column));
        }
        sqlite3_bind_double(statement, 8, derived->value);
        sqlite3_bind_double(statement, 9, derived->bounds.low);
        sqlite3_bind_double(statement, 10, derived->bounds.high);
        sqlite3_bind_int64(statement, 11, derived->basis);
        store_bind_chars(statement, 12, derived->chain);
        sqlite3_bind_int64(statement, 13, derived->relation);
        sqlite3_bind_int64(statement, 14, derived->actor);
        sqlite3_bind_int64(statement, 15, derived->source);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

bool
commit_facts(struct store *store)
{
    overlay_sort(&store->overlay);
    return save_batches(store) &&
           (store->overlay.count == 0 ||
            (store_execute(store, "INSERT INTO fact SELECT * FROM"
                                  " assay_pending") &&
             save_details(store) && save_extents(store) &&
             save_constraints(store) && save_derived(store)));
}
