/* Axes: round numbers for ticks, whatever the data are.
 *
 * Differences of two numbers may be beyond what a double holds, so halves are
 * subtracted; what is left is divided only once it is known not to be 0. */
#include "report/chart/chart.h"

#include "values/decimal.h"
#include "values/number.h"

bool
chart_extent(const struct chart *chart, size_t panel, double *low, double *high)
{
    bool some = false;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        for (size_t p = 0; series->panel == panel && p < series->count; p++) {
            const struct chart_point *point = &series->points[p];
            *low = some && *low < point->low ? *low : point->low;
            *high = some && *high > point->high ? *high : point->high;
            some = true;
        }
    }
    return some;
}

/* The smallest of 1, 2 or 5 times a power of ten that is not below SIZE; 0
 * when SIZE is too small for that. */
static double
round_up(double size, int *exponent)
{
    static const double steps[] = {1, 2, 5, 10};
    int power = (int)floor(log10(size));
    double unit = decimal_power(power);
    *exponent = power;
    for (int i = 0; i < 4 && unit > 0; i++) {
        if (steps[i] * unit >= size * (1 - 1e-9)) {
            *exponent += i == 3;
            return steps[i] * unit;
        }
    }
    return 0;
}

/* Numbers that are all the same stand in the middle. */
static void
widen(double *low, double *high)
{
    double room = fabs(*low) / 10;
    if (!(room > 1e-300)) {
        room = 1;
    }
    *low -= *low - room >= -1e308 ? room : 0;
    *high += *high + room <= 1e308 ? room : 0;
}

struct chart_axis
chart_axis_make(const struct chart_panel *panel, double low, double high,
                int wanted)
{
    struct chart_axis axis = {
        .scale = panel->scale, .column = panel->column, .intervals = 1};
    int exponent = 0;
    if (number_equal(low, high) || !(high / 2 - low / 2 > 1e-300)) {
        widen(&low, &high);
    } else if (low > 0 && low < high / 2) {
        low = 0;
    } else if (high < 0 && high > low / 2) {
        high = 0;
    }
    axis.low = low;
    axis.high = high;
    axis.step = round_up((high / 2 - low / 2) / wanted * 2, &exponent);
    if (axis.step > 0 && isfinite(axis.step)) {
        double first = floor(low / axis.step * (low > 0 ? 1 + 1e-12 : 1));
        double last = ceil(high / axis.step * (high > 0 ? 1 - 1e-12 : 1));
        double bottom = first * axis.step;
        double top = last * axis.step;
        if (isfinite(bottom) && isfinite(top) && last - first < 100) {
            axis.low = bottom;
            axis.high = top;
            axis.intervals = last > first ? (int)(last - first) : 1;
        }
    }
    axis.decimals = panel->scale - exponent;
    axis.decimals = axis.decimals < 0 ? 0 : axis.decimals;
    return axis;
}

double
chart_axis_tick(const struct chart_axis *axis, int tick)
{
    double share = (double)tick / axis->intervals;
    double value = axis->low * (1 - share) + axis->high * share;
    /* Zero is zero, and not what the subtraction left of it. */
    return fabs(value) < (axis->high / 2 - axis->low / 2) * 1e-9 ? 0 : value;
}

void
chart_axis_label(const struct chart_axis *axis, int tick, bool ascii,
                 struct buffer *out)
{
    struct result_column column = *axis->column;
    double number = chart_axis_tick(axis, tick);
    struct cell_style style = {
        .scale = axis->scale,
        .decimals = number == 0 || fabs(number) < 1e-12 ? 0 : axis->decimals,
        .floor = PLACE_NONE,
        .ascii = ascii};
    struct result_value value = {.type = VALUE_NUMBER,
                                 .relation = RELATION_EQUAL,
                                 .number = number,
                                 .place = PLACE_NONE};
    column.factor = 1; /* it is in the unit already */
    column.signed_ = false;
    if (fabs(number) >= 1e15 * decimal_power(axis->scale)) {
        buffer_format(out, "%.6g", number / decimal_power(axis->scale));
        return;
    }
    cell_add(out, &column, &value, &style);
}

double
chart_axis_share(const struct chart_axis *axis, double value)
{
    double range = axis->high / 2 - axis->low / 2;
    double share = (value / 2 - axis->low / 2) / range;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

int32_t
chart_place_step(const struct chart *chart, double room)
{
    static const int32_t quarters[] = {1, 2, 4, 8, 20, 40, 80, 200, 400};
    static const int32_t months[] = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200};
    static const int32_t halves[] = {1, 2, 4, 10, 20, 40, 100, 200};
    const int32_t *steps = NULL;
    size_t count = 0;
    switch (chart->frequency) {
    case FREQUENCY_S:
        steps = halves;
        count = sizeof halves / sizeof *halves;
        break;
    case FREQUENCY_Q:
        steps = quarters;
        count = sizeof quarters / sizeof *quarters;
        break;
    case FREQUENCY_M:
        steps = months;
        count = sizeof months / sizeof *months;
        break;
    case FREQUENCY_ONCE:
    case FREQUENCY_A:
    case FREQUENCY_W:
    case FREQUENCY_D:
    case FREQUENCY_COUNT:
        break;
    }
    for (size_t i = 0; i < count; i++) {
        if (steps[i] >= room) {
            return steps[i];
        }
    }
    int32_t step = 1;
    for (int i = 0; step < room && step < 100000000; i++) {
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step;
}
