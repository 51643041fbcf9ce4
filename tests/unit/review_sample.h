/* Reviews made by hand, for the tests of report/review/: one as people have it,
 * one in which every text is hostile, one that is empty, one of many findings,
 * and one that broke down. */
#ifndef TESTS_UNIT_REVIEW_SAMPLE_H
#define TESTS_UNIT_REVIEW_SAMPLE_H

#include "report/review/review.h"

#include <math.h>
#include <stdio.h>

/* Appends ITEM to an array in ARENA that has room for it. */
#define SAMPLE_ROOM 64
#define SAMPLE_HOSTILE                                                         \
    "=cmd()|'x' <b>&amp;\"q\" ]]> %0A::error:: # \\ | `x` *y* \x1b[1m "        \
    "\xE2\x80\xAE\xEF\xBF\xBF,\nsecond: line"

static inline struct review_value
sample_amount(double number, const char *text)
{
    return (struct review_value){true, true, number, text, NULL};
}

static inline struct review_value
sample_missing(const char *reason)
{
    return (struct review_value){.text = "?", .reason = reason};
}

static inline void
sample_review_open(struct review *review)
{
    review_init(review);
    struct arena *arena = &review->arena;
    review->policies = arena_array(arena, struct review_policy *, SAMPLE_ROOM);
    review->rules = arena_array(arena, struct review_rule *, SAMPLE_ROOM);
    review->findings = arena_array(arena, struct review_finding *, SAMPLE_ROOM);
    review->waivers = arena_array(arena, struct review_waiver *, SAMPLE_ROOM);
    review->claims = arena_array(arena, struct review_claim *, SAMPLE_ROOM);
    review->fixed = arena_array(arena, struct review_fixed, SAMPLE_ROOM);
    review->outcome = "passed";
}

static inline struct review_rule *
sample_rule(struct review *review, const struct review_policy *policy,
            const char *id, enum rule_severity severity)
{
    struct review_rule *rule = arena_new(&review->arena, struct review_rule);
    rule->policy = policy;
    rule->id = id;
    rule->severity = severity;
    review->rules[review->rule_count++] = rule;
    return rule;
}

/* Counts it, too. */
static inline struct review_finding *
sample_finding(struct review *review, struct review_rule *rule,
               enum verdict verdict, enum finding_state state,
               const char *subject)
{
    struct review_finding *finding =
        arena_new(&review->arena, struct review_finding);
    finding->rule = rule;
    finding->verdict = verdict;
    finding->state = state;
    finding->subject = subject;
    snprintf(finding->fingerprint, sizeof finding->fingerprint, "%032zx",
             review->finding_count + 1);
    review->findings[review->finding_count++] = finding;
    rule->subjects++;
    review->subjects++;
    rule->verdicts[verdict]++;
    review->verdicts[verdict]++;
    rule->known += state == FINDING_KNOWN;
    review->known += state == FINDING_KNOWN;
    rule->waived += state == FINDING_WAIVED;
    review->waived += state == FINDING_WAIVED;
    return finding;
}

static inline struct review_waiver *
sample_waiver(struct review *review, const char *rule, enum waiver_state state)
{
    struct review_waiver *waiver =
        arena_new(&review->arena, struct review_waiver);
    waiver->rule = rule;
    waiver->until = "2024-03-31";
    waiver->by = "budget office";
    waiver->because = "re-based series";
    waiver->state = state;
    waiver->place = (struct review_place){"waivers.assay", 3, 1, 4, 60};
    review->waivers[review->waiver_count++] = waiver;
    return waiver;
}

/* Years FIRST and on; the values live as long as the program. */
static inline struct review_series
sample_series(struct review *review, const char *kind, int first,
              const double *values, size_t count)
{
    struct period *periods = arena_array(&review->arena, struct period, count);
    for (size_t i = 0; i < count; i++) {
        periods[i] = (struct period){FREQUENCY_A, first + (int)i};
    }
    return (struct review_series){kind, count, periods, values};
}

static inline void
sample_fill_failure(struct review *review, struct review_finding *finding)
{
    static const double actual[] = {512.5e9, 644.4e9, 683.6e9};
    static const double target[] = {NAN, NAN, NAN, 685e9};
    static const double forecast[] = {510e9, 604e9, 690e9, 651e9};
    static const struct review_operand operands[] = {
        {"target", {true, true, 685e9, "685B USD", NULL}},
        {"103% * forecast", {true, true, 670.53e9, "670.5B USD", NULL}},
        {"gap", {true, true, 0.0522, "5.2%", NULL}}};
    static const struct review_fact facts[] = {
        {"target 2023 exports[KR]",
         {true, true, 685e9, "685B USD", NULL},
         "stated",
         "motie",
         "2023-02-15",
         "yonhap",
         "https://example.org/a?b&c",
         "a goal, not a forecast",
         NULL,
         {"korea.assay", 12, 1, 12, 33},
         0},
        {"forecast 2023 exports[KR]",
         {true, true, 651e9, "651B USD", NULL},
         "derived",
         "kita",
         "..2023-06-29",
         NULL,
         "javascript:alert(1)",
         NULL,
         "down 4.5% from actual 2022",
         {"./data/kita fore:cast.csv", 4, 0, 4, 0},
         0}};
    struct review_series *series =
        arena_array(&review->arena, struct review_series, 3);
    series[0] = sample_series(review, "actual", 2020, actual, 3);
    series[1] = sample_series(review, "target", 2020, target, 4);
    series[2] = sample_series(review, "forecast", 2020, forecast, 4);
    finding->series = series;
    finding->series_count = 3;
    finding->unit = "USD";
    finding->operands = operands;
    finding->operand_count = 3;
    finding->facts = facts;
    finding->fact_count = 2;
    finding->facts_left = 3;
    finding->has_imbalance = true;
    finding->imbalance = sample_amount(14.47e9, "14.5B USD");
    finding->imbalance_percent = sample_amount(0.0216, "2.2%");
    finding->tolerance = "0.5%";
    finding->message = "685B USD is 5.2% above the forecast of 651B USD";
    finding->condition = "target <= 103% * forecast within 0.5%";
    finding->kind = "target";
    finding->metric = "exports";
    finding->period = "2023";
    finding->place = facts[0].place;
    static const struct review_member members[] = {{"country", "KR"}};
    finding->members = members;
    finding->member_count = 1;
}

static inline void
sample_fill_plain(struct review *review)
{
    static const char *clauses[] = {
        "severity error", "for every target exports",
        "require target <= 103% * forecast within 0.5%", NULL};
    static const char *subjects[] = {"target 2022 exports[JP]", NULL};
    static const struct review_fact claim_facts[] = {
        {.figure = "actual 2022-10 exports[KR]",
         .value = {true, true, 52.48e9, "52.48B USD", NULL},
         .basis = "stated",
         .actor = "motie",
         .stated = "2022-11-01",
         .place = {"korea.assay", 50, 1, 50, 30}}};
    struct review_policy *policy =
        arena_new(&review->arena, struct review_policy);
    *policy = (struct review_policy){"export_targets",
                                     "Review of export targets",
                                     "trade desk",
                                     "Promises are cheap",
                                     NULL,
                                     {"rules.assay", 1, 1, 2, 20}};
    review->policies[review->policy_count++] = policy;
    struct review_rule *rule =
        sample_rule(review, policy, "export_targets.outruns", RULE_ERROR);
    rule->name = "outruns";
    rule->title = "A target stays within 3% of the forecast";
    rule->owner = "trade desk";
    rule->because = "Targets far above the forecast have been missed each time";
    rule->see = "https://example.org/why";
    rule->subject = "every target exports";
    rule->clauses = clauses;
    rule->place = (struct review_place){"rules.assay", 4, 1, 9, 12};
    sample_fill_failure(review,
                        sample_finding(review, rule, VERDICT_FAIL, FINDING_NEW,
                                       "target 2023 exports[KR]"));
    sample_finding(review, rule, VERDICT_FAIL, FINDING_KNOWN,
                   "target 2021 exports[KR]")
        ->message = "600B USD is 4% above the forecast of 577B USD";
    struct review_finding *waived =
        sample_finding(review, rule, VERDICT_FAIL, FINDING_WAIVED, subjects[0]);
    waived->message = "100T JPY is far above the forecast";
    struct review_waiver *waiver =
        sample_waiver(review, rule->id, WAIVER_EXPIRING);
    waiver->subjects = subjects;
    waiver->uses = 1;
    waived->waiver = waiver;
    sample_waiver(review, rule->id, WAIVER_EXPIRED);
    sample_waiver(review, "export_targets.other", WAIVER_UNUSED);
    struct review_finding *unknown = sample_finding(
        review, rule, VERDICT_UNKNOWN, FINDING_NEW, "target 2030 exports[KR]");
    unknown->condition = "target <= 103% * forecast within 0.5%";
    unknown->reason = "nobody stated forecast 2030 exports[KR]";
    struct review_operand *operand =
        arena_new(&review->arena, struct review_operand);
    *operand = (struct review_operand){
        "forecast", sample_missing("nobody stated forecast 2030 exports[KR]")};
    unknown->operands = operand;
    unknown->operand_count = 1;
    rule->verdicts[VERDICT_PASS] = review->verdicts[VERDICT_PASS] = 40;
    rule->subjects += 40;
    review->subjects += 40;
    struct review_rule *empty =
        sample_rule(review, policy, "export_targets.empty", RULE_WARNING);
    empty->is_empty = true;
    empty->subject = "every target imports";
    empty->place = (struct review_place){"rules.assay", 11, 1, 12, 3};
    struct review_rule *shows =
        sample_rule(review, NULL, "document.output", RULE_ERROR);
    struct review_finding *shown = sample_finding(
        review, shows, VERDICT_FAIL, FINDING_NEW, "report.md, block 2");
    shown->message = "the block prints something else than is shown";
    shown->difference = "@ 3 lines alike\n 2021   644.4\n-2022   683.5\n"
                        "+2022   683.6";
    shown->place = (struct review_place){"report.md", 15, 1, 15, 24};
    sample_finding(review, sample_rule(review, NULL, "loose", RULE_INFO),
                   VERDICT_FAIL, FINDING_NEW, "actual 2022 trade")
        ->condition = "exports - imports = trade";
    struct review_claim *claim = arena_new(&review->arena, struct review_claim);
    *claim = (struct review_claim){
        .text = "Exports fell on year every month from October 2022",
        .actor = "yonhap",
        .source = "bizwire",
        .day = "2023-10-05",
        .condition = "all(growth(exports) < 0) for 2022-10..2023-09",
        .verdict = CLAIM_CONTRADICTED,
        .today = CLAIM_UNVERIFIABLE,
        .reason = "false for 2023-04",
        .facts = claim_facts,
        .fact_count = 1,
        .place = {"claims.assay", 1, 1, 3, 60}};
    review->claims[review->claim_count++] = claim;
    review->fixed[review->fixed_count++] =
        (struct review_fixed){"ffff", rule->id, "target 2019 exports[KR]"};
    review->as_of = day_from_civil(2023, 12, 31);
    static struct review_note notes[] = {{NOTE_RETRACTED,
                                          NULL,
                                          "target 2019 exports[KR] = 600B USD",
                                          "a typing error",
                                          {"korea.assay", 9, 1, 9, 50}},
                                         {NOTE_LEFT_OUT,
                                          "export_targets.outruns",
                                          "actual projects",
                                          "projects has no periods",
                                          {"rules.assay", 4, 10, 4, 16}}};
    review->notes = notes;
    review->note_count = 2;
    review->has_baseline = true;
    review->status = REVIEW_FAILED;
    review->outcome = "failed: 1 error";
}

static inline void
sample_fill_hostile(struct review *review)
{
    static const char *clauses[] = {SAMPLE_HOSTILE, "```", NULL};
    static const char *subjects[] = {SAMPLE_HOSTILE, NULL};
    static const struct review_value value = {true, true, -0.1, SAMPLE_HOSTILE,
                                              NULL};
    static const struct review_operand operand = {
        SAMPLE_HOSTILE, {true, true, -0.1, SAMPLE_HOSTILE, NULL}};
    static const double numbers[] = {1, INFINITY, -1e308, NAN};
    struct review_place place = {SAMPLE_HOSTILE, 1, 2, 1, 4};
    struct review_fact *fact = arena_new(&review->arena, struct review_fact);
    *fact = (struct review_fact){SAMPLE_HOSTILE,
                                 value,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 SAMPLE_HOSTILE,
                                 place,
                                 0};
    struct review_policy *policy =
        arena_new(&review->arena, struct review_policy);
    *policy =
        (struct review_policy){SAMPLE_HOSTILE, SAMPLE_HOSTILE, SAMPLE_HOSTILE,
                               SAMPLE_HOSTILE, SAMPLE_HOSTILE, place};
    review->policies[review->policy_count++] = policy;
    struct review_rule *rule =
        sample_rule(review, policy, SAMPLE_HOSTILE, RULE_WARNING);
    rule->name = rule->title = rule->owner = rule->because = SAMPLE_HOSTILE;
    rule->see = rule->subject = SAMPLE_HOSTILE;
    rule->clauses = clauses;
    rule->place = place;
    for (int i = 0; i < 3; i++) {
        struct review_finding *finding = sample_finding(
            review, rule, i == 1 ? VERDICT_UNKNOWN : VERDICT_FAIL,
            i == 2 ? FINDING_WAIVED : FINDING_NEW, SAMPLE_HOSTILE);
        struct review_series *series =
            arena_array(&review->arena, struct review_series, 1);
        *series = sample_series(review, SAMPLE_HOSTILE, 2020, numbers, 4);
        finding->message = finding->condition = finding->reason =
            SAMPLE_HOSTILE;
        finding->kind = finding->metric = finding->unit = SAMPLE_HOSTILE;
        finding->tolerance = finding->difference = SAMPLE_HOSTILE;
        finding->operands = &operand;
        finding->operand_count = 1;
        finding->facts = fact;
        finding->fact_count = 1;
        finding->has_imbalance = true;
        finding->imbalance = finding->imbalance_percent = value;
        finding->series = series;
        finding->series_count = 1;
        finding->place = place;
        if (i == 2) {
            struct review_waiver *waiver =
                sample_waiver(review, SAMPLE_HOSTILE, WAIVER_UNUSED);
            waiver->by = waiver->because = waiver->until = SAMPLE_HOSTILE;
            waiver->subjects = subjects;
            waiver->place = place;
            finding->waiver = waiver;
        }
    }
    struct review_claim *claim = arena_new(&review->arena, struct review_claim);
    *claim = (struct review_claim){.text = SAMPLE_HOSTILE,
                                   .actor = SAMPLE_HOSTILE,
                                   .source = SAMPLE_HOSTILE,
                                   .day = SAMPLE_HOSTILE,
                                   .condition = SAMPLE_HOSTILE,
                                   .reason = SAMPLE_HOSTILE,
                                   .facts = fact,
                                   .fact_count = 1,
                                   .place = place};
    review->claims[review->claim_count++] = claim;
    review->fixed[review->fixed_count++] =
        (struct review_fixed){"ffff", SAMPLE_HOSTILE, SAMPLE_HOSTILE};
    review->status = REVIEW_UNDECIDED;
    review->outcome = SAMPLE_HOSTILE;
}

/* Thirty errors and twelve warnings, one of which has a very long message. */
static inline void
sample_fill_many(struct review *review)
{
    char *longest = arena_alloc(&review->arena, 5001);
    memset(longest, 'x', 5000);
    struct review_rule *rules[2] = {
        sample_rule(review, NULL, "many.errors", RULE_ERROR),
        sample_rule(review, NULL, "many.warnings", RULE_WARNING)};
    rules[1]->because = longest;
    for (int i = 0; i < 42; i++) {
        char *subject = arena_alloc(&review->arena, 32);
        snprintf(subject, 32, "actual %d exports", 1980 + i);
        struct review_finding *finding =
            sample_finding(review, rules[i >= 30], VERDICT_FAIL,
                           i == 0 ? FINDING_KNOWN : FINDING_NEW, subject);
        finding->message = i == 41 ? longest : "it is too much";
        finding->place =
            (struct review_place){"many.assay", (uint32_t)i + 1, 0, 0, 0};
    }
    review->status = REVIEW_FAILED;
    review->outcome = "failed: 29 errors";
}

/* All that is asked for: passes and what does not apply one by one. */
static inline void
sample_fill_passes(struct review *review)
{
    struct review_rule *rule = sample_rule(review, NULL, "calm", RULE_ERROR);
    review->keeps_passes = true;
    review->profiles = true;
    rule->seconds = 0.0125;
    rule->rows = 480;
    sample_finding(review, rule, VERDICT_PASS, FINDING_NEW, "actual 2021 x");
    sample_finding(review, rule, VERDICT_NOT_APPLICABLE, FINDING_NEW,
                   "actual 2022 x")
        ->reason = "when is false";
}

static const struct {
    const char *name;
    void (*fill)(struct review *review);
} sample_reviews[] = {
    {"plain", sample_fill_plain},
    {"hostile", sample_fill_hostile},
    {"many", sample_fill_many},
    {"passes", sample_fill_passes},
    {"empty", NULL},
};

#endif
