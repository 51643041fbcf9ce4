#include "cli/choices.h"

#include "base/utf8.h"

enum { WORD_CELLS_MAX = 32, GAP = 2 };

/* Appends as much of TEXT as fits CELLS, hidden characters escaped. */
static void
add_cut(struct buffer *out, const char *text, size_t cells)
{
    struct buffer visible = {0};
    utf8_add_visible(&visible, slice_of(text));
    struct slice rest = buffer_slice(&visible);
    while (rest.len) {
        int32_t point;
        size_t len = utf8_next(rest, &point);
        size_t width = utf8_width((struct slice){rest.at, len});
        if (width > cells) {
            break;
        }
        cells -= width;
        buffer_add(out, rest.at, len);
        rest = (struct slice){rest.at + len, rest.len - len};
    }
    buffer_free(&visible);
}

/* Cells for the column of words. */
static size_t
word_cells(const struct completions *found)
{
    size_t most = 1;
    for (size_t i = 0; i < found->count; i++) {
        size_t width = utf8_width(slice_of(found->items[i].word));
        most = width > most ? width : most;
    }
    return most < WORD_CELLS_MAX ? most : WORD_CELLS_MAX;
}

static bool
has_notes(const struct completions *found)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].note) {
            return true;
        }
    }
    return false;
}

/* A word, padded to CELLS. */
static void
add_word(struct buffer *out, const char *word, size_t cells)
{
    size_t start = out->len;
    add_cut(out, word, cells);
    size_t width =
        utf8_width((struct slice){out->text + start, out->len - start});
    buffer_fill(out, ' ', cells > width ? cells - width : 0);
}

void
choices_add(struct buffer *out, const struct completions *found, size_t columns,
            size_t rows)
{
    size_t width = columns > 20 ? columns - 1 : 79;
    size_t word = word_cells(found);
    bool notes = has_notes(found);
    size_t per_line = notes ? 1 : (width + GAP) / (word + GAP);
    per_line = per_line ? per_line : 1;
    size_t most = (rows > 6 ? rows - 3 : SIZE_MAX / per_line) * per_line;
    size_t shown = found->count < most ? found->count : most;
    for (size_t i = 0; i < shown; i++) {
        const struct completion *item = &found->items[i];
        add_word(out, item->word, word);
        if (item->note && width > word + GAP) {
            buffer_fill(out, ' ', GAP);
            add_cut(out, item->note, width - word - GAP);
        }
        bool ends = (i + 1) % per_line == 0 || i + 1 == shown;
        buffer_add_text(out, ends ? "\n" : "  ");
    }
    if (shown < found->count) {
        buffer_format(out, "... and %zu more; another letter narrows them\n",
                      found->count - shown);
    }
}
