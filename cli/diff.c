/* After E. W. Myers, "An O(ND) difference algorithm and its variations" (1986):
 * the furthest point on each diagonal, for one more edit each time.  The rows
 * are kept to find the way back; past EDITS_MOST edits the rest counts as
 * replaced, so that memory stays bounded. */
#include "cli/diff.h"

#include "base/arena.h"

enum { EDITS_MOST = 2000, CONTEXT = 3 };

struct lines {
    struct slice *items;
    bool *edited; /* taken away, or added */
    size_t count;
};

struct diff {
    struct arena arena;
    struct lines before;
    struct lines after;
};

static struct lines
split(struct arena *arena, struct slice text)
{
    struct lines lines = {0};
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++) {
        count += text.at[i] == '\n';
    }
    lines.items = arena_array(arena, struct slice, count);
    lines.edited = arena_array(arena, bool, count);
    while (text.len) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end ? (size_t)(end + 1 - text.at) : text.len;
        lines.items[lines.count++] = (struct slice){text.at, len};
        text = (struct slice){text.at + len, text.len - len};
    }
    return lines;
}

/* How far the lines are alike from X and Y on; returns the new X. */
static long
slide(const struct diff *diff, long x, long y)
{
    while (x < (long)diff->before.count && y < (long)diff->after.count &&
           slice_equal(diff->before.items[x], diff->after.items[y])) {
        x++;
        y++;
    }
    return x;
}

/* Did the best way onto diagonal K, with EDITS edits, come from above (a line
 * added) rather than from the left (a line taken away)?  ROW holds the
 * furthest X of each diagonal with one edit less, its middle at diagonal 0. */
static bool
came_down(const long *row, long k, long edits)
{
    return k == -edits || (k != edits && row[k - 1] < row[k + 1]);
}

/* Marks the edits on the way back from the end. */
static void
mark(struct diff *diff, long **rows, long edits)
{
    long x = (long)diff->before.count;
    long y = (long)diff->after.count;
    for (; edits > 0; edits--) {
        const long *row = rows[edits - 1] + edits;
        long k = x - y;
        bool down = came_down(row, k, edits);
        long from = row[down ? k + 1 : k - 1];
        if (down) {
            y = from - (k + 1);
            diff->after.edited[y] = true;
        } else {
            y = from - (k - 1);
            diff->before.edited[from] = true;
        }
        x = from;
    }
}

static void
mark_all(struct diff *diff)
{
    memset(diff->before.edited, true, diff->before.count);
    memset(diff->after.edited, true, diff->after.count);
}

static void
compare(struct diff *diff)
{
    long end_x = (long)diff->before.count;
    long end_y = (long)diff->after.count;
    long **rows = arena_array(&diff->arena, long *, EDITS_MOST + 1);
    for (long edits = 0; edits <= EDITS_MOST; edits++) {
        /* Room for diagonals -edits-1 to edits+1, which the next row asks. */
        rows[edits] =
            arena_array(&diff->arena, long, 2 * ((size_t)edits + 1) + 1);
        long *row = rows[edits] + edits + 1;
        const long *last = edits ? rows[edits - 1] + edits : NULL;
        for (long k = -edits; k <= edits; k += 2) {
            long x = 0;
            if (last) {
                x = came_down(last, k, edits) ? last[k + 1] : last[k - 1] + 1;
            }
            bool outside = x > end_x || x - k > end_y;
            row[k] = outside ? x : slide(diff, x, x - k);
            if (row[k] == end_x && row[k] - k == end_y) {
                mark(diff, rows, edits);
                return;
            }
        }
    }
    mark_all(diff);
}

static void
add_lines(struct buffer *out, char sign, const struct lines *lines, size_t from,
          size_t to)
{
    for (; from < to; from++) {
        struct slice line = lines->items[from];
        buffer_add_char(out, sign);
        buffer_add_slice(out, line);
        if (line.at[line.len - 1] != '\n') {
            buffer_add_text(out, "\n\\ No newline at end of file\n");
        }
    }
}

static void
add_range(struct buffer *out, char sign, size_t from, size_t count)
{
    /* An empty range is named by the line before it. */
    buffer_format(out, " %c%zu", sign, count ? from + 1 : from);
    if (count != 1) {
        buffer_format(out, ",%zu", count);
    }
}

/* A piece of both texts; both positions are behind it afterwards. */
struct hunk {
    size_t x, y;         /* its first lines */
    size_t end_x, end_y; /* behind its last */
};

static bool
is_edited(const struct lines *lines, size_t at)
{
    return at < lines->count && lines->edited[at];
}

/* Goes on to the next edit from X and Y; false when there is none. */
static bool
find_edit(const struct diff *diff, size_t *x, size_t *y)
{
    while (*x < diff->before.count || *y < diff->after.count) {
        if (is_edited(&diff->before, *x) || is_edited(&diff->after, *y)) {
            return true;
        }
        ++*x;
        ++*y;
    }
    return false;
}

static void
skip_edits(const struct diff *diff, size_t *x, size_t *y)
{
    while (is_edited(&diff->before, *x)) {
        ++*x;
    }
    while (is_edited(&diff->after, *y)) {
        ++*y;
    }
}

/* Finds the next hunk behind the last one: edits with at most twice the
 * context between them. */
static bool
next_hunk(const struct diff *diff, struct hunk *hunk)
{
    size_t x = hunk->end_x;
    size_t y = hunk->end_y;
    size_t start = x;
    if (!find_edit(diff, &x, &y)) {
        return false;
    }
    size_t before = x - start < CONTEXT ? x - start : CONTEXT;
    hunk->x = x - before;
    hunk->y = y - before;
    do {
        skip_edits(diff, &x, &y);
        hunk->end_x = x;
        hunk->end_y = y;
    } while (find_edit(diff, &x, &y) && x - hunk->end_x <= 2 * CONTEXT);
    size_t rest = diff->before.count - hunk->end_x;
    size_t after = rest < CONTEXT ? rest : CONTEXT;
    hunk->end_x += after;
    hunk->end_y += after;
    return true;
}

static void
add_hunk(struct buffer *out, const struct diff *diff, const struct hunk *hunk)
{
    size_t x = hunk->x;
    size_t y = hunk->y;
    buffer_add_text(out, "@@");
    add_range(out, '-', x, hunk->end_x - x);
    add_range(out, '+', y, hunk->end_y - y);
    buffer_add_text(out, " @@\n");
    while (x < hunk->end_x || y < hunk->end_y) {
        size_t next_x = x;
        size_t next_y = y;
        skip_edits(diff, &next_x, &next_y);
        add_lines(out, '-', &diff->before, x, next_x);
        add_lines(out, '+', &diff->after, y, next_y);
        x = next_x;
        y = next_y;
        if (x < hunk->end_x) {
            add_lines(out, ' ', &diff->before, x, x + 1);
            x++;
            y++;
        }
    }
}

void
diff_add(struct buffer *out, const char *before_name, struct slice before,
         const char *after_name, struct slice after)
{
    struct diff diff = {0};
    struct hunk hunk = {0};
    if (slice_equal(before, after)) {
        return;
    }
    arena_init(&diff.arena);
    diff.before = split(&diff.arena, before);
    diff.after = split(&diff.arena, after);
    compare(&diff);
    buffer_format(out, "--- %s\n+++ %s\n", before_name, after_name);
    while (next_hunk(&diff, &hunk)) {
        add_hunk(out, &diff, &hunk);
    }
    arena_free(&diff.arena);
}
