#include "base/markdown.h"

#include "base/arena.h"

enum { TAB_CELLS = 4, FENCE_MIN = 3, CODE_INDENT = 4, MARGIN_MAX = 255 };

/* A line, without its newline, and where in it one is. */
struct line {
    struct slice text;
    size_t start; /* in the document */
    size_t next;  /* of the next line, in the document */
    size_t at;
    size_t cells; /* up to AT, with tabs of four */
};

void
markdown_start(struct markdown *markdown, struct slice text)
{
    *markdown = (struct markdown){.text = text, .line = 1};
    if (text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0) {
        markdown->at = 3; /* a BOM */
    }
}

static bool
peek_line(const struct markdown *markdown, struct line *line)
{
    struct slice text = markdown->text;
    if (markdown->at >= text.len) {
        return false;
    }
    const char *start = text.at + markdown->at;
    const char *end = memchr(start, '\n', text.len - markdown->at);
    size_t len = end ? (size_t)(end - start) : text.len - markdown->at;
    *line = (struct line){.text = {start, len},
                          .start = markdown->at,
                          .next = markdown->at + len + (end != NULL)};
    if (len && start[len - 1] == '\r') {
        line->text.len--;
    }
    return true;
}

static void
take_line(struct markdown *markdown, const struct line *line)
{
    markdown->at = line->next;
    markdown->line++;
}

static bool
at_blank(const struct line *line)
{
    return line->at < line->text.len &&
           (line->text.at[line->at] == ' ' || line->text.at[line->at] == '\t');
}

/* Passes blanks, as many as fit into MOST cells. */
static void
pass_blanks(struct line *line, size_t most)
{
    while (at_blank(line)) {
        size_t cells = line->text.at[line->at] == '\t'
                           ? TAB_CELLS - line->cells % TAB_CELLS
                           : 1;
        if (line->cells + cells > most) {
            return;
        }
        line->cells += cells;
        line->at++;
    }
}

static bool
at_end(const struct line *line)
{
    return line->at == line->text.len;
}

/* How many of MARK stand here in a row. */
static size_t
count_marks(const struct line *line, char mark)
{
    size_t count = 0;
    while (line->at + count < line->text.len &&
           line->text.at[line->at + count] == mark) {
        count++;
    }
    return count;
}

static struct slice
trim(struct slice text)
{
    while (text.len && (*text.at == ' ' || *text.at == '\t')) {
        text.at++;
        text.len--;
    }
    while (text.len &&
           (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t')) {
        text.len--;
    }
    return text;
}

/* Does a fence open here?  One of backquotes has none behind it. */
static bool
opens_fence(const struct line *line, struct markdown_block *block)
{
    if (at_end(line)) {
        return false;
    }
    char mark = line->text.at[line->at];
    size_t count = mark == '`' || mark == '~' ? count_marks(line, mark) : 0;
    if (count < FENCE_MIN) {
        return false;
    }
    struct slice info = {line->text.at + line->at + count,
                         line->text.len - line->at - count};
    if (mark == '`' && info.len && memchr(info.at, '`', info.len)) {
        return false;
    }
    *block = (struct markdown_block){.info = trim(info),
                                     .open = line->start + line->at,
                                     .fence = count,
                                     .mark = mark,
                                     .margin = line->cells};
    return true;
}

/* The length of a list's mark that stands here: "-", "12."; 0 for none. */
static size_t
list_mark(const struct line *line)
{
    const char *at = line->text.at + line->at;
    size_t left = line->text.len - line->at;
    size_t len = 0;
    if (left && strchr("-+*", *at)) {
        len = 1;
    } else {
        while (len < left && len < 10 && at[len] >= '0' && at[len] <= '9') {
            len++;
        }
        bool is_number =
            len && len < 10 && len < left && (at[len] == '.' || at[len] == ')');
        len = is_number ? len + 1 : 0;
    }
    bool ends =
        len == left || (len < left && (at[len] == ' ' || at[len] == '\t'));
    return len && ends ? len : 0;
}

/* Where the content of the innermost list begins. */
static size_t
list_margin(const struct markdown *markdown)
{
    return markdown->list_count ? markdown->lists[markdown->list_count - 1] : 0;
}

static void
close_lists(struct markdown *markdown, const struct line *line)
{
    while (markdown->list_count && line->cells < list_margin(markdown)) {
        markdown->list_count--;
    }
}

/* Passes the marks of lists that begin here. */
static void
pass_lists(struct markdown *markdown, struct line *line)
{
    size_t len;
    while (line->cells < list_margin(markdown) + CODE_INDENT &&
           markdown->list_count < MARKDOWN_DEPTH_MAX &&
           (len = list_mark(line)) != 0) {
        line->at += len;
        line->cells += len;
        size_t least = line->cells + 1;
        pass_blanks(line, SIZE_MAX);
        bool is_code = line->cells >= least + CODE_INDENT;
        markdown->lists[markdown->list_count++] =
            at_end(line) || is_code ? least : line->cells;
        if (is_code) { /* what follows is code, and no fence */
            line->at = line->text.len;
        }
    }
}

/* Is this line part of a comment? */
static bool
passes_comment(struct markdown *markdown, const struct line *line)
{
    struct slice rest = {line->text.at + line->at, line->text.len - line->at};
    if (!markdown->in_comment) {
        if (rest.len < 4 || memcmp(rest.at, "<!--", 4) != 0) {
            return false;
        }
        rest.at += 4;
        rest.len -= 4;
    }
    markdown->in_comment = true;
    for (size_t i = 0; i + 3 <= rest.len; i++) {
        if (memcmp(rest.at + i, "-->", 3) == 0) {
            markdown->in_comment = false;
        }
    }
    return true;
}

static bool
closes_fence(const struct line *line, size_t margin,
             struct markdown_block *block)
{
    struct line at = *line;
    pass_blanks(&at, SIZE_MAX);
    size_t count = count_marks(&at, block->mark);
    struct slice rest = {at.text.at + at.at + count,
                         at.text.len - at.at - count};
    if (at.cells >= margin + CODE_INDENT || count < block->fence ||
        trim(rest).len) {
        return false;
    }
    block->close = line->start + at.at;
    block->closing = count;
    return true;
}

/* Does a line inside a block end the list in which the block stands? */
static bool
leaves_list(const struct line *line, size_t margin)
{
    struct line at = *line;
    pass_blanks(&at, SIZE_MAX);
    return !at_end(&at) && at.cells < margin;
}

static void
pass_content(struct markdown *markdown, struct markdown_block *block)
{
    size_t margin = list_margin(markdown);
    struct line line;
    block->content = block->content_end = markdown->at;
    while (peek_line(markdown, &line) && !leaves_list(&line, margin)) {
        take_line(markdown, &line);
        if (closes_fence(&line, margin, block)) {
            return;
        }
        block->content_end = markdown->at;
    }
    block->close = block->content_end;
}

bool
markdown_next(struct markdown *markdown, struct markdown_block *block)
{
    struct line line;
    while (peek_line(markdown, &line)) {
        uint32_t number = markdown->line;
        take_line(markdown, &line);
        pass_blanks(&line, SIZE_MAX);
        if (at_end(&line) && !markdown->in_comment) {
            continue;
        }
        if (markdown->in_comment || line.cells < list_margin(markdown) + 4) {
            if (passes_comment(markdown, &line)) {
                continue;
            }
        }
        close_lists(markdown, &line);
        pass_lists(markdown, &line);
        bool is_code = line.cells >= list_margin(markdown) + CODE_INDENT;
        if (!is_code && opens_fence(&line, block)) {
            block->line = number;
            block->carriage = line.next >= 2 && line.next > line.start + 1 &&
                              markdown->text.at[line.next - 1] == '\n' &&
                              markdown->text.at[line.next - 2] == '\r';
            pass_content(markdown, block);
            return true;
        }
    }
    return false;
}

struct slice
markdown_language(const struct markdown_block *block)
{
    size_t len = 0;
    while (len < block->info.len && block->info.at[len] != ' ' &&
           block->info.at[len] != '\t') {
        len++;
    }
    return (struct slice){block->info.at, len};
}

static struct markdown
content_of(struct slice text, const struct markdown_block *block)
{
    struct markdown inside = {.text = {text.at, block->content_end},
                              .at = block->content};
    return inside;
}

void
markdown_content(struct slice text, const struct markdown_block *block,
                 struct buffer *out, uint8_t **margins)
{
    struct markdown inside = content_of(text, block);
    struct line line;
    void *table = NULL;
    size_t count = 0;
    size_t capacity = 0;
    buffer_reserve(out, 1);
    while (peek_line(&inside, &line)) {
        take_line(&inside, &line);
        pass_blanks(&line, block->margin);
        if (margins) {
            memory_grow(&table, &capacity, count + 2, sizeof(uint8_t));
            ((uint8_t *)table)[count++] =
                (uint8_t)(line.at > MARGIN_MAX ? MARGIN_MAX : line.at);
            ((uint8_t *)table)[count] = 0; /* of the empty line behind */
        }
        buffer_add(out, line.text.at + line.at, line.text.len - line.at);
        buffer_add_char(out, '\n');
    }
    if (margins) {
        *margins = table;
    }
}

/* How long a fence around CONTENT has to be. */
static size_t
fence_around(struct slice content, char mark, size_t least)
{
    struct markdown inside = {.text = content};
    struct line line;
    while (peek_line(&inside, &line)) {
        take_line(&inside, &line);
        pass_blanks(&line, SIZE_MAX);
        size_t count = count_marks(&line, mark);
        least = count >= least ? count + 1 : least;
    }
    return least;
}

/* As the opening fence is indented, tabs and all. */
static void
add_margin(struct slice text, const struct markdown_block *block,
           struct buffer *out)
{
    size_t start = block->open;
    while (start && (text.at[start - 1] == ' ' || text.at[start - 1] == '\t')) {
        start--;
    }
    if (start && text.at[start - 1] != '\n') { /* behind the mark of a list */
        buffer_fill(out, ' ', block->margin);
    } else {
        buffer_add(out, text.at + start, block->open - start);
    }
}

void
markdown_replace(struct slice text, const struct markdown_block *block,
                 struct slice content, size_t *from, struct buffer *out)
{
    const char *newline = block->carriage ? "\r\n" : "\n";
    size_t fence = fence_around(content, block->mark, block->fence);
    struct markdown inside = {.text = content};
    struct line line;
    bool whole = block->content && text.at[block->content - 1] == '\n';
    buffer_add(out, text.at + *from, block->open - *from);
    buffer_fill(out, block->mark, fence);
    size_t behind = block->open + block->fence;
    buffer_add(out, text.at + behind, block->content - behind);
    buffer_add_text(out, whole || !content.len ? "" : newline);
    while (peek_line(&inside, &line)) {
        take_line(&inside, &line);
        if (line.text.len) {
            add_margin(text, block, out);
        }
        buffer_add_slice(out, line.text);
        buffer_add_text(out, newline);
    }
    *from = block->content_end;
    if (block->closing) {
        buffer_add(out, text.at + *from, block->close - *from);
        buffer_fill(out, block->mark,
                    fence > block->closing ? fence : block->closing);
        *from = block->close + block->closing;
    }
}
