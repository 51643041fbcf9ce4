/* A row for each finding.  Quoted as in RFC 4180; texts are as they were
 * stated, but for cells that a spreadsheet would run, if that is asked for. */
#include "report/review/parts.h"
#include "values/number.h"

#include <stdlib.h>

struct row {
    struct writer *writer;
    bool is_first; /* field of its line */
};

static void
add_cell(struct row *row, struct slice text, bool is_ours)
{
    struct buffer *out = row->writer->out;
    bool safe = row->writer->options->csv_safe && !is_ours;
    bool runs = text.len && strchr("=+-@\t\r", text.at[0]) && text.at[0];
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        quoted = quoted || strchr("\",\n\r", text.at[i]);
    }
    quoted = quoted ||
             (text.len && (text.at[0] == ' ' || text.at[text.len - 1] == ' '));
    buffer_add_text(out, row->is_first ? "" : ",");
    row->is_first = false;
    buffer_add_text(out, quoted ? "\"" : "");
    buffer_add_text(out, safe && runs ? "'" : "");
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            buffer_add_char(out, '"');
        }
        buffer_add_char(out, text.at[i]);
    }
    buffer_add_text(out, quoted ? "\"" : "");
}

static void
add_text(struct row *row, const char *text)
{
    add_cell(row, slice_of(text), false);
}

static void
add_number(struct row *row, const struct review_value *value)
{
    struct buffer number = {0};
    buffer_clear(&number);
    if (value->known && value->is_number && isfinite(value->number)) {
        number_print(&number, value->number);
    }
    add_cell(row, buffer_slice(&number), true);
    buffer_free(&number);
}

/* 0 is an empty cell. */
static void
add_position(struct row *row, uint32_t position)
{
    struct buffer number = {0};
    buffer_clear(&number);
    if (position) {
        buffer_add_int(&number, position);
    }
    add_cell(row, buffer_slice(&number), true);
    buffer_free(&number);
}

static void
add_members(struct row *row, const struct review_finding *finding)
{
    struct buffer members = {0};
    buffer_clear(&members);
    for (size_t i = 0; i < finding->member_count; i++) {
        buffer_format(&members, "%s%s=%s", i ? "; " : "",
                      finding->members[i].dimension,
                      finding->members[i].member);
    }
    add_cell(row, buffer_slice(&members), false);
    buffer_free(&members);
}

static void
add_operand_cell(struct row *row, const struct review_finding *finding)
{
    struct buffer operands = {0};
    buffer_clear(&operands);
    for (size_t i = 0; i < finding->operand_count; i++) {
        const struct review_operand *operand = &finding->operands[i];
        buffer_format(&operands, "%s%s is %s", i ? "; " : "",
                      operand->expression,
                      operand->value.text ? operand->value.text : "?");
    }
    add_cell(row, buffer_slice(&operands), false);
    buffer_free(&operands);
}

/* The fact at the finding's place, else the first. */
static const struct review_fact *
chief_fact(const struct review_finding *finding)
{
    for (size_t i = 0; i < finding->fact_count; i++) {
        const struct review_place *place = &finding->facts[i].place;
        if (place->file && finding->place.file &&
            strcmp(place->file, finding->place.file) == 0 &&
            place->line == finding->place.line &&
            place->column == finding->place.column) {
            return &finding->facts[i];
        }
    }
    return finding->fact_count ? finding->facts : NULL;
}

static void
add_finding(struct writer *writer, const struct review_finding *finding)
{
    static const struct review_fact nobody = {0};
    static const struct review_waiver no_waiver = {0};
    struct row row = {writer, true};
    const struct review_fact *fact = chief_fact(finding);
    const struct review_waiver *waiver =
        finding->waiver ? finding->waiver : &no_waiver;
    struct review_place place = finding_place(finding);
    fact = fact ? fact : &nobody;
    add_text(&row, severity_word(finding->rule->severity));
    add_text(&row, finding->rule->id);
    add_text(&row, finding->subject);
    add_text(&row, verdict_word(finding->verdict));
    add_text(&row,
             finding->verdict == VERDICT_FAIL
                 ? finding->state == FINDING_NEW ? "new" : finding_word(finding)
                 : "");
    add_text(&row, finding->kind);
    add_text(&row, finding->metric);
    add_text(&row, finding->period);
    add_members(&row, finding);
    add_text(&row, finding->message);
    add_text(&row, finding->condition);
    add_text(&row, finding->reason);
    add_operand_cell(&row, finding);
    add_number(&row, &finding->imbalance);
    add_text(&row, finding->imbalance.text);
    add_number(&row, &finding->imbalance_percent);
    add_text(&row, finding->imbalance_percent.text);
    add_text(&row, finding->tolerance);
    add_text(&row, fact->actor);
    add_text(&row, fact->stated);
    add_text(&row, fact->source);
    add_text(&row, place.file);
    add_position(&row, place.line);
    add_position(&row, place.column);
    add_position(&row, place.end_line);
    add_position(&row, place.end_column);
    add_text(&row, finding->rule->because);
    add_text(&row, finding->rule->see);
    add_text(&row, finding->rule->owner);
    add_text(&row, waiver->until);
    add_text(&row, waiver->by);
    add_text(&row, waiver->because);
    add_text(&row, finding->fingerprint);
    buffer_add_char(writer->out, '\n');
}

void
write_csv(struct writer *writer)
{
    buffer_add_text(
        writer->out,
        "severity,rule,subject,verdict,state,kind,metric,period,members,"
        "message,condition,reason,operands,imbalance,imbalance_text,"
        "imbalance_percent,imbalance_percent_text,tolerance,actor,stated,"
        "source,file,line,column,end_line,end_column,because,see,owner,"
        "waived_until,waived_by,waived_because,fingerprint\n");
    for (size_t i = 0; i < writer->review->finding_count; i++) {
        if (!finding_is_told(writer->review->findings[i])) {
            continue; /* another report in this run wants the passes */
        }
        add_finding(writer, writer->review->findings[i]);
        output_step(writer->output);
    }
}
