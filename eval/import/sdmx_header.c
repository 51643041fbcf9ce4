/* The header of SDMX-CSV, and the codes that all offices share. */
#include "eval/import/sdmx.h"

#include <string.h>

static const struct {
    const char *id;
    enum sdmx_role role;
} known_ids[] = {
    {"STRUCTURE", SDMX_ENVELOPE},
    {"STRUCTURE_ID", SDMX_ENVELOPE},
    {"STRUCTURE_NAME", SDMX_ENVELOPE},
    {"DATAFLOW", SDMX_ENVELOPE},
    {"LAST UPDATE", SDMX_ENVELOPE},
    {"KEY", SDMX_ENVELOPE},
    {"SERIES_KEY", SDMX_ENVELOPE},
    {"OBS_KEY", SDMX_ENVELOPE},
    {"TIME_FORMAT", SDMX_ENVELOPE},
    {"DECIMALS", SDMX_ENVELOPE},
    {"ACTION", SDMX_ACTION},
    {"FREQ", SDMX_FREQ},
    {"TIME_PERIOD", SDMX_PERIOD},
    {"OBS_VALUE", SDMX_VALUE},
    {"OBS_STATUS", SDMX_STATUS},
    {"OBS_FLAG", SDMX_STATUS},
    {"UNIT_MEASURE", SDMX_UNIT},
    {"UNIT", SDMX_UNIT},
    {"UNIT_MULT", SDMX_MULT},
    {"REPORTING_YEAR_START_DAY", SDMX_YEAR_START},
    {"STATED", SDMX_STATED},
};

enum { KNOWN_COUNT = sizeof known_ids / sizeof *known_ids };

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool
sdmx_same_id(struct slice a, struct slice b)
{
    bool same = a.len == b.len;
    for (size_t i = 0; same && i < a.len; i++) {
        same = upper(a.at[i]) == upper(b.at[i]);
    }
    return same;
}

struct slice
sdmx_code(struct slice cell, struct slice *label)
{
    *label = SLICE("");
    for (size_t i = 0; i + 1 < cell.len; i++) {
        if (cell.at[i] == ':' && cell.at[i + 1] == ' ') {
            *label = (struct slice){cell.at + i + 2, cell.len - i - 2};
            return (struct slice){cell.at, i};
        }
    }
    return cell;
}

/* STRUCTURE[;], NOTE[en;fr] and NOTE[] are STRUCTURE and NOTE. */
static struct slice
without_brackets(struct slice id)
{
    const char *bracket = memchr(id.at, '[', id.len);
    return bracket && id.at[id.len - 1] == ']'
               ? (struct slice){id.at, (size_t)(bracket - id.at)}
               : id;
}

/* `freq` in backquotes is a dimension of that name, as in every export. */
static bool
is_quoted(struct slice id)
{
    return id.len > 2 && id.at[0] == '`' && id.at[id.len - 1] == '`';
}

static enum sdmx_role
find_role(struct slice id)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (sdmx_same_id(id, slice_of(known_ids[i].id))) {
            return known_ids[i].role;
        }
    }
    return SDMX_COMPONENT;
}

/* The first column of a role has it; UNIT_MEASURE comes before UNIT. */
static enum sdmx_role
claim_role(struct sdmx_column *columns, size_t at)
{
    enum sdmx_role role = find_role(columns[at].id);
    size_t other = sdmx_find(columns, at, role);
    if (role <= SDMX_LABEL || other == SIZE_MAX) {
        return role;
    }
    if (role == SDMX_UNIT &&
        sdmx_same_id(columns[at].id, SLICE("UNIT_MEASURE"))) {
        columns[other].role = SDMX_COMPONENT;
        return role;
    }
    return SDMX_COMPONENT;
}

static bool
has_blank(struct slice text)
{
    return memchr(text.at, ' ', text.len) != NULL;
}

/* Where ids have no label behind them, a second column may say what the codes
 * of a component are called; then all have one, and names have blanks in them
 * as ids do not.  FIRST is the first component. */
static bool
comes_in_pairs(const struct sdmx_column *columns, size_t count, size_t first)
{
    bool blank = false;
    for (size_t i = first; i < count; i++) {
        bool name = (i - first) % 2;
        bool fits = name ? columns[i].role == SDMX_COMPONENT
                         : !has_blank(columns[i].id);
        if (!fits || columns[i].labelled) {
            return false;
        }
        blank = blank || (name && has_blank(columns[i].id));
    }
    return blank && (count - first) % 2 == 0;
}

/* Some call such a column FREQ_LABEL. */
static bool
labels_previous(const struct sdmx_column *columns, size_t at)
{
    struct slice id = columns[at].id;
    size_t len = at ? columns[at - 1].id.len : 0;
    struct slice end = {id.at + len, id.len > len ? id.len - len : 0};
    return len && sdmx_same_id(end, SLICE("_LABEL")) &&
           sdmx_same_id((struct slice){id.at, len}, columns[at - 1].id);
}

static void
take_names(struct sdmx_column *columns, size_t count)
{
    size_t first = 0;
    while (first < count && (columns[first].role == SDMX_ENVELOPE ||
                             columns[first].role == SDMX_ACTION)) {
        first++;
    }
    bool pairs = comes_in_pairs(columns, count, first);
    for (size_t i = first; i < count; i++) {
        if ((pairs && (i - first) % 2) || labels_previous(columns, i)) {
            columns[i].role = SDMX_LABEL;
        }
    }
}

bool
sdmx_read_header(const struct slice *header, size_t count,
                 struct sdmx_column *columns)
{
    for (size_t i = 0; i < count; i++) {
        const char *colon = memchr(header[i].at, ':', header[i].len);
        struct slice id = {header[i].at, colon ? (size_t)(colon - header[i].at)
                                               : header[i].len};
        if (is_quoted(header[i])) {
            columns[i] = (struct sdmx_column){.id = header[i]};
            continue;
        }
        columns[i] = (struct sdmx_column){.id = without_brackets(id),
                                          .labelled = id.len < header[i].len};
        columns[i].role = claim_role(columns, i);
    }
    struct slice first = columns[0].id;
    bool known = sdmx_same_id(first, SLICE("STRUCTURE")) ||
                 sdmx_same_id(first, SLICE("DATAFLOW")) ||
                 sdmx_same_id(first, SLICE("KEY"));
    take_names(columns, count);
    return known;
}

size_t
sdmx_find(const struct sdmx_column *columns, size_t count, enum sdmx_role role)
{
    for (size_t i = 0; i < count; i++) {
        if (columns[i].role == role) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Codes -------------------------------------------------------------------- */

static const char *const frequency_codes[FREQUENCY_COUNT] = {
    [FREQUENCY_ONCE] = "_Z", [FREQUENCY_A] = "A", [FREQUENCY_S] = "S",
    [FREQUENCY_Q] = "Q",     [FREQUENCY_M] = "M", [FREQUENCY_W] = "W",
    [FREQUENCY_D] = "D"};

const char *
sdmx_frequency_code(enum frequency frequency)
{
    return frequency_codes[frequency];
}

enum frequency
sdmx_frequency(struct slice code)
{
    for (int f = FREQUENCY_A; f < FREQUENCY_COUNT; f++) {
        if (slice_is(code, frequency_codes[f])) {
            return (enum frequency)f;
        }
    }
    /* B: days of business. */
    return slice_is(code, "B") ? FREQUENCY_D : FREQUENCY_ONCE;
}

const char *
sdmx_unit_word(struct slice code)
{
    static const struct {
        const char *code;
        const char *word;
    } words[] = {
        {"PT", "%"},         {"PC", "%"},
        {"PERCENT", "%"},    {"PA", "%"},
        {"PS", "person"},    {"PER", "person"},
        {"PERS", "person"},  {"PERSONS", "person"},
        {"HOURS", "hour"},   {"KG", "kg"},
        {"TONNES", "tonne"}, {"TN", "tonne"},
        {"_Z", ""},          {"IX", ""},
        {"INDEX", ""},       {"PN", ""},
        {"PURE_NUMB", ""},   {"NUMBER", ""},
        {"NR", ""},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sdmx_same_id(code, slice_of(words[i].code))) {
            return words[i].word;
        }
    }
    return NULL;
}

char
sdmx_kind_status(struct slice kind)
{
    return slice_is(kind, "forecast")   ? 'F'
           : slice_is(kind, "estimate") ? 'E'
                                        : 'A';
}
