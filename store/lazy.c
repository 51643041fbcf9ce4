/* Members and lines of a file, read when their dimension or metric is first
 * asked for. */
#include "store/internal.h"

#include <stdlib.h>

/* Marks ID in a table of bytes; false when it was marked before. */
static bool
mark_loaded(uint8_t **marks, size_t *count, uint32_t id)
{
    if (id >= *count) {
        size_t grown = (size_t)id + 16;
        *marks = memory_resize(*marks, grown);
        memset(*marks + *count, 0, grown - *count);
        *count = grown;
    }
    bool was_new = (*marks)[id] == 0;
    (*marks)[id] = 1;
    return was_new;
}

static bool
read_members(struct store *store, uint32_t dimension)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    sqlite3_stmt *row = store_statement(store, SQL_MEMBERS);
    int status = SQLITE_ERROR;
    if (!row) {
        return false;
    }
    sqlite3_bind_int64(row, 1, dimension);
    while ((status = sqlite3_step(row)) == SQLITE_ROW) {
        const char *title = (const char *)sqlite3_column_text(row, 2);
        struct slice code = {(const char *)sqlite3_column_text(row, 1),
                             (size_t)sqlite3_column_bytes(row, 1)};
        struct entry entry = {
            .name = atoms_intern(vocabulary->atoms, code),
            .title = title ? title : "",
            .link = dimension,
        };
        int64_t id = sqlite3_column_int64(row, 0);
        if (id < 1 || id >= (int64_t)vocabulary->classes[CLASS_MEMBER].count) {
            status = SQLITE_CORRUPT;
            break;
        }
        vocabulary_fill_member(vocabulary, (uint32_t)id, &entry);
    }
    sqlite3_reset(row);
    return status == SQLITE_DONE || store_failed(store, status);
}

bool
store_load_members(struct store *store, uint32_t dimension)
{
    if (!store->db || !store_peek(store)) {
        return true;
    }
    bool loaded = true;
    if (mark_loaded(&store->loaded_dimensions, &store->loaded_dimension_count,
                    dimension)) {
        loaded = read_members(store, dimension);
        store->loaded_dimensions[dimension] = loaded;
    }
    store_peek_end(store);
    return loaded;
}

/* Collects the members of one line from its rows. */
struct line_reader {
    int64_t id;
    unit_id unit;
    uint32_t members[DIMENSIONS_MAX];
};

static bool
finish_line(struct store *store, uint32_t metric,
            const struct line_reader *reader)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    if (reader->id == 0) {
        return true;
    }
    if (reader->id < 0 || reader->id >= (int64_t)vocabulary->line_count ||
        reader->unit >= vocabulary->units.count) {
        return store_failed(store, SQLITE_CORRUPT);
    }
    vocabulary_fill_line(vocabulary, (uint32_t)reader->id, metric,
                         reader->members, reader->unit);
    return true;
}

static bool
read_lines(struct store *store, uint32_t metric)
{
    size_t members = store->vocabulary.classes[CLASS_MEMBER].count;
    sqlite3_stmt *row = store_statement(store, SQL_LINES);
    struct line_reader reader = {0};
    int status = SQLITE_ERROR;
    if (!row) {
        return false;
    }
    sqlite3_bind_int64(row, 1, metric);
    while ((status = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(row, 0);
        int64_t position = sqlite3_column_int64(row, 2);
        int64_t member = sqlite3_column_int64(row, 3);
        if (id != reader.id) {
            if (!finish_line(store, metric, &reader)) {
                sqlite3_reset(row);
                return false;
            }
            reader = (struct line_reader){
                .id = id, .unit = (unit_id)sqlite3_column_int64(row, 1)};
        }
        if (position < 0 || position >= DIMENSIONS_MAX || member < 0 ||
            member >= (int64_t)members) {
            sqlite3_reset(row);
            return store_failed(store, SQLITE_CORRUPT);
        }
        reader.members[position] = (uint32_t)member;
    }
    sqlite3_reset(row);
    return (status == SQLITE_DONE || store_failed(store, status)) &&
           finish_line(store, metric, &reader);
}

bool
store_load_lines(struct store *store, uint32_t metric)
{
    if (!store->db || !mark_loaded(&store->loaded_metrics,
                                   &store->loaded_metric_count, metric)) {
        return true;
    }
    struct metric *record = vocabulary_metric(&store->vocabulary, metric);
    bool loaded = true;
    for (uint8_t i = 0; loaded && i < record->dimension_count; i++) {
        loaded = store_load_members(store, record->dimensions[i]);
    }
    loaded = loaded && read_lines(store, metric);
    store->loaded_metrics[metric] = loaded;
    store->saved.line_members = store->begun.line_members =
        store->vocabulary.line_member_count;
    return loaded;
}
