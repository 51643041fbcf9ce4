/* The part of the vocabulary that a transaction added, into its tables. */
#include "store/internal.h"

static void
bind_atom(struct store *store, sqlite3_stmt *statement, int at, atom name)
{
    struct slice text = atoms_text(store->vocabulary.atoms, name);
    sqlite3_bind_text(statement, at, text.at, (int)text.len, SQLITE_STATIC);
}

static const char *const insert_texts[CLASS_COUNT] = {
    [CLASS_KIND] = "INSERT INTO kind VALUES(?1, ?2, ?3, ?4, ?5, ?10)",
    [CLASS_METRIC] = ("INSERT OR REPLACE INTO metric"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce("
                      "(SELECT declared FROM metric WHERE id = ?1), ?10))"),
    [CLASS_DIMENSION] = "INSERT INTO dimension VALUES(?1, ?2, ?3, ?10)",
    [CLASS_MEMBER] = "INSERT INTO member VALUES(?1, ?4, ?2, ?3, ?10)",
    [CLASS_ACTOR] = "INSERT INTO actor VALUES(?1, ?2, ?3, ?10)",
    [CLASS_SOURCE] = "INSERT INTO source VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?10)",
    [CLASS_CALENDAR] = "INSERT INTO calendar VALUES(?1, ?2, ?3, ?4, ?5, ?10)",
    [CLASS_DEFINITION] = "INSERT INTO definition VALUES(?1, ?2, ?3, ?6, ?10)",
};

static void
bind_metric(struct store *store, sqlite3_stmt *statement, uint32_t id)
{
    const struct metric *metric = vocabulary_metric(&store->vocabulary, id);
    sqlite3_bind_int(statement, 4, metric->aggregation);
    sqlite3_bind_int(statement, 5, metric->frequency);
    sqlite3_bind_int64(statement, 6, metric->unit);
    sqlite3_bind_int(statement, 7, metric->scale);
    sqlite3_bind_int64(statement, 8, metric->calendar);
    sqlite3_bind_int(statement, 9, metric->unit_open);
}

/* Binds what the insert of CLASS takes; columns that it lacks are ignored. */
static bool
save_entry(struct store *store, sqlite3_stmt *statement, enum name_class class,
           uint32_t id)
{
    const struct entry *entry = vocabulary_entry(&store->vocabulary, class, id);
    sqlite3_bind_int64(statement, 1, id);
    bind_atom(store, statement, 2, entry->name);
    store_bind_chars(statement, 3, entry->title);
    sqlite3_bind_int64(statement, 4, entry->link);
    sqlite3_bind_int(statement, 5, entry->flag);
    store_bind_chars(statement, 6, entry->text ? entry->text : "");
    sqlite3_bind_int64(statement, 10, store->transaction);
    if (class == CLASS_METRIC) {
        bind_metric(store, statement, id);
    }
    return store_step_done(store, statement);
}

static bool
save_class(struct store *store, enum name_class class)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    uint32_t first = (uint32_t)store->saved.counts[class];
    uint32_t count = (uint32_t)vocabulary->classes[class].count;
    sqlite3_stmt *statement = store_prepare(store, insert_texts[class]);
    bool done = statement != NULL;
    for (uint32_t id = 1; done && id < count; id++) {
        bool changed = class == CLASS_METRIC && vocabulary->metrics[id].dirty;
        if (id >= first || changed) {
            done = save_entry(store, statement, class, id);
        } else if (class != CLASS_METRIC) {
            id = first - 1;
        }
    }
    sqlite3_finalize(statement);
    return done;
}

static bool
save_units(struct store *store)
{
    const struct units *units = &store->vocabulary.units;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT INTO unit VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    struct buffer measure = {0};
    bool done = statement != NULL;
    for (size_t id = store->saved.units; done && id < units->count; id++) {
        const struct unit *unit = &units->items[id];
        const struct measure *product = &units->measures[unit->measure];
        buffer_clear(&measure);
        for (uint8_t i = 0; i < product->count; i++) {
            buffer_format(&measure, "%s%u:%d", i ? " " : "",
                          product->terms[i].base, product->terms[i].power);
        }
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)id);
        bind_atom(store, statement, 2, unit->name);
        store_bind_chars(statement, 3, unit->title ? unit->title : "");
        store_bind_chars(statement, 4, unit->symbol ? unit->symbol : "");
        sqlite3_bind_double(statement, 5, unit->factor);
        sqlite3_bind_text(statement, 6, measure.text, -1, SQLITE_STATIC);
        sqlite3_bind_int(statement, 7, (int)unit->role);
        sqlite3_bind_int64(statement, 8, store->transaction);
        done = store_step_done(store, statement);
    }
    buffer_free(&measure);
    sqlite3_finalize(statement);
    return done;
}

static bool
save_metric_dimensions(struct store *store)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR REPLACE INTO metric_dimension VALUES(?1, ?2, ?3)");
    bool done = statement != NULL;
    size_t count = vocabulary->classes[CLASS_METRIC].count;
    for (size_t id = store->saved.counts[CLASS_METRIC]; done && id < count;
         id++) {
        const struct metric *metric = &vocabulary->metrics[id];
        for (uint8_t i = 0; done && i < metric->dimension_count; i++) {
            sqlite3_bind_int64(statement, 1, (sqlite3_int64)id);
            sqlite3_bind_int(statement, 2, i);
            sqlite3_bind_int64(statement, 3, metric->dimensions[i]);
            done = store_step_done(store, statement);
        }
    }
    sqlite3_finalize(statement);
    return done;
}

/* Positions go on behind those of the group's parts that are in the file. */
static bool
save_parts(struct store *store)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT INTO member_part SELECT ?1, count(*), ?2, ?3 FROM"
               " member_part WHERE member = ?1");
    bool done = statement != NULL;
    for (size_t i = store->saved.parts; done && i < vocabulary->part_count;
         i++) {
        sqlite3_bind_int64(statement, 1, vocabulary->parts[i].group);
        sqlite3_bind_int64(statement, 2, vocabulary->parts[i].part);
        sqlite3_bind_int64(statement, 3, store->transaction);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static bool
save_lines(struct store *store)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *line =
        store_prepare(store, "INSERT INTO line VALUES(?1, ?2, ?3, ?4)");
    sqlite3_stmt *member =
        store_prepare(store, "INSERT INTO line_member VALUES(?1, ?2, ?3)");
    bool done = line && member;
    for (size_t id = store->saved.lines; done && id < vocabulary->line_count;
         id++) {
        const struct line *record = &vocabulary->lines[id];
        const uint32_t *members =
            vocabulary_line_members(vocabulary, (uint32_t)id);
        uint8_t count = vocabulary->metrics[record->metric].dimension_count;
        sqlite3_bind_int64(line, 1, (sqlite3_int64)id);
        sqlite3_bind_int64(line, 2, record->metric);
        sqlite3_bind_int64(line, 3, record->unit);
        sqlite3_bind_int64(line, 4, store->transaction);
        done = store_step_done(store, line);
        for (uint8_t i = 0; done && i < count; i++) {
            sqlite3_bind_int64(member, 1, (sqlite3_int64)id);
            sqlite3_bind_int(member, 2, i);
            sqlite3_bind_int64(member, 3, members[i]);
            done = store_step_done(store, member);
        }
    }
    sqlite3_finalize(line);
    sqlite3_finalize(member);
    return done;
}

/* Lines whose own unit was settled after they were saved. */
static bool
save_settled_lines(struct store *store)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *statement =
        store_prepare(store, "UPDATE line SET unit = ?2 WHERE id = ?1");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < vocabulary->line_change_count; i++) {
        uint32_t id = vocabulary->line_changes[i].id;
        sqlite3_bind_int64(statement, 1, id);
        sqlite3_bind_int64(statement, 2, vocabulary->lines[id].unit);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

/* Lines of metrics whose unit was fixed after they were saved. */
static bool
save_line_units(struct store *store)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *statement = store_prepare(
        store, "UPDATE line SET unit = ?2 WHERE metric = ?1 AND unit <> ?2");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < vocabulary->change_count; i++) {
        uint32_t id = vocabulary->changes[i].id;
        const struct metric *metric = &vocabulary->metrics[id];
        if (metric->unit != vocabulary->changes[i].before.unit) {
            sqlite3_bind_int64(statement, 1, id);
            sqlite3_bind_int64(statement, 2, metric->unit);
            done = store_step_done(store, statement);
        }
    }
    sqlite3_finalize(statement);
    return done;
}

/* What `undo` puts back: how metrics were that this transaction changed. */
static bool
save_changes(struct store *store)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR IGNORE INTO metric_change VALUES(?1, ?2, ?3, ?4)");
    bool done = statement != NULL;
    for (size_t i = 0; done && i < vocabulary->change_count; i++) {
        const struct metric_change *change = &vocabulary->changes[i];
        if (change->id < store->begun.counts[CLASS_METRIC]) {
            sqlite3_bind_int64(statement, 1, store->transaction);
            sqlite3_bind_int64(statement, 2, change->id);
            sqlite3_bind_int64(statement, 3, change->before.unit);
            sqlite3_bind_int(statement, 4, change->before.unit_open);
            done = store_step_done(store, statement);
        }
    }
    sqlite3_finalize(statement);
    return done;
}

static bool
save_counter(struct store *store)
{
    sqlite3_stmt *statement =
        store_prepare(store, "UPDATE counter SET record = ?1");
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_int64(statement, 1, store->next_record - 1);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

bool
dictionary_save(struct store *store)
{
    bool done = true;
    for (int class = 0; done && class < CLASS_COUNT; class ++) {
        bool some = store->vocabulary.classes[class].count >
                        store->saved.counts[class] ||
                    class == CLASS_METRIC;
        done = !some || save_class(store, (enum name_class) class);
    }
    done = done && save_units(store) && save_metric_dimensions(store) &&
           save_parts(store) && save_lines(store) && save_line_units(store) &&
           save_settled_lines(store) && save_changes(store) &&
           save_counter(store);
    size_t metrics = store->vocabulary.classes[CLASS_METRIC].count;
    for (size_t id = 1; done && id < metrics; id++) {
        store->vocabulary.metrics[id].dirty = false;
    }
    return done;
}
