/* Tables as GitHub and others read them in Markdown, with the cells of the
 * tables for terminals. */
#include "report/format.h"
#include "report/markdown_text.h"
#include "report/page.h"

#include <stdlib.h>

struct markdown {
    struct page page;
    struct buffer cell;
};

/* Appends lines that are escaped for terminals as one line of a table, or as
 * paragraphs, with LINE_BREAK between two of them. */
static void
add_lines(struct buffer *out, struct slice lines, const char *line_break)
{
    while (lines.len && lines.at[lines.len - 1] == '\n') {
        lines.len--;
    }
    while (lines.len) {
        const char *newline = memchr(lines.at, '\n', lines.len);
        size_t len = newline ? (size_t)(newline - lines.at) : lines.len;
        markdown_add_text(out, (struct slice){lines.at, len});
        if (newline) {
            buffer_add_text(out, len ? line_break : "\n");
            len++;
        }
        lines.at += len;
        lines.len -= len;
    }
}

static void
add_cell(struct markdown *markdown, struct slice text)
{
    struct buffer *out = &markdown->page.output->text;
    buffer_add_text(out, text.len ? " " : "");
    markdown_add_text(out, text);
    buffer_add_text(out, " |");
}

static void
add_headings(struct markdown *markdown)
{
    struct page *page = &markdown->page;
    struct buffer *out = &page->output->text;
    if (page->head.title) {
        buffer_clear(&markdown->cell);
        cell_add_text(&markdown->cell, slice_of(page->head.title), page->ascii);
        buffer_add_text(out, "**");
        markdown_add_text(out, buffer_slice(&markdown->cell));
        buffer_add_text(out, "**\n\n");
    }
    buffer_add_char(out, '|');
    for (size_t i = 0; i < page->head.count; i++) {
        buffer_clear(&markdown->cell);
        cell_add_heading(&markdown->cell, &page->head.columns[i],
                         &page->styles[i]);
        add_cell(markdown, buffer_slice(&markdown->cell));
    }
    buffer_add_text(out, "\n|");
    for (size_t i = 0; i < page->head.count; i++) {
        bool right = page->head.columns[i].type == VALUE_NUMBER;
        buffer_add_text(out, right ? " ---: |" : " --- |");
    }
    buffer_add_char(out, '\n');
}

/* A remark on a row is a row of its own, in the second column. */
static void
add_note(struct markdown *markdown, const char *note)
{
    struct page *page = &markdown->page;
    struct buffer *out = &page->output->text;
    buffer_add_text(out, page->head.count > 1 ? "| | " : "| ");
    buffer_clear(&markdown->cell);
    page_add_lines(page, &markdown->cell, slice_of(note), 0);
    add_lines(out, buffer_slice(&markdown->cell), "<br>");
    for (size_t i = page->head.count > 1 ? 1 : 0; i < page->head.count; i++) {
        buffer_add_text(out, " |");
    }
    buffer_add_char(out, '\n');
}

static void
draw_block(struct markdown *markdown)
{
    struct page *page = &markdown->page;
    struct buffer *out = &page->output->text;
    page_choose_styles(page);
    if (!page->is_drawn) {
        page_separate(page, PAGE_TABLE);
        add_headings(markdown);
    }
    for (size_t row = 0; row < page->count; row++) {
        buffer_add_char(out, '|');
        for (size_t i = 0; i < page->head.count; i++) {
            buffer_clear(&markdown->cell);
            struct cell_style style = page_cell_style(page, row, i);
            cell_add(&markdown->cell, &page->head.columns[i],
                     &page->values[row * page->head.count + i], &style);
            add_cell(markdown, buffer_slice(&markdown->cell));
        }
        buffer_add_char(out, '\n');
        if (page->notes[row]) {
            add_note(markdown, page->notes[row]);
        }
    }
    page_next_block(page);
}

static void
markdown_begin(void *context, const struct result_head *head)
{
    struct markdown *markdown = context;
    page_begin(&markdown->page, head);
}

static bool
markdown_row(void *context, const struct result_value *values, const char *note)
{
    struct markdown *markdown = context;
    if (page_add(&markdown->page, values, note)) {
        draw_block(markdown);
    }
    return output_step(markdown->page.output);
}

/* Writes the lines gathered in CELL as a paragraph. */
static void
add_paragraph(struct markdown *markdown)
{
    struct page *page = &markdown->page;
    struct slice lines = buffer_slice(&markdown->cell);
    if (lines.len) {
        page_separate(page, PAGE_TABLE);
        add_lines(&page->output->text, lines, "\\\n");
        buffer_add_char(&page->output->text, '\n');
    }
}

static void
markdown_end(void *context, const struct result_foot *foot)
{
    struct markdown *markdown = context;
    struct page *page = &markdown->page;
    buffer_clear(&markdown->cell);
    if (page_is_alone(page) && foot->rows <= 1) {
        page_add_alone(page, &markdown->cell);
    } else if (page->count || !page->is_drawn) {
        draw_block(markdown);
        buffer_clear(&markdown->cell);
    }
    page_add_remarks(page, foot, &markdown->cell);
    add_paragraph(markdown);
    page_end(page);
}

static void
markdown_text(void *context, struct slice text)
{
    struct markdown *markdown = context;
    buffer_clear(&markdown->cell);
    page_add_lines(&markdown->page, &markdown->cell, text, 0);
    add_paragraph(markdown);
    output_flush(markdown->page.output);
}

/* Appends a fence of more backticks than stand together in TEXT. */
static void
add_fence(struct buffer *out, struct slice text)
{
    size_t longest = 2;
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    buffer_fill(out, '`', longest + 1);
    buffer_add_char(out, '\n');
}

static void
markdown_chart(void *context, struct slice drawing, struct slice remarks)
{
    struct markdown *markdown = context;
    struct buffer *out = &markdown->page.output->text;
    if (drawing.len) {
        page_separate(&markdown->page, PAGE_TABLE);
        add_fence(out, drawing);
        buffer_add_slice(out, drawing);
        add_fence(out, drawing);
    }
    buffer_clear(&markdown->cell);
    buffer_add_slice(&markdown->cell, remarks);
    add_paragraph(markdown);
    output_flush(markdown->page.output);
}

static void
markdown_finish(void *context)
{
    struct markdown *markdown = context;
    if (markdown->page.is_open && markdown->page.count) {
        draw_block(markdown);
    }
    page_free(&markdown->page);
    buffer_free(&markdown->cell);
    free(markdown);
}

struct format
markdown_open(const struct report_options *options, struct output *output)
{
    struct markdown *markdown = memory_alloc(sizeof *markdown);
    *markdown = (struct markdown){0};
    page_init(&markdown->page, options, output);
    return (struct format){
        .sink = {markdown, markdown_begin, markdown_row, markdown_end,
                 markdown_text},
        .chart = markdown_chart,
        .finish = markdown_finish,
    };
}
