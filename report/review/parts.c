#include "report/review/parts.h"

#include <stdlib.h>

bool
finding_is_new(const struct review_finding *finding)
{
    return finding->verdict == VERDICT_FAIL && finding->state == FINDING_NEW;
}

bool
finding_is_told(const struct review_finding *finding)
{
    return finding->verdict == VERDICT_FAIL ||
           finding->verdict == VERDICT_UNKNOWN;
}

const char *
finding_word(const struct review_finding *finding)
{
    if (finding->verdict == VERDICT_FAIL) {
        switch (finding->state) {
        case FINDING_NEW:
            break;
        case FINDING_KNOWN:
            return "known";
        case FINDING_WAIVED:
            return "waived";
        }
    }
    return verdict_word(finding->verdict);
}

/* 0 is worst. */
static int
weight(const struct review_finding *finding)
{
    return (int)finding->state * 3 + (int)finding_level(finding);
}

const struct review_finding **
findings_by_weight(const struct review *review, size_t *count)
{
    enum { WEIGHTS = 9 };
    size_t starts[WEIGHTS + 1] = {0};
    for (size_t i = 0; i < review->finding_count; i++) {
        if (finding_is_told(review->findings[i])) {
            starts[weight(review->findings[i]) + 1]++;
        }
    }
    for (size_t i = 0; i < WEIGHTS; i++) {
        starts[i + 1] += starts[i];
    }
    *count = starts[WEIGHTS];
    const struct review_finding **sorted =
        memory_alloc((*count + 1) * sizeof(const struct review_finding *));
    for (size_t i = 0; i < review->finding_count; i++) {
        if (finding_is_told(review->findings[i])) {
            sorted[starts[weight(review->findings[i])]++] = review->findings[i];
        }
    }
    return sorted;
}

struct review_place
finding_place(const struct review_finding *finding)
{
    if (finding->place.file) {
        return finding->place;
    }
    for (size_t i = 0; i < finding->fact_count; i++) {
        if (finding->facts[i].place.file) {
            return finding->facts[i].place;
        }
    }
    const struct review_rule *rule = finding->rule;
    if (!rule->place.file && rule->policy) {
        return rule->policy->place;
    }
    return rule->place;
}

struct slice
place_path(const struct writer *writer, const char *file)
{
    struct slice path = slice_of(file);
    struct slice root = slice_of(writer->options->root);
    while (root.len > 1 && root.at[root.len - 1] == '/') {
        root.len--;
    }
    if (root.len && path.len > root.len + 1 && path.at[root.len] == '/' &&
        memcmp(path.at, root.at, root.len) == 0) {
        path.at += root.len + 1;
        path.len -= root.len + 1;
    }
    while (path.len > 2 && path.at[0] == '.' && path.at[1] == '/') {
        path.at += 2;
        path.len -= 2;
        while (path.len > 1 && path.at[0] == '/') {
            path.at++;
            path.len--;
        }
    }
    return path;
}

bool
diagnostic_place_of(const struct writer *writer,
                    const struct diagnostic *record, struct review_place *place)
{
    struct location at;
    *place = (struct review_place){0};
    if (!writer->options->sources ||
        !sources_locate(writer->options->sources, record->primary.span, &at)) {
        return false;
    }
    *place = (struct review_place){at.source->name, at.line, at.column,
                                   at.end_line, at.end_column};
    return true;
}

size_t
diagnostic_count(const struct writer *writer)
{
    const struct diagnostics *list = writer->options->diagnostics;
    return list ? list->count : 0;
}

size_t
empty_rules(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->rule_count; i++) {
        count += review->rules[i]->is_empty;
    }
    return count;
}
