/* Findings that are known already: one line each, sorted, readable in a diff.
 *
 *   FINGERPRINT RULE SUBJECT
 *
 * Lines that begin with # are remarks. */
#include "eval/rules/rules.h"

#include <stdlib.h>

struct known {
    const char *fingerprint;
    const char *rule;
    const char *subject;
    bool found;
};

static int
compare_known(const void *a, const void *b)
{
    return strcmp(((const struct known *)a)->fingerprint,
                  ((const struct known *)b)->fingerprint);
}

static bool
is_fingerprint(struct slice line)
{
    for (size_t i = 0; i < 32; i++) {
        if (i >= line.len || !strchr("0123456789abcdef", line.at[i])) {
            return false;
        }
    }
    return line.len > 33 && line.at[32] == ' ';
}

static bool
report_line(struct session *session, size_t line)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BASELINE,
                    (struct span){0, 0},
                    "line %zu of the baseline is no finding: FINGERPRINT RULE "
                    "SUBJECT",
                    line);
    return false;
}

static const char *
keep(struct review *review, const char *text, size_t len)
{
    return arena_copy(&review->arena, text, len);
}

/* Reads all lines of TEXT into *ITEMS, sorted, which the caller frees. */
static bool
read_lines(struct judgement *judgement, struct slice text, struct known **items,
           size_t *count)
{
    size_t capacity = 0;
    void *list = NULL;
    *count = 0;
    *items = NULL;
    for (size_t number = 1; text.len; number++) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end ? (size_t)(end - text.at) : text.len;
        struct slice line = {text.at, len};
        size_t used = len + (end != NULL);
        text = (struct slice){text.at + used, text.len - used};
        if (line.len && line.at[line.len - 1] == '\r') {
            line.len--;
        }
        if (!line.len || line.at[0] == '#') {
            continue;
        }
        const char *space = is_fingerprint(line)
                                ? memchr(line.at + 33, ' ', line.len - 33)
                                : NULL;
        if (!space) {
            free(list);
            *items = NULL;
            return report_line(judgement->session, number);
        }
        size_t rule = (size_t)(space - line.at) - 33;
        memory_grow(&list, &capacity, *count + 1, sizeof(struct known));
        ((struct known *)list)[(*count)++] = (struct known){
            keep(judgement->review, line.at, 32),
            keep(judgement->review, line.at + 33, rule),
            keep(judgement->review, space + 1, line.len - rule - 34), false};
    }
    if (*count) {
        qsort(list, *count, sizeof(struct known), compare_known);
    }
    *items = list;
    return true;
}

static int
compare_fixed(const void *a, const void *b)
{
    const struct review_fixed *left = a;
    const struct review_fixed *right = b;
    int order = strcmp(left->rule, right->rule);
    return order ? order : strcmp(left->subject, right->subject);
}

bool
baseline_apply(struct judgement *judgement, struct slice text)
{
    struct review *review = judgement->review;
    struct known *items;
    size_t count;
    if (!read_lines(judgement, text, &items, &count)) {
        return false;
    }
    review->has_baseline = true;
    for (size_t i = 0; i < review->finding_count; i++) {
        struct review_finding *finding = review->findings[i];
        struct known key = {.fingerprint = finding->fingerprint};
        struct known *known =
            finding->verdict == VERDICT_FAIL && count
                ? bsearch(&key, items, count, sizeof key, compare_known)
                : NULL;
        if (known) {
            known->found = true;
            finding->state =
                finding->state == FINDING_NEW ? FINDING_KNOWN : finding->state;
        }
    }
    review->fixed =
        arena_array(&review->arena, struct review_fixed, count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        if (!items[i].found) {
            review->fixed[review->fixed_count++] = (struct review_fixed){
                items[i].fingerprint, items[i].rule, items[i].subject};
        }
    }
    if (review->fixed_count) {
        qsort(review->fixed, review->fixed_count, sizeof *review->fixed,
              compare_fixed);
    }
    free(items);
    return true;
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void
review_write_baseline(const struct review *review, struct buffer *out)
{
    size_t count = 0;
    char **lines = memory_alloc((review->finding_count + 1) * sizeof(char *));
    for (size_t i = 0; i < review->finding_count; i++) {
        const struct review_finding *finding = review->findings[i];
        if (finding->verdict == VERDICT_FAIL &&
            finding->state != FINDING_WAIVED) {
            struct buffer line = {0};
            buffer_format(&line, "%s %s %s\n", finding->fingerprint,
                          finding->rule->id, finding->subject);
            lines[count++] = line.text;
        }
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    buffer_add_text(out,
                    "# Findings that are known: FINGERPRINT RULE SUBJECT\n");
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, lines[i]);
        free(lines[i]);
    }
    free(lines);
}
