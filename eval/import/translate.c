/* What a cell means: a name of the language, a period, a date, a unit.  A text
 * that was seen before costs one look into a table. */
#include "eval/import/sdmx_import.h"

#include "base/utf8.h"
#include "parser/print.h"

#include <stdlib.h>

enum { CACHE_FIRST = 256 };

/* The table of a column ---------------------------------------------------- */

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

/* Names -------------------------------------------------------------------- */

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
    const struct meaning *period =
        import->wide ? &import->periods[0].period : &import->row[FIELD_PERIOD];
    struct metric metric = {.frequency = (uint8_t)period->id,
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

uint32_t
name_declare(struct import *import, struct mapped *mapped,
             const struct node *name)
{
    struct session *session = import->session;
    enum name_class class = mapped->field == FIELD_DIMENSION
                                ? CLASS_MEMBER
                                : name_fields[mapped->field].class;
    struct entry entry = {
        .name = name->value.name,
        .link = class == CLASS_MEMBER ? mapped->dimension : 0,
        .title = import->sdmx ? sdmx_title(import, mapped->column) : NULL};
    struct slice text = atoms_text(&session->atoms, name->value.name);
    bool titled = entry.title && strlen(entry.title) > LITERAL_TEXT_BYTES;
    if (text.len > LITERAL_NAME_BYTES || titled) {
        struct buffer message = {0};
        buffer_format(
            &message, "a %s of %zu bytes, where at most %d can be kept",
            titled ? "title" : "name", titled ? strlen(entry.title) : text.len,
            titled ? LITERAL_TEXT_BYTES : LITERAL_NAME_BYTES);
        scope_fail(session, name, DIAGNOSTIC_BAD_CELL, message.text, NULL);
        buffer_free(&message);
        return 0;
    }
    if (class != CLASS_MEMBER && !cell_can_name(text)) {
        scope_fail(session, name, DIAGNOSTIC_BAD_CELL,
                   "a name cannot hold a backquote or a control character",
                   NULL);
        return 0;
    }
    if (class != CLASS_MEMBER &&
        !scope_may_declare(session, name, name_class_text(class),
                           class == CLASS_METRIC)) {
        return 0;
    }
    uint32_t id = vocabulary_add(session->vocabulary, class, &entry);
    if (class == CLASS_METRIC) {
        declare_metric(import, id);
    }
    mapped->declared++;
    return id;
}

/* The code that SDMX has for what does not apply. */
static bool
is_none(struct slice text)
{
    return slice_is(text, "_Z");
}

uint32_t
name_find(struct import *import, const struct mapped *mapped, atom name)
{
    struct session *session = import->session;
    if (mapped->field != FIELD_DIMENSION) {
        return scope_find(session, name_fields[mapped->field].class, name);
    }
    uint32_t id =
        vocabulary_find_member(session->vocabulary, mapped->dimension, name);
    struct slice text = atoms_text(&session->atoms, name);
    bool total = slice_is(text, "total") ||
                 (import->sdmx && (slice_is(text, "_T") || is_none(text)));
    return !id && total ? UINT32_MAX : id;
}

/* What the statement's table of codes makes of a text; NULL: nothing. */
static const struct node *
find_code(const struct mapped *mapped, atom text)
{
    for (const struct node *code = mapped->codes; code; code = code->next) {
        if (code->kid[0] && code->kid[0]->value.name == text) {
            return code->kid[1];
        }
    }
    return NULL;
}

/* What it makes of all others. */
static const struct node *
find_else(const struct mapped *mapped)
{
    const struct node *code = mapped->codes;
    while (code && code->kid[0]) {
        code = code->next;
    }
    return code ? code->kid[1] : NULL;
}

/* What would do for a text that a column has and the language does not. */
static void
help_unknown(struct import *import, const struct mapped *mapped, size_t before)
{
    struct diagnostics *list = import->session->diagnostics;
    if (list->count == before || mapped->column == SIZE_MAX) {
        return;
    }
    struct diagnostic *record = list->items[before];
    if (mapped->field == FIELD_KIND) {
        diagnostics_help(list, record,
                         "say what the codes of the column stand for: "
                         "{A: actual, F: forecast}");
    } else {
        struct buffer help = {0};
        const struct slice header = import->header[mapped->column];
        buffer_add_text(&help, "to declare names as they come: ");
        buffer_add_text(
            &help, mapped->field == FIELD_DIMENSION
                       ? vocabulary_name(import->session->vocabulary,
                                         CLASS_DIMENSION, mapped->dimension)
                             .at
                       : field_word(mapped->field));
        buffer_add_text(&help, " = new ");
        print_name(&help, header);
        diagnostics_help(list, record, "%s", help.text);
        buffer_free(&help);
    }
}

void
name_report_unknown(struct import *import, const struct mapped *mapped,
                    const struct node *name)
{
    struct session *session = import->session;
    size_t before = session->diagnostics->count;
    if (mapped->field == FIELD_DIMENSION) {
        scope_member(session, mapped->dimension, name);
    } else {
        scope_unknown(session, name_fields[mapped->field].code,
                      name_fields[mapped->field].class,
                      name_fields[mapped->field].what, name);
    }
    help_unknown(import, mapped, before);
}

bool
import_skips(const struct import *import, const struct node *name)
{
    return slice_is(atoms_text(&import->session->atoms, name->value.name),
                    "skip");
}

/* TEXT as it stands, without blanks around it, or as any other. */
static const struct node *
code_of(struct import *import, const struct mapped *mapped, struct slice text)
{
    struct atoms *atoms = &import->session->atoms;
    const struct node *code = find_code(mapped, atoms_intern(atoms, text));
    if (!code) {
        code = find_code(mapped, atoms_intern(atoms, cell_trim(text)));
    }
    return code ? code : find_else(mapped);
}

const struct node *
translate_code(struct import *import, const struct mapped *mapped,
               struct slice cell)
{
    return code_of(import, mapped,
                   utf8_normalize(&import->session->scratch, cell));
}

bool
translate_skips(struct import *import, const struct mapped *mapped,
                struct slice cell)
{
    const struct node *code = translate_code(import, mapped, cell);
    return code && import_skips(import, code);
}

static bool
name_meaning(struct import *import, struct mapped *mapped, struct slice cell,
             struct meaning *meaning)
{
    struct session *session = import->session;
    struct node name = {.kind = NODE_NAME, .span = mapped->node->span};
    struct slice text = utf8_normalize(&import->arena, cell);
    atom exact = atoms_intern(&session->atoms, text);
    const struct node *code = code_of(import, mapped, text);
    if (code && import_skips(import, code)) {
        meaning->skip = true;
        return true;
    }
    if (code) {
        name = *code;
        name.next = NULL;
    } else {
        name.value.name = exact;
        meaning->id = text.len ? name_find(import, mapped, exact) : 0;
        bool none = cell_trim(text).len == 0 ||
                    (import->sdmx && is_none(cell_trim(text)));
        if (!meaning->id && none) {
            return true; /* nothing is said */
        }
        if (!meaning->id) {
            name.value.name = atoms_intern(&session->atoms, cell_trim(text));
        }
    }
    if (!meaning->id) {
        meaning->id = name_find(import, mapped, name.value.name);
    }
    if (!meaning->id && mapped->declares) {
        meaning->id = name_declare(import, mapped, &name);
    } else if (!meaning->id) {
        name_report_unknown(import, mapped, &name);
    }
    if (meaning->id && mapped->field == FIELD_METRIC &&
        !store_load_lines(session->store, meaning->id)) {
        return false;
    }
    bool found = meaning->id != 0;
    meaning->id = meaning->id == UINT32_MAX ? 0 : meaning->id;
    return found;
}

/* A period or a unit, where the form of the file has a say in them. */
static bool
formed_meaning(struct import *import, const struct mapped *mapped,
               struct slice cell, struct meaning *meaning)
{
    if (mapped->field == FIELD_PERIOD) {
        return import->sdmx ? sdmx_period_meaning(import, mapped, cell, meaning)
                            : period_meaning(import, mapped, cell, meaning);
    }
    const struct node *code =
        mapped->codes ? translate_code(import, mapped, cell) : NULL;
    if (code) {
        meaning->skip = import_skips(import, code);
        cell = atoms_text(&import->session->atoms, code->value.name);
    }
    return meaning->skip ||
           (import->sdmx ? sdmx_unit_meaning(import, mapped, cell, meaning)
                         : unit_meaning(import, mapped, cell, meaning));
}

static bool
resolve(struct import *import, struct mapped *mapped, struct slice cell,
        struct meaning *meaning)
{
    switch (mapped->field) {
    case FIELD_PERIOD:
    case FIELD_UNIT:
        return formed_meaning(import, mapped, cell, meaning);
    case FIELD_ON:
        return date_meaning(import, mapped, cell, meaning);
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
    case FIELD_RETRACTED:
    case FIELD_MISSING:
    case FIELD_VALUE:
    case FIELD_NAME:
    case FIELD_TITLE:
    case FIELD_COUNT:
        break;
    }
    return false;
}

static const struct meaning *
known_meaning(struct import *import, const struct cache_slot *slot)
{
    import->mistakes += !slot->meaning.known;
    return slot->meaning.known ? &slot->meaning : NULL;
}

const struct meaning *
translate(struct import *import, struct mapped *mapped, size_t column,
          struct slice cell)
{
    struct cache *cache = &mapped->cache;
    const struct cache_slot *last = cache->last;
    if (last && last->len == cell.len &&
        memcmp(last->at, cell.at, cell.len) == 0) {
        return known_meaning(import, last);
    }
    uint64_t hash = hash_bytes(cell.at, cell.len) | 1;
    if (cache->slots) {
        const struct cache_slot *slot = find_slot(cache, hash, cell);
        if (slot->hash) {
            cache->last = slot;
            return known_meaning(import, slot);
        }
    }
    struct meaning meaning = {.known = true};
    size_t messages = import->session->diagnostics->count;
    if (!resolve(import, mapped, cell, &meaning)) {
        cell_mistake_from(import, column, messages);
        if (!import->reject) { /* the same text is not reported again */
            meaning.known = false;
            remember(import, cache, hash, cell, &meaning);
        }
        return NULL;
    }
    /* Messages that came with a meaning are kept. */
    return remember(import, cache, hash, cell, &meaning);
}
