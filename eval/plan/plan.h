/* The plan of a question: what to read, what to compute, over which frame.
 *
 * A plan is data.  It has spaces (sets of lines: the frame's own, and one for
 * the inside of every aggregate), figures (each one range of the fact base) and
 * nodes (one for each distinct sub-expression, operands before operators).  A
 * lag is no node: it is an offset at which a figure is read.
 *
 * Inside columns an unknown number is a NaN and an unknown truth too, so that
 * arithmetic carries the unknown along without a test; no NaN leaves the plan.
 */
#ifndef EVAL_PLAN_PLAN_H
#define EVAL_PLAN_PLAN_H

#include "base/index.h"
#include "eval/result.h"
#include "parser/tree.h"
#include "store/store.h"

enum {
    SPACE_DIMENSIONS_MAX = 8,
    PLAN_CELLS_MAX = 50 * 1000 * 1000, /* of one figure */
    PLAN_RATES_MAX = 200,
    PLAN_NODE_CELLS_MAX = 4 * PLAN_CELLS_MAX, /* of all nodes together */
};

/* What a value is: for units, display and messages. */
struct type {
    enum value_type class; /* NUMBER, TRUTH, TEXT, PERIOD, DATE */
    enum unit_role role;   /* a rate, a difference of rates, or neither */
    measure_id measure;    /* 0: a plain number */
    unit_id unit;          /* how it is shown; 0: by its measure */
    int scale;             /* power of ten asked for; -1: none */
    bool bare;             /* a literal without a unit: takes the other's */
    bool unscaled;         /* ... and without a scale: takes that too */
    bool percent;          /* a share that is shown in % */
    uint32_t dimension;    /* TEXT: the dimension whose members these are */
};

enum plan_op {
    PLAN_CONSTANT,
    PLAN_FIGURE,
    PLAN_MEMBER,   /* the member of the row, as its id */
    PLAN_PERIOD,   /* the period of the row, as its ordinal */
    PLAN_PER_YEAR, /* periods of the frame in a year */
    PLAN_LEFT,     /* periods of the row's year behind it */
    PLAN_HORIZON,  /* periods from the vintage of the row to its period */
    PLAN_NEGATE,
    PLAN_ADD,
    PLAN_SUBTRACT,
    PLAN_MULTIPLY,
    PLAN_DIVIDE,
    PLAN_RATIO, /* ... of two that have the same sign */
    PLAN_POWER,
    PLAN_ORELSE,
    PLAN_IF,
    PLAN_EQ,
    PLAN_LT,
    PLAN_LE,
    PLAN_AGREES,
    PLAN_POSSIBLY_EQ,
    PLAN_POSSIBLY_LT,
    PLAN_POSSIBLY_LE,
    PLAN_CERTAINLY_EQ,
    PLAN_CERTAINLY_LT,
    PLAN_CERTAINLY_LE,
    PLAN_NEAR,     /* equal within a tolerance */
    PLAN_NEAR_REL, /* ... that is a share of the right side */
    PLAN_POSSIBLY_NEAR,
    PLAN_POSSIBLY_NEAR_REL,
    PLAN_CERTAINLY_NEAR,
    PLAN_CERTAINLY_NEAR_REL,
    PLAN_NOT,
    PLAN_AND,
    PLAN_OR,
    PLAN_KNOWN,
    PLAN_ABS,
    PLAN_EXACT,    /* as if it were not rounded */
    PLAN_ABOUT,    /* within half a unit of its leading digit in kid[1] */
    PLAN_DIGITS,   /* how many its bounds leave, in units of kid[1] */
    PLAN_POSITIVE, /* a number above 0, or nothing */
    PLAN_SQRT,
    PLAN_LN,
    PLAN_EXP,
    PLAN_ROUND,
    PLAN_ROUND_EVEN,
    PLAN_TRUNC,
    PLAN_FLOOR,
    PLAN_CEIL,
    PLAN_SIG, /* to so many significant digits */
    PLAN_LOW,
    PLAN_HIGH,
    PLAN_ATTRIBUTE, /* what was said beside a figure (attribute.c) */
    PLAN_MATCHES,   /* a text, against the pattern TEXT */
    PLAN_RANK,      /* among the lines of the row's period (rank.c) */
    PLAN_SHIFT,     /* the row to which LAG leads (shift.c) */
    PLAN_WINDOW,    /* a reduction over periods up to the row's (window.c) */
    PLAN_STREAK,    /* for how many periods a condition has held */
    PLAN_SINCE,     /* the first of them */
    PLAN_HIGHEST,   /* the last period before it that was as high (highest.c) */
    PLAN_FILL,      /* the last known value */
    PLAN_INTERPOLATE,
    PLAN_SUM,
    PLAN_AVG,
    PLAN_MIN,
    PLAN_MAX,
    PLAN_COUNT,
    PLAN_MEDIAN,
    PLAN_QUANTILE, /* kid[1]: which, from 0 to 1 */
    PLAN_VAR_SAMP,
    PLAN_VAR_POP,
    PLAN_STDDEV_SAMP,
    PLAN_STDDEV_POP,
    PLAN_RMS,   /* the root of the mean square */
    PLAN_FIRST, /* in the first period */
    PLAN_LAST,
    PLAN_ALL,
    PLAN_ANY,
    PLAN_SPARK, /* an atom: its periods as a word of bars */
    PLAN_OP_COUNT
};

/* Reductions that need all their numbers at once (statistic.c). */
static inline bool
op_is_statistic(enum plan_op op)
{
    return op >= PLAN_MEDIAN && op <= PLAN_RMS;
}

/* What is kept beside the number of a fact. */
enum attribute {
    ATTRIBUTE_STATED, /* the day */
    ATTRIBUTE_ACTOR,
    ATTRIBUTE_SOURCE,
    ATTRIBUTE_NOTE,
    ATTRIBUTE_BASIS,
};

/* Where the window of a row begins; it ends with the row. */
enum window {
    WINDOW_COUNT,   /* REACH periods */
    WINDOW_YEAR,    /* a year */
    WINDOW_TO_DATE, /* the first period of the row's year */
    WINDOW_ALL,     /* the first period of which something is known */
};

enum { VARIES_PERIOD = 1, VARIES_LINE = 2 };

/* How a figure chooses its member of one of its metric's dimensions. */
enum selector {
    SELECT_TOTAL, /* the cell stated without the dimension */
    SELECT_MEMBER,
    SELECT_SPACE, /* each member of the space */
};

/* Coordinates of facts that a question can spread like dimensions: who said
 * them, where, and when.  As dimensions of a space they have numbers of their
 * own; their members are ids of actors and sources, and days. */
enum spread { SPREAD_ACTOR, SPREAD_SOURCE, SPREAD_VINTAGE, SPREAD_COUNT };

#define DIMENSION_SPREAD (UINT32_MAX - SPREAD_COUNT)

static inline bool
dimension_is_spread(uint32_t dimension)
{
    return dimension >= DIMENSION_SPREAD && dimension < UINT32_MAX;
}

static inline uint32_t
spread_dimension(enum spread spread)
{
    return DIMENSION_SPREAD + (uint32_t)spread;
}

/* A combination of such coordinates that some fact of a figure has, in order;
 * 0 for those that it does not spread. */
struct extra {
    int32_t at[SPREAD_COUNT];
};

/* What a cell gives of which nothing was known on the day of the question. */
enum reach {
    REACH_NONE,
    REACH_STATED, /* what was stated first thereafter, else what followed */
    REACH_ANY,    /* what was stated or followed first thereafter */
};

/* How often a cell was stated so far: what one day said is one release. */
struct release {
    int64_t record; /* of the release that is wanted: its last fact */
    day_number day; /* of the last release */
    uint16_t count;
};

struct figure {
    uint32_t kind;
    uint32_t metric;
    enum frequency frequency; /* of its periods; ONCE until it is known */
    bool fixed;               /* one period, the same for every row */
    int32_t period;           /* when fixed */
    bool apart; /* ... which is no period of the frame, of any frequency */
    enum selector selectors[DIMENSIONS_MAX];
    uint32_t members[DIMENSIONS_MAX];
    uint32_t actor;   /* 0: any */
    uint32_t source;  /* 0: any */
    day_number as_of; /* facts of later days do not count */
    bool converts;    /* what is not stated at FREQUENCY is worked out from
                       * finer periods, by the metric's aggregation */
    enum aggregation aggregation; /* ... or by this one, which goes before what
                                   * was stated by the metric's; NONE */
    bool partial;                 /* ... also where some of them are unknown */
    int32_t release;  /* of each cell the fact of the N-th day on which one was
                       * stated; 0: the last one */
    enum reach reach; /* for cells of which nothing was known on that day */
    size_t space;
    struct span span;
    uint32_t twin; /* as in plan_node */
    bool stated_only;
    bool mixed_parts; /* a total whose parts are in different units */
    uint8_t spreads;  /* bits 1 << enum spread */
    uint8_t named;    /* those of them by which any of its facts, of whatever
                       * period, is told apart: some say who, or where */
    bool wants_facts; /* keep the fact of each cell */
    /* What the scan filled: periods FIRST..LAST x own lines x extras.  A figure
     * that reads what another one does in another space borrows all of it. */
    const struct figure *lender;
    int32_t first;
    int32_t last;
    size_t line_count;
    bool lines_found;
    bool all_lines;           /* of its metric are its own */
    bool most_lines;          /* of its metric: it is read through */
    uint32_t *own_lines;      /* line ids, ascending */
    uint32_t *line_own;       /* own index by line id - own_lines[0] */
    struct figure **finer;    /* what it converts, read; NULL-ended, or NULL */
    struct release *releases; /* by cell, when a release is wanted */
    struct extra *extras;     /* one of zeros when nothing is spread */
    size_t extra_count;
    size_t own_count; /* line_count x extra_count */
    uint32_t *gather; /* own index by line of the space; UINT32_MAX: none */
    bool *expected;   /* by own line: it has facts, here or elsewhere */
    day_number *first_days; /* by own line: of its first fact, when vintages
                             * are spread */
    day_number *days;       /* by cell: of its fact, when vintages are */
    bool straight;          /* gather is the identity */
    double *values;
    double *low; /* VALUES itself, as HIGH, where nobody asks for bounds */
    double *high;
    int16_t *places;
    uint8_t *basis;                 /* enum basis */
    uint8_t *relations;             /* enum value_relation */
    struct fact *facts;             /* only when wanted */
    const struct derived **derived; /* only when wanted */
    size_t fact_count;              /* how many were read */
    double seconds;                 /* ... which took so long */
    bool only_bounds;               /* some cell has bounds and no point */
    bool has_basis;                 /* some cell is not stated */
};

/* A rectangle of a panel: some periods of some lines. */
struct pane {
    size_t period;
    size_t periods;
    size_t line;
    size_t lines;
};

/* The numbers of a pane, period by period, STRIDE apart. */
struct block {
    double *values;
    double *low; /* NULL, as HIGH: the values are their own bounds */
    double *high;
    size_t stride;
    struct pane pane;
};

/* Which of the row's periods a period that is written out stands for, once it
 * is compared with them: the first or the last that it consists of (edges.c). */
enum period_edge { EDGE_NONE, EDGE_FIRST, EDGE_LAST };

struct plan_node {
    enum plan_op op;
    struct type type;
    uint32_t kid[3];        /* indexes of nodes; UINT32_MAX: none */
    double value;           /* PLAN_CONSTANT */
    struct interval bounds; /* PLAN_CONSTANT */
    uint32_t text;          /* PLAN_CONSTANT of class TEXT: an atom */
    size_t figure;          /* PLAN_FIGURE */
    uint32_t lag;           /* PLAN_FIGURE and the like: from where it looks
                             * (lag.c); 0: from its row */
    size_t space;
    size_t from_space;                   /* aggregates: the space of kid[0] */
    uint32_t over[SPACE_DIMENSIONS_MAX]; /* aggregates: dimensions of the
                           * space that collapse all the same */
    size_t over_count;
    bool keeps; /* aggregates: OVER are those that stay, all others collapse;
                 * who spoke, and when, is no dimension and stays */
    bool over_periods; /* aggregates: periods collapse too */
    bool partial;      /* aggregates: unknown values are left out */
    bool exchanges;    /* kid[0] times or by a rate, which is no part of what is
                        * said */
    bool picks;        /* ... and rows of which no figure is known */
    bool own_periods;  /* aggregates: over FIRST..LAST, not the frame's */
    enum attribute attribute; /* PLAN_ATTRIBUTE */
    enum window window;       /* PLAN_WINDOW */
    enum plan_op reduce;      /* PLAN_WINDOW: PLAN_SUM ... PLAN_STDDEV_POP */
    int32_t reach;            /* periods of a window; the longest gap to fill */
    int32_t center;           /* PLAN_WINDOW: how much later its figures are
                               * read, as it stands around its row */
    bool geometric;           /* PLAN_INTERPOLATE */
    enum period_edge edge;    /* PLAN_CONSTANT of class PERIOD */
    uint32_t calendar;        /* WINDOW_TO_DATE, PLAN_LEFT: whose years they
                               * are */
    struct period_range periods;
    uint8_t varies;
    struct span span;
    uint32_t twin; /* the next node with the same hash; UINT32_MAX: none */
    bool wanted;   /* somebody reads all of it, in any order */
    bool used;     /* something that is wanted rests on it */
    /* What evaluation filled: all periods x lines of a node that is kept (those
     * along which it does not vary count once) ... */
    bool kept;
    double *values;
    double *low; /* NULL, as HIGH: the values are their own bounds */
    double *high;
    /* ... and of one that is not, what was last asked for (pane.c). */
    struct passing *passing;
    struct grouping *groups; /* of one that groups lines, once found */
    bool *told;              /* of an aggregate that keeps vintages, once found
                        * (said.c) */
    bool *assumed;   /* of an aggregate, by cell as VALUES: is something that it
                    * gathered (assume.h)?  NULL: nothing could be */
    int64_t *begins; /* PLAN_WINDOW: where that of each period begins, as an
                      * offset in the frame; the same in all lines */
    size_t cell_count; /* what was computed of it, when that is measured */
    double seconds;    /* ... without its operands */
};

struct space {
    uint32_t dimensions[SPACE_DIMENSIONS_MAX];
    size_t dimension_count;
    uint8_t named; /* bits of those that its figures take without naming them:
                    * a clause spread them, not a figure beside them */
    bool collects; /* takes every dimension of its figures (aggregates) */
    bool leaves_only;
    uint32_t *tuples; /* line_count x dimension_count members */
    size_t line_count;
    uint32_t *leaves; /* nodes: figures that say which of its rows are known;
                       * after plan_run() */
    size_t leaf_count;
};

/* One step back of a lag, behind those before it. */
struct lag_step {
    uint32_t before;  /* a lag; 0: none */
    bool years;       /* the distance counts years, else periods */
    int32_t distance; /* below 0: ahead */
    int32_t reach;    /* all distances up to it, without their signs */
};

struct plan {
    struct arena *arena;
    struct store *store;
    struct diagnostics *diagnostics;
    struct plan_node *nodes;
    size_t node_count;
    size_t node_capacity;
    struct index node_index; /* hash of a node: the last one that has it */
    struct figure **figures;
    size_t figure_count;
    size_t figure_capacity;
    struct index figure_index; /* hash of a figure, as for nodes */
    struct lag_step *lags;     /* by number - 1 */
    size_t lag_count;
    size_t lag_capacity;
    struct space *spaces; /* 0 is the frame's */
    size_t space_count;
    size_t space_capacity;
    enum frequency frequency; /* of the frame */
    bool frequency_known;     /* ... because a clause or period said it */
    struct span frequency_span;
    bool has_periods;           /* some figure follows the frame's periods */
    struct period_range wanted; /* closed ends of periods that aggregates run
                                 * over */
    bool has_wanted;
    bool wants_start; /* an aggregate runs from the first known period */
    bool wants_end;
    struct span wanted_span;
    struct period_range spoken; /* periods that the question spans itself */
    bool speaks;
    int32_t known_first; /* periods of which the figures have facts */
    int32_t known_last;
    int32_t back;       /* periods that windows reach back from a row */
    int32_t back_years; /* and years */
    bool ahead;         /* something looks for what is known later */
    size_t shown_first; /* rows of the frame that were asked for, when the */
    size_t shown_last;  /* computed ones reach farther */
    bool range_given;
    int32_t first; /* of the frame; after plan_frame() */
    int32_t last;
    uint32_t rates[PLAN_RATES_MAX]; /* nodes: exchange rates, to be told */
    size_t rate_count;
    bool bounds;              /* low and high are computed */
    struct plan_meter *meter; /* NULL: nothing is measured */
    double max_bytes;         /* that it may take; 0: any number */
    double bytes;             /* that it takes (budget.c) */
    bool is_too_large;   /* ... which was more: plan_run() said nothing of it */
    size_t steps;        /* parts of trees that were bound into it */
    struct atoms *atoms; /* where texts that are computed go (spark) */
    bool ascii;          /* ... and are of ASCII alone */
};

/* What `explain analyze` measures beside nodes and figures. */
struct plan_meter {
    double seconds; /* of the whole run */
    double inside;  /* of the operands of what is being computed */
};

/* A result of a node at one cell. */
struct cell {
    double value;
    double low;
    double high;
};

void plan_init(struct plan *plan, struct arena *arena, struct store *store,
               struct diagnostics *diagnostics);
void plan_free(struct plan *plan);

size_t plan_add_space(struct plan *plan);

/* Adds a dimension to a space; true when it is there now. */
bool plan_space_add(struct plan *plan, size_t space, uint32_t dimension);

/* The same, for a dimension that figures take without naming it. */
bool plan_space_name(struct plan *plan, size_t space, uint32_t dimension);
bool plan_space_names(const struct plan *plan, size_t space,
                      uint32_t dimension);

/* How much of a plan there is, to find what was added behind it (share.c). */
struct plan_mark {
    size_t nodes;
    size_t figures;
    size_t spaces;
};
struct plan_mark plan_mark(const struct plan *plan);

/* Is there an aggregate among the nodes behind the mark? */
bool plan_has_aggregate(const struct plan *plan, const struct plan_mark *mark);

/* VALUE is the inside of an aggregate, bound in *SPACE, which was added behind
 * MARK.  If an earlier aggregate has the same inside, that one and its space
 * are returned, and what was added is taken back; if one reads the same
 * figures, *SPACE is its space afterwards, and VALUE has moved there. */
uint32_t plan_share_inside(struct plan *plan, const struct plan_mark *mark,
                           size_t *space, uint32_t value);

/* Forgets the nodes, figures and spaces behind the mark. */
void plan_truncate(struct plan *plan, const struct plan_mark *mark);

/* Takes those dimensions out of the space inside an aggregate along which
 * nothing in it varies; all that is inside is bound by now, behind the mark
 * (narrow.c). */
void plan_narrow_inside(struct plan *plan, const struct plan_mark *mark,
                        size_t space);

/* Does a figure have a value of its own for each member of DIMENSION? */
bool figure_follows(const struct plan *plan, const struct figure *figure,
                    uint32_t dimension);

/* ... and an aggregate? */
bool aggregate_keeps(const struct plan *plan, const struct plan_node *node,
                     uint32_t dimension);

/* Does what a node gives differ along DIMENSION of its space? */
bool node_follows(const struct plan *plan, uint32_t node, uint32_t dimension);

/* Do they say the same?  Private to the plan. */
bool node_equal_in_plan(const struct plan_node *a, const struct plan_node *b);
bool figure_equal(const struct figure *a, const struct figure *b);
void plan_index_again(struct plan *plan);

/* An aggregate runs over periods of its own: they give the frame its frequency
 * when nothing else does, and widen what is computed. */
void plan_want_periods(struct plan *plan, struct period_range *range,
                       struct span span);

/* A question speaks of these periods, whatever is known of them. */
void plan_span_periods(struct plan *plan, const struct period_range *range,
                       struct span span);

/* By node up to AT, in ARENA: is it AT, or does AT rest on it (beneath.c)? */
bool *plan_beneath(const struct plan *plan, uint32_t at, struct arena *arena);

/* Adds a node, or finds the equal one that is there. */
uint32_t plan_add_node(struct plan *plan, const struct plan_node *node);
uint32_t plan_constant(struct plan *plan, struct type type, double value,
                       struct interval bounds, struct span span);

/* The whole expression. */
struct span plan_span(const struct plan *plan);

/* Says at SPAN that the question has more than CELLS, of which no more are
 * computed; returns false. */
bool plan_report_size(struct plan *plan, struct span span, int cells);

/* Takes a step back behind those of LAG; false when that is too far. */
bool plan_add_lag(struct plan *plan, uint32_t *lag, bool years,
                  int32_t distance);

/* What the steps of a lag come to, below 0 when it looks ahead. */
void plan_lag_sums(const struct plan *plan, uint32_t lag, int32_t *periods,
                   int32_t *years);

/* Does a lag count in years? */
bool plan_lag_has_years(const struct plan *plan, uint32_t lag);

/* The period to which a lag leads from AT. */
struct period plan_lag(const struct plan *plan, uint32_t lag, struct period at);

/* ... from a period of the frame, by its index. */
static inline struct period
plan_lagged(const struct plan *plan, uint32_t lag, size_t period)
{
    return plan_lag(
        plan, lag,
        (struct period){plan->frequency, plan->first + (int32_t)period});
}

/* Periods of the frame in a year, and over which a lag looks back, at most;
 * below 0 when it looks ahead. */
int32_t plan_year_length(const struct plan *plan);
int64_t plan_lag_back(const struct plan *plan, uint32_t lag);

/* Appends a lag in words: ", 1 year back, 2 periods back". */
void plan_print_lag(const struct plan *plan, uint32_t lag, struct buffer *text);

/* The equal figure that is there; SIZE_MAX for none. */
size_t plan_find_figure(const struct plan *plan, const struct figure *figure);

/* Adds a figure, or finds the equal one that is there. */
size_t plan_add_figure(struct plan *plan, const struct figure *figure);

/* Settles frequency, periods and lines of the frame. */
bool plan_frame(struct plan *plan);

/* Does no sum or count take a figure as often as the frame, whose frequency is
 * settled, repeats it?  False after a report (repeats.c). */
bool plan_check_repeats(struct plan *plan);

/* Settles the lines of all spaces; false after a report, or as plan_run().
 * Then, once there is room, which line of each figure stands in which of them
 * (align.c). */
bool plan_align(struct plan *plan);
void plan_gather(struct plan *plan);

/* Reads every figure, then computes every node.  False after a report, or
 * without one when the plan takes more than its MAX_BYTES: is_too_large. */
bool plan_run(struct plan *plan);

size_t plan_period_count(const struct plan *plan);

/* The value of NODE at a period (index in the frame) and line (index in the
 * node's space). */
struct cell plan_cell(const struct plan *plan, uint32_t node, size_t period,
                      size_t line);

/* Index of a figure's cell for a row; SIZE_MAX when it has none. */
size_t figure_cell(const struct plan *plan, const struct plan_node *node,
                   size_t period, size_t line);

/* The first of a figure's cells in the period that NODE reads for a row;
 * SIZE_MAX when it read none. */
size_t figure_period(const struct plan *plan, const struct plan_node *node,
                     size_t period);

/* The cells that NODE reads for a pane, where they are, when its figure has the
 * lines of the space and its periods follow one another as the frame's do. */
bool figure_block(const struct plan *plan, const struct plan_node *node,
                  struct pane pane, struct block *block);

/* Finds the figures that say which rows of each space are known (known.c). */
void plan_find_leaves(struct plan *plan);

/* True when some figure of the space has a value, or a bound, in that row;
 * after plan_run(). */
bool plan_row_known(const struct plan *plan, size_t space, size_t period,
                    size_t line);

/* Does what a movement or formula rests on lack, on the day of the question,
 * for a cell of which it was said by then? */
bool derived_lacks(const struct plan *plan, const struct figure *figure,
                   const struct derived *derived);

/* Appends what the movement or formula lacks that was said of a cell of a
 * figure; false, and nothing, where there is none. */
bool plan_formula_reason(const struct plan *plan, const struct plan_node *node,
                         size_t period, size_t line, struct buffer *reason);

/* Appends how a cell follows from others: what it lacks, or since when it has
 * had a value. */
void derived_print(const struct derived *derived, struct buffer *text);

/* Appends why NODE is unknown at a row: what is missing, by name. */
void plan_reason(const struct plan *plan, uint32_t node, size_t period,
                 size_t line, struct buffer *reason);

/* cause.c: appends why a node has no value there though its operands do; and
 * for LOW and HIGH, when that end of a number is open.  The latter is false,
 * and appends nothing, for any other node and where there is no number. */
void plan_cause(const struct plan *plan, const struct plan_node *node,
                size_t period, size_t line, struct buffer *reason);
bool plan_end_cause(const struct plan *plan, const struct plan_node *node,
                    size_t period, size_t line, struct buffer *reason);

/* Appends that nobody stated a figure at all, and what to ask instead. */
void plan_missing(const struct plan *plan, const struct figure *figure,
                  struct buffer *text);

/* Appends at which other frequency a figure is stated, and how to ask for it:
 * in the period WHEN, or in those of the frame (elsewhere.c).  False, and
 * nothing, when nobody stated it so. */
bool plan_elsewhere(const struct plan *plan, const struct figure *figure,
                    const int32_t *when, const uint32_t *tuple,
                    struct buffer *text);

/* Appends what an aggregate lacks of whose values none is known, or there are
 * none at all (nothing.c). */
void plan_nothing(const struct plan *plan, const struct plan_node *node,
                  struct buffer *text);

/* The word of an operation: "sum". */
const char *plan_op_word(enum plan_op op);

/* Appends the plan in words, as `explain` shows it. */
void plan_print(const struct plan *plan, struct buffer *text);

/* Appends a figure in words: actual 2022 exports[KR]. */
void figure_print(const struct plan *plan, const struct figure *figure,
                  const int32_t *period, const uint32_t *tuple,
                  struct buffer *text);

/* "vintage", and the name of any dimension of a space. */
const char *spread_word(enum spread spread);
void plan_print_dimension(const struct plan *plan, uint32_t dimension,
                          struct buffer *text);

/* The amount that a fact states, in base units, with its rounding.  VALUE is
 * NaN when only bounds are known. */
void fact_amount(struct store *store, const struct fact *fact, double *value,
                 struct interval *bounds, enum value_relation *relation);

/* spread.c: the combinations of coordinates that a figure's facts have; false
 * when the base failed. */
bool figure_find_extras(struct plan *plan, struct figure *figure);

/* Is anything in a space told apart by such a coordinate in the periods that
 * are read?  What nobody in particular said is the same beside all who
 * spoke. */
bool plan_is_told_apart(const struct plan *plan, size_t space,
                        enum spread spread);

/* The first extra that a fact fills, and the one behind the last. */
void figure_fill_range(const struct figure *figure, uint32_t actor,
                       uint32_t source, day_number day, size_t *first,
                       size_t *last);

/* The extra that a row with these coordinates reads: the latest vintage up to
 * its own; SIZE_MAX for none. */
size_t figure_find_extra(const struct figure *figure, const int32_t *at);

/* Index of a line among those of the figure; SIZE_MAX when it is none. */
size_t figure_line_index(const struct figure *figure, uint32_t line);

/* Settles what each figure reads, and who borrows from whom (borrow.c). */
void plan_settle_reads(struct plan *plan);

/* Gives back everything that was read. */
void plan_forget_reads(struct plan *plan);

/* Fills a figure from its lender. */
void figure_borrow(struct figure *figure);

/* Puts a number and its bounds into a cell of a figure. */
static inline void
figure_put(struct figure *figure, size_t at, double value,
           struct interval bounds)
{
    figure->low[at] = bounds.low;
    figure->high[at] = bounds.high;
    figure->values[at] = value; /* the last, as all three may be one */
}

/* Reads one figure (read.c). */
bool figure_read(struct plan *plan, struct figure *figure);

/* Frees what was read of it. */
void figure_free_read(struct figure *figure);

/* Frequencies (convert.c).  The period of FREQUENCY in which period AT of the
 * frequency FROM begins (or ends: END), by a calendar. */
int32_t period_convert(enum frequency from, int32_t at, enum frequency to,
                       const struct calendar *calendar, bool end);

struct calendar figure_calendar(const struct plan *plan,
                                const struct figure *figure);

/* Finds the lines of a figure, once (lines.c). */
void figure_find_lines(struct plan *plan, struct figure *figure);

/* Widens FIRST..LAST to the frame's periods in which the figure reads a fact of
 * FREQUENCY, or what follows from facts (extent.c). */
bool figure_widen_extent(struct plan *plan, struct figure *figure,
                         enum frequency frequency, int32_t *first,
                         int32_t *last);

/* Was its kind of its metric stated at a frequency at all, of whatever line? */
bool figure_has_facts(const struct plan *plan, const struct figure *figure,
                      enum frequency frequency);

/* Narrows RANGE to the periods from the first to the last in which a figure,
 * whose lines were found, has facts of the range's frequency; false when there
 * are none (extent.c). */
bool figure_is_stated(const struct plan *plan, const struct figure *figure,
                      struct period_range *range);

/* How many days the periods of RANGE last in which its kind of its metric was
 * stated, of whatever line; what figure_is_stated() narrowed. */
int64_t figure_stated_days(const struct plan *plan, const struct figure *figure,
                           const struct period_range *range);

/* Narrows the periods of a figure to those in which it has facts; false when
 * there are none. */
bool figure_clip(struct plan *plan, struct figure *figure);

/* Reads what a converted figure is worked out from, then fills the cells that
 * nobody stated. */
bool figure_read_finer(struct plan *plan, struct figure *figure);
void figure_convert(const struct plan *plan, struct figure *figure);

/* The ordinal of the period that NODE reads for a row, in its figure's
 * frequency. */
int32_t figure_ordinal(const struct plan *plan, const struct plan_node *node,
                       size_t period);

/* Marks a node of which a reader will want every cell, in an order of his own;
 * before plan_run().  Others are computed when a cell is asked for. */
void plan_want(struct plan *plan, uint32_t node);

/* How many lines of a space are worked on at once. */
size_t plan_pane_lines(const struct plan *plan, size_t space);

/* Did somebody interrupt?  Then what is computed no longer matters. */
static inline bool
plan_stops(const struct plan *plan)
{
    return store_is_interrupted(plan->store);
}

/* Computes all that is to be kept (pane.c). */
void plan_compute(struct plan *plan);

/* How many cells that takes, of all nodes and of one; which are kept is settled
 * by the first. */
double plan_kept_cells(struct plan *plan);
double plan_node_cells(const struct plan *plan, const struct plan_node *node);
void node_free_blocks(struct plan_node *node);

/* Budget (budget.c).  False when the plan takes too much, or would with BYTES
 * more; those of plan_take... are taken. */
bool plan_fits(struct plan *plan, double bytes);
bool plan_take(struct plan *plan, double bytes);
bool plan_take_figure(struct plan *plan, const struct figure *figure,
                      double cells);
bool plan_take_lines(struct plan *plan, size_t space);
bool plan_take_nodes(struct plan *plan, double cells);

/* How many cells those NODES take of a plan that is too large, with what was
 * read for them. */
double plan_weigh(const struct plan *plan, const bool *nodes);

/* The part of PANE along which NODE varies. */
struct pane node_pane(const struct plan_node *node, struct pane pane);

/* The numbers of a node in a pane; computed if need be. */
struct block plan_block(const struct plan *plan, uint32_t node,
                        struct pane pane);

/* Fills the pane TO of a node that looks at its own lines only (kernels.c). */
void kernel_run(const struct plan *plan, const struct plan_node *node,
                struct block *to);
void kernel_attribute(const struct plan *plan, const struct plan_node *node,
                      struct block *to);
void kernel_matches(const struct plan *plan, const struct plan_node *node,
                    struct block *to);

/* The same for nodes that look along the periods of a line; TO has all of
 * them. */
void kernel_window(const struct plan *plan, const struct plan_node *node,
                   struct block *to);
void kernel_highest(const struct plan *plan, const struct plan_node *node,
                    struct block *to);

/* Finds where the windows of a node begin, once. */
void window_settle(const struct plan *plan, struct plan_node *node);

void kernel_shift(const struct plan *plan, const struct plan_node *node,
                  struct block *to);

/* The row that a PLAN_SHIFT gives for another, as an offset in the frame;
 * SIZE_MAX when it is none. */
size_t plan_shifted(const struct plan *plan, const struct plan_node *node,
                    size_t period);

/* Evaluation of a whole node that looks at others; its operands are kept. */
void kernel_rank(struct plan *plan, struct plan_node *node);
void kernel_spark(struct plan *plan, struct plan_node *node);

/* Aggregates over one space, in one pass over its panes.  PASSES: one does not
 * need what it gathers to be kept. */
void kernel_aggregates(struct plan *plan, const uint32_t *nodes, size_t count);
bool aggregate_passes(const struct plan_node *node);

/* Which lines belong together: those that agree in every dimension of the
 * space outside that does not collapse.  Found once for a node, which owns
 * it. */
struct grouping {
    uint32_t *inside;  /* group by line inside; UINT32_MAX: none */
    uint32_t *outside; /* group by line outside */
    uint32_t *first;   /* line outside by group */
    size_t count;
};
struct grouping plan_group_lines(const struct plan *plan,
                                 const struct plan_node *node);

/* The same for a rank: which lines are ranked together, each value in the first
 * that it stands in.  Groups of members take no part: outside they have a
 * number that is nobody's. */
struct grouping rank_groups(const struct plan *plan,
                            const struct plan_node *node);

/* Is PATTERN (PCRE2) a pattern at all?  If not, why and where in it. */
bool pattern_check(struct slice pattern, struct buffer *reason, size_t *at);

/* A median, quantile (the PART-th, from 0 to 1), variance or standard
 * deviation of COUNT numbers, which are put in order; NaN when there are too
 * few.  Quantiles are of type 7 (Hyndman and Fan 1996), variances computed in
 * two passes. */
double statistic(enum plan_op op, double *values, size_t count, double part);

/* Numbers that are known within bounds, which may be open. */
struct bounded {
    double *low;
    double *high;
    size_t count;
};

/* An interval that holds every value that a statistic of such numbers can have
 * (spread_bounds.c); NaN when there are too few of them.  They are put in
 * order, each side on its own. */
struct interval statistic_bounds(enum plan_op op, struct bounded *all,
                                 double part);

/* A statistic of such numbers with its bounds.  VALUES, which are used up, are
 * NaN where a number has bounds alone; then so is the result.  ALL may have a
 * count and no bounds, which the result then lacks too. */
struct cell statistic_cell(enum plan_op op, double *values, struct bounded *all,
                           double part);

/* The periods inside over which an aggregate runs, as offsets in the frame. */
void plan_aggregate_periods(const struct plan *plan,
                            const struct plan_node *node, size_t *first,
                            size_t *last);

#endif
