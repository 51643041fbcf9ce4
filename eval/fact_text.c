/* A fact as somebody could have stated it: what is kept, in canonical text that
 * reads back as the same fact. */
#include "eval/fact_text.h"

#include "parser/print.h"
#include "values/number.h"

#include <math.h>
#include <stdlib.h>

/* The digits with a letter for their scale, so that the last of them is the
 * last that was written: {3, 10} is 0.03T.  Beyond the letters, and for shares,
 * which have none, the power of ten is written out: 6.85e22, 3e1%. */
static void
print_digits(struct buffer *text, struct decimal decimal, bool plain,
             bool needs_letter)
{
    int scale = needs_letter ? 3 : 0;
    if (plain ? decimal.exponent > 0 : decimal.exponent > 12) {
        decimal_print_scientific(text, decimal);
        return;
    }
    while (scale < 12 && scale < decimal.exponent) {
        scale += 3;
    }
    decimal_print(text, decimal, scale);
    buffer_add_text(text, number_scale_letter(scale));
}

bool
fact_names_unit(const struct session *session, unit_id id)
{
    const struct unit *unit = &session->vocabulary->units.items[id];
    struct slice name = atoms_text(&session->atoms, unit->name);
    return id != 0 && print_can_quote(name);
}

void
fact_print_unit(struct session *session, unit_id id, struct buffer *text)
{
    const struct unit *unit = &session->vocabulary->units.items[id];
    struct slice name = atoms_text(&session->atoms, unit->name);
    if (!fact_names_unit(session, id)) {
        return;
    }
    if (slice_is(name, "%")) {
        buffer_add_slice(text, name);
        return;
    }
    buffer_add_char(text, ' ');
    print_name(text, name);
}

void
fact_print_amount(struct session *session, const struct metric *metric,
                  struct decimal decimal, struct buffer *text)
{
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    bool share = unit->role == UNIT_RATE || unit->role == UNIT_POINT;
    /* A metric with a scale lends it to a number without a letter or unit. */
    bool lent = !fact_names_unit(session, metric->unit) && metric->scale > 0;
    if (lent && decimal.exponent > 12) {
        decimal.exponent = (int16_t)(decimal.exponent - metric->scale);
        decimal_print_scientific(text, decimal);
        return;
    }
    print_digits(text, decimal, share, lent);
    fact_print_unit(session, metric->unit, text);
}

void
fact_print_half(struct session *session, const struct metric *metric,
                struct decimal decimal, bool lettered, struct buffer *text)
{
    if (!lettered || fact_names_unit(session, metric->unit)) {
        fact_print_amount(session, metric, decimal, text);
    } else if (decimal.exponent > 12) {
        decimal.exponent = (int16_t)(decimal.exponent - 12);
        decimal_print_scientific(text, decimal);
        buffer_add_char(text, 'T');
    } else {
        print_digits(text, decimal, false, true);
    }
}

/* Does a text say the unit?  What was said before the metric had one does
 * not. */
static bool
says_unit(struct session *session, unit_id id, struct slice said)
{
    struct buffer unit = {0};
    bool found = !fact_names_unit(session, id);
    fact_print_unit(session, id, &unit);
    for (size_t i = 0; !found && i + unit.len <= said.len; i++) {
        char next = i + unit.len < said.len ? said.at[i + unit.len] : ' ';
        found = memcmp(said.at + i, unit.text, unit.len) == 0 &&
                (next == ' ' || next == '%');
    }
    buffer_free(&unit);
    return found;
}

/* A double in base units as the decimal in the metric's unit that gives it
 * back. */
static struct decimal
decimal_of(const struct session *session, const struct metric *metric,
           double value)
{
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    struct decimal decimal = {0, 0};
    struct buffer text = {0};
    number_print(&text, unit->is_power ? value : value / unit->factor);
    decimal_parse(text.text, text.len, &decimal);
    buffer_free(&text);
    if (unit->is_power) {
        decimal.exponent = (int16_t)(decimal.exponent - unit->exponent);
    }
    while (decimal.coefficient && decimal.coefficient % 10 == 0) {
        decimal.coefficient /= 10;
        decimal.exponent++;
    }
    return decimal;
}

/* A range of which only the bounds are kept: a base of an older version.  Only
 * bare numbers can stand beside an open end. */
static void
print_bounds(struct session *session, const struct metric *metric,
             struct interval bounds, struct buffer *text)
{
    struct metric own = *metric;
    bool open = !isfinite(bounds.low) || !isfinite(bounds.high);
    own.unit = open ? 0 : own.unit;
    buffer_add_text(text, "in ");
    if (isfinite(bounds.low)) {
        fact_print_amount(session, &own,
                          decimal_of(session, metric, bounds.low), text);
    }
    buffer_add_text(text, open ? ".." : " .. ");
    if (isfinite(bounds.high)) {
        fact_print_amount(session, &own,
                          decimal_of(session, metric, bounds.high), text);
    }
}

static const char *
hedge_text(const struct fact *fact)
{
    return fact->form & FORM_OVER     ? "over "
           : fact->form & FORM_NEARLY ? "nearly "
           : fact->form & FORM_ABOUT  ? "about "
           : fact->form & FORM_EXACT  ? "exactly "
                                      : "";
}

static const char *
sign_text(const struct fact *fact)
{
    bool hedged = fact->form & (FORM_OVER | FORM_NEARLY);
    switch (fact->form & FORM_RELATION) {
    case FORM_AT_LEAST:
        return hedged ? "= " : ">= ";
    case FORM_AT_MOST:
        return hedged ? "= " : "<= ";
    default:
        return "= ";
    }
}

void
fact_print_value(struct session *session, const struct metric *metric,
                 const struct fact *fact, const struct fact_detail *detail,
                 struct buffer *text)
{
    if ((fact->form & FORM_RELATION) == FORM_RELATION) {
        if (detail->written) {
            buffer_add_text(text, detail->written);
        } else {
            print_bounds(session, metric, detail->bounds, text);
        }
        return;
    }
    buffer_add_text(text, sign_text(fact));
    if (detail->written) {
        buffer_add_text(text, detail->written);
        return;
    }
    buffer_add_text(text, hedge_text(fact));
    fact_print_amount(session, metric, fact_decimal(fact), text);
    if (fact->form & FORM_WIDE) {
        double reach = (detail->bounds.high - detail->bounds.low) / 2;
        buffer_add_text(text, " +- ");
        fact_print_amount(session, metric, decimal_of(session, metric, reach),
                          text);
    }
}

void
fact_print_assertion(struct session *session, const struct fact *fact,
                     const struct fact_detail *detail, struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    struct metric own = *vocabulary_metric(vocabulary, fact_metric(fact));
    own.unit = vocabulary->lines[fact_line(fact)].unit;
    size_t start = text->len;
    bool formula = fact->form & FORM_FORMULA;
    if (detail->assertion && fact->form & (FORM_FORMULA | FORM_MOVED)) {
        buffer_add_text(text, detail->assertion);
    } else {
        fact_print_value(session, &own, fact, detail, text);
    }
    struct slice said = {text->text + start, text->len - start};
    if (!formula && (detail->assertion || detail->written) &&
        !says_unit(session, own.unit, said)) {
        const char *restated = fact_restate(session, &own, said.at);
        text->len = start;
        buffer_add_text(text, restated);
    }
}

void
fact_print_level(struct session *session, const struct fact *fact,
                 struct buffer *text)
{
    struct fact_detail detail = {0};
    struct buffer value = {0};
    if (fact->form & FORM_DETAIL) {
        store_detail(session->store, fact->record, &session->scratch, &detail);
    }
    fact_print_value(session,
                     vocabulary_metric(session->vocabulary, fact_metric(fact)),
                     fact, &detail, &value);
    bool point = value.len > 2 && strncmp(value.text, "= ", 2) == 0;
    buffer_add_text(text, value.text + (point ? 2 : 0));
    buffer_free(&value);
}

void
fact_print_period(const struct session *session, const struct fact *fact,
                  struct buffer *text)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, fact_metric(fact));
    struct period period = {fact_frequency(fact), fact_period(fact)};
    bool fiscal = metric->calendar && period.frequency == FREQUENCY_A;
    period_print(text, period, fiscal);
    if (period.frequency == FREQUENCY_D && metric->frequency != FREQUENCY_D) {
        buffer_add_text(text, ".."); /* alone it would be the period around */
        period_print(text, period, false);
    }
}

void
fact_print_members(struct session *session, uint32_t line, struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, vocabulary->lines[line].metric);
    const uint32_t *members = vocabulary_line_members(vocabulary, line);
    bool some = false;
    for (int i = 0; i < metric->dimension_count; i++) {
        if (!members[i]) {
            continue;
        }
        buffer_add_text(text, some ? ", " : "[");
        some = true;
        struct slice code =
            vocabulary_name(vocabulary, CLASS_MEMBER, members[i]);
        bool alone = metric->dimension_count == 1 &&
                     !vocabulary_find(vocabulary, CLASS_ACTOR,
                                      atoms_find(&session->atoms, code));
        if (!alone) {
            print_name(text, vocabulary_name(vocabulary, CLASS_DIMENSION,
                                             metric->dimensions[i]));
            buffer_add_text(text, " = ");
        }
        print_member(text, code);
    }
    buffer_add_text(text, some ? "]" : "");
}

void
fact_print_figure(struct session *session, const struct fact *fact,
                  struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    print_name(text, vocabulary_name(vocabulary, CLASS_KIND, fact_kind(fact)));
    buffer_add_char(text, ' ');
    if (fact_frequency(fact) != FREQUENCY_ONCE) {
        fact_print_period(session, fact, text);
        buffer_add_char(text, ' ');
    }
    print_name(text,
               vocabulary_name(vocabulary, CLASS_METRIC, fact_metric(fact)));
    fact_print_members(session, fact_line(fact), text);
}

void
fact_print_day(day_number day, bool before, struct buffer *text)
{
    buffer_add_text(text, before ? ".." : "");
    day_print(text, day + before);
}

bool
fact_read_detail(struct session *session, const struct fact *fact,
                 struct arena *arena, struct fact_detail *detail)
{
    *detail = (struct fact_detail){.bounds = interval_all()};
    return !(fact->form & FORM_DETAIL) ||
           store_detail(session->store, fact->record, arena, detail);
}
