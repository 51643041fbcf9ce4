#include "store/vocabulary.h"

#include <stdlib.h>

static const struct entry no_entry = {.title = ""};

static void
append(struct vocabulary *vocabulary, enum name_class class,
       const struct entry *entry)
{
    struct entries *entries = &vocabulary->classes[class];
    void *items = entries->items;
    memory_grow(&items, &entries->capacity, entries->count + 1,
                sizeof *entries->items);
    entries->items = items;
    entries->items[entries->count++] = *entry;
    if (class == CLASS_METRIC) {
        items = vocabulary->metrics;
        memory_grow(&items, &vocabulary->metric_capacity, entries->count,
                    sizeof *vocabulary->metrics);
        vocabulary->metrics = items;
        vocabulary->metrics[entries->count - 1] = (struct metric){0};
    }
}

static void
append_line(struct vocabulary *vocabulary, const struct line *line)
{
    size_t capacity = vocabulary->line_capacity;
    void *items = vocabulary->lines;
    memory_grow(&items, &capacity, vocabulary->line_count + 1,
                sizeof *vocabulary->lines);
    vocabulary->lines = items;
    if (capacity != vocabulary->line_capacity) {
        vocabulary->line_next = memory_resize(
            vocabulary->line_next, capacity * sizeof *vocabulary->line_next);
        vocabulary->line_capacity = capacity;
    }
    vocabulary->lines[vocabulary->line_count++] = *line;
}

void
vocabulary_init(struct vocabulary *vocabulary, struct atoms *atoms)
{
    *vocabulary = (struct vocabulary){.atoms = atoms};
    for (int class = 0; class < CLASS_COUNT; class ++) {
        append(vocabulary, (enum name_class) class, &no_entry);
    }
    append_line(vocabulary, &(struct line){0});
    units_init(&vocabulary->units);
}

void
vocabulary_free(struct vocabulary *vocabulary)
{
    for (int class = 0; class < CLASS_COUNT; class ++) {
        free(vocabulary->classes[class].items);
        index_free(&vocabulary->names[class]);
    }
    units_free(&vocabulary->units);
    free(vocabulary->metrics);
    free(vocabulary->changes);
    free(vocabulary->line_changes);
    free(vocabulary->parts);
    free(vocabulary->lines);
    free(vocabulary->line_members);
    free(vocabulary->line_next);
    index_free(&vocabulary->line_index);
    arena_free(&vocabulary->arena);
}

/* Members are found by dimension and code, all others by name. */
static uint64_t
name_key(enum name_class class, const struct entry *entry)
{
    uint64_t high = class == CLASS_MEMBER ? entry->link : 0;
    return high << 32 | entry->name;
}

static const char *
copy(struct vocabulary *vocabulary, const char *text)
{
    return text ? arena_copy(&vocabulary->arena, text, strlen(text)) : NULL;
}

uint32_t
vocabulary_add(struct vocabulary *vocabulary, enum name_class class,
               const struct entry *entry)
{
    struct entry owned = *entry;
    uint32_t id = (uint32_t)vocabulary->classes[class].count;
    owned.title = entry->title ? copy(vocabulary, entry->title) : "";
    owned.text = copy(vocabulary, entry->text);
    append(vocabulary, class, &owned);
    index_put(&vocabulary->names[class], name_key(class, &owned), id);
    return id;
}

uint32_t
vocabulary_find(const struct vocabulary *vocabulary, enum name_class class,
                atom name)
{
    uint32_t id = index_get(&vocabulary->names[class], name);
    return id == INDEX_NONE || name == 0 ? 0 : id;
}

uint32_t
vocabulary_find_member(const struct vocabulary *vocabulary, uint32_t dimension,
                       atom code)
{
    struct entry wanted = {.name = code, .link = dimension};
    uint32_t id = index_get(&vocabulary->names[CLASS_MEMBER],
                            name_key(CLASS_MEMBER, &wanted));
    return id == INDEX_NONE ? 0 : id;
}

void
vocabulary_add_part(struct vocabulary *vocabulary, uint32_t group,
                    uint32_t part)
{
    void *items = vocabulary->parts;
    memory_grow(&items, &vocabulary->part_capacity, vocabulary->part_count + 1,
                sizeof *vocabulary->parts);
    vocabulary->parts = items;
    vocabulary->parts[vocabulary->part_count++] =
        (struct member_part){group, part};
    vocabulary->classes[CLASS_MEMBER].items[group].flag = true;
}

bool
vocabulary_is_group(const struct vocabulary *vocabulary, uint32_t member)
{
    return vocabulary_entry(vocabulary, CLASS_MEMBER, member)->flag;
}

bool
vocabulary_is_in_group(const struct vocabulary *vocabulary, uint32_t member,
                       uint32_t group)
{
    for (size_t i = 0; i < vocabulary->part_count; i++) {
        const struct member_part *at = &vocabulary->parts[i];
        bool found = at->group == group &&
                     (at->part == member ||
                      (vocabulary_is_group(vocabulary, at->part) &&
                       vocabulary_is_in_group(vocabulary, member, at->part)));
        if (found) {
            return true;
        }
    }
    return false;
}

static uint64_t
line_hash(uint32_t metric, const uint32_t *members, uint8_t count)
{
    uint64_t hash = metric;
    for (uint8_t i = 0; i < count; i++) {
        hash = hash_mix(hash + 1, members[i]);
    }
    return hash;
}

static bool
line_is(const struct vocabulary *vocabulary, uint32_t line, uint32_t metric,
        const uint32_t *members)
{
    uint8_t count = vocabulary->metrics[metric].dimension_count;
    return vocabulary->lines[line].metric == metric &&
           (count == 0 || memcmp(vocabulary_line_members(vocabulary, line),
                                 members, count * sizeof *members) == 0);
}

uint32_t
vocabulary_find_line(const struct vocabulary *vocabulary, uint32_t metric,
                     const uint32_t *members)
{
    uint8_t count = vocabulary->metrics[metric].dimension_count;
    uint64_t hash = line_hash(metric, members, count);
    uint32_t line = index_get(&vocabulary->line_index, hash);
    line = line == INDEX_NONE ? 0 : line;
    while (line && !line_is(vocabulary, line, metric, members)) {
        line = vocabulary->line_next[line];
    }
    return line;
}

static void
index_line(struct vocabulary *vocabulary, uint32_t line)
{
    uint32_t metric = vocabulary->lines[line].metric;
    uint64_t hash = line_hash(metric, vocabulary_line_members(vocabulary, line),
                              vocabulary->metrics[metric].dimension_count);
    uint32_t first = index_get(&vocabulary->line_index, hash);
    vocabulary->line_next[line] = first == INDEX_NONE ? 0 : first;
    index_put(&vocabulary->line_index, hash, line);
}

static uint32_t
add_line_members(struct vocabulary *vocabulary, uint32_t metric,
                 const uint32_t *members)
{
    uint8_t count = vocabulary->metrics[metric].dimension_count;
    uint32_t at = (uint32_t)vocabulary->line_member_count;
    void *items = vocabulary->line_members;
    memory_grow(&items, &vocabulary->line_member_capacity,
                vocabulary->line_member_count + count + 1,
                sizeof *vocabulary->line_members);
    vocabulary->line_members = items;
    if (count) {
        memcpy(vocabulary->line_members + at, members, count * sizeof *members);
    }
    vocabulary->line_member_count += count;
    return at;
}

uint32_t
vocabulary_add_line(struct vocabulary *vocabulary, uint32_t metric,
                    const uint32_t *members, unit_id unit)
{
    uint32_t id = (uint32_t)vocabulary->line_count;
    struct line line = {metric, add_line_members(vocabulary, metric, members),
                        unit};
    append_line(vocabulary, &line);
    index_line(vocabulary, id);
    return id;
}

void
vocabulary_reserve(struct vocabulary *vocabulary, size_t members, size_t lines)
{
    while (vocabulary->classes[CLASS_MEMBER].count < members) {
        append(vocabulary, CLASS_MEMBER, &no_entry);
    }
    while (vocabulary->line_count < lines) {
        append_line(vocabulary, &(struct line){0});
    }
}

void
vocabulary_fill_member(struct vocabulary *vocabulary, uint32_t id,
                       const struct entry *entry)
{
    struct entry owned = *entry;
    owned.title = copy(vocabulary, entry->title);
    owned.flag = vocabulary->classes[CLASS_MEMBER].items[id].flag; /* group */
    vocabulary->classes[CLASS_MEMBER].items[id] = owned;
    index_put(&vocabulary->names[CLASS_MEMBER], name_key(CLASS_MEMBER, &owned),
              id);
}

void
vocabulary_fill_line(struct vocabulary *vocabulary, uint32_t id,
                     uint32_t metric, const uint32_t *members, unit_id unit)
{
    vocabulary->lines[id] = (struct line){
        metric, add_line_members(vocabulary, metric, members), unit};
    index_line(vocabulary, id);
}

struct metric *
vocabulary_change_metric(struct vocabulary *vocabulary, uint32_t id)
{
    struct metric *metric = &vocabulary->metrics[id];
    if (metric->changed) {
        return metric;
    }
    void *items = vocabulary->changes;
    memory_grow(&items, &vocabulary->change_capacity,
                vocabulary->change_count + 1, sizeof *vocabulary->changes);
    vocabulary->changes = items;
    vocabulary->changes[vocabulary->change_count++] =
        (struct metric_change){id, *metric};
    metric->dirty = metric->changed = true;
    return metric;
}

void
vocabulary_settle_line(struct vocabulary *vocabulary, uint32_t line,
                       unit_id unit)
{
    void *items = vocabulary->line_changes;
    memory_grow(&items, &vocabulary->line_change_capacity,
                vocabulary->line_change_count + 1,
                sizeof *vocabulary->line_changes);
    vocabulary->line_changes = items;
    vocabulary->line_changes[vocabulary->line_change_count++] =
        (struct line_change){line, vocabulary->lines[line].unit};
    vocabulary->lines[line].unit = unit;
}

void
vocabulary_forget_changes(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->change_count; i++) {
        vocabulary->metrics[vocabulary->changes[i].id].changed = false;
    }
    vocabulary->change_count = 0;
    vocabulary->line_change_count = 0;
}

static void
restore_lines(struct vocabulary *vocabulary)
{
    while (vocabulary->line_change_count) {
        const struct line_change *change =
            &vocabulary->line_changes[--vocabulary->line_change_count];
        vocabulary->lines[change->id].unit = change->before;
    }
}

static void
restore_metrics(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->change_count; i++) {
        const struct metric_change *change = &vocabulary->changes[i];
        bool unit_changed =
            vocabulary->metrics[change->id].unit != change->before.unit;
        vocabulary->metrics[change->id] = change->before;
        for (size_t line = 1; unit_changed && line < vocabulary->line_count;
             line++) {
            if (vocabulary->lines[line].metric == change->id) {
                vocabulary->lines[line].unit = change->before.unit;
            }
        }
    }
    vocabulary->change_count = 0;
}

struct vocabulary_mark
vocabulary_mark(const struct vocabulary *vocabulary)
{
    struct vocabulary_mark mark = {
        .units = vocabulary->units.count,
        .parts = vocabulary->part_count,
        .lines = vocabulary->line_count,
        .line_members = vocabulary->line_member_count,
    };
    for (int class = 0; class < CLASS_COUNT; class ++) {
        mark.counts[class] = vocabulary->classes[class].count;
    }
    return mark;
}

void
vocabulary_truncate(struct vocabulary *vocabulary,
                    const struct vocabulary_mark *mark)
{
    restore_lines(vocabulary);
    restore_metrics(vocabulary);
    for (int class = 0; class < CLASS_COUNT; class ++) {
        struct entries *entries = &vocabulary->classes[class];
        if (entries->count == mark->counts[class]) {
            continue;
        }
        entries->count = mark->counts[class];
        index_clear(&vocabulary->names[class]);
        for (uint32_t id = 1; id < entries->count; id++) {
            if (entries->items[id].name == 0) {
                continue; /* in the file, not read yet */
            }
            index_put(&vocabulary->names[class],
                      name_key((enum name_class) class, &entries->items[id]),
                      id);
        }
    }
    units_truncate(&vocabulary->units, mark->units);
    vocabulary->part_count = mark->parts;
    vocabulary->line_member_count = mark->line_members;
    if (vocabulary->line_count != mark->lines) {
        vocabulary->line_count = mark->lines;
        index_clear(&vocabulary->line_index);
        for (uint32_t line = 1; line < vocabulary->line_count; line++) {
            if (vocabulary->lines[line].metric) {
                index_line(vocabulary, line);
            }
        }
    }
}

int
metric_dimension(const struct metric *metric, uint32_t dimension)
{
    for (int i = 0; i < metric->dimension_count; i++) {
        if (metric->dimensions[i] == dimension) {
            return i;
        }
    }
    return -1;
}

struct calendar
vocabulary_calendar(const struct vocabulary *vocabulary, uint32_t calendar)
{
    const struct entry *entry =
        vocabulary_entry(vocabulary, CLASS_CALENDAR, calendar);
    if (calendar == 0) {
        return calendar_plain;
    }
    return (struct calendar){(uint8_t)(entry->link / 100),
                             (uint8_t)(entry->link % 100), entry->flag};
}

const char *name_class_text(enum name_class class)
{
    static const char *const texts[CLASS_COUNT] = {
        "kind",  "metric", "dimension", "member",
        "actor", "source", "calendar",  "definition"};
    return texts[class];
}

const char *
aggregation_text(enum aggregation aggregation)
{
    static const char *const texts[] = {"", "flow", "stock", "rate", "index"};
    return texts[aggregation];
}
