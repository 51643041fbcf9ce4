/* From an older version of the file to this one.
 *
 * The file is copied first, beside itself; then all steps are one transaction.
 * Whoever is killed on the way has the old base, or the new one with its copy.
 */
#include "store/internal.h"

#include <stdio.h>
#include <unistd.h>

enum { COPIES_MAX = 100 };

/* Reports that the base stays as it is. */
static bool
cannot_migrate(struct store *store, const char *path, const char *why)
{
    diagnostics_add(store->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_BASE_READ_ONLY, (struct span){0, 0},
                    "%s is of an older version of Assay and %s", path, why);
    return false;
}

static bool
cannot_copy(struct store *store, const char *path)
{
    return cannot_migrate(store, path, "no copy of it can be made beside it");
}

/* Copies the base at PATH through the library, on a connection of its own: the
 * one that holds the writer's place cannot be copied from. */
static bool
copy_file(struct store *store, const char *path, const char *to)
{
    sqlite3 *from = NULL;
    sqlite3 *copy = NULL;
    int status =
        sqlite3_open_v2(store->path, &from, SQLITE_OPEN_READONLY, NULL);
    if (status == SQLITE_OK) {
        status = sqlite3_open_v2(
            to, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    }
    sqlite3_backup *backup =
        status == SQLITE_OK ? sqlite3_backup_init(copy, "main", from, "main")
                            : NULL;
    if (backup) {
        sqlite3_backup_step(backup, -1);
        status = sqlite3_backup_finish(backup);
    } else if (status == SQLITE_OK) {
        status = sqlite3_errcode(copy);
    }
    sqlite3_close(copy);
    sqlite3_close(from);
    if ((status & 0xFF) == SQLITE_CANTOPEN) {
        return cannot_copy(store, path);
    }
    return status == SQLITE_OK || store_failed(store, status);
}

/* Keeps a copy under a NAME that nobody has; it is written under another one
 * first, so that a copy of that name is whole. */
static bool
keep_copy(struct store *store, const char *path, int64_t version,
          struct buffer *name)
{
    struct buffer part = {0};
    bool special = *path == ':' || strncmp(path, "file:", 5) == 0;
    buffer_format(&part, "%s%s.v%lld.part", special ? "./" : "", path,
                  (long long)version);
    unlink(part.text); /* what a killed one left */
    bool done = copy_file(store, path, part.text);
    int number = 1;
    while (done && number < COPIES_MAX) {
        buffer_clear(name);
        buffer_format(name, "%s%s.v%lld", special ? "./" : "", path,
                      (long long)version);
        if (number > 1) {
            buffer_format(name, ".%d", number);
        }
        if (link(part.text, name->text) == 0) {
            break;
        }
        number++;
    }
    if (done && number == COPIES_MAX) {
        buffer_clear(name);
        done = cannot_copy(store, path);
    }
    unlink(part.text);
    buffer_free(&part);
    return done;
}

static bool
run_format(struct store *store, const char *format, const char *table)
{
    struct buffer sql = {0};
    for (const char *at = format; *at; at++) {
        if (*at == '@') {
            buffer_add_text(&sql, table);
        } else {
            buffer_add_char(&sql, *at);
        }
    }
    bool done = store_execute(store, sql.text);
    buffer_free(&sql);
    return done;
}

static const char *
table_sql(const char *name)
{
    const struct store_table *table = store_tables;
    while (strcmp(table->name, name) != 0) {
        table++;
    }
    return table->sql;
}

/* In place of TABLE comes one of this version, filled by FILL. */
static bool
replace_table(struct store *store, const char *table, const char *fill)
{
    return run_format(store, "ALTER TABLE @ RENAME TO old_@", table) &&
           store_execute(store, table_sql(table)) &&
           run_format(store, fill, table) &&
           run_format(store, "DROP TABLE old_@", table);
}

/* Version 1 had no transactions: each of its inputs becomes one.  Its names
 * belong to none, so nobody takes them back. */
static bool
from_version_1(struct store *store)
{
    static const char *const names[] = {
        "kind",   "unit",  "calendar", "dimension",  "member", "member_part",
        "metric", "actor", "source",   "definition", "line"};
    static const char *const added[] = {"transaction", "metric_change",
                                        "batch_extent", "retraction",
                                        "cross_section"};
    bool done = store_execute(store, "DROP VIEW figures;"
                                     "DROP INDEX line_metric;");
    for (size_t i = 0; done && i < sizeof names / sizeof *names; i++) {
        done = replace_table(store, names[i],
                             "INSERT INTO @ SELECT *, 0 FROM old_@");
    }
    for (size_t i = 0; done && i < sizeof added / sizeof *added; i++) {
        done = store_execute(store, table_sql(added[i]));
    }
    return done &&
           store_execute(
               store,
               "INSERT INTO batch_extent SELECT batch, metric, frequency,"
               " kind, period, count(*), max(day) FROM fact"
               " GROUP BY 1, 2, 3, 4, 5;"
               "INSERT INTO \"transaction\" SELECT DISTINCT batch, 0"
               " FROM batch_extent;") &&
           replace_table(
               store, "batch",
               "INSERT INTO batch SELECT id, id, input, 0, '', '',"
               " (SELECT sum(facts) FROM batch_extent WHERE batch = o.id),"
               " 0, 0, '' FROM old_batch AS o"
               " WHERE id IN (SELECT id FROM \"transaction\")") &&
           replace_table(store, "derived",
                         "INSERT INTO @ SELECT *, 3652059 FROM old_@") &&
           store_execute(store, store_views) &&
           store_execute(store, "PRAGMA user_version = 2");
}

/* One process at a time: once it has the writer's place, nobody else can
 * commit, nor copy.  Who comes second finds it done.  COPY is the name of the
 * copy, or empty. */
static bool
migrate_alone(struct store *store, const char *path, int64_t version,
              struct buffer *copy)
{
    int64_t now = 0;
    if (!store_execute(store, "BEGIN IMMEDIATE")) {
        return false;
    }
    sqlite3_stmt *row = store_prepare(store, "PRAGMA user_version");
    if (row && sqlite3_step(row) == SQLITE_ROW) {
        now = sqlite3_column_int64(row, 0);
    }
    sqlite3_finalize(row);
    bool done = now == STORE_USER_VERSION ||
                (now == version && keep_copy(store, path, version, copy) &&
                 from_version_1(store));
    return done && store_execute(store, "COMMIT");
}

/* Leaves all as it was, without the copy; with it, if that is not certain. */
static void
give_up(struct store *store, const struct buffer *copy)
{
    bool open = !sqlite3_get_autocommit(store->db);
    int status = open ? sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL)
                      : SQLITE_OK;
    if (status == SQLITE_OK && copy->len) {
        unlink(copy->text);
    }
}

bool
migrate_base(struct store *store, const char *path, int64_t version)
{
    struct buffer copy = {0};
    if (version != 1) {
        diagnostics_add(store->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_NOT_A_BASE, (struct span){0, 0},
                        "%s is not a fact base", path);
        return false;
    }
    if (store->read_only || sqlite3_db_readonly(store->db, "main") == 1) {
        return cannot_migrate(store, path,
                              "must be opened once for writing, to be brought "
                              "up to date");
    }
    bool done = migrate_alone(store, path, version, &copy);
    if (!done) {
        give_up(store, &copy);
    } else if (copy.len) {
        diagnostics_add(store->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                        (struct span){0, 0},
                        "%s was brought up to date; as it was, it is kept as"
                        " %s",
                        path, copy.text);
    }
    buffer_free(&copy);
    return done;
}
