/* The vocabulary in its tables.
 *
 * Names of one class are read when a session opens, but for members and lines,
 * which can be many and are read for the dimension or metric that is asked for.
 * A commit writes what stands behind the mark.
 */
#include "store/internal.h"

#include <stdlib.h>

static struct slice
column_slice(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return (struct slice){text ? text : "",
                          (size_t)sqlite3_column_bytes(row, column)};
}

static const char *
column_chars(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

/* Calls ROW for each row of SQL. */
static bool
each_row(struct store *store, const char *sql,
         bool (*row)(struct store *store, sqlite3_stmt *row))
{
    sqlite3_stmt *statement = store_prepare(store, sql);
    int status = statement ? SQLITE_ROW : SQLITE_ERROR;
    bool sound = statement != NULL;
    while (sound && (status = sqlite3_step(statement)) == SQLITE_ROW) {
        sound = row(store, statement);
    }
    sqlite3_finalize(statement);
    if (sound && status != SQLITE_DONE) {
        return store_failed(store, status);
    }
    return sound || store_failed(store, SQLITE_CORRUPT);
}

/* Ids are positions: where a name was taken back, an entry without a name keeps
 * the place. */
static void
fill_holes(struct store *store, enum name_class class, int64_t end)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    struct entry hole = {.title = ""};
    while ((int64_t)vocabulary->classes[class].count < end) {
        vocabulary_add(vocabulary, class, &hole);
    }
}

static bool
add_entry(struct store *store, enum name_class class, int64_t id,
          struct entry *entry, struct slice name)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    if (id < (int64_t)vocabulary->classes[class].count || id > UINT32_MAX / 2 ||
        id > (int64_t)vocabulary->classes[class].count + 1000000) {
        return false;
    }
    fill_holes(store, class, id);
    entry->name = atoms_intern(vocabulary->atoms, name);
    vocabulary_add(vocabulary, class, entry);
    return true;
}

static bool
load_kind(struct store *store, sqlite3_stmt *row)
{
    struct entry entry = {.title = column_chars(row, 2),
                          .link = (uint32_t)sqlite3_column_int64(row, 3),
                          .flag = sqlite3_column_int(row, 4)};
    int64_t id = sqlite3_column_int64(row, 0);
    return id <= KEY_KIND_MAX && entry.link <= id &&
           add_entry(store, CLASS_KIND, id, &entry, column_slice(row, 1));
}

static bool
load_calendar(struct store *store, sqlite3_stmt *row)
{
    struct entry entry = {.title = column_chars(row, 2),
                          .link = (uint32_t)sqlite3_column_int64(row, 3),
                          .flag = sqlite3_column_int(row, 4)};
    uint32_t month = entry.link / 100;
    uint32_t day = entry.link % 100;
    return month >= 1 && month <= 12 && day >= 1 && day <= 28 &&
           add_entry(store, CLASS_CALENDAR, sqlite3_column_int64(row, 0),
                     &entry, column_slice(row, 1));
}

static bool
load_titled(struct store *store, sqlite3_stmt *row, enum name_class class)
{
    struct entry entry = {.title = column_chars(row, 2)};
    return add_entry(store, class, sqlite3_column_int64(row, 0), &entry,
                     column_slice(row, 1));
}

static bool
load_dimension(struct store *store, sqlite3_stmt *row)
{
    return load_titled(store, row, CLASS_DIMENSION);
}

static bool
load_actor(struct store *store, sqlite3_stmt *row)
{
    return load_titled(store, row, CLASS_ACTOR);
}

static bool
load_source(struct store *store, sqlite3_stmt *row)
{
    struct entry entry = {.title = column_chars(row, 2),
                          .link = (uint32_t)sqlite3_column_int64(row, 3),
                          .flag = sqlite3_column_int(row, 4),
                          .text = column_chars(row, 5)};
    return sound_day(sqlite3_column_int64(row, 3)) &&
           add_entry(store, CLASS_SOURCE, sqlite3_column_int64(row, 0), &entry,
                     column_slice(row, 1));
}

static bool
load_definition(struct store *store, sqlite3_stmt *row)
{
    struct entry entry = {.title = column_chars(row, 2),
                          .text = column_chars(row, 3)};
    return add_entry(store, CLASS_DEFINITION, sqlite3_column_int64(row, 0),
                     &entry, column_slice(row, 1));
}

/* Reads "3:1 5:-1": base units and their powers. */
static bool
read_measure(struct units *units, const char *text, measure_id *id)
{
    struct measure measure = {.count = 0};
    while (*text) {
        char *end;
        long base = strtol(text, &end, 10);
        if (*end != ':' || measure.count == MEASURE_TERMS_MAX || base < 1 ||
            (size_t)base >= units->count) {
            return false;
        }
        long power = strtol(end + 1, &end, 10);
        if ((*end && *end != ' ') || power == 0 ||
            labs(power) > MEASURE_POWER_MAX) {
            return false;
        }
        measure.terms[measure.count++] =
            (struct measure_term){(unit_id)base, (int8_t)power};
        text = *end ? end + 1 : end;
    }
    *id = units_measure(units, &measure);
    return true;
}

static void
fill_unit_holes(struct units *units, int64_t end)
{
    while ((int64_t)units->count < end) {
        struct unit hole = {.factor = 1};
        units_add(units, &hole, 0);
    }
}

static bool
load_unit(struct store *store, sqlite3_stmt *row)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    struct units *units = &vocabulary->units;
    int64_t id = sqlite3_column_int64(row, 0);
    if (id < (int64_t)units->count || id > (int64_t)units->count + 1000000) {
        return false;
    }
    fill_unit_holes(units, id);
    const char *measure = column_chars(row, 5);
    struct slice title = column_slice(row, 2);
    struct slice symbol = column_slice(row, 3);
    struct unit unit = {
        .name = atoms_intern(vocabulary->atoms, column_slice(row, 1)),
        .title = arena_copy(&vocabulary->arena, title.at, title.len),
        .factor = sqlite3_column_double(row, 4),
        .role = (enum unit_role)sqlite3_column_int(row, 6),
        .measure = MEASURE_NONE,
    };
    struct buffer own = {0};
    buffer_format(&own, "%lld:1", (long long)id);
    bool is_base = strcmp(own.text, measure) == 0;
    buffer_free(&own);
    if (unit.role > UNIT_FOLLOWS || id != (int64_t)units->count ||
        (!is_base && !read_measure(units, measure, &unit.measure))) {
        return false;
    }
    if (symbol.len) {
        unit.symbol = arena_copy(&vocabulary->arena, symbol.at, symbol.len);
    }
    units_add(units, &unit, atoms_intern(vocabulary->atoms, symbol));
    return true;
}

static bool
load_metric(struct store *store, sqlite3_stmt *row)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    struct entry entry = {.title = column_chars(row, 2)};
    if (!add_entry(store, CLASS_METRIC, sqlite3_column_int64(row, 0), &entry,
                   column_slice(row, 1))) {
        return false;
    }
    struct metric *metric = vocabulary_metric(
        vocabulary, (uint32_t)vocabulary->classes[CLASS_METRIC].count - 1);
    int64_t unit = sqlite3_column_int64(row, 5);
    int64_t calendar = sqlite3_column_int64(row, 7);
    int frequency = sqlite3_column_int(row, 4);
    int aggregation = sqlite3_column_int(row, 3);
    int scale = sqlite3_column_int(row, 6);
    metric->aggregation = (uint8_t)aggregation;
    metric->frequency = (uint8_t)frequency;
    metric->unit = (unit_id)unit;
    metric->scale = (int8_t)scale;
    metric->calendar = (uint32_t)calendar;
    metric->unit_open = (uint8_t)sqlite3_column_int(row, 8);
    return unit >= 0 && unit < (int64_t)vocabulary->units.count &&
           calendar >= 0 &&
           calendar < (int64_t)vocabulary->classes[CLASS_CALENDAR].count &&
           frequency >= 0 && frequency < FREQUENCY_COUNT && aggregation >= 0 &&
           aggregation <= AGGREGATION_INDEX && scale >= 0 && scale <= 12;
}

static bool
load_metric_dimension(struct store *store, sqlite3_stmt *row)
{
    const struct vocabulary *vocabulary = &store->vocabulary;
    int64_t id = sqlite3_column_int64(row, 0);
    int64_t dimension = sqlite3_column_int64(row, 2);
    if (id < 1 || id >= (int64_t)vocabulary->classes[CLASS_METRIC].count ||
        dimension < 1 ||
        dimension >= (int64_t)vocabulary->classes[CLASS_DIMENSION].count) {
        return false;
    }
    struct metric *metric = vocabulary_metric(vocabulary, (uint32_t)id);
    if (metric->dimension_count == DIMENSIONS_MAX) {
        return false;
    }
    metric->dimensions[metric->dimension_count++] = (uint32_t)dimension;
    return true;
}

/* Parts of groups are few; they are read with the names, so that those which a
 * transaction adds stand behind them. */
static bool
load_part(struct store *store, sqlite3_stmt *row)
{
    int64_t count = (int64_t)store->vocabulary.classes[CLASS_MEMBER].count;
    int64_t group = sqlite3_column_int64(row, 0);
    int64_t part = sqlite3_column_int64(row, 1);
    /* What a group consists of was there before it: no group is in itself. */
    if (part < 1 || group <= part || group >= count) {
        return false;
    }
    vocabulary_add_part(&store->vocabulary, (uint32_t)group, (uint32_t)part);
    return true;
}

/* The highest ids: new names go behind those that were taken back too. */
static const char counters_text[] =
    "SELECT coalesce((SELECT record FROM counter), 0),"
    " coalesce((SELECT max(id) FROM batch), 0),"
    " coalesce((SELECT max(id) FROM \"transaction\"), 0),"
    " coalesce((SELECT max(id) FROM member), 0),"
    " coalesce((SELECT max(id) FROM line), 0),"
    " (SELECT count(*) FROM \"constraint\"),"
    " coalesce((SELECT max(id) FROM kind), 0),"
    " coalesce((SELECT max(id) FROM metric), 0),"
    " coalesce((SELECT max(id) FROM dimension), 0),"
    " coalesce((SELECT max(id) FROM actor), 0),"
    " coalesce((SELECT max(id) FROM source), 0),"
    " coalesce((SELECT max(id) FROM calendar), 0),"
    " coalesce((SELECT max(id) FROM definition), 0),"
    " coalesce((SELECT max(id) FROM unit), 0),"
    " EXISTS(SELECT 1 FROM cross_section),"
    " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)";

/* A row takes some bytes of the file, and ids of names that were taken back are
 * few beside those that stand. */
enum { ROW_BYTES_LEAST = 4, IDS_SPARE = 1000000 };

static bool
load_counters(struct store *store, sqlite3_stmt *row)
{
    static const enum name_class classes[] = {
        CLASS_KIND,   CLASS_METRIC,   CLASS_DIMENSION, CLASS_ACTOR,
        CLASS_SOURCE, CLASS_CALENDAR, CLASS_DEFINITION};
    enum { FIRST = 6, CLASSES = sizeof classes / sizeof *classes };
    int64_t numbers[FIRST + CLASSES + 1];
    int64_t bytes = sqlite3_column_int64(row, FIRST + CLASSES + 2);
    int64_t most = bytes / ROW_BYTES_LEAST + IDS_SPARE;
    most = most < UINT32_MAX / 4 ? most : UINT32_MAX / 4;
    for (int i = 0; i < FIRST + CLASSES + 1; i++) {
        numbers[i] = sqlite3_column_int64(row, i);
        if (numbers[i] < 0 || numbers[i] > (i == 0 ? INT64_MAX / 2 : most)) {
            return false;
        }
    }
    store->next_record = numbers[0] + 1;
    store->first_batch = (uint32_t)numbers[1] + 1;
    store->transaction = (uint32_t)numbers[2] + 1;
    store->saved_constraints = (size_t)numbers[5];
    store->has_sections = sqlite3_column_int(row, FIRST + CLASSES + 1) != 0;
    vocabulary_reserve(&store->vocabulary, (size_t)numbers[3] + 1,
                       (size_t)numbers[4] + 1);
    for (int i = 0; i < CLASSES; i++) {
        int64_t end = numbers[FIRST + i] + 1;
        size_t count = store->vocabulary.classes[classes[i]].count;
        if (end > (int64_t)count + 1000000) {
            return false;
        }
        fill_holes(store, classes[i], end);
    }
    if (numbers[FIRST + CLASSES] >
        (int64_t)store->vocabulary.units.count + 1000000) {
        return false;
    }
    fill_unit_holes(&store->vocabulary.units, numbers[FIRST + CLASSES] + 1);
    return true;
}

/* A number, or NaN for none. */
static double
column_number(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(row, column);
}

static bool
load_derived(struct store *store)
{
    sqlite3_stmt *row = store_statement(store, SQL_DERIVED);
    size_t capacity = 0;
    size_t count = 0;
    void *items = NULL;
    struct arena texts = {0};
    int status = SQLITE_ERROR;
    while (row && (status = sqlite3_step(row)) == SQLITE_ROW) {
        if (!sound_cell(store, row) || !sound_line_day(store, row)) {
            status = SQLITE_CORRUPT;
            break;
        }
        memory_grow(&items, &capacity, count + 1, sizeof(struct derived));
        struct slice chain = column_slice(row, 11);
        ((struct derived *)items)[count++] = (struct derived){
            .cell = store_row_cell(row),
            .line_day = store_row_line_day(row),
            .record = sqlite3_column_int64(row, 6),
            .value = column_number(row, 7),
            .bounds = {column_number(row, 8), column_number(row, 9)},
            .basis = (uint8_t)sqlite3_column_int(row, 10),
            .relation = (uint8_t)(sqlite3_column_int(row, 12) & FORM_RELATION),
            .actor = (uint32_t)sqlite3_column_int64(row, 13),
            .source = (uint32_t)sqlite3_column_int64(row, 14),
            .until = sqlite3_column_int(row, 15),
            .chain = arena_copy(&texts, chain.at, chain.len),
        };
    }
    sqlite3_reset(row);
    store_set_derived(store, items, count);
    free(items);
    arena_free(&texts);
    return status == SQLITE_DONE || (row && store_failed(store, status));
}

static void
forget_names(struct store *store)
{
    struct atoms *atoms = store->vocabulary.atoms;
    vocabulary_free(&store->vocabulary);
    vocabulary_init(&store->vocabulary, atoms);
    free(store->loaded_dimensions);
    free(store->loaded_metrics);
    store->loaded_dimensions = store->loaded_metrics = NULL;
    store->loaded_dimension_count = store->loaded_metric_count = 0;
    batches_truncate(store, 0);
}

#define NAMES(table)                                                           \
    "SELECT * FROM " table " WHERE " STORE_STANDS("declared") " ORDER BY id"

bool
dictionary_load(struct store *store)
{
    forget_names(store);
    bool loaded =
        each_row(store, NAMES("kind"), load_kind) &&
        each_row(store, NAMES("unit"), load_unit) &&
        each_row(store, NAMES("calendar"), load_calendar) &&
        each_row(store, NAMES("dimension"), load_dimension) &&
        each_row(store, NAMES("metric"), load_metric) &&
        each_row(
            store,
            "SELECT metric, position, dimension FROM metric_dimension"
            " JOIN metric ON metric.id = metric_dimension.metric"
            " WHERE " STORE_STANDS("declared") " ORDER BY metric, position",
            load_metric_dimension) &&
        each_row(store, NAMES("actor"), load_actor) &&
        each_row(store, NAMES("source"), load_source) &&
        each_row(store, NAMES("definition"), load_definition) &&
        each_row(store, counters_text, load_counters) &&
        each_row(
            store,
            "SELECT member, part FROM member_part"
            " WHERE " STORE_STANDS("declared") " ORDER BY member, position",
            load_part) &&
        batches_load(store) && retractions_load(store) && load_derived(store);
    store->saved = vocabulary_mark(&store->vocabulary);
    store->version++;
    store->generation++;
    return loaded;
}
