/* Tables for terminals.  libsmartcols aligns the cells; what it lacks (decimal
 * points, headings that run on, widths that hold from block to block, rows
 * with remarks) is settled in layout.c before. */
#define _XOPEN_SOURCE 700 /* wcswidth */

#include "base/utf8.h"
#include "report/format.h"
#include "report/layout.h"

#include <langinfo.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <wchar.h>

struct table {
    struct page page;
    struct layout layout;
    struct libscols_table *grid; /* of this result; made with its layout */
    struct layout_cell *cells;   /* of this block */
    bool simple[PAGE_BLOCK];     /* ... its rows that need no grid */
    size_t cell_capacity;
    struct buffer cell;
};

static const char bold[] = "\033[1m";
static const char faint[] = "\033[2m";
static const char plain[] = "\033[0m";

static void
paint(const struct table *table, const char *how)
{
    if (table->page.options->color) {
        buffer_add_text(&table->page.output->text, how);
    }
}

/* Appends TEXT, whole lines, in one colour each. */
static void
add_painted(struct table *table, struct slice text, const char *how)
{
    struct buffer *out = &table->page.output->text;
    while (text.len) {
        const char *newline = memchr(text.at, '\n', text.len);
        size_t len = (size_t)(newline - text.at);
        paint(table, how);
        buffer_add(out, text.at, len);
        paint(table, plain);
        buffer_add_char(out, '\n');
        text.at += len + 1;
        text.len -= len + 1;
    }
}

/* Characters that the C library cannot measure would make libsmartcols pad
 * without end, so they are escaped. */
static bool
is_printable(const char *text)
{
    wchar_t wide[128];
    mbstate_t state = {0};
    while (text) {
        size_t count = mbsrtowcs(wide, &text, 128, &state);
        if (count == (size_t)-1 || wcswidth(wide, count) < 0) {
            return false;
        }
    }
    return true;
}

static struct layout_cell
make_cell(struct table *table, size_t row, size_t at)
{
    struct page *page = &table->page;
    struct buffer *text = &table->cell;
    buffer_clear(text);
    struct cell_style style = page_cell_style(page, row, at);
    size_t head = cell_add(text, &page->head.columns[at],
                           &page->values[row * page->head.count + at], &style);
    struct slice whole = buffer_slice(text);
    if (!utf8_is_ascii(whole) && !is_printable(whole.at)) {
        struct slice copy = {arena_copy(&page->row_arena, whole.at, whole.len),
                             whole.len};
        buffer_clear(text);
        cell_add_text(text, copy, true);
        head = text->len;
        whole = buffer_slice(text);
    }
    struct slice before = {whole.at, head};
    return (struct layout_cell){
        .text = {arena_copy(&page->row_arena, whole.at, whole.len), whole.len},
        .width = utf8_width(whole),
        .head = utf8_width(before),
    };
}

static void
make_cells(struct table *table)
{
    struct page *page = &table->page;
    size_t columns = page->head.count;
    void *cells = table->cells;
    memory_grow(&cells, &table->cell_capacity, columns * page->count,
                sizeof *table->cells);
    table->cells = cells;
    for (size_t row = 0; row < page->count; row++) {
        for (size_t at = 0; at < columns; at++) {
            table->cells[row * columns + at] = make_cell(table, row, at);
        }
    }
}

static void
open_grid(struct table *table)
{
    const struct layout *layout = &table->layout;
    scols_unref_table(table->grid);
    table->grid = scols_new_table();
    scols_table_enable_noheadings(table->grid, 1);
    scols_table_enable_noencoding(table->grid, 1);
    scols_table_set_termforce(table->grid, SCOLS_TERMFORCE_NEVER);
    scols_table_set_column_separator(table->grid, "");
    for (size_t i = 0; i < layout->count; i++) {
        const struct layout_column *column = &layout->columns[i];
        int side = column->is_number ? SCOLS_FL_RIGHT : 0;
        scols_table_new_column(table->grid, "",
                               (double)(column->width + column->gap),
                               SCOLS_FL_STRICTWIDTH | side);
    }
}

/* Rows of ASCII that fit their columns are written without libsmartcols, which
 * measures each character again through the locale: three times as fast. */
static bool
is_simple(const struct table *table, size_t row)
{
    const struct layout *layout = &table->layout;
    for (size_t at = 0; at < layout->count; at++) {
        const struct layout_cell *cell =
            &table->cells[row * layout->count + at];
        const struct layout_column *column = &layout->columns[at];
        size_t tail = cell->width - cell->head;
        size_t fill =
            column->is_number && column->tail > tail ? column->tail - tail : 0;
        if (cell->width + fill > column->width || !utf8_is_ascii(cell->text)) {
            return false;
        }
    }
    return true;
}

/* Writes such a row as the grid would. */
static void
add_simple(struct table *table, size_t row)
{
    const struct layout *layout = &table->layout;
    struct buffer *out = &table->page.output->text;
    for (size_t at = 0; at < layout->count; at++) {
        const struct layout_column *column = &layout->columns[at];
        struct buffer *cell = &table->cell;
        buffer_clear(cell);
        layout_add_cell(layout, &table->page, at,
                        &table->cells[row * layout->count + at], cell);
        size_t width = column->width + column->gap;
        size_t room = width > cell->len ? width - cell->len : 0;
        buffer_fill(out, ' ', column->is_number ? room : 0);
        buffer_add_slice(out, buffer_slice(cell));
        buffer_fill(out, ' ', column->is_number ? 0 : room);
    }
    page_trim(out);
    buffer_add_char(out, '\n');
}

static void
fill_grid(struct table *table)
{
    size_t columns = table->layout.count;
    scols_table_remove_lines(table->grid);
    for (size_t row = 0; row < table->page.count; row++) {
        table->simple[row] = is_simple(table, row);
        if (table->simple[row]) {
            continue;
        }
        struct libscols_line *line = scols_table_new_line(table->grid, NULL);
        for (size_t at = 0; at < columns; at++) {
            buffer_clear(&table->cell);
            layout_add_cell(&table->layout, &table->page, at,
                            &table->cells[row * columns + at], &table->cell);
            scols_line_set_data(line, at, table->cell.text);
        }
    }
}

/* Copies a line of the grid without the blanks at its end; returns the rest. */
static const char *
add_line(struct table *table, const char *body)
{
    struct buffer *out = &table->page.output->text;
    size_t len = strcspn(body, "\n");
    size_t kept = len;
    while (kept && body[kept - 1] == ' ') {
        kept--;
    }
    buffer_add(out, body, kept);
    buffer_add_char(out, '\n');
    return body + len + (body[len] == '\n');
}

/* Adds the rows of a block, each with the remark on it beneath. */
static void
add_body(struct table *table, const char *body)
{
    struct page *page = &table->page;
    struct buffer notes = {0};
    for (size_t row = 0; row < page->count; row++) {
        if (table->simple[row]) {
            add_simple(table, row);
        } else {
            body = add_line(table, body);
        }
        if (page->notes[row]) {
            buffer_clear(&notes);
            page_add_lines(page, &notes, slice_of(page->notes[row]),
                           layout_indent(&table->layout));
            add_painted(table, buffer_slice(&notes), faint);
        }
    }
    buffer_free(&notes);
}

static void
draw_headings(struct table *table)
{
    struct buffer headings = {0};
    layout_make(&table->layout, &table->page, table->cells);
    open_grid(table);
    layout_add_headings(&table->layout, &table->page, &headings);
    page_separate(&table->page, PAGE_TABLE);
    add_painted(table, buffer_slice(&headings), bold);
    buffer_free(&headings);
}

static void
draw_block(struct table *table)
{
    struct page *page = &table->page;
    page_choose_styles(page);
    make_cells(table);
    if (!page->is_drawn) {
        table->layout = (struct layout){0};
        draw_headings(table);
    }
    if (page->count && page->head.count) {
        char *body = NULL;
        fill_grid(table);
        if (scols_table_get_nlines(table->grid)) {
            scols_print_table_to_string(table->grid, &body);
        }
        add_body(table, body ? body : "");
        free(body);
    }
    page_next_block(page);
}

static void
table_begin(void *context, const struct result_head *head)
{
    struct table *table = context;
    page_begin(&table->page, head);
    table->page.ascii = table->page.options->ascii ||
                        strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static bool
table_row(void *context, const struct result_value *values, const char *note)
{
    struct table *table = context;
    if (page_add(&table->page, values, note)) {
        draw_block(table);
    }
    return output_step(table->page.output);
}

static void
table_end(void *context, const struct result_foot *foot)
{
    struct table *table = context;
    struct page *page = &table->page;
    struct buffer remarks = {0};
    if (page_is_alone(page) && foot->rows <= 1) {
        page_separate(page, PAGE_LINE);
        page_add_alone(page, &page->output->text);
    } else if (page->count || !page->is_drawn) {
        draw_block(table);
    }
    page_add_remarks(page, foot, &remarks);
    add_painted(table, buffer_slice(&remarks), faint);
    buffer_free(&remarks);
    page_end(page);
}

static void
table_text(void *context, struct slice text)
{
    struct table *table = context;
    page_separate(&table->page, PAGE_LINE);
    page_add_lines(&table->page, &table->page.output->text, text, 0);
    if (text.len == 0 || text.at[text.len - 1] == '\n') {
        /* An empty last line is a line too. */
        buffer_add_char(&table->page.output->text, '\n');
    }
    output_flush(table->page.output);
}

static void
table_chart(void *context, struct slice drawing, struct slice remarks)
{
    struct table *table = context;
    page_separate(&table->page, PAGE_TABLE);
    buffer_add_slice(&table->page.output->text, drawing);
    add_painted(table, remarks, faint);
    output_flush(table->page.output);
}

static void
table_finish(void *context)
{
    struct table *table = context;
    if (table->page.is_open && table->page.count) {
        draw_block(table);
    }
    scols_unref_table(table->grid);
    page_free(&table->page);
    buffer_free(&table->cell);
    free(table->cells);
    free(table);
}

struct format
table_open(const struct report_options *options, struct output *output)
{
    struct table *table = memory_alloc(sizeof *table);
    *table = (struct table){0};
    page_init(&table->page, options, output);
    return (struct format){
        .sink = {table, table_begin, table_row, table_end, table_text},
        .chart = table_chart,
        .finish = table_finish,
    };
}
