/*
 * Runs SQL in DuckDB.
 *
 *     duck DATABASE STATEMENT...
 *
 * DATABASE is a path or :memory:, an argument may hold several statements.
 * Prints each row of a question with commas between its values, NULL as
 * nothing.
 *
 * The library is loaded from the path in DUCKDB_LIBRARY, and what is called of
 * it is declared here, so that neither header nor library is needed to build
 * this.  DuckDB keeps its defaults: it uses all cores and most of the memory.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As DuckDB's C interface has them; no field is used. */
struct result {
    uint64_t counts[3];
    void *columns;
    char *message;
    void *data;
};

/* X(RESULT, NAME, PARAMETERS) of the functions; a status is 0 for success. */
#define FUNCTIONS                                                              \
    X(int, open, (const char *path, void **database))                          \
    X(int, connect, (void *database, void **connection))                       \
    X(uint64_t, extract_statements,                                            \
      (void *connection, const char *sql, void **statements))                  \
    X(const char *, extract_statements_error, (void *statements))              \
    X(int, prepare_extracted_statement,                                        \
      (void *connection, void *statements, uint64_t at, void **statement))     \
    X(const char *, prepare_error, (void *statement))                          \
    X(int, execute_prepared, (void *statement, struct result *result))         \
    X(const char *, result_error, (struct result * result))                    \
    X(int, result_return_type, (struct result result))                         \
    X(uint64_t, row_count, (struct result * result))                           \
    X(uint64_t, column_count, (struct result * result))                        \
    X(char *, value_varchar,                                                   \
      (struct result * result, uint64_t column, uint64_t row))                 \
    X(void, free, (void *value))                                               \
    X(void, destroy_result, (struct result * result))                          \
    X(void, destroy_prepare, (void **statement))                               \
    X(void, destroy_extracted, (void **statements))                            \
    X(void, disconnect, (void **connection))                                   \
    X(void, close, (void **database))

enum { RETURNS_ROWS = 3 }; /* not how many rows were changed */

static struct {
#define X(RESULT, NAME, PARAMETERS) RESULT(*NAME) PARAMETERS;
    FUNCTIONS
#undef X
} duckdb;

static void
fail(const char *message)
{
    fprintf(stderr, "duck: %s\n", message ? message : "an error of no name");
    exit(1);
}

static void
load_library(void)
{
    const char *path = getenv("DUCKDB_LIBRARY");
    void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    void *symbol;
    if (!library) {
        fail(path ? dlerror() : "DUCKDB_LIBRARY names no library");
    }
    /* Copied, because C has no cast from an object to a function. */
#define X(RESULT, NAME, PARAMETERS)                                            \
    symbol = dlsym(library, "duckdb_" #NAME);                                  \
    if (!symbol) {                                                             \
        fail("the library lacks duckdb_" #NAME);                               \
    }                                                                          \
    memcpy(&duckdb.NAME, &symbol, sizeof symbol);
    FUNCTIONS
#undef X
}

static void
print_rows(struct result *result)
{
    uint64_t rows = duckdb.row_count(result);
    uint64_t columns = duckdb.column_count(result);
    for (uint64_t row = 0; row < rows; row++) {
        for (uint64_t column = 0; column < columns; column++) {
            char *value = duckdb.value_varchar(result, column, row);
            printf("%s%s", column ? "," : "", value ? value : "");
            duckdb.free(value);
        }
        putchar('\n');
    }
}

static void
run(void *connection, const char *sql)
{
    void *statements;
    uint64_t count = duckdb.extract_statements(connection, sql, &statements);
    if (count == 0) {
        fail(duckdb.extract_statements_error(statements));
    }
    for (uint64_t at = 0; at < count; at++) {
        void *statement;
        struct result result;
        if (duckdb.prepare_extracted_statement(connection, statements, at,
                                               &statement) != 0) {
            fail(duckdb.prepare_error(statement));
        }
        if (duckdb.execute_prepared(statement, &result) != 0) {
            fail(duckdb.result_error(&result));
        }
        if (duckdb.result_return_type(result) == RETURNS_ROWS) {
            print_rows(&result);
        }
        duckdb.destroy_result(&result);
        duckdb.destroy_prepare(&statement);
    }
    duckdb.destroy_extracted(&statements);
}

int
main(int argc, char **argv)
{
    void *database;
    void *connection;
    if (argc < 3) {
        fputs("usage: duck DATABASE STATEMENT...\n", stderr);
        return 2;
    }
    load_library();
    if (duckdb.open(argv[1], &database) != 0 ||
        duckdb.connect(database, &connection) != 0) {
        fail("the database cannot be opened");
    }
    for (int i = 2; i < argc; i++) {
        run(connection, argv[i]);
    }
    duckdb.disconnect(&connection);
    duckdb.close(&database);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
