/* Opening a file: is it a fact base, of which version, or a new one? */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SQLITE_HEADER_BYTES = 100 };

static int64_t
read_number(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

static bool
refuse(struct store *store, enum diagnostic_code code, const char *format,
       const char *path)
{
    struct buffer text = {0};
    buffer_format(&text, "%s ", path);
    buffer_add_text(&text, format);
    diagnostics_add(store->diagnostics, SEVERITY_ERROR, code,
                    (struct span){0, 0}, "%s", text.text);
    buffer_free(&text);
    return false;
}

/* Why the file at PATH cannot be opened or made: SQLite tries it in several
 * ways, and the reason of the last one need not be that of the first. */
static int
open_error(const char *path)
{
    struct buffer folder = {0};
    const char *slash = strrchr(path, '/');
    buffer_add(&folder, path, slash ? (size_t)(slash - path) + 1 : 0);
    buffer_add_char(&folder, '.');
    bool exists = access(path, F_OK) == 0;
    bool may = exists ? access(path, R_OK) == 0
                      : access(folder.text, W_OK | X_OK) == 0;
    int error = may ? 0 : errno;
    buffer_free(&folder);
    return error;
}

static bool
cannot_open(struct store *store, const char *path, int error)
{
    struct buffer reason = {0};
    buffer_add_text(&reason, "cannot be opened");
    if (error) {
        buffer_format(&reason, ": %s", strerror(error));
    }
    refuse(store, DIAGNOSTIC_CANNOT_OPEN, reason.text, path);
    buffer_free(&reason);
    return false;
}

static bool
create_tables(struct store *store)
{
    bool done = true;
    for (size_t i = 0; done && store_tables[i].name; i++) {
        done = store_execute(store, store_tables[i].sql);
    }
    return done;
}

/* A new file becomes a fact base in one transaction of its own. */
static bool
create_schema(struct store *store)
{
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             STORE_APPLICATION_ID, STORE_USER_VERSION);
    return store_execute(store, "PRAGMA page_size = 16384;"
                                "PRAGMA journal_mode = DELETE;"
                                "BEGIN IMMEDIATE;") &&
           (read_number(store, "SELECT count(*) FROM sqlite_schema") > 0 ||
            (create_tables(store) && store_execute(store, store_views) &&
             store_execute(store, pragmas))) &&
           store_execute(store, "COMMIT;");
}

static bool
check_file(struct store *store, const char *path)
{
    int64_t tables = read_number(store, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        int status = sqlite3_errcode(store->db);
        if ((status & 0xFF) == SQLITE_NOTADB) {
            return refuse(store, DIAGNOSTIC_NOT_A_BASE, "is not a fact base",
                          path);
        }
        return store_failed(store, status);
    }
    /* A loss of power must not bring back the journal of what was acknowledged:
     * its folder is forced to the disk too when it is deleted. */
    if (!store_execute(store, "PRAGMA synchronous = EXTRA")) {
        return false;
    }
    int64_t application = read_number(store, "PRAGMA application_id");
    int64_t version = read_number(store, "PRAGMA user_version");
    if (tables == 0 && application == 0) {
        if (store->read_only) {
            return refuse(store, DIAGNOSTIC_NOT_A_BASE,
                          "is empty: it is not a fact base yet", path);
        }
        return create_schema(store);
    }
    if (application != STORE_APPLICATION_ID) {
        return refuse(store, DIAGNOSTIC_NOT_A_BASE,
                      "is a database of another program", path);
    }
    if (version > STORE_USER_VERSION) {
        return refuse(store, DIAGNOSTIC_NEWER_BASE,
                      "was written by a newer version of Assay", path);
    }
    return version == STORE_USER_VERSION || migrate_base(store, path, version);
}

static bool
register_scans(struct store *store)
{
    int status = scan_register(store->db, &store->feeder);
    return status == SQLITE_OK || store_failed(store, status);
}

/* May PATH be a fact base at all?  SQLite takes a file of one byte for an empty
 * one, and would fill it. */
static bool
check_path(struct store *store, const char *path)
{
    struct stat info;
    bool exists = stat(path, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        return refuse(store, DIAGNOSTIC_CANNOT_OPEN, "is a directory", path);
    }
    if (exists && S_ISREG(info.st_mode) && info.st_size > 0 &&
        info.st_size < SQLITE_HEADER_BYTES) {
        return refuse(store, DIAGNOSTIC_NOT_A_BASE, "is not a fact base", path);
    }
    if (!*path) {
        return refuse(store, DIAGNOSTIC_CANNOT_OPEN, "is no file",
                      "an empty name");
    }
    return exists || !store->read_only || cannot_open(store, path, errno);
}

/* SQLite has names of its own, `:memory:` and `file:...?mode=`, in which what
 * is stated would be lost; behind a folder a name is a file's. */
static bool
open_file(struct store *store, const char *path)
{
    int flags = store->read_only ? SQLITE_OPEN_READONLY
                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    struct buffer name = {0};
    bool special = *path == ':' || strncmp(path, "file:", 5) == 0;
    buffer_format(&name, "%s%s", special ? "./" : "", path);
    int status = sqlite3_open_v2(
        name.text, &store->db,
        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    store->path = memcpy(memory_alloc(name.len + 1), name.text, name.len + 1);
    buffer_free(&name);
    if (status != SQLITE_OK) {
        return cannot_open(store, path, open_error(path));
    }
    sqlite3_busy_timeout(store->db, STORE_PATIENCE_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* Triggers, and views in place of tables, are SQL that is not ours. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return true;
}

bool
open_base(struct store *store, const char *path)
{
    struct stat info;
    if (!check_path(store, path) || !open_file(store, path) ||
        !check_file(store, path) || !register_scans(store) ||
        !feed_register(store) ||
        !store_execute(store, "PRAGMA mmap_size = 0;"
                              "PRAGMA cache_size = -65536;"
                              /* Pages of 16 KiB: up to 1 GiB of a transaction
                               * stays in memory; while it is written to the
                               * file, nobody else may read. */
                              "PRAGMA cache_spill = 65536;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA cell_size_check = ON;")) {
        return false;
    }
    if (stat(store->path, &info) == 0) {
        store->device = info.st_dev;
        store->inode = info.st_ino;
    }
    /* A file that others made read-only is read, not refused. */
    if (!store->read_only && sqlite3_db_readonly(store->db, "main") == 1) {
        store->read_only = true;
    }
    return true;
}

bool
store_begins_base(const char *path)
{
    static const char magic[] = "SQLite format 3"; /* its last byte is 0 */
    char head[sizeof magic] = {0};
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        return false;
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool begins = file >= 0 &&
                  read(file, head, sizeof head) == (ssize_t)sizeof head &&
                  memcmp(head, magic, sizeof magic) == 0;
    if (file >= 0) {
        close(file);
    }
    return begins;
}
