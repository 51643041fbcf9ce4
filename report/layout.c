#include "report/layout.h"

#include "base/utf8.h"

enum {
    LAYOUT_GAP = 2,
    LAYOUT_GAP_UNIT = 3,  /* beside cells that have a blank of their own */
    LAYOUT_GAP_GROUP = 5, /* before a group of columns in a titled table */
    LAYOUT_TEXT_MIN = 6,  /* a text column gives way down to this */
};

static size_t
larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void
measure_column(struct layout *layout, struct page *page, size_t at,
               const struct layout_cell *cells)
{
    struct layout_column *column = &layout->columns[at];
    const struct result_column *spec = &page->head.columns[at];
    struct buffer heading = {0};
    buffer_clear(&heading);
    cell_add_heading(&heading, spec, &page->styles[at]);
    column->heading = (struct slice){
        arena_copy(&page->head_arena, heading.text, heading.len), heading.len};
    column->heading_width = utf8_width(column->heading);
    column->is_number = spec->type == VALUE_NUMBER;
    for (size_t row = 0; row < page->count; row++) {
        const struct layout_cell *cell = &cells[row * layout->count + at];
        column->head = larger(column->head, cell->head);
        column->tail = larger(column->tail, cell->width - cell->head);
        column->width = larger(column->width, cell->width);
    }
    if (column->is_number) {
        column->width = column->head + column->tail;
    }
    buffer_free(&heading);
}

static bool
has_blanks(const struct result_column *column)
{
    return column->type == VALUE_NUMBER && column->show_unit && *column->unit &&
           strcmp(column->unit, "%") != 0;
}

static void
choose_gaps(struct layout *layout, const struct result_head *head)
{
    for (size_t i = 0; i + 1 < layout->count; i++) {
        const struct result_column *column = &head->columns[i];
        const struct layout_column *next = &layout->columns[i + 1];
        bool group = layout->title.len && next->heading.len &&
                     !layout->columns[i].heading.len;
        bool unit = has_blanks(column) || has_blanks(column + 1);
        layout->columns[i].gap = group  ? LAYOUT_GAP_GROUP
                                 : unit ? LAYOUT_GAP_UNIT
                                        : LAYOUT_GAP;
    }
}

/* Cells from column AT up to the next one with a heading, but for the least
 * gap before that; SIZE_MAX when there is none behind it. */
static size_t
heading_room(const struct layout *layout, size_t at)
{
    size_t room = layout->columns[at].width;
    for (size_t i = at + 1; i < layout->count; i++) {
        if (layout->columns[i].heading.len) {
            return room + layout->columns[i - 1].gap - LAYOUT_GAP;
        }
        room += layout->columns[i - 1].gap + layout->columns[i].width;
    }
    return at + 1 < layout->count ? SIZE_MAX : room;
}

/* Does the title fit into the place of the first heading?  In place of one that
 * has another beside it, it would be taken for a heading itself. */
static bool
title_fits(const struct layout *layout)
{
    size_t room = heading_room(layout, 0);
    return layout->count == 1 || (!(layout->columns[0].heading.len &&
                                    layout->columns[1].heading.len) &&
                                  layout->title_width <= room);
}

/* Columns grow until every heading has room. */
static void
make_room_for_headings(struct layout *layout)
{
    bool titled = layout->title.len && layout->count && title_fits(layout);
    for (size_t i = titled ? 1 : 0; i < layout->count; i++) {
        size_t room = heading_room(layout, i);
        if (layout->columns[i].heading_width > room) {
            layout->columns[i].width += layout->columns[i].heading_width - room;
        }
    }
}

static size_t
total_width(const struct layout *layout)
{
    size_t total = 0;
    for (size_t i = 0; i < layout->count; i++) {
        total += layout->columns[i].width + layout->columns[i].gap;
    }
    return total;
}

/* The widest text column that can still give way, keys or others, and the
 * width of the next one. */
static struct layout_column *
widest_text(struct layout *layout, const struct result_head *head, bool keys,
            size_t *next)
{
    struct layout_column *widest = NULL;
    *next = LAYOUT_TEXT_MIN;
    for (size_t i = 0; i < layout->count; i++) {
        struct layout_column *column = &layout->columns[i];
        if (head->columns[i].type != VALUE_TEXT ||
            head->columns[i].is_key != keys ||
            column->width <= LAYOUT_TEXT_MIN) {
            continue;
        }
        if (widest && column->width <= widest->width) {
            *next = larger(*next, column->width);
            continue;
        }
        *next = widest ? widest->width : *next;
        widest = column;
    }
    return widest;
}

/* Takes up to EXCESS cells from text columns, the widest first; returns what
 * is left of the excess. */
static size_t
narrow_texts(struct layout *layout, const struct result_head *head, bool keys,
             size_t excess)
{
    struct layout_column *widest;
    size_t next;
    while (excess && (widest = widest_text(layout, head, keys, &next))) {
        size_t step = larger(widest->width - next, 1);
        step = step < excess ? step : excess;
        widest->width -= step;
        excess -= step;
    }
    return excess;
}

/* Makes the table no wider than LIMIT, if it can: gaps give way, then texts,
 * then texts that are keys. */
static void
fit(struct layout *layout, const struct result_head *head, size_t limit)
{
    size_t total = total_width(layout);
    for (size_t i = 0; total > limit && i + 1 < layout->count; i++) {
        layout->columns[i].gap = LAYOUT_GAP;
    }
    total = total_width(layout);
    if (total > limit) {
        size_t excess = narrow_texts(layout, head, false, total - limit);
        narrow_texts(layout, head, true, excess);
    }
}

void
layout_make(struct layout *layout, struct page *page,
            const struct layout_cell *cells)
{
    struct buffer title = {0};
    const struct result_head *head = &page->head;
    layout->count = head->count;
    layout->columns =
        arena_array(&page->head_arena, struct layout_column, head->count);
    buffer_clear(&title);
    cell_add_text(&title, slice_of(head->title), page->ascii);
    layout->title = (struct slice){
        arena_copy(&page->head_arena, title.text, title.len), title.len};
    layout->title_width = utf8_width(layout->title);
    buffer_free(&title);
    for (size_t i = 0; i < layout->count; i++) {
        measure_column(layout, page, i, cells);
    }
    choose_gaps(layout, head);
    make_room_for_headings(layout);
    if (page->options->width) {
        fit(layout, head, page->options->width);
    }
}

void
layout_add_cut(struct buffer *out, struct slice text, size_t width, bool ascii)
{
    if (utf8_width(text) <= width) {
        buffer_add_slice(out, text);
        return;
    }
    const char *mark = ascii ? "..." : "\xE2\x80\xA6";
    size_t mark_width = ascii ? 3 : 1;
    size_t room = width > mark_width ? width - mark_width : 0;
    while (text.len) {
        int32_t point;
        size_t bytes = utf8_next(text, &point);
        size_t cells = utf8_width((struct slice){text.at, bytes});
        if (cells > room) {
            break;
        }
        room -= cells;
        buffer_add(out, text.at, bytes);
        text.at += bytes;
        text.len -= bytes;
    }
    buffer_add_text(out, mark);
}

/* Appends one heading that begins at cell AT of the line; returns the cell
 * behind it. */
static size_t
add_heading(struct buffer *out, const struct layout *layout, size_t index,
            bool ascii)
{
    const struct layout_column *column = &layout->columns[index];
    size_t room = heading_room(layout, index);
    size_t before = 0;
    if (column->is_number && column->heading_width < column->width) {
        before = column->width - column->heading_width;
    }
    size_t start = out->len;
    buffer_fill(out, ' ', before);
    layout_add_cut(out, column->heading, larger(room, column->width), ascii);
    return utf8_width((struct slice){out->text + start, out->len - start});
}

void
layout_add_headings(const struct layout *layout, const struct page *page,
                    struct buffer *out)
{
    size_t line = out->len;
    size_t at = 0; /* the cell that comes next, and the one wanted */
    size_t wanted = 0;
    bool in_place = layout->title.len && layout->count && title_fits(layout);
    if (layout->title.len) {
        buffer_add_slice(out, layout->title);
        at = layout->title_width;
    }
    if (layout->title.len && !in_place) {
        page_trim(out);
        buffer_add_char(out, '\n');
        line = out->len;
        at = 0;
    }
    for (size_t i = 0; i < layout->count; i++) {
        bool has_heading = layout->columns[i].heading.len && (i || !in_place);
        if (has_heading) {
            buffer_fill(out, ' ', wanted > at ? wanted - at : 0);
            at = larger(at, wanted);
            at += add_heading(out, layout, i, page->ascii);
        }
        wanted += layout->columns[i].width + layout->columns[i].gap;
    }
    page_trim(out);
    if (out->len > line) {
        buffer_add_char(out, '\n');
    }
}

void
layout_add_cell(const struct layout *layout, const struct page *page, size_t at,
                const struct layout_cell *cell, struct buffer *out)
{
    const struct layout_column *column = &layout->columns[at];
    bool may_cut = page->options->width && !column->is_number;
    if (column->is_number) {
        size_t tail = cell->width - cell->head;
        buffer_add_slice(out, cell->text);
        buffer_fill(out, ' ', column->tail > tail ? column->tail - tail : 0);
    } else if (may_cut) {
        layout_add_cut(out, cell->text, column->width, page->ascii);
    } else {
        buffer_add_slice(out, cell->text);
    }
    buffer_fill(out, ' ', column->gap);
}

size_t
layout_indent(const struct layout *layout)
{
    return layout->count > 1 ? layout->columns[0].width + layout->columns[0].gap
                             : LAYOUT_GAP;
}
