/* Facts on their way into the table.
 *
 * What a feed hands out is offered to SQLite as a virtual table, so that one
 * `INSERT ... SELECT` moves it all: half the time of binding each row.  On the
 * way facts are counted by batch and period.
 */
#include "store/internal.h"

#include <stdlib.h>

struct feed_cursor {
    sqlite3_vtab_cursor base;
    const struct fact *fact;
    struct feed *feed;
};

struct feed_table {
    sqlite3_vtab base;
    struct store *store;
};

static int
feed_connect(sqlite3 *db, void *data, int argc, const char *const *argv,
             sqlite3_vtab **table, char **error)
{
    (void)argc;
    (void)argv;
    (void)error;
    struct feed_table *created = sqlite3_malloc(sizeof *created);
    if (!created) {
        return SQLITE_NOMEM;
    }
    *created = (struct feed_table){.store = data};
    *table = &created->base;
    return sqlite3_declare_vtab(
        db, "CREATE TABLE pending(metric, frequency, kind, period, line, day,"
            " record, coefficient, exponent, form, actor, source, batch,"
            " row)");
}

static int
feed_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int
feed_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1;
    return SQLITE_OK;
}

static int
feed_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    (void)table;
    struct feed_cursor *opened = sqlite3_malloc(sizeof *opened);
    if (!opened) {
        return SQLITE_NOMEM;
    }
    *opened = (struct feed_cursor){0};
    *cursor = &opened->base;
    return SQLITE_OK;
}

static int
feed_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* A cursor is the first member of its struct. */
static struct feed_cursor *
cursor_of(sqlite3_vtab_cursor *cursor)
{
    return (struct feed_cursor *)(void *)cursor;
}

/* Facts come in the order of their cells: those of one cell, of whatever
 * batches, stand at the end of the list. */
static void
count_fact(struct feed *feed, const struct fact *fact)
{
    day_number day = fact_day(fact);
    for (size_t i = feed->tally_count;
         i-- > 0 && feed->tallies[i].cell == fact->cell;) {
        struct tally *tally = &feed->tallies[i];
        if (tally->batch == fact->batch) {
            tally->count++;
            tally->last_day = day > tally->last_day ? day : tally->last_day;
            return;
        }
    }
    void *items = feed->tallies;
    memory_grow(&items, &feed->tally_capacity, feed->tally_count + 1,
                sizeof *feed->tallies);
    feed->tallies = items;
    feed->tallies[feed->tally_count++] =
        (struct tally){fact->cell, fact->batch, day, 1};
}

/* The newest fact of a line is known when the next line comes. */
static void
finish_line(struct feed *feed)
{
    if (feed->has_newest) {
        section_add(&feed->writer, &feed->newest);
        feed->has_newest = false;
    }
}

static void
finish_section(struct feed *feed)
{
    finish_line(feed);
    if (feed->built_count) {
        feed->built[feed->built_count - 1].end = feed->bytes.len;
    }
}

static void
start_section(struct feed *feed, uint64_t cell)
{
    void *items = feed->built;
    finish_section(feed);
    memory_grow(&items, &feed->built_capacity, feed->built_count + 1,
                sizeof *feed->built);
    feed->built = items;
    feed->built[feed->built_count++] =
        (struct built){.cell = cell, .start = feed->bytes.len};
    section_start(&feed->writer, &feed->bytes);
}

static void
pack_fact(struct feed *feed, const struct fact *fact)
{
    struct built *built =
        feed->built_count ? &feed->built[feed->built_count - 1] : NULL;
    if (!built || built->cell != fact->cell) {
        start_section(feed, fact->cell);
        built = &feed->built[feed->built_count - 1];
    }
    built->facts++;
    if (fact->form & FORM_FORMULA) {
        return; /* it is no value of its cell */
    }
    if (feed->has_newest && fact_line(&feed->newest) != fact_line(fact)) {
        finish_line(feed);
    }
    feed->repeated += feed->has_newest && fact_repeats(&feed->newest, fact);
    feed->newest = *fact;
    feed->has_newest = true;
}

static void
advance(struct feed_cursor *cursor)
{
    cursor->fact = cursor->feed->next(cursor->feed->context);
    if (cursor->fact) {
        count_fact(cursor->feed, cursor->fact);
        pack_fact(cursor->feed, cursor->fact);
    } else {
        finish_section(cursor->feed);
    }
}

static int
feed_filter(sqlite3_vtab_cursor *cursor, int number, const char *name, int argc,
            sqlite3_value **argv)
{
    (void)number;
    (void)name;
    (void)argc;
    (void)argv;
    struct feed_table *table = (struct feed_table *)(void *)cursor->pVtab;
    cursor_of(cursor)->feed = table->store->feed;
    advance(cursor_of(cursor));
    return SQLITE_OK;
}

static int
feed_next(sqlite3_vtab_cursor *cursor)
{
    advance(cursor_of(cursor));
    return SQLITE_OK;
}

static int
feed_eof(sqlite3_vtab_cursor *cursor)
{
    return cursor_of(cursor)->fact == NULL;
}

static int64_t
fact_value(const struct fact *fact, int column)
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
feed_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct fact *fact = cursor_of(cursor)->fact;
    if (column == 7 && fact->form & FORM_FORMULA) {
        sqlite3_result_null(context);
    } else {
        sqlite3_result_int64(context, fact_value(fact, column));
    }
    return SQLITE_OK;
}

static int
feed_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = cursor_of(cursor)->fact->record;
    return SQLITE_OK;
}

static const sqlite3_module feed_module = {
    .xConnect = feed_connect,
    .xBestIndex = feed_best_index,
    .xDisconnect = feed_disconnect,
    .xOpen = feed_open,
    .xClose = feed_close,
    .xFilter = feed_filter,
    .xNext = feed_next,
    .xEof = feed_eof,
    .xColumn = feed_column,
    .xRowid = feed_rowid,
};

bool
feed_register(struct store *store)
{
    int status = sqlite3_create_module_v2(store->db, "assay_pending",
                                          &feed_module, store, NULL);
    return status == SQLITE_OK || store_failed(store, status);
}

static bool
save_tallies(struct store *store, const struct feed *feed)
{
    sqlite3_stmt *batch = store_prepare(
        store, "INSERT INTO batch_extent VALUES(?7, ?1, ?2, ?3, ?4, ?5, ?6)"
               " ON CONFLICT DO UPDATE SET facts = facts + excluded.facts,"
               " last_day = max(last_day, excluded.last_day)");
    sqlite3_stmt *all = store_prepare(
        store, "INSERT INTO extent VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
               " ON CONFLICT DO UPDATE SET facts = facts + excluded.facts,"
               " last_day = max(last_day, excluded.last_day)");
    sqlite3_stmt *both[] = {all, batch};
    bool done = batch && all;
    for (size_t i = 0; done && i < feed->tally_count; i++) {
        const struct tally *tally = &feed->tallies[i];
        struct fact key = {.cell = tally->cell};
        for (int table = 0; done && table < 2; table++) {
            for (int column = 0; column < 4; column++) {
                sqlite3_bind_int64(both[table], column + 1,
                                   fact_value(&key, column));
            }
            sqlite3_bind_int64(both[table], 5, tally->count);
            sqlite3_bind_int64(both[table], 6, tally->last_day);
            if (table == 1) {
                sqlite3_bind_int64(both[table], 7, tally->batch);
            }
            done = store_step_done(store, both[table]);
        }
    }
    sqlite3_finalize(batch);
    sqlite3_finalize(all);
    return done;
}

static void
add_column(struct buffer *sql, const char *name, bool alike, int64_t value)
{
    buffer_add_char(sql, ' ');
    if (alike) {
        buffer_add_int(sql, value);
    } else {
        buffer_add_text(sql, name);
    }
}

/* A column that is the same in all facts is a number in the statement: SQLite
 * asks for the others one by one, which takes half of the time of a row. */
static bool
insert_facts(struct store *store, const struct fact_alike *alike)
{
    const struct fact *first = &alike->first;
    struct buffer sql = {0};
    buffer_add_text(&sql, "INSERT INTO fact SELECT metric,");
    add_column(&sql, "frequency", alike->frequency, fact_frequency(first));
    buffer_add_text(&sql, ", kind, period, line, day, record, coefficient,"
                          " exponent,");
    add_column(&sql, "form", alike->form, first->form);
    buffer_add_char(&sql, ',');
    add_column(&sql, "actor", alike->actor, first->actor);
    buffer_add_char(&sql, ',');
    add_column(&sql, "source", alike->source, first->source);
    buffer_add_char(&sql, ',');
    add_column(&sql, "batch", alike->batch, first->batch);
    buffer_add_text(&sql, ", row FROM assay_pending");
    bool done = store_execute(store, sql.text);
    buffer_free(&sql);
    return done;
}

bool
feed_run(struct store *store, struct feed *feed)
{
    store->feed = feed;
    bool done = insert_facts(store, &feed->alike) &&
                sections_save(store, feed) && save_tallies(store, feed);
    store->feed = NULL;
    return done;
}

void
feed_free(struct feed *feed)
{
    free(feed->tallies);
    free(feed->built);
    buffer_free(&feed->bytes);
    *feed = (struct feed){0};
}
