/* The order in which facts are written, so that each can be read back.
 *
 * It is that of the names, but for cells that lean on others: from the first
 * fact of a cell that needs other facts before it, or a context, the rest of
 * the cell comes behind all the others, so that the facts of a cell keep their
 * order.  What is late comes context by context, and in each in the order of
 * the names again.
 *
 * A unit that follows a dimension is settled by the first amount of its line.
 * What was not written in that unit comes late, and so do all formulas, which
 * may speak of such a line wherever they stand: by then the lines have their
 * units from what came before.  A line may have no amount that is not late;
 * then the cell that has settled its unit comes first of what is late.  Those
 * few cells are in the order of statement, in which each found the lines
 * settled that it speaks of.
 *
 * A table leaves out what was taken back, but for the first amount of a line
 * that has its unit from nothing else.
 *
 * What is late waits in sorters, which need little memory however much it is.
 */
#include "eval/export/export.h"

#include <stdlib.h>

/* The amount that was stated first of those of a line that are late. */
struct settler {
    int64_t record; /* 0: there is none */
    uint64_t cell;
};

struct sequence {
    struct export_order *order;
    struct session *session;
    struct atoms contexts; /* of what is late; an atom is their number */
    uint32_t *ranks;       /* by that number, once all are known */
    struct sorter *late;
    uint64_t late_count;
    struct fact last;  /* that was put off */
    atom last_context; /* of the first one of its cell */
    bool follows;      /* some metric has units that follow a dimension */
    bool *settled;     /* by line: an amount of it is not late */
    struct settler *settlers; /* by line */
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

bool
export_may_settle(struct session *session)
{
    return store_has_retractions(session->store) && has_following(session);
}

static void
open_sequence(struct sequence *sequence, struct export_order *order)
{
    struct session *session = order->session;
    size_t lines = session->vocabulary->line_count + 1;
    *sequence = (struct sequence){
        .order = order, .session = session, .follows = has_following(session)};
    atoms_init(&sequence->contexts);
    if (sequence->follows) {
        sequence->settled = memory_alloc(lines * sizeof *sequence->settled);
        sequence->settlers = memory_alloc(lines * sizeof *sequence->settlers);
        memset(sequence->settled, 0, lines * sizeof *sequence->settled);
        memset(sequence->settlers, 0, lines * sizeof *sequence->settlers);
    }
}

static void
close_sequence(struct sequence *sequence)
{
    if (sequence->late) {
        sorter_close(sequence->late);
    }
    atoms_free(&sequence->contexts);
    free(sequence->ranks);
    free(sequence->settled);
    free(sequence->settlers);
}

/* What waits --------------------------------------------------------------- */

/* A fact that is sorted by KEY and has its own key where nothing else is needed
 * of it: neither batch nor row are told. */
static struct fact
pack_late(const struct fact *fact, uint64_t key)
{
    struct fact packed = *fact;
    packed.cell = key;
    packed.line_day = fact->cell;
    packed.batch = fact_line(fact);
    packed.row = (uint32_t)fact_day(fact);
    return packed;
}

static struct fact
unpack_late(const struct fact *packed)
{
    struct fact fact = *packed;
    fact.cell = packed->line_day;
    fact.line_day = (uint64_t)packed->batch << 32 | packed->row;
    fact.batch = fact.row = 0;
    return fact;
}

/* Bits of the number of a late fact, below the number of its context. */
enum { CONTEXT_SHIFT = 36 };

static bool
put_off(struct sequence *sequence, const struct fact *fact, atom context)
{
    struct export_order *order = sequence->order;
    uint64_t key = (uint64_t)context << CONTEXT_SHIFT | sequence->late_count++;
    struct fact packed = pack_late(fact, key);
    if (!sequence->late) {
        sequence->late = sorter_open(sequence->session->diagnostics);
    }
    sequence->last = *fact;
    sequence->last_context = context;
    order->failed = !sorter_add(sequence->late, &packed) || order->failed;
    return !order->failed;
}

/* Is it an amount of a line that has a unit of its own? */
static bool
is_amount(const struct sequence *sequence, const struct fact *fact)
{
    return sequence->follows && !(fact->form & (FORM_FORMULA | FORM_MOVED)) &&
           follows_dimension(sequence->session, fact_metric(fact));
}

/* Notes whether an amount settles the unit of its line.  One with a movement
 * does not: it is stated of a line that has its unit. */
static void
note_amount(struct sequence *sequence, const struct fact *fact, bool late)
{
    uint32_t line = fact_line(fact);
    if (!is_amount(sequence, fact)) {
        return;
    }
    struct settler *settler = &sequence->settlers[line];
    if (!late) {
        sequence->settled[line] = true;
    } else if (!settler->record || fact->record < settler->record) {
        *settler = (struct settler){fact->record, fact->cell};
    }
}

static bool
leans(const struct sequence *sequence, const struct fact *fact,
      const struct fact_detail *detail)
{
    bool formula = fact->form & (FORM_FORMULA | FORM_MOVED);
    return detail->context || (sequence->follows && formula) ||
           (detail->written &&
            follows_dimension(sequence->session, fact_metric(fact)));
}

/* Of what was taken back a table only tells how much it is ... */
static const struct fact_detail detail_none = {0};

/* ... unless the unit of its line may rest on it, which is known when all has
 * been read. */
static bool
pass_retracted(struct sequence *sequence, const struct fact *fact,
               export_each *each, void *context)
{
    if (!is_amount(sequence, fact)) {
        return each(context, fact, &detail_none);
    }
    struct fact last = sequence->last;
    atom last_context = sequence->last_context;
    note_amount(sequence, fact, true);
    put_off(sequence, fact, atoms_intern(&sequence->contexts, SLICE("")));
    sequence->last = last; /* what follows in its cell does not wait for it */
    sequence->last_context = last_context;
    return true;
}

/* Puts FACT off if it has to wait. */
static bool
waits(struct sequence *sequence, const struct fact *fact,
      const struct fact_detail *detail)
{
    const struct fact *last = &sequence->last;
    bool goes_on = sequence->late && last->cell == fact->cell &&
                   fact_line(last) == fact_line(fact);
    bool late = goes_on || leans(sequence, fact, detail);
    note_amount(sequence, fact, late);
    if (late) {
        atom context =
            goes_on ? sequence->last_context
                    : atoms_intern(
                          &sequence->contexts,
                          slice_of(detail->context ? detail->context : ""));
        put_off(sequence, fact, context);
    }
    return late;
}

/* What is late ------------------------------------------------------------- */

struct ranked {
    struct slice text;
    atom context;
};

static int
compare_ranked(const void *a, const void *b)
{
    return slice_compare(((const struct ranked *)a)->text,
                         ((const struct ranked *)b)->text);
}

static void
rank_contexts(struct sequence *sequence)
{
    size_t count = sequence->contexts.count;
    struct ranked *items = memory_alloc(count * sizeof *items);
    sequence->ranks = memory_alloc(count * sizeof *sequence->ranks);
    for (atom i = 0; i < count; i++) {
        items[i] = (struct ranked){atoms_text(&sequence->contexts, i), i};
    }
    qsort(items, count, sizeof *items, compare_ranked);
    for (uint32_t rank = 0; rank < count; rank++) {
        sequence->ranks[items[rank].context] = rank;
    }
    free(items);
}

/* Is it of a cell without which its line has no unit? */
static bool
settles(const struct sequence *sequence, const struct fact *fact)
{
    uint32_t line = fact_line(fact);
    return sequence->follows && !sequence->settled[line] &&
           sequence->settlers[line].record &&
           sequence->settlers[line].cell == fact->cell;
}

/* Was it taken back, so that a table does not tell it as one that stands? */
static bool
is_gone(const struct sequence *sequence, const struct fact *fact)
{
    return sequence->order->stands &&
           store_retraction(sequence->session->store, fact->record);
}

/* Says all facts of a sorter. */
static bool
say(struct sequence *sequence, struct sorter *sorter, export_each *each,
    void *context)
{
    struct export_order *order = sequence->order;
    struct arena details = {0};
    const struct fact *packed;
    bool going = sorter_start(sorter);
    order->failed = !going;
    while (going && (packed = sorter_next(sorter))) {
        struct fact fact = unpack_late(packed);
        struct fact_detail detail;
        order->failed =
            !export_tick(order) ||
            !fact_read_detail(sequence->session, &fact, &details, &detail);
        order->settles = is_gone(sequence, &fact);
        going = !order->failed && each(context, &fact, &detail);
        order->settles = false;
        arena_reset(&details);
    }
    order->failed = order->failed || sorter_has_failed(sorter);
    arena_free(&details);
    return going && !order->failed;
}

/* Parts what is late into cells that settle units, by order of statement, and
 * the rest, by context. */
static bool
part_late(struct sequence *sequence, struct sorter *first, struct sorter *rest,
          export_each *each, void *context)
{
    const struct fact *packed;
    bool done = sorter_start(sequence->late);
    rank_contexts(sequence);
    while (done && (packed = sorter_next(sequence->late))) {
        struct fact fact = unpack_late(packed);
        uint64_t rank = sequence->ranks[packed->cell >> CONTEXT_SHIFT];
        uint64_t at = packed->cell & ((UINT64_C(1) << CONTEXT_SHIFT) - 1);
        bool settling = settles(sequence, &fact);
        if (is_gone(sequence, &fact) &&
            !(settling &&
              sequence->settlers[fact_line(&fact)].record == fact.record)) {
            done = each(context, &fact, &detail_none);
            continue;
        }
        fact = pack_late(&fact, settling ? (uint64_t)fact.record
                                         : rank << CONTEXT_SHIFT | at);
        done = sorter_add(settling ? first : rest, &fact);
    }
    return done && !sorter_has_failed(sequence->late);
}

static void
say_late(struct sequence *sequence, export_each *each, void *context)
{
    struct export_order *order = sequence->order;
    struct diagnostics *list = sequence->session->diagnostics;
    struct sorter *first = sorter_open(list);
    struct sorter *rest = sorter_open(list);
    order->failed = !part_late(sequence, first, rest, each, context);
    sorter_close(sequence->late);
    sequence->late = NULL;
    if (!order->failed && say(sequence, first, each, context)) {
        say(sequence, rest, each, context);
    }
    sorter_close(first);
    sorter_close(rest);
}

bool
export_in_sequence(struct export_order *order, export_each *each, void *context)
{
    struct sequence sequence;
    struct arena details = {0};
    const struct fact *fact;
    bool going = true;
    open_sequence(&sequence, order);
    while (going && !order->failed && (fact = export_order_next(order))) {
        struct fact_detail detail;
        if (order->stands &&
            store_retraction(order->session->store, fact->record)) {
            going = pass_retracted(&sequence, fact, each, context);
        } else if (!fact_read_detail(order->session, fact, &details, &detail)) {
            order->failed = true;
        } else if (!waits(&sequence, fact, &detail)) {
            going = each(context, fact, &detail);
        }
        arena_reset(&details);
    }
    if (going && !order->failed && sequence.late) {
        order->late = true;
        say_late(&sequence, each, context);
    }
    arena_free(&details);
    close_sequence(&sequence);
    return !order->failed;
}
