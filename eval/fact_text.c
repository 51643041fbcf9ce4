/* A fact as somebody could have stated it: what is kept, in canonical text that
 * reads back as the same fact. */
#include "eval/fact_text.h"

#include "parser/print.h"
#include "values/number.h"

#include <math.h>
#include <stdlib.h>

/* The digits of a fact with a letter for their scale, so that the last of them
 * is the last that was written: {3, 10} is 0.03T.  A metric with a scale but
 * no unit would lend it to a bare number. */
static void
print_digits(struct buffer *text, struct decimal decimal, bool needs_letter)
{
    int scale = needs_letter ? 3 : 0;
    while (scale < 12 && scale < decimal.exponent) {
        scale += 3;
    }
    if (decimal.exponent > 12) {
        buffer_format(text, "%llde%d", (long long)decimal.coefficient,
                      decimal.exponent);
        return;
    }
    decimal_print(text, decimal, scale);
    buffer_add_text(text, number_scale_letter(scale));
}

static void
print_unit(struct session *session, struct buffer *text, unit_id id)
{
    const struct unit *unit = &session->vocabulary->units.items[id];
    struct slice name = atoms_text(&session->atoms, unit->name);
    if (id == 0) {
        return;
    }
    if (slice_is(name, "%")) {
        buffer_add_slice(text, name);
        return;
    }
    buffer_add_char(text, ' ');
    print_name(text, name);
}

static unit_id
line_unit(const struct session *session, const struct fact *fact)
{
    return session->vocabulary->lines[fact_line(fact)].unit;
}

static void
print_amount(struct session *session, const struct fact *fact,
             struct decimal decimal, struct buffer *text)
{
    unit_id id = line_unit(session, fact);
    const struct unit *unit = &session->vocabulary->units.items[id];
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, fact_metric(fact));
    bool share = unit->role == UNIT_RATE || unit->role == UNIT_POINT;
    if (share && decimal.exponent > 0) { /* 3e1%, never 0.03K% */
        buffer_format(text, "%llde%d", (long long)decimal.coefficient,
                      decimal.exponent);
    } else {
        print_digits(text, decimal, id == 0 && metric->scale > 0);
    }
    print_unit(session, text, id);
}

/* A double in base units as the decimal in the line's unit that gives it back.
 */
static struct decimal
decimal_of(const struct session *session, const struct fact *fact, double value)
{
    const struct unit *unit =
        &session->vocabulary->units.items[line_unit(session, fact)];
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

static void
print_bounds(struct session *session, const struct fact *fact,
             struct interval bounds, struct buffer *text)
{
    buffer_add_text(text, "in ");
    bool open = !isfinite(bounds.low) || !isfinite(bounds.high);
    if (isfinite(bounds.low)) {
        print_amount(session, fact, decimal_of(session, fact, bounds.low),
                     text);
    }
    buffer_add_text(text, open ? ".." : " .. ");
    if (isfinite(bounds.high)) {
        print_amount(session, fact, decimal_of(session, fact, bounds.high),
                     text);
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
fact_print_assertion(struct session *session, const struct fact *fact,
                     const struct fact_detail *detail, struct buffer *text)
{
    struct decimal decimal = fact_decimal(fact);
    bool ranged = (fact->form & FORM_RELATION) == FORM_RELATION;
    if (detail->assertion && fact->form & (FORM_FORMULA | FORM_MOVED)) {
        buffer_add_text(text, detail->assertion);
        return;
    }
    if (ranged) {
        print_bounds(session, fact, detail->bounds, text);
        return;
    }
    buffer_add_text(text, sign_text(fact));
    if (detail->written) {
        buffer_add_text(text, detail->written);
        return;
    }
    buffer_add_text(text, hedge_text(fact));
    print_amount(session, fact, decimal, text);
    if (fact->form & FORM_WIDE) {
        double reach = (detail->bounds.high - detail->bounds.low) / 2;
        buffer_add_text(text, " +- ");
        print_amount(session, fact, decimal_of(session, fact, reach), text);
    }
}

void
fact_print_figure(struct session *session, const struct fact *fact,
                  struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    struct period period = {fact_frequency(fact), fact_period(fact)};
    bool some = false;
    print_name(text, vocabulary_name(vocabulary, CLASS_KIND, fact_kind(fact)));
    buffer_add_char(text, ' ');
    if (period.frequency != FREQUENCY_ONCE) {
        bool fiscal = metric->calendar && period.frequency == FREQUENCY_A;
        period_print(text, period, fiscal);
        buffer_add_char(text, ' ');
    }
    print_name(text,
               vocabulary_name(vocabulary, CLASS_METRIC, fact_metric(fact)));
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
fact_print_day(day_number day, bool before, struct buffer *text)
{
    buffer_add_text(text, before ? ".." : "");
    day_print(text, day + before);
}

void
fact_read_detail(struct session *session, const struct fact *fact,
                 struct arena *arena, struct fact_detail *detail)
{
    *detail = (struct fact_detail){.bounds = interval_all()};
    if (fact->form & FORM_DETAIL) {
        store_detail(session->store, fact->record, arena, detail);
    }
}
