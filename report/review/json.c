/* The document "assay-check/1".
 *
 *   {"schema", "as_of", "exit": {"status", "outcome", "fail_level"},
 *    "summary": {...}, "errors": [...], "findings": [...], "waivers": [...],
 *    "fixed": [...], "notes": [...], "rules": [...], "claims": [...]}
 *
 * A value is {"number", "text"} with the number in base units (0.05 for 5%),
 * or null and a "reason" when it is not known.  A place is {"file", "line",
 * "column", "end_line", "end_column"}, null for what it lacks. */
#include "report/review/json_parts.h"

void
json_value(struct json_writer *json, const char *name,
           const struct review_value *value)
{
    json_key(json, name);
    json_begin_object(json);
    json_key(json, "number");
    if (value->known && value->is_number) {
        json_number(json, value->number);
    } else {
        json_null(json);
    }
    json_key(json, "text");
    json_text(json, value->text);
    if (value->reason) {
        json_key(json, "reason");
        json_text(json, value->reason);
    }
    json_end_object(json);
}

void
json_count(struct json_writer *json, const char *name, size_t count)
{
    json_key(json, name);
    json_int(json, (int64_t)count);
}

void
json_member(struct json_writer *json, const char *name, const char *text)
{
    json_key(json, name);
    json_text(json, text);
}

static void
add_position(struct json_writer *json, const char *name, uint32_t position)
{
    json_key(json, name);
    if (position) {
        json_int(json, position);
    } else {
        json_null(json);
    }
}

void
json_place(struct json_writer *json, const char *name,
           const struct review_place *place)
{
    json_key(json, name);
    if (!place->file) {
        json_null(json);
        return;
    }
    json_begin_object(json);
    json_member(json, "file", place->file);
    add_position(json, "line", place->line);
    add_position(json, "column", place->column);
    add_position(json, "end_line", place->column ? place->end_line : 0);
    add_position(json, "end_column", place->column ? place->end_column : 0);
    json_end_object(json);
}

void
json_errors(struct json_writer *json, const struct writer *writer)
{
    json_break(json);
    json_key(json, "errors");
    json_begin_array(json);
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        struct review_place place;
        diagnostic_place_of(writer, record, &place);
        json_break(json);
        json_begin_object(json);
        json_member(json, "severity", severity_text(record->severity));
        json_member(json, "code",
                    record->code ? diagnostic_code_text(record->code) : NULL);
        json_member(json, "message", record->message);
        json_member(json, "label", record->primary.label);
        json_member(json, "help", record->help);
        json_place(json, "place", &place);
        json_end_object(json);
    }
    json_end_array(json);
}

void
json_exit(struct json_writer *json, enum review_status status,
          const char *outcome, const char *fail_level)
{
    json_break(json);
    json_key(json, "exit");
    json_begin_object(json);
    json_count(json, "status", (size_t)status);
    json_member(json, "outcome", outcome);
    if (fail_level) {
        json_member(json, "fail_level", fail_level);
    }
    json_end_object(json);
}

static void
add_facts(struct json_writer *json, const struct review_fact *facts,
          size_t count, size_t left)
{
    json_key(json, "facts");
    json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        const struct review_fact *fact = &facts[i];
        json_begin_object(json);
        json_member(json, "figure", fact->figure);
        json_value(json, "value", &fact->value);
        json_member(json, "basis", fact->basis);
        json_member(json, "actor", fact->actor);
        json_member(json, "stated", fact->stated);
        json_member(json, "source", fact->source);
        json_member(json, "url", fact->url);
        json_member(json, "note", fact->note);
        json_member(json, "chain", fact->chain);
        json_place(json, "place", &fact->place);
        json_end_object(json);
    }
    json_end_array(json);
    json_count(json, "facts_left", left);
}

static void
add_operand_list(struct json_writer *json, const struct review_finding *finding)
{
    json_key(json, "operands");
    json_begin_array(json);
    for (size_t i = 0; i < finding->operand_count; i++) {
        json_begin_object(json);
        json_member(json, "expression", finding->operands[i].expression);
        json_value(json, "value", &finding->operands[i].value);
        json_end_object(json);
    }
    json_end_array(json);
    if (finding->has_imbalance) {
        json_value(json, "imbalance", &finding->imbalance);
        json_value(json, "imbalance_percent", &finding->imbalance_percent);
    } else {
        json_key(json, "imbalance");
        json_null(json);
        json_key(json, "imbalance_percent");
        json_null(json);
    }
    json_member(json, "tolerance", finding->tolerance);
    json_member(json, "difference", finding->difference);
}

static void
add_series(struct json_writer *json, const struct review_finding *finding)
{
    struct buffer period = {0};
    json_member(json, "unit", finding->unit);
    json_key(json, "series");
    json_begin_array(json);
    for (size_t i = 0; i < finding->series_count; i++) {
        const struct review_series *series = &finding->series[i];
        json_begin_object(json);
        json_member(json, "kind", series->kind);
        json_key(json, "points");
        json_begin_array(json);
        for (size_t k = 0; k < series->count; k++) {
            json_begin_array(json);
            buffer_clear(&period);
            period_print(&period, series->periods[k], false);
            json_slice(json, buffer_slice(&period));
            json_number(json, series->values[k]);
            json_end_array(json);
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
    buffer_free(&period);
}

static void
add_finding(struct json_writer *json, const struct review_finding *finding)
{
    struct review_place place = finding_place(finding);
    json_begin_object(json);
    json_member(json, "rule", finding->rule->id);
    json_member(json, "severity", severity_word(finding->rule->severity));
    json_member(json, "verdict", verdict_word(finding->verdict));
    json_key(json, "state");
    if (finding->verdict == VERDICT_FAIL) {
        json_text(json, finding->state == FINDING_NEW ? "new"
                                                      : finding_word(finding));
    } else {
        json_null(json);
    }
    json_member(json, "subject", finding->subject);
    json_member(json, "kind", finding->kind);
    json_member(json, "metric", finding->metric);
    json_member(json, "period", finding->period);
    json_key(json, "members");
    json_begin_object(json);
    for (size_t i = 0; i < finding->member_count; i++) {
        json_member(json, finding->members[i].dimension,
                    finding->members[i].member);
    }
    json_end_object(json);
    json_member(json, "message", finding->message);
    json_member(json, "condition", finding->condition);
    json_member(json, "reason", finding->reason);
    add_operand_list(json, finding);
    add_facts(json, finding->facts, finding->fact_count, finding->facts_left);
    add_series(json, finding);
    json_place(json, "place", &place);
    json_member(json, "fingerprint", finding->fingerprint);
    json_key(json, "waiver");
    if (finding->waiver) {
        json_begin_object(json);
        json_member(json, "until", finding->waiver->until);
        json_member(json, "by", finding->waiver->by);
        json_member(json, "because", finding->waiver->because);
        json_end_object(json);
    } else {
        json_null(json);
    }
    json_end_object(json);
}

static void
add_findings(struct json_writer *json, struct writer *writer)
{
    json_break(json);
    json_key(json, "findings");
    json_begin_array(json);
    for (size_t i = 0; i < writer->review->finding_count; i++) {
        if (!finding_is_told(writer->review->findings[i])) {
            continue; /* another report in this run wants the passes */
        }
        json_break(json);
        add_finding(json, writer->review->findings[i]);
        output_step(writer->output);
    }
    json_end_array(json);
}

static void
add_waivers(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "waivers");
    json_begin_array(json);
    for (size_t i = 0; i < review->waiver_count; i++) {
        const struct review_waiver *waiver = review->waivers[i];
        json_break(json);
        json_begin_object(json);
        json_member(json, "rule", waiver->rule);
        json_key(json, "subjects");
        json_begin_array(json);
        for (size_t k = 0; waiver->subjects && waiver->subjects[k]; k++) {
            json_text(json, waiver->subjects[k]);
        }
        json_end_array(json);
        json_member(json, "state", waiver_word(waiver->state));
        json_count(json, "uses", waiver->uses);
        json_member(json, "until", waiver->until);
        json_member(json, "by", waiver->by);
        json_member(json, "because", waiver->because);
        json_place(json, "place", &waiver->place);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
add_fixed(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "fixed");
    json_begin_array(json);
    for (size_t i = 0; i < review->fixed_count; i++) {
        json_begin_object(json);
        json_member(json, "rule", review->fixed[i].rule);
        json_member(json, "subject", review->fixed[i].subject);
        json_member(json, "fingerprint", review->fixed[i].fingerprint);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
add_notes(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "notes");
    json_begin_array(json);
    for (size_t i = 0; i < review->note_count; i++) {
        const struct review_note *note = &review->notes[i];
        json_break(json);
        json_begin_object(json);
        json_member(json, "kind", note_word(note->kind));
        json_member(json, "rule", note->rule);
        json_member(json, "subject", note->subject);
        json_member(json, "reason", note->reason);
        json_place(json, "place", &note->place);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
add_verdicts(struct json_writer *json, size_t subjects, const size_t *verdicts,
             size_t waived, size_t known)
{
    json_count(json, "subjects", subjects);
    json_count(json, "pass", verdicts[VERDICT_PASS]);
    json_count(json, "fail", verdicts[VERDICT_FAIL]);
    json_count(json, "unknown", verdicts[VERDICT_UNKNOWN]);
    json_count(json, "not_applicable", verdicts[VERDICT_NOT_APPLICABLE]);
    json_count(json, "waived", waived);
    json_count(json, "known", known);
}

static void
add_rule(struct json_writer *json, const struct review_rule *rule,
         bool profiles)
{
    static const char *const on_unknown[] = {
        [ON_UNKNOWN_WARN] = "warn",
        [ON_UNKNOWN_FAIL] = "fail",
        [ON_UNKNOWN_IGNORE] = "ignore",
    };
    json_begin_object(json);
    json_member(json, "id", rule->id);
    json_member(json, "policy", rule->policy ? rule->policy->name : NULL);
    json_member(json, "title", rule->title);
    json_member(json, "severity", severity_word(rule->severity));
    json_member(json, "on_unknown", on_unknown[rule->on_unknown]);
    json_key(json, "fail_when_over");
    if (rule->has_fail_when) {
        json_int(json, (int64_t)rule->fail_when);
    } else {
        json_null(json);
    }
    json_key(json, "may_be_empty");
    json_bool(json, rule->may_be_empty);
    json_member(json, "owner", rule->owner);
    json_member(json, "because", rule->because);
    json_member(json, "see", rule->see);
    json_member(json, "subject", rule->subject);
    json_key(json, "clauses");
    json_begin_array(json);
    for (size_t i = 0; rule->clauses && rule->clauses[i]; i++) {
        json_text(json, rule->clauses[i]);
    }
    json_end_array(json);
    json_place(json, "place", &rule->place);
    add_verdicts(json, rule->subjects, rule->verdicts, rule->waived,
                 rule->known);
    json_count(json, "skipped", rule->skipped);
    json_key(json, "is_empty");
    json_bool(json, rule->is_empty);
    if (profiles) {
        json_key(json, "seconds");
        json_number(json, rule->seconds);
        json_count(json, "rows", rule->rows);
    }
    json_end_object(json);
}

static void
add_rules(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "rules");
    json_begin_array(json);
    for (size_t i = 0; i < review->rule_count; i++) {
        json_break(json);
        add_rule(json, review->rules[i], review->profiles);
    }
    json_end_array(json);
}

static void
add_claims(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "claims");
    json_begin_array(json);
    for (size_t i = 0; i < review->claim_count; i++) {
        const struct review_claim *claim = review->claims[i];
        json_break(json);
        json_begin_object(json);
        json_member(json, "text", claim->text);
        json_member(json, "verdict", claim_word(claim->verdict));
        json_member(json, "today", claim_word(claim->today));
        json_member(json, "actor", claim->actor);
        json_member(json, "source", claim->source);
        json_member(json, "day", claim->day);
        json_member(json, "condition", claim->condition);
        json_member(json, "reason", claim->reason);
        add_facts(json, claim->facts, claim->fact_count, claim->facts_left);
        json_place(json, "place", &claim->place);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
add_summary(struct json_writer *json, const struct review *review)
{
    json_break(json);
    json_key(json, "summary");
    json_begin_object(json);
    json_count(json, "rules", review->rule_count);
    add_verdicts(json, review->subjects, review->verdicts, review->waived,
                 review->known);
    json_count(json, "fixed", review->fixed_count);
    json_count(json, "empty_rules", empty_rules(review));
    json_end_object(json);
}

void
write_json(struct writer *writer)
{
    const struct review *review = writer->review;
    struct json_writer json;
    struct buffer day = {0};
    json_init(&json, writer->out);
    json.ascii = writer->options->ascii;
    json_begin_object(&json);
    json_member(&json, "schema", "assay-check/1");
    json_key(&json, "as_of");
    if (review->as_of == DAY_NONE) {
        json_null(&json);
    } else {
        buffer_clear(&day);
        day_print(&day, review->as_of);
        json_slice(&json, buffer_slice(&day));
        buffer_free(&day);
    }
    json_exit(&json, review->status, review->outcome,
              severity_word(review->fail_level));
    add_summary(&json, review);
    json_errors(&json, writer);
    add_findings(&json, writer);
    add_waivers(&json, review);
    add_fixed(&json, review);
    add_notes(&json, review);
    add_rules(&json, review);
    add_claims(&json, review);
    json_end_object(&json);
    buffer_add_char(writer->out, '\n');
}
