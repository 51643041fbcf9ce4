/* What is said of a finding in words, alike in every format for people. */
#include "eval/cell.h"
#include "report/review/parts.h"

static void
add_text(struct buffer *out, const char *text, bool ascii)
{
    cell_add_text(out, slice_of(text), ascii);
}

static bool
has_text(const char *text)
{
    return text && *text;
}

void
add_count(struct buffer *out, size_t count, const char *noun)
{
    buffer_add_int(out, (int64_t)count);
    buffer_format(out, " %s%s", noun, count == 1 ? "" : "s");
}

void
add_counts(struct buffer *out, const struct review *review)
{
    add_count(out, review->rule_count, "rule");
    buffer_add_text(out, ", ");
    add_count(out, review->subjects, "subject");
    buffer_format(out,
                  ": %zu pass, %zu fail (%zu waived, %zu known), %zu unknown, "
                  "%zu n/a",
                  review->verdicts[VERDICT_PASS],
                  review->verdicts[VERDICT_FAIL], review->waived, review->known,
                  review->verdicts[VERDICT_UNKNOWN],
                  review->verdicts[VERDICT_NOT_APPLICABLE]);
}

void
add_place(struct buffer *out, const struct review_place *place, bool ascii)
{
    add_text(out, place->file ? place->file : "?", ascii);
    if (place->line) {
        buffer_add_char(out, ':');
        buffer_add_int(out, place->line);
    }
    if (place->line && place->column) {
        buffer_add_char(out, ':');
        buffer_add_int(out, place->column);
    }
}

void
add_visible_lines(struct buffer *out, const char *text)
{
    for (bool is_first = true; *text; is_first = false) {
        size_t len = strcspn(text, "\n");
        buffer_add_text(out, is_first ? "" : "\n");
        cell_add_text(out, (struct slice){text, len}, false);
        text += len + (text[len] == '\n');
    }
}

bool
finding_has_message(const struct review_finding *finding)
{
    return finding->verdict == VERDICT_FAIL && has_text(finding->message);
}

void
add_message(struct buffer *out, const struct review_finding *finding,
            bool ascii)
{
    bool unknown = finding->verdict == VERDICT_UNKNOWN;
    if (finding_has_message(finding)) {
        add_text(out, finding->message, ascii);
        return;
    }
    if (!finding_is_told(finding)) {
        add_text(out, finding->reason ? finding->reason : "", ascii);
        return;
    }
    bool has_condition = has_text(finding->condition);
    if (has_condition) {
        add_text(out, finding->condition, ascii);
    } else {
        buffer_add_text(out, "the rule");
    }
    buffer_add_text(out, unknown ? " cannot be decided" : " does not hold");
    if (unknown && has_text(finding->reason)) {
        buffer_add_text(out, ": ");
        add_text(out, finding->reason, ascii);
    }
}

void
add_imbalance(struct buffer *out, const struct review_finding *finding,
              bool ascii)
{
    add_text(out, finding->imbalance.text ? finding->imbalance.text : "?",
             ascii);
    if (has_text(finding->imbalance_percent.text) &&
        finding->imbalance_percent.known) {
        buffer_add_text(out, " (");
        add_text(out, finding->imbalance_percent.text, ascii);
        buffer_add_char(out, ')');
    }
    if (has_text(finding->tolerance)) {
        buffer_add_text(out, ", tolerance ");
        add_text(out, finding->tolerance, ascii);
    }
}

void
add_operands(struct buffer *out, const struct review_finding *finding,
             bool ascii)
{
    for (size_t i = 0; i < finding->operand_count; i++) {
        const struct review_operand *operand = &finding->operands[i];
        buffer_add_text(out, i ? "; " : "");
        add_text(out, operand->expression, ascii);
        buffer_add_text(out, " is ");
        add_text(out, operand->value.text ? operand->value.text : "?", ascii);
    }
    if (finding->has_imbalance) {
        buffer_add_text(out, finding->operand_count ? "; " : "");
        buffer_add_text(out, "the difference is ");
        add_imbalance(out, finding, ascii);
    }
}

void
add_difference(struct buffer *out, const struct review_finding *finding)
{
    if (has_text(finding->difference)) {
        buffer_add_char(out, '\n');
        add_visible_lines(out, finding->difference);
    }
}

/* "..2023-10-05" is for those who know the language. */
static void
add_day(struct buffer *out, const char *day, bool ascii)
{
    if (strncmp(day, "..", 2) == 0) {
        buffer_add_text(out, "by ");
        day += 2;
    }
    add_text(out, day, ascii);
}

void
add_origin(struct buffer *out, const struct review_fact *fact, bool ascii)
{
    size_t start = out->len;
    if (has_text(fact->basis) && strcmp(fact->basis, "stated") != 0) {
        add_text(out, fact->basis, ascii);
    }
    if (has_text(fact->chain)) {
        buffer_add_text(out, out->len > start ? " " : "");
        add_text(out, fact->chain, ascii);
    }
    if (has_text(fact->actor)) {
        buffer_add_text(out, out->len > start ? ", " : "");
        add_text(out, fact->actor, ascii);
    }
    if (has_text(fact->stated)) {
        buffer_add_text(out, out->len > start ? ", " : "");
        add_day(out, fact->stated, ascii);
    }
    if (has_text(fact->source)) {
        buffer_add_text(out, out->len > start ? ", " : "");
        buffer_add_text(out, "source ");
        add_text(out, fact->source, ascii);
    }
}

void
add_note(struct buffer *out, const struct review_note *note, bool ascii)
{
    buffer_format(out, "%s: ", note_word(note->kind));
    if (note->rule) {
        add_text(out, note->rule, ascii);
        buffer_add_text(out, " for ");
    }
    add_text(out, note->subject, ascii);
    buffer_add_text(out, ": ");
    add_text(out, note->reason, ascii);
}

void
add_waived(struct buffer *out, const struct review_waiver *waiver, bool ascii)
{
    add_text(out, waiver->rule, ascii);
    for (size_t i = 0; waiver->subjects && waiver->subjects[i]; i++) {
        buffer_add_text(out, i ? ", " : " for ");
        add_text(out, waiver->subjects[i], ascii);
    }
}

void
add_waiver(struct buffer *out, const struct review_waiver *waiver, bool ascii)
{
    size_t start = out->len;
    if (has_text(waiver->until)) {
        buffer_add_text(out, "until ");
        add_text(out, waiver->until, ascii);
    }
    if (has_text(waiver->by)) {
        buffer_add_text(out, out->len > start ? ", by " : "by ");
        add_text(out, waiver->by, ascii);
    }
    if (has_text(waiver->because)) {
        buffer_add_text(out, out->len > start ? ": " : "");
        add_text(out, waiver->because, ascii);
    }
}
