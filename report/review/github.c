/* Workflow commands that GitHub shows beside the lines of a change.  It shows
 * ten of each level a step, so the worst come first, and the last line counts
 * what is not shown. */
#include "eval/cell.h"
#include "report/review/parts.h"

#include <stdlib.h>

enum { SHOWN_MAX = 10 };

struct annotations {
    struct writer *writer;
    size_t shown[RULE_INFO + 1];
    size_t left[RULE_INFO + 1];
};

/* Appends TEXT, which has line breaks but no other hidden characters. */
static void
add_escaped(struct buffer *out, struct slice text, bool is_property)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool special = c == '%' || c == '\r' || c == '\n' ||
                       (is_property && (c == ':' || c == ','));
        if (special) {
            buffer_format(out, "%%%02X", (unsigned char)c);
        } else {
            buffer_add_char(out, c);
        }
    }
}

static void
add_property(struct buffer *out, const char *name, struct slice text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, text, false);
    buffer_format(out, "%s=", name);
    add_escaped(out, buffer_slice(&shown), true);
    buffer_free(&shown);
}

static void
add_number(struct buffer *out, const char *name, uint32_t number)
{
    if (number) {
        buffer_format(out, ",%s=", name);
        buffer_add_int(out, number);
    }
}

/* Columns mean something to GitHub where a place is within one line. */
static void
add_position(struct writer *writer, const struct review_place *place)
{
    struct buffer *out = writer->out;
    if (!place->file) {
        return;
    }
    add_property(out, "file", place_path(writer, place->file));
    add_number(out, "line", place->line);
    if (place->line && place->column) {
        add_number(out, "endLine", place->end_line);
        if (place->end_line == place->line) {
            add_number(out, "col", place->column);
            add_number(out, "endColumn", place->end_column);
        }
    }
    buffer_add_char(out, ',');
}

static void
annotate(struct annotations *annotations, enum rule_severity level,
         const struct review_place *place, const char *title,
         struct slice message)
{
    static const char *const words[] = {
        [RULE_ERROR] = "error",
        [RULE_WARNING] = "warning",
        [RULE_INFO] = "notice",
    };
    /* The last line is a notice too. */
    size_t most = level == RULE_INFO ? SHOWN_MAX - 1 : SHOWN_MAX;
    struct buffer *out = annotations->writer->out;
    if (annotations->shown[level] == most) {
        annotations->left[level]++;
        return;
    }
    annotations->shown[level]++;
    buffer_format(out, "::%s ", words[level]);
    add_position(annotations->writer, place);
    add_property(out, "title", slice_of(title));
    buffer_add_text(out, "::");
    add_escaped(out, message, false);
    buffer_add_char(out, '\n');
}

static void
annotate_finding(struct annotations *annotations,
                 const struct review_finding *finding)
{
    struct buffer message = {0};
    struct review_place place = finding_place(finding);
    buffer_clear(&message);
    add_visible_lines(&message, finding->subject);
    buffer_add_text(&message, ": ");
    if (finding_has_message(finding)) {
        add_visible_lines(&message, finding->message);
    } else {
        add_message(&message, finding, false);
    }
    size_t start = message.len;
    buffer_add_char(&message, '\n');
    add_operands(&message, finding, false);
    message.len = message.len == start + 1 ? start : message.len;
    add_difference(&message, finding);
    annotate(annotations, finding_level(finding), &place, finding->rule->id,
             buffer_slice(&message));
    buffer_free(&message);
}

static void
annotate_breakdowns(struct annotations *annotations)
{
    const struct writer *writer = annotations->writer;
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        struct review_place place;
        struct buffer message = {0};
        if (record->severity == SEVERITY_NOTICE) {
            continue;
        }
        buffer_clear(&message);
        add_visible_lines(&message, record->message);
        diagnostic_place_of(writer, record, &place);
        annotate(annotations,
                 record->severity == SEVERITY_ERROR ? RULE_ERROR : RULE_WARNING,
                 &place,
                 record->code ? diagnostic_code_text(record->code) : "assay",
                 buffer_slice(&message));
        buffer_free(&message);
    }
}

static void
add_left(struct buffer *out, size_t count, const char *noun, size_t start)
{
    if (count) {
        buffer_add_text(out, out->len > start ? ", " : "; not shown: ");
        add_count(out, count, noun);
    }
}

static void
add_notice(const struct annotations *annotations)
{
    const struct review *review = annotations->writer->review;
    struct buffer text = {0};
    buffer_clear(&text);
    cell_add_text(&text, slice_of(review->outcome), false);
    buffer_add_text(&text, "; ");
    add_counts(&text, review);
    size_t start = text.len;
    add_left(&text, annotations->left[RULE_ERROR], "error", start);
    add_left(&text, annotations->left[RULE_WARNING], "warning", start);
    add_left(&text, annotations->left[RULE_INFO], "notice", start);
    buffer_add_text(annotations->writer->out, "::notice title=assay check::");
    add_escaped(annotations->writer->out, buffer_slice(&text), false);
    buffer_add_char(annotations->writer->out, '\n');
    buffer_free(&text);
}

void
write_github(struct writer *writer)
{
    size_t count;
    const struct review_finding **findings =
        findings_by_weight(writer->review, &count);
    struct annotations annotations = {.writer = writer};
    annotate_breakdowns(&annotations);
    for (size_t i = 0; i < count; i++) {
        if (finding_is_new(findings[i]) ||
            findings[i]->verdict == VERDICT_UNKNOWN) {
            annotate_finding(&annotations, findings[i]);
        }
    }
    add_notice(&annotations);
    free(findings);
}
