/* Rules: policies, their waivers, claims and tests, and how they are judged.
 *
 * A statement only enters the session's book, with its clauses sorted.  A
 * review then binds all rules, so that every mistake is found before anything
 * runs, and judges them in groups that share one frame: the same metric,
 * frequency, dimensions and periods.  What it finds out is data
 * (eval/review.h).
 *
 *   book.c      the statements, as they were written
 *   clauses.c   the clauses of a rule
 *   subjects.c  which figures a rule is about
 *   bind.c      rules into the plans of their groups
 *   years.c     fiscal years in them
 *   judge.c     verdicts
 *   budget.c    what a review may take, and the rule that takes more
 *   finding.c   what is told of a verdict (and finding_facts.c,
 *               finding_branches.c)
 *   waive.c     waivers, and the only place that knows of expiry
 *   baseline.c  findings that are known already
 *   claim.c     claims
 *   document.c  outputs that a document shows
 *   tests.c     test blocks
 *   got.c       what came in place of what they expect
 *   review.c    all of it, in order
 */
#ifndef EVAL_RULES_RULES_H
#define EVAL_RULES_RULES_H

#include "eval/message.h"
#include "eval/movement.h"
#include "eval/question.h"
#include "eval/review.h"
#include "parser/print.h"

enum { RULE_CONDITIONS_MAX = 16, RULE_LETS_MAX = 32, RULE_PARTS_MAX = 16 };

struct policy {
    atom name;
    const struct node *statement;
    const char *title;
    const char *owner;
    const char *because;
    const char *see;
    bool has_severity;
    enum rule_severity severity;
};

struct rule_condition {
    const struct node *expression;
    bool forbids;
    bool moves; /* `consistent`: what is said of the subject's change */
    const struct node *otherwise; /* text; NULL: a message of ours */
    struct message message;       /* of OTHERWISE, when there is one */
};

struct rule {
    const char *id;
    atom name;
    const struct policy *policy; /* NULL for none */
    const struct node *statement;
    const struct node *subject; /* figure */
    bool every;
    bool any_metric; /* its subject is `figure`, or `movement` */
    bool moves;      /* ... that of which a change is said */
    const struct node *by;
    const struct node *periods; /* span */
    const struct node *where[RULE_PARTS_MAX];
    size_t where_count;
    const struct node *when[RULE_PARTS_MAX];
    size_t when_count;
    const struct node *lets[RULE_LETS_MAX];
    size_t let_count;
    struct rule_condition conditions[RULE_CONDITIONS_MAX];
    size_t condition_count;
    const char *title;
    const char *owner;
    const char *because;
    const char *see;
    enum rule_severity severity;
    enum on_unknown on_unknown;
    bool may_be_empty;
    bool has_fail_when;
    size_t fail_when;
    struct context_names context; /* what `using` filled in where it stands */
    size_t run;                   /* of the session, in which it was read */
};

struct waiver {
    const struct node *statement;
    const struct node *rule; /* name or rule id */
    const struct node *figures;
    day_number until;
    const char *by;
    const char *because;
    struct context_names context;
    const struct policy *policy; /* in whose file part it stands */
};

struct claim {
    const struct node *statement;
    struct context_names context;
};

/* A `check` of a plain text, which is asked when all facts are there. */
struct kept_check {
    const struct node *statement;
    struct context_names context;
    struct focus focus;          /* what came before it */
    const struct source *source; /* its text, and how many statements had run */
    size_t statements;
};

struct test_block {
    const struct node *statement;
    struct context_names context;
    const struct policy *policy;
};

/* A figure that a text of a review took back. */
struct withdrawal {
    const struct node *statement;
    const char *figure;
    const char *said; /* "= 685B USD" */
    const char *reason;
};

/* All that was declared, in order.  Everything lives in the session's arena. */
struct book {
    struct policy **policies;
    size_t policy_count;
    size_t policy_capacity;
    struct rule **rules;
    size_t rule_count;
    size_t rule_capacity;
    struct waiver **waivers;
    size_t waiver_count;
    size_t waiver_capacity;
    struct claim **claims;
    size_t claim_count;
    size_t claim_capacity;
    struct kept_check **checks;
    size_t check_count;
    size_t check_capacity;
    struct test_block **tests;
    size_t test_count;
    size_t test_capacity;
    struct withdrawal *withdrawals;
    size_t withdrawal_count;
    size_t withdrawal_capacity;
    const struct policy *policy; /* the last one of this file */
    const struct policy *left;   /* ... of the file before */
    bool resumes;                /* the next text belongs to that file */
};

/* The session's book, made when it is first asked for. */
struct book *rules_book(struct session *session);

/* A copy of a tree in the session's arena, with parameters settled. */
const struct node *rules_keep(struct session *session, const struct node *node);

/* clauses.c: sorts the clauses of RULE; false after a report. */
bool rule_read_clauses(struct session *session, struct rule *rule);
bool policy_read_clauses(struct session *session, struct policy *policy);
bool waiver_read_clauses(struct session *session, struct waiver *waiver);

/* The rule that a name or an id means; NULL after a report.  POLICY, if any, is
 * looked through first. */
struct rule *rules_find(struct session *session, const struct node *id,
                        const struct policy *policy);

/* Subjects ----------------------------------------------------------------- */

/* A rule for one kind, metric and frequency: its figures are those of the
 * rule, with `figure` filled in. */
struct subject {
    uint32_t kind;
    uint32_t metric;
    enum frequency frequency;
    /* Of movements: which dimensions their lines have, a bit each.  Totals are
     * no sums of what is said of their parts. */
    bool has_mask;
    uint32_t mask;
};

/* Fills SUBJECTS (in the scratch of the session) with what RULE is about, as
 * far as facts of it are known; false after a report. */
bool rule_subjects(struct session *session, const struct rule *rule,
                   struct subject **subjects, size_t *count);

/* The dimensions that `every` spreads: those that stated cells use or RULE asks
 * for, but for what the subject fixes; false when the base failed. */
bool subject_dimensions(struct session *session, const struct rule *rule,
                        const struct subject *subject,
                        const struct figure_names *names, uint32_t *dimensions,
                        size_t *count);

/* Does the figure stand for that of the subject: `figure`, `movement`? */
bool subject_stands(struct session *session, const struct node *figure);

/* The tree of the rule for one of them. */
const struct node *subject_settle(struct session *session,
                                  const struct node *node,
                                  const struct subject *subject);

/* Judging ------------------------------------------------------------------ */

/* A comparison inside a condition: its two sides. */
struct comparison {
    const struct node *tree;
    uint32_t node;  /* a truth */
    uint32_t left;  /* of numbers, or whatever is compared */
    uint32_t right; /* UINT32_MAX: a set */
    uint32_t tolerance;
};

struct bound_condition {
    const struct rule_condition *source;
    const struct node *tree; /* the expression, `figure` filled in */
    uint32_t node;
    struct comparison *comparisons;
    size_t comparison_count;
    uint32_t *holes; /* nodes of the message */
};

/* A part of a rule, in the order of its tree. */
struct branch {
    const struct node *tree;
    uint32_t node;     /* UINT32_MAX: it has no value of its own */
    const char *label; /* "require" and the like, at depth 0 */
    atom name;         /* of `let` */
    unsigned depth;
    bool is_leaf; /* the figures behind it are told with it */
    bool moves;   /* `consistent` */
};

/* A rule bound for one subject, in the plan of its group. */
struct task {
    const struct rule *rule;
    struct review_rule *result;
    struct subject subject;
    size_t group;
    uint32_t cell; /* the subject's own node */
    uint32_t where;
    uint32_t when;
    struct bound_condition *conditions;
    uint32_t lets[RULE_LETS_MAX];
    struct branch *branches; /* where all is told */
    size_t branch_count;
    size_t branch_capacity;
};

/* Rules that share a frame. */
struct group {
    struct question question;
    uint32_t metric;
    enum frequency frequency;
    uint32_t dimensions[SPACE_DIMENSIONS_MAX];
    size_t dimension_count;
    bool has_range;
    struct period_range range;
    struct context_names context;
    struct task **tasks;
    size_t task_count;
    size_t task_capacity;
};

struct judgement {
    struct session *session;
    struct review *review;
    struct group **groups;
    size_t group_count;
    size_t group_capacity;
    day_number as_of;  /* facts of later days do not count */
    uint64_t rows;     /* looked at so far */
    uint64_t max_rows; /* 0: any number */
    uint64_t max_bytes;
    bool records_passes;
    bool describes_only;
    bool tells_left_out;      /* what `where` leaves out, too */
    bool tells_all;           /* passes with all that failures have */
    struct movement movement; /* of the row that is judged; then stale */
    size_t finding_capacity;
    size_t note_capacity;
};

/* Binds RULE for all of its subjects; false after a report. */
bool judge_bind(struct judgement *judgement, const struct rule *rule,
                struct review_rule *result);

/* Runs every group and records verdicts and findings; false after a report. */
bool judge_run(struct judgement *judgement);
void judge_free(struct judgement *judgement);

/* years.c: have all figures of a task the fiscal years that SPAN names?  Else
 * false after a report.  And a note where one of its expressions combines years
 * that differ, once for a place; when the plan has its frame. */
bool task_check_years(struct question *question, const struct task *task,
                      struct span span);
void task_note_years(struct question *question, const struct task *task);

/* budget.c: says that the budget of WHAT is used up; returns false. */
bool judge_over_budget(struct judgement *judgement, const struct rule *rule,
                       const char *what);

/* The rule of a group for which most is read and kept. */
const struct rule *heaviest_rule(const struct group *group);

/* False after Ctrl-C, or when the budget of time is used up, which interrupts
 * alike: reported once, with the rule, in the place of what was said of it from
 * message FROM on. */
bool judge_goes_on(struct judgement *judgement, const struct rule *rule,
                   size_t from);

/* Whether the subject of a row has something stated. */
bool task_has_subject(const struct judgement *judgement,
                      const struct group *group, const struct task *task,
                      size_t period, size_t line);

/* Adds what is told of a verdict to the review.  CONDITION is the one that
 * decided; NULL when none did. */
void finding_add(struct judgement *judgement, const struct group *group,
                 struct task *task, size_t period, size_t line,
                 enum verdict verdict, const struct bound_condition *condition,
                 uint32_t unknown);

/* Gives FINDING the figures behind a node's values in some rows, in the scratch
 * of the session. */
void facts_tell(struct judgement *judgement, const struct plan *plan,
                uint32_t node, const struct question_row *rows, size_t count,
                struct review_finding *finding);

/* Gives a finding the fingerprint of its rule and subject. */
void finding_sign(struct review_finding *finding);

/* A text of the review. */
const char *review_keep(struct review *review, const struct buffer *text);
const char *review_copy(struct review *review, const char *text);

/* A value, and the value of a node in a row, as a finding tells it. */
struct review_value review_value_from(struct review *review,
                                      const struct result_value *value,
                                      const struct buffer *text);
struct review_value review_value_of(struct review *review,
                                    struct session *session,
                                    const struct plan *plan, uint32_t node,
                                    size_t period, size_t line);

/* The place of a span, of a tree or of a fact. */
struct review_place review_place_of(struct review *review,
                                    const struct session *session,
                                    struct span span);

/* Baseline, waivers -------------------------------------------------------- */

/* document.c: compares what blocks printed with what their documents show. */
void documents_apply(struct judgement *judgement,
                     const struct review_request *request);

/* document.c: adds a rule that documents bring along.  ID, NAME, TITLE and
 * SUBJECT outlive the review. */
struct review_rule *document_add_rule(struct judgement *judgement,
                                      const char *id, const char *name,
                                      const char *title, const char *subject);
void document_count(struct review_rule *rule, enum verdict verdict);

/* checks.c: the checks of blocks, noted while these ran; and those of plain
 * texts, which are asked now.  False after a report. */
struct block_check {
    struct block_check *next;
    bool of_text;
    struct review_finding *finding; /* without a rule and a fingerprint */
    size_t said; /* bytes of its subject before the number of its equals */
};
struct block_checks {
    struct review *review;
    const struct review_input *block; /* that runs, and shows no output */
    const char *text;                 /* or the plain text that does */
    struct block_check *first;
    struct block_check *last;
};
bool checks_ask(struct judgement *judgement);
void checks_apply(struct judgement *judgement);

/* difference.c: how PRINTED differs from SHOWN, as a finding tells it, in the
 * arena of REVIEW.  FIRST becomes the line of SHOWN, base 0, at which they
 * part; that behind the last when it has too few. */
const char *difference_tell(struct review *review, struct slice shown,
                            struct slice printed, size_t *first);

/* got.c: what came in place of what a test expected, in words.  The finding of
 * another verdict, with its branches; of another message; of none of RULE. */
void got_verdict(struct buffer *got, const struct review_finding *finding);
void got_message(struct buffer *got, const struct review_finding *finding);
void got_no_subject(struct buffer *got, const struct review *review,
                    const char *rule);

/* The sides of the comparisons in a condition, bound in its plan. */
enum { GOT_SIDES_MAX = 8 };
struct got_sides {
    const struct node *trees[GOT_SIDES_MAX];
    uint32_t nodes[GOT_SIDES_MAX];
    size_t count;
};
void got_find_sides(struct got_sides *sides, struct binder *binder,
                    const struct node *tree);

/* A condition, NODE, that is not true in a row.  Texts are those of REVIEW. */
void got_condition(struct buffer *got, struct review *review,
                   struct session *session, const struct plan *plan,
                   const struct got_sides *sides, uint32_t node, size_t period,
                   size_t line);

/* branch.c: the parts of a bound rule. */
void branches_bind(struct session *session, struct binder *binder,
                   struct task *task);

/* Appends a note; its texts are copied. */
void judge_note(struct judgement *judgement, enum note_kind kind,
                const char *rule, const char *subject, const char *reason,
                struct span place);

void finding_keep(struct judgement *judgement, struct review_finding *finding);

bool baseline_apply(struct judgement *judgement, struct slice text);
bool claims_judge(struct judgement *judgement);

/* Judges what the session's book holds, inside its transaction; false after a
 * report. */
bool review_judge(struct session *session, const struct review_request *request,
                  struct review *review);

bool waivers_apply(struct judgement *judgement);
bool waiver_holds(day_number until, day_number as_of);

/* A figure as a pattern for subjects, in the scratch of the session; NULL after
 * a report.  What it does not say may be anything. */
struct waived;
struct waived *figure_pattern(struct session *session,
                              const struct node *figure);
bool figure_covers(const struct session *session, const struct waived *pattern,
                   const struct review_finding *finding);

/* Is anything stated that it names?  No when the base failed. */
bool pattern_is_stated(struct session *session, const struct waived *pattern);

/* Does it name a total or a group, whose parts may be judged in its stead? */
bool pattern_is_whole(const struct session *session,
                      const struct waived *pattern);

#endif
