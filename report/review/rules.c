/* Policies and their rules, documented from their own clauses. */
#include "report/markdown_text.h"
#include "report/review/parts.h"

#include "eval/cell.h"

static void
add_text(struct buffer *out, const char *text)
{
    struct buffer shown = {0};
    buffer_clear(&shown);
    cell_add_text(&shown, slice_of(text), false);
    markdown_add_text(out, buffer_slice(&shown));
    buffer_free(&shown);
}

static bool
has_text(const char *text)
{
    return text && *text;
}

static void
add_item(struct buffer *out, const char *label, const char *text)
{
    if (has_text(text)) {
        buffer_format(out, "- %s: ", label);
        add_text(out, text);
        buffer_add_char(out, '\n');
    }
}

/* More backticks than stand together in any of LINES. */
static size_t
fence_length(const char **lines)
{
    size_t longest = 2;
    for (; *lines; lines++) {
        size_t run = 0;
        for (const char *at = *lines; *at; at++) {
            run = *at == '`' ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest + 1;
}

static void
add_clauses(struct buffer *out, const char **clauses)
{
    size_t fence = fence_length(clauses);
    buffer_fill(out, '`', fence);
    buffer_add_text(out, "text\n");
    for (; *clauses; clauses++) {
        add_visible_lines(out, *clauses);
        buffer_add_char(out, '\n');
    }
    buffer_fill(out, '`', fence);
    buffer_add_char(out, '\n');
}

void
add_rule_markdown(struct buffer *out, const struct review_rule *rule)
{
    static const char *const on_unknown[] = {
        [ON_UNKNOWN_WARN] = "a warning",
        [ON_UNKNOWN_FAIL] = "a failure",
        [ON_UNKNOWN_IGNORE] = "ignored",
    };
    if (has_text(rule->title)) {
        buffer_add_text(out, "**");
        add_text(out, rule->title);
        buffer_add_text(out, "**\n\n");
    }
    add_item(out, "severity", severity_word(rule->severity));
    add_item(out, "looks at", rule->subject);
    add_item(out, "because", rule->because);
    add_item(out, "see", rule->see);
    add_item(out, "owner", rule->owner);
    add_item(out, "unknown is", on_unknown[rule->on_unknown]);
    if (rule->has_fail_when) {
        buffer_add_text(out, "- fails with more than ");
        add_count(out, rule->fail_when, "finding");
        buffer_add_char(out, '\n');
    }
    if (rule->may_be_empty) {
        buffer_add_text(out, "- may find nothing to look at\n");
    }
    if (rule->clauses && *rule->clauses) {
        buffer_add_char(out, '\n');
        add_clauses(out, rule->clauses);
    }
}

static void
add_policy(struct buffer *out, const struct review_policy *policy)
{
    size_t start;
    buffer_add_text(out, "# ");
    add_text(out, policy ? policy->name : "Rules of no policy");
    buffer_add_text(out, "\n\n");
    if (!policy) {
        return;
    }
    if (has_text(policy->title)) {
        buffer_add_text(out, "**");
        add_text(out, policy->title);
        buffer_add_text(out, "**\n\n");
    }
    start = out->len;
    add_item(out, "owner", policy->owner);
    add_item(out, "because", policy->because);
    add_item(out, "see", policy->see);
    buffer_add_text(out, out->len > start ? "\n" : "");
}

static void
add_rule(struct buffer *out, const struct review_rule *rule)
{
    buffer_add_text(out, "## ");
    add_text(out, rule->id);
    buffer_add_text(out, "\n\n");
    add_rule_markdown(out, rule);
    if (rule->place.file) {
        struct buffer place = {0};
        buffer_clear(&place);
        add_place(&place, &rule->place, false);
        buffer_add_text(out, "\nWritten at ");
        markdown_add_text(out, buffer_slice(&place));
        buffer_add_text(out, ".\n");
        buffer_free(&place);
    }
    buffer_add_char(out, '\n');
}

/* The rules of POLICY, or of none, with a heading if there are any. */
static void
add_chapter(struct output *output, const struct review *review,
            const struct review_policy *policy)
{
    bool is_first = true;
    for (size_t i = 0; i < review->rule_count; i++) {
        if (review->rules[i]->policy == policy) {
            if (is_first) {
                add_policy(&output->text, policy);
            }
            is_first = false;
            add_rule(&output->text, review->rules[i]);
            output_step(output);
        }
    }
    if (is_first && policy) {
        add_policy(&output->text, policy);
    }
}

bool
review_write_rules(const struct review *review,
                   const struct report_output *output)
{
    struct output target = {.target = *output};
    buffer_clear(&target.text);
    for (size_t i = 0; i < review->policy_count; i++) {
        add_chapter(&target, review, review->policies[i]);
    }
    add_chapter(&target, review, NULL);
    bool done = output_flush(&target);
    buffer_free(&target.text);
    return done;
}
