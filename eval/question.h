/* A question while it is answered: its plan, its clauses, its frame.  Shared by
 * show, check and compare. */
#ifndef EVAL_QUESTION_H
#define EVAL_QUESTION_H

#include "eval/scope.h"

struct question {
    struct session *session;
    struct plan plan;
    struct binder binder;
    uint32_t where; /* nodes; UINT32_MAX: none */
    uint32_t sort;
    bool descending;
    size_t top;
    size_t for_last;
    bool with_bounds;
    bool fiscal;      /* its `for` names fiscal years */
    bool by_period;   /* the answer has a row for each period */
    size_t row_first; /* the periods that have rows, as offsets in the plan */
    size_t row_last;
    bool keeps_unknown; /* rows whose figures are known stay, whatever the
                         * values (check) */
    uint32_t *items;    /* nodes of the answer */
    size_t item_count;
    size_t undecided;
    size_t cut;
    size_t unsorted; /* rows at the end, as bounds of their keys overlap */
    struct result_chart *chart; /* the answer is to be drawn; NULL: a table */
};

void question_init(struct question *question, struct session *session);
void question_free(struct question *question);

/* Clauses that must be known before the expressions are bound, and those that
 * are expressions themselves. */
bool question_clauses(struct question *question, const struct node *clauses);
bool question_conditions(struct question *question, const struct node *clauses);

/* Answers `show` and `plot`. */
bool question_answer(struct question *question, const struct node *items,
                     const struct node *clauses);

/* plot.c: can a chart show ITEM, which NODE was made of?  Reports why not. */
bool plot_takes(struct question *question, const struct node *item,
                uint32_t node);

/* bind_fiscal.c.  Have all figures of the frame the fiscal years that its `for`
 * names?  Else false after a report.  And notes it where one expression
 * combines years of different calendars; after plan_frame(). */
bool question_check_fiscal(struct question *question);
void question_note_years(struct question *question);

/* The same for what stands beneath COUNT nodes, UINT32_MAX being none: whether
 * all have the fiscal years that SPAN names, and the note, once for all.  RULE
 * is the statement that asks, where several have one plan; else NULL. */
bool question_check_fiscal_of(struct question *question,
                              const struct node *rule, const uint32_t *nodes,
                              size_t count, struct span span);
void question_note_years_of(struct question *question, const struct node *rule,
                            const uint32_t *nodes, size_t count);

/* Settles the frame. */
bool question_frame(struct question *question);

/* The same, then reads and computes what its items and clauses ask for. */
bool question_compute(struct question *question);

/* Under `explain`, runs and prints the plan; true when all went well. */
bool question_explain(struct question *question);

/* A row of the answer: a period, as an offset in the plan, and a line. */
struct question_row {
    size_t period;
    size_t line;
    double low;  /* its key, negated where the largest come first: a point */
    double high; /* or bounds; NAN where it is unknown */
};

/* Is a row one of the answer?  Counts those that `where` leaves open. */
bool question_row_passes(struct question *question, size_t period, size_t line);

/* Rows of the frame in the order of the answer; the caller frees them. */
struct question_row *question_rows(struct question *question, size_t *count);

/* empty.c: why there are no rows; NULL when that needs no word, because no
 * figure was asked for or `where` left out what there is. */
const char *question_empty_note(const struct question *question);

/* Why NODES, called NAMES, are unknown in a row; NULL when all are known. */
const char *question_unknown_note(const struct question *question,
                                  const uint32_t *nodes,
                                  const char *const *names, size_t count,
                                  const struct question_row *row);

/* rates.c: by which exchange rates the rows of an answer were converted, in the
 * scratch of the statement; NULL for none. */
const char *question_rates_note(struct question *question,
                                const struct question_row *rows, size_t count);

/* What an item is called, in the scratch of the statement. */
const char *question_item_name(struct session *session,
                               const struct node *item);

/* rules/checks.c: notes for a review what STATEMENT, a `check` in a block of a
 * document, came to.  NODE is its truth, SIDES what it compares (UINT32_MAX: no
 * such side) and ITEMS their trees; BAD and OPEN rows are false and unknown. */
void checks_note(struct question *question, const struct node *statement,
                 uint32_t node, const uint32_t *sides,
                 struct node *const *items, size_t bad, size_t open);

/* The key columns of the frame, and their values in a row; each returns how
 * many there are. */
size_t question_keys(const struct question *question,
                     struct result_column *columns);
size_t question_key_values(const struct question *question, size_t period,
                           size_t line, struct result_value *values);

#endif
