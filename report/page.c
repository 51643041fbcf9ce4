#include "report/page.h"

#include "eval/digits.h"
#include "values/number.h"

#include <stdlib.h>

static const char assumed_mark[] = "*";

void
page_init(struct page *page, const struct report_options *options,
          struct output *output)
{
    *page = (struct page){
        .options = options, .output = output, .ascii = options->ascii};
    arena_init(&page->head_arena);
    arena_init(&page->row_arena);
}

void
page_free(struct page *page)
{
    arena_free(&page->head_arena);
    arena_free(&page->row_arena);
    free(page->values);
}

void
page_begin(struct page *page, const struct result_head *head)
{
    arena_reset(&page->head_arena);
    arena_reset(&page->row_arena);
    page->head = head_copy(&page->head_arena, head);
    page->styles =
        arena_array(&page->head_arena, struct cell_style, head->count);
    page->units =
        arena_array(&page->head_arena, struct unit_style *, head->count);
    for (size_t i = 0; i < head->count; i++) {
        page->units[i] = NULL;
    }
    void *values = page->values;
    memory_grow(&values, &page->value_capacity, head->count * PAGE_BLOCK,
                sizeof *page->values);
    page->values = values;
    page->count = page->kept = 0;
    page->is_open = true;
    page->is_drawn = page->has_assumed = false;
}

bool
page_add(struct page *page, const struct result_value *values, const char *note)
{
    size_t limit = page->options->max_rows;
    if (limit && page->kept >= limit) {
        return false;
    }
    size_t first = page->count * page->head.count;
    for (size_t i = 0; i < page->head.count; i++) {
        page->values[first + i] = head_keep_value(&page->row_arena, &values[i]);
        page->has_assumed |=
            values[i].type == VALUE_NUMBER && values[i].basis == BASIS_ASSUMED;
    }
    page->notes[page->count++] =
        note ? arena_copy(&page->row_arena, note, strlen(note)) : NULL;
    page->kept++;
    return page->count == PAGE_BLOCK;
}

bool
page_is_alone(const struct page *page)
{
    return page->kept == 1 && page->count == 1 && page->head.count == 1 &&
           !page->head.columns[0].is_key && !page->head.title;
}

void
page_add_alone(struct page *page, struct buffer *out)
{
    const struct result_column *column = &page->head.columns[0];
    const struct result_value *value = &page->values[0];
    struct cell_style style = cell_style_alone(column);
    style.ascii = page->ascii;
    cell_add(out, column, value, &style);
    if (value->type == VALUE_UNKNOWN && value->reason) {
        buffer_add_text(out, " (");
        cell_add_text(out, slice_of(value->reason), page->ascii);
        buffer_add_char(out, ')');
    }
    page_trim(out);
    buffer_add_char(out, '\n');
    page_add_lines(page, out, slice_of(page->notes[0]), 2);
    page->has_assumed = false; /* it was said in the cell */
}

static const struct result_value *
value_at(const struct page *page, size_t row, size_t column)
{
    return &page->values[row * page->head.count + column];
}

static bool
same_unit(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* One scale for a column, or for what is in UNIT in a column of several: that
 * of its largest number, or where each cell shows its unit, of its smallest.
 * Digits that nobody vouches for end where those of the largest number do. */
static struct cell_style
choose_style(const struct page *page, size_t at, const char *unit)
{
    const struct result_column *column = &page->head.columns[at];
    struct cell_style style = cell_style_alone(column);
    struct digits_measure measure;
    double largest = 0;
    double smallest = INFINITY;
    bool coarse = true;
    bool free_digits = false;
    for (size_t row = 0; row < page->count; row++) {
        const struct result_value *value = value_at(page, row, at);
        if ((!column->own_units || same_unit(value->unit, unit)) &&
            digits_measure(column, value, &measure)) {
            largest = measure.size > largest ? measure.size : largest;
            smallest = measure.size > 0 && measure.size < smallest
                           ? measure.size
                           : smallest;
            coarse &=
                measure.size == 0 || (measure.vouched && measure.place > 0);
            free_digits |= !measure.vouched;
        }
    }
    if (column->scale < 0) {
        bool small = column->show_unit && isfinite(smallest);
        style.scale = digits_scale(column, small ? smallest : largest, coarse);
    }
    style.scale = cell_plain_scale(column, largest, style.scale);
    if (free_digits && largest > 0) {
        style.floor = number_place_of_digits(largest, 1) - 5;
    }
    style.with_unit = column->show_unit;
    style.ascii = page->ascii;
    style.assumed = assumed_mark;
    return style;
}

static struct unit_style *
find_unit(const struct page *page, size_t at, const char *unit)
{
    struct unit_style *found = page->units[at];
    while (found && !same_unit(found->unit, unit)) {
        found = found->next;
    }
    return found;
}

static void
choose_units(struct page *page, size_t at)
{
    for (size_t row = 0; row < page->count; row++) {
        const struct result_value *value = value_at(page, row, at);
        if (value->type != VALUE_NUMBER || find_unit(page, at, value->unit)) {
            continue;
        }
        struct unit_style *added =
            arena_new(&page->head_arena, struct unit_style);
        *added = (struct unit_style){
            .next = page->units[at],
            .unit = value->unit ? arena_copy(&page->head_arena, value->unit,
                                             strlen(value->unit))
                                : NULL,
            .style = choose_style(page, at, value->unit)};
        page->units[at] = added;
    }
}

void
page_choose_styles(struct page *page)
{
    for (size_t i = 0; i < page->head.count; i++) {
        if (!page->is_drawn) {
            page->styles[i] = choose_style(page, i, NULL);
        }
        if (page->head.columns[i].own_units) {
            choose_units(page, i);
        }
    }
}

struct cell_style
page_cell_style(const struct page *page, size_t row, size_t column)
{
    const struct unit_style *own =
        page->head.columns[column].own_units
            ? find_unit(page, column, value_at(page, row, column)->unit)
            : NULL;
    return own ? own->style : page->styles[column];
}

void
page_next_block(struct page *page)
{
    arena_reset(&page->row_arena);
    page->count = 0;
    page->is_drawn = true;
}

/* Parts of one line in parentheses: "(", then "; ". */
static void
add_count(struct buffer *out, size_t start, size_t count, const char *what)
{
    if (count) {
        buffer_add_text(out, out->len == start ? "(" : "; ");
        buffer_format(out, "%zu %s%s", count, count == 1 ? "row " : "rows ",
                      what);
    }
}

void
page_add_remarks(const struct page *page, const struct result_foot *foot,
                 struct buffer *out)
{
    size_t start = out->len;
    size_t hidden = foot->rows > page->kept ? foot->rows - page->kept : 0;
    add_count(out, start, hidden, "not shown");
    add_count(out, start, foot->cut, "left out by top");
    add_count(out, start, foot->undecided, "undecided");
    if (out->len == start && page->kept == 0) {
        buffer_add_text(out, "(no rows");
    }
    if (out->len > start) {
        buffer_add_text(out, ")\n");
    }
    if (page->has_assumed) {
        buffer_format(out, "%s assumed\n", assumed_mark);
    }
    if (foot->note && *foot->note) {
        page_add_lines(page, out, slice_of(foot->note), 0);
    }
}

void
page_end(struct page *page)
{
    page->is_open = false;
    output_flush(page->output);
}

void
page_separate(struct page *page, enum page_piece piece)
{
    bool after_table = page->last == PAGE_TABLE;
    if (after_table || (piece == PAGE_TABLE && page->last != PAGE_NOTHING)) {
        buffer_add_char(&page->output->text, '\n');
    }
    page->last = piece;
}

void
page_trim(struct buffer *out)
{
    while (out->len && out->text[out->len - 1] == ' ') {
        out->text[--out->len] = '\0';
    }
}

/* Tabs stay: whoever writes a text may lay it out. */
static void
add_line(const struct page *page, struct buffer *out, struct slice line)
{
    const char *end = line.at + line.len;
    while (line.at < end) {
        if (*line.at == '\t') {
            buffer_add_char(out, *line.at++);
            continue;
        }
        const char *tab = memchr(line.at, '\t', (size_t)(end - line.at));
        line.len = (size_t)((tab ? tab : end) - line.at);
        cell_add_text(out, line, page->ascii);
        line.at += line.len;
    }
}

void
page_add_lines(const struct page *page, struct buffer *out, struct slice text,
               size_t indent)
{
    const char *end = text.at + text.len;
    while (text.at < end) {
        const char *newline = memchr(text.at, '\n', (size_t)(end - text.at));
        text.len = (size_t)((newline ? newline : end) - text.at);
        if (text.len) {
            buffer_fill(out, ' ', indent);
        }
        add_line(page, out, text);
        page_trim(out);
        buffer_add_char(out, '\n');
        text.at += text.len + 1;
    }
}
