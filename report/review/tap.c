#include "report/review/tap.h"

#include "eval/cell.h"
#include "report/review/json_parts.h"

/* One line in which no `#` begins a directive. */
static void
add_description(struct buffer *out, const char *text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(text), false);
    for (size_t i = 0; i < shown.len; i++) {
        if (shown.text[i] == '#' || shown.text[i] == '\\') {
            buffer_add_char(out, '\\');
        }
        buffer_add_char(out, shown.text[i]);
    }
    buffer_free(&shown);
}

/* A text of JSON is one of YAML. */
static void
add_member(struct buffer *out, const char *name, const char *text)
{
    struct json_writer json;
    if (text && *text) {
        json_init(&json, out);
        buffer_format(out, "  %s: ", name);
        json_text(&json, text);
        buffer_add_char(out, '\n');
    }
}

static void
add_position(struct buffer *out, const char *name, uint32_t position)
{
    if (position) {
        buffer_format(out, "  %s: ", name);
        buffer_add_int(out, position);
        buffer_add_char(out, '\n');
    }
}

static void
add_block(struct buffer *out, const struct review_case *item)
{
    const struct review_finding *finding = item->finding;
    buffer_add_text(out, "  ---\n");
    add_member(out, "message", item->message);
    add_member(out, "severity", item->type);
    if (finding) {
        add_member(out, "rule", finding->rule->id);
        add_member(out, "subject", finding->subject);
    }
    add_member(out, "file", item->place.file);
    if (item->place.file) {
        add_position(out, "line", item->place.line);
        add_position(out, "column", item->place.column);
    }
    add_member(out, "details", item->details);
    buffer_add_text(out, "  ...\n");
}

void
tap_take(void *context, const struct review_case *item)
{
    struct tap *tap = context;
    struct buffer *out = &tap->lines;
    bool failed = item->outcome == CASE_FAILED || item->outcome == CASE_BROKEN;
    tap->count++;
    buffer_add_text(out, failed ? "not ok " : "ok ");
    buffer_add_int(out, (int64_t)tap->count);
    buffer_add_text(out, " - ");
    add_description(out, item->name);
    if (item->outcome == CASE_SKIPPED) {
        buffer_add_text(out, " # SKIP ");
        add_description(out, item->message);
    }
    buffer_add_char(out, '\n');
    if (failed || item->details) {
        add_block(out, item);
    }
}

void
tap_finish(struct tap *tap, const char *broken, struct buffer *out)
{
    buffer_add_text(out, "TAP version 14\n1..");
    buffer_add_int(out, (int64_t)tap->count);
    if (!tap->count) {
        buffer_add_text(out, " # SKIP there are no rules");
    }
    buffer_add_char(out, '\n');
    buffer_add_slice(out, buffer_slice(&tap->lines));
    if (broken) {
        buffer_add_text(out, "Bail out! ");
        add_description(out, broken);
        buffer_add_char(out, '\n');
    }
    buffer_free(&tap->lines);
}

void
write_tap(struct writer *writer)
{
    const struct review *review = writer->review;
    struct tap tap = {0};
    cases_of_breakdown(writer, tap_take, &tap);
    for (size_t i = 0; i < review->policy_count; i++) {
        cases_of_policy(writer, review->policies[i], tap_take, &tap);
    }
    cases_of_policy(writer, NULL, tap_take, &tap);
    tap_finish(&tap, review->status == REVIEW_BROKEN ? review->outcome : NULL,
               writer->out);
}
