/* An answer as data: typed columns handed out row by row.
 *
 * The evaluator fills rows and knows no format; a sink (table, CSV, JSON ...)
 * knows formats and no facts.  Numbers are in base units (dollars, kilograms,
 * plain shares); a column says how its numbers are to be shown.  Everything
 * that a row points to lives until the call returns.
 */
#ifndef EVAL_RESULT_H
#define EVAL_RESULT_H

#include "base/slice.h"
#include "values/interval.h"
#include "values/period.h"

enum value_type {
    VALUE_UNKNOWN,
    VALUE_NUMBER,
    VALUE_TRUTH,
    VALUE_TEXT,
    VALUE_PERIOD,
    VALUE_DATE,
};

/* How a value is known; the order is that of precedence. */
enum basis {
    BASIS_STATED,   /* somebody stated the number */
    BASIS_DERIVED,  /* it follows from a formula that somebody stated */
    BASIS_IMPLIED,  /* it follows from other facts */
    BASIS_COMPUTED, /* an expression of the question */
    BASIS_ASSUMED,  /* the right side of `?` */
};

/* Its word, in every format. */
static inline const char *
basis_word(enum basis basis)
{
    static const char *const words[] = {"stated", "derived", "implied",
                                        "computed", "assumed"};
    return words[basis];
}

/* What is known of a number: a point, or only a bound on one side or both. */
enum value_relation {
    RELATION_EQUAL,    /* a point */
    RELATION_AT_LEAST, /* bounds.low only */
    RELATION_AT_MOST,  /* bounds.high only */
    RELATION_BETWEEN,  /* both bounds, no point */
};

/* Which end of what something may be a number is: it is cut for show to that
 * side only. */
enum value_end { END_NONE, END_LOW, END_HIGH };

enum { PLACE_NONE = INT16_MIN };

struct result_value {
    enum value_type type; /* VALUE_UNKNOWN whatever the column's type */
    enum basis basis;
    enum value_relation relation;
    enum value_end end;
    double number;          /* base units */
    struct interval bounds; /* base units; only when HAS_BOUNDS */
    bool has_bounds;
    int16_t place; /* last digit that means something, as a power of ten of
                    * the column's unit; PLACE_NONE when nobody said */
    bool truth;
    bool fiscal;          /* print the period as FY2023 */
    bool before;          /* print the date as ..2023-10-05 */
    struct period period; /* VALUE_PERIOD */
    day_number day;       /* VALUE_DATE */
    struct slice text;    /* VALUE_TEXT */
    const char *unit;     /* of this number; NULL: the column's.  Where the
                           * column shows none, it chooses the scale only */
    const char *reason;   /* why it is unknown; may be NULL */
};

struct result_column {
    const char *name;    /* for programs: "period", "exports", "percent" */
    const char *heading; /* for people; "" for none, NULL: the same as name */
    enum value_type type;
    bool is_key;      /* a coordinate of the row: period, member, kind */
    bool show_unit;   /* each cell shows its unit; else the heading does */
    bool own_units;   /* ... and its own unit and scale */
    bool signed_;     /* show + before positive numbers */
    bool may_assume;  /* a number may be BASIS_ASSUMED */
    const char *unit; /* "USD", "%", "pp", "USD/person"; "" for a number */
    double factor;    /* one such unit in base units: 0.01 for % */
    int scale; /* power of ten that the user asked for (9 for `to B USD`);
                * -1: choose one for the column from its numbers */
};

enum chart_form { CHART_TEXT, CHART_SVG, CHART_PNG };

/* Says of a result that it is to be drawn.  Formats for programs give the rows
 * all the same, but for a drawing that has a file of its own. */
struct result_chart {
    enum chart_form form;
    /* Takes the bytes of a file, and returns false when it can take no more;
     * NULL: the drawing stands among the answers, which are text. */
    bool (*write)(void *context, const char *bytes, size_t len);
    void *context;
    /* Filled by the sink at the end of a result that goes to a file. */
    bool drawn;
    bool is_empty;      /* nothing is known that could be drawn */
    bool lacks_program; /* what draws this form is not installed */
    char problem[256];  /* why it could not be drawn; "" when WRITE failed */
    char remarks[512];  /* what is said below it, a line each */
};

struct result_head {
    const char *title; /* may be NULL */
    const struct result_column *columns;
    size_t count;
    struct result_chart *chart; /* NULL: a table */
};

struct result_foot {
    size_t rows;      /* handed out */
    size_t undecided; /* left out because `where` was unknown */
    size_t cut;       /* left out by `top` */
    const char *note; /* may be NULL; several are joined by newlines */
};

struct result_sink {
    void *context;
    void (*begin)(void *context, const struct result_head *head);
    /* NOTE is a remark on the row, shown beneath it; NULL for none.  Returns
     * false when nothing more can be written. */
    bool (*row)(void *context, const struct result_value *values,
                const char *note);
    void (*end)(void *context, const struct result_foot *foot);
    /* A text of its own: print, help, explain.  The newline behind its last
     * line is left to the sink. */
    void (*text)(void *context, struct slice text);
};

/* Drops all answers (result.c). */
extern const struct result_sink result_sink_none;

#endif
