/* spark(x): the periods of a value as one word of bars.
 *
 * Each row is drawn on its own, from its lowest number to its highest; what is
 * not known is a dot.  Where there are more periods than a cell should be wide,
 * as many neighbours as it takes share a bar, which is then the mean of what is
 * known of them. */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

enum { SPARK_BARS_MAX = 40, SPARK_LEVELS = 8, SPARK_EVEN = 3 };

static const char *const bars[SPARK_LEVELS] = {"\u2581", "\u2582", "\u2583",
                                               "\u2584", "\u2585", "\u2586",
                                               "\u2587", "\u2588"};
static const char *const plain[SPARK_LEVELS] = {"_", "-", "~", "=",
                                                "+", "*", "%", "#"};

/* The mean of what is known in periods FIRST to LAST, the one behind; NaN when
 * nothing is. */
static double
mean_known(const struct plan *plan, uint32_t at, size_t line, size_t first,
           size_t last)
{
    double mean = 0;
    double count = 0;
    for (size_t p = first; p < last; p++) {
        double value = plan_cell(plan, at, p, line).value;
        if (!isnan(value)) {
            count++;
            mean += value / count - mean / count; /* never beyond its parts */
        }
    }
    return count > 0 ? mean : NAN;
}

static void
add_bars(const struct plan *plan, const double *means, size_t count,
         struct buffer *text)
{
    double low = NAN;
    double high = NAN;
    for (size_t i = 0; i < count; i++) {
        low = means[i] < low || isnan(low) ? means[i] : low;
        high = means[i] > high || isnan(high) ? means[i] : high;
    }
    double half = high / 2 - low / 2;
    for (size_t i = 0; i < count; i++) {
        double share = (means[i] / 2 - low / 2) / half;
        int level = SPARK_EVEN;
        if (isnan(means[i])) {
            buffer_add_text(text, plan->ascii ? "." : "\u00B7");
            continue;
        }
        if (half > 0 && !number_equal(low, high)) {
            level = (int)(share * SPARK_LEVELS);
            level = level < SPARK_LEVELS ? level : SPARK_LEVELS - 1;
        }
        buffer_add_text(text, plan->ascii ? plain[level] : bars[level]);
    }
}

/* The word of one line, as an atom; NaN when nothing is known. */
static double
spark_line(struct plan *plan, uint32_t at, size_t line, size_t first,
           size_t last)
{
    double means[SPARK_BARS_MAX];
    size_t periods = last > first ? last - first : 0;
    size_t each = (periods + SPARK_BARS_MAX - 1) / SPARK_BARS_MAX;
    size_t count = 0;
    bool known = false;
    for (size_t p = first; p < last; p += each) {
        size_t end = p + each < last ? p + each : last;
        means[count] = mean_known(plan, at, line, p, end);
        known = known || !isnan(means[count]);
        count++;
    }
    if (!known) {
        return NAN;
    }
    struct buffer text = {0};
    add_bars(plan, means, count, &text);
    double word = atoms_intern(plan->atoms, buffer_slice(&text));
    buffer_free(&text);
    return word;
}

void
kernel_spark(struct plan *plan, struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    bool varies = plan->nodes[node->kid[0]].varies & VARIES_LINE;
    bool by_line = node->varies & VARIES_LINE;
    size_t lines = by_line ? plan->spaces[node->space].line_count : 1;
    size_t inner = varies ? inside->line_count : 1;
    double *words = memory_alloc((inner + 1) * sizeof *words);
    size_t first;
    size_t last;
    plan_aggregate_periods(plan, node, &first, &last);
    for (size_t line = 0; line < inner; line++) {
        words[line] = spark_line(plan, node->kid[0], line, first, last);
    }
    struct grouping groups = plan_group_lines(plan, node);
    double *chosen = memory_alloc((groups.count + 1) * sizeof *chosen);
    for (size_t group = 0; group < groups.count; group++) {
        chosen[group] = NAN;
    }
    for (size_t line = inner; by_line && line-- > 0;) {
        if (groups.inside[line] != UINT32_MAX) {
            chosen[groups.inside[line]] = words[line];
        }
    }
    for (size_t line = 0; line < lines; line++) {
        node->values[line] = by_line      ? chosen[groups.outside[line]]
                             : inner == 0 ? NAN
                                          : words[0];
    }
    free(chosen);
    for (size_t line = 0; plan->bounds && line < lines; line++) {
        node->low[line] = node->high[line] = node->values[line];
    }
    free(words);
}
