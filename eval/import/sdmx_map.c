/* What the columns of SDMX-CSV stand for: by the statement, else by their
 * ids. */
#include "eval/import/sdmx_import.h"

#include "base/utf8.h"

enum { LEFT_OUT_SHOWN = 6 };

static bool
no_sdmx(struct import *import)
{
    struct buffer message = {0};
    struct slice first =
        import->header_count ? cell_start(import->header[0]) : SLICE("");
    buffer_format(&message, "this is no SDMX-CSV: its first column is `%.*s`",
                  (int)first.len, first.at);
    mapping_fail(import, import->statement->kid[2], message.text,
                 "that of SDMX-CSV is DATAFLOW or STRUCTURE; other files are "
                 "imported without `sdmx`");
    buffer_free(&message);
    return false;
}

bool
sdmx_open(struct import *import)
{
    size_t count = import->header_count;
    struct sdmx *sdmx = arena_array(&import->arena, struct sdmx, 1);
    sdmx->columns = arena_array(&import->arena, struct sdmx_column, count);
    sdmx->labels = arena_array(&import->arena, struct slice, count);
    if (!sdmx_read_header(import->header, count, sdmx->columns)) {
        return no_sdmx(import);
    }
    for (size_t i = 0; i < count; i++) {
        import->header[i] = sdmx->columns[i].id;
        sdmx->labels[i] = SLICE("");
    }
    sdmx->decimal_comma = import->csv.separator != ',';
    import->sdmx = sdmx;
    return true;
}

/* Filters ------------------------------------------------------------------ */

static size_t
find_id(const struct import *import, struct slice id)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < import->header_count; i++) {
        bool label = import->sdmx->columns[i].role == SDMX_LABEL;
        if (!label && slice_equal(import->header[i], id)) {
            return i;
        }
        bool same =
            !label && found == SIZE_MAX && sdmx_same_id(import->header[i], id);
        found = same ? i : found;
    }
    return found;
}

static struct slice
filter_code(struct import *import, const struct node *value)
{
    struct session *session = import->session;
    if (value && value->kind == NODE_NUMBER) {
        return sources_text(&session->sources, value->span);
    }
    return value ? mapping_column_name(import, value) : SLICE("");
}

bool
sdmx_take_filter(struct import *import, const struct node *map, bool *taken)
{
    struct session *session = import->session;
    struct sdmx *sdmx = import->sdmx;
    atom key = map->kid[0]->value.name;
    struct slice word = atoms_text(&session->atoms, key);
    size_t column = find_id(import, word);
    *taken = column != SIZE_MAX && field_find(word) == FIELD_COUNT &&
             !scope_find(session, CLASS_DIMENSION, key);
    if (!*taken) {
        return true;
    }
    const struct node *value = scope_parameter(session, map->kid[1]);
    struct slice code = filter_code(import, value);
    bool plain = map->kid_count < 3 && map->op != OP_NEW && code.len;
    if (!plain) {
        return mapping_fail(import, map,
                            "one code is wanted here, whose records are taken",
                            "a column that is to be kept is mapped to a "
                            "dimension: sector = SECTOR");
    }
    if (sdmx->filter_count == MAPPED_MAX) {
        return mapping_fail(import, map, "too many columns are mapped", NULL);
    }
    sdmx->filters[sdmx->filter_count++] = (struct sdmx_filter){
        column,
        {arena_copy(&import->arena, code.at, code.len), code.len},
        map->kid[0]};
    return true;
}

/* Columns that the statement leaves open ----------------------------------- */

static bool
is_mapped(const struct import *import, size_t column)
{
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].column == column) {
            return true;
        }
    }
    return false;
}

static bool
has_dimension(const struct import *import, uint32_t dimension)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *item = &import->items[i];
        if (item->field == FIELD_DIMENSION && item->dimension == dimension) {
            return true;
        }
    }
    return false;
}

/* The metric that all records share; NULL when a column tells it. */
static const struct metric *
one_metric(const struct import *import)
{
    const struct mapped *metric = mapping_find(import, FIELD_METRIC);
    return metric && metric->column == SIZE_MAX
               ? vocabulary_metric(import->session->vocabulary,
                                   metric->constant.id)
               : NULL;
}

static bool
add_column(struct import *import, size_t column, enum field field,
           uint32_t dimension)
{
    struct mapped *mapped =
        mapping_add(import, import->statement->kid[0], field, dimension);
    if (mapped) {
        mapped->column = column;
        mapped->lenient = field == FIELD_UNIT;
        mapped->declares = scope_declares(import->session) &&
                           (field == FIELD_METRIC || field == FIELD_ACTOR ||
                            field == FIELD_SOURCE);
    }
    return mapped != NULL;
}

/* Maps the column of a role, if there is one and nothing else says FIELD. */
static bool
map_role(struct import *import, enum sdmx_role role, enum field field)
{
    size_t column =
        sdmx_find(import->sdmx->columns, import->header_count, role);
    return column == SIZE_MAX || mapping_find(import, field) ||
           is_mapped(import, column) || add_column(import, column, field, 0);
}

/* A column that is called as the language calls a part of a fact. */
static bool
map_word(struct import *import, const char *id, enum field field)
{
    if (mapping_find(import, field)) {
        return true;
    }
    for (size_t i = 0; i < import->header_count; i++) {
        bool named = import->sdmx->columns[i].role == SDMX_COMPONENT &&
                     sdmx_same_id(import->header[i], slice_of(id));
        if (named && !is_mapped(import, i)) {
            return add_column(import, i, field, 0);
        }
    }
    return true;
}

static bool
map_words(struct import *import)
{
    static const struct {
        const char *id;
        enum field field;
    } ids[] = {
        {"KIND", FIELD_KIND},
        {"METRIC", FIELD_METRIC},
        {"INDICATOR", FIELD_METRIC},
        {"ACTOR", FIELD_ACTOR},
        {"SOURCE", FIELD_SOURCE},
        {"VINTAGE", FIELD_ON},
        {"CONDITION", FIELD_CONDITION},
        {"NOTE", FIELD_NOTE},
        {"URL", FIELD_URL},
        {"CONTEXT", FIELD_CONTEXT},
        {"RETRACTED", FIELD_RETRACTED},
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (!map_word(import, ids[i].id, ids[i].field)) {
            return false;
        }
    }
    return true;
}

/* The dimension that a column is called by: in its own letters, in small ones,
 * or in any. */
static uint32_t
dimension_of(struct import *import, struct slice id)
{
    struct session *session = import->session;
    const struct entries *entries =
        &session->vocabulary->classes[CLASS_DIMENSION];
    bool quoted = id.len > 2 && id.at[0] == '`' && id.at[id.len - 1] == '`';
    if (quoted) {
        id = (struct slice){id.at + 1, id.len - 2};
    }
    uint32_t found = id.len ? scope_find(session, CLASS_DIMENSION,
                                         atoms_intern(&session->atoms, id))
                            : 0;
    for (uint32_t i = 1; i < entries->count && !found; i++) {
        struct slice name = atoms_text(&session->atoms, entries->items[i].name);
        found = sdmx_same_id(name, id) ? i : 0;
    }
    return found;
}

static bool
map_dimensions(struct import *import)
{
    const struct metric *metric = one_metric(import);
    for (size_t i = 0; i < import->header_count; i++) {
        if (import->sdmx->columns[i].role != SDMX_COMPONENT ||
            is_mapped(import, i)) {
            continue;
        }
        uint32_t dimension = dimension_of(import, import->header[i]);
        bool wanted = dimension && !has_dimension(import, dimension) &&
                      (!metric || metric_dimension(metric, dimension) >= 0);
        if (wanted && (!store_load_members(import->session->store, dimension) ||
                       !add_column(import, i, FIELD_DIMENSION, dimension))) {
            return false;
        }
    }
    return true;
}

static bool
is_filtered(const struct sdmx *sdmx, size_t column)
{
    for (size_t i = 0; i < sdmx->filter_count; i++) {
        if (sdmx->filters[i].column == column) {
            return true;
        }
    }
    return false;
}

/* Dimensions stand before the value, attributes behind it. */
static void
find_singles(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    const struct mapped *value = mapping_find(import, FIELD_VALUE);
    size_t end = value && value->column != SIZE_MAX ? value->column
                                                    : import->header_count;
    sdmx->singles =
        arena_array(&import->arena, struct sdmx_single, import->header_count);
    for (size_t i = 0; i < import->header_count; i++) {
        enum sdmx_role role = sdmx->columns[i].role;
        bool key = (role == SDMX_COMPONENT && i < end) || role == SDMX_PERIOD;
        if (key && !is_mapped(import, i) && !is_filtered(sdmx, i)) {
            sdmx->singles[sdmx->single_count++].column = i;
        }
    }
}

/* The column of a role, unless the statement maps it to something. */
static size_t
own_column(const struct import *import, enum sdmx_role role)
{
    size_t column =
        sdmx_find(import->sdmx->columns, import->header_count, role);
    return column != SIZE_MAX && is_mapped(import, column) ? SIZE_MAX : column;
}

bool
sdmx_map(struct import *import)
{
    struct sdmx *sdmx = import->sdmx;
    const struct metric *metric = one_metric(import);
    bool once = metric && metric->frequency == FREQUENCY_ONCE;
    if (!map_role(import, SDMX_VALUE, FIELD_VALUE) ||
        (!once && !map_role(import, SDMX_PERIOD, FIELD_PERIOD)) ||
        !map_role(import, SDMX_UNIT, FIELD_UNIT) || !map_words(import) ||
        !map_dimensions(import)) {
        return false;
    }
    find_singles(import);
    sdmx->action = own_column(import, SDMX_ACTION);
    sdmx->frequency_column = own_column(import, SDMX_FREQ);
    sdmx->status = own_column(import, SDMX_STATUS);
    sdmx->mult = own_column(import, SDMX_MULT);
    sdmx->year_start = own_column(import, SDMX_YEAR_START);
    sdmx->stated = own_column(import, SDMX_STATED);
    return true;
}

void
sdmx_tell(struct import *import, struct buffer *text)
{
    const struct sdmx *sdmx = import->sdmx;
    size_t count = 0;
    for (size_t i = 0; i < import->header_count; i++) {
        bool out = sdmx->columns[i].role == SDMX_COMPONENT &&
                   !is_mapped(import, i) && !is_filtered(sdmx, i);
        if (out && count++ < LEFT_OUT_SHOWN) {
            buffer_add_text(text, count > 1 ? ", " : "; left out: ");
            utf8_add_visible(text, import->header[i]);
        }
    }
    if (count > LEFT_OUT_SHOWN) {
        buffer_format(text, " and %zu more", count - LEFT_OUT_SHOWN);
    }
}
