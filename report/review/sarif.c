/* SARIF 2.1.0, one run: the worst results first, since consumers keep so many
 * and no more.  What passes or does not apply is no result here.
 *
 * A result of kind `review` has a level of its own against the letter of the
 * standard (3.27.10), because consumers order by it and hide what has none. */
#include "base/utf8.h"
#include "base/version.h"
#include "report/review/json_parts.h"

#include <stdlib.h>

enum {
    RESULTS_MAX = 25000, /* a file with more is refused by consumers */
    TEXT_MAX = 1024,     /* characters of a rule's descriptions */
};

static void
add_slice(struct json_writer *json, const char *name, struct slice text)
{
    json_key(json, name);
    json_begin_object(json);
    json_key(json, "text");
    json_slice(json, text);
    json_end_object(json);
}

static void
add_text(struct json_writer *json, const char *name, const char *text)
{
    add_slice(json, name, slice_of(text));
}

/* A path as a reference, RFC 3986: a colon in its first part would make that a
 * scheme. */
static void
add_uri(struct json_writer *json, const struct writer *writer, const char *file)
{
    struct buffer uri = {0};
    struct slice path = place_path(writer, file);
    buffer_clear(&uri);
    /* What is built in is no file: `std:provenance`. */
    size_t scheme = path.len > 4 && memcmp(path.at, "std:", 4) == 0 ? 4 : 0;
    if (path.len && path.at[0] == '/') {
        buffer_add_text(&uri, "file://");
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];
        bool plain = i < scheme || (c >= 'a' && c <= 'z') ||
                     (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain) {
            buffer_add_char(&uri, (char)c);
        } else {
            buffer_format(&uri, "%%%02X", c);
        }
    }
    json_key(json, "uri");
    json_slice(json, buffer_slice(&uri));
    buffer_free(&uri);
}

static void
add_region(struct json_writer *json, const struct review_place *place)
{
    json_key(json, "region");
    json_begin_object(json);
    json_count(json, "startLine", place->line);
    if (place->column) {
        json_count(json, "startColumn", place->column);
    }
    if (place->end_line >= place->line) {
        json_count(json, "endLine", place->end_line);
    }
    bool ends_behind =
        place->end_line > place->line || place->end_column > place->column;
    if (place->column && place->end_column && ends_behind) {
        json_count(json, "endColumn", place->end_column);
    }
    json_end_object(json);
}

/* Appends members of a location that is begun. */
static void
add_physical(struct json_writer *json, const struct writer *writer,
             const struct review_place *place)
{
    json_key(json, "physicalLocation");
    json_begin_object(json);
    json_key(json, "artifactLocation");
    json_begin_object(json);
    add_uri(json, writer, place->file);
    json_end_object(json);
    if (place->line) {
        add_region(json, place);
    }
    json_end_object(json);
}

static void
add_locations(struct json_writer *json, const struct writer *writer,
              const struct review_place *place)
{
    if (place->file) {
        json_key(json, "locations");
        json_begin_array(json);
        json_begin_object(json);
        add_physical(json, writer, place);
        json_end_object(json);
        json_end_array(json);
    }
}

static bool
same_place(const struct review_place *a, const struct review_place *b)
{
    return strcmp(a->file, b->file) == 0 && a->line == b->line &&
           a->column == b->column;
}

/* The other facts, and the rule. */
static void
add_related(struct json_writer *json, const struct writer *writer,
            const struct review_finding *finding)
{
    struct review_place at = finding_place(finding);
    struct buffer text = {0};
    int64_t id = 1;
    json_key(json, "relatedLocations");
    json_begin_array(json);
    for (size_t i = 0; i <= finding->fact_count; i++) {
        bool is_rule = i == finding->fact_count;
        const struct review_place *place =
            is_rule ? &finding->rule->place : &finding->facts[i].place;
        if (!place->file || same_place(place, &at)) {
            continue;
        }
        buffer_clear(&text);
        if (is_rule) {
            buffer_format(&text, "the rule %s", finding->rule->id);
        } else {
            buffer_format(&text, "%s: %s", finding->facts[i].figure,
                          finding->facts[i].value.text
                              ? finding->facts[i].value.text
                              : "?");
        }
        json_begin_object(json);
        json_key(json, "id");
        json_int(json, id++);
        add_physical(json, writer, place);
        add_slice(json, "message", buffer_slice(&text));
        json_end_object(json);
    }
    json_end_array(json);
    buffer_free(&text);
}

static const char *
level_word(enum rule_severity severity)
{
    switch (severity) {
    case RULE_ERROR:
        break;
    case RULE_WARNING:
        return "warning";
    case RULE_INFO:
        return "note";
    }
    return "error";
}

static size_t
rule_index(const struct review *review, const struct review_rule *rule)
{
    size_t at = 0;
    while (at < review->rule_count && review->rules[at] != rule) {
        at++;
    }
    return at;
}

static void
add_rule_reference(struct json_writer *json, const struct review *review,
                   const struct review_rule *rule)
{
    size_t index = rule_index(review, rule);
    json_member(json, "ruleId", rule->id);
    if (index < review->rule_count) {
        json_count(json, "ruleIndex", index);
    }
}

static void
add_result_text(struct json_writer *json, const struct review_finding *finding)
{
    struct buffer text = {0};
    buffer_clear(&text);
    add_visible_lines(&text, finding->subject);
    buffer_add_text(&text, ": ");
    if (finding_has_message(finding)) {
        add_visible_lines(&text, finding->message);
    } else {
        add_message(&text, finding, false);
    }
    size_t start = text.len;
    buffer_add_text(&text, "\n");
    add_operands(&text, finding, false);
    if (text.len == start + 1) {
        text.len = start;
    }
    add_difference(&text, finding);
    add_slice(json, "message", buffer_slice(&text));
    buffer_free(&text);
}

static void
add_suppression(struct json_writer *json, const struct writer *writer,
                const struct review_waiver *waiver)
{
    struct buffer text = {0};
    json_key(json, "suppressions");
    json_begin_array(json);
    json_begin_object(json);
    json_member(json, "kind", "external");
    json_member(json, "status", "accepted");
    if (waiver) {
        buffer_clear(&text);
        add_waiver(&text, waiver, false);
        json_member(json, "justification", text.text);
        buffer_free(&text);
    }
    if (waiver && waiver->place.file) {
        json_key(json, "location");
        json_begin_object(json);
        add_physical(json, writer, &waiver->place);
        json_end_object(json);
    }
    json_end_object(json);
    json_end_array(json);
}

static void
add_fingerprint(struct json_writer *json, const char *fingerprint)
{
    json_key(json, "partialFingerprints");
    json_begin_object(json);
    json_member(json, "primaryLocationLineHash", fingerprint);
    json_end_object(json);
}

static void
add_result(struct json_writer *json, const struct writer *writer,
           const struct review_finding *finding)
{
    struct review_place place = finding_place(finding);
    bool unknown = finding->verdict == VERDICT_UNKNOWN;
    bool known = !unknown && finding->state == FINDING_KNOWN;
    json_begin_object(json);
    add_rule_reference(json, writer->review, finding->rule);
    json_member(json, "level", level_word(finding_level(finding)));
    json_member(json, "kind", unknown ? "review" : "fail");
    add_result_text(json, finding);
    add_locations(json, writer, &place);
    add_related(json, writer, finding);
    add_fingerprint(json, finding->fingerprint);
    if (writer->review->has_baseline) {
        json_member(json, "baselineState", known ? "unchanged" : "new");
    }
    if (finding->state == FINDING_WAIVED) {
        add_suppression(json, writer, finding->waiver);
    }
    json_key(json, "properties");
    json_begin_object(json);
    json_member(json, "subject", finding->subject);
    json_member(json, "verdict", verdict_word(finding->verdict));
    json_end_object(json);
    json_end_object(json);
}

static const struct review_rule *
find_rule(const struct review *review, const char *id)
{
    for (size_t i = 0; i < review->rule_count; i++) {
        if (strcmp(review->rules[i]->id, id) == 0) {
            return review->rules[i];
        }
    }
    return NULL;
}

/* What stands in the baseline and is found no more. */
static void
add_absent(struct json_writer *json, const struct writer *writer,
           const struct review_fixed *fixed)
{
    const struct review_rule *rule = find_rule(writer->review, fixed->rule);
    struct buffer text = {0};
    buffer_clear(&text);
    buffer_format(&text, "%s: fixed", fixed->subject);
    json_begin_object(json);
    json_member(json, "ruleId", fixed->rule);
    if (rule) {
        json_count(json, "ruleIndex", rule_index(writer->review, rule));
    }
    json_member(json, "level", "none");
    json_member(json, "kind", "pass");
    add_slice(json, "message", buffer_slice(&text));
    if (rule) {
        add_locations(json, writer, &rule->place);
    }
    add_fingerprint(json, fixed->fingerprint);
    json_member(json, "baselineState", "absent");
    json_end_object(json);
    buffer_free(&text);
}

/* Appends as much of TEXT as a description may hold. */
static void
add_limited(struct json_writer *json, const char *name, const char *text)
{
    struct slice rest = slice_of(text);
    if (utf8_count(rest) <= TEXT_MAX) {
        add_slice(json, name, rest);
        return;
    }
    struct buffer cut = {0};
    buffer_clear(&cut);
    for (int i = 0; i < TEXT_MAX - 3; i++) {
        int32_t point;
        size_t bytes = utf8_next(rest, &point);
        buffer_add(&cut, rest.at, bytes);
        rest.at += bytes;
        rest.len -= bytes;
    }
    buffer_add_text(&cut, "...");
    add_slice(json, name, buffer_slice(&cut));
    buffer_free(&cut);
}

static const char *
text_or(const char *text, const char *other)
{
    return text && *text ? text : other;
}

static void
add_help_line(struct buffer *out, const char *label, const char *text)
{
    if (text && *text) {
        buffer_format(out, "%s%s: %s", out->len ? "\n" : "", label, text);
    }
}

/* All that the rule says of itself, as text and as Markdown. */
static void
add_help(struct json_writer *json, const struct review_rule *rule)
{
    struct buffer text = {0};
    buffer_clear(&text);
    buffer_add_text(&text, text_or(rule->title, rule->id));
    add_help_line(&text, "For", rule->subject);
    add_help_line(&text, "Because", rule->because);
    add_help_line(&text, "See", rule->see);
    add_help_line(&text, "Owner", rule->owner);
    for (size_t i = 0; rule->clauses && rule->clauses[i]; i++) {
        buffer_format(&text, "\n    %s", rule->clauses[i]);
    }
    json_key(json, "help");
    json_begin_object(json);
    json_key(json, "text");
    json_slice(json, buffer_slice(&text));
    buffer_clear(&text);
    add_rule_markdown(&text, rule);
    json_key(json, "markdown");
    json_slice(json, buffer_slice(&text));
    json_end_object(json);
    buffer_free(&text);
}

static void
add_rule(struct json_writer *json, const struct review_rule *rule)
{
    json_begin_object(json);
    json_member(json, "id", rule->id);
    if (rule->name) {
        json_member(json, "name", rule->name);
    }
    add_limited(json, "shortDescription", text_or(rule->title, rule->id));
    add_limited(json, "fullDescription",
                text_or(rule->because, text_or(rule->title, rule->id)));
    add_help(json, rule);
    if (rule->see && strncmp(rule->see, "http", 4) == 0 &&
        !strpbrk(rule->see, " <>\"{}|\\^`\n")) {
        json_member(json, "helpUri", rule->see);
    }
    json_key(json, "defaultConfiguration");
    json_begin_object(json);
    json_member(json, "level", level_word(rule->severity));
    json_end_object(json);
    json_key(json, "properties");
    json_begin_object(json);
    json_key(json, "tags");
    json_begin_array(json);
    if (rule->policy) {
        json_text(json, rule->policy->name);
    }
    json_end_array(json);
    json_member(json, "precision", "very-high");
    json_member(json, "problem.severity",
                rule->severity == RULE_INFO ? "recommendation"
                                            : severity_word(rule->severity));
    json_end_object(json);
    json_end_object(json);
}

static void
add_tool(struct json_writer *json, const struct writer *writer)
{
    json_key(json, "tool");
    json_begin_object(json);
    json_key(json, "driver");
    json_begin_object(json);
    json_member(json, "name", "Assay");
    json_member(json, "version", ASSAY_VERSION);
    json_key(json, "rules");
    json_begin_array(json);
    for (size_t i = 0; i < writer->review->rule_count; i++) {
        json_break(json);
        add_rule(json, writer->review->rules[i]);
    }
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

static void
add_message_of_run(struct json_writer *json, const struct writer *writer,
                   const struct diagnostic *record)
{
    static const char *const levels[] = {
        [SEVERITY_ERROR] = "error",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_NOTICE] = "note",
    };
    struct review_place place;
    diagnostic_place_of(writer, record, &place);
    json_begin_object(json);
    json_member(json, "level", levels[record->severity]);
    if (record->code) {
        json_key(json, "descriptor");
        json_begin_object(json);
        json_member(json, "id", diagnostic_code_text(record->code));
        json_end_object(json);
    }
    add_text(json, "message", record->message);
    add_locations(json, writer, &place);
    json_end_object(json);
}

static void
add_remark_of_run(struct json_writer *json, const char *text)
{
    json_begin_object(json);
    json_member(json, "level", "warning");
    add_text(json, "message", text);
    json_end_object(json);
}

/* Rules that found nothing to look at. */
static void
add_configuration(struct json_writer *json, const struct writer *writer)
{
    json_key(json, "toolConfigurationNotifications");
    json_begin_array(json);
    for (size_t i = 0; i < writer->review->rule_count; i++) {
        const struct review_rule *rule = writer->review->rules[i];
        if (rule->is_empty) {
            json_begin_object(json);
            json_member(json, "level", "warning");
            json_key(json, "associatedRule");
            json_begin_object(json);
            json_member(json, "id", rule->id);
            json_count(json, "index", i);
            json_end_object(json);
            add_text(json, "message", "the rule found no subject");
            add_locations(json, writer, &rule->place);
            json_end_object(json);
        }
    }
    json_end_array(json);
}

/* "retracted target 2023 exports: a typing error" */
static void
add_notes(struct json_writer *json, const struct writer *writer)
{
    for (size_t i = 0; i < writer->review->note_count; i++) {
        const struct review_note *note = &writer->review->notes[i];
        struct buffer text = {0};
        buffer_clear(&text);
        add_note(&text, note, false);
        json_begin_object(json);
        json_member(json, "level", "note");
        add_slice(json, "message", buffer_slice(&text));
        add_locations(json, writer, &note->place);
        json_end_object(json);
        buffer_free(&text);
    }
}

static void
add_invocation(struct json_writer *json, const struct writer *writer,
               size_t left)
{
    const struct review *review = writer->review;
    json_key(json, "invocations");
    json_begin_array(json);
    json_begin_object(json);
    json_key(json, "executionSuccessful");
    json_bool(json, review->status != REVIEW_BROKEN);
    json_key(json, "exitCode");
    json_int(json, (int64_t)review->status);
    json_member(json, "exitCodeDescription", review->outcome);
    json_key(json, "toolExecutionNotifications");
    json_begin_array(json);
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        add_message_of_run(json, writer,
                           writer->options->diagnostics->items[i]);
    }
    add_notes(json, writer);
    if (left) {
        struct buffer text = {0};
        buffer_clear(&text);
        add_count(&text, left, "result");
        buffer_add_text(&text, " more, none worse, are left out: a file of "
                               "this format holds 25000");
        add_remark_of_run(json, text.text);
        buffer_free(&text);
    }
    json_end_array(json);
    add_configuration(json, writer);
    json_end_object(json);
    json_end_array(json);
}

static void
add_results(struct json_writer *json, const struct writer *writer,
            const struct review_finding **findings, size_t count)
{
    const struct review *review = writer->review;
    size_t room = RESULTS_MAX;
    json_key(json, "results");
    json_begin_array(json);
    for (size_t i = 0; i < count && room; i++, room--) {
        json_break(json);
        add_result(json, writer, findings[i]);
        output_step(writer->output);
    }
    for (size_t i = 0; i < review->fixed_count && room; i++, room--) {
        json_break(json);
        add_absent(json, writer, &review->fixed[i]);
    }
    json_end_array(json);
}

void
write_sarif(struct writer *writer)
{
    size_t count;
    const struct review_finding **findings =
        findings_by_weight(writer->review, &count);
    size_t all = count + writer->review->fixed_count;
    struct json_writer json;
    json_init(&json, writer->out);
    json_begin_object(&json);
    json_member(&json, "$schema",
                "https://json.schemastore.org/sarif-2.1.0.json");
    json_member(&json, "version", "2.1.0");
    json_key(&json, "runs");
    json_begin_array(&json);
    json_begin_object(&json);
    add_tool(&json, writer);
    json_break(&json);
    json_member(&json, "columnKind", "unicodeCodePoints");
    json_break(&json);
    add_invocation(&json, writer, all > RESULTS_MAX ? all - RESULTS_MAX : 0);
    json_break(&json);
    add_results(&json, writer, findings, count);
    json_end_object(&json);
    json_end_array(&json);
    json_end_object(&json);
    buffer_add_char(writer->out, '\n');
    free(findings);
}
