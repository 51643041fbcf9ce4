/* Names as the statements that declare them. */
#include "eval/export/export.h"

#include "parser/print.h"
#include "values/number.h"

#include <stdlib.h>

static void
add_title(struct buffer *text, const char *title)
{
    if (title && *title) {
        buffer_add_text(text, " \"");
        literal_escape(text, slice_of(title), false);
        buffer_add_char(text, '"');
    }
}

/* Is WORD a declared name?  Then a statement that is just the word and a name
 * could be a figure, and is read with a warning: an empty title tells. */
static bool
hides_name(const struct session *session, const char *word)
{
    atom name = atoms_find(&session->atoms, slice_of(word));
    for (int class = 0; class < CLASS_COUNT; class ++) {
        if (class != CLASS_MEMBER &&
            vocabulary_find(session->vocabulary, (enum name_class) class,
                            name)) {
            return true;
        }
    }
    return false;
}

static void
add_sole_title(const struct session *session, const char *word,
               const char *title, bool alone, struct buffer *text)
{
    if (title && *title) {
        add_title(text, title);
    } else if (alone && hides_name(session, word)) {
        buffer_add_text(text, " \"\"");
    }
}

/* Units -------------------------------------------------------------------- */

static void
add_term(struct session *session, struct measure_term term, bool multiplies,
         struct buffer *text)
{
    const struct unit *base = &session->vocabulary->units.items[term.base];
    int power = abs(term.power);
    buffer_add_text(text, multiplies ? " * " : " / ");
    print_name(text, atoms_text(&session->atoms, base->name));
    if (power > 1) {
        buffer_format(text, "^%d", power);
    }
}

/* What one of a unit is in base units: 1000 kg, 3.6 * USD / person. */
static void
add_measure(struct session *session, const struct unit *unit,
            struct buffer *text)
{
    const struct units *units = &session->vocabulary->units;
    const struct measure *measure = &units->measures[unit->measure];
    number_print(text, unit->factor);
    if (measure->count == 1 && measure->terms[0].power == 1) {
        buffer_add_char(text, ' ');
        print_name(text, atoms_text(&session->atoms,
                                    units->items[measure->terms[0].base].name));
        return;
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (uint8_t i = 0; i < measure->count; i++) {
            if (measure->terms[i].power * sign > 0) {
                add_term(session, measure->terms[i], sign > 0, text);
            }
        }
    }
}

/* How many percentage points one is: the digits of its factor, two places
 * on. */
static void
add_points(const struct unit *unit, struct buffer *text)
{
    const int64_t most = INT64_C(1000000000000000);
    struct buffer factor = {0};
    struct decimal decimal = {0};
    number_print(&factor, unit->factor);
    decimal_parse(factor.text, factor.len, &decimal);
    decimal.exponent = (int16_t)(decimal.exponent + 2);
    while (decimal.exponent > 0 && decimal.coefficient < most) {
        decimal.coefficient *= 10;
        decimal.exponent--;
    }
    if (decimal.exponent > 0 || decimal.exponent < -20) {
        decimal_print_scientific(text, decimal);
    } else {
        decimal_print(text, decimal, 0);
    }
    buffer_add_text(text, " pp");
    buffer_free(&factor);
}

/* How many per cent one is: of the numbers that give the factor back, the one
 * that takes the fewest digits.  The quotient may be none of them, but they are
 * beside it. */
static void
add_shares(const struct unit *unit, struct buffer *text)
{
    enum { BESIDE = 2 };
    struct buffer best = {0};
    struct buffer number = {0};
    double at = unit->factor / 0.01;
    number_print(&best, at);
    bool found = at * 0.01 == unit->factor;
    for (int i = 0; i < BESIDE; i++) {
        at = nextafter(at, -HUGE_VAL);
    }
    for (int i = 0; i <= 2 * BESIDE; i++, at = nextafter(at, HUGE_VAL)) {
        buffer_clear(&number);
        number_print(&number, at);
        if (at * 0.01 == unit->factor && (!found || number.len < best.len)) {
            buffer_clear(&best);
            buffer_add_slice(&best, buffer_slice(&number));
            found = true;
        }
    }
    buffer_add_slice(text, buffer_slice(&best));
    buffer_add_text(text, " * %");
    buffer_free(&best);
    buffer_free(&number);
}

static void
add_unit(struct session *session, unit_id id, struct buffer *text)
{
    const struct unit *unit = &session->vocabulary->units.items[id];
    bool alone = unit->is_base && !unit->symbol;
    print_name(text, atoms_text(&session->atoms, unit->name));
    add_sole_title(session, "unit", unit->title, alone, text);
    if (unit->symbol) {
        buffer_add_text(text, " symbol \"");
        literal_escape(text, slice_of(unit->symbol), false);
        buffer_add_char(text, '"');
    } else if (!unit->is_base) {
        buffer_add_text(text, " = ");
        switch (unit->role) {
        case UNIT_RATE:
            add_shares(unit, text);
            break;
        case UNIT_POINT:
            add_points(unit, text);
            break;
        case UNIT_LEVEL:
        case UNIT_FOLLOWS:
            add_measure(session, unit, text);
            break;
        }
    }
}

/* The unit that each line has of its own: `currency of country`, both names as
 * they are written.  Behind the last ` of ` that makes sense stands the
 * dimension. */
static void
add_following(struct session *session, struct slice name, struct buffer *text)
{
    for (size_t at = name.len; at-- > 0;) {
        struct slice first = {name.at, at};
        struct slice rest = {name.at + at, name.len - at};
        if (rest.len < 5 || memcmp(rest.at, " of ", 4) != 0) {
            continue;
        }
        struct slice dimension = {rest.at + 4, rest.len - 4};
        if (vocabulary_find(session->vocabulary, CLASS_DIMENSION,
                            atoms_find(&session->atoms, dimension))) {
            print_name(text, first);
            buffer_add_text(text, " of ");
            print_name(text, dimension);
            return;
        }
    }
}

bool
export_unit_is_made(struct session *session, unit_id id)
{
    const struct unit unit = session->vocabulary->units.items[id];
    size_t sources = session->sources.count;
    size_t messages = session->diagnostics->count;
    struct buffer name = {0};
    struct amount amount;
    if ((unit.title && *unit.title) || unit.symbol || unit.is_base) {
        return false;
    }
    struct source *source = sources_add(&session->sources, "a unit",
                                        atoms_text(&session->atoms, unit.name));
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    bool made = statement && statement->kind == NODE_ANSWER &&
                value_amount(session, statement->kid[0], true, &amount) &&
                (!amount.unit || amount.literal) &&
                amount.type.measure == unit.measure &&
                amount.value == unit.factor;
    if (made) {
        value_name_compound(session, statement->kid[0], &name);
        made = slice_equal(buffer_slice(&name),
                           atoms_text(&session->atoms, unit.name));
    }
    buffer_free(&name);
    diagnostics_truncate(session->diagnostics, messages);
    while (session->sources.count > sources) {
        sources_drop_last(&session->sources);
    }
    return made;
}

/* Metrics ------------------------------------------------------------------ */

/* ` in B USD`; nothing for plain numbers. */
static void
add_metric_unit(struct session *session, const struct metric *metric,
                struct buffer *text)
{
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    struct slice name = atoms_text(&session->atoms, unit->name);
    if (metric->unit == 0 && metric->scale == 0) {
        return;
    }
    buffer_add_text(text, " in ");
    if (unit->role == UNIT_FOLLOWS) {
        add_following(session, name, text);
        return;
    }
    buffer_add_text(text, number_scale_letter(metric->scale));
    buffer_add_text(text, metric->scale && metric->unit ? " " : "");
    if (metric->unit == 0) {
        return;
    }
    if (slice_is(name, "%") || export_unit_is_made(session, metric->unit)) {
        buffer_add_slice(text, name);
    } else {
        print_name(text, name);
    }
}

static void
add_metric(struct session *session, uint32_t id, struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, id);
    add_title(text, vocabulary_entry(vocabulary, CLASS_METRIC, id)->title);
    if (metric->aggregation) {
        buffer_format(text, " %s",
                      aggregation_text((enum aggregation)metric->aggregation));
    }
    buffer_format(text, " %s",
                  frequency_word((enum frequency)metric->frequency));
    add_metric_unit(session, metric, text);
    for (uint8_t i = 0; i < metric->dimension_count; i++) {
        buffer_add_text(text, i ? ", " : " by ");
        print_name(text, vocabulary_name(vocabulary, CLASS_DIMENSION,
                                         metric->dimensions[i]));
    }
    if (metric->calendar) {
        buffer_add_text(text, " on ");
        print_name(text, vocabulary_name(vocabulary, CLASS_CALENDAR,
                                         metric->calendar));
    }
}

/* Members ------------------------------------------------------------------ */

/* The first part of a group; the others stand behind it. */
static size_t
find_parts(const struct export_names *names, uint32_t group)
{
    size_t low = 0;
    size_t high = names->part_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (names->parts[middle].group < group) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void
add_member(struct export_names *names, const struct export_name *name,
           struct buffer *text)
{
    const struct vocabulary *vocabulary = names->session->vocabulary;
    print_member(text, name->text);
    add_title(text,
              vocabulary_entry(vocabulary, CLASS_MEMBER, name->id)->title);
    buffer_add_text(text, " of ");
    print_name(text, name->owner);
    size_t first = find_parts(names, name->id);
    for (size_t i = first;
         i < names->part_count && names->parts[i].group == name->id; i++) {
        buffer_add_text(text, i == first ? " = " : " + ");
        print_member(text, vocabulary_name(vocabulary, CLASS_MEMBER,
                                           names->parts[i].part));
    }
}

/* Others ------------------------------------------------------------------- */

static void
add_source(struct session *session, const struct entry *entry,
           struct buffer *text)
{
    bool has_day = entry->link != DAY_NONE || entry->flag;
    bool has_url = entry->text && *entry->text;
    add_sole_title(session, "source", entry->title, !has_day && !has_url, text);
    if (has_day) {
        buffer_add_text(text, " on ");
        fact_print_day((day_number)entry->link, entry->flag, text);
    }
    if (has_url) {
        buffer_add_text(text, " url \"");
        literal_escape(text, slice_of(entry->text), false);
        buffer_add_char(text, '"');
    }
}

static void
add_entry(struct session *session, const struct export_name *name,
          const struct entry *entry, struct buffer *text)
{
    print_name(text, name->text);
    switch (name->class) {
    case EXPORT_KIND:
        add_title(text, entry->title);
        buffer_add_text(text, " like ");
        print_name(text, vocabulary_name(session->vocabulary, CLASS_KIND,
                                         entry->link));
        break;
    case EXPORT_CALENDAR:
        add_title(text, entry->title);
        buffer_format(text, " starts %02u-%02u named by %s", entry->link / 100,
                      entry->link % 100, entry->flag ? "end" : "start");
        break;
    case EXPORT_METRIC:
        add_metric(session, name->id, text);
        break;
    case EXPORT_DIMENSION:
        add_sole_title(session, "dimension", entry->title, true, text);
        break;
    case EXPORT_ACTOR:
        add_sole_title(session, "actor", entry->title, true, text);
        break;
    case EXPORT_SOURCE:
        add_source(session, entry, text);
        break;
    case EXPORT_UNIT:
    case EXPORT_MEMBER:
    case EXPORT_DEFINITION:
    case EXPORT_CLASS_COUNT:
        break;
    }
}

void
export_print_name(struct export_names *names, const struct export_name *name,
                  struct buffer *text)
{
    struct session *session = names->session;
    const struct entry *entry = vocabulary_entry(
        session->vocabulary, export_name_class(name->class), name->id);
    if (name->class == EXPORT_DEFINITION) { /* kept as a statement */
        buffer_add_text(text, entry->text);
        return;
    }
    buffer_add_text(text, export_class_word(name->class));
    buffer_add_char(text, ' ');
    if (name->class == EXPORT_UNIT) {
        add_unit(session, name->id, text);
    } else if (name->class == EXPORT_MEMBER) {
        add_member(names, name, text);
    } else {
        add_entry(session, name, entry, text);
    }
}
