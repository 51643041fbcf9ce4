/* Opening the base, the order of the steps, and what they share. */
#include "store/verify.h"

#include "store/verify/steps.h"

void
verification_add(struct verification *found, const char *format, ...)
{
    if (found->faults++ < VERIFY_FAULTS_TOLD) {
        struct buffer text = {0};
        va_list list;
        va_start(list, format);
        buffer_format_list(&text, format, list);
        va_end(list);
        found->fault(found->context, text.text);
        buffer_free(&text);
    }
}

/* Damage is a fault; a base in use, a disk that fails and the like end it. */
static void
cannot_read(struct verify *verify, int status, const char *what)
{
    int kind = status & 0xFF;
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB ||
        kind == SQLITE_ERROR) {
        verification_add(verify->found, "%s cannot be read", what);
    } else if (!verify->failed) {
        verify->failed = true;
        store_failed(verify->store, status);
    }
}

sqlite3_stmt *
verify_prepare(struct verify *verify, const char *sql, const char *what)
{
    sqlite3_stmt *statement = NULL;
    int status =
        sqlite3_prepare_v2(verify->store->db, sql, -1, &statement, NULL);
    if (status != SQLITE_OK) {
        cannot_read(verify, status, what);
    }
    return statement;
}

bool
verify_step(struct verify *verify, sqlite3_stmt *row, const char *what)
{
    int status = row ? sqlite3_step(row) : SQLITE_DONE;
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        cannot_read(verify, status, what);
    }
    return status == SQLITE_ROW;
}

int64_t
verify_number(struct verify *verify, const char *sql, const char *what)
{
    sqlite3_stmt *row = verify_prepare(verify, sql, what);
    int64_t number =
        verify_step(verify, row, what) ? sqlite3_column_int64(row, 0) : 0;
    sqlite3_finalize(row);
    return number;
}

void
verify_load_set(struct verify *verify, struct number_set *set, const char *sql,
                const char *what)
{
    sqlite3_stmt *row = verify_prepare(verify, sql, what);
    while (verify_step(verify, row, what)) {
        number_set_add(set, (uint64_t)sqlite3_column_int64(row, 0));
    }
    sqlite3_finalize(row);
    if (set->full) {
        verification_add(verify->found, "%s: the numbers lie too far apart",
                         what);
    }
}

/* Naming ------------------------------------------------------------------- */

static void
add_period(const struct fact *fact, struct buffer *text)
{
    if (fact_frequency(fact) >= FREQUENCY_COUNT) {
        buffer_format(text, " period %d", (int)fact_period(fact));
    } else if (fact_frequency(fact) != FREQUENCY_ONCE) {
        buffer_add_char(text, ' ');
        period_print(text,
                     (struct period){fact_frequency(fact), fact_period(fact)},
                     false);
    }
}

static void
add_column(sqlite3_stmt *row, int column, struct buffer *text)
{
    const char *name = (const char *)sqlite3_column_text(row, column);
    buffer_add_text(text, name ? name : "?");
}

/* A base whose names are damaged must not fail here: then there are ids. */
void
verify_name_cell(struct verify *verify, const struct fact *fact, bool with_line,
                 struct buffer *text)
{
    sqlite3_stmt *row = NULL;
    static const char names[] =
        "SELECT coalesce((SELECT name FROM kind WHERE id = ?1),"
        " 'kind ' || ?1), coalesce((SELECT name FROM metric WHERE id = ?2),"
        " 'metric ' || ?2), (SELECT CASE WHEN max(member) > 0 THEN"
        " group_concat(coalesce((SELECT code FROM member"
        " WHERE id = line_member.member), '-'), ', ') END"
        " FROM line_member WHERE line = ?3)";
    sqlite3_prepare_v2(verify->store->db, names, -1, &row, NULL);
    sqlite3_bind_int64(row, 1, fact_kind(fact));
    sqlite3_bind_int64(row, 2, fact_metric(fact));
    sqlite3_bind_int64(row, 3, fact_line(fact));
    bool named = sqlite3_step(row) == SQLITE_ROW;
    if (named) {
        add_column(row, 0, text);
    }
    add_period(fact, text);
    if (named) {
        buffer_add_char(text, ' ');
        add_column(row, 1, text);
    }
    if (named && with_line && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        buffer_add_char(text, '[');
        add_column(row, 2, text);
        buffer_add_char(text, ']');
    }
    sqlite3_finalize(row);
}

void
verify_fact_fault(struct verify *verify, const struct fact *fact,
                  const char *format, ...)
{
    if (verify->found->faults >= VERIFY_FAULTS_TOLD) {
        verify->found->faults++;
        return;
    }
    struct buffer text = {0};
    va_list list;
    buffer_format(&text, "fact %lld, ", (long long)fact->record);
    verify_name_cell(verify, fact, true, &text);
    buffer_add_text(&text, ": ");
    va_start(list, format);
    buffer_format_list(&text, format, list);
    va_end(list);
    verification_add(verify->found, "%s", text.text);
    buffer_free(&text);
}

/* The whole ---------------------------------------------------------------- */

/* The names as a session loads them; what it says of damage is one fault. */
static bool
load_names(struct verify *verify)
{
    struct store *store = verify->store;
    size_t messages = store->diagnostics->count;
    if (dictionary_load(store)) {
        return true;
    }
    diagnostics_truncate(store->diagnostics, messages);
    verification_add(verify->found, "the names cannot be read");
    return false;
}

static void
count_names(struct verify *verify)
{
    verify->found->counted = true;
    verify->found->metrics = verify_number(
        verify, "SELECT count(*) FROM metric WHERE " STORE_STANDS("declared"),
        "metrics");
    verify->found->batches =
        verify_number(verify, "SELECT count(*) FROM batch", "batches");
}

static void
run_steps(struct verify *verify)
{
    verify_structure(verify);
    if (verify->failed || verify->found->faults) {
        return; /* the rest would only say it again */
    }
    count_names(verify);
    verify_names(verify);
    if (!verify->failed) {
        verify_facts(verify);
    }
    if (!verify->failed && load_names(verify)) {
        verify_cells(verify);
    }
}

/* A base that is too damaged to be opened is at fault too. */
static bool
open_damaged(struct store *store, const char *path, struct verification *found)
{
    struct diagnostics *list = store->diagnostics;
    size_t messages = list->count;
    if (open_base(store, path)) {
        return true;
    }
    bool damaged = list->count > messages &&
                   list->items[messages]->code == DIAGNOSTIC_BASE_CORRUPT;
    if (damaged) {
        diagnostics_truncate(list, messages);
        verification_add(found, "the file is damaged at its start, or cut off");
    }
    return false;
}

bool
store_verify(const char *path, struct atoms *atoms,
             struct diagnostics *diagnostics, struct verification *found)
{
    struct store *store = store_open(NULL, true, atoms, diagnostics);
    struct verify verify = {.store = store, .found = found};
    bool opened = open_damaged(store, path, found) &&
                  store_run_statement(store, SQL_BEGIN);
    if (opened) {
        store->reading = true;
        run_steps(&verify);
    }
    store_close(store);
    number_set_free(&verify.living);
    number_set_free(&verify.retracted);
    return !verify.failed && (opened || found->faults);
}
