/* Lists of codes that the language knows without declaring them: currencies
 * and frequencies. */
#include "eval/scope.h"

#include <stdlib.h>

static struct result_column
text_column(const char *name)
{
    return (struct result_column){
        .name = name, .type = VALUE_TEXT, .unit = "", .factor = 1};
}

/* Currencies of the library, used or not: the units called by three capitals,
 * as ISO 4217 does.  They do not enter the vocabulary. */
struct currencies {
    struct slice *lines; /* from the name on */
    size_t count;
    size_t capacity;
};

static void
collect_currency(void *context, struct slice word, struct slice name,
                 struct slice line)
{
    struct currencies *found = context;
    bool is_code = slice_is(word, "unit") && name.len == 3;
    for (size_t i = 0; is_code && i < name.len; i++) {
        is_code = name.at[i] >= 'A' && name.at[i] <= 'Z';
    }
    if (is_code) {
        void *items = found->lines;
        memory_grow(&items, &found->capacity, found->count + 1,
                    sizeof *found->lines);
        found->lines = items;
        found->lines[found->count++] =
            (struct slice){name.at, line.len - (size_t)(name.at - line.at)};
    }
}

static int
compare_lines(const void *a, const void *b)
{
    const struct slice *first = a;
    const struct slice *second = b;
    return slice_compare(*first, *second);
}

/* The text between the next two quotes of LINE, which goes on behind them. */
static struct slice
take_quoted(struct slice *line)
{
    const char *open = memchr(line->at, '"', line->len);
    const char *end = line->at + line->len;
    const char *close =
        open ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
    if (!close) {
        return SLICE("");
    }
    *line = (struct slice){close + 1, (size_t)(end - close - 1)};
    return (struct slice){open + 1, (size_t)(close - open - 1)};
}

void
list_currencies(struct session *session)
{
    struct result_column columns[] = {text_column("name"), text_column("title"),
                                      text_column("symbol")};
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = 3};
    struct currencies found = {0};
    library_each_name(session, collect_currency, &found);
    if (found.count) {
        qsort(found.lines, found.count, sizeof *found.lines, compare_lines);
    }
    struct result_foot foot = {.rows = found.count};
    bool going = true;
    columns[0].is_key = true;
    sink->begin(sink->context, &head);
    for (size_t i = 0; going && i < found.count; i++) {
        struct slice line = found.lines[i];
        struct slice name = {line.at, 3};
        struct slice title = take_quoted(&line);
        struct result_value values[] = {
            {.type = VALUE_TEXT, .text = name},
            {.type = VALUE_TEXT, .text = title},
            {.type = VALUE_TEXT, .text = take_quoted(&line)}};
        going = sink->row(sink->context, values, NULL);
    }
    free(found.lines);
    if (going) {
        sink->end(sink->context, &foot);
    }
}

/* Each frequency with the letter that SDMX has for it (code list CL_FREQ), and
 * how its periods are written. */
void
list_frequencies(struct session *session)
{
    static const struct {
        const char *code;
        enum frequency frequency;
        const char *written;
    } rows[] = {{"A", FREQUENCY_A, "2023, FY2023"},
                {"S", FREQUENCY_S, "2023-H1, 2023-S1"},
                {"Q", FREQUENCY_Q, "2023-Q3, 2023Q3"},
                {"M", FREQUENCY_M, "2023-10, 2023-M10"},
                {"W", FREQUENCY_W, "2023-W40"},
                {"D", FREQUENCY_D, "2023-10-05"},
                {"", FREQUENCY_ONCE, ""}};
    struct result_column columns[] = {text_column("name"), text_column("SDMX"),
                                      text_column("periods")};
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = 3};
    struct result_foot foot = {.rows = sizeof rows / sizeof *rows};
    columns[0].is_key = true;
    sink->begin(sink->context, &head);
    for (size_t i = 0; i < foot.rows; i++) {
        struct result_value values[] = {
            {.type = VALUE_TEXT,
             .text = slice_of(frequency_word(rows[i].frequency))},
            {.type = VALUE_TEXT, .text = slice_of(rows[i].code)},
            {.type = VALUE_TEXT, .text = slice_of(rows[i].written)}};
        if (!sink->row(sink->context, values, NULL)) {
            return;
        }
    }
    sink->end(sink->context, &foot);
}
