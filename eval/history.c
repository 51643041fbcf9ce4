/* Everything that was ever said: of a cell, and in which batches. */
#include "eval/fact_text.h"

#include "base/utf8.h"

#include <stdlib.h>

static struct result_column
column(const char *name, enum value_type type, bool is_key)
{
    return (struct result_column){.name = name,
                                  .type = type,
                                  .is_key = is_key,
                                  .unit = "",
                                  .factor = 1,
                                  .scale = 0};
}

static struct result_value
text_value(struct slice text)
{
    return (struct result_value){.type = VALUE_TEXT, .text = text};
}

/* Facts of a figure, in the order of the table. */
struct found {
    const struct session *session;
    const struct figure_names *names;
    struct fact *facts;
    size_t count;
    size_t capacity;
};

static bool
matches(const struct found *found, const struct fact *fact)
{
    const struct figure_names *names = found->names;
    const struct vocabulary *vocabulary = found->session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, names->metric);
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    bool same = (!names->actor || fact->actor == names->actor) &&
                (!names->source || fact->source == names->source);
    for (int i = 0; same && i < metric->dimension_count; i++) {
        same = names->selectors[i] == SELECT_SPACE ? members[i] != 0
               : names->selectors[i] == SELECT_MEMBER
                   ? members[i] == names->members[i]
                   : members[i] == 0;
    }
    return same;
}

static void
take_fact(void *context, const struct fact *fact)
{
    struct found *found = context;
    if (!matches(found, fact)) {
        return;
    }
    void *items = found->facts;
    memory_grow(&items, &found->capacity, found->count + 1,
                sizeof *found->facts);
    found->facts = items;
    found->facts[found->count++] = *fact;
}

/* The one line that a figure names, so that only it is read; 0 when it may be
 * several. */
static uint32_t
single_line(const struct session *session, const struct figure_names *names)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    uint32_t members[DIMENSIONS_MAX] = {0};
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE) {
            return 0;
        }
        members[i] =
            names->selectors[i] == SELECT_MEMBER ? names->members[i] : 0;
    }
    return vocabulary_find_line(session->vocabulary, names->metric, members);
}

static bool
find_facts(struct session *session, const struct figure_names *names,
           struct found *found)
{
    uint32_t line = single_line(session, names);
    const struct extent *extents;
    size_t count;
    if (!store_extents(session->store, &extents, &count)) {
        return false;
    }
    /* Every frequency in which the figure has facts. */
    for (int f = FREQUENCY_ONCE; f < FREQUENCY_COUNT; f++) {
        bool period = names->has_period && !names->has_range;
        struct scan_range range = {
            .metric = names->metric,
            .frequency = (enum frequency)f,
            .kind = names->kind,
            .first = period             ? names->period.ordinal
                     : names->has_range ? names->range.first
                                        : 0,
            .last = period             ? names->period.ordinal
                    : names->has_range ? names->range.last
                                       : INT32_MAX,
            .line_low = line,
            .line_high = line ? line : UINT32_MAX,
            .as_of = session_question_day(session),
            .every_fact = true,
            .retracted = true,
            .places = true,
        };
        bool other = (period && (int)names->period.frequency != f) ||
                     (names->has_range && (int)names->range.frequency != f);
        if (!other && !store_scan(session->store, &range, take_fact, found)) {
            return false;
        }
    }
    return true;
}

static int
compare_cells(const void *a, const void *b)
{
    const struct fact *left = a;
    const struct fact *right = b;
    if (left->line_day >> 32 != right->line_day >> 32) {
        return left->line_day >> 32 < right->line_day >> 32 ? -1 : 1;
    }
    return fact_compare(left, right);
}

/* What became of a fact: a word, or why it was withdrawn. */
static const char *
state_of(struct session *session, const struct found *found, size_t at)
{
    const struct fact *fact = &found->facts[at];
    const struct retraction *gone =
        store_retraction(session->store, fact->record);
    if (gone && gone->day <= session_question_day(session)) {
        struct buffer text = {0};
        buffer_add_text(&text, "retracted");
        if (gone->day != DAY_NONE) {
            buffer_add_char(&text, ' ');
            day_print(&text, gone->day);
        }
        buffer_format(&text, ": %s", gone->reason);
        const char *copy = arena_copy(&session->scratch, text.text, text.len);
        buffer_free(&text);
        return copy;
    }
    for (size_t i = at + 1; i < found->count; i++) {
        const struct fact *later = &found->facts[i];
        if (later->cell != fact->cell || fact_line(later) != fact_line(fact)) {
            break;
        }
        const struct retraction *other =
            store_retraction(session->store, later->record);
        if (!other || other->day > session_question_day(session)) {
            return "superseded";
        }
    }
    return "in force";
}

enum { HISTORY_COLUMNS = 8 + DIMENSIONS_MAX };

struct shown {
    int dimensions[DIMENSIONS_MAX]; /* that vary */
    int dimension_count;
    bool period;
};

static void
write_fact(struct session *session, const struct found *found, size_t at,
           const struct shown *shown)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct fact *fact = &found->facts[at];
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    struct result_value values[HISTORY_COLUMNS];
    struct fact_detail detail;
    struct buffer said = {0};
    struct buffer place = {0};
    size_t count = 0;
    bool before = fact->form & FORM_BEFORE;
    for (int i = 0; i < shown->dimension_count; i++) {
        values[count++] = text_value(vocabulary_name(
            vocabulary, CLASS_MEMBER, members[shown->dimensions[i]]));
    }
    if (shown->period) {
        values[count++] = (struct result_value){
            .type = VALUE_PERIOD,
            .period = {fact_frequency(fact), fact_period(fact)},
            .fiscal = metric->calendar && fact_frequency(fact) == FREQUENCY_A};
    }
    values[count++] =
        fact_day(fact) == DAY_NONE
            ? text_value(SLICE(""))
            : (struct result_value){.type = VALUE_DATE,
                                    .day = fact_day(fact) + before,
                                    .before = before};
    if (!fact_read_detail(session, fact, &session->scratch, &detail)) {
        return;
    }
    fact_print_assertion(session, fact, &detail, &said);
    struct slice text = buffer_slice(&said);
    bool equals = text.len > 2 && memcmp(text.at, "= ", 2) == 0;
    values[count++] =
        text_value(equals ? (struct slice){text.at + 2, text.len - 2} : text);
    values[count++] = text_value(
        fact->actor ? vocabulary_name(vocabulary, CLASS_ACTOR, fact->actor)
                    : SLICE(""));
    values[count++] = text_value(
        fact->source ? vocabulary_name(vocabulary, CLASS_SOURCE, fact->source)
                     : SLICE(""));
    buffer_format(
        &place, "%s:%u",
        store_batch_input(session->store, fact->batch, &session->scratch),
        fact->row);
    values[count++] = text_value(buffer_slice(&place));
    values[count++] = text_value(slice_of(state_of(session, found, at)));
    session->sink->row(session->sink->context, values, detail.note);
    buffer_free(&said);
    buffer_free(&place);
}

static void
write_history(struct session *session, const struct found *found)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct figure_names *names = found->names;
    const struct metric *metric = vocabulary_metric(vocabulary, names->metric);
    struct result_column columns[HISTORY_COLUMNS];
    struct shown shown = {.period = metric->frequency != FREQUENCY_ONCE &&
                                    !(names->has_period && !names->has_range)};
    size_t count = 0;
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE) {
            shown.dimensions[shown.dimension_count++] = i;
            columns[count++] =
                column(vocabulary_name(vocabulary, CLASS_DIMENSION,
                                       metric->dimensions[i])
                           .at,
                       VALUE_TEXT, true);
        }
    }
    if (shown.period) {
        columns[count++] = column("period", VALUE_PERIOD, true);
    }
    columns[count++] = column("stated", VALUE_DATE, true);
    columns[count++] = column("figure", VALUE_TEXT, false);
    columns[count++] = column("actor", VALUE_TEXT, false);
    columns[count++] = column("source", VALUE_TEXT, false);
    columns[count++] = column("place", VALUE_TEXT, false);
    columns[count++] = column("state", VALUE_TEXT, false);
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = count};
    struct result_foot foot = {.rows = found->count,
                               .note = found->count ? NULL
                                                    : "nobody has said "
                                                      "anything of it"};
    struct arena outer = session->scratch;
    session->scratch = (struct arena){0};
    sink->begin(sink->context, &head);
    for (size_t i = 0; i < found->count; i++) {
        write_fact(session, found, i, &shown);
        arena_reset(&session->scratch);
    }
    sink->end(sink->context, &foot);
    arena_free(&session->scratch);
    session->scratch = outer;
}

bool
history_statement(struct session *session, const struct node *statement)
{
    struct figure_names names;
    struct found found = {.session = session, .names = &names};
    if (!figure_resolve(session, statement->kid[0], &session->focus, false,
                        &names)) {
        return false;
    }
    figure_complete(session, &names);
    figure_focus(session, &names);
    if (session->checking) {
        return true;
    }
    bool done = find_facts(session, &names, &found);
    if (done) {
        if (found.count) {
            qsort(found.facts, found.count, sizeof *found.facts, compare_cells);
        }
        write_history(session, &found);
    }
    free(found.facts);
    return done;
}

/* Batches ------------------------------------------------------------------ */

struct listing {
    struct session *session;
    size_t rows;
};

static void
list_batch(void *context, const struct batch *batch)
{
    struct listing *listing = context;
    const struct result_sink *sink = listing->session->sink;
    struct buffer state = {0};
    buffer_add_text(&state, batch->undone      ? "undone"
                            : batch->withdrawn ? "retracted: "
                                               : "");
    buffer_add_text(&state, batch->undone ? "" : batch->reason);
    struct result_value values[] = {
        {.type = VALUE_NUMBER, .number = batch->number, .place = 0},
        text_value(slice_of(batch->input)),
        text_value(batch->imported ? SLICE("import") : SLICE("statements")),
        {.type = VALUE_NUMBER, .number = (double)batch->facts, .place = 0},
        text_value(buffer_slice(&state)),
    };
    sink->row(sink->context, values, NULL);
    listing->rows++;
    buffer_free(&state);
}

bool
list_imports(struct session *session)
{
    struct result_column columns[] = {
        column("batch", VALUE_NUMBER, true), column("input", VALUE_TEXT, false),
        column("form", VALUE_TEXT, false), column("facts", VALUE_NUMBER, false),
        column("state", VALUE_TEXT, false)};
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns,
                               .count = sizeof columns / sizeof *columns};
    struct listing listing = {session, 0};
    sink->begin(sink->context, &head);
    bool done = store_each_batch(session->store, list_batch, &listing);
    struct result_foot foot = {.rows = listing.rows};
    sink->end(sink->context, &foot);
    return done;
}
