/* A review as data: what a policy's rules said of the figures.
 *
 * The evaluator fills it, the report floor writes it in every format, and
 * neither knows of the other.  Every text is UTF-8 and NUL-terminated, in the
 * arena of the review, and as it was stated: whoever writes it escapes it.
 * NULL stands for what is absent.  The same input gives the same order, which
 * is that of every format: rules by severity and id, waivers and known findings
 * by rule and subject, and findings worst first.  Those come first that are
 * neither known nor waived, then the known, then the waived; among these by
 * severity as they are told (what is unknown is a warning at most, unless its
 * rule fails on that), by rule id, what failed before what is unknown, and by
 * subject.
 */
#ifndef EVAL_REVIEW_H
#define EVAL_REVIEW_H

#include "base/arena.h"
#include "base/buffer.h"
#include "values/period.h"

enum verdict {
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_UNKNOWN,
    VERDICT_NOT_APPLICABLE,
    VERDICT_COUNT
};

/* "pass", "fail", "unknown", "not applicable". */
const char *verdict_word(enum verdict verdict);

/* What becomes of a fail; other verdicts are FINDING_NEW. */
enum finding_state {
    FINDING_NEW,
    FINDING_KNOWN, /* it stands in the baseline, or in the base compared with */
    FINDING_WAIVED, /* by a waiver in force */
};

/* Worst first. */
enum rule_severity { RULE_ERROR, RULE_WARNING, RULE_INFO };

/* "error", "warning", "info". */
const char *severity_word(enum rule_severity severity);

/* What is done about a verdict of unknown. */
enum on_unknown { ON_UNKNOWN_WARN, ON_UNKNOWN_FAIL, ON_UNKNOWN_IGNORE };

/* A place in a file.  Lines and columns count from 1, columns in characters;
 * END_COLUMN is the one behind the last.  COLUMN 0: the whole line. */
struct review_place {
    const char *file; /* as the command line or the import named it */
    uint32_t line;    /* 0: the whole file */
    uint32_t column;
    uint32_t end_line;
    uint32_t end_column;
};

/* A number as it is, and as a person reads it. */
struct review_value {
    bool known;
    bool is_number;     /* NUMBER means something */
    double number;      /* in base units: 0.05 for 5 % */
    const char *text;   /* "685B USD"; "?" when it is not known */
    const char *reason; /* why it is not */
};

/* A figure that stands behind a verdict. */
struct review_fact {
    const char *figure; /* "target 2023 exports[KR]" */
    struct review_value value;
    const char *basis;  /* "stated", "derived", "implied"; NULL: nothing is
                         * known of it */
    const char *actor;  /* the names; NULL: nobody named one */
    const char *stated; /* the day: "2023-10-05", "..2023-10-05" */
    const char *source;
    const char *url;
    const char *note;
    const char *chain; /* of what follows: "down 4.5% from actual 2022" */
    struct review_place place; /* file NULL: nobody stated it */
    unsigned depth; /* below the fact that rests on it; 0: the rule's own */
};

/* A part of what was judged: a side of the condition, or a name of `let`. */
struct review_operand {
    const char *expression; /* "103% * forecast" */
    struct review_value value;
};

/* A part of a rule and what it came to; of its last parts the figures. */
struct review_branch {
    unsigned depth;
    const char *label; /* "require", "let gap"; NULL below them */
    const char *expression;
    struct review_value value; /* a truth is "true", "false" or unknown */
    const struct review_fact *facts;
    size_t fact_count;
};

/* The figures of a subject's line over time, of one kind. */
struct review_series {
    const char *kind;
    size_t count;
    const struct period *periods; /* ascending */
    const double *values;         /* base units; NaN: unknown */
};

struct review_member {
    const char *dimension;
    const char *member;
};

struct review_policy {
    const char *name;
    const char *title;
    const char *owner;
    const char *because;
    const char *see;
    struct review_place place;
};

struct review_rule {
    const struct review_policy *policy; /* NULL: it stands in none */
    const char *id;                     /* "export_targets.target_outruns" */
    const char *name;
    const char *title;
    enum rule_severity severity;
    enum on_unknown on_unknown;
    bool may_be_empty;
    bool has_fail_when; /* it fails with more than FAIL_WHEN fails only */
    size_t fail_when;
    const char *owner; /* the rule's, else its policy's */
    const char *because;
    const char *see;
    const char *subject;  /* the clause: "every target exports" */
    const char **clauses; /* all of them as written, NULL-ended */
    struct review_place place;
    /* How many subjects came to what; fails are WAIVED, KNOWN or new. */
    size_t subjects;
    size_t verdicts[VERDICT_COUNT];
    size_t waived;
    size_t known;
    size_t
        skipped; /* cells of groups and totals, which are left to the leaves */
    bool is_empty;  /* it found no subject and may not be empty */
    double seconds; /* its part of the time, when a profile was asked for */
    size_t rows;    /* subjects and other rows that were looked at */
};

struct review_waiver;

struct review_finding {
    const struct review_rule *rule;
    enum verdict verdict;
    enum finding_state state;
    bool left_out;       /* by the rule's `where`: told to who asks why only */
    const char *subject; /* "target 2023 exports[KR]"; "report.md, block 2" */
    const char *kind;    /* NULL, as is the metric: it is about a document */
    const char *metric;
    const char *period; /* "2023", "2023-Q1"; NULL: the metric has none */
    struct period at;   /* the same, when there is one */
    const struct review_member *members;
    size_t member_count;
    const char *message;   /* the rule's, with values filled in */
    const char *condition; /* the one that failed, or is not known */
    const char *reason;    /* why it is not known */
    const struct review_operand *operands;
    size_t operand_count;
    bool has_imbalance; /* left minus right of the comparison */
    struct review_value imbalance;
    struct review_value imbalance_percent; /* of the right side */
    const char *tolerance;                 /* "0.5%", of `within` */
    /* Of an output block: lines that begin with "-" (it has them), "+" (they
     * were printed), " " (both) or "@" (how many were passed over). */
    const char *difference;
    const struct review_fact *facts;
    size_t fact_count;
    size_t facts_left;                    /* and so many more */
    const struct review_branch *branches; /* where all is told */
    size_t branch_count;
    const struct review_series *series;
    size_t series_count;
    const char *unit; /* of the series: "USD" */
    struct review_place place;
    char fingerprint[33]; /* of rule and subject, in hexadecimal */
    const struct review_waiver *waiver;
};

/* How loudly a finding is told: the severity of its rule; for what is unknown
 * a warning at most, unless the rule fails on that. */
enum rule_severity finding_level(const struct review_finding *finding);

enum waiver_state {
    WAIVER_USED,
    WAIVER_UNUSED,   /* no finding needed it */
    WAIVER_EXPIRED,  /* its last day has passed */
    WAIVER_EXPIRING, /* used, with less than thirty days to go */
};

/* "used", "unused", "expired", "expiring". */
const char *waiver_word(enum waiver_state state);

struct review_waiver {
    const char *rule;      /* its id */
    const char **subjects; /* NULL-ended; none: every subject */
    const char *until;     /* the last day on which it holds */
    const char *by;
    const char *because;
    enum waiver_state state;
    size_t uses;
    struct review_place place;
};

/* A line of the baseline of which there is no finding any more. */
struct review_fixed {
    const char *fingerprint;
    const char *rule;
    const char *subject;
};

/* What else a reader has to know to trust the counts. */
enum note_kind {
    NOTE_RETRACTED, /* a figure that the review's own texts took back */
    NOTE_LEFT_OUT,  /* figures that a rule about any figure makes no sense of */
};

/* "retracted", "left out". */
const char *note_word(enum note_kind kind);

struct review_note {
    enum note_kind kind;
    const char *rule;    /* its id; NULL: it is about none */
    const char *subject; /* "target 2023 exports", "actual projects" */
    const char *reason;
    struct review_place place;
};

/* A claim and what became of it. */
enum claim_verdict { CLAIM_SUPPORTED, CLAIM_CONTRADICTED, CLAIM_UNVERIFIABLE };

/* "supported", "contradicted", "unverifiable". */
const char *claim_word(enum claim_verdict verdict);

struct review_claim {
    const char *text;
    const char *actor;
    const char *source;
    const char *day; /* on which it was judged */
    const char *condition;
    enum claim_verdict verdict;
    enum claim_verdict today; /* judged on the review's `as of` */
    const char *reason;
    const struct review_fact *facts;
    size_t fact_count;
    size_t facts_left;
    struct review_place place;
};

/* Exit statuses; when several hold, BROKEN is before FAILED before
 * UNDECIDED. */
enum review_status {
    REVIEW_PASSED = 0,
    REVIEW_FAILED = 1,
    REVIEW_BROKEN = 2,
    REVIEW_UNDECIDED = 3,
};

struct review {
    struct arena arena;
    day_number as_of; /* DAY_NONE: no fact has a date */
    enum rule_severity fail_level;
    bool has_baseline;
    const char *against; /* the base that stands for a baseline; NULL: none */
    bool keeps_passes;   /* passes and what does not apply are findings too */
    bool profiles;       /* seconds and rows of the rules mean something */
    struct review_policy **policies;
    size_t policy_count;
    struct review_rule **rules;
    size_t rule_count;
    struct review_finding **findings;
    size_t finding_count;
    struct review_waiver **waivers;
    size_t waiver_count;
    struct review_fixed *fixed;
    size_t fixed_count;
    struct review_note *notes; /* by kind, in the order of the inputs */
    size_t note_count;
    struct review_claim **claims;
    size_t claim_count;
    /* Sums over the rules. */
    size_t subjects;
    size_t verdicts[VERDICT_COUNT];
    size_t waived;
    size_t known;
    enum review_status status;
    const char *outcome; /* the status in words, without a full stop */
};

/* What the block of a document before it has to print. */
struct review_output {
    struct slice text;      /* whole lines, without margins; borrowed */
    uint32_t line;          /* of its first one, base 1 */
    const uint8_t *margins; /* as those of a source; borrowed */
    bool is_open; /* no fence closes it: who knows where it was meant to end */
};

/* What a review is asked to do. */
struct review_input {
    const char *name;  /* as messages call it */
    struct slice text; /* borrowed */
    /* The table that the text imports, unless another input has done so; NULL:
     * the text stands for itself. */
    const char *table;
    /* It is a block of a document: it runs behind all that is none, in the
     * order of the document, and what it asks is answered. */
    bool is_block;
    bool continues;         /* the document of the input before: its policy */
    size_t number;          /* of a block, in its document */
    uint32_t first_line;    /* of its document */
    const uint8_t *margins; /* as those of a source; borrowed */
    const struct review_output
        *output; /* NULL: nobody looks at what it prints */
};

/* Where the answers of blocks go. */
struct result_sink;
struct review_answers {
    void *context;
    const struct result_sink *sink;
    /* Input number AT has run: all that came since the last call is its. */
    void (*close)(void *context, size_t at, day_number as_of);
    /* What it printed; borrowed. */
    struct slice (*text)(void *context, size_t at);
};

/* Is the output that a document shows the one that was printed?  Blanks at the
 * end of lines and empty lines at the end of all do not count. */
bool review_same_output(struct slice shown, struct slice printed);

struct review_request {
    const struct review_input *inputs; /* rules and facts, in any order */
    size_t input_count;
    enum rule_severity fail_level;
    bool require_subjects; /* a rule without subjects leaves it undecided */
    bool describes_only;   /* rules are described and not judged */
    bool keeps_passes;
    bool tells_all; /* passes with all that failures have, and branches */
    bool profiles;
    bool strict_baseline;  /* entries that are gone fail */
    struct slice baseline; /* its text; NULL: none */
    const char *against;   /* the base that BASELINE was found in; NULL: none */
    uint64_t max_rows;     /* 0: no limit */
    uint64_t max_bytes;
    const struct review_answers *answers; /* NULL: blocks ask nothing */
    bool accepts; /* what blocks print now is what they have to print */
};

/* Appends the lines of a baseline that knows every fail of REVIEW. */
void review_write_baseline(const struct review *review, struct buffer *out);

void review_init(struct review *review);
void review_free(struct review *review);

/* How a test block ended. */
struct review_expectation {
    const char *text; /* "expect fail p.r for target 2023 exports" */
    bool met;
    const char *got; /* what came instead, in words */
    struct review_place place;
};

struct review_test {
    const char *name;
    bool passed;
    const char *error; /* why it could not run at all */
    const struct review_expectation *expectations;
    size_t expectation_count;
    struct review_place place;
};

/* Which outcomes of a rule the tests have seen. */
struct review_coverage {
    const struct review_rule *rule;
    bool seen[VERDICT_COUNT];
};

struct review_tests {
    struct arena arena;
    struct review_test **tests;
    size_t test_count;
    size_t failed;
    struct review_coverage *coverage; /* in order of rule ids */
    size_t coverage_count;
    double percent; /* of pass and fail of all rules, seen */
    enum review_status status;
    const char *outcome;
};

void review_tests_free(struct review_tests *tests);

#endif
