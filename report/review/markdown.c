/* A review in Markdown, as a forge shows it beside a change. */
#include "eval/cell.h"
#include "report/markdown_text.h"
#include "report/review/parts.h"

#include <stdlib.h>

/* Appends TEXT, escaped for people and for Markdown, on one line. */
static void
add_text(struct writer *writer, const char *text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(text), writer->options->ascii);
    markdown_add_text(writer->out, buffer_slice(&shown));
    buffer_free(&shown);
}

static bool
has_text(const char *text)
{
    return text && *text;
}

/* Appends lines of TEXT as one paragraph with breaks. */
static void
add_paragraph(struct writer *writer, struct slice text)
{
    struct buffer shown = {0};
    while (text.len && text.at[text.len - 1] == '\n') {
        text.len--;
    }
    while (text.len) {
        size_t len = 0;
        while (len < text.len && text.at[len] != '\n') {
            len++;
        }
        buffer_clear(&shown);
        cell_add_text(&shown, (struct slice){text.at, len},
                      writer->options->ascii);
        if (len == text.len) {
            markdown_add_start(writer->out, buffer_slice(&shown));
        } else if (len) {
            markdown_add_start(writer->out, buffer_slice(&shown));
            buffer_add_text(writer->out, "\\\n");
        }
        len += len < text.len;
        text.at += len;
        text.len -= len;
    }
    buffer_add_text(writer->out, "\n\n");
    buffer_free(&shown);
}

static void
add_line(struct writer *writer, const char *label, const char *text)
{
    if (has_text(text)) {
        buffer_format(writer->out, "- %s: ", label);
        add_text(writer, text);
        buffer_add_char(writer->out, '\n');
    }
}

static void
add_remarks(struct writer *writer, const struct review_finding *finding)
{
    const struct review_rule *rule = finding->rule;
    size_t start = writer->out->len;
    if (finding_has_message(finding)) {
        add_line(writer, "condition", finding->condition);
    }
    add_line(writer, "because", rule->because);
    add_line(writer, "see", rule->see);
    add_line(writer, "owner", rule->owner);
    if (writer->out->len > start) {
        buffer_add_char(writer->out, '\n');
    }
}

/* Escapes what was appended from START on for the cell of a table. */
static void
escape_from(struct writer *writer, size_t start)
{
    struct buffer kept = {0};
    buffer_clear(&kept);
    buffer_add(&kept, writer->out->text + start, writer->out->len - start);
    writer->out->len = start;
    markdown_add_text(writer->out, buffer_slice(&kept));
    buffer_free(&kept);
}

static void
add_place_cell(struct writer *writer, const struct review_place *place)
{
    if (place->file) {
        size_t start = writer->out->len;
        add_place(writer->out, place, writer->options->ascii);
        escape_from(writer, start);
    }
}

static void
add_fact(struct writer *writer, const struct review_fact *fact)
{
    struct buffer *out = writer->out;
    buffer_add_text(out, "| ");
    add_text(writer, fact->figure);
    buffer_add_text(out, " | ");
    add_text(writer, fact->value.text ? fact->value.text : "?");
    buffer_add_text(out, " | ");
    size_t start = out->len;
    add_origin(out, fact, writer->options->ascii);
    if (has_text(fact->note)) {
        buffer_add_text(out, out->len > start ? ": " : "");
        cell_add_text(out, slice_of(fact->note), writer->options->ascii);
    }
    if (has_text(fact->url)) {
        buffer_add_text(out, out->len > start ? ", " : "");
        cell_add_text(out, slice_of(fact->url), writer->options->ascii);
    }
    escape_from(writer, start);
    buffer_add_text(out, " | ");
    add_place_cell(writer, &fact->place);
    buffer_add_text(out, " |\n");
}

static void
add_figures(struct writer *writer, const struct review_finding *finding)
{
    struct buffer *out = writer->out;
    if (!finding->operand_count && !finding->fact_count &&
        !finding->has_imbalance) {
        return;
    }
    buffer_add_text(out, "| figure | value | stated by | place |\n"
                         "| --- | ---: | --- | --- |\n");
    for (size_t i = 0; i < finding->operand_count; i++) {
        buffer_add_text(out, "| ");
        add_text(writer, finding->operands[i].expression);
        buffer_add_text(out, " | ");
        add_text(writer, finding->operands[i].value.text
                             ? finding->operands[i].value.text
                             : "?");
        buffer_add_text(out, " | | |\n");
    }
    if (finding->has_imbalance) {
        buffer_add_text(out, "| difference | ");
        size_t start = out->len;
        add_imbalance(out, finding, writer->options->ascii);
        escape_from(writer, start);
        buffer_add_text(out, " | | |\n");
    }
    for (size_t i = 0; i < finding->fact_count; i++) {
        add_fact(writer, &finding->facts[i]);
    }
    if (finding->facts_left) {
        buffer_add_text(out, "| and ");
        add_count(out, finding->facts_left, "more figure");
        buffer_add_text(out, " | | | |\n");
    }
    buffer_add_char(out, '\n');
}

/* In a fence that is longer than any in it. */
static void
add_difference_block(struct writer *writer, const char *text)
{
    struct buffer *out = writer->out;
    size_t fence = 3;
    size_t run = 0;
    if (!has_text(text)) {
        return;
    }
    for (const char *at = text; *at; at++) {
        run = *at == '`' ? run + 1 : 0;
        fence = run >= fence ? run + 1 : fence;
    }
    buffer_fill(out, '`', fence);
    buffer_add_text(out, "diff\n");
    add_visible_lines(out, text);
    buffer_add_char(out, '\n');
    buffer_fill(out, '`', fence);
    buffer_add_text(out, "\n\n");
}

static void
add_finding(struct writer *writer, const struct review_finding *finding)
{
    struct buffer *out = writer->out;
    struct review_place place = finding_place(finding);
    buffer_format(out, "### %s: ", severity_word(finding_level(finding)));
    add_text(writer, finding->rule->id);
    buffer_add_text(out, "\n\n**");
    add_text(writer, finding->subject);
    buffer_add_text(out, "**");
    if (!finding_is_new(finding)) {
        buffer_format(out, " (%s)", finding_word(finding));
    }
    if (place.file) {
        buffer_add_text(out, ", ");
        add_place_cell(writer, &place);
    }
    buffer_add_text(out, "\n\n");
    if (finding_has_message(finding)) {
        add_paragraph(writer, slice_of(finding->message));
    } else {
        struct buffer message = {0};
        buffer_clear(&message);
        add_message(&message, finding, false);
        add_paragraph(writer, buffer_slice(&message));
        buffer_free(&message);
    }
    add_difference_block(writer, finding->difference);
    add_figures(writer, finding);
    add_remarks(writer, finding);
}

/* What is known or waived, a row each. */
static void
add_settled(struct writer *writer, const struct review_finding **findings,
            size_t count)
{
    struct buffer *out = writer->out;
    bool is_first = true;
    for (size_t i = 0; i < count; i++) {
        const struct review_finding *finding = findings[i];
        if (finding_is_new(finding) || finding->verdict != VERDICT_FAIL) {
            continue;
        }
        buffer_add_text(out, is_first ? "### Known and waived\n\n"
                                        "| rule | subject | state | finding |\n"
                                        "| --- | --- | --- | --- |\n"
                                      : "");
        is_first = false;
        buffer_add_text(out, "| ");
        add_text(writer, finding->rule->id);
        buffer_add_text(out, " | ");
        add_text(writer, finding->subject);
        buffer_format(out, " | %s", finding_word(finding));
        size_t start = out->len;
        if (finding->waiver) {
            buffer_add_char(out, ' ');
            add_waiver(out, finding->waiver, writer->options->ascii);
            escape_from(writer, start);
        }
        buffer_add_text(out, " | ");
        start = out->len;
        add_message(out, finding, writer->options->ascii);
        escape_from(writer, start);
        buffer_add_text(out, " |\n");
    }
    buffer_add_text(out, is_first ? "" : "\n");
}

static void
add_claims(struct writer *writer)
{
    const struct review *review = writer->review;
    struct buffer *out = writer->out;
    if (review->claim_count) {
        buffer_add_text(out, "### Claims\n\n| claim | said by | verdict | "
                             "place |\n| --- | --- | --- | --- |\n");
    }
    for (size_t i = 0; i < review->claim_count; i++) {
        const struct review_claim *claim = review->claims[i];
        buffer_add_text(out, "| ");
        add_text(writer, claim->text);
        buffer_add_text(out, " | ");
        size_t start = out->len;
        add_origin(out,
                   &(struct review_fact){.actor = claim->actor,
                                         .stated = claim->day,
                                         .source = claim->source},
                   writer->options->ascii);
        escape_from(writer, start);
        buffer_format(out, " | %s", claim_word(claim->verdict));
        if (claim->today != claim->verdict) {
            buffer_format(out, " (now %s)", claim_word(claim->today));
        }
        if (has_text(claim->reason)) {
            buffer_add_text(out, ": ");
            add_text(writer, claim->reason);
        }
        buffer_add_text(out, " | ");
        add_place_cell(writer, &claim->place);
        buffer_add_text(out, " |\n");
    }
    buffer_add_text(out, review->claim_count ? "\n" : "");
}

static void
add_notes(struct writer *writer)
{
    const struct review *review = writer->review;
    struct buffer *out = writer->out;
    size_t start = out->len;
    for (size_t i = 0; i < review->rule_count; i++) {
        if (review->rules[i]->is_empty) {
            buffer_add_text(out, "- no subject: ");
            add_text(writer, review->rules[i]->id);
            buffer_add_char(out, '\n');
        }
    }
    for (size_t i = 0; i < review->waiver_count; i++) {
        const struct review_waiver *waiver = review->waivers[i];
        if (waiver->state == WAIVER_USED) {
            continue;
        }
        buffer_format(out, "- %s waiver: ", waiver_word(waiver->state));
        size_t from = out->len;
        add_waived(out, waiver, writer->options->ascii);
        buffer_add_text(out, ", ");
        add_waiver(out, waiver, writer->options->ascii);
        if (waiver->place.file) {
            buffer_add_text(out, " (");
            add_place(out, &waiver->place, writer->options->ascii);
            buffer_add_char(out, ')');
        }
        escape_from(writer, from);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < review->fixed_count; i++) {
        buffer_add_text(out, "- fixed: ");
        add_text(writer, review->fixed[i].rule);
        buffer_add_text(out, " for ");
        add_text(writer, review->fixed[i].subject);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < review->note_count; i++) {
        buffer_add_text(out, "- ");
        size_t from = out->len;
        add_note(out, &review->notes[i], writer->options->ascii);
        escape_from(writer, from);
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, out->len > start ? "\n" : "");
}

static void
add_errors(struct writer *writer)
{
    struct buffer *out = writer->out;
    size_t start = out->len;
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        struct review_place place;
        if (record->severity == SEVERITY_NOTICE) {
            continue;
        }
        buffer_format(out, "- %s", severity_text(record->severity));
        if (record->code) {
            buffer_format(out, " %s", diagnostic_code_text(record->code));
        }
        buffer_add_text(out, ": ");
        add_text(writer, record->message);
        if (diagnostic_place_of(writer, record, &place)) {
            buffer_add_text(out, " (");
            add_place_cell(writer, &place);
            buffer_add_char(out, ')');
        }
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, out->len > start ? "\n" : "");
}

static void
add_summary(struct writer *writer)
{
    const struct review *review = writer->review;
    buffer_add_text(writer->out, "## Review: ");
    add_text(writer, review->outcome);
    buffer_format(
        writer->out,
        "\n\n| rules | subjects | pass | fail | waived | known | unknown "
        "| n/a |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| %zu | %zu | %zu | %zu | %zu | %zu | %zu | %zu |\n\n",
        review->rule_count, review->subjects, review->verdicts[VERDICT_PASS],
        review->verdicts[VERDICT_FAIL], review->waived, review->known,
        review->verdicts[VERDICT_UNKNOWN],
        review->verdicts[VERDICT_NOT_APPLICABLE]);
}

void
write_markdown(struct writer *writer)
{
    size_t count;
    const struct review_finding **findings =
        findings_by_weight(writer->review, &count);
    add_summary(writer);
    add_errors(writer);
    for (size_t i = 0; i < count; i++) {
        if (finding_is_new(findings[i]) ||
            findings[i]->verdict == VERDICT_UNKNOWN) {
            add_finding(writer, findings[i]);
            output_step(writer->output);
        }
    }
    add_settled(writer, findings, count);
    add_claims(writer);
    add_notes(writer);
    free(findings);
    while (writer->out->len > 1 &&
           writer->out->text[writer->out->len - 1] == '\n' &&
           writer->out->text[writer->out->len - 2] == '\n') {
        writer->out->text[--writer->out->len] = '\0';
    }
}
