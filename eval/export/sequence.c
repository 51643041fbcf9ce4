/* The order in which facts are written, so that each can be read back.
 *
 * It is that of the names, but for cells that lean on others: from the first
 * fact of a cell that needs other facts before it, or a context, the rest of the
 * cell comes behind all the others, so that the facts of a cell keep their
 * order.  What is late comes context by context; in a base with units that
 * follow a dimension in the order in which it was stated, because then each
 * finds the units of other lines settled that it found before.
 */
#include "eval/export/export.h"

#include <stdlib.h>

struct late {
    struct fact fact;
    const char *context; /* of the first one of the cell; "" for none */
    size_t at;
};

struct sequence {
    struct session *session;
    struct arena texts;
    struct late *late;
    size_t late_count;
    size_t late_capacity;
    bool follows; /* some metric has units that follow a dimension */
};

static bool
follows_dimension(const struct session *session, uint32_t metric)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    unit_id unit = vocabulary->metrics[metric].unit;
    return vocabulary->units.items[unit].role == UNIT_FOLLOWS;
}

static bool
has_following(const struct session *session)
{
    size_t count = session->vocabulary->classes[CLASS_METRIC].count;
    for (uint32_t id = 1; id < count; id++) {
        if (follows_dimension(session, id)) {
            return true;
        }
    }
    return false;
}

/* A unit that follows a dimension is settled by the first amount of its line:
 * what was not written in that unit comes behind what was, and so do formulas,
 * which may speak of such a line wherever they stand. */
static bool
leans(const struct sequence *sequence, const struct fact *fact,
      const struct fact_detail *detail)
{
    bool formula = fact->form & (FORM_FORMULA | FORM_MOVED);
    return detail->context || (sequence->follows && formula) ||
           (detail->written &&
            follows_dimension(sequence->session, fact_metric(fact)));
}

static void
put_off(struct sequence *sequence, const struct fact *fact, const char *context)
{
    void *items = sequence->late;
    memory_grow(&items, &sequence->late_capacity, sequence->late_count + 1,
                sizeof *sequence->late);
    sequence->late = items;
    sequence->late[sequence->late_count] =
        (struct late){*fact, context, sequence->late_count};
    sequence->late_count++;
}

/* Puts FACT off if it has to wait. */
static bool
waits(struct sequence *sequence, const struct fact *fact,
      const struct fact_detail *detail)
{
    const struct late *last =
        sequence->late_count ? &sequence->late[sequence->late_count - 1] : NULL;
    bool follows = last && last->fact.cell == fact->cell &&
                   fact_line(&last->fact) == fact_line(fact);
    const char *context = detail->context ? detail->context : "";
    if (follows) {
        put_off(sequence, fact, last->context);
    } else if (leans(sequence, fact, detail)) {
        put_off(sequence, fact,
                arena_copy(&sequence->texts, context, strlen(context)));
    } else {
        return false;
    }
    return true;
}

static int
compare_late(const void *a, const void *b)
{
    const struct late *left = a;
    const struct late *right = b;
    int order = strcmp(left->context, right->context);
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

static int
compare_stated(const void *a, const void *b)
{
    const struct late *left = a;
    const struct late *right = b;
    return (left->fact.record > right->fact.record) -
           (left->fact.record < right->fact.record);
}

static void
say_late(struct sequence *sequence, struct export_order *order,
         export_each *each, void *context)
{
    struct arena details = {0};
    bool going = true;
    if (sequence->late_count) {
        qsort(sequence->late, sequence->late_count, sizeof *sequence->late,
              sequence->follows ? compare_stated : compare_late);
    }
    for (size_t i = 0; i < sequence->late_count && going; i++) {
        const struct fact *fact = &sequence->late[i].fact;
        struct fact_detail detail;
        order->failed =
            !export_tick(order) ||
            !fact_read_detail(sequence->session, fact, &details, &detail);
        going = !order->failed && each(context, fact, &detail);
        arena_reset(&details);
    }
    arena_free(&details);
}

bool
export_in_sequence(struct export_order *order, export_each *each, void *context)
{
    struct sequence sequence = {.session = order->session,
                                .follows = has_following(order->session)};
    struct arena details = {0};
    const struct fact *fact;
    bool going = true;
    while (going && !order->failed && (fact = export_order_next(order))) {
        struct fact_detail detail;
        if (!fact_read_detail(order->session, fact, &details, &detail)) {
            order->failed = true;
        } else if (!waits(&sequence, fact, &detail)) {
            going = each(context, fact, &detail);
        }
        arena_reset(&details);
    }
    if (going && !order->failed) {
        order->late = true;
        say_late(&sequence, order, each, context);
    }
    arena_free(&details);
    arena_free(&sequence.texts);
    free(sequence.late);
    return !order->failed;
}
