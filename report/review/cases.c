#include "report/review/cases.h"

#include "eval/cell.h"

/* Texts of the case at hand. */
struct texts {
    struct buffer name;
    struct buffer message;
    struct buffer details;
};

static void
clear(struct texts *texts)
{
    buffer_clear(&texts->name);
    buffer_clear(&texts->message);
    buffer_clear(&texts->details);
}

static void
drop(struct texts *texts)
{
    buffer_free(&texts->name);
    buffer_free(&texts->message);
    buffer_free(&texts->details);
}

static void
add_line(struct buffer *out, const char *label, const char *text)
{
    if (text && *text) {
        buffer_format(out, "%s: ", label);
        add_visible_lines(out, text);
        buffer_add_char(out, '\n');
    }
}

static void
add_details(struct buffer *out, const struct review_finding *finding)
{
    if (finding->difference) {
        add_visible_lines(out, finding->difference);
        buffer_add_char(out, '\n');
    }
    size_t start = out->len;
    add_operands(out, finding, false);
    buffer_add_text(out, out->len > start ? "\n" : "");
    for (size_t i = 0; i < finding->fact_count; i++) {
        const struct review_fact *fact = &finding->facts[i];
        cell_add_text(out, slice_of(fact->figure), false);
        buffer_add_text(out, ": ");
        cell_add_text(out, slice_of(fact->value.text ? fact->value.text : "?"),
                      false);
        size_t from = out->len;
        buffer_add_text(out, " (");
        add_origin(out, fact, false);
        if (fact->place.file) {
            buffer_add_text(out, out->len > from + 2 ? ", at " : "at ");
            add_place(out, &fact->place, false);
        }
        if (out->len == from + 2) {
            out->len = from;
            out->text[from] = '\0';
        } else {
            buffer_add_char(out, ')');
        }
        buffer_add_char(out, '\n');
    }
    if (finding->facts_left) {
        buffer_add_text(out, "and ");
        add_count(out, finding->facts_left, "more figure");
        buffer_add_char(out, '\n');
    }
    if (finding_has_message(finding)) {
        add_line(out, "condition", finding->condition);
    }
    add_line(out, "because", finding->rule->because);
    add_line(out, "see", finding->rule->see);
    add_line(out, "owner", finding->rule->owner);
}

static void
tell_finding(const struct review_finding *finding, struct texts *texts,
             case_taker take, void *context)
{
    struct review_case item = {
        .type = severity_word(finding->rule->severity),
        .place = finding_place(finding),
        .finding = finding,
        .outcome = CASE_SKIPPED,
    };
    clear(texts);
    buffer_format(&texts->name, "%s for %s", finding->rule->id,
                  finding->subject);
    bool skipped = !finding_is_new(finding);
    if (finding->verdict == VERDICT_PASS) {
        item.outcome = CASE_PASSED;
    } else if (!skipped) {
        item.outcome = CASE_FAILED;
    } else {
        buffer_add_text(&texts->message, finding_word(finding));
        buffer_add_text(&texts->message, finding->waiver ? " " : "");
        if (finding->waiver) {
            add_waiver(&texts->message, finding->waiver, false);
        }
    }
    if (finding_is_told(finding)) {
        buffer_add_text(&texts->message, skipped ? ": " : "");
        add_message(&texts->message, finding, false);
        add_details(&texts->details, finding);
    }
    item.name = texts->name.text;
    item.message = texts->message.text;
    item.details = texts->details.len ? texts->details.text : NULL;
    take(context, &item);
}

/* What no finding of the rule tells of. */
static void
tell_rest(const struct review *review, const struct review_rule *rule,
          bool has_findings, struct texts *texts, case_taker take,
          void *context)
{
    size_t passes = rule->verdicts[VERDICT_PASS];
    struct review_case item = {.type = severity_word(rule->severity),
                               .place = rule->place};
    clear(texts);
    buffer_add_text(&texts->name, rule->id);
    if (passes && !review->keeps_passes) {
        buffer_add_text(&texts->name, " for ");
        add_count(&texts->name, passes, "subject");
        buffer_add_text(&texts->name,
                        passes == 1 ? " that passes" : " that pass");
        item.outcome = CASE_PASSED;
    } else if (!has_findings) {
        buffer_add_text(&texts->message, rule->subjects
                                             ? "it does not apply"
                                             : "it found no subject");
        item.outcome = CASE_SKIPPED;
    } else {
        return;
    }
    item.name = texts->name.text;
    item.message = texts->message.text;
    take(context, &item);
}

void
cases_of_policy(const struct writer *writer, const struct review_policy *policy,
                case_taker take, void *context)
{
    const struct review *review = writer->review;
    struct texts texts = {0};
    for (size_t i = 0; i < review->rule_count; i++) {
        const struct review_rule *rule = review->rules[i];
        bool has_findings = false;
        if (rule->policy != policy) {
            continue;
        }
        for (size_t k = 0; k < review->finding_count; k++) {
            if (review->findings[k]->rule == rule) {
                tell_finding(review->findings[k], &texts, take, context);
                has_findings = true;
            }
        }
        tell_rest(review, rule, has_findings, &texts, take, context);
    }
    drop(&texts);
}

void
cases_of_breakdown(const struct writer *writer, case_taker take, void *context)
{
    size_t told = 0;
    if (writer->review->status != REVIEW_BROKEN) {
        return;
    }
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        const char *code =
            record->code ? diagnostic_code_text(record->code) : "error";
        struct review_case item = {.outcome = CASE_BROKEN,
                                   .name = record->message,
                                   .type = code,
                                   .message = record->message,
                                   .details = record->help};
        if (record->severity == SEVERITY_ERROR) {
            diagnostic_place_of(writer, record, &item.place);
            take(context, &item);
            told++;
        }
    }
    if (!told) {
        take(context,
             &(struct review_case){.outcome = CASE_BROKEN,
                                   .name = "the review",
                                   .type = "error",
                                   .message = writer->review->outcome});
    }
}
