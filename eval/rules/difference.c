/* Two texts, line by line: the longest common lines between what they have in
 * common at both ends. */
#include "base/utf8.h"
#include "eval/rules/rules.h"

#include <stdlib.h>

enum {
    CELLS_MAX = 1000 * 1000, /* of the table; beyond, all of it has changed */
    CONTEXT_LINES = 2,
    TOLD_LINES = 40,
    TOLD_BYTES = 400 /* of a line */
};

struct lines {
    struct slice *items;
    size_t count;
};

static struct slice
without_blanks(struct slice line)
{
    while (line.len && strchr(" \t\r", line.at[line.len - 1])) {
        line.len--;
    }
    return line;
}

static struct lines
split(struct slice text)
{
    struct lines lines = {0};
    size_t capacity = 0;
    void *items = NULL;
    size_t used = 0; /* lines up to the last that is not empty */
    while (text.len) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end ? (size_t)(end - text.at) : text.len;
        memory_grow(&items, &capacity, lines.count + 1, sizeof(struct slice));
        lines.items = items;
        struct slice line = without_blanks((struct slice){text.at, len});
        lines.items[lines.count++] = line;
        used = line.len ? lines.count : used;
        len += end != NULL;
        text = (struct slice){text.at + len, text.len - len};
    }
    lines.items = items;
    lines.count = used;
    return lines;
}

static bool
same_line(struct slice a, struct slice b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

bool
review_same_output(struct slice shown, struct slice printed)
{
    struct lines a = split(shown);
    struct lines b = split(printed);
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++) {
        same = same_line(a.items[i], b.items[i]);
    }
    free(a.items);
    free(b.items);
    return same;
}

/* What is told, while it is written. */
struct telling {
    struct buffer text;
    size_t told;
    size_t left; /* lines that have no room */
};

static void
tell_line(struct telling *telling, char sign, struct slice line)
{
    if (telling->told == TOLD_LINES) {
        telling->left += sign != ' ';
        return;
    }
    telling->told++;
    buffer_add_text(&telling->text, telling->text.len ? "\n" : "");
    buffer_add_char(&telling->text, sign);
    for (size_t used = 0; line.len;) {
        int32_t point;
        size_t bytes = utf8_next(line, &point);
        if (used + bytes > TOLD_BYTES) {
            buffer_add_text(&telling->text, " ...");
            break;
        }
        utf8_add(&telling->text, point ? point : 0xFFFD);
        used += bytes;
        line = (struct slice){line.at + bytes, line.len - bytes};
    }
}

/* Lines of both, of which a few beside the changes are told. */
static void
tell_common(struct telling *telling, const struct slice *lines, size_t count,
            bool is_first, bool is_last)
{
    size_t head = is_first ? 0 : CONTEXT_LINES;
    size_t tail = is_last ? 0 : CONTEXT_LINES;
    if (count <= head + tail + 1) {
        head = count;
        tail = 0;
    }
    for (size_t i = 0; i < head; i++) {
        tell_line(telling, ' ', lines[i]);
    }
    size_t between = count - head - tail;
    if (between && !is_last) {
        struct buffer note = {0};
        buffer_format(&note, " %zu line%s alike", between,
                      between == 1 ? "" : "s");
        tell_line(telling, '@', buffer_slice(&note));
        buffer_free(&note);
    }
    for (size_t i = count - tail; i < count; i++) {
        tell_line(telling, ' ', lines[i]);
    }
}

/* Lengths of the longest common lines from each pair on, (a + 1) * (b + 1). */
static uint32_t *
common_lengths(struct lines a, struct lines b)
{
    size_t width = b.count + 1;
    uint32_t *table = memory_alloc((a.count + 1) * width * sizeof *table);
    for (size_t j = 0; j <= b.count; j++) {
        table[a.count * width + j] = 0;
    }
    for (size_t i = a.count; i-- > 0;) {
        table[i * width + b.count] = 0;
        for (size_t j = b.count; j-- > 0;) {
            uint32_t down = table[(i + 1) * width + j];
            uint32_t right = table[i * width + j + 1];
            table[i * width + j] = same_line(a.items[i], b.items[j])
                                       ? table[(i + 1) * width + j + 1] + 1
                                   : down > right ? down
                                                  : right;
        }
    }
    return table;
}

static void
tell_changes(struct telling *telling, struct lines a, struct lines b)
{
    size_t i = 0;
    size_t j = 0;
    bool small = (a.count + 1) <= CELLS_MAX / (b.count + 1);
    uint32_t *table = small ? common_lengths(a, b) : NULL;
    size_t width = b.count + 1;
    while (i < a.count || j < b.count) {
        size_t from = i;
        while (table && i < a.count && j < b.count &&
               same_line(a.items[i], b.items[j])) {
            i++;
            j++;
        }
        if (i > from) {
            tell_common(telling, a.items + from, i - from, false, false);
        } else if (i < a.count &&
                   (j == b.count || !table ||
                    table[(i + 1) * width + j] >= table[i * width + j + 1])) {
            tell_line(telling, '-', a.items[i++]);
        } else {
            tell_line(telling, '+', b.items[j++]);
        }
    }
    free(table);
}

const char *
difference_tell(struct review *review, struct slice shown, struct slice printed,
                size_t *first)
{
    struct lines a = split(shown);
    struct lines b = split(printed);
    struct telling telling = {0};
    size_t head = 0;
    size_t tail = 0;
    size_t least = a.count < b.count ? a.count : b.count;
    while (head < least && same_line(a.items[head], b.items[head])) {
        head++;
    }
    while (tail < least - head && same_line(a.items[a.count - 1 - tail],
                                            b.items[b.count - 1 - tail])) {
        tail++;
    }
    *first = head;
    buffer_reserve(&telling.text, 1);
    tell_common(&telling, a.items, head, true, false);
    tell_changes(
        &telling,
        (struct lines){a.items ? a.items + head : NULL, a.count - head - tail},
        (struct lines){b.items ? b.items + head : NULL, b.count - head - tail});
    tell_common(&telling, a.items ? a.items + a.count - tail : NULL, tail,
                false, true);
    if (telling.left) {
        buffer_format(&telling.text, "\n@ and %zu more line%s", telling.left,
                      telling.left == 1 ? "" : "s");
    }
    const char *kept = review_keep(review, &telling.text);
    buffer_free(&telling.text);
    free(a.items);
    free(b.items);
    return kept;
}
