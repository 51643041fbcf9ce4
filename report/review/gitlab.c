/* GitLab's code quality report.  It compares two of them by fingerprint, so
 * what is known is in it; what is waived is not. */
#include "report/review/json_parts.h"

#include <stdlib.h>

static void
add_location(struct json_writer *json, const struct writer *writer,
             const struct review_place *place)
{
    json_key(json, "location");
    json_begin_object(json);
    json_key(json, "path");
    json_slice(json,
               place->file ? place_path(writer, place->file) : SLICE("."));
    json_key(json, "lines");
    json_begin_object(json);
    json_count(json, "begin", place->line ? place->line : 1);
    json_end_object(json);
    json_end_object(json);
}

static void
add_finding(struct json_writer *json, const struct writer *writer,
            const struct review_finding *finding)
{
    static const char *const severities[] = {
        [RULE_ERROR] = "major",
        [RULE_WARNING] = "minor",
        [RULE_INFO] = "info",
    };
    struct review_place place = finding_place(finding);
    struct buffer text = {0};
    buffer_clear(&text);
    add_visible_lines(&text, finding->subject);
    buffer_add_text(&text, ": ");
    add_message(&text, finding, false);
    size_t start = text.len;
    buffer_add_text(&text, " (");
    add_operands(&text, finding, false);
    if (text.len == start + 2) {
        text.len = start;
    } else {
        buffer_add_char(&text, ')');
    }
    json_break(json);
    json_begin_object(json);
    json_key(json, "description");
    json_slice(json, buffer_slice(&text));
    json_member(json, "check_name", finding->rule->id);
    json_member(json, "fingerprint", finding->fingerprint);
    json_member(json, "severity", severities[finding_level(finding)]);
    add_location(json, writer, &place);
    json_end_object(json);
    buffer_free(&text);
}

/* FNV-1a, 64 bits: the name of a breakdown from one run to the next. */
static uint64_t
name_hash(const char *text, uint64_t hash)
{
    for (; text && *text; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    }
    return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

static void
add_breakdown(struct json_writer *json, const struct writer *writer,
              const struct diagnostic *record, size_t number)
{
    struct review_place place;
    struct buffer text = {0};
    const char *code =
        record->code ? diagnostic_code_text(record->code) : "error";
    diagnostic_place_of(writer, record, &place);
    uint64_t hash = name_hash(code, UINT64_C(0xCBF29CE484222325));
    hash = name_hash(record->message, hash);
    hash = name_hash(place.file, hash) + number;
    json_break(json);
    json_begin_object(json);
    buffer_clear(&text);
    add_visible_lines(&text, record->message);
    json_member(json, "description", text.text);
    json_member(json, "check_name", code);
    buffer_clear(&text);
    buffer_format(&text, "%08x%08x", (unsigned)(hash >> 32),
                  (unsigned)(hash & 0xFFFFFFFF));
    json_member(json, "fingerprint", text.text);
    json_member(json, "severity", "blocker");
    add_location(json, writer, &place);
    json_end_object(json);
    buffer_free(&text);
}

void
write_gitlab(struct writer *writer)
{
    size_t count;
    const struct review_finding **findings =
        findings_by_weight(writer->review, &count);
    struct json_writer json;
    json_init(&json, writer->out);
    json_begin_array(&json);
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        if (record->severity == SEVERITY_ERROR) {
            add_breakdown(&json, writer, record, i);
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool waived = findings[i]->verdict == VERDICT_FAIL &&
                      findings[i]->state == FINDING_WAIVED;
        if (!waived) {
            add_finding(&json, writer, findings[i]);
            output_step(writer->output);
        }
    }
    json_end_array(&json);
    buffer_add_char(writer->out, '\n');
    free(findings);
}
