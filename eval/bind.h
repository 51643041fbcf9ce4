/* What the files that bind expressions share.  Private to this folder. */
#ifndef EVAL_BIND_H
#define EVAL_BIND_H

#include "eval/scope.h"

struct binding {
    const struct node *parameters; /* names */
    const struct node *arguments;
    const struct binder *caller; /* whose scope the arguments are in */
    uint32_t definition;
    const struct binding *outer;
    struct span call;
};

extern const struct type bind_truth_type;

/* bind_fail.c.  Relates SPAN, which stands in a definition, to a record, with
 * the name of the innermost one; nothing outside of definitions. */
void bind_relate_definition(struct binder *binder, struct diagnostic *record,
                            struct span span);

/* Reports at NODE and at every use of a definition that led
 * there; returns UINT32_MAX. */
uint32_t bind_fail(struct binder *binder, const struct node *node,
                   enum diagnostic_code code, const char *message,
                   const char *help);
uint32_t bind_fail_types(struct binder *binder, const struct node *node,
                         uint32_t left, uint32_t right, const char *verb);

/* Names in the body of a definition are looked up by others, who know nothing
 * of its use: what they reported from FROM on is moved to where the user wrote
 * it. */
void bind_place_messages(struct binder *inner, const struct node *definition,
                         size_t from);

struct type bind_type(const struct binder *binder, uint32_t node);

/* bind_operators.c.  A number without a sign of per cent beside a rate: 3 may
 * have been meant as 3% or as 300%.  0 is the same in both, and 1 in a sum is
 * the whole, as in 1 + r. */
bool bind_lacks_percent(const struct binder *binder, uint32_t at,
                        uint32_t beside, bool sums);

/* May the two be added or compared?  A literal without a unit takes the other
 * side's. */
bool bind_compatible(const struct binder *binder, uint32_t left,
                     uint32_t right);

/* bind_scale.c.  A bare number beside a figure, or what follows from one, takes
 * the unit of its metric, and the scale unless it has one, as in a fact: 600
 * beside exports in B USD is 600B USD, -5 beside 2 * crops in tonne is -5
 * tonne.
 */
uint32_t bind_scaled(struct binder *binder, uint32_t node, uint32_t beside);

/* A bare number as one of UNIT, and if it has no scale of its own, in the power
 * of ten SCALE; anything else, and a number for a rate, as it is. */
uint32_t bind_in_home(struct binder *binder, uint32_t at, unit_id unit,
                      int scale);

/* Is NODE a bare number of which nobody can tell the scale, as the figures
 * BESIDE it are written in several? */
bool bind_lacks_scale(const struct binder *binder, uint32_t node,
                      uint32_t beside);

/* ... as those on both sides are written in different ones? */
bool bind_scales_differ(const struct binder *binder, uint32_t node,
                        uint32_t left, uint32_t right);

/* What to do about a number that lacks its scale beside LEFT or RIGHT. */
const char *bind_scale_help(const struct binder *binder, uint32_t left,
                            uint32_t right);

/* The power of ten of the metrics that an expression is a sum or a multiple of:
 * a third of a figure in M USD has its decimals in M USD.  -1 for none, or
 * several. */
int bind_written_scale(const struct binder *binder, uint32_t node);

uint32_t bind_operator(struct binder *binder, const struct node *at,
                       enum plan_op op, struct type type, uint32_t a,
                       uint32_t b, uint32_t c);

uint32_t bind_if(struct binder *binder, const struct node *node);

uint32_t bind_period_constant(struct binder *binder, const struct node *node);
/* bind_ends.c.  LEFT in LOW..HIGH, of which both are there: false after a
 * report when they are constant and the wrong way round. */
bool bind_check_ends(struct binder *binder, const struct node *range,
                     uint32_t left, uint32_t low, uint32_t high);

/* False after a report when a tolerance is constant and below zero. */
bool bind_check_tolerance(struct binder *binder, const struct node *tolerance,
                          uint32_t reach);

/* Of rates a tolerance is a difference, in points: 10% could be ten of them, or
 * a tenth of the rate. */
bool bind_check_points(struct binder *binder, const struct node *tolerance,
                       uint32_t left, uint32_t right, uint32_t reach);

/* bind_spark.c */
uint32_t bind_spark(struct binder *binder, const struct node *call);

/* bind_call.c */
uint32_t bind_call(struct binder *binder, const struct node *node);
uint32_t bind_call_of(struct binder *binder, const struct node *node,
                      const struct node *name, const struct node *arguments);

/* Reports wrong arguments at NODE; returns UINT32_MAX. */
uint32_t bind_fail_call(struct binder *binder, const struct node *node,
                        const char *message, const char *help);

/* A whole number written as a literal; false after a report. */
bool bind_whole(struct binder *binder, const struct node *node, int32_t *value);

/* bind_partial.c: refuses a call in which `partial` stands in the wrong place,
 * with the right one; false when there is none. */
bool bind_refuse_partial(struct binder *binder, const struct node *call);

/* Is an argument the word itself, as in sum(x, partial)? */
bool bind_is_word(const struct binder *binder, const struct node *argument,
                  const char *word);

/* What a definition is called with, for the aggregates in it; `partial` is for
 * its conversions, too. */
struct given {
    const struct node *clause; /* of the call of a definition; may be NULL */
    bool partial;
    bool used;
};

/* bind_given.c.  What an aggregate, or the call of a definition, has of its OWN
 * and what was GIVEN to the definition around it as one CLAUSE, in the scratch
 * of the statement; any of them may be NULL.  False after a report when they
 * contradict each other. */
bool bind_join_clauses(struct binder *binder, const struct node *own,
                       const struct node *given, const struct node **clause);

/* bind_place.c.  The place of an operand of NODE that was found at PLACE: where
 * it stands in NODE, if it was written elsewhere before; an empty one when nobody
 * can tell. */
enum operand_side { SIDE_LEFT, SIDE_RIGHT };
struct span bind_operand_place(const struct binder *binder,
                               const struct node *node, enum operand_side side,
                               struct span place);

/* bind_periods.c.  Is ROW a period of the rows, and AT one that is written out?
 * They are compared by the periods that the latter consists of. */
bool bind_is_period_edge(const struct binder *binder, uint32_t row,
                         uint32_t at);
uint32_t bind_period_edges(struct binder *binder, const struct node *at,
                           enum node_op op, uint32_t row, uint32_t written);

/* `over DIMENSION in GROUP`: figures that do not choose their member run over
 * those of the group. */
struct limit {
    uint32_t dimension;
    uint32_t group; /* 0: over all members, whatever stands around it */
    const struct limit *outer;
};

/* What to write for a single member behind `over DIMENSION in`. */
extern const char bind_group_help[];

bool bind_is_aggregate(struct slice name, enum plan_op *op);
uint32_t bind_aggregate(struct binder *binder, const struct node *call,
                        enum plan_op op);

/* What runs along the periods, inside an `at`: as it is in the row of that
 * period. */
/* Binds CALL, of something that runs along periods, by BIND.  Read years
 * earlier where periods go by date, it is shifted as a whole. */
uint32_t bind_along(struct binder *binder, const struct node *call,
                    uint32_t (*bind)(struct binder *, const struct node *));

uint32_t bind_in_row(struct binder *binder, const struct node *call);

/* Changes the type of numbers to that of their reduction; false when its unit
 * is too complex. */
bool bind_reduced_type(struct binder *binder, enum plan_op op,
                       struct type *type);

/* bind_read.c: functions that change how figures are read. */
uint32_t bind_previous(struct binder *binder, const struct node *call);
uint32_t bind_year_ago(struct binder *binder, const struct node *call);
uint32_t bind_same_period(struct binder *binder, const struct node *call);
uint32_t bind_lead(struct binder *binder, const struct node *call);
uint32_t bind_years_between(struct binder *binder, const struct node *call);
uint32_t bind_vintage(struct binder *binder, const struct node *call);
uint32_t bind_at(struct binder *binder, const struct node *call);
/* Figures without a period of their own are read at this one; if all have one,
 * they are. */
uint32_t bind_at_period(struct binder *binder, const struct node *x,
                        struct period period);
/* yearly(x) and its like; false when NAME is none of them. */
bool bind_conversion(struct binder *binder, const struct node *call,
                     struct slice name, uint32_t *result);
uint32_t bind_release(struct binder *binder, const struct node *call);
uint32_t bind_path(struct binder *binder, const struct node *call);

/* The literal for which a parameter of a definition stands, or NODE itself. */
const struct node *bind_value_of(const struct binder *binder,
                                 const struct node *node);

/* bind_text.c: attributes of figures, and patterns. */
bool bind_attribute(struct binder *binder, const struct node *call,
                    struct slice name, uint32_t *result);
uint32_t bind_matches(struct binder *binder, const struct node *node);

/* bind_currency.c.  Which rate of a period an amount is converted by. */
enum exchange_when {
    EXCHANGE_BY_METRIC, /* at its end for a stock, else its average */
    EXCHANGE_AVERAGE,
    EXCHANGE_END,
    EXCHANGE_AT, /* that of PERIOD, for all periods */
};

struct exchange {
    enum exchange_when when;
    struct period period;
    bool partial; /* of a rate that is known more often, the parts that are
                   * known will do: banks state none for a Sunday */
};

/* Converts *VALUE by the exchange rate of its period; false when WANTED is no
 * other currency.  *VALUE is UINT32_MAX after a report, as when nobody holds
 * the rate. */
bool bind_exchange(struct binder *binder, const struct node *at,
                   const struct type *wanted, const struct exchange *exchange,
                   uint32_t *value);

/* Is it an amount of one currency?  Is a unit one? */
bool bind_is_currency(const struct session *session, measure_id measure);
bool bind_unit_is_currency(const struct session *session, unit_id unit);

/* bind_periods.c.  Of which periods what is behind a node is made. */
struct bind_periods {
    bool moves; /* of the row's, LAG before it */
    uint32_t lag;
    bool fixed; /* of PERIOD, whatever the row */
    struct period period;
    bool several; /* of more than one of either sort */
    bool gathers; /* ... as it looks along the periods of the frame */
    enum frequency frequency; /* of the first figure */
    bool stocks;              /* figures that are stocks */
    bool others;              /* ... and that are none */
};

/* Only what carries an amount of a currency counts, or of any unit: where there
 * is none, all does. */
struct bind_periods bind_find_periods(const struct binder *binder, uint32_t at,
                                      bool currency);

/* More than one of either sort, or one of each? */
bool bind_has_several(const struct bind_periods *periods);

/* bind_deflate.c.  Is what real() and ppp() take of the period of the figure by
 * which they divide it?  True for any other DEFINITION; false after a
 * report. */
bool bind_check_deflated(struct binder *binder, const struct node *call,
                         const struct node *definition,
                         const struct node *arguments);

/* bind_exchange_lines.c.  The same for amounts of which each line has a
 * currency of its own; false when *VALUE are none. */
bool bind_exchange_lines(struct binder *binder, const struct node *at,
                         const struct type *wanted,
                         const struct exchange *exchange, uint32_t *value);

/* bind_convert.c.  x to UNIT; NODE is the whole, UNIT as it was written. */
uint32_t bind_conversion_to(struct binder *binder, const struct node *node,
                            const struct node *x, const struct node *unit,
                            const struct exchange *exchange);

uint32_t bind_to(struct binder *binder, const struct node *node);

/* convert(x, CUR), convert(x, CUR, average | end | PERIOD), with `partial` */
uint32_t bind_convert(struct binder *binder, const struct node *call);

/* bind_rank.c: rank(x), rank(x over D), rank(x over D in G). */
uint32_t bind_rank(struct binder *binder, const struct node *call);

/* bind_window.c: functions that run along the periods. */
/* The first figure behind a node, and its metric; NULL for none. */
const struct figure *bind_first_figure(const struct plan *plan, uint32_t at);
const struct metric *bind_first_metric(const struct binder *binder,
                                       uint32_t at);
uint32_t bind_rolling(struct binder *binder, const struct node *call);
uint32_t bind_running(struct binder *binder, const struct node *call);
uint32_t bind_ytd(struct binder *binder, const struct node *call);
uint32_t bind_streak(struct binder *binder, const struct node *call);
uint32_t bind_left(struct binder *binder, const struct node *call);
uint32_t bind_highest(struct binder *binder, const struct node *call);
uint32_t bind_since(struct binder *binder, const struct node *call);
uint32_t bind_fill(struct binder *binder, const struct node *call);
uint32_t bind_interpolate(struct binder *binder, const struct node *call);

/* bind_fiscal.c.  Have all figures behind a node the fiscal years that SPAN
 * names?  Else false after a report. */
bool bind_check_fiscal(struct binder *binder, uint32_t at, struct span span);

/* bind_follows.c.  The dimension whose members have a unit each in the value of
 * a node, as in `currency of country`; 0 when all rows have the same. */
uint32_t bind_follows(const struct binder *binder, uint32_t at);

/* The dimension that the unit of a type follows; 0 for none. */
uint32_t bind_dimension_of_unit(const struct session *session,
                                const struct type *type);

/* A figure by row whose rows happen to be in one unit, beside something that
 * follows the same dimension: it does so too.  Anything else is left as it
 * is. */
uint32_t bind_unshared(struct binder *binder, uint32_t at, uint32_t beside);

/* Is a figure a total of members whose figures are in different units, which do
 * not add up? */
bool bind_parts_differ(const struct session *session,
                       const struct figure_names *names);

/* Does an aggregate or a rank bring rows of such members together? */
bool bind_mixes_units(const struct binder *binder,
                      const struct plan_node *node);

/* Reports at AT that the rows of VALUE have units of their own and cannot be
 * VERB; returns UINT32_MAX. */
uint32_t bind_fail_follows(struct binder *binder, const struct node *at,
                           uint32_t value, const char *verb);

/* bind_figure.c.  Does a figure with such selectors read a line? */
bool bind_reads_line(const struct vocabulary *vocabulary, uint32_t metric,
                     const enum selector *selectors, const uint32_t *members,
                     uint32_t line);

/* bind_substitute.c.  The argument for which NAME stands in the definition
 * whose body is bound; NULL when it is no parameter of it. */
const struct node *bind_argument_of(const struct binder *binder, atom name);

/* A figure in the body of a definition with arguments in the
 * place of its members and of its metric; FIGURE itself where it has none, and
 * NULL after a report. */
const struct node *bind_substitute(struct binder *binder,
                                   const struct node *figure);

/* bind_base.c */
uint32_t bind_base(struct binder *binder, const struct node *call);

/* bind_alike.c */
uint32_t bind_in_unit_of(struct binder *binder, const struct node *call);

/* bind_digits.c */
uint32_t bind_about(struct binder *binder, const struct node *call);
uint32_t bind_digits(struct binder *binder, const struct node *call);

/* builtin.c.  The size of one of what a number of TYPE is shown in: decimals
 * are those of a figure in B USD, or in %.  A literal with % is a plain
 * number, which `to %` has not touched. */
double bind_shown_unit(const struct binder *binder, const struct type *type);

/* bind_figure.c.  bind_argument() is true when NODE is a parameter of the
 * definition whose body is bound, bind_alias() when it is a name that the
 * question gave with `as`: they hide all other names, in this order. */
bool bind_argument(struct binder *binder, const struct node *node,
                   uint32_t *result);
bool bind_alias(struct binder *binder, const struct node *node,
                uint32_t *result);
uint32_t bind_figure(struct binder *binder, const struct node *node);

/* bind_compare.c.  MODE is OP_POSSIBLY, OP_CERTAINLY or OP_NONE. */
/* The group of a dimension's members that NODE names; false after a report, of
 * which INSTEAD says what to write for a single member. */
bool bind_group(struct binder *binder, const struct node *node,
                uint32_t dimension, const char *instead, uint32_t *group);

/* Is LEFT, the member of a row, one of the group that RIGHT names?  NODE is the
 * whole of it, and INSTEAD as above. */
uint32_t bind_in_group(struct binder *binder, const struct node *node,
                       const struct node *right, uint32_t left,
                       const char *instead);

bool bind_is_comparison(const struct node *node);
uint32_t bind_comparison(struct binder *binder, const struct node *node,
                         enum node_op mode);
uint32_t bind_in(struct binder *binder, const struct node *node,
                 enum node_op mode);
uint32_t bind_within(struct binder *binder, const struct node *node,
                     enum node_op mode);

#endif
