#include "eval/review.h"

const char *
verdict_word(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
        return "pass";
    case VERDICT_FAIL:
        return "fail";
    case VERDICT_UNKNOWN:
        return "unknown";
    case VERDICT_NOT_APPLICABLE:
        return "not applicable";
    case VERDICT_COUNT:
        break;
    }
    return "";
}

const char *
severity_word(enum rule_severity severity)
{
    switch (severity) {
    case RULE_ERROR:
        return "error";
    case RULE_WARNING:
        return "warning";
    case RULE_INFO:
        return "info";
    }
    return "";
}

const char *
waiver_word(enum waiver_state state)
{
    switch (state) {
    case WAIVER_USED:
        return "used";
    case WAIVER_UNUSED:
        return "unused";
    case WAIVER_EXPIRED:
        return "expired";
    case WAIVER_EXPIRING:
        return "expiring";
    }
    return "";
}

const char *
claim_word(enum claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_SUPPORTED:
        return "supported";
    case CLAIM_CONTRADICTED:
        return "contradicted";
    case CLAIM_UNVERIFIABLE:
        return "unverifiable";
    }
    return "";
}

void
review_init(struct review *review)
{
    *review = (struct review){.fail_level = RULE_ERROR};
    arena_init(&review->arena);
}

void
review_free(struct review *review)
{
    arena_free(&review->arena);
    *review = (struct review){0};
}

enum rule_severity
finding_level(const struct review_finding *finding)
{
    const struct review_rule *rule = finding->rule;
    if (finding->verdict != VERDICT_UNKNOWN) {
        return rule->severity;
    }
    switch (rule->on_unknown) {
    case ON_UNKNOWN_FAIL:
        break;
    case ON_UNKNOWN_WARN:
        return rule->severity == RULE_INFO ? RULE_INFO : RULE_WARNING;
    case ON_UNKNOWN_IGNORE:
        return RULE_INFO;
    }
    return rule->severity;
}

const char *
note_word(enum note_kind kind)
{
    switch (kind) {
    case NOTE_RETRACTED:
        return "retracted";
    case NOTE_LEFT_OUT:
        break;
    }
    return "left out";
}
