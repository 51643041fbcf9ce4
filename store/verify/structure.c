/* The file: are its pages and indexes whole, and its tables ours? */
#include "store/verify/steps.h"

#include <ctype.h>
#include <stdlib.h>

/* What SQLite says of a damaged file, in words for whoever holds the file: the
 * page, or the table. */
static void
translate(struct slice line, struct buffer *text)
{
    struct buffer copy = {0};
    buffer_add_slice(&copy, line);
    const char *page = strstr(copy.text, "age ");
    const char *index = strstr(copy.text, "index ");
    const char *value = strstr(copy.text, "value in ");
    if (index) {
        buffer_format(text, "the index %s does not fit its table", index + 6);
    } else if (value) {
        buffer_format(text, "a value in %s is not of its type", value + 9);
    } else if (page && isdigit((unsigned char)page[4])) {
        buffer_format(text, "page %lu of the file is damaged",
                      strtoul(page + 4, NULL, 10));
    } else {
        buffer_add_text(text, "the pages of the file do not fit together");
    }
    buffer_free(&copy);
}

/* One page gives many lines in a row. */
static void
add_lines(struct verify *verify, struct slice said, struct buffer *last)
{
    while (said.len) {
        const char *end = memchr(said.at, '\n', said.len);
        size_t len = end ? (size_t)(end - said.at) : said.len;
        struct slice line = {said.at, len};
        struct buffer text = {0};
        said.at += end ? len + 1 : len;
        said.len -= end ? len + 1 : len;
        if (len == 0 || line.at[0] == '*' || slice_is(line, "ok")) {
            continue;
        }
        translate(line, &text);
        if (!slice_equal(buffer_slice(&text), buffer_slice(last))) {
            verification_add(verify->found, "%s", text.text);
        }
        buffer_clear(last);
        buffer_add_slice(last, buffer_slice(&text));
        buffer_free(&text);
    }
}

static void
check_pages(struct verify *verify)
{
    static const char what[] = "the rest of the file";
    struct buffer last = {0};
    sqlite3_stmt *row = verify_prepare(verify, "PRAGMA integrity_check", what);
    while (verify_step(verify, row, what)) {
        const char *said = (const char *)sqlite3_column_text(row, 0);
        add_lines(verify, slice_of(said ? said : ""), &last);
    }
    sqlite3_finalize(row);
    buffer_free(&last);
}

/* A base in memory as this version makes it. */
static sqlite3 *
open_model(struct verify *verify)
{
    sqlite3 *model = NULL;
    int status = sqlite3_open_v2(
        ":memory:", &model,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    for (size_t i = 0; status == SQLITE_OK && store_tables[i].name; i++) {
        status = sqlite3_exec(model, store_tables[i].sql, NULL, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_exec(model, store_views, NULL, NULL, NULL);
    }
    if (status != SQLITE_OK) {
        verify->failed = true;
        store_failed(verify->store, status);
    }
    return model;
}

/* Appends what SQL, which names one object, tells of it; nothing when that is
 * not there. */
static void
describe(sqlite3 *db, const char *sql, const char *type, const char *name,
         struct buffer *text)
{
    sqlite3_stmt *row = NULL;
    buffer_clear(text);
    sqlite3_prepare_v2(db, sql, -1, &row, NULL);
    sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 2, type, -1, SQLITE_STATIC);
    if (row && sqlite3_step(row) == SQLITE_ROW) {
        const char *told = (const char *)sqlite3_column_text(row, 0);
        buffer_add_text(text, told ? told : "");
    }
    sqlite3_finalize(row);
}

/* Is there a TYPE of this NAME, on the same table and with the same columns?
 * Others may have objects of their own beside ours. */
static void
compare_object(struct verify *verify, sqlite3 *model, const char *type,
               const char *name)
{
    static const char object[] = "SELECT tbl_name FROM sqlite_schema"
                                 " WHERE name = ?1 AND type = ?2";
    static const char columns[] =
        "SELECT (SELECT strict || wr FROM pragma_table_list(?1)"
        " WHERE schema = 'main') || ' ' || group_concat(name || ' ' || type ||"
        " ' ' || \"notnull\" || ' ' || pk || ' ' || hidden)"
        " FROM pragma_table_xinfo(?1) WHERE ?2 <> 'view'";
    sqlite3 *db = verify->store->db;
    struct buffer ours = {0};
    struct buffer theirs = {0};
    describe(model, object, type, name, &ours);
    describe(db, object, type, name, &theirs);
    bool there = slice_equal(buffer_slice(&ours), buffer_slice(&theirs));
    if (!there) {
        verification_add(verify->found, "the %s %s is missing", type, name);
    } else {
        describe(model, columns, type, name, &ours);
        describe(db, columns, type, name, &theirs);
        if (!slice_equal(buffer_slice(&ours), buffer_slice(&theirs))) {
            verification_add(verify->found, "the %s %s has other columns", type,
                             name);
        }
    }
    buffer_free(&ours);
    buffer_free(&theirs);
}

static void
check_tables(struct verify *verify)
{
    sqlite3 *model = open_model(verify);
    sqlite3_stmt *row = NULL;
    sqlite3_prepare_v2(model,
                       "SELECT type, name FROM sqlite_schema"
                       " WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'",
                       -1, &row, NULL);
    while (row && sqlite3_step(row) == SQLITE_ROW) {
        compare_object(verify, model, (const char *)sqlite3_column_text(row, 0),
                       (const char *)sqlite3_column_text(row, 1));
    }
    sqlite3_finalize(row);
    sqlite3_close(model);
}

void
verify_structure(struct verify *verify)
{
    check_pages(verify);
    if (!verify->failed) {
        check_tables(verify);
    }
}
