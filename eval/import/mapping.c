/* Which column stands for what: from the statement and the header. */
#include "eval/import/sdmx_import.h"

#include "base/suggest.h"
#include "base/utf8.h"

static const struct {
    const char *word;
    enum field field;
} words[] = {
    {"period", FIELD_PERIOD},
    {"kind", FIELD_KIND},
    {"metric", FIELD_METRIC},
    {"unit", FIELD_UNIT},
    {"on", FIELD_ON},
    {"actor", FIELD_ACTOR},
    {"source", FIELD_SOURCE},
    {"condition", FIELD_CONDITION},
    {"note", FIELD_NOTE},
    {"url", FIELD_URL},
    {"context", FIELD_CONTEXT},
    {"retracted", FIELD_RETRACTED},
    {"missing", FIELD_MISSING},
    {"value", FIELD_VALUE},
    {"name", FIELD_NAME},
    {"title", FIELD_TITLE},
    /* by other words */
    {"year", FIELD_PERIOD},
    {"by", FIELD_ACTOR},
    {"vintage", FIELD_ON},
    {"code", FIELD_NAME},
};

enum { WORD_COUNT = sizeof words / sizeof *words };

enum field
field_find(struct slice word)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (slice_is(word, words[i].word)) {
            return words[i].field;
        }
    }
    return FIELD_COUNT;
}

const char *
field_word(enum field field)
{
    size_t i = 0;
    while (words[i].field != field) {
        i++;
    }
    return words[i].word;
}

bool
mapping_fail(struct import *import, const struct node *node,
             const char *message, const char *help)
{
    return scope_fail(import->session, node, DIAGNOSTIC_BAD_MAPPING, message,
                      help);
}

static bool
read_header(struct import *import)
{
    struct csv *csv = &import->csv;
    const struct node *path = import->statement->kid[0];
    enum csv_status status = csv_next(csv);
    if (import->wide || import->members_of) {
        status = preamble_skip(csv, status, &import->published);
    }
    if (status == CSV_END) {
        return mapping_fail(import, path, "this file is empty",
                            "its first line is to name the columns");
    }
    if (status == CSV_FAILED) {
        diagnostics_add(import->session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_CANNOT_READ, path->span,
                        "cannot read %s: %s", import->path, csv_reason(csv));
        return false;
    }
    if (status == CSV_BAD) {
        return record_mistake(import);
    }
    import->header_count = csv->count;
    import->header = arena_array(&import->arena, struct slice, csv->count);
    for (size_t i = 0; i < csv->count; i++) {
        struct slice cell = cell_trim(csv->cells[i]);
        struct slice own = {arena_copy(&import->arena, cell.at, cell.len),
                            cell.len};
        import->header[i] = utf8_normalize(&import->arena, own);
    }
    return true;
}

static void
said_twice(struct import *import, const struct node *node,
           const struct mapped *mapped)
{
    const char *what = mapped->field == FIELD_DIMENSION
                           ? vocabulary_name(import->session->vocabulary,
                                             CLASS_DIMENSION, mapped->dimension)
                                 .at
                           : field_word(mapped->field);
    struct diagnostic *record = diagnostics_add(
        import->session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
        node->span, "the %s of a fact is said twice", what);
    diagnostics_relate(import->session->diagnostics, record, mapped->node->span,
                       "here already");
}

struct mapped *
mapping_add(struct import *import, const struct node *node, enum field field,
            uint32_t dimension)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *other = &import->items[i];
        if (other->field == field && other->dimension == dimension) {
            said_twice(import, node, other);
            return NULL;
        }
    }
    if (import->count == MAPPED_MAX) {
        mapping_fail(import, node, "too many columns are mapped", NULL);
        return NULL;
    }
    struct mapped *added = &import->items[import->count++];
    const struct vocabulary *vocabulary = import->session->vocabulary;
    *added = (struct mapped){
        .field = field,
        .dimension = dimension,
        .node = node,
        .column = SIZE_MAX,
        .known = vocabulary->classes[CLASS_MEMBER].count,
    };
    return added;
}

static bool
report_key(struct session *session, const struct node *key, struct slice word)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING, key->span,
        "`%s` is nothing that a fact has", word.at);
    struct suggestion suggestion;
    suggestion_init(&suggestion, word);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        suggestion_offer(&suggestion, slice_of(words[i].word));
    }
    const struct entries *dimensions =
        &session->vocabulary->classes[CLASS_DIMENSION];
    for (uint32_t id = 1; id < dimensions->count; id++) {
        suggestion_offer(&suggestion, atoms_text(&session->atoms,
                                                 dimensions->items[id].name));
    }
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    } else {
        diagnostics_help(session->diagnostics, record,
                         "it has kind, period, metric, value, unit, on, actor, "
                         "source, note, url, condition, missing, and the "
                         "dimensions that are declared");
    }
    return false;
}

/* What the key of a mapping stands for: a word of the language or a
 * dimension. */
static bool
find_key(struct import *import, const struct node *key, enum field *field,
         uint32_t *dimension)
{
    struct session *session = import->session;
    struct slice word = atoms_text(&session->atoms, key->value.name);
    *dimension = 0;
    *field = field_find(word);
    bool of_members = *field == FIELD_NAME || *field == FIELD_TITLE;
    if (*field != FIELD_COUNT && of_members == (import->members_of != 0)) {
        return true;
    }
    if (import->members_of) {
        return mapping_fail(import, key, "members have a name and a title",
                            "import \"areas.csv\" as members of country (name "
                            "= code, title = area)");
    }
    *field = FIELD_DIMENSION;
    *dimension = scope_find(session, CLASS_DIMENSION, key->value.name);
    if (*dimension) {
        return store_load_members(session->store, *dimension);
    }
    return report_key(session, key, word);
}

struct slice
mapping_column_name(struct import *import, const struct node *node)
{
    struct session *session = import->session;
    bool bare = node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
                !node->kid[1] && !node->kid[3];
    if (node->kind == NODE_NAME || bare) {
        const struct node *name = bare ? node->kid[2] : node;
        return atoms_text(&session->atoms, name->value.name);
    }
    if (node->kind == NODE_TEXT) {
        const char *text = scope_text(session, node);
        return slice_of(text ? text : "");
    }
    return SLICE("");
}

static bool
is_text(enum field field)
{
    return field >= FIELD_CONDITION;
}

/* `value = round(usd_mn, 3)`: the figures have so many digits behind the
 * point, whatever the file shows: programs leave out zeros at the end, or add
 * digits of their own.  -6: whole millions. */
static bool
take_rounding(struct import *import, struct mapped *mapped,
              const struct node **value)
{
    const struct node *call = *value;
    struct slice name =
        atoms_text(&import->session->atoms, call->kid[0]->value.name);
    const struct node *places =
        node_count(call->kid[1]) == 2 ? call->kid[1]->next : NULL;
    bool negative =
        places && places->kind == NODE_UNARY && places->op == OP_NEGATE;
    places = negative ? places->kid[0] : places;
    bool whole = places && places->kind == NODE_NUMBER &&
                 places->value.flags & LITERAL_INTEGER &&
                 places->value.exponent == 0 &&
                 places->value.coefficient < DECIMAL_DIGITS;
    if (!slice_is(name, "round") || mapped->field != FIELD_VALUE || !whole) {
        return mapping_fail(import, call,
                            "a column or a constant is wanted here",
                            "values can be rounded: value = round(usd_mn, 3)");
    }
    mapped->round = call;
    mapped->places = (int)(negative ? -places->value.coefficient
                                    : places->value.coefficient);
    *value = call->kid[1];
    return true;
}

static bool
take_codes(struct import *import, struct mapped *mapped, const struct node *map)
{
    size_t others = 0;
    mapped->codes = map->kid_count > 3 ? map->kid[3] : NULL;
    mapped->declares = map->op == OP_NEW;
    for (const struct node *code = mapped->codes; code; code = code->next) {
        mapped->skips = mapped->skips || import_skips(import, code->kid[1]);
        others += !code->kid[0];
        if (others > 1) {
            return mapping_fail(import, code, "there is an `else` already",
                                NULL);
        }
    }
    return true;
}

/* May the field be translated by codes, or its names be declared? */
static bool
check_extras(struct import *import, const struct mapped *mapped,
             const struct node *map)
{
    enum field field = mapped->field;
    bool named = field == FIELD_KIND || field == FIELD_METRIC ||
                 field == FIELD_ACTOR || field == FIELD_SOURCE ||
                 field == FIELD_DIMENSION;
    if (mapped->declares && (!named || field == FIELD_KIND)) {
        return mapping_fail(import, map,
                            "`new` is for members, metrics, actors and sources",
                            NULL);
    }
    if (mapped->codes && field == FIELD_VALUE) {
        return value_check_marks(import, mapped);
    }
    return named || !mapped->codes || field == FIELD_UNIT ||
           mapping_fail(import, map,
                        "only names, units and marks for a missing value can "
                        "be translated",
                        NULL);
}

/* Not a column: a constant, unless it is more likely one that is misspelt. */
static bool
take_constant(struct import *import, struct mapped *mapped,
              const struct node *value, struct slice name)
{
    struct diagnostics *list = import->session->diagnostics;
    size_t messages = list->count;
    bool column = mapped->declares || mapped->codes ||
                  (is_text(mapped->field) && value->kind != NODE_TEXT);
    if (!column && translate_constant(import, mapped, value)) {
        return true;
    }
    if (column || (value->kind == NODE_FIGURE && name.len)) {
        diagnostics_truncate(list, messages);
        return column_missing(import, mapped, value, name);
    }
    return false;
}

static bool
add_map(struct import *import, const struct node *map)
{
    enum field field;
    uint32_t dimension;
    bool failed = false;
    bool filter = false;
    if (import->sdmx && !sdmx_take_filter(import, map, &filter)) {
        return false;
    }
    if (filter) {
        return true;
    }
    const struct node *value = scope_parameter(import->session, map->kid[1]);
    if (!value || !find_key(import, map->kid[0], &field, &dimension)) {
        return false;
    }
    struct mapped *mapped = mapping_add(import, value, field, dimension);
    if (!mapped ||
        (value->kind == NODE_CALL && !take_rounding(import, mapped, &value))) {
        return false;
    }
    struct slice name = mapping_column_name(import, value);
    if (!take_codes(import, mapped, map) ||
        !check_extras(import, mapped, map)) {
        return false;
    }
    mapped->column = column_find(import, name, value, &failed);
    if (import->wide && field == FIELD_VALUE && !failed &&
        mapped->column == SIZE_MAX && slice_is(name, "value")) {
        return true; /* all that stands in the columns of periods */
    }
    return !failed && (mapped->column != SIZE_MAX ||
                       take_constant(import, mapped, value, name));
}

/* Without a mapping the header speaks the language itself ------------------ */

static bool
says_nothing(struct import *import, struct slice word)
{
    struct diagnostics *list = import->session->diagnostics;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
        import->statement->kid[0]->span,
        "nothing says what the column `%.*s` is", (int)word.len, word.at);
    diagnostics_help(list, record, "%s",
                     import->members_of
                         ? "say which column holds the names and which the "
                           "titles: (name = code, title = area)"
                         : "declare a dimension of that name, or say what the "
                           "columns are: (period = year, country = new iso3, "
                           "value = usd)");
    return false;
}

static bool
map_column(struct import *import, size_t column)
{
    struct session *session = import->session;
    struct slice word = import->header[column];
    bool quoted =
        word.len > 2 && word.at[0] == '`' && word.at[word.len - 1] == '`';
    if (quoted) { /* a dimension, even if it is called `value` */
        word = (struct slice){word.at + 1, word.len - 2};
    }
    enum field field = quoted ? FIELD_COUNT : field_find(word);
    bool of_members = field == FIELD_NAME || field == FIELD_TITLE;
    uint32_t dimension = 0;
    if (field == FIELD_COUNT || of_members != (import->members_of != 0)) {
        field = FIELD_DIMENSION;
        dimension = word.len && !import->members_of
                        ? scope_find(session, CLASS_DIMENSION,
                                     atoms_intern(&session->atoms, word))
                        : 0;
        if (!dimension || !store_load_members(session->store, dimension)) {
            return says_nothing(import, word);
        }
    }
    struct mapped *mapped =
        mapping_add(import, import->statement->kid[0], field, dimension);
    if (mapped) {
        mapped->column = column;
        mapped->declares = scope_declares(session) &&
                           (field == FIELD_METRIC || field == FIELD_ACTOR ||
                            field == FIELD_SOURCE);
    }
    return mapped != NULL;
}

static bool
map_header(struct import *import)
{
    size_t period = 0; /* columns of periods stand in their order */
    for (size_t i = 0; i < import->header_count; i++) {
        bool is_period = period < import->period_count &&
                         import->periods[period].column == i;
        period += is_period;
        if (!is_period && !map_column(import, i)) {
            return false;
        }
    }
    return true;
}

/* In the order of the fields: what a later one needs is known by then. */
static void
sort_items(struct import *import)
{
    for (size_t i = 1; i < import->count; i++) {
        struct mapped item = import->items[i];
        size_t at = i;
        while (at > 0 && import->items[at - 1].field > item.field) {
            import->items[at] = import->items[at - 1];
            at--;
        }
        import->items[at] = item;
    }
}

bool
import_map(struct import *import)
{
    const struct node *statement = import->statement;
    const struct node *as = statement->kid[1];
    const struct node *form = statement->kid[2];
    const struct node *mapping = statement->kid[3];
    bool sdmx = form && form->op == OP_SDMX;
    import->wide = form && !sdmx;
    if (as && as->kind == NODE_AS_MEMBERS) {
        import->members_of = scope_dimension(import->session, as->kid[0]);
        if (!import->members_of) {
            return false;
        }
    }
    if (sdmx && import->members_of) {
        return mapping_fail(import, form,
                            "members come from a file of another form",
                            "leave `sdmx` out");
    }
    if (!read_header(import) || (sdmx && !sdmx_open(import)) ||
        (import->wide && !mapping_find_periods(import)) ||
        (as && as->kind == NODE_FIGURE && !mapping_take_figure(import, as))) {
        return false;
    }
    for (const struct node *map = mapping ? mapping->kid[0] : NULL; map;
         map = map->next) {
        if (!add_map(import, map)) {
            return false;
        }
    }
    if (sdmx ? !sdmx_map(import) : !mapping && !map_header(import)) {
        return false;
    }
    sort_items(import);
    import->value = mapping_find(import, FIELD_VALUE);
    return mapping_check(import);
}
