/* Which column stands for what: from the statement and the header. */
#include "eval/import/import.h"

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

static bool
bad_mapping(struct import *import, const struct node *node, const char *message,
            const char *help)
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
    if (status == CSV_END) {
        return bad_mapping(import, path, "this file is empty",
                           "its first line is to name the columns");
    }
    if (status == CSV_FAILED) {
        diagnostics_add(import->session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_CANNOT_READ, path->span,
                        "cannot read %s: %s", import->path,
                        strerror(csv->error));
        return false;
    }
    if (status == CSV_BAD) { /* nothing can be set aside yet */
        const char *reject = import->session->options.reject;
        import->session->options.reject = NULL;
        cell_mistake(import, SIZE_MAX, NULL, "%s", csv->mistake);
        import->session->options.reject = reject;
        return false;
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

/* The column with that header; SIZE_MAX when there is none, or two, which is
 * reported at NODE. */
static size_t
find_column(struct import *import, struct slice name, const struct node *node,
            bool *failed)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < import->header_count; i++) {
        if (slice_equal(import->header[i], name)) {
            if (found != SIZE_MAX) {
                *failed = true;
                bad_mapping(import, node, "two columns have this name", NULL);
                return SIZE_MAX;
            }
            found = i;
        }
    }
    return found;
}

static bool
no_column(struct import *import, const struct node *node, struct slice name)
{
    struct session *session = import->session;
    struct suggestion suggestion;
    struct buffer help = {0};
    suggestion_init(&suggestion, name);
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
        node->span, "%s has no column `%.*s`", import->path, (int)name.len,
        name.at);
    for (size_t i = 0; i < import->header_count; i++) {
        suggestion_offer(&suggestion, import->header[i]);
        buffer_format(&help, "%s%.*s", i ? ", " : "its columns are ",
                      (int)import->header[i].len, import->header[i].at);
    }
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    } else if (help.len < 400) {
        diagnostics_help(session->diagnostics, record, "%s", help.text);
    }
    buffer_free(&help);
    return false;
}

static struct mapped *
add_mapped(struct import *import, const struct node *node, enum field field,
           uint32_t dimension)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *other = &import->items[i];
        if (other->field == field && other->dimension == dimension) {
            bad_mapping(import, node, "this is mapped twice", NULL);
            return NULL;
        }
    }
    if (import->count == MAPPED_MAX) {
        bad_mapping(import, node, "too many columns are mapped", NULL);
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
        return bad_mapping(import, key, "members have a name and a title",
                           "import \"areas.csv\" as members of country (name "
                           "= code, title = area)");
    }
    *field = FIELD_DIMENSION;
    *dimension = scope_find(session, CLASS_DIMENSION, key->value.name);
    if (*dimension) {
        return store_load_members(session->store, *dimension);
    }
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
                         "source, note, url, condition, and the dimensions "
                         "that are declared");
    }
    return false;
}

/* The name of a column as a node of the statement may write it. */
static struct slice
column_name(struct import *import, const struct node *node)
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

static bool
add_map(struct import *import, const struct node *map)
{
    enum field field;
    uint32_t dimension;
    bool failed = false;
    const struct node *value = scope_parameter(import->session, map->kid[1]);
    if (!value || !find_key(import, map->kid[0], &field, &dimension)) {
        return false;
    }
    struct mapped *mapped = add_mapped(import, value, field, dimension);
    if (!mapped) {
        return false;
    }
    struct slice name = column_name(import, value);
    mapped->codes = map->kid_count > 3 ? map->kid[3] : NULL;
    mapped->declares = map->op == OP_NEW;
    bool must = mapped->declares || mapped->codes;
    bool named = field == FIELD_KIND || field == FIELD_METRIC ||
                 field == FIELD_ACTOR || field == FIELD_SOURCE ||
                 field == FIELD_DIMENSION;
    if (must && (!named || (mapped->declares && field == FIELD_KIND))) {
        return bad_mapping(import, map,
                           mapped->declares
                               ? "`new` is for members, metrics, actors and "
                                 "sources"
                               : "only names can be translated",
                           NULL);
    }
    mapped->column = find_column(import, name, value, &failed);
    if (failed) {
        return false;
    }
    if (mapped->column == SIZE_MAX &&
        (must || (is_text(field) && value->kind != NODE_TEXT))) {
        return no_column(import, value, name);
    }
    if (mapped->column != SIZE_MAX) {
        return true;
    }
    bool word = value->kind == NODE_FIGURE && name.len;
    size_t errors = import->session->diagnostics->error_count;
    if (translate_constant(import, mapped, value)) {
        return true;
    }
    if (word) { /* more likely a column that is misspelt */
        diagnostics_truncate(
            import->session->diagnostics,
            import->session->diagnostics->count -
                (import->session->diagnostics->error_count - errors));
        return no_column(import, value, name);
    }
    return false;
}

/* Without a mapping the header speaks the language itself. */
static bool
map_header(struct import *import)
{
    struct session *session = import->session;
    const struct node *path = import->statement->kid[0];
    for (size_t i = 0; i < import->header_count; i++) {
        struct slice word = import->header[i];
        struct node key = {.kind = NODE_NAME, .span = path->span};
        enum field field = field_find(word);
        uint32_t dimension = 0;
        bool period = false;
        for (size_t p = 0; p < import->period_count; p++) {
            period = period || import->periods[p].column == i;
        }
        if (period) {
            continue;
        }
        bool of_members = field == FIELD_NAME || field == FIELD_TITLE;
        bool quoted =
            word.len > 2 && word.at[0] == '`' && word.at[word.len - 1] == '`';
        if (quoted) { /* a dimension, even if it is called `value` */
            word = (struct slice){word.at + 1, word.len - 2};
            field = FIELD_COUNT;
        }
        if (field == FIELD_COUNT || of_members != (import->members_of != 0)) {
            key.value.name = atoms_intern(&session->atoms, word);
            dimension =
                word.len && !import->members_of
                    ? scope_find(session, CLASS_DIMENSION, key.value.name)
                    : 0;
            field = FIELD_DIMENSION;
        }
        if (field == FIELD_DIMENSION &&
            (!dimension || !store_load_members(session->store, dimension))) {
            struct diagnostic *record = diagnostics_add(
                session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
                path->span, "column `%.*s` is no name of the language",
                (int)word.len, word.at);
            diagnostics_help(session->diagnostics, record,
                             "declare a dimension of that name, or say what "
                             "the columns are: (period = year, country = new "
                             "iso3, value = usd)");
            return false;
        }
        struct mapped *mapped = add_mapped(import, path, field, dimension);
        if (!mapped) {
            return false;
        }
        mapped->column = i;
        mapped->declares = scope_declares(session) &&
                           (field == FIELD_METRIC || field == FIELD_ACTOR ||
                            field == FIELD_SOURCE);
    }
    return true;
}

static bool
add_constant(struct import *import, const struct node *node, enum field field,
             uint32_t dimension)
{
    struct mapped *mapped = add_mapped(import, node, field, dimension);
    return mapped && translate_constant(import, mapped, node);
}

/* The dimension that a bare coordinate of `as FIGURE` belongs to; 0: it is an
 * actor. */
static uint32_t
coordinate_dimension(struct import *import, uint32_t metric,
                     const struct node *member)
{
    struct session *session = import->session;
    const struct metric *record =
        vocabulary_metric(session->vocabulary, metric);
    for (uint8_t i = 0; i < record->dimension_count; i++) {
        if (vocabulary_find_member(session->vocabulary, record->dimensions[i],
                                   member->value.name)) {
            return record->dimensions[i];
        }
    }
    bool actor = scope_find(session, CLASS_ACTOR, member->value.name);
    return actor || record->dimension_count == 0 ? 0 : record->dimensions[0];
}

/* `as forecast 2023 exports[KR]`: what all rows share. */
static bool
map_figure(struct import *import, const struct node *figure)
{
    struct session *session = import->session;
    const struct node *kind = figure->kid[0];
    const struct node *metric = figure->kid[2];
    bool is_kind =
        metric && !kind && scope_find(session, CLASS_KIND, metric->value.name);
    if (is_kind) {
        kind = metric;
        metric = NULL;
    }
    if ((kind && !add_constant(import, kind, FIELD_KIND, 0)) ||
        (figure->kid[1] &&
         !add_constant(import, figure->kid[1], FIELD_PERIOD, 0)) ||
        (metric && !add_constant(import, metric, FIELD_METRIC, 0))) {
        return false;
    }
    uint32_t id = metric ? import->items[import->count - 1].constant.id : 0;
    for (const struct node *at = figure->kid[3]; at; at = at->next) {
        uint32_t dimension = 0;
        const struct node *member = at->kid[1];
        if (!member || !id) {
            return bad_mapping(import, at, "one member is wanted here", NULL);
        }
        dimension = at->kid[0] ? scope_dimension(session, at->kid[0])
                               : coordinate_dimension(import, id, member);
        if (at->kid[0] && !dimension) {
            return false;
        }
        if (!add_constant(import, member,
                          dimension ? FIELD_DIMENSION : FIELD_ACTOR,
                          dimension)) {
            return false;
        }
    }
    return true;
}

/* Columns of a wide file whose header is a period. */
static bool
find_periods(struct import *import)
{
    import->periods =
        arena_array(&import->arena, struct period_column, import->header_count);
    for (size_t i = 0; i < import->header_count; i++) {
        struct period period;
        bool fiscal = false;
        if (period_parse(import->header[i], &period, &fiscal)) {
            import->periods[import->period_count++] =
                (struct period_column){i, {.id = (uint32_t)period.frequency,
                                           .extra = period.ordinal,
                                           .known = true,
                                           .fiscal = fiscal }};
        }
    }
    return import->period_count ||
           bad_mapping(import, import->statement->kid[0],
                       "no column of this file is a period",
                       "a wide file has one column for each period: 2019, "
                       "2020, ...");
}

static const struct mapped *
find_field(const struct import *import, enum field field)
{
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].field == field) {
            return &import->items[i];
        }
    }
    return NULL;
}

/* What every fact needs. */
static bool
check_complete(struct import *import)
{
    const struct node *at = import->statement;
    const struct mapped *metric = find_field(import, FIELD_METRIC);
    const struct mapped *period = find_field(import, FIELD_PERIOD);
    const struct mapped *value = find_field(import, FIELD_VALUE);
    struct session *session = import->session;
    if (import->members_of) {
        return find_field(import, FIELD_NAME) ||
               bad_mapping(import, at, "no column holds the members",
                           "say which one does: (name = code)");
    }
    if (!metric) {
        return bad_mapping(import, at, "the import does not say the metric",
                           "say it in the statement, as actual exports, or "
                           "map a column: (metric = indicator)");
    }
    bool constant = metric->column == SIZE_MAX;
    const struct metric *record =
        constant ? vocabulary_metric(session->vocabulary, metric->constant.id)
                 : NULL;
    bool once = record && record->frequency == FREQUENCY_ONCE;
    if (import->wide && (period || value)) {
        return bad_mapping(import, (period ? period : value)->node,
                           "in a wide file the columns are the periods",
                           "leave wide out where one column holds the periods");
    }
    if (!import->wide && !value) {
        return bad_mapping(import, at, "no column holds the values",
                           "map one: (value = usd_mn)");
    }
    if (!import->wide && !period && !once) {
        return bad_mapping(import, at, "no column holds the periods",
                           "map one: (period = year)");
    }
    for (size_t i = 0; record && i < import->count; i++) {
        const struct mapped *item = &import->items[i];
        if (item->field == FIELD_DIMENSION &&
            metric_dimension(record, item->dimension) < 0) {
            return scope_fail(session, item->node, DIAGNOSTIC_DIMENSION_MISSING,
                              "the metric does not have this dimension", NULL);
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
    if (form && form->op == OP_SDMX) {
        return scope_fail(import->session, form, DIAGNOSTIC_NOT_YET,
                          "the form `sdmx` does not run in this version",
                          "map its columns as those of any other file");
    }
    import->wide = form != NULL;
    if (as && as->kind == NODE_AS_MEMBERS) {
        import->members_of = scope_dimension(import->session, as->kid[0]);
        if (!import->members_of) {
            return false;
        }
    }
    if (!read_header(import) || (import->wide && !find_periods(import)) ||
        (as && as->kind == NODE_FIGURE && !map_figure(import, as))) {
        return false;
    }
    for (const struct node *map = mapping ? mapping->kid[0] : NULL; map;
         map = map->next) {
        if (!add_map(import, map)) {
            return false;
        }
    }
    if (!mapping && !map_header(import)) {
        return false;
    }
    sort_items(import);
    return check_complete(import);
}
