/* A review for a terminal: findings, then what is to be said of the whole, and
 * as the last line the outcome. */
#include "report/review/text.h"

#include "base/utf8.h"
#include "eval/cell.h"
#include "values/number.h"

static void
add_text(const struct writer *writer, const char *text)
{
    cell_add_text(writer->out, slice_of(text), writer->options->ascii);
}

static bool
has_text(const char *text)
{
    return text && *text;
}

static enum paint
finding_paint(const struct review_finding *finding)
{
    if (!finding_is_told(finding) ||
        (finding->verdict == VERDICT_FAIL && !finding_is_new(finding))) {
        return PAINT_FAINT;
    }
    switch (finding_level(finding)) {
    case RULE_ERROR:
        break;
    case RULE_WARNING:
        return PAINT_WARNING;
    case RULE_INFO:
        return PAINT_INFO;
    }
    return PAINT_ERROR;
}

/* "error[export_targets.outruns]: target 2023 exports[KR] (known)" */
static void
add_headline(const struct writer *writer, const struct review_finding *finding)
{
    struct buffer *out = writer->out;
    bool told = finding_is_told(finding);
    paint_on(writer, finding_paint(finding));
    buffer_add_text(out, told ? severity_word(finding_level(finding))
                              : verdict_word(finding->verdict));
    buffer_add_char(out, '[');
    add_text(writer, finding->rule->id);
    buffer_add_char(out, ']');
    paint_off(writer);
    buffer_add_text(out, ": ");
    paint_on(writer, PAINT_BOLD);
    add_text(writer, finding->subject);
    paint_off(writer);
    if (told && !finding_is_new(finding)) {
        buffer_format(out, " (%s)", finding_word(finding));
    }
    buffer_add_char(out, '\n');
}

static void
add_arrow(const struct writer *writer, const struct review_place *place)
{
    if (place->file) {
        paint_on(writer, PAINT_FAINT);
        buffer_add_text(writer->out, "  -->");
        paint_off(writer);
        buffer_add_char(writer->out, ' ');
        add_place(writer->out, place, writer->options->ascii);
        buffer_add_char(writer->out, '\n');
    }
}

/* A row of the operands: a name, and a value that ends with the others. */
static void
add_row(const struct writer *writer, const char *name, size_t name_cells,
        struct slice value, size_t value_cells)
{
    struct buffer *out = writer->out;
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(name), writer->options->ascii);
    size_t width = utf8_width(buffer_slice(&shown));
    size_t value_width = utf8_width(value);
    buffer_fill(out, ' ', 3);
    buffer_add_slice(out, buffer_slice(&shown));
    buffer_fill(out, ' ', 2 + (name_cells > width ? name_cells - width : 0));
    buffer_fill(out, ' ',
                value_cells > value_width ? value_cells - value_width : 0);
    buffer_add_slice(out, value);
    buffer_free(&shown);
}

enum { EXPRESSION_CELLS = 44, OPERAND_CELLS = 24 };

static void
measure(const struct writer *writer, const char *text, size_t most,
        size_t *widest)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(text), writer->options->ascii);
    size_t width = utf8_width(buffer_slice(&shown));
    width = width > most ? most : width;
    *widest = width > *widest ? width : *widest;
    buffer_free(&shown);
}

static void
add_operand_rows(const struct writer *writer,
                 const struct review_finding *finding)
{
    static const char difference[] = "difference";
    struct buffer *out = writer->out;
    struct buffer value = {0};
    size_t names = finding->has_imbalance ? sizeof difference - 1 : 0;
    size_t values = 0;
    for (size_t i = 0; i < finding->operand_count; i++) {
        const struct review_operand *operand = &finding->operands[i];
        measure(writer, operand->expression, EXPRESSION_CELLS, &names);
        measure(writer, operand->value.text, OPERAND_CELLS, &values);
    }
    if (finding->has_imbalance) {
        measure(writer, finding->imbalance.text, OPERAND_CELLS, &values);
    }
    for (size_t i = 0; i < finding->operand_count; i++) {
        const struct review_operand *operand = &finding->operands[i];
        buffer_clear(&value);
        cell_add_text(&value,
                      slice_of(operand->value.text ? operand->value.text : "?"),
                      writer->options->ascii);
        add_row(writer, operand->expression, names, buffer_slice(&value),
                values);
        if (!operand->value.known && has_text(operand->value.reason)) {
            buffer_add_text(out, "  ");
            add_text(writer, operand->value.reason);
        }
        buffer_add_char(out, '\n');
    }
    if (finding->has_imbalance) {
        struct buffer whole = {0};
        buffer_clear(&value);
        buffer_clear(&whole);
        add_imbalance(&whole, finding, writer->options->ascii);
        cell_add_text(&value, slice_of(finding->imbalance.text),
                      writer->options->ascii);
        size_t behind =
            utf8_width(buffer_slice(&whole)) - utf8_width(buffer_slice(&value));
        add_row(writer, difference, names, buffer_slice(&whole),
                values + behind);
        buffer_add_char(out, '\n');
        buffer_free(&whole);
    }
    buffer_free(&value);
}

static void
add_waiver_remark(const struct writer *writer,
                  const struct review_finding *finding)
{
    if (finding->waiver) {
        struct buffer line = {0};
        buffer_clear(&line);
        add_waiver(&line, finding->waiver, writer->options->ascii);
        add_remark(writer, "waived", line.text);
        buffer_free(&line);
    }
}

/* What an output block shows (-) and what was printed (+). */
static void
add_difference_lines(const struct writer *writer, const char *text)
{
    struct buffer *out = writer->out;
    if (!has_text(text)) {
        return;
    }
    buffer_add_char(out, '\n');
    while (*text) {
        size_t len = strcspn(text, "\n");
        enum paint paint = *text == '-'   ? PAINT_ERROR
                           : *text == '+' ? PAINT_GOOD
                                          : PAINT_FAINT;
        buffer_fill(out, ' ', 3);
        paint_on(writer, paint);
        cell_add_text(out, (struct slice){text, len}, writer->options->ascii);
        paint_off(writer);
        buffer_add_char(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static void
add_details(const struct writer *writer, const struct review_finding *finding)
{
    struct buffer *out = writer->out;
    struct buffer line = {0};
    buffer_clear(&line);
    buffer_fill(out, ' ', 3);
    if (finding_has_message(finding)) {
        add_wrapped(writer, finding->message, 3, 3);
    } else {
        add_message(&line, finding, false);
        add_wrapped(writer, line.text, 3, 3);
    }
    buffer_free(&line);
    add_difference_lines(writer, finding->difference);
    if (finding->operand_count || finding->has_imbalance) {
        buffer_add_char(out, '\n');
        add_operand_rows(writer, finding);
    }
    if (finding->fact_count) {
        buffer_add_char(out, '\n');
        add_facts(writer, finding->facts, finding->fact_count,
                  finding->facts_left);
    }
    if (finding->operand_count || finding->fact_count) {
        buffer_add_char(out, '\n');
    }
    if (finding_has_message(finding)) {
        add_remark(writer, "condition", finding->condition);
    }
    add_remark(writer, "because", finding->rule->because);
    add_remark(writer, "see", finding->rule->see);
    add_remark(writer, "owner", finding->rule->owner);
    add_waiver_remark(writer, finding);
}

static void
add_finding(const struct writer *writer, const struct review_finding *finding)
{
    add_headline(writer, finding);
    if (finding_is_told(finding)) {
        struct review_place place = finding_place(finding);
        add_arrow(writer, &place);
        add_details(writer, finding);
    } else if (has_text(finding->reason)) {
        add_remark(writer, "because", finding->reason);
    }
}

static void
add_findings(struct writer *writer)
{
    const struct review *review = writer->review;
    for (size_t i = 0; i < review->finding_count; i++) {
        bool told = finding_is_told(review->findings[i]);
        bool after = i && finding_is_told(review->findings[i - 1]);
        if (i && (told || after)) {
            buffer_add_char(writer->out, '\n');
        }
        add_finding(writer, review->findings[i]);
        output_step(writer->output);
    }
    if (review->finding_count) {
        buffer_add_char(writer->out, '\n');
    }
}

static void
add_claim(const struct writer *writer, const struct review_claim *claim)
{
    static const enum paint paints[] = {
        [CLAIM_SUPPORTED] = PAINT_GOOD,
        [CLAIM_CONTRADICTED] = PAINT_ERROR,
        [CLAIM_UNVERIFIABLE] = PAINT_WARNING,
    };
    struct buffer *out = writer->out;
    paint_on(writer, paints[claim->verdict]);
    buffer_add_text(out, claim_word(claim->verdict));
    paint_off(writer);
    buffer_add_text(out, ": ");
    paint_on(writer, PAINT_BOLD);
    add_text(writer, claim->text);
    paint_off(writer);
    buffer_add_char(out, '\n');
    add_arrow(writer, &claim->place);
    struct buffer said = {0};
    buffer_clear(&said);
    add_origin(&said,
               &(struct review_fact){.actor = claim->actor,
                                     .stated = claim->day,
                                     .source = claim->source},
               writer->options->ascii);
    add_remark(writer, claim->actor || claim->source ? "said by" : "judged on",
               said.text);
    buffer_free(&said);
    add_remark(writer, "checked", claim->condition);
    add_remark(writer, "why", claim->reason);
    if (claim->today != claim->verdict) {
        add_remark(writer, "on what is known now", claim_word(claim->today));
    }
    add_facts(writer, claim->facts, claim->fact_count, claim->facts_left);
    buffer_add_char(out, '\n');
}

static void
add_waivers(const struct writer *writer)
{
    struct buffer *out = writer->out;
    size_t start = out->len;
    for (size_t i = 0; i < writer->review->waiver_count; i++) {
        const struct review_waiver *waiver = writer->review->waivers[i];
        if (waiver->state == WAIVER_USED) {
            continue;
        }
        paint_on(writer, PAINT_WARNING);
        buffer_format(out, "%s waiver", waiver_word(waiver->state));
        paint_off(writer);
        buffer_add_text(out, ": ");
        add_waived(out, waiver, writer->options->ascii);
        buffer_add_text(out, ", ");
        add_waiver(out, waiver, writer->options->ascii);
        buffer_add_char(out, '\n');
        add_arrow(writer, &waiver->place);
    }
    if (out->len > start) {
        buffer_add_char(out, '\n');
    }
}

static void
add_fixed(const struct writer *writer)
{
    struct buffer *out = writer->out;
    for (size_t i = 0; i < writer->review->fixed_count; i++) {
        const struct review_fixed *fixed = &writer->review->fixed[i];
        paint_on(writer, PAINT_GOOD);
        buffer_add_text(out, "fixed");
        paint_off(writer);
        buffer_add_text(out, ": ");
        add_text(writer, fixed->rule);
        buffer_add_text(out, " for ");
        add_text(writer, fixed->subject);
        buffer_add_text(out, ", which stands in ");
        if (writer->review->against) {
            buffer_add_text(out, "--against ");
            add_text(writer, writer->review->against);
        } else {
            buffer_add_text(out, "the baseline");
        }
        buffer_add_char(out, '\n');
    }
    if (writer->review->fixed_count) {
        buffer_add_char(out, '\n');
    }
}

static void
add_notes(const struct writer *writer)
{
    struct buffer *out = writer->out;
    for (size_t i = 0; i < writer->review->note_count; i++) {
        const struct review_note *note = &writer->review->notes[i];
        add_note(out, note, writer->options->ascii);
        buffer_add_char(out, '\n');
        add_arrow(writer, &note->place);
    }
    if (writer->review->note_count) {
        buffer_add_char(out, '\n');
    }
}

static void
add_empty(const struct writer *writer)
{
    struct buffer *out = writer->out;
    for (size_t i = 0; i < writer->review->rule_count; i++) {
        const struct review_rule *rule = writer->review->rules[i];
        if (!rule->is_empty) {
            continue;
        }
        paint_on(writer, PAINT_WARNING);
        buffer_add_text(out, "no subject");
        paint_off(writer);
        buffer_add_text(out, ": ");
        add_text(writer, rule->id);
        buffer_add_text(out, " looked at nothing");
        if (has_text(rule->subject)) {
            buffer_add_text(out, " (for ");
            add_text(writer, rule->subject);
            buffer_add_char(out, ')');
        }
        buffer_add_char(out, '\n');
        add_arrow(writer, &rule->place);
    }
    if (empty_rules(writer->review)) {
        buffer_add_char(out, '\n');
    }
}

static void
add_right(struct buffer *out, struct slice text, size_t cells)
{
    buffer_fill(out, ' ', text.len < cells ? cells - text.len : 0);
    buffer_add_slice(out, text);
}

static void
add_profile(const struct writer *writer)
{
    struct buffer *out = writer->out;
    struct buffer number = {0};
    buffer_clear(&number);
    buffer_add_text(out, " seconds        rows  rule\n");
    for (size_t i = 0; i < writer->review->rule_count; i++) {
        const struct review_rule *rule = writer->review->rules[i];
        buffer_clear(&number);
        number_print_place(&number, rule->seconds, -3);
        add_right(out, buffer_slice(&number), 8);
        buffer_clear(&number);
        buffer_add_int(&number, (int64_t)rule->rows);
        add_right(out, buffer_slice(&number), 12);
        buffer_add_text(out, "  ");
        add_text(writer, rule->id);
        buffer_add_char(out, '\n');
    }
    buffer_add_char(out, '\n');
    buffer_free(&number);
}

void
write_text(struct writer *writer)
{
    const struct review *review = writer->review;
    add_findings(writer);
    for (size_t i = 0; i < review->claim_count; i++) {
        add_claim(writer, review->claims[i]);
    }
    if (!writer->options->quiet) {
        add_empty(writer);
        add_waivers(writer);
        add_fixed(writer);
        add_notes(writer);
        if (review->profiles) {
            add_profile(writer);
        }
        add_counts(writer->out, review);
        buffer_add_char(writer->out, '\n');
    }
    add_outcome(writer, review->status, review->outcome);
}
