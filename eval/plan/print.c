/* The plan in words, as `explain` shows it; after `explain analyze` with what
 * each part read or computed, and how long that took. */
#include "base/utf8.h"
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* A column of its own for what was measured. */
enum { MEASURED_WIDTH_MAX = 72 };

/* What stands behind the lines of a plan that was measured. */
struct tally {
    size_t end; /* of the line, in the text */
    size_t count;
    const char *what;
    double seconds;
};

struct tallies {
    struct tally *items;
    size_t count;
    size_t capacity;
};

static const char *const op_names[PLAN_OP_COUNT] = {
    [PLAN_CONSTANT] = "constant",
    [PLAN_FIGURE] = "read",
    [PLAN_MEMBER] = "member",
    [PLAN_PERIOD] = "period",
    [PLAN_PER_YEAR] = "periods a year",
    [PLAN_LEFT] = "periods left",
    [PLAN_HORIZON] = "horizon",
    [PLAN_NEGATE] = "negate",
    [PLAN_ADD] = "add",
    [PLAN_SUBTRACT] = "subtract",
    [PLAN_MULTIPLY] = "multiply",
    [PLAN_DIVIDE] = "divide",
    [PLAN_RATIO] = "ratio",
    [PLAN_POWER] = "power",
    [PLAN_ORELSE] = "or else",
    [PLAN_IF] = "if",
    [PLAN_EQ] = "equal",
    [PLAN_LT] = "less",
    [PLAN_LE] = "at most",
    [PLAN_AGREES] = "agrees",
    [PLAN_POSSIBLY_EQ] = "possibly equal",
    [PLAN_POSSIBLY_LT] = "possibly less",
    [PLAN_POSSIBLY_LE] = "possibly at most",
    [PLAN_CERTAINLY_EQ] = "certainly equal",
    [PLAN_CERTAINLY_LT] = "certainly less",
    [PLAN_CERTAINLY_LE] = "certainly at most",
    [PLAN_NEAR] = "within",
    [PLAN_NEAR_REL] = "within a share",
    [PLAN_POSSIBLY_NEAR] = "possibly within",
    [PLAN_POSSIBLY_NEAR_REL] = "possibly within a share",
    [PLAN_CERTAINLY_NEAR] = "certainly within",
    [PLAN_CERTAINLY_NEAR_REL] = "certainly within a share",
    [PLAN_NOT] = "not",
    [PLAN_AND] = "and",
    [PLAN_OR] = "or",
    [PLAN_KNOWN] = "known",
    [PLAN_ABS] = "abs",
    [PLAN_EXACT] = "exact",
    [PLAN_ABOUT] = "about",
    [PLAN_DIGITS] = "digits",
    [PLAN_POSITIVE] = "positive",
    [PLAN_SQRT] = "sqrt",
    [PLAN_LN] = "ln",
    [PLAN_EXP] = "exp",
    [PLAN_ROUND] = "round",
    [PLAN_ROUND_EVEN] = "round_even",
    [PLAN_TRUNC] = "trunc",
    [PLAN_FLOOR] = "floor",
    [PLAN_CEIL] = "ceil",
    [PLAN_SIG] = "sig",
    [PLAN_LOW] = "low",
    [PLAN_HIGH] = "high",
    [PLAN_ATTRIBUTE] = "attribute",
    [PLAN_MATCHES] = "matches",
    [PLAN_RANK] = "rank",
    [PLAN_SHIFT] = "shift",
    [PLAN_WINDOW] = "window",
    [PLAN_STREAK] = "streak",
    [PLAN_SINCE] = "since",
    [PLAN_HIGHEST] = "highest since",
    [PLAN_FILL] = "fill",
    [PLAN_INTERPOLATE] = "interpolate",
    [PLAN_SUM] = "sum",
    [PLAN_AVG] = "avg",
    [PLAN_MIN] = "min",
    [PLAN_MAX] = "max",
    [PLAN_COUNT] = "count",
    [PLAN_MEDIAN] = "median",
    [PLAN_QUANTILE] = "quantile",
    [PLAN_VAR_SAMP] = "var_samp",
    [PLAN_VAR_POP] = "var_pop",
    [PLAN_STDDEV_SAMP] = "stddev_samp",
    [PLAN_STDDEV_POP] = "stddev_pop",
    [PLAN_RMS] = "rms",
    [PLAN_FIRST] = "first",
    [PLAN_LAST] = "last",
    [PLAN_ALL] = "all",
    [PLAN_ANY] = "any",
    [PLAN_SPARK] = "spark",
};

const char *
plan_op_word(enum plan_op op)
{
    return op_names[op];
}

/* Ends a line, of which so many facts or cells were counted. */
static void
end_line(struct tallies *tallies, size_t count, const char *what,
         double seconds, struct buffer *text)
{
    void *items = tallies->items;
    memory_grow(&items, &tallies->capacity, tallies->count + 1,
                sizeof *tallies->items);
    tallies->items = items;
    tallies->items[tallies->count++] =
        (struct tally){text->len, count, what, seconds};
    buffer_add_char(text, '\n');
}

static size_t
count_digits(size_t count)
{
    size_t digits = 1;
    while (count >= 10) {
        count /= 10;
        digits++;
    }
    return digits;
}

/* Copies LINES, and puts what was measured into columns behind them; a line
 * that is too long has them on a line of their own. */
static void
add_measured(const struct tallies *tallies, const char *lines,
             struct buffer *text)
{
    size_t column = 0;
    size_t digits = 0;
    size_t start = 0;
    for (size_t i = 0; i < tallies->count; i++) {
        const struct tally *at = &tallies->items[i];
        size_t width =
            utf8_width((struct slice){lines + start, at->end - start});
        size_t own = count_digits(at->count);
        column = width > column && width <= MEASURED_WIDTH_MAX ? width : column;
        digits = own > digits ? own : digits;
        start = at->end + 1;
    }
    start = 0;
    for (size_t i = 0; i < tallies->count; i++) {
        const struct tally *at = &tallies->items[i];
        struct slice line = {lines + start, at->end - start};
        size_t width = utf8_width(line);
        buffer_add_slice(text, line);
        if (width > column) {
            buffer_add_char(text, '\n');
            width = 0;
        }
        buffer_fill(text, ' ', column - width + 2);
        buffer_format(text, "%*zu %s%s  %9.3f ms\n", (int)digits, at->count,
                      at->what, at->count == 1 ? " " : "s", at->seconds * 1e3);
        start = at->end + 1;
    }
}

static void
print_frame(const struct plan *plan, struct tallies *tallies,
            struct buffer *text)
{
    const struct space *frame = &plan->spaces[0];
    buffer_add_text(text, "frame   ");
    if (!plan->has_periods) {
        buffer_add_text(text, "one row of periods");
    } else if (plan->last < plan->first) {
        buffer_add_text(text, "no period");
    } else {
        struct period first = {plan->frequency, plan->first};
        struct period last = {plan->frequency, plan->last};
        buffer_format(text, "%s, ", frequency_word(plan->frequency));
        period_print(text, first, false);
        buffer_add_text(text, "..");
        period_print(text, last, false);
    }
    for (size_t d = 0; d < frame->dimension_count; d++) {
        buffer_add_text(text, d ? ", " : " by ");
        plan_print_dimension(plan, frame->dimensions[d], text);
    }
    end_line(tallies, frame->line_count, "line",
             plan->meter ? plan->meter->seconds : 0, text);
}

static void
print_scan(const struct plan *plan, size_t at, struct tallies *tallies,
           struct buffer *text)
{
    const struct figure *figure = plan->figures[at];
    buffer_format(text, "scan %zu  ", at + 1);
    figure_print(plan, figure, figure->fixed ? &figure->period : NULL, NULL,
                 text);
    if (!figure->fixed && plan->last >= plan->first) {
        struct period first = {figure->frequency, figure->first};
        struct period last = {figure->frequency, figure->last};
        buffer_add_text(text, ", ");
        period_print(text, first, false);
        buffer_add_text(text, "..");
        period_print(text, last, false);
    }
    buffer_format(text, ", %zu line%s", figure->line_count,
                  figure->line_count == 1 ? "" : "s");
    if (figure->spreads) {
        buffer_format(text, " x %zu", figure->extra_count);
        for (int i = 0; i < SPREAD_COUNT; i++) {
            if (figure->spreads >> i & 1) {
                buffer_format(text, " %ss", spread_word((enum spread)i));
            }
        }
    }
    if (figure->lender) {
        size_t lender = 0;
        while (plan->figures[lender] != figure->lender) {
            lender++;
        }
        buffer_format(text, ", read by scan %zu", lender + 1);
    }
    size_t facts = figure->fact_count;
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        const struct figure *finer = figure->finer[i];
        facts += finer->fact_count;
        if (finer->fact_count) {
            buffer_format(text, ", from %s figures",
                          frequency_word(finer->frequency));
        }
    }
    end_line(tallies, figure->lender ? 0 : facts, "fact",
             figure->lender ? 0 : figure->seconds, text);
}

/* Over what a window runs: "over 3 periods". */
static void
print_window(const struct plan_node *node, struct buffer *text)
{
    static const char *const whole[] = {
        [WINDOW_YEAR] = "a year",
        [WINDOW_TO_DATE] = "the year to date",
        [WINDOW_ALL] = "all periods up to its own",
    };
    if (node->window == WINDOW_COUNT) {
        buffer_format(text, " over %d period%s", (int)node->reach,
                      node->reach == 1 ? "" : "s");
    } else {
        buffer_format(text, " over %s", whole[node->window]);
    }
}

/* What an aggregate collapses or keeps: "over area, periods". */
static void
print_axes(const struct plan *plan, const struct plan_node *node,
           struct buffer *text)
{
    const char *before = node->keeps ? " by " : " over ";
    for (size_t i = 0; i < node->over_count; i++) {
        buffer_add_text(text, before);
        plan_print_dimension(plan, node->over[i], text);
        before = ", ";
    }
    if (node->over_periods) {
        buffer_add_text(text, before[0] == ',' && !node->keeps
                                  ? ", periods"
                                  : " over periods");
    }
    buffer_add_text(text, node->partial ? ", partial" : "");
}

/* NUMBERS: of the nodes, as they are shown. */
static void
print_node(const struct plan *plan, size_t at, const size_t *numbers,
           struct tallies *tallies, struct buffer *text)
{
    const struct plan_node *node = &plan->nodes[at];
    buffer_format(text, "node %zu  %s", numbers[at],
                  op_names[node->op == PLAN_WINDOW ? node->reduce : node->op]);
    if (node->op == PLAN_CONSTANT) {
        buffer_add_char(text, ' ');
        if (isnan(node->value)) {
            buffer_add_text(text, "unknown");
        } else {
            number_print(text, node->value);
        }
    } else if (node->op == PLAN_FIGURE) {
        buffer_format(text, " scan %zu", node->figure + 1);
        plan_print_lag(plan, node->lag, text);
    }
    for (int i = 0; i < 3; i++) {
        if (node->kid[i] != UINT32_MAX) {
            buffer_format(text, " %s%zu", i ? "and " : "",
                          numbers[node->kid[i]]);
        }
    }
    if (node->op == PLAN_SHIFT) {
        plan_print_lag(plan, node->lag, text);
    } else if (node->op == PLAN_WINDOW) {
        print_window(node, text);
    } else if (node->op >= PLAN_SUM) {
        print_axes(plan, node, text);
    }
    end_line(tallies, node->cell_count, "cell", node->seconds, text);
}

void
plan_print(const struct plan *plan, struct buffer *text)
{
    struct tallies tallies = {0};
    struct buffer lines = {0};
    size_t *numbers = memory_alloc((plan->node_count + 1) * sizeof *numbers);
    size_t count = 0;
    print_frame(plan, &tallies, &lines);
    for (size_t i = 0; i < plan->figure_count; i++) {
        print_scan(plan, i, &tallies, &lines);
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        if (plan->nodes[i].used) {
            numbers[i] = ++count;
            print_node(plan, i, numbers, &tallies, &lines);
        }
    }
    if (plan->meter) {
        add_measured(&tallies, lines.text, text);
    } else {
        buffer_add_slice(text, buffer_slice(&lines));
    }
    free(numbers);
    free(tallies.items);
    buffer_free(&lines);
}
