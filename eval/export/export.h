/* Facts and names as text that reads back as the same.
 *
 * One order holds for all that is written, whatever the ids are and in whatever
 * order things were declared and stated: order.c hands out facts in it, one by
 * one, in bounded memory; names.c lists the names.  declare.c and words.c say
 * them in words, sequence.c settles what has to wait for others, text.c writes
 * Assay, table.c CSV, sdmx.c SDMX-CSV, usage.c finds the columns of both,
 * export.c runs the statement.
 */
#ifndef EVAL_EXPORT_EXPORT_H
#define EVAL_EXPORT_EXPORT_H

#include "eval/fact_text.h"
#include "store/sort.h"

/* Text on its way out, gathered. */
struct export_out {
    const struct export_sink *sink;
    struct buffer held;
    bool failed; /* the sink takes no more */
};

/* Sends what was gathered once it is enough, or ALL of it. */
void export_flush(struct export_out *out, bool all);

/* order.c ------------------------------------------------------------- */

/* The facts of a session that count, those of undone transactions and
 * withdrawn batches left out: by name of the metric, codes of the members, name
 * of the kind, frequency, period, day, and order of statement. */
struct export_order {
    struct session *session;
    uint32_t *metrics; /* that have facts, by name */
    size_t metric_count;
    size_t metric_at;       /* the next to be read */
    uint32_t *member_ranks; /* by id */
    uint32_t *kind_ranks;   /* by id */
    uint32_t *kinds;        /* by rank */
    uint32_t *metric_lines; /* all lines, those of a metric together */
    size_t *line_starts;    /* by metric: its first one there */
    uint32_t *line_ranks;   /* by id, for the metric that is read */
    uint32_t metric;        /* that is read */
    struct sorter *sorter;
    struct fact fact; /* handed out last */
    uint64_t done;
    const struct export_order *beside; /* that is read at the same time */
    bool stands;  /* only facts that were not taken back are to be told ... */
    bool settles; /* ... but this one, from which its line has its unit */
    bool late;    /* export_in_sequence() says what it had put off */
    bool failed;  /* reported */
};

/* False when the base failed; to be closed in either case. */
bool export_order_open(struct export_order *order, struct session *session);
void export_order_close(struct export_order *order);

/* Now and then, a call for each fact: tells how far it is, and false when
 * somebody has had enough of waiting (reported). */
bool export_tick(struct export_order *order);

/* The next fact, which stands until the next call; NULL at the end, and when
 * something failed. */
const struct fact *export_order_next(struct export_order *order);

/* Calls EACH for every such fact, in the order of the table, as often as it is
 * not told that it is enough; false when the base failed. */
bool export_each_fact(struct export_order *order,
                      void (*each)(void *context, const struct fact *fact),
                      bool (*enough)(void *context), void *context);

/* Is told a fact with its detail; false: no more are wanted. */
typedef bool export_each(void *context, const struct fact *fact,
                         const struct fact_detail *detail);

/* sequence.c: tells EACH all facts in the order in which they can be read back;
 * false when something failed (reported). */
bool export_in_sequence(struct export_order *order, export_each *each,
                        void *context);

/* May some facts have to be told though they were taken back, because their
 * lines have their units from them? */
bool export_may_settle(struct session *session);

/* names.c ------------------------------------------------------------- */

/* What a text declares, in the order in which it does. */
enum export_class {
    EXPORT_UNIT,
    EXPORT_KIND,
    EXPORT_CALENDAR,
    EXPORT_DIMENSION,
    EXPORT_MEMBER,
    EXPORT_METRIC,
    EXPORT_ACTOR,
    EXPORT_SOURCE,
    EXPORT_DEFINITION,
    EXPORT_CLASS_COUNT
};

struct export_name {
    enum export_class class;
    uint32_t id;
    uint32_t level;     /* above what it is made of */
    struct slice owner; /* of a member: its dimension */
    struct slice text;
};

/* The names that are not the library's. */
struct export_names {
    struct session *session;
    struct arena arena;
    struct export_name *items;
    size_t count;
    size_t capacity;
    struct member_part *parts; /* sorted by group */
    size_t part_count;
};

/* Lists them so that each stands behind what it is made of; BY_NAME: units and
 * definitions by name too, for comparing.  False when the base failed; to be
 * freed in either case. */
bool export_names_list(struct export_names *names, struct session *session,
                       bool by_name);
void export_names_free(struct export_names *names);

/* library.c: is a name the library's, declared as there? */
struct export_library;
struct export_library *export_library_open(struct session *session);
void export_library_close(struct export_library *library);
bool export_library_has(struct export_library *library,
                        struct export_names *names,
                        const struct export_name *name);

/* The class of the vocabulary that an entry is of; there is none for units. */
enum name_class export_name_class(enum export_class class);

/* The word of the language that declares a class. */
const char *export_class_word(enum export_class class);

/* Appends the statement that declares a name (declare.c). */
void export_print_name(struct export_names *names,
                       const struct export_name *name, struct buffer *text);

/* "metric exports", for people. */
void export_print_title(const struct export_name *name, struct buffer *text);

/* Order of names that are listed by name. */
int export_compare_names(const struct export_name *a,
                         const struct export_name *b);

/* declare.c: is a unit one that a metric makes of others?  It has the name of
 * its expression, and a metric that names it declares it. */
bool export_unit_is_made(struct session *session, unit_id id);

/* words.c ------------------------------------------------------------- */

/* Names as they are written in statements, each made once. */
struct export_words {
    struct session *session;
    struct arena arena;
    const char **texts[CLASS_COUNT];
    uint32_t line; /* whose members stand in MEMBERS */
    struct buffer members;
};

void export_words_init(struct export_words *words, struct session *session);
void export_words_free(struct export_words *words);

/* The name of a kind, metric, actor or source; "" for id 0. */
const char *export_word(struct export_words *words, enum name_class class,
                        uint32_t id);

/* Appends target 2023 exports[KR]. */
void export_print_figure(struct export_words *words, const struct fact *fact,
                         struct buffer *text);

/* Appends what is said besides the value: " by motie source bizwire".  The
 * detail was read by fact_read_detail(). */
void export_print_annotations(struct export_words *words,
                              const struct fact *fact,
                              const struct fact_detail *detail,
                              struct buffer *text);

/* Appends ` by motie on 2024-01-05 because "..."`; SOURCE, when it is not 0,
 * is that of the fact. */
void export_print_retraction(struct export_words *words,
                             const struct retraction *retraction,
                             uint32_t source, struct buffer *text);

/* What is said on the day of the source needs no day of its own. */
bool export_has_own_day(const struct session *session, const struct fact *fact);

/* usage.c ------------------------------------------------------------- */

/* Columns that are left out where no fact uses them. */
enum export_column {
    EXPORT_COLUMN_ACTOR,
    EXPORT_COLUMN_SOURCE,
    EXPORT_COLUMN_ON,
    EXPORT_COLUMN_CONDITION,
    EXPORT_COLUMN_NOTE,
    EXPORT_COLUMN_URL,
    EXPORT_COLUMN_CONTEXT,
    EXPORT_COLUMN_RETRACTED,
    EXPORT_COLUMN_COUNT
};

/* The word of the language that heads a column. */
const char *export_column_word(int column);

/* What the facts that are not retracted have. */
struct export_usage {
    struct session *session;
    const struct export_order *order; /* that is looked through */
    bool used[EXPORT_COLUMN_COUNT];
    bool *has_dimension;  /* by id: some fact has a member of it */
    uint32_t *dimensions; /* those, by name */
    size_t dimension_count;
    bool fiscal;      /* a year of some calendar */
    bool worded;      /* a fact that is no plain number */
    int64_t *records; /* whose details are to be looked at */
    size_t record_count;
    size_t record_capacity;
    bool failed; /* the base did, reported */
};

/* Reads all facts once, or twice where some may have to be told though they
 * were taken back; false when the base failed.  To be freed in either case. */
bool export_usage_find(struct export_usage *usage, struct export_order *order);
void export_usage_free(struct export_usage *usage);

/* Appends the header of a dimension; in backquotes if QUOTED, because it would
 * be taken for something else, or where a reader would trim it. */
void export_write_dimension(struct slice name, bool quoted, char separator,
                            struct buffer *text);

/* Is the fact one that was taken back, and that a table leaves out? */
bool export_leaves_out(const struct export_order *order,
                       const struct fact *fact);

/* Is the fact a number in its unit, and nothing else? */
bool export_is_plain(const struct fact *fact, const struct fact_detail *detail);

/* Appends what stands behind the figure in a statement, with a sign where it
 * needs one to be read as a value, or if IS_SIGNED, so that nobody else takes
 * it for a number. */
void export_print_stated(struct session *session, const struct fact *fact,
                         const struct fact_detail *detail, bool is_signed,
                         struct buffer *text);

/* Appends the cell that tells how a fact was taken back; nothing if it
 * stands. */
void export_write_retraction(struct session *session, const struct fact *fact,
                             char separator, struct buffer *text);

/* text.c, table.c, sdmx.c --------------------------------------------- */

/* What was written. */
struct export_counts {
    size_t names;
    size_t facts;
    size_t left_out; /* retracted facts, in CSV */
    size_t worded;   /* facts whose value others do not read, in SDMX-CSV */
    size_t unnamed;  /* names that are no codes, in SDMX-CSV */
};

/* False when the base failed (reported) or OUT did. */
bool export_names_text(struct session *session, struct export_out *out,
                       struct export_counts *counts);
bool export_text(struct session *session, struct export_out *out,
                 struct export_counts *counts);
bool export_table(struct session *session, char separator,
                  struct export_out *out, struct export_counts *counts);
bool export_sdmx(struct session *session, struct export_out *out,
                 struct export_counts *counts);

#endif
