/* Which columns a table of facts needs, and what stands in them. */
#include "eval/export/export.h"

#include "eval/import/import.h"
#include "parser/print.h"

#include <stdlib.h>

static const char *const column_words[EXPORT_COLUMN_COUNT] = {
    "actor", "source", "on",      "condition",
    "note",  "url",    "context", "retracted"};

const char *
export_column_word(int column)
{
    return column_words[column];
}

/* Looks at what is used ---------------------------------------------------- */

static void
note_used(struct export_usage *usage, const struct fact *fact)
{
    const struct vocabulary *vocabulary = usage->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    usage->used[EXPORT_COLUMN_ACTOR] |= fact->actor != 0;
    usage->used[EXPORT_COLUMN_SOURCE] |= fact->source != 0;
    usage->used[EXPORT_COLUMN_ON] |=
        fact_day(fact) != DAY_NONE || fact->form & FORM_BEFORE;
    usage->fiscal |= metric->calendar && fact_frequency(fact) == FREQUENCY_A;
    usage->worded |= (fact->form & ~(FORM_DETAIL | FORM_BEFORE)) != 0;
    for (uint8_t i = 0; i < metric->dimension_count; i++) {
        usage->has_dimension[metric->dimensions[i]] |= members[i] != 0;
    }
}

static void
note_fact(void *context, const struct fact *fact)
{
    struct export_usage *usage = context;
    if (store_retraction(usage->session->store, fact->record)) {
        return;
    }
    note_used(usage, fact);
    if (fact->form & FORM_DETAIL) {
        void *items = usage->records;
        memory_grow(&items, &usage->record_capacity, usage->record_count + 1,
                    sizeof *usage->records);
        usage->records = items;
        usage->records[usage->record_count++] = fact->record;
    }
}

static void
note_detail(struct export_usage *usage, const struct fact_detail *detail)
{
    const char *said[EXPORT_COLUMN_COUNT] = {
        [EXPORT_COLUMN_CONDITION] = detail->condition,
        [EXPORT_COLUMN_NOTE] = detail->note,
        [EXPORT_COLUMN_URL] = detail->url,
        [EXPORT_COLUMN_CONTEXT] = detail->context};
    usage->worded |= detail->written != NULL;
    for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
        usage->used[column] |= said[column] && *said[column];
    }
}

/* Looks at the details of what was noted: not while facts are read. */
static void
note_details(struct export_usage *usage)
{
    struct arena texts = {0};
    for (size_t i = 0; i < usage->record_count && !usage->failed; i++) {
        struct fact_detail detail = {0};
        usage->failed = !store_detail(usage->session->store, usage->records[i],
                                      &texts, &detail);
        note_detail(usage, &detail);
        arena_reset(&texts);
    }
    usage->record_count = 0;
    arena_free(&texts);
}

/* True once every column is known to be used; between the metrics. */
static bool
is_full(void *context)
{
    struct export_usage *usage = context;
    size_t dimensions =
        usage->session->vocabulary->classes[CLASS_DIMENSION].count;
    bool full = usage->fiscal && usage->worded;
    note_details(usage);
    for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
        full = full && usage->used[column];
    }
    for (size_t id = 1; full && id < dimensions; id++) {
        full = usage->has_dimension[id];
    }
    return full || usage->failed;
}

static void
sort_dimensions(struct export_usage *usage)
{
    const struct vocabulary *vocabulary = usage->session->vocabulary;
    size_t count = vocabulary->classes[CLASS_DIMENSION].count;
    usage->dimensions = memory_alloc(count * sizeof *usage->dimensions);
    for (uint32_t id = 1; id < count; id++) {
        size_t at = usage->dimension_count;
        struct slice name = vocabulary_name(vocabulary, CLASS_DIMENSION, id);
        if (!usage->has_dimension[id]) {
            continue;
        }
        for (; at > 0; at--) {
            uint32_t before = usage->dimensions[at - 1];
            if (slice_compare(
                    vocabulary_name(vocabulary, CLASS_DIMENSION, before),
                    name) < 0) {
                break;
            }
            usage->dimensions[at] = before;
        }
        usage->dimensions[at] = id;
        usage->dimension_count++;
    }
}

static bool
note_row(void *context, const struct fact *fact,
         const struct fact_detail *detail)
{
    struct export_usage *usage = context;
    if (!export_leaves_out(usage->order, fact)) {
        bool gone = usage->order->settles;
        note_used(usage, fact);
        note_detail(usage, detail);
        usage->worded |= gone;
        usage->used[EXPORT_COLUMN_RETRACTED] |= gone;
    }
    return true;
}

/* Which of those that were taken back are told is known when all are put in
 * their order. */
static bool
note_rows(struct export_usage *usage)
{
    struct export_order order;
    usage->order = &order;
    bool done = export_order_open(&order, usage->session);
    if (done) {
        order.stands = true;
        done = export_in_sequence(&order, note_row, usage);
    }
    export_order_close(&order);
    usage->order = NULL;
    return done;
}

bool
export_usage_find(struct export_usage *usage, struct export_order *order)
{
    struct session *session = order->session;
    size_t bytes = session->vocabulary->classes[CLASS_DIMENSION].count *
                   sizeof *usage->has_dimension;
    *usage = (struct export_usage){.session = session,
                                   .has_dimension = memory_alloc(bytes)};
    memset(usage->has_dimension, 0, bytes);
    bool done = export_may_settle(session)
                    ? note_rows(usage)
                    : export_each_fact(order, note_fact, is_full, usage);
    if (!done) {
        return false;
    }
    is_full(usage); /* the details of the last metric */
    sort_dimensions(usage);
    return !usage->failed;
}

void
export_usage_free(struct export_usage *usage)
{
    free(usage->has_dimension);
    free(usage->dimensions);
    free(usage->records);
}

/* Cells -------------------------------------------------------------------- */

void
export_write_dimension(struct slice name, bool quoted, char separator,
                       struct buffer *text)
{
    struct buffer cell = {0};
    bool plain = !quoted && slice_equal(cell_trim(name), name);
    buffer_add_text(&cell, plain ? "" : "`");
    buffer_add_slice(&cell, name);
    buffer_add_text(&cell, plain ? "" : "`");
    csv_add_cell(text, buffer_slice(&cell), separator);
    buffer_free(&cell);
}

bool
export_leaves_out(const struct export_order *order, const struct fact *fact)
{
    return !order->settles &&
           store_retraction(order->session->store, fact->record);
}

bool
export_is_plain(const struct fact *fact, const struct fact_detail *detail)
{
    return !(fact->form & ~(FORM_DETAIL | FORM_BEFORE)) && !detail->written;
}

/* A plain value and a movement need no sign.  A formula and an amount that is
 * more than digits and a unit do: without it, a reader would not take a word or
 * a sum for a value. */
static bool
needs_sign(const struct fact *fact, const struct fact_detail *detail,
           struct slice said)
{
    bool moves = said.len > 5 && (memcmp(said.at, "up ", 3) == 0 ||
                                  memcmp(said.at, "down ", 5) == 0);
    bool formula = fact->form & FORM_FORMULA;
    return !moves && (formula || detail->written);
}

void
export_print_stated(struct session *session, const struct fact *fact,
                    const struct fact_detail *detail, bool is_signed,
                    struct buffer *text)
{
    struct buffer said = {0};
    fact_print_assertion(session, fact, detail, &said);
    struct slice all = buffer_slice(&said);
    struct slice rest = {all.at + 2, all.len > 2 ? all.len - 2 : 0};
    bool equals = all.len > 2 && memcmp(all.at, "= ", 2) == 0;
    bool bare = equals && !is_signed && !needs_sign(fact, detail, rest);
    buffer_add_slice(text, bare ? rest : all);
    buffer_free(&said);
}

void
export_write_retraction(struct session *session, const struct fact *fact,
                        char separator, struct buffer *text)
{
    const struct retraction *gone =
        store_retraction(session->store, fact->record);
    struct buffer said = {0};
    if (!gone) {
        return;
    }
    if (gone->actor) {
        buffer_add_text(&said, "by ");
        print_name(&said, vocabulary_name(session->vocabulary, CLASS_ACTOR,
                                          gone->actor));
        buffer_add_char(&said, ' ');
    }
    if (gone->day != DAY_NONE) {
        buffer_add_text(&said, "on ");
        fact_print_day(gone->day, false, &said);
        buffer_add_char(&said, ' ');
    }
    buffer_add_text(&said, "because \"");
    literal_escape(&said, slice_of(gone->reason), false);
    buffer_add_char(&said, '"');
    csv_add_cell(text, buffer_slice(&said), separator);
    buffer_free(&said);
}
