/* What a rule is about: kinds, metrics and frequencies of which something is
 * known, and the rule's trees for each of them. */
#include "eval/rules/rules.h"

#include <stdlib.h>

static struct node *
name_node(struct session *session, const struct node *at, atom name)
{
    struct node *node = arena_alloc(&session->scratch, sizeof *node);
    *node = (struct node){.kind = NODE_NAME, .span = at->span};
    node->value.name = name;
    return node;
}

bool
subject_stands(struct session *session, const struct node *figure)
{
    const struct node *name = figure->kid[2];
    struct slice text =
        name ? atoms_text(&session->atoms, name->value.name) : SLICE("");
    return slice_is(text, "figure") || slice_is(text, "movement");
}

/* `figure` in a figure is the metric of the subject; on its own, the subject's
 * kind too. */
static void
fill_figure(struct session *session, struct node *figure,
            const struct subject *subject)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct node *name = figure->kid[2];
    if (!subject_stands(session, figure)) {
        return;
    }
    if (!figure->kid[0]) {
        figure->kid[0] = name_node(
            session, name,
            vocabulary_entry(vocabulary, CLASS_KIND, subject->kind)->name);
    }
    figure->kid[2] = name_node(
        session, name,
        vocabulary_entry(vocabulary, CLASS_METRIC, subject->metric)->name);
}

static struct node *
settle_list(struct session *session, const struct node *first,
            const struct subject *subject)
{
    struct node *head = NULL;
    struct node **end = &head;
    for (const struct node *at = first; at; at = at->next) {
        *end = (struct node *)(uintptr_t)subject_settle(session, at, subject);
        end = &(*end)->next;
    }
    return head;
}

const struct node *
subject_settle(struct session *session, const struct node *node,
               const struct subject *subject)
{
    size_t size = sizeof *node + node->kid_count * sizeof *node->kid;
    struct node *copy = arena_alloc(&session->scratch, size);
    memcpy(copy, node, size);
    copy->next = NULL;
    for (uint8_t i = 0; i < copy->kid_count; i++) {
        copy->kid[i] = settle_list(session, copy->kid[i], subject);
    }
    if (copy->kind == NODE_FIGURE) {
        fill_figure(session, copy, subject);
    }
    return copy;
}

/* The frequency that the rule itself names; false when it names none. */
static bool
spoken_frequency(struct session *session, const struct rule *rule,
                 enum frequency *frequency)
{
    struct period_range range;
    const struct node *when =
        rule->periods ? rule->periods : rule->subject->kid[1];
    if (!when || !value_span(session, when, &range)) {
        return false;
    }
    *frequency = range.frequency;
    return true;
}

struct collector {
    struct subject *items;
    size_t count;
    size_t capacity;
};

static void
add_subject(struct session *session, struct collector *collector,
            const struct subject *subject)
{
    for (size_t i = 0; i < collector->count; i++) {
        const struct subject *at = &collector->items[i];
        if (at->kind == subject->kind && at->metric == subject->metric &&
            at->frequency == subject->frequency && at->mask == subject->mask) {
            return;
        }
    }
    if (collector->count == collector->capacity) {
        size_t grown = collector->capacity ? 2 * collector->capacity : 8;
        struct subject *items =
            arena_array(&session->scratch, struct subject, grown);
        if (collector->count) {
            memcpy(items, collector->items, collector->count * sizeof *items);
        }
        collector->items = items;
        collector->capacity = grown;
    }
    collector->items[collector->count++] = *subject;
}

/* Kind and metric as the rule names them; 0: any. */
static bool
named_subject(struct session *session, const struct rule *rule, uint32_t *kind,
              uint32_t *metric)
{
    struct focus none = {0};
    struct figure_names names;
    const struct node *figure = rule->subject;
    *kind = *metric = 0;
    if (rule->any_metric &&
        !scope_find(session, CLASS_METRIC, figure->kid[2]->value.name)) {
        *kind = figure->kid[0] ? scope_kind(session, figure->kid[0]) : 0;
        return !figure->kid[0] || *kind;
    }
    if (!figure_resolve(session, figure, &none, false, &names)) {
        return false;
    }
    *kind = names.kind;
    *metric = names.metric;
    return true;
}

/* The dimensions that a line has members of. */
static uint32_t
line_mask(const struct session *session, const struct fact *fact)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    uint32_t mask = 0;
    for (int i = 0; i < metric->dimension_count; i++) {
        mask |= members[i] ? 1U << i : 0;
    }
    return mask;
}

/* What changes are said of. */
static bool
moved_subjects(struct session *session, const struct rule *rule,
               const struct subject *wanted, bool spoken,
               struct collector *found)
{
    const struct fact *facts;
    size_t count;
    if (!store_constraints(session->store, &facts, &count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct subject subject = {fact_kind(&facts[i]), fact_metric(&facts[i]),
                                  fact_frequency(&facts[i]), rule->every, 0};
        if (movement_is_said(&facts[i]) &&
            (!wanted->kind || subject.kind == wanted->kind) &&
            (!spoken || subject.frequency == wanted->frequency)) {
            if (!store_load_lines(session->store, subject.metric)) {
                return false;
            }
            subject.mask = rule->every ? line_mask(session, &facts[i]) : 0;
            add_subject(session, found, &subject);
        }
    }
    return true;
}

bool
rule_subjects(struct session *session, const struct rule *rule,
              struct subject **subjects, size_t *count)
{
    uint32_t kind;
    uint32_t metric;
    enum frequency wanted = FREQUENCY_ONCE;
    const struct extent *extents;
    size_t extent_count;
    struct collector found = {0};
    if (!named_subject(session, rule, &kind, &metric) ||
        !store_extents(session->store, &extents, &extent_count)) {
        return false;
    }
    bool spoken = spoken_frequency(session, rule, &wanted);
    if (rule->moves) {
        struct subject moved = {kind, metric, wanted, false, 0};
        bool done = moved_subjects(session, rule, &moved, spoken, &found);
        *subjects = found.items;
        *count = found.count;
        return done;
    }
    uint64_t last = UINT64_MAX;
    for (size_t i = 0; i < extent_count; i++) {
        struct fact key = {.cell = extents[i].cell};
        struct subject subject = {fact_kind(&key), fact_metric(&key),
                                  fact_frequency(&key), false, 0};
        if (key.cell >> 24 != last && (!kind || subject.kind == kind) &&
            (!metric || subject.metric == metric) &&
            (!spoken || subject.frequency == wanted)) {
            add_subject(session, &found, &subject);
        }
        last = key.cell >> 24;
    }
    if (!found.count && metric) { /* bound all the same, for its mistakes */
        const struct metric *own =
            vocabulary_metric(session->vocabulary, metric);
        struct subject subject = {
            kind, metric, spoken ? wanted : (enum frequency)own->frequency,
            false, 0};
        add_subject(session, &found, &subject);
    }
    *subjects = found.items;
    *count = found.count;
    return true;
}

/* Dimensions --------------------------------------------------------------- */

struct usage {
    const struct vocabulary *vocabulary;
    const struct metric *metric;
    const struct figure_names *names;
    bool used[DIMENSIONS_MAX];
    bool unused[DIMENSIONS_MAX];
};

/* Does a line have the members that the subject fixes? */
static bool
line_fits(const struct usage *usage, const uint32_t *members)
{
    for (int i = 0; i < usage->metric->dimension_count; i++) {
        if (usage->names->selectors[i] == SELECT_MEMBER &&
            members[i] != usage->names->members[i]) {
            return false;
        }
    }
    return true;
}

static void
note_line(struct usage *usage, uint32_t line)
{
    const uint32_t *members = vocabulary_line_members(usage->vocabulary, line);
    for (int i = 0;
         line_fits(usage, members) && i < usage->metric->dimension_count; i++) {
        usage->used[i] = usage->used[i] || members[i];
        usage->unused[i] = usage->unused[i] || !members[i];
    }
}

static void
note_cell(void *context, const struct fact *fact)
{
    note_line(context, fact_line(fact));
}

/* Lines that mix members and totals: which of them does this kind use? */
static bool
look_at_facts(struct session *session, const struct subject *subject,
              struct usage *usage)
{
    struct scan_range range = {.metric = subject->metric,
                               .frequency = subject->frequency,
                               .kind = subject->kind,
                               .last = KEY_PERIOD_MAX,
                               .line_high = UINT32_MAX,
                               .most_lines = true,
                               .as_of = INT32_MAX};
    memset(usage->used, 0, sizeof usage->used);
    return store_scan(session->store, &range, note_cell, usage);
}

/* Does a tree ask for the row's member of a dimension, by its bare name? */
static bool
asks_for(const struct node *first, atom dimension)
{
    for (const struct node *at = first; at; at = at->next) {
        bool bare = at->kind == NODE_FIGURE && !at->kid[0] && !at->kid[1] &&
                    at->kid[2] && !at->kid[3];
        if (bare && at->kid[2]->value.name == dimension) {
            return true;
        }
        for (uint8_t i = 0; i < at->kid_count; i++) {
            if (asks_for(at->kid[i], dimension)) {
                return true;
            }
        }
    }
    return false;
}

/* What the rule asks for has its place in the rows before anybody has stated a
 * figure of it: then there is no subject, which is no mistake. */
static bool
rule_asks_for(struct session *session, const struct rule *rule,
              uint32_t dimension)
{
    atom name =
        vocabulary_entry(session->vocabulary, CLASS_DIMENSION, dimension)->name;
    bool asks = false;
    if (scope_find(session, CLASS_METRIC, name)) {
        return false;
    }
    for (size_t i = 0; i < rule->where_count; i++) {
        asks = asks || asks_for(rule->where[i], name);
    }
    for (size_t i = 0; i < rule->when_count; i++) {
        asks = asks || asks_for(rule->when[i], name);
    }
    for (size_t i = 0; i < rule->let_count; i++) {
        asks = asks || asks_for(rule->lets[i]->kid[1], name);
    }
    for (size_t i = 0; i < rule->condition_count; i++) {
        asks = asks || asks_for(rule->conditions[i].expression, name);
    }
    return asks;
}

bool
subject_dimensions(struct session *session, const struct rule *rule,
                   const struct subject *subject,
                   const struct figure_names *names, uint32_t *dimensions,
                   size_t *count)
{
    struct usage usage = {
        .vocabulary = session->vocabulary,
        .metric = vocabulary_metric(session->vocabulary, subject->metric),
        .names = names};
    bool mixed = false;
    if (!store_load_lines(session->store, subject->metric)) {
        return false;
    }
    usage.metric = vocabulary_metric(session->vocabulary, subject->metric);
    for (uint32_t line = 1; line < session->vocabulary->line_count; line++) {
        if (session->vocabulary->lines[line].metric == subject->metric) {
            note_line(&usage, line);
        }
    }
    for (int i = 0; i < usage.metric->dimension_count; i++) {
        mixed = mixed || (usage.used[i] && usage.unused[i]);
    }
    if (mixed && !look_at_facts(session, subject, &usage)) {
        return false;
    }
    *count = 0;
    for (int i = 0; i < usage.metric->dimension_count; i++) {
        bool used =
            subject->has_mask
                ? subject->mask >> i & 1
                : usage.used[i] ||
                      rule_asks_for(session, rule, usage.metric->dimensions[i]);
        if (used && !names->mentioned[i]) {
            dimensions[(*count)++] = usage.metric->dimensions[i];
        }
    }
    return true;
}
