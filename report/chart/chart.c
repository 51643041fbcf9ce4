/* Gathering the rows of a result into series and panels. */
#include "report/chart/chart.h"

#include "eval/digits.h"

#include <stdio.h>
#include <stdlib.h>

/* Panels and x axis -------------------------------------------------------- */

static bool
same_unit(const struct result_column *a, const struct result_column *b)
{
    return strcmp(a->unit, b->unit) == 0 && a->factor == b->factor;
}

static void
place_column(struct chart *chart, size_t at)
{
    const struct result_column *column = &chart->page.head.columns[at];
    size_t panel = 0;
    while (panel < chart->panel_count &&
           !same_unit(chart->panels[panel].column, column)) {
        panel++;
    }
    if (panel == chart->panel_count) {
        chart->panels[chart->panel_count++] =
            (struct chart_panel){.column = column, .scale = column->scale};
    }
    chart->panel_of[at] = panel;
    chart->panels[panel].columns++;
}

/* Periods go along the x axis, else dates. */
static void
find_axis(struct chart *chart)
{
    const struct result_head *head = &chart->page.head;
    chart->x = SIZE_MAX;
    for (size_t i = 0; i < head->count; i++) {
        const struct result_column *column = &head->columns[i];
        bool fits = column->is_key &&
                    (column->type == VALUE_PERIOD ||
                     (column->type == VALUE_DATE && chart->x == SIZE_MAX));
        chart->x = fits ? i : chart->x;
        chart->key_count += column->is_key;
    }
}

void
chart_begin(struct chart *chart, const struct report_options *options,
            const struct result_head *head)
{
    bool file = head->chart && head->chart->write;
    bool window = !file && options->width;
    *chart = (struct chart){
        .options = *options,
        .ascii = options->ascii,
        .color = options->color && !file && options->format == REPORT_TABLE,
        .width = window ? options->width : CHART_FILE_WIDTH,
        .first = INT32_MAX,
        .last = INT32_MIN,
    };
    chart->options.max_rows = CHART_BARS_MAX;
    page_init(&chart->page, &chart->options, NULL);
    page_begin(&chart->page, head);
    size_t count = chart->page.head.count;
    struct arena *arena = &chart->page.head_arena;
    chart->panels = arena_array(arena, struct chart_panel, count + 1);
    chart->panel_of = arena_array(arena, size_t, count + 1);
    find_axis(chart);
    for (size_t i = 0; i < count; i++) {
        const struct result_column *column = &chart->page.head.columns[i];
        chart->panel_of[i] = SIZE_MAX;
        if (column->type == VALUE_NUMBER && !column->is_key) {
            place_column(chart, i);
        }
    }
}

void
chart_free(struct chart *chart)
{
    for (size_t i = 0; i < chart->series_count; i++) {
        free(chart->series[i].points);
    }
    index_free(&chart->names);
    page_free(&chart->page);
}

/* Names -------------------------------------------------------------------- */

static void
add_key(struct buffer *out, const struct result_value *value)
{
    switch (value->type) {
    case VALUE_TEXT:
        buffer_add_slice(out, value->text.len ? value->text : SLICE("-"));
        break;
    case VALUE_DATE:
        day_print(out, value->day);
        break;
    case VALUE_PERIOD:
        period_print(out, value->period, value->fiscal);
        break;
    case VALUE_UNKNOWN:
    case VALUE_NUMBER:
    case VALUE_TRUTH:
        break;
    }
}

/* The keys of a row, without the one on the x axis. */
static void
add_keys(const struct chart *chart, const struct result_value *values,
         struct buffer *out)
{
    size_t start = out->len;
    for (size_t i = 0; i < chart->page.head.count; i++) {
        if (chart->page.head.columns[i].is_key && i != chart->x) {
            buffer_add_text(out, out->len > start ? ", " : "");
            add_key(out, &values[i]);
        }
    }
}

void
chart_add_members(const struct chart *chart, size_t row, struct buffer *out)
{
    const struct result_value *values =
        &chart->page.values[row * chart->page.head.count];
    bool only_place = chart->key_count == 1 && chart->x != SIZE_MAX;
    if (only_place) {
        add_key(out, &values[chart->x]);
    } else {
        add_keys(chart, values, out);
    }
}

static const char *
series_name(struct chart *chart, const struct buffer *keys, size_t column)
{
    struct buffer name = {0};
    size_t columns = chart->page.head.count - chart->key_count;
    const char *heading = chart->page.head.columns[column].heading;
    buffer_add_slice(&name, buffer_slice(keys));
    if (columns > 1 || name.len == 0) {
        buffer_add_text(&name, name.len ? " " : "");
        buffer_add_text(&name, heading);
    }
    const char *copy = arena_copy(&chart->page.head_arena, name.text, name.len);
    buffer_free(&name);
    return copy;
}

/* Series ------------------------------------------------------------------- */

/* The first series of the row's combination of keys; CHART_SERIES_MAX when it
 * came too late to be drawn.  A combination has its series all together. */
static size_t
find_series(struct chart *chart, const struct result_value *values)
{
    struct buffer keys = {0};
    buffer_clear(&keys);
    add_keys(chart, values, &keys);
    uint64_t hash = hash_bytes(keys.text, keys.len);
    uint32_t first = index_get(&chart->names, hash);
    if (first == INDEX_NONE) {
        size_t count = chart->series_count;
        first = (uint32_t)count;
        for (size_t i = 0; i < chart->page.head.count; i++) {
            if (chart->panel_of[i] == SIZE_MAX) {
                continue;
            }
            if (count == CHART_SERIES_MAX) {
                chart->left_out++;
                continue;
            }
            chart->series[count++] =
                (struct chart_series){.name = series_name(chart, &keys, i),
                                      .column = i,
                                      .panel = chart->panel_of[i]};
        }
        chart->series_count = count;
        index_put(&chart->names, hash, first);
    }
    buffer_free(&keys);
    return first;
}

static void
add_point(struct chart_series *series, const struct result_column *column,
          const struct result_value *value, int32_t at)
{
    struct digits_ends ends = digits_ends(column, value);
    void *points = series->points;
    memory_grow(&points, &series->capacity, series->count + 1,
                sizeof *series->points);
    series->points = points;
    series->points[series->count++] = (struct chart_point){
        .at = at,
        .relation = value->relation,
        .low = ends.first < ends.last ? ends.first : ends.last,
        .high = ends.first < ends.last ? ends.last : ends.first,
    };
}

void
chart_row(struct chart *chart, const struct result_value *values)
{
    const struct result_value *place =
        chart->x == SIZE_MAX ? NULL : &values[chart->x];
    bool period = place && place->type == VALUE_PERIOD;
    bool date = place && place->type == VALUE_DATE;
    int32_t at = period ? place->period.ordinal : date ? place->day : 0;
    chart->rows++;
    if (period) {
        chart->frequency = place->period.frequency;
        chart->fiscal = place->fiscal;
    }
    chart->first = at < chart->first ? at : chart->first;
    chart->last = at > chart->last ? at : chart->last;
    page_add(&chart->page, values, NULL);
    size_t series = find_series(chart, values);
    for (size_t i = 0; i < chart->page.head.count; i++) {
        const struct result_column *column = &chart->page.head.columns[i];
        if (chart->panel_of[i] == SIZE_MAX) {
            continue;
        }
        if (digits_are_known(column, &values[i])) {
            chart->known++;
            chart->assumed += values[i].basis == BASIS_ASSUMED;
            chart->bounded += values[i].relation != RELATION_EQUAL;
            if (series < chart->series_count) {
                add_point(&chart->series[series], column, &values[i], at);
            }
        }
        if (values[i].type == VALUE_UNKNOWN && values[i].reason &&
            !chart->reason) {
            chart->reason =
                arena_copy(&chart->page.head_arena, values[i].reason,
                           strlen(values[i].reason));
        }
        series++;
    }
}

static int
compare_points(const void *a, const void *b)
{
    const struct chart_point *left = a;
    const struct chart_point *right = b;
    return (left->at > right->at) - (left->at < right->at);
}

/* The largest number of the rows that become bars. */
static double
largest_bar(const struct chart *chart, size_t panel)
{
    size_t columns = chart->page.head.count;
    double size = 0;
    for (size_t i = 0; i < chart->page.count * columns; i++) {
        const struct result_column *column =
            &chart->page.head.columns[i % columns];
        if (chart->panel_of[i % columns] == panel &&
            digits_are_known(column, &chart->page.values[i])) {
            struct digits_ends ends =
                digits_ends(column, &chart->page.values[i]);
            size = fmax(size, fmax(fabs(ends.first), fabs(ends.last)));
        }
    }
    return size;
}

/* The scale of a panel is that of its largest number. */
static void
choose_scale(struct chart *chart, size_t at)
{
    struct chart_panel *panel = &chart->panels[at];
    double low;
    double high;
    if (panel->scale < 0) {
        double size = 0;
        if (chart_has_bars(chart)) {
            size = largest_bar(chart, at);
        } else if (chart_extent(chart, at, &low, &high)) {
            size = fmax(fabs(low), fabs(high));
        }
        panel->scale = digits_scale(panel->column, size, false);
    }
}

void
chart_finish(struct chart *chart)
{
    for (size_t i = 0; i < chart->series_count; i++) {
        struct chart_series *series = &chart->series[i];
        if (series->count > 1) {
            qsort(series->points, series->count, sizeof *series->points,
                  compare_points);
        }
    }
    for (size_t i = 0; i < chart->panel_count; i++) {
        choose_scale(chart, i);
    }
}

bool
chart_has_bars(const struct chart *chart)
{
    return chart->x == SIZE_MAX || chart->first >= chart->last;
}

bool
chart_is_empty(const struct chart *chart)
{
    size_t points = chart_has_bars(chart) ? chart->known : 0;
    for (size_t i = 0; !points && i < chart->series_count; i++) {
        points += chart->series[i].count;
    }
    return points == 0;
}

bool
chart_wants_legend(const struct chart *chart, size_t panel)
{
    size_t count = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        count += chart->series[i].panel == panel;
    }
    return count > 1 || chart->key_count > 1;
}

bool
chart_goes_on(const struct chart *chart, const struct chart_point *before,
              const struct chart_point *point)
{
    bool dates = chart->page.head.columns[chart->x].type == VALUE_DATE;
    return before->relation == RELATION_EQUAL &&
           point->relation == RELATION_EQUAL &&
           (dates || before->at + 1 == point->at);
}

/* The whole ---------------------------------------------------------------- */

void
chart_add_heading(const struct chart *chart, size_t at, struct buffer *out)
{
    const struct chart_panel *panel = &chart->panels[at];
    struct result_column column = *panel->column;
    struct cell_style style = {.scale = panel->scale, .ascii = chart->ascii};
    struct buffer heading = {0};
    column.heading = panel->columns == 1 ? column.heading : "-";
    buffer_clear(&heading);
    cell_add_heading(&heading, &column, &style);
    struct slice text = buffer_slice(&heading);
    if (panel->columns > 1) { /* the unit alone */
        size_t skipped = text.len > 3 ? 3 : text.len;
        text.at += skipped;
        text.len -= skipped;
    }
    buffer_add_slice(out, text);
    buffer_free(&heading);
    if (chart_has_bars(chart) && chart->x != SIZE_MAX &&
        chart->key_count > 1) { /* bars of members, all of one period */
        buffer_add_text(out, " (");
        chart_add_place(chart, chart->first, out);
        buffer_add_char(out, ')');
    }
}

void
chart_add_place(const struct chart *chart, int32_t at, struct buffer *out)
{
    if (chart->page.head.columns[chart->x].type == VALUE_PERIOD) {
        period_print(out, (struct period){chart->frequency, at}, chart->fiscal);
    } else if (at > DAY_NONE) {
        day_print(out, at);
    } else {
        buffer_add_char(out, '-');
    }
}

void
chart_draw(struct chart *chart, struct buffer *out)
{
    if (chart_is_empty(chart)) {
        return;
    }
    if (chart->page.head.title) {
        cell_add_text(out, slice_of(chart->page.head.title), chart->ascii);
        buffer_add_char(out, '\n');
    }
    if (chart_has_bars(chart)) {
        chart_draw_bars(chart, out);
    } else {
        chart_draw_lines(chart, out);
    }
}

static void
add_count(struct buffer *out, size_t count, const char *what, const char *then)
{
    if (count) {
        buffer_format(out, "(%zu %s%s%s)\n", count, what, count == 1 ? "" : "s",
                      then);
    }
}

void
chart_add_remarks(struct chart *chart, const struct result_foot *foot,
                  struct buffer *out)
{
    bool bars = chart_has_bars(chart);
    size_t hidden = bars && chart->rows > chart->page.kept
                        ? chart->rows - chart->page.kept
                        : 0;
    if (chart->rows && chart_is_empty(chart)) {
        buffer_add_text(out, "(nothing is known that could be drawn");
        if (chart->reason) {
            buffer_add_text(out, ": ");
            cell_add_text(out, slice_of(chart->reason), chart->ascii);
        }
        buffer_add_text(out, ")\n");
    }
    add_count(out, hidden, "row",
              " more than a chart shows; use sort by, "
              "top or where");
    if (!bars) {
        add_count(out, chart->left_out, "line",
                  " more than a chart shows; use where");
    }
    add_count(out, chart->bounded, "value", " known by bounds only");
    add_count(out, chart->assumed, "value", " assumed");
    chart->page.has_assumed = false; /* it is said above */
    chart->page.kept = foot->rows;
    page_add_remarks(&chart->page, foot, out);
}

bool
chart_draw_file(struct chart *chart, struct result_chart *file)
{
    struct buffer text = {0};
    bool done = false;
    buffer_clear(&text);
    if (chart_is_empty(chart)) {
        file->is_empty = true;
    } else if (file->form == CHART_TEXT) {
        chart_draw(chart, &text);
        done = file->write(file->context, text.text, text.len);
    } else {
        chart_add_script(chart, file->form, &text);
        done = chart_run_gnuplot(buffer_slice(&text), file);
    }
    buffer_free(&text);
    return done;
}
