/* What the files of eval/ share: the session and its names in scope.
 *
 * Names are resolved in one order everywhere: the vocabulary of the fact base,
 * then the library (whose declarations enter the vocabulary when they are first
 * used), then, in a fact, a declaration on the spot.
 */
#ifndef EVAL_SCOPE_H
#define EVAL_SCOPE_H

#include "eval/plan/plan.h"
#include "eval/session.h"
#include "parser/parse.h"
#include "store/store.h"

enum {
    CONTEXT_USES_MAX = 16,
    LIBRARY_DEPTH_MAX = 16,
    UNIT_OPEN_FACTS =
        2, /* after the second fact without a unit there is none */
};

/* What `using` filled in. */
struct context {
    uint32_t dimensions[CONTEXT_USES_MAX];
    uint32_t members[CONTEXT_USES_MAX];
    size_t count;
    uint32_t source;
    uint32_t actor;
};

/* The same by name, to find it again when all names were read anew. */
struct context_names {
    atom dimensions[CONTEXT_USES_MAX];
    atom members[CONTEXT_USES_MAX];
    size_t count;
    atom source;
    atom actor;
};

/* The figure that an elliptical one completes itself from. */
struct focus {
    bool set;
    uint32_t kind;
    uint32_t metric;
    bool has_period;
    struct period period;
    uint32_t members[DIMENSIONS_MAX]; /* by dimension of the metric */
    bool fixed[DIMENSIONS_MAX];       /* a member (or total) was named */
};

struct parameter {
    atom name;
    const char *text; /* as --set or the default gave it; NULL: none yet */
    const struct node *value; /* literal, in the session's arena */
    bool declared;
    const char *unread; /* why --set gave a text and no value; NULL */
    bool given;         /* by --set */
    bool refused;       /* ... in vain: it is not of the sort that is wanted */
    bool used;
    size_t run;     /* in which it was declared */
    uint32_t place; /* where */
};

/* A library file or a definition, parsed once. */
struct parsed {
    uint32_t definition; /* id, or 0 */
    const struct node *statement;
};

/* A file that was read, as the system numbers it. */
struct input {
    uint64_t device;
    uint64_t number;
};

/* What a run takes of its text: a review reads what is declared first, so that
 * files may stand in any order. */
enum { TAKE_DECLARATIONS = 1, TAKE_REST = 2, TAKE_QUESTIONS = 4, TAKE_ALL = 7 };

struct book; /* rules (eval/rules/rules.h) */

struct session {
    struct session_options options;
    struct atoms atoms;
    struct sources sources;
    struct diagnostics *diagnostics;
    struct store *store;
    struct vocabulary *vocabulary; /* of the store */
    struct parser *parser;         /* kept between runs; NULL while in use */
    struct arena arena;            /* for the session's life */
    struct arena scratch;          /* for one statement */
    struct context context;
    struct context_names context_names;
    struct focus focus;
    struct focus next_focus; /* taken when the statement is done */
    struct parameter *parameters;
    size_t parameter_count;
    size_t parameter_capacity;
    struct parsed *parsed;
    size_t parsed_count;
    size_t parsed_capacity;
    struct index library; /* atom: offset of its declaration, packed */
    bool library_indexed;
    uint32_t declaring[LIBRARY_DEPTH_MAX]; /* lines that are being declared */
    size_t declaring_count;
    bool more_texts; /* behind the one that runs */
    bool unread;    /* an import brought nothing: names of its may be missing */
    atom *poisoned; /* names whose declaration failed: not reported again */
    size_t poisoned_count;
    size_t poisoned_capacity;
    struct told
        *told; /* names that are missing: each is reported once a text */
    size_t told_count;
    size_t passed_over;       /* questions that a review does not answer ... */
    struct span first_passed; /* ... and where the first one stands */
    size_t alike_work;        /* pairs of names compared in this text */
    size_t told_capacity;
    const struct result_sink *sink;
    uint32_t batch;
    const struct source *source; /* that runs now */
    uint32_t row_place;          /* of it: its line was counted up to here */
    uint32_t row;
    uint64_t generation;         /* of the store's names */
    size_t statements;           /* of this run that are done */
    size_t run;                  /* which run of the session this is */
    const char *const *includes; /* files that are open, for cycles */
    size_t include_depth;
    size_t include_count;                 /* in this run */
    struct book *book;                    /* NULL while there is no rule */
    int takes;                            /* TAKE_... */
    const struct review_answers *answers; /* of this review; may be NULL */
    struct block_checks *checks;          /* of its documents; may be NULL */
    bool retries; /* what fails now may do so for the order of texts */
    bool in_library;
    bool in_text;        /* of the library: what is declared already stays so */
    bool *keyword_names; /* by atom of a keyword: it is declared too */
    size_t names_seen;   /* how many names there were for this; SIZE_MAX: ask */
    bool checking;       /* an error came: the rest is only checked */
    bool planning;       /* under explain: plans are printed, not run */
    bool measuring;      /* ... with what each part took */
    bool quits;
    bool undone;  /* this text took a transaction back */
    bool rejects; /* the file of records set aside is this session's */
    uint64_t settled_version; /* of the store, when derived values were made */
    int64_t settled_record;   /* ... and the last fact that they know */
    bool constrained_known;   /* the next table says all */
    bool *constrained;        /* by metric: constraints speak of it */
    size_t constrained_count;
    struct input *inputs; /* files that were read */
    size_t input_count;
    size_t input_capacity;
    struct output *exports; /* files that wait for the end of the run */
    size_t export_count;
    size_t export_capacity;
    day_number as_of; /* of the run; INT32_MAX: everything */
    enum run_status status;
};

/* Names -------------------------------------------------------------- */

/* Each returns the id, or 0 after reporting that there is none. */
uint32_t scope_kind(struct session *session, const struct node *name);
uint32_t scope_metric(struct session *session, const struct node *name);
uint32_t scope_dimension(struct session *session, const struct node *name);

/* The same for what a question may be spread by: `actor`, `source` and
 * `vintage` too, which are numbered as spread_dimension() does. */
uint32_t scope_axis(struct session *session, const struct node *name);
/* The coordinate of facts that a word names, when no dimension has its name;
 * SPREAD_COUNT for none. */
enum spread scope_spread(struct session *session, atom name);
uint32_t scope_member(struct session *session, uint32_t dimension,
                      const struct node *name);
uint32_t scope_actor(struct session *session, const struct node *name,
                     bool may_declare);
uint32_t scope_source(struct session *session, const struct node *name,
                      bool may_declare);
uint32_t scope_calendar(struct session *session, const struct node *name);

/* Looks a name up in a class without reporting: vocabulary, then library. */
uint32_t scope_find(struct session *session, enum name_class class, atom name);

/* The unit with that name; INDEX_NONE when there is none. */
unit_id scope_find_unit(struct session *session, atom name);

/* Reports an error at NODE and returns false; HELP may be NULL. */
bool scope_fail(struct session *session, const struct node *node,
                enum diagnostic_code code, const char *message,
                const char *help);

/* May LEN bytes that were written out be kept as a part of one statement?
 * Reports at NODE why not. */
bool scope_fits(struct session *session, const struct node *node, size_t len);

/* Says that NAME is unknown, with what it resembles in CLASS. */
void scope_unknown(struct session *session, enum diagnostic_code code,
                   enum name_class class, const char *what,
                   const struct node *name);

/* Reports that NAME is a member of no dimension of METRIC: `no WHAT named ...`,
 * with the nearest of all of them. */
void scope_unknown_member(struct session *session, const struct metric *metric,
                          const char *what, const struct node *name);

/* What a name of the shared name space stands for, in words; NULL: free. */
const char *scope_meaning(struct session *session, atom name);

/* May NAME be declared as a CLASS?  Reports why not. */
bool scope_may_declare(struct session *session, const struct node *name,
                       const char *what, bool shared);

/* Notes that a fact declared a name, and what the name resembles. */
void scope_note_declared(struct session *session, enum name_class class,
                         const struct node *name, uint32_t id);

void scope_poison(struct session *session, atom name);

/* A statement could not be read: what it would have declared is not missed by
 * others, and its first message, from MESSAGES on, tells how it is written. */
void session_explain_unread(struct session *session, struct span statement,
                            size_t messages);
bool scope_is_poisoned(const struct session *session, atom name);

/* May an unknown name in a fact be declared on the spot? */
bool scope_declares(const struct session *session);

const char *scope_chars(const struct session *session, atom name);

/* The text of a TEXT node or of the parameter that stands for one; NULL after
 * a report. */
const char *scope_text(struct session *session, const struct node *node);

/* The node that a parameter stands for, or NODE itself. */
const struct node *scope_parameter(struct session *session,
                                   const struct node *node);

/* Is NODE a single word, as --set place=Busan gives it? */
bool scope_is_word(const struct node *node);

/* Parameters (params.c): NULL when there is none of that name. */
struct parameter *scope_find_parameter(struct session *session, atom name);
struct suggestion;
void scope_offer_parameters(const struct session *session,
                            struct suggestion *suggestion);
bool param_statement(struct session *session, const struct node *statement);

/* A run that failed has declared none. */
void session_forget_parameters(struct session *session);

/* Could a text declare or use what --set gives?  False after a report: it does
 * not, and need not begin to run. */
bool session_foresee_parameters(struct session *session, struct slice text);

/* A copy of NODE alone, behind which none follows; its operands are the same
 * (settle.c).  In the scratch arena, as below. */
struct node *scope_copy(struct session *session, const struct node *node);

/* A copy of NODE in which parameters are replaced by what they stand for
 * (settle.c).  They have been found to be known before. */
const struct node *scope_settle(struct session *session,
                                const struct node *node);

/* The same of what is said of a cell of METRIC, to be kept: coordinates have
 * their dimension, so that names declared later change nothing. */
const struct node *scope_settle_fact(struct session *session,
                                     const struct node *node, uint32_t metric);

/* Library (library.c): declares NAME from the library, where it stands behind
 * WORD (kind, unit, define); true when it did. */
bool library_declare(struct session *session, const char *word, atom name);

/* Does the library define a function of that name?  It takes the name from
 * nobody: a metric may be called so, and a definition of one's own hides it. */
bool library_has_function(struct session *session, atom name);
const struct node *library_definition(struct session *session, uint32_t id);
void library_each_name(struct session *session,
                       void (*each)(void *context, struct slice word,
                                    struct slice name, struct slice line),
                       void *context);

/* Values (value.c) --------------------------------------------------- */

/* A constant amount as it was written. */
struct amount {
    double value;           /* base units */
    struct decimal decimal; /* in UNIT, when exact */
    bool exact;             /* decimal and unit say it all */
    bool literal;           /* one literal, perhaps with a unit */
    unit_id unit;           /* as written; 0 for none, and where !exact */
    int unit_exponent;      /* power of ten of the unit, when it is one */
    struct type type;
    uint8_t scale; /* K M B T as written */
};

/* Evaluates a constant expression of numbers and units; false after a report,
 * or without one when SILENT and it is not constant. */
bool value_amount(struct session *session, const struct node *node, bool silent,
                  struct amount *amount);

/* True when NODE has no figures, calls or other things that vary. */
bool value_is_constant(struct session *session, const struct node *node);

/* The unit that an expression like `B USD` or `USD / person` names: scale is
 * the power of ten of its scale word. */
bool value_unit(struct session *session, const struct node *node,
                struct type *type, double *factor);

/* Appends the name of the unit that such an expression makes of others. */
void value_name_compound(struct session *session, const struct node *node,
                         struct buffer *name);

/* Appends a type in words for messages: "USD", "a rate", "a plain number". */
void value_print_type(struct session *session, const struct type *type,
                      struct buffer *text);

/* Periods and dates. */
bool value_period(struct session *session, const struct node *node,
                  struct period *period, bool *fiscal);
bool value_span(struct session *session, const struct node *node,
                struct period_range *range);
bool value_date(struct session *session, const struct node *node,
                day_number *day, bool *before);

/* Statements --------------------------------------------------------- */

bool declare_statement(struct session *session, const struct node *statement);

/* Reports that NAME stands for something else already; returns false. */
bool scope_clash(struct session *session, const struct node *name,
                 const char *what);
bool using_statement(struct session *session, const struct node *statement);
bool fact_statement(struct session *session, const struct node *statement);
bool question_statement(struct session *session, const struct node *statement);
bool compare_statement(struct session *session, const struct node *statement);
bool plot_statement(struct session *session, const struct node *statement);
bool list_statement(struct session *session, const struct node *statement);
void list_currencies(struct session *session);
void list_frequencies(struct session *session);
/* Is the definition ID one of the user's own?  The library may have one of that
 * name too. */
bool definition_is_own(struct session *session, uint32_t id);

bool describe_statement(struct session *session, const struct node *statement);
bool help_statement(struct session *session, const struct node *statement);
bool print_statement_text(struct session *session,
                          const struct node *statement);
/* Rules and what belongs to them (eval/rules/). */
bool policy_statement(struct session *session, const struct node *statement);
bool rule_statement(struct session *session, const struct node *statement);
bool waive_statement(struct session *session, const struct node *statement);
bool claim_statement(struct session *session, const struct node *statement);

/* From here on a block of a document runs, or none (NULL): what its checks come
 * to is a verdict, unless a block shows what it prints. */
struct review_input;
void checks_enter(struct session *session, const struct review_input *block);
bool test_statement(struct session *session, const struct node *statement);

/* A `check` that a review reads in a plain text is asked at its end. */
void check_keep(struct session *session, const struct node *statement);
bool why_rule_statement(struct session *session, const struct node *statement);
bool list_rules(struct session *session, const char *what);
void book_free(struct book *book);

/* How much of a book there is, to come back to after a run that failed; and
 * that of a file has no policy yet. */
struct book_mark {
    size_t policies;
    size_t rules;
    size_t waivers;
    size_t claims;
    size_t checks;
    size_t tests;
};
struct book_mark book_mark(const struct book *book);
void book_truncate(struct book *book, const struct book_mark *mark);

/* The facts behind a value (why.c). */
bool why_statement(struct session *session, const struct node *statement);

bool explain_statement(struct session *session, const struct node *statement);

bool include_statement(struct session *session, const struct node *statement);
bool import_statement(struct session *session, const struct node *statement);
bool export_statement(struct session *session, const struct node *statement);
/* A file that a statement writes.  May this text write any?  Opens what is to
 * become the file at PATH, which AT names; and takes what was written for its
 * content, once the run has come to a good end.  All report what is wrong. */
struct output;
bool export_may_write(struct session *session, const struct node *statement);
bool export_open_file(struct session *session, const struct node *at,
                      const char *path, struct output *output);
bool export_close_file(struct session *session, const struct node *at,
                       const char *path, struct output *output);
/* Puts the files that this run has exported in their places, or drops them;
 * false after a report. */
bool export_keep_files(struct session *session, bool keep);

/* Notes that the file at PATH was read, which `export` then leaves alone; does
 * one with a new content wait for the end of the text (target.c)? */
void export_note_input(struct session *session, const char *path);

/* Has the session read the file at PATH? */
bool export_was_read(const struct session *session, const char *path);
bool export_is_pending(const struct session *session, const char *path);
#define EXPORT_PENDING                                                         \
    "this text writes it, and it is in place once the text is done"
bool history_statement(struct session *session, const struct node *statement);
bool retract_statement(struct session *session, const struct node *statement);
bool retract_import_statement(struct session *session,
                              const struct node *statement);
bool undo_statement(struct session *session, const struct node *statement);

/* Writes the batches as an answer: list imports. */
bool list_imports(struct session *session);

/* Files (include.c).  The path of a file that a text names: relative to the
 * file that names it. */
const char *session_path(struct session *session, const char *path);

/* May a text of this session read the file at PATH?  Reports why not. */
bool session_may_read(struct session *session, const char *path,
                      struct span span);

/* Reads a whole file; SPAN is the place that named it. */
bool session_read_file(struct session *session, const char *path,
                       struct span span, struct buffer *text);
bool session_cannot_read(struct session *session, struct span span,
                         const char *path, const char *reason);

/* The statements that parse but do not run yet; NULL for those that do. */
const char *statement_missing(enum node_kind kind);

/* Figures (figure.c) -------------------------------------------------- */

/* A figure with its names resolved. */
struct figure_names {
    uint32_t kind;
    uint32_t metric;
    bool has_kind;   /* written, not assumed */
    bool elliptical; /* metric and the rest come from the focus */
    bool has_period;
    struct period period;
    bool has_range;
    struct period_range range;
    bool fiscal;
    enum selector selectors[DIMENSIONS_MAX];
    uint32_t members[DIMENSIONS_MAX];
    bool mentioned[DIMENSIONS_MAX];
    uint32_t actor;
    uint32_t source;
    uint8_t spreads;  /* `vintage = *`: bits 1 << enum spread */
    bool has_vintage; /* `vintage = 2019-04`: as known on that day */
    day_number vintage;
};

/* Resolves the names of a figure.  DECLARE: an unknown metric is left to the
 * caller, which gets metric 0 and no report. */
bool figure_resolve(struct session *session, const struct node *node,
                    const struct focus *focus, bool declare,
                    struct figure_names *names);

/* The name in a coordinate, behind a parameter too; a period or date as it is;
 * NULL when there is none, reported. */
const struct node *figure_member(struct session *session,
                                 const struct node *member);

/* Completes what a figure did not mention from the context. */
void figure_complete(struct session *session, struct figure_names *names);

/* Remembers a figure as the next focus. */
void figure_focus(struct session *session, const struct figure_names *names);

/* Expressions (bind.c) ------------------------------------------------ */

/* A name that a question gave to one of its items. */
struct alias {
    atom name;
    uint32_t node;                 /* in the frame */
    const struct node *expression; /* what it was bound from */
    day_number as_of;
    const struct alias *next;
};

struct binding; /* arguments of the definition whose body is bound */

struct given; /* bind.h */
struct limit; /* bind.h */

struct binder {
    struct session *session;
    struct plan *plan;
    const struct focus *focus;
    const struct focus *home; /* the cell whose members stand in for those that
                               * a figure leaves out; NULL: none */
    size_t space;
    uint32_t lag;       /* from where figures are read: plan_add_lag() */
    uint32_t fixed_lag; /* ... that have a period of their own, which a window
                         * around its row, or one that is read as a whole, does
                         * not move */
    const struct binding *bindings;
    const struct alias *aliases;
    int depth;
    bool keep_focus; /* the first full figure becomes the next focus */
    bool stated_only;
    uint8_t spreads; /* what all figures are spread by, as in struct figure */
    day_number as_of;
    enum reach reach;
    struct given *given; /* clause and `partial` for the aggregates of the
                          * definition that is being bound; or NULL */
    const struct limit *limits; /* of the aggregates whose inside is being
                                 * bound: the members over which they run */
    enum frequency convert;     /* to which figures are converted; ONCE: none */
    bool convert_partial;
    enum aggregation aggregation; /* ... by which rule; NONE: their metric's */
    bool has_at; /* figures without a period are read at this one */
    struct period at;
    bool at_all;           /* ... and those with a period too */
    bool *at_used;         /* set when one was read so; or NULL */
    bool apart;            /* ... which is no period of the frame */
    int32_t release;       /* as in struct figure */
    int32_t back;          /* periods that windows around this reach back */
    int32_t back_years;    /* and years */
    bool rounded_literals; /* a literal has the interval of its digits */
    bool cell_frame; /* of a rule: the frame is one cell, so that aggregates
                      * without periods of their own stay in the row's */
};

void binder_init(struct binder *binder, struct session *session,
                 struct plan *plan);

/* Adds NODE to the plan; UINT32_MAX after a report. */
uint32_t bind_expression(struct binder *binder, const struct node *node);
uint32_t bind_truth(struct binder *binder, const struct node *node);

/* False, after a report, when `vintage`, `horizon` and the like stand in a
 * question in which nothing is told apart by it. */
bool bind_check_coordinates(const struct binder *binder);

/* Adds an aggregate or other function of the language itself; returns false
 * when NAME is none of them. */
bool bind_builtin(struct binder *binder, const struct node *call,
                  struct slice name, uint32_t *result);

/* Builds a checked arithmetic or comparison node from bound operands. */
uint32_t bind_binary(struct binder *binder, const struct node *at,
                     enum node_op op, uint32_t left, uint32_t right);

/* A text with its figures filled in (message.c), in the scratch of the
 * statement; NULL after a report. */
const char *message_text(struct session *session, const struct node *node);

/* The same for the name of a file: an unknown value has no place in it, and
 * neither have control characters. */
const char *message_path(struct session *session, const struct node *node);

/* Answers (answer.c) --------------------------------------------------- */

/* Fills the display of a result column from a type. */
void answer_column(struct session *session, const struct type *type,
                   struct result_column *column);

/* line_units.c.  May a line of a metric be stated in a unit?  One that follows
 * a dimension is the same for a member in whatever metric follows it: a country
 * has one currency. */
bool scope_unit_fits(const struct session *session, uint32_t metric,
                     const uint32_t *members, unit_id said);

/* The unit in which amounts in FOLLOWS, which follows a dimension, are stated
 * of a member of that; FOLLOWS itself while none is. */
unit_id scope_unit_of_member(const struct vocabulary *vocabulary,
                             unit_id follows, uint32_t dimension,
                             uint32_t member);

/* Is a metric, declared with PROPERTIES, counted along the dimension that its
 * unit follows?  Else false after a report; true for any other unit. */
bool scope_unit_has_dimension(struct session *session,
                              const struct node *properties,
                              const struct metric *metric);

/* By row of the frame's lines the unit of a column whose unit
 * follows a dimension, in the scratch of the statement: NULL for a row of which
 * nothing is stated; NULL for any other column. */
const char **answer_line_units(struct session *session, const struct plan *plan,
                               uint32_t node);

/* The same for one line of a space and a value of TYPE: NULL where the unit
 * does not follow a dimension, or nobody stated an amount of the member. */
const char *answer_unit(struct session *session, const struct plan *plan,
                        const struct type *type, size_t space, size_t line);

/* The name of a member of a dimension, or of an actor or source. */
struct slice answer_member(const struct session *session, uint32_t dimension,
                           uint32_t member);

/* Can a value of a node rest on the right side of a `?`, or on what fills a
 * gap? */
bool answer_may_assume(const struct plan *plan, uint32_t at);

/* Do all figures of a plan count in fiscal years? */
bool answer_is_fiscal(const struct plan *plan);

/* Fills a value from a node's cell. */
void answer_value(struct session *session, const struct plan *plan,
                  uint32_t node, size_t period, size_t line,
                  struct result_value *value);

/* Fills a value from the cell AT of a figure; false when nothing is known of
 * it. */
bool answer_part(const struct plan *plan, const struct figure *figure,
                 size_t at, const struct type *type,
                 struct result_value *value);

/* What follows (follow.c): makes derived values fit the facts.  The second one
 * takes the values that the base holds as fitting it. */
bool follow_settle(struct session *session);
void follow_trust(struct session *session);

/* Puts the context in place that held when a formula was said: the text of a
 * `using` statement, or NULL for none. */
void follow_context(struct session *session, const char *text);

/* Adds to PLAN what an assertion says of the cell HOME: its value when it is a
 * formula.  UINT32_MAX after a report. */
uint32_t follow_bind(struct session *session, struct plan *plan,
                     const struct focus *home, const struct node *assertion,
                     day_number as_of, enum reach reach);

/* Amounts in facts (amount.c): fills coefficient, exponent and form of FACT,
 * and the bounds and texts of DETAIL, from a constant level. */
bool amount_state(struct session *session, const struct node *level,
                  struct metric *metric, struct fact *fact,
                  struct fact_detail *detail, bool *has_detail);
bool amount_range(struct session *session, const struct node *range,
                  struct metric *metric, struct fact *fact,
                  struct fact_detail *detail);

/* Beyond it a number could be kept, but not be written again as a literal. */
enum { AMOUNT_EXPONENT_MAX = DECIMAL_EXPONENT_MAX - DECIMAL_DIGITS - 2 };

/* The digits of AMOUNT in the metric's unit; EXACT says that they are all there
 * is to it, and not only the nearest ones.  A unit that each line has of its
 * own is settled in METRIC, which is then a copy of the caller's. */
bool amount_in_unit(struct session *session, const struct node *node,
                    struct metric *metric, const struct amount *amount,
                    struct decimal *decimal, bool *exact);

/* What the annotations of a statement say, for all of its facts (fact.c). */
struct annotations {
    uint32_t actor;
    uint32_t source;
    day_number day;
    bool before;
    bool has_day;
    const char *condition;
    const char *note;
    const char *url;
};
bool fact_annotations(struct session *session, const struct node *first,
                      struct annotations *said);

/* What was SAID of a fact of METRIC as it would be kept of one that is stated
 * now (fact.c): when it was said, the unit may not have been known. */
const char *fact_restate(struct session *session, const struct metric *metric,
                         const char *said);

/* Fills the value of a fact of the cell HOME from its assertion (fact.c). */
bool fact_assert(struct session *session, const struct node *assertion,
                 const struct focus *home, struct metric *metric,
                 struct fact *fact, struct fact_detail *detail,
                 bool *has_detail);

/* The latest day that counts for questions: the run's `as of`. */
day_number session_question_day(const struct session *session);

/* What the messages from number FROM on mean for the run. */
enum run_status session_failure(const struct session *session, size_t from);

/* Takes the place of the one writer.  Another process may have written before
 * it was our turn: names are then read anew, or, when this run has already used
 * them, the run is given up. */
bool session_write(struct session *session);
/* The same for `undo` itself, behind which nothing is stated. */
bool session_take_pen(struct session *session);

/* The context by name, and back again. */
void session_name_context(const struct session *session,
                          struct context_names *names);
void session_find_context(struct session *session,
                          const struct context_names *names);

/* All names were read anew: finds the context again by its names. */
void session_take_names(struct session *session);

/* The line of a place in the source that runs now. */
uint32_t session_row(struct session *session, uint32_t place);

/* What went wrong since the messages from number FROM on counts for the run,
 * and the rest of it is only checked. */
void session_note_failure(struct session *session, size_t from);

/* statement.c.  Runs a statement, if this run takes it, and notes its
 * failure. */
void session_run_one(struct session *session, const struct node *statement);

/* What is looked at when all texts have run: parameters that nobody knows, and
 * what the base says of its facts.  False after a report. */
bool session_check_parameters(struct session *session);
bool session_check_base(struct session *session);

/* Runs the texts of a review as one transaction, what they declare first, then
 * calls DONE, when all went well, and takes everything back. */
struct review_input;
enum run_status session_read_all(
    struct session *session, const struct review_input *inputs, size_t count,
    void (*done)(struct session *session, void *context), void *context);

/* The policy that holds where a text begins: none; and back again.  The next
 * text may go on with that of the last one. */
void book_resume_text(struct session *session);

/* A review tells of the figures that its texts take back. */
void book_add_withdrawal(struct session *session, const struct node *statement,
                         const char *said, const char *reason);
const void *book_enter_text(struct session *session);
void book_leave_text(struct session *session, const void *outer);

/* Runs statements of a text inside the current transaction. */
void session_run_statements(struct session *session,
                            const struct source *source);

#endif
