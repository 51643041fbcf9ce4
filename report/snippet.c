#include "report/snippet.h"

#include "base/utf8.h"

enum {
    SNIPPET_TAB = 8,
    SNIPPET_CELLS = 100, /* of a line that are shown */
    SNIPPET_BEFORE = 40, /* of them before the mark, when it is cut */
};

static const char ellipsis[] = "...";

/* Appends TEXT as it is shown. */
static void
add_shown(struct buffer *out, struct slice text)
{
    size_t start = out->len;
    while (text.len) {
        size_t plain = 0;
        while (plain < text.len && text.at[plain] != '\t') {
            plain++;
        }
        utf8_add_visible(out, (struct slice){text.at, plain});
        text.at += plain;
        text.len -= plain;
        if (text.len) {
            struct slice shown = {out->text + start, out->len - start};
            size_t cell = utf8_width(shown) % SNIPPET_TAB;
            buffer_fill(out, ' ', SNIPPET_TAB - cell);
            text.at++;
            text.len--;
        }
    }
}

/* Cells that TEXT, the beginning of a line, fills. */
static size_t
shown_width(struct slice text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    add_shown(&shown, text);
    size_t width = utf8_width(buffer_slice(&shown));
    buffer_free(&shown);
    return width;
}

/* The line of LOCATION up to its place, or up to its end if that is on the
 * same line, else the whole. */
static struct slice
line_up_to(const struct location *location, struct slice line, bool to_end)
{
    size_t line_at = (size_t)(line.at - location->source->text.at);
    size_t at = location->byte + (to_end ? location->length : 0) - line_at;
    bool is_beyond = to_end && location->end_line != location->line;
    if (!is_beyond && at < line.len) {
        line.len = at;
    }
    return line;
}

static struct slice
line_of(const struct location *location)
{
    struct slice line = source_line(location->source, location->line);
    if (line.len == 0) {
        /* source_line gives no address for a line that is not there */
        line.at = location->source->text.at + location->byte;
    }
    return line;
}

size_t
snippet_column(const struct location *location)
{
    struct slice line = line_of(location);
    return 1 + source_margin(location->source, location->line) +
           shown_width(line_up_to(location, line, false));
}

/* Appends cells FROM up to TO of SHOWN; a wide character that an end cuts in
 * two becomes a blank. */
static void
add_window(struct buffer *out, struct slice shown, size_t from, size_t to)
{
    size_t cell = 0;
    while (shown.len) {
        int32_t point;
        size_t bytes = utf8_next(shown, &point);
        struct slice character = {shown.at, bytes};
        size_t end = cell + utf8_width(character);
        if (cell >= from && end <= to && (end > cell || cell > from)) {
            buffer_add_slice(out, character);
        } else if (end > from && cell < to) {
            buffer_add_char(out, ' ');
        }
        cell = end;
        shown.at += bytes;
        shown.len -= bytes;
    }
}

/* The part of a line that is shown, in cells. */
struct window {
    size_t from;
    size_t to;
};

static struct window
choose_window(size_t width, size_t mark)
{
    struct window window = {0, width};
    if (width <= SNIPPET_CELLS) {
        return window;
    }
    if (mark >= SNIPPET_CELLS - SNIPPET_BEFORE) {
        window.from = mark - SNIPPET_BEFORE;
    }
    if (window.from + SNIPPET_CELLS < width) {
        window.to = window.from + SNIPPET_CELLS;
    }
    return window;
}

static void
trim_blanks(struct buffer *out)
{
    while (out->len && out->text[out->len - 1] == ' ') {
        out->text[--out->len] = '\0';
    }
}

void
snippet_add_bar(struct buffer *out, size_t gutter,
                const struct snippet_paint *paint)
{
    buffer_add_text(out, paint->gutter);
    buffer_fill(out, ' ', gutter + 2);
    buffer_format(out, "|%s\n", paint->reset);
}

static void
add_line(struct buffer *out, const struct location *location, struct slice line,
         struct window window, size_t gutter, const struct snippet_paint *paint)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    add_shown(&shown, line);
    size_t width = utf8_width(buffer_slice(&shown));
    bool left = window.from > 0;
    bool right = window.to < width;
    buffer_format(out, "%s %*u |%s ", paint->gutter, (int)gutter,
                  location->line, paint->reset);
    buffer_add_text(out, left ? ellipsis : "");
    add_window(out, buffer_slice(&shown), window.from + (left ? 3 : 0),
               window.to - (right ? 3 : 0));
    buffer_add_text(out, right ? ellipsis : "");
    trim_blanks(out);
    buffer_add_char(out, '\n');
    buffer_free(&shown);
}

/* Does the mark begin on the shown part of this line? */
static bool
is_shown(const struct snippet_mark *mark, const struct location *first,
         struct slice line, struct window window)
{
    if (mark->is_done || mark->location.source != first->source ||
        mark->location.line != first->line) {
        return false;
    }
    size_t start = shown_width(line_up_to(&mark->location, line, false));
    return start >= window.from && start <= window.to;
}

static void
add_marks(struct buffer *out, const struct snippet_mark *mark,
          struct slice line, struct window window, size_t gutter,
          const struct snippet_paint *paint)
{
    size_t start = shown_width(line_up_to(&mark->location, line, false));
    size_t end = shown_width(line_up_to(&mark->location, line, true));
    end = end > window.to ? window.to : end;
    buffer_add_text(out, paint->gutter);
    buffer_fill(out, ' ', gutter + 2);
    buffer_format(out, "|%s ", paint->reset);
    buffer_fill(out, ' ', start - window.from);
    buffer_add_text(out, mark->is_primary ? paint->primary : paint->related);
    buffer_fill(out, mark->is_primary ? '^' : '-',
                end > start ? end - start : 1);
    if (mark->label && *mark->label) {
        buffer_add_char(out, ' ');
        utf8_add_visible(out, slice_of(mark->label));
    }
    buffer_add_text(out, paint->reset);
    buffer_add_char(out, '\n');
}

void
snippet_add(struct buffer *out, struct snippet_mark *marks, size_t count,
            size_t gutter, const struct snippet_paint *paint)
{
    const struct location *first = &marks[0].location;
    struct slice line = line_of(first);
    size_t mark = shown_width(line_up_to(first, line, false));
    struct window window = choose_window(shown_width(line), mark);
    add_line(out, first, line, window, gutter, paint);
    for (size_t i = 0; i < count; i++) {
        if (is_shown(&marks[i], first, line, window)) {
            add_marks(out, &marks[i], line, window, gutter, paint);
            marks[i].is_done = true;
        }
    }
}
