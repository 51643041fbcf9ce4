/* One side of a comparison: facts in the order of names, a cell at a time. */
#include "eval/difference/side.h"

#include <stdlib.h>

/* Order of cells ---------------------------------------------------------- */

static struct slice
name_of(const struct side *side, enum name_class class, uint32_t id)
{
    return vocabulary_name(side->session->vocabulary, class, id);
}

/* A metric that has other dimensions on one side is another metric there. */
static int
compare_metrics(const struct side *a, const struct side *b, uint32_t metric_a,
                uint32_t metric_b)
{
    const struct metric *left =
        vocabulary_metric(a->session->vocabulary, metric_a);
    const struct metric *right =
        vocabulary_metric(b->session->vocabulary, metric_b);
    int order = slice_compare(name_of(a, CLASS_METRIC, metric_a),
                              name_of(b, CLASS_METRIC, metric_b));
    if (order == 0 && left->dimension_count != right->dimension_count) {
        return left->dimension_count < right->dimension_count ? -1 : 1;
    }
    for (uint8_t i = 0; order == 0 && i < left->dimension_count; i++) {
        order =
            slice_compare(name_of(a, CLASS_DIMENSION, left->dimensions[i]),
                          name_of(b, CLASS_DIMENSION, right->dimensions[i]));
    }
    return order;
}

static int
compare_members(const struct side *a, const struct side *b,
                const struct fact *left, const struct fact *right)
{
    const struct vocabulary *vocabulary = a->session->vocabulary;
    const uint32_t *members_a =
        vocabulary_line_members(vocabulary, fact_line(left));
    const uint32_t *members_b =
        vocabulary_line_members(b->session->vocabulary, fact_line(right));
    uint8_t count =
        vocabulary_metric(vocabulary, fact_metric(left))->dimension_count;
    int order = 0;
    for (uint8_t i = 0; order == 0 && i < count; i++) {
        order = slice_compare(name_of(a, CLASS_MEMBER, members_a[i]),
                              name_of(b, CLASS_MEMBER, members_b[i]));
    }
    return order;
}

static int
compare_numbers(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

int
side_compare(const struct side *a, const struct side *b)
{
    const struct fact *left = &a->fact;
    const struct fact *right = &b->fact;
    int order = compare_metrics(a, b, fact_metric(left), fact_metric(right));
    order = order ? order : compare_members(a, b, left, right);
    order = order ? order
                  : slice_compare(name_of(a, CLASS_KIND, fact_kind(left)),
                                  name_of(b, CLASS_KIND, fact_kind(right)));
    order = order ? order
                  : compare_numbers((int32_t)fact_frequency(left),
                                    (int32_t)fact_frequency(right));
    return order ? order
                 : compare_numbers(fact_period(left), fact_period(right));
}

/* Reading ------------------------------------------------------------------ */

static void
advance(struct side *side)
{
    const struct fact *next = export_order_next(&side->order);
    side->has_fact = next != NULL;
    if (next) {
        side->fact = *next;
    }
}

static const char *
keep(struct side *side, struct buffer *text)
{
    const char *copy =
        arena_copy(&side->arena, text->text ? text->text : "", text->len);
    buffer_free(text);
    return copy;
}

/* The conditions, notes and addresses of a fact, without who said it and
 * when. */
static const char *
notes_of(struct side *side, const struct fact *fact,
         const struct fact_detail *detail)
{
    struct fact bare = *fact;
    struct buffer text = {0};
    bare.actor = 0;
    bare.source = 0;
    bare.form = (uint16_t)(bare.form & ~FORM_BEFORE);
    bare.line_day = (uint64_t)fact_line(fact) << 32 | (uint32_t)DAY_NONE;
    export_print_annotations(&side->words, &bare, detail, &text);
    return keep(side, &text);
}

static const char *
gone_of(struct side *side, const struct fact *fact)
{
    const struct retraction *gone =
        store_retraction(side->session->store, fact->record);
    struct buffer text = {0};
    if (!gone) {
        return NULL;
    }
    export_print_retraction(&side->words, gone, 0, &text);
    return keep(side, &text);
}

static void
add_said(struct side *side, const struct fact *fact)
{
    struct session *session = side->session;
    struct fact_detail detail;
    struct buffer assertion = {0};
    void *items = side->items;
    memory_grow(&items, &side->capacity, side->count + 1, sizeof *side->items);
    side->items = items;
    if (!fact_read_detail(session, fact, &side->arena, &detail)) {
        side->order.failed = true;
        return;
    }
    fact_print_assertion(session, fact, &detail, &assertion);
    side->items[side->count++] = (struct said){
        .actor = export_word(&side->words, CLASS_ACTOR, fact->actor),
        .source = export_word(&side->words, CLASS_SOURCE, fact->source),
        .day = fact_day(fact),
        .before_day = fact->form & FORM_BEFORE,
        .assertion = keep(side, &assertion),
        .notes = notes_of(side, fact, &detail),
        .context = detail.context ? detail.context : "",
        .gone = gone_of(side, fact),
    };
}

/* All facts of the next cell. */
void
side_read_cell(struct side *side)
{
    side->cell = side->fact;
    do {
        add_said(side, &side->fact);
        advance(side);
    } while (side->has_fact && side->fact.cell == side->cell.cell &&
             fact_line(&side->fact) == fact_line(&side->cell));
}

void
side_forget_cell(struct side *side)
{
    side->count = 0;
    if (side->arena.current) {
        arena_reset(&side->arena);
    }
}

/* Opening ------------------------------------------------------------------ */

bool
side_open(struct side *side, struct session *session)
{
    *side = (struct side){.session = session};
    export_words_init(&side->words, session);
    if (!export_order_open(&side->order, session)) {
        return false;
    }
    advance(side);
    return !side->order.failed;
}

void
side_close(struct side *side)
{
    export_words_free(&side->words);
    export_order_close(&side->order);
    arena_free(&side->arena);
    free(side->items);
}
