#include "report/diagnostics.h"

#include "base/utf8.h"
#include "report/json.h"
#include "report/snippet.h"

enum { MARKS_MAX = DIAGNOSTIC_RELATED_MAX + 1 };

static const struct snippet_paint no_paint = {"", "", "", "", ""};

/* Headline and carets in the colour of the severity, all else calm. */
static struct snippet_paint
choose_paint(enum severity severity, bool color)
{
    struct snippet_paint paint = {
        .related = "\033[1;34m",
        .gutter = "\033[34m",
        .bold = "\033[1m",
        .reset = "\033[0m",
    };
    if (!color) {
        return no_paint;
    }
    switch (severity) {
    case SEVERITY_ERROR:
        paint.primary = "\033[1;31m";
        break;
    case SEVERITY_WARNING:
        paint.primary = "\033[1;33m";
        break;
    case SEVERITY_NOTICE:
        paint.primary = "\033[1;36m";
        break;
    }
    return paint;
}

static void
add_visible(struct buffer *out, const char *text)
{
    utf8_add_visible(out, slice_of(text));
}

static void
add_place(struct buffer *out, const struct location *location)
{
    add_visible(out, location->source->name);
    buffer_format(out, ":%u:%zu", location->line, snippet_column(location));
}

/* "error[E0203]: message"; a notice goes without its code, and takes its label
 * along, for which it has no other place. */
static void
add_headline(struct buffer *out, const struct diagnostic *record,
             const struct snippet_paint *paint)
{
    const char *code = diagnostic_code_text(record->code);
    buffer_add_text(out, paint->primary);
    buffer_add_text(out, severity_text(record->severity));
    if (*code && record->severity != SEVERITY_NOTICE) {
        buffer_format(out, "[%s]", code);
    }
    buffer_format(out, "%s%s: ", paint->reset, paint->bold);
    add_visible(out, record->message);
    if (record->severity == SEVERITY_NOTICE && record->primary.label) {
        buffer_add_text(out, "; ");
        add_visible(out, record->primary.label);
    }
    buffer_add_text(out, paint->reset);
    buffer_add_char(out, '\n');
}

/* Fills MARKS with the places of RECORD, the primary one first. */
static size_t
locate_marks(const struct diagnostic *record, const struct sources *sources,
             struct snippet_mark *marks)
{
    size_t count = 0;
    for (size_t i = 0; i <= record->related_count; i++) {
        const struct diagnostic_place *place =
            i ? &record->related[i - 1] : &record->primary;
        struct snippet_mark *mark = &marks[count];
        *mark =
            (struct snippet_mark){.label = place->label, .is_primary = i == 0};
        if (sources_locate(sources, place->span, &mark->location)) {
            count++;
        }
    }
    return count;
}

static size_t
gutter_width(const struct snippet_mark *marks, size_t count)
{
    size_t width = 1;
    for (size_t i = 0; i < count; i++) {
        size_t digits = 1;
        for (uint32_t rest = marks[i].location.line; rest >= 10; rest /= 10) {
            digits++;
        }
        width = digits > width ? digits : width;
    }
    return width;
}

static void
add_snippets(struct buffer *out, struct snippet_mark *marks, size_t count,
             const struct snippet_paint *paint)
{
    const struct source *source = NULL;
    size_t gutter = gutter_width(marks, count);
    for (size_t i = 0; i < count; i++) {
        if (marks[i].is_done) {
            continue;
        }
        if (marks[i].location.source != source) {
            buffer_add_text(out, paint->gutter);
            buffer_fill(out, ' ', gutter + 1);
            buffer_format(out, "%s%s ", i ? ":::" : "-->", paint->reset);
            add_place(out, &marks[i].location);
            buffer_add_char(out, '\n');
        }
        source = marks[i].location.source;
        snippet_add_bar(out, gutter, paint);
        snippet_add(out, &marks[i], count - i, gutter, paint);
    }
}

/* "  = help: text"; further lines of it stand below the text. */
static void
add_help(struct buffer *out, const char *help, size_t gutter,
         const struct snippet_paint *paint)
{
    static const char lead[] = "= help: ";
    for (bool is_first = true; *help; is_first = false) {
        size_t len = strcspn(help, "\n");
        buffer_fill(out, ' ', gutter + 2);
        if (is_first) {
            buffer_format(out, "%s= help:%s ", paint->gutter, paint->reset);
        } else {
            buffer_fill(out, ' ', sizeof lead - 1);
        }
        utf8_add_visible(out, (struct slice){help, len});
        buffer_add_char(out, '\n');
        help += len + (help[len] == '\n');
    }
}

/* On one line; notices in text look like this too. */
static void
add_short(struct buffer *out, const struct diagnostic *record,
          const struct sources *sources, const struct snippet_paint *paint)
{
    struct location location;
    if (sources_locate(sources, record->primary.span, &location)) {
        buffer_add_text(out, paint->bold);
        add_place(out, &location);
        buffer_format(out, ":%s ", paint->reset);
    }
    add_headline(out, record, paint);
}

static void
add_full(struct buffer *out, const struct diagnostic *record,
         const struct sources *sources, const struct snippet_paint *paint)
{
    struct snippet_mark marks[MARKS_MAX];
    size_t count = 0;
    if (record->severity == SEVERITY_NOTICE) {
        add_short(out, record, sources, paint);
    } else {
        count = locate_marks(record, sources, marks);
        add_headline(out, record, paint);
        add_snippets(out, marks, count, paint);
    }
    if (record->help) {
        add_help(out, record->help, count ? gutter_width(marks, count) : 0,
                 paint);
    }
}

static void
add_json_place(struct json_writer *json, const struct sources *sources,
               const struct diagnostic_place *place)
{
    static const char *const names[] = {
        "line",           "column", "end_line", "end_column",
        "display_column", "byte",   "length"};
    struct location at;
    bool found = sources_locate(sources, place->span, &at);
    json_key(json, "file");
    json_text(json, found ? at.source->name : NULL);
    size_t numbers[sizeof names / sizeof *names] = {0};
    if (found) {
        numbers[0] = at.line;
        numbers[1] = at.column;
        numbers[2] = at.end_line;
        numbers[3] = at.end_column;
        numbers[4] = snippet_column(&at);
        numbers[5] = at.byte;
        numbers[6] = at.length;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_key(json, names[i]);
        if (found) {
            json_int(json, (int64_t)numbers[i]);
        } else {
            json_null(json);
        }
    }
    json_key(json, "label");
    json_text(json, place->label);
}

static void
add_json(struct buffer *out, const struct diagnostic *record,
         const struct sources *sources)
{
    struct json_writer json;
    json_init(&json, out);
    json_begin_object(&json);
    json_key(&json, "severity");
    json_text(&json, severity_text(record->severity));
    json_key(&json, "code");
    json_text(&json, record->code ? diagnostic_code_text(record->code) : NULL);
    json_key(&json, "message");
    json_text(&json, record->message);
    add_json_place(&json, sources, &record->primary);
    json_key(&json, "related");
    json_begin_array(&json);
    for (size_t i = 0; i < record->related_count; i++) {
        json_begin_object(&json);
        add_json_place(&json, sources, &record->related[i]);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "help");
    json_text(&json, record->help);
    json_end_object(&json);
    buffer_add_char(out, '\n');
}

/* An empty line parts a message with a source line from its neighbours. */
static void
separate(struct buffer *out, const struct diagnostics *list, size_t from,
         size_t at)
{
    bool after = at > from &&
                 list->items[at - 1]->severity != SEVERITY_NOTICE &&
                 list->items[at - 1]->primary.span.end;
    if (after) {
        buffer_add_char(out, '\n');
    }
}

static void
add_rest(struct buffer *out, const struct diagnostics *list)
{
    if (list->error_count > list->error_limit) {
        size_t rest = list->error_count - list->error_limit;
        buffer_format(out, "note: %zu more error%s not shown\n", rest,
                      rest == 1 ? " is" : "s are");
    }
}

void
diagnostics_render(const struct diagnostics *list, size_t from,
                   const struct sources *sources, enum diagnostics_style style,
                   bool color, struct buffer *out)
{
    for (size_t i = from; i < list->count; i++) {
        const struct diagnostic *record = list->items[i];
        struct snippet_paint paint = choose_paint(record->severity, color);
        switch (style) {
        case DIAGNOSTICS_TEXT:
            separate(out, list, from, i);
            add_full(out, record, sources, &paint);
            break;
        case DIAGNOSTICS_SHORT:
            add_short(out, record, sources, &paint);
            break;
        case DIAGNOSTICS_JSON:
            add_json(out, record, sources);
            break;
        }
    }
    if (style != DIAGNOSTICS_JSON && from < list->count) {
        add_rest(out, list);
    }
}

bool
diagnostics_style_find(struct slice name, enum diagnostics_style *style)
{
    static const char *const names[] = {
        [DIAGNOSTICS_TEXT] = "text",
        [DIAGNOSTICS_SHORT] = "short",
        [DIAGNOSTICS_JSON] = "json",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(name, names[i])) {
            *style = (enum diagnostics_style)i;
            return true;
        }
    }
    return false;
}
