/* What the files of the store share.  Private to this folder. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/section.h"
#include "store/store.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/types.h>

/* Statements that are prepared once and kept. */
enum statement {
    SQL_SCAN,        /* a range of the hot table, all lines */
    SQL_SCAN_LINES,  /* the same for a range of lines, period by period */
    SQL_SCAN_PLACES, /* with actor, source, batch and row */
    SQL_SCAN_LINES_PLACES,
    SQL_SCAN_PERIOD, /* ... of one period */
    SQL_SCAN_PERIOD_PLACES,
    SQL_SCAN_CELL, /* ... of one line, only the fact in force */
    SQL_SCAN_CELL_PLACES,
    SQL_SECTIONS, /* the cross-sections of a range */
    SQL_DETAIL,
    SQL_ADD_DETAIL,
    SQL_ADD_CONSTRAINT,
    SQL_BATCH,
    SQL_MEMBERS,
    SQL_LINES,
    SQL_EXTENTS,
    SQL_CONSTRAINTS,
    SQL_DERIVED,
    SQL_DATA_VERSION,
    SQL_COUNTER,
    SQL_BEGIN,
    SQL_BEGIN_WRITE,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_COUNT
};

/* Was the transaction that a row names not taken back? */
#define STORE_STANDS(column)                                                   \
    column " NOT IN (SELECT id FROM \"transaction\" WHERE withdrawn <> 0)"

/* Facts in memory: sorted up to SORTED, the rest in order of statement. */
struct overlay {
    struct fact *facts;
    size_t count;
    size_t capacity;
    size_t sorted;
    struct fact_detail *details; /* in order of record */
    size_t detail_count;
    size_t detail_capacity;
    struct arena texts;
};

/* One sort key of facts that are moved into the base: how many of a batch. */
struct tally {
    uint64_t cell;
    uint32_t batch;
    day_number last_day;
    int64_t count;
};

/* Facts on their way into the base, in the order of the table. */
struct feed {
    const struct fact *(*next)(void *context); /* NULL at the end */
    void *context;
    struct fact_alike alike; /* of all that will come */
    struct tally *tallies;   /* of what has passed */
    size_t tally_count;
    size_t tally_capacity;
    /* Cross-sections of the periods that have passed. */
    struct built *built;
    size_t built_count;
    size_t built_capacity;
    struct buffer bytes; /* of all of them */
    struct section_writer writer;
    size_t repeated;    /* facts that say again what another one says */
    struct fact newest; /* of the line that passes now */
    bool has_newest;
};

/* One of them: a piece of the bytes. */
struct built {
    uint64_t cell;
    size_t start;
    size_t end;
    int64_t facts; /* that have passed, superseded ones included */
};

/* Facts that a transaction has moved into the base already, by metric. */
struct touched {
    uint32_t metric;
    bool constrains; /* some formula or movement was among them */
    int64_t record;  /* the last one */
};

/* What a transaction in memory can be taken back to. */
struct undo_point {
    uint32_t transaction;
    struct vocabulary_mark mark;
    struct metric_change *changes; /* owns */
    size_t change_count;
    struct line_change *line_changes; /* owns */
    size_t line_change_count;
    int64_t record;
    size_t details;
    size_t batches;
    size_t retractions;
};

/* One scan on its way; scan.c says how it goes. */
struct scan {
    const struct store *store;
    const struct scan_range *range;
    bool careful; /* some facts may not count */
    void (*cell)(void *context, const struct fact *fact);
    void *context;
    struct fact pending; /* the fact of the current cell so far */
    bool has_pending;
    const struct fact *next; /* overlay: facts still to come */
    const struct fact *end;
    uint64_t last_cell; /* of the base: to assert its order */
    uint64_t last_line_day;
};

/* What the aggregate function of a connection feeds. */
struct feeder {
    struct scan *scan;
};

struct store {
    sqlite3 *db; /* NULL: memory only */
    bool read_only;
    bool reading;       /* a transaction is open */
    bool writing;       /* ... which may write */
    bool keeps_nothing; /* ... in memory only, up to its end */
    struct diagnostics *diagnostics;
    struct vocabulary vocabulary;
    struct vocabulary_mark saved; /* what the base holds */
    struct vocabulary_mark begun; /* what there was when it began */
    uint8_t *loaded_dimensions;   /* by id */
    size_t loaded_dimension_count;
    uint8_t *loaded_metrics;
    size_t loaded_metric_count;
    struct overlay overlay;
    size_t begun_facts; /* facts in the overlay when the transaction began */
    size_t begun_details;
    int64_t begun_record;
    int64_t next_record;
    int64_t data_version; /* changes when another process has written */
    uint64_t version;
    uint64_t generation;
    struct batch *batches; /* of this session; numbered from first_batch */
    size_t batch_count;
    size_t batch_capacity;
    size_t begun_batches;
    uint32_t first_batch;
    uint32_t transaction; /* the number that the next one takes */
    bool changed;         /* this one withdrew or took back something */
    bool withdrew;        /* ... and must leave a mark of its own */
    bool flushed;         /* ... has moved facts into the base before its end */
    uint8_t *withdrawn;   /* by batch: its facts do not count */
    size_t withdrawn_room; /* of the table */
    size_t withdrawn_count;
    struct retraction *retractions; /* in order of statement */
    size_t retraction_count;
    size_t retraction_capacity;
    size_t begun_retractions;
    size_t saved_retractions; /* how many of them the base holds */
    struct index retracted;   /* record: place in the list */
    struct undo_point *undo;  /* in memory: one for each transaction */
    size_t undo_count;
    size_t undo_capacity;
    size_t undo_pending; /* transactions that the running one takes back */
    struct touched *touched;
    size_t touched_count;
    size_t touched_capacity;
    struct feed *feed; /* that is moved now */
    struct derived *derived;
    size_t derived_count;
    struct arena derived_texts;
    size_t saved_constraints; /* in the base, when its names were read */
    struct fact *constraints;
    size_t constraint_count;
    uint64_t constraint_version;
    struct extent *extents;
    size_t extent_count;
    uint64_t extent_version;
    bool extents_broken; /* reported in this transaction */
    sqlite3_stmt *statements[SQL_COUNT];
    struct feeder feeder;
    struct pool *pool; /* connections for large scans; NULL: none yet */
    bool has_sections; /* the base may hold some */
    const char *path;  /* owns; of the file, as it was named */
    dev_t device;      /* which file that was */
    ino_t inode;
    volatile sig_atomic_t interrupted;
};

/* Around what is read between runs, as completion does: false when another
 * process has written, so that names here no longer fit the facts; then nothing
 * is to be read before the next run. Within a transaction they do nothing. */
bool store_peek(struct store *store);
void store_peek_end(struct store *store);

/* sql.c */
bool store_run_statement(struct store *store, enum statement which);

/* open.c: opens PATH as a fact base, which a new or empty file becomes. */
bool open_base(struct store *store, const char *path);

/* migrate.c: brings a base of an older version up to date, behind a copy. */
bool migrate_base(struct store *store, const char *path, int64_t version);

/* batch.c */
bool batches_load(struct store *store);
bool batches_save(struct store *store);
void batches_truncate(struct store *store, size_t count);
bool batch_is_withdrawn(const struct store *store, uint32_t batch);
void batch_mark(struct store *store, uint32_t batch, bool withdrawn);
/* A transaction of names alone leaves a mark too. */
bool transaction_save(struct store *store);
void undo_push(struct store *store);
void undo_free(struct store *store);
/* The end of a transaction in memory that took others back, good or bad. */
void undo_finish(struct store *store);
void undo_forget(struct store *store);

/* retract.c */
bool retractions_load(struct store *store);
bool retractions_save(struct store *store);
void retractions_truncate(struct store *store, size_t count);
/* True when the fact was withdrawn on AS_OF or before. */
bool fact_is_retracted(const struct store *store, const struct fact *fact,
                       day_number as_of);

/* Returns the kept statement, ready to bind; NULL after a report. */
sqlite3_stmt *store_statement(struct store *store, enum statement which);

/* Prepares a constant text of SQL for this once; NULL after a report. */
sqlite3_stmt *store_prepare(struct store *store, const char *sql);

/* Runs a statement that gives no rows, and makes it ready for the next. */
bool store_step_done(struct store *store, sqlite3_stmt *statement);

/* Binds a text that outlives the step; NULL stays NULL. */
void store_bind_chars(sqlite3_stmt *statement, int at, const char *text);

/* Runs a text of SQL without results. */
bool store_execute(struct store *store, const char *sql);

/* Reports what SQLite says about the last call; returns false. */
bool store_failed(struct store *store, int status);

/* The key in the first columns of a row: metric, frequency, kind, period, and
 * line, day (follow.c). */
uint64_t store_row_cell(sqlite3_stmt *row);
uint64_t store_row_line_day(sqlite3_stmt *row);

/* sound.c: are the ids and days of a row such as we write?  Of its key, of its
 * line and day, of who said it. */
bool sound_cell(const struct store *store, sqlite3_stmt *row);
bool sound_line_day(const struct store *store, sqlite3_stmt *row);
bool sound_day(int64_t day);
bool sound_speaker(const struct store *store, const struct fact *fact);

/* store.c: reads everything anew inside a writing transaction. */
bool store_reload(struct store *store);
/* Facts of METRIC up to RECORD have left the overlay. */
void store_touch(struct store *store, uint32_t metric, bool constrains,
                 int64_t record);

/* dictionary.c */
bool dictionary_load(struct store *store);
bool dictionary_save(struct store *store);

/* overlay.c */
void overlay_sort(struct overlay *overlay);
void overlay_free(struct overlay *overlay);
/* Forgets the facts from RECORD on, and the details behind DETAILS. */
void overlay_truncate(struct overlay *overlay, int64_t record, size_t details);
/* Index of the first sorted fact that is not before (cell, line_day). */
size_t overlay_seek(const struct overlay *overlay, uint64_t cell,
                    uint64_t line_day);

/* Sorts facts by their key, those of one key staying in their order; may put
 * them into other memory, which is then the caller's. */
void facts_sort(struct fact **facts, size_t count);

/* feed.c: moves what FEED hands out into the table of facts, and its tallies
 * into those of periods. */
bool feed_register(struct store *store);
bool feed_run(struct store *store, struct feed *feed);
void feed_free(struct feed *feed);

/* commit.c: moves the overlay into the base; at the end of a transaction with
 * what follows from the facts. */
bool commit_facts(struct store *store, bool at_end);
bool commit_detail(struct store *store, const struct fact_detail *detail);
/* Notes that FACT constrains others, when it does. */
bool commit_constraint(struct store *store, const struct fact *fact);

/* scan.c: the function through which SQLite hands out rows, for a connection;
 * returns a status of SQLite, as scan_whole() does. */
int scan_register(sqlite3 *db, struct feeder *feeder);
void scan_prepare(struct scan *scan, const struct store *store,
                  const struct scan_range *range);
/* Hands out what is left. */
void scan_complete(struct scan *scan);

/* A connection that reads ranges whole. */
struct reading {
    struct feeder *feeder;
    sqlite3_stmt *rows;     /* SQL_SCAN or SQL_SCAN_PLACES */
    sqlite3_stmt *sections; /* SQL_SECTIONS, or NULL for rows only */
};
/* Reads the range of SCAN, from cross-sections where they serve. */
int scan_whole(const struct reading *reading, struct scan *scan);
/* Can cross-sections serve this range at all? */
bool scan_takes_sections(const struct store *store,
                         const struct scan_range *range);

/* build_sections.c: what becomes of the cross-sections of the periods into
 * which facts were moved; to be called before they are counted. */
bool sections_save(struct store *store, struct feed *feed);
bool sections_drop(struct store *store, uint64_t cell);
/* Of all periods that a batch, or a transaction, has facts in. */
bool sections_drop_batch(struct store *store, uint32_t batch);
bool sections_drop_transaction(struct store *store, uint32_t transaction);

/* pool.c */
void pool_close(struct store *store);

/* The text of a kept statement. */
const char *store_statement_text(enum statement which);

/* The tables with the SQL that makes each and its indexes; ends with NULL. */
struct store_table {
    const char *name;
    const char *sql;
};
extern const struct store_table store_tables[];
extern const char store_views[];

enum {
    STORE_APPLICATION_ID = 0x41737379, /* "Assy" */
    STORE_USER_VERSION = 2,
    STORE_PATIENCE_MS = 5000,
};

#endif
