/* Facts in the order of their names.
 *
 * The table is in the order of ids, period by period; what is written goes line
 * by line, in the order of names.  So names are ranked, and the facts of one
 * metric after the other are sorted by a key that is made of the ranks.
 */
#include "eval/export/export.h"

#include <stdlib.h>

enum { TICK_FACTS = 8192 };

/* Ranks ----------------------------------------------------------------- */

struct named {
    struct slice name;
    uint32_t id;
};

static int
compare_named(const void *a, const void *b)
{
    const struct named *left = a;
    const struct named *right = b;
    int order = slice_compare(left->name, right->name);
    return order ? order : (left->id > right->id) - (left->id < right->id);
}

/* The ranks of the names of a class by id, and with IDS the ids by rank. */
static uint32_t *
rank_class(const struct vocabulary *vocabulary, enum name_class class,
           uint32_t **ids)
{
    size_t count = vocabulary->classes[class].count;
    struct named *items = memory_alloc(count * sizeof *items);
    uint32_t *ranks = memory_alloc(count * sizeof *ranks);
    for (uint32_t id = 0; id < count; id++) {
        items[id] = (struct named){vocabulary_name(vocabulary, class, id), id};
    }
    qsort(items, count, sizeof *items, compare_named);
    if (ids) {
        *ids = memory_alloc(count * sizeof **ids);
    }
    for (uint32_t rank = 0; rank < count; rank++) {
        ranks[items[rank].id] = rank;
        if (ids) {
            (*ids)[rank] = items[rank].id;
        }
    }
    free(items);
    return ranks;
}

/* Lines of one metric stand together. */
static void
group_lines(struct export_order *order)
{
    const struct vocabulary *vocabulary = order->session->vocabulary;
    size_t metrics = vocabulary->classes[CLASS_METRIC].count;
    size_t lines = vocabulary->line_count;
    size_t *next = memory_alloc((metrics + 1) * sizeof *next);
    order->line_starts = memory_alloc((metrics + 2) * sizeof *next);
    order->metric_lines = memory_alloc(lines * sizeof *order->metric_lines);
    order->line_ranks = memory_alloc(lines * sizeof *order->line_ranks);
    memset(order->line_starts, 0, (metrics + 2) * sizeof *next);
    for (size_t line = 1; line < lines; line++) {
        order->line_starts[vocabulary->lines[line].metric + 1]++;
    }
    for (size_t metric = 0; metric <= metrics; metric++) {
        order->line_starts[metric + 1] += order->line_starts[metric];
    }
    memcpy(next, order->line_starts, (metrics + 1) * sizeof *next);
    for (uint32_t line = 1; line < lines; line++) {
        order->metric_lines[next[vocabulary->lines[line].metric]++] = line;
    }
    free(next);
}

struct line_key {
    uint32_t ranks[DIMENSIONS_MAX];
    uint32_t line;
};

static int
compare_lines(const void *a, const void *b)
{
    const struct line_key *left = a;
    const struct line_key *right = b;
    for (int i = 0; i < DIMENSIONS_MAX; i++) {
        if (left->ranks[i] != right->ranks[i]) {
            return left->ranks[i] < right->ranks[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Sorts the lines of a metric by the codes of their members. */
static void
rank_lines(struct export_order *order, uint32_t metric)
{
    const struct vocabulary *vocabulary = order->session->vocabulary;
    uint32_t *lines = order->metric_lines + order->line_starts[metric];
    size_t count = order->line_starts[metric + 1] - order->line_starts[metric];
    uint8_t dimensions = vocabulary->metrics[metric].dimension_count;
    struct line_key *keys = memory_alloc((count + 1) * sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        const uint32_t *members = vocabulary_line_members(vocabulary, lines[i]);
        keys[i] = (struct line_key){.line = lines[i]};
        for (uint8_t d = 0; d < dimensions; d++) {
            keys[i].ranks[d] = order->member_ranks[members[d]];
        }
    }
    qsort(keys, count, sizeof *keys, compare_lines);
    for (uint32_t rank = 0; rank < count; rank++) {
        lines[rank] = keys[rank].line;
        order->line_ranks[keys[rank].line] = rank;
    }
    free(keys);
}

/* The metrics that have facts, by name, with their lines and members. */
static bool
list_metrics(struct export_order *order)
{
    struct session *session = order->session;
    const struct extent *extents;
    size_t count;
    if (!store_extents(session->store, &extents, &count)) {
        return false;
    }
    struct named *items = memory_alloc((count + 1) * sizeof *items);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t metric = (uint32_t)(extents[i].cell >> 40);
        bool again = found && items[found - 1].id == metric;
        if (extents[i].count > 0 && !again) {
            items[found++] = (struct named){
                vocabulary_name(session->vocabulary, CLASS_METRIC, metric),
                metric};
        }
    }
    qsort(items, found, sizeof *items, compare_named);
    order->metrics = memory_alloc((found + 1) * sizeof *order->metrics);
    bool loaded = true;
    for (size_t i = 0; i < found && loaded; i++) {
        order->metrics[order->metric_count++] = items[i].id;
        loaded = store_load_lines(session->store, items[i].id);
    }
    free(items);
    return loaded;
}

bool
export_order_open(struct export_order *order, struct session *session)
{
    *order = (struct export_order){.session = session};
    if (!list_metrics(order)) {
        order->failed = true;
        return false;
    }
    order->member_ranks = rank_class(session->vocabulary, CLASS_MEMBER, NULL);
    order->kind_ranks =
        rank_class(session->vocabulary, CLASS_KIND, &order->kinds);
    group_lines(order);
    return true;
}

void
export_order_close(struct export_order *order)
{
    if (order->sorter) {
        sorter_close(order->sorter);
    }
    free(order->metrics);
    free(order->member_ranks);
    free(order->kind_ranks);
    free(order->kinds);
    free(order->metric_lines);
    free(order->line_starts);
    free(order->line_ranks);
    *order = (struct export_order){0};
}

/* Keys ------------------------------------------------------------------ */

/* Two words that sort as line, kind, frequency, period, day: 32, 12, 4 and 16
 * bits; 8 bits of the period and 32 of the day. */
static struct fact
rank_fact(const struct export_order *order, const struct fact *fact)
{
    struct fact ranked = *fact;
    uint64_t line = order->line_ranks[fact_line(fact)];
    uint64_t kind = order->kind_ranks[fact_kind(fact)];
    uint32_t period = (uint32_t)fact_period(fact);
    ranked.cell = line << 32 | kind << 20 |
                  (uint64_t)fact_frequency(fact) << 16 | period >> 8;
    ranked.line_day =
        (uint64_t)(period & 0xFF) << 32 | (uint32_t)fact_day(fact);
    return ranked;
}

static void
unrank_fact(struct export_order *order, const struct fact *ranked)
{
    uint32_t rank = (uint32_t)(ranked->cell >> 32);
    uint32_t line =
        order->metric_lines[order->line_starts[order->metric] + rank];
    uint32_t kind = order->kinds[ranked->cell >> 20 & KEY_KIND_MAX];
    enum frequency frequency = (enum frequency)(ranked->cell >> 16 & 15);
    int32_t period = (int32_t)((ranked->cell & 0xFFFF) << 8 |
                               (ranked->line_day >> 32 & 0xFF));
    order->fact = *ranked;
    order->fact.cell = fact_pack_cell(order->metric, frequency, kind, period);
    order->fact.line_day =
        (uint64_t)line << 32 | (ranked->line_day & UINT32_MAX);
}

/* Reading ----------------------------------------------------------------- */

static bool
scan_range(struct export_order *order, uint64_t cell,
           void (*each)(void *context, const struct fact *fact), void *context)
{
    struct fact key = {.cell = cell};
    struct scan_range range = {
        .metric = fact_metric(&key),
        .frequency = fact_frequency(&key),
        .kind = fact_kind(&key),
        .first = 0,
        .last = INT32_MAX,
        .line_low = 0,
        .line_high = UINT32_MAX,
        .as_of = INT32_MAX,
        .every_fact = true,
        .retracted = true,
        .places = true,
    };
    return store_scan(order->session->store, &range, each, context);
}

/* The first of the extents, which are in the order of metrics, that is not of a
 * metric before METRIC. */
static size_t
first_extent(const struct extent *extents, size_t count, uint32_t metric)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (extents[middle].cell >> 40 < metric) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The facts of a metric: each of its kinds and frequencies is one range. */
static bool
scan_metric(struct export_order *order, uint32_t metric,
            void (*each)(void *context, const struct fact *fact), void *context)
{
    const struct extent *extents;
    size_t count;
    if (!store_extents(order->session->store, &extents, &count)) {
        return false;
    }
    uint64_t last = 0;
    for (size_t i = first_extent(extents, count, metric);
         i < count && extents[i].cell >> 40 == metric; i++) {
        uint64_t range = extents[i].cell >> 24;
        if (range != last &&
            !scan_range(order, extents[i].cell, each, context)) {
            return false;
        }
        last = range;
    }
    return true;
}

bool
export_each_fact(struct export_order *order,
                 void (*each)(void *context, const struct fact *fact),
                 bool (*enough)(void *context), void *context)
{
    for (size_t i = 0; i < order->metric_count && !enough(context); i++) {
        if (!scan_metric(order, order->metrics[i], each, context)) {
            order->failed = true;
            return false;
        }
    }
    return true;
}

static void
take_fact(void *context, const struct fact *fact)
{
    struct export_order *order = context;
    struct fact ranked = rank_fact(order, fact);
    order->failed = !sorter_add(order->sorter, &ranked) || order->failed;
}

static bool
read_metric(struct export_order *order)
{
    struct session *session = order->session;
    order->metric = order->metrics[order->metric_at++];
    if (order->sorter) {
        sorter_close(order->sorter);
    }
    order->sorter = sorter_open(session->diagnostics);
    rank_lines(order, order->metric);
    return scan_metric(order, order->metric, take_fact, order) &&
           !order->failed && sorter_start(order->sorter);
}

bool
export_tick(struct export_order *order)
{
    struct session *session = order->session;
    bool now = order->done++ % TICK_FACTS == 0;
    if (now && session->options.progress) {
        const struct export_order *beside = order->beside;
        uint64_t done = order->done + (beside ? beside->done : 0);
        int64_t total = store_fact_count(session->store) +
                        (beside ? store_fact_count(beside->session->store) : 0);
        session->options.progress(session->options.progress_context, done,
                                  (uint64_t)total);
    }
    if (store_is_interrupted(session->store)) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        return false;
    }
    return true;
}

const struct fact *
export_order_next(struct export_order *order)
{
    const struct fact *ranked = NULL;
    while (!order->failed) {
        ranked = order->sorter ? sorter_next(order->sorter) : NULL;
        bool broken = order->sorter && sorter_has_failed(order->sorter);
        if (ranked || broken || order->metric_at == order->metric_count) {
            order->failed = broken;
            break;
        }
        order->failed = !read_metric(order);
    }
    if (!ranked || order->failed || !export_tick(order)) {
        order->failed = order->failed || ranked;
        return NULL;
    }
    unrank_fact(order, ranked);
    return &order->fact;
}
