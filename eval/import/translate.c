/* What a cell means: a name of the language, a period, a date, a unit.  A text
 * that was seen before costs one look into a table. */
#include "eval/import/import.h"

#include "base/utf8.h"
#include "parser/print.h"

#include <stdlib.h>

enum { CACHE_FIRST = 256 };

struct slice
cell_trim(struct slice cell)
{
    while (cell.len && (cell.at[0] == ' ' || cell.at[0] == '\t')) {
        cell = (struct slice){cell.at + 1, cell.len - 1};
    }
    while (cell.len &&
           (cell.at[cell.len - 1] == ' ' || cell.at[cell.len - 1] == '\t')) {
        cell.len--;
    }
    return cell;
}

/* The table of a column ----------------------------------------------------- */

void
cache_free(struct cache *cache)
{
    free(cache->slots);
}

static struct cache_slot *
find_slot(const struct cache *cache, uint64_t hash, struct slice cell)
{
    size_t at = (size_t)hash & cache->mask;
    while (cache->slots[at].hash &&
           (cache->slots[at].hash != hash || cache->slots[at].len != cell.len ||
            memcmp(cache->slots[at].at, cell.at, cell.len) != 0)) {
        at = (at + 1) & cache->mask;
    }
    return &cache->slots[at];
}

static void
grow(struct cache *cache)
{
    struct cache grown = {.mask = cache->slots ? cache->mask * 2 + 1
                                               : CACHE_FIRST - 1};
    size_t bytes = (grown.mask + 1) * sizeof *grown.slots;
    grown.slots = memory_alloc(bytes);
    memset(grown.slots, 0, bytes);
    for (size_t i = 0; cache->slots && i <= cache->mask; i++) {
        const struct cache_slot *slot = &cache->slots[i];
        if (slot->hash) {
            *find_slot(&grown, slot->hash,
                       (struct slice){slot->at, slot->len}) = *slot;
        }
    }
    grown.count = cache->count;
    free(cache->slots);
    *cache = grown;
}

static const struct meaning *
remember(struct import *import, struct cache *cache, uint64_t hash,
         struct slice cell, const struct meaning *meaning)
{
    if (!cache->slots || cache->count * 2 > cache->mask) {
        grow(cache);
    }
    struct cache_slot *slot = find_slot(cache, hash, cell);
    *slot = (struct cache_slot){
        .hash = hash,
        .at = arena_copy(&import->arena, cell.at, cell.len),
        .len = cell.len,
        .meaning = *meaning,
    };
    cache->count++;
    cache->last = slot;
    return &slot->meaning;
}

/* Names --------------------------------------------------------------------- */

static const struct {
    enum name_class class;
    enum diagnostic_code code;
    const char *what;
} name_fields[FIELD_DIMENSION] = {
    [FIELD_KIND] = {CLASS_KIND, DIAGNOSTIC_UNKNOWN_KIND, "kind"},
    [FIELD_METRIC] = {CLASS_METRIC, DIAGNOSTIC_UNKNOWN_METRIC, "metric"},
    [FIELD_ACTOR] = {CLASS_ACTOR, DIAGNOSTIC_UNKNOWN_ACTOR, "actor"},
    [FIELD_SOURCE] = {CLASS_SOURCE, DIAGNOSTIC_UNKNOWN_SOURCE, "source"},
};

/* A metric that is seen for the first time takes its frequency and dimensions
 * from its first row, and its unit too when there is one. */
static void
declare_metric(struct import *import, uint32_t id)
{
    struct metric metric = {.frequency = (uint8_t)import->row[FIELD_PERIOD].id,
                            .unit_open = UNIT_OPEN_FACTS,
                            .dirty = true};
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].field == FIELD_DIMENSION &&
            metric.dimension_count < DIMENSIONS_MAX) {
            metric.dimensions[metric.dimension_count++] =
                import->items[i].dimension;
        }
    }
    *vocabulary_metric(import->session->vocabulary, id) = metric;
}

/* What a statement could not declare, a file cannot either.  Codes of members
 * may hold anything: they can be written as texts. */
static bool
may_declare(struct import *import, enum name_class class,
            const struct node *name)
{
    struct session *session = import->session;
    if (class == CLASS_MEMBER) {
        return true;
    }
    if (!print_can_quote(atoms_text(&session->atoms, name->value.name))) {
        return scope_fail(session, name, DIAGNOSTIC_BAD_CELL,
                          "a name holds no backquotes and no line breaks",
                          NULL);
    }
    return scope_may_declare(session, name, name_class_text(class),
                             class == CLASS_METRIC);
}

static uint32_t
declare(struct import *import, struct mapped *mapped, const struct node *name)
{
    struct session *session = import->session;
    enum name_class class = mapped->field == FIELD_DIMENSION
                                ? CLASS_MEMBER
                                : name_fields[mapped->field].class;
    struct entry entry = {.name = name->value.name,
                          .link =
                              class == CLASS_MEMBER ? mapped->dimension : 0};
    if (!may_declare(import, class, name)) {
        return 0;
    }
    uint32_t id = vocabulary_add(session->vocabulary, class, &entry);
    if (class == CLASS_METRIC) {
        declare_metric(import, id);
    }
    mapped->declared++;
    return id;
}

static uint32_t
find_name(struct import *import, const struct mapped *mapped, atom name)
{
    struct session *session = import->session;
    if (mapped->field != FIELD_DIMENSION) {
        return scope_find(session, name_fields[mapped->field].class, name);
    }
    uint32_t id =
        vocabulary_find_member(session->vocabulary, mapped->dimension, name);
    bool total = slice_is(atoms_text(&session->atoms, name), "total");
    return !id && total ? UINT32_MAX : id;
}

/* What the statement's table of codes makes of a text; 0: nothing. */
static const struct node *
find_code(const struct mapped *mapped, atom text)
{
    for (const struct node *code = mapped->codes; code; code = code->next) {
        if (code->kid[0]->value.name == text) {
            return code->kid[1];
        }
    }
    return NULL;
}

static void
report_unknown(struct import *import, const struct mapped *mapped,
               const struct node *name)
{
    struct session *session = import->session;
    if (mapped->field == FIELD_DIMENSION) {
        scope_member(session, mapped->dimension, name);
    } else {
        scope_unknown(session, name_fields[mapped->field].code,
                      name_fields[mapped->field].class,
                      name_fields[mapped->field].what, name);
    }
}

static bool
name_meaning(struct import *import, struct mapped *mapped, struct slice cell,
             struct meaning *meaning)
{
    struct session *session = import->session;
    struct node name = {.kind = NODE_NAME, .span = mapped->node->span};
    struct slice text = utf8_normalize(&import->arena, cell);
    atom exact = atoms_intern(&session->atoms, text);
    const struct node *code = find_code(mapped, exact);
    if (!code) {
        code =
            find_code(mapped, atoms_intern(&session->atoms, cell_trim(text)));
    }
    if (code) {
        name = *code;
        name.next = NULL;
    } else {
        name.value.name = exact;
        meaning->id = text.len ? find_name(import, mapped, exact) : 0;
        if (!meaning->id && cell_trim(text).len == 0) {
            return true; /* nothing is said */
        }
        if (!meaning->id) {
            name.value.name = atoms_intern(&session->atoms, cell_trim(text));
        }
    }
    if (!meaning->id) {
        meaning->id = find_name(import, mapped, name.value.name);
    }
    if (!meaning->id && mapped->declares) {
        meaning->id = declare(import, mapped, &name);
    } else if (!meaning->id) {
        report_unknown(import, mapped, &name);
    }
    if (meaning->id && mapped->field == FIELD_METRIC &&
        !store_load_lines(session->store, meaning->id)) {
        return false;
    }
    bool found = meaning->id != 0;
    meaning->id = meaning->id == UINT32_MAX ? 0 : meaning->id;
    return found;
}

/* Periods, dates, units ------------------------------------------------------ */

static bool
fail(struct import *import, const struct mapped *mapped, const char *message,
     const char *help)
{
    return scope_fail(import->session, mapped->node, DIAGNOSTIC_BAD_CELL,
                      message, help);
}

/* 2023.0 and the like stand for years where a program wrote them. */
static bool
read_period(struct slice text, struct period *period, bool *fiscal)
{
    if (period_parse(text, period, fiscal)) {
        return true;
    }
    if (text.len == 4) {
        return false;
    }
    bool year = text.len > 5 && text.at[4] == '.' &&
                strspn(text.at + 5, "0") >= text.len - 5;
    bool time = text.len > 11 && (text.at[10] == 'T' || text.at[10] == ' ');
    struct slice start = {text.at, year ? 4 : 10};
    return (year || time) && period_parse(start, period, fiscal);
}

static bool
period_meaning(struct import *import, const struct mapped *mapped,
               struct slice cell, struct meaning *meaning)
{
    struct period period;
    struct slice text = cell_trim(cell);
    if (text.len == 0) {
        return true; /* frequency ONCE: no period */
    }
    if (!read_period(text, &period, &meaning->fiscal)) {
        struct buffer message = {0};
        buffer_format(&message, "`%.*s` is no period", (int)text.len, text.at);
        fail(import, mapped, message.text,
             "a period is written as 2023, 2023-Q3, 2023-10, 2023-W40 or "
             "2023-10-05");
        buffer_free(&message);
        return false;
    }
    meaning->id = (uint32_t)period.frequency;
    meaning->extra = period.ordinal;
    return true;
}

/* Where a date is wanted, a longer period is its last day. */
static bool
date_meaning(struct import *import, const struct mapped *mapped,
             struct slice cell, struct meaning *meaning)
{
    struct period period;
    bool fiscal = false;
    struct slice text = cell_trim(cell);
    bool before = text.len > 2 && text.at[0] == '.' && text.at[1] == '.';
    if (before) {
        text = (struct slice){text.at + 2, text.len - 2};
    }
    if (text.len == 0) {
        return true;
    }
    if (!read_period(text, &period, &fiscal) || fiscal) {
        struct buffer message = {0};
        buffer_format(&message, "`%.*s` is no date", (int)text.len, text.at);
        fail(import, mapped, message.text, "a date is written as 2023-10-05");
        buffer_free(&message);
        return false;
    }
    /* Said before a day is said up to the day before it. */
    meaning->id = before;
    meaning->extra = before ? period_first_day(period, &calendar_plain) - 1
                            : period_last_day(period, &calendar_plain);
    return true;
}

static bool
unit_node(struct import *import, const struct node *node,
          struct meaning *meaning)
{
    struct type type;
    double factor;
    if (!value_unit(import->session, node, &type, &factor)) {
        return false;
    }
    meaning->id = type.unit;
    meaning->extra = type.scale > 0 ? type.scale : -1;
    return true;
}

static bool
unit_meaning(struct import *import, const struct mapped *mapped,
             struct slice cell, struct meaning *meaning)
{
    struct session *session = import->session;
    struct slice text = cell_trim(cell);
    struct slice word = text;
    meaning->extra = -1;
    if (text.len == 0) {
        meaning->id = UINT32_MAX; /* none is said: the metric's */
        return true;
    }
    unit_id unit = scope_find_unit(
        session,
        atoms_intern(&session->atoms, utf8_normalize(&import->arena, text)));
    if (unit == INDEX_NONE) {
        unit = units_find_symbol(&session->vocabulary->units,
                                 atoms_find(&session->atoms, text));
    }
    if (unit != INDEX_NONE) {
        meaning->id = unit;
        return true;
    }
    /* Anything else is parsed as the language has it: B USD, USD / person. */
    size_t sources = session->sources.count;
    struct source *source = sources_add(&session->sources, "a unit", word);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    bool found = statement && statement->kind == NODE_ANSWER &&
                 unit_node(import, statement->kid[0], meaning);
    if (source && session->sources.count == sources + 1) {
        sources_drop_last(&session->sources);
    }
    if (!found) {
        struct buffer message = {0};
        struct slice shown = cell_trim(cell);
        buffer_format(&message, "no unit named `%.*s`", (int)shown.len,
                      shown.at);
        fail(import, mapped, message.text,
             "units stand in: list units; one of your own is declared with: "
             "unit NAME \"...\"");
        buffer_free(&message);
    }
    return found;
}

static bool
resolve(struct import *import, struct mapped *mapped, struct slice cell,
        struct meaning *meaning)
{
    switch (mapped->field) {
    case FIELD_PERIOD:
        return period_meaning(import, mapped, cell, meaning);
    case FIELD_ON:
        return date_meaning(import, mapped, cell, meaning);
    case FIELD_UNIT:
        return unit_meaning(import, mapped, cell, meaning);
    case FIELD_KIND:
    case FIELD_METRIC:
    case FIELD_ACTOR:
    case FIELD_SOURCE:
    case FIELD_DIMENSION:
        return name_meaning(import, mapped, cell, meaning);
    case FIELD_CONDITION:
    case FIELD_NOTE:
    case FIELD_URL:
    case FIELD_CONTEXT:
    case FIELD_VALUE:
    case FIELD_NAME:
    case FIELD_TITLE:
    case FIELD_COUNT:
        break;
    }
    return false;
}

const struct meaning *
translate(struct import *import, struct mapped *mapped, size_t column,
          struct slice cell)
{
    struct cache *cache = &mapped->cache;
    const struct cache_slot *last = cache->last;
    if (last && last->len == cell.len &&
        memcmp(last->at, cell.at, cell.len) == 0) {
        return &last->meaning;
    }
    uint64_t hash = hash_bytes(cell.at, cell.len) | 1;
    if (cache->slots) {
        const struct cache_slot *slot = find_slot(cache, hash, cell);
        if (slot->hash) {
            cache->last = slot;
            return &slot->meaning;
        }
    }
    struct meaning meaning = {.known = true};
    size_t messages = import->session->diagnostics->count;
    if (!resolve(import, mapped, cell, &meaning)) {
        cell_mistake_from(import, column, messages);
        return NULL;
    }
    /* Messages that came with a meaning are kept. */
    return remember(import, cache, hash, cell, &meaning);
}

/* Constants ------------------------------------------------------------------ */

/* The one name of a node that is a bare name; NULL for others. */
static const struct node *
bare_name(const struct node *node)
{
    bool bare = node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
                !node->kid[1] && !node->kid[3];
    return node->kind == NODE_NAME ? node : bare ? node->kid[2] : NULL;
}

bool
translate_constant(struct import *import, struct mapped *mapped,
                   const struct node *node)
{
    struct session *session = import->session;
    struct meaning *meaning = &mapped->constant;
    struct period period;
    bool before = false;
    day_number day;
    const struct node *name = bare_name(node);
    *meaning = (struct meaning){.known = true, .extra = -1};
    switch (mapped->field) {
    case FIELD_PERIOD:
        if (!value_period(session, node, &period, &meaning->fiscal)) {
            return false;
        }
        meaning->id = (uint32_t)period.frequency;
        meaning->extra = period.ordinal;
        return true;
    case FIELD_ON:
        if (!value_date(session, node, &day, &before)) {
            return false;
        }
        meaning->id = before;
        meaning->extra = day;
        return true;
    case FIELD_UNIT:
        return unit_node(import, node, meaning);
    case FIELD_KIND:
    case FIELD_METRIC:
    case FIELD_ACTOR:
    case FIELD_SOURCE:
    case FIELD_DIMENSION:
        break;
    case FIELD_CONDITION:
    case FIELD_NOTE:
    case FIELD_URL:
    case FIELD_CONTEXT:
        mapped->text =
            node->kind == NODE_TEXT ? scope_text(session, node) : NULL;
        return mapped->text ||
               scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                          "a column or a text in quotes is wanted here", NULL);
    case FIELD_VALUE:
    case FIELD_NAME:
    case FIELD_TITLE:
    case FIELD_COUNT:
        return scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                          "this is no column of the file", NULL);
    }
    struct node own = {.kind = NODE_NAME, .span = node->span};
    if (node->kind == NODE_TEXT) {
        const char *text = scope_text(session, node);
        own.value.name = atoms_intern(
            &session->atoms,
            utf8_normalize(&import->arena, slice_of(text ? text : "")));
    } else if (node->kind == NODE_NUMBER) {
        own.value.name = atoms_intern(
            &session->atoms, sources_text(&session->sources, node->span));
    } else if (name) {
        own.value.name = name->value.name;
    } else {
        return scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                          "a column or a name is wanted here", NULL);
    }
    meaning->id = find_name(import, mapped, own.value.name);
    if (!meaning->id && mapped->declares) {
        meaning->id = declare(import, mapped, &own);
    } else if (!meaning->id) {
        report_unknown(import, mapped, &own);
    }
    bool found = meaning->id != 0;
    if (found && mapped->field == FIELD_METRIC) {
        found = store_load_lines(session->store, meaning->id);
    }
    meaning->id = meaning->id == UINT32_MAX ? 0 : meaning->id;
    return found;
}
