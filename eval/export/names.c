/* The names of a session: which of them are its own, and in which order they
 * can be declared. */
#include "eval/export/export.h"

#include "parser/print.h"

#include <assert.h>
#include <stdlib.h>

static const char *const words[EXPORT_CLASS_COUNT] = {
    "unit",   "kind",  "calendar", "dimension", "member",
    "metric", "actor", "source",   "define"};

static const enum name_class classes[EXPORT_CLASS_COUNT] = {
    [EXPORT_KIND] = CLASS_KIND,
    [EXPORT_CALENDAR] = CLASS_CALENDAR,
    [EXPORT_DIMENSION] = CLASS_DIMENSION,
    [EXPORT_MEMBER] = CLASS_MEMBER,
    [EXPORT_METRIC] = CLASS_METRIC,
    [EXPORT_ACTOR] = CLASS_ACTOR,
    [EXPORT_SOURCE] = CLASS_SOURCE,
    [EXPORT_DEFINITION] = CLASS_DEFINITION};

enum name_class export_name_class(enum export_class class)
{
    return classes[class];
}

/* Adds a name unless it is the library's. */
static void
add_name(struct export_names *names, struct export_library *library,
         enum export_class class, uint32_t id, struct slice text,
         struct slice owner)
{
    struct export_name added = {
        .class = class, .id = id, .text = text, .owner = owner};
    if (export_library_has(library, names, &added)) {
        return;
    }
    void *items = names->items;
    memory_grow(&items, &names->capacity, names->count + 1,
                sizeof *names->items);
    names->items = items;
    names->items[names->count++] = added;
}

static bool
is_builtin_unit(struct slice name)
{
    return slice_is(name, "%") || slice_is(name, "pp") || slice_is(name, "bp");
}

static void
list_units(struct export_names *names, struct export_library *library)
{
    struct session *session = names->session;
    const struct units *units = &session->vocabulary->units;
    for (unit_id id = 1; id < units->count; id++) {
        const struct unit *unit = &units->items[id];
        struct slice name = atoms_text(&session->atoms, unit->name);
        bool own = unit->name && unit->role != UNIT_FOLLOWS &&
                   !is_builtin_unit(name) && !export_unit_is_made(session, id);
        if (own) {
            add_name(names, library, EXPORT_UNIT, id, name, SLICE(""));
        }
    }
}

static void
list_class(struct export_names *names, struct export_library *library,
           enum export_class class)
{
    const struct vocabulary *vocabulary = names->session->vocabulary;
    const struct entries *entries = &vocabulary->classes[classes[class]];
    for (uint32_t id = 1; id < entries->count; id++) {
        atom name = entries->items[id].name;
        struct slice owner = class == EXPORT_MEMBER
                                 ? vocabulary_name(vocabulary, CLASS_DIMENSION,
                                                   entries->items[id].link)
                                 : SLICE("");
        if (name) { /* else it was taken back */
            add_name(names, library, class, id,
                     atoms_text(vocabulary->atoms, name), owner);
        }
    }
}

/* Groups ------------------------------------------------------------------- */

static int
compare_parts(const void *a, const void *b)
{
    const struct member_part *left = a;
    const struct member_part *right = b;
    return (left->group > right->group) - (left->group < right->group);
}

/* The parts of each group together, in the order in which it names them. */
static void
sort_parts(struct export_names *names)
{
    const struct vocabulary *vocabulary = names->session->vocabulary;
    names->part_count = vocabulary->part_count;
    names->parts = memory_alloc((names->part_count + 1) * sizeof *names->parts);
    bool sorted = true;
    for (size_t i = 0; i < names->part_count; i++) {
        names->parts[i] = vocabulary->parts[i];
        sorted = sorted && (i == 0 || compare_parts(&names->parts[i - 1],
                                                    &names->parts[i]) <= 0);
    }
    /* Each group is declared at once: they come sorted. */
    assert(sorted);
}

/* Groups are declared behind what they are made of, so that ids only rise. */
static void
find_levels(struct export_names *names, size_t first)
{
    const struct vocabulary *vocabulary = names->session->vocabulary;
    size_t count = vocabulary->classes[CLASS_MEMBER].count;
    uint32_t *levels = memory_alloc(count * sizeof *levels);
    memset(levels, 0, count * sizeof *levels);
    for (size_t i = 0; i < names->part_count; i++) {
        const struct member_part *part = &names->parts[i];
        uint32_t above = levels[part->part] + 1;
        levels[part->group] =
            above > levels[part->group] ? above : levels[part->group];
    }
    for (size_t i = first; i < names->count; i++) {
        names->items[i].level = levels[names->items[i].id];
    }
    free(levels);
}

/* Units and definitions ---------------------------------------------------- */

/* Every unit is written as so many of those that are made of no others. */
static void
find_unit_levels(struct export_names *names)
{
    const struct units *units = &names->session->vocabulary->units;
    for (size_t i = 0; i < names->count; i++) {
        struct export_name *name = &names->items[i];
        name->level = !units->items[name->id].is_base;
    }
}

/* Does NAME stand in TEXT, not as a part of a longer word? */
static bool
mentions(struct slice text, struct slice name)
{
    static const char inside[] = "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    for (size_t at = 0; at + name.len <= text.len; at++) {
        size_t end = at + name.len;
        bool begins = at == 0 || !strchr(inside, text.at[at - 1]);
        bool ends = end == text.len || !strchr(inside, text.at[end]);
        if (begins && ends && memcmp(text.at + at, name.at, name.len) == 0) {
            return true;
        }
    }
    return false;
}

/* A definition stands behind those that it speaks of, which came before it. */
static void
find_definition_levels(struct export_names *names, size_t first)
{
    const struct vocabulary *vocabulary = names->session->vocabulary;
    for (size_t i = first; i < names->count; i++) {
        struct export_name *name = &names->items[i];
        struct slice text = slice_of(
            vocabulary_entry(vocabulary, CLASS_DEFINITION, name->id)->text);
        for (size_t k = first; k < i; k++) {
            uint32_t above = names->items[k].level + 1;
            if (above > name->level && mentions(text, names->items[k].text)) {
                name->level = above;
            }
        }
    }
}

/* Listing ------------------------------------------------------------------ */

int
export_compare_names(const struct export_name *a, const struct export_name *b)
{
    if (a->class != b->class) {
        return a->class < b->class ? -1 : 1;
    }
    int order = slice_compare(a->owner, b->owner);
    return order ? order : slice_compare(a->text, b->text);
}

static int
compare_by_name(const void *a, const void *b)
{
    return export_compare_names(a, b);
}

/* In a text, what is made of others stands behind them. */
static int
compare_declared(const void *a, const void *b)
{
    const struct export_name *left = a;
    const struct export_name *right = b;
    int order = slice_compare(left->owner, right->owner);
    if (order == 0 && left->level != right->level) {
        return left->level < right->level ? -1 : 1;
    }
    return order ? order : export_compare_names(left, right);
}

static bool
load_members(struct session *session)
{
    size_t count = session->vocabulary->classes[CLASS_DIMENSION].count;
    bool loaded = true;
    for (uint32_t id = 1; id < count && loaded; id++) {
        loaded = store_load_members(session->store, id);
    }
    return loaded;
}

bool
export_names_list(struct export_names *names, struct session *session,
                  bool by_name)
{
    *names = (struct export_names){.session = session};
    if (!load_members(session)) {
        return false;
    }
    struct export_library *library = export_library_open(session);
    sort_parts(names);
    list_units(names, library);
    find_unit_levels(names);
    if (names->count && !by_name) {
        qsort(names->items, names->count, sizeof *names->items,
              compare_declared);
    }
    for (int class = EXPORT_KIND; class < EXPORT_CLASS_COUNT; class ++) {
        size_t first = names->count;
        list_class(names, library, (enum export_class) class);
        if (class == EXPORT_MEMBER) {
            find_levels(names, first);
        }
        if (class == EXPORT_DEFINITION) {
            find_definition_levels(names, first);
        }
        if (names->count > first && !by_name) {
            qsort(names->items + first, names->count - first,
                  sizeof *names->items, compare_declared);
        }
    }
    if (by_name && names->count) {
        qsort(names->items, names->count, sizeof *names->items,
              compare_by_name);
    }
    export_library_close(library);
    return true;
}

void
export_names_free(struct export_names *names)
{
    free(names->items);
    free(names->parts);
    arena_free(&names->arena);
}

const char *export_class_word(enum export_class class)
{
    return words[class];
}

void
export_print_title(const struct export_name *name, struct buffer *text)
{
    buffer_add_text(text, words[name->class]);
    buffer_add_char(text, ' ');
    if (name->class == EXPORT_MEMBER) {
        print_member(text, name->text);
        buffer_add_text(text, " of ");
        print_name(text, name->owner);
    } else {
        print_name(text, name->text);
    }
}
