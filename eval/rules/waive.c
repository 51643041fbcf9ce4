/* Waivers: which finding each of them covers, and whether it still holds. */
#include "eval/rules/rules.h"

#include <stdlib.h>

enum { EXPIRING_DAYS = 30 };

/* The one place that decides expiry: a waiver holds up to and with its last
 * day.  Where no fact has a date, nothing has passed yet. */
bool
waiver_holds(day_number until, day_number as_of)
{
    return as_of == DAY_NONE || as_of <= until;
}

/* A figure of a waiver with its names resolved, as texts of a finding. */
struct waived {
    struct figure_names names;
    const char *kind;
    const char *metric;
};

static bool
resolve(struct session *session, const struct node *figure,
        struct waived *waived)
{
    struct focus none = {0};
    if (!figure_resolve(session, figure, &none, false, &waived->names)) {
        return false;
    }
    figure_complete(session, &waived->names);
    waived->kind =
        vocabulary_name(session->vocabulary, CLASS_KIND, waived->names.kind).at;
    waived->metric =
        vocabulary_name(session->vocabulary, CLASS_METRIC, waived->names.metric)
            .at;
    return true;
}

static bool
covers_members(const struct session *session, const struct waived *waived,
               const struct review_finding *finding)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, waived->names.metric);
    for (int i = 0; i < metric->dimension_count; i++) {
        const char *dimension =
            vocabulary_name(session->vocabulary, CLASS_DIMENSION,
                            metric->dimensions[i])
                .at;
        const char *member = NULL;
        for (size_t m = 0; m < finding->member_count; m++) {
            if (strcmp(finding->members[m].dimension, dimension) == 0) {
                member = finding->members[m].member;
            }
        }
        if (waived->names.selectors[i] == SELECT_MEMBER &&
            (!member ||
             strcmp(member, vocabulary_name(session->vocabulary, CLASS_MEMBER,
                                            waived->names.members[i])
                                .at) != 0)) {
            return false;
        }
    }
    return true;
}

static bool
covers_period(const struct waived *waived, const struct review_finding *finding)
{
    struct period_range range = waived->names.range;
    if (!waived->names.has_period && !waived->names.has_range) {
        return true;
    }
    if (waived->names.has_period) {
        range = (struct period_range){waived->names.period.frequency,
                                      waived->names.period.ordinal,
                                      waived->names.period.ordinal, false};
    }
    return finding->period && finding->at.frequency == range.frequency &&
           finding->at.ordinal >= range.first &&
           finding->at.ordinal <= range.last;
}

struct waived *
figure_pattern(struct session *session, const struct node *figure)
{
    struct waived *waived = arena_new(&session->scratch, struct waived);
    return resolve(session, figure, waived) ? waived : NULL;
}

bool
figure_covers(const struct session *session, const struct waived *waived,
              const struct review_finding *finding)
{
    return strcmp(waived->kind, finding->kind) == 0 &&
           strcmp(waived->metric, finding->metric) == 0 &&
           covers_period(waived, finding) &&
           covers_members(session, waived, finding);
}

struct search {
    const struct session *session;
    const struct waived *waived;
    bool found;
};

static void
compare_fact(void *context, const struct fact *fact)
{
    struct search *search = context;
    const struct figure_names *names = &search->waived->names;
    const struct vocabulary *vocabulary = search->session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, names->metric);
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    bool same =
        !names->has_period || fact_period(fact) == names->period.ordinal;
    for (int i = 0; i < metric->dimension_count; i++) {
        same = same && (names->selectors[i] != SELECT_MEMBER ||
                        members[i] == names->members[i]);
    }
    search->found = search->found || same;
}

bool
pattern_is_stated(struct session *session, const struct waived *waived)
{
    const struct figure_names *names = &waived->names;
    struct search search = {session, waived, false};
    const struct extent *extents;
    size_t count;
    if (!store_load_lines(session->store, names->metric) ||
        !store_extents(session->store, &extents, &count)) {
        return false;
    }
    for (size_t i = 0; i < count && !search.found; i++) {
        struct fact key = {.cell = extents[i].cell};
        struct scan_range range = {.metric = names->metric,
                                   .frequency = fact_frequency(&key),
                                   .kind = names->kind,
                                   .last = KEY_PERIOD_MAX,
                                   .line_high = UINT32_MAX,
                                   .as_of = INT32_MAX};
        bool other =
            names->has_period && names->period.frequency != range.frequency;
        if (fact_kind(&key) != names->kind ||
            fact_metric(&key) != names->metric || other) {
            continue;
        }
        if (!store_scan(session->store, &range, compare_fact, &search)) {
            return false;
        }
    }
    return search.found;
}

bool
pattern_is_whole(const struct session *session, const struct waived *waived)
{
    const struct figure_names *names = &waived->names;
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    bool whole = false;
    for (int i = 0; i < metric->dimension_count; i++) {
        whole = whole || names->selectors[i] != SELECT_MEMBER ||
                !names->members[i] ||
                vocabulary_is_group(session->vocabulary, names->members[i]);
    }
    return whole;
}

static struct review_waiver *
describe(struct judgement *judgement, const struct waiver *waiver,
         const struct rule *rule)
{
    struct review *review = judgement->review;
    struct review_waiver *told =
        arena_new(&review->arena, struct review_waiver);
    size_t count = node_count(waiver->figures);
    struct buffer day = {0};
    day_print(&day, waiver->until);
    told->rule = review_copy(review, rule->id);
    told->subjects = arena_array(&review->arena, const char *, count + 1);
    count = 0;
    for (const struct node *at = waiver->figures; at; at = at->next) {
        told->subjects[count++] =
            review_copy(review, question_item_name(judgement->session, at));
    }
    told->until = review_keep(review, &day);
    told->by = review_copy(review, waiver->by);
    told->because = review_copy(review, waiver->because);
    told->place =
        review_place_of(review, judgement->session, waiver->statement->span);
    buffer_free(&day);
    return told;
}

/* Lets a waiver that holds cover what it may. */
static void
cover(struct judgement *judgement, struct review_waiver *told,
      const struct rule *rule, const struct waived *waived, size_t count)
{
    struct review *review = judgement->review;
    for (size_t i = 0; i < review->finding_count; i++) {
        struct review_finding *finding = review->findings[i];
        bool mine = finding->verdict == VERDICT_FAIL &&
                    finding->state == FINDING_NEW &&
                    strcmp(finding->rule->id, rule->id) == 0;
        bool found = count == 0;
        for (size_t w = 0; mine && w < count && !found; w++) {
            found = figure_covers(judgement->session, &waived[w], finding);
        }
        if (mine && found) {
            finding->state = FINDING_WAIVED;
            finding->waiver = told;
            told->uses++;
        }
    }
}

static bool
apply(struct judgement *judgement, const struct waiver *waiver)
{
    struct session *session = judgement->session;
    struct review *review = judgement->review;
    session_find_context(session, &waiver->context);
    struct rule *rule = rules_find(session, waiver->rule, waiver->policy);
    size_t count = node_count(waiver->figures);
    struct waived *waived =
        arena_array(&session->scratch, struct waived, count ? count : 1);
    size_t at = 0;
    bool done = rule != NULL;
    for (const struct node *figure = waiver->figures; figure && done;
         figure = figure->next) {
        done = resolve(session, figure, &waived[at++]);
    }
    if (!done) {
        return false;
    }
    struct review_waiver *told = describe(judgement, waiver, rule);
    bool holds = waiver_holds(waiver->until, review->as_of);
    if (holds) {
        cover(judgement, told, rule, waived, count);
    }
    bool soon = review->as_of != DAY_NONE &&
                waiver->until - review->as_of < EXPIRING_DAYS;
    told->state = !holds        ? WAIVER_EXPIRED
                  : !told->uses ? WAIVER_UNUSED
                  : soon        ? WAIVER_EXPIRING
                                : WAIVER_USED;
    review->waivers[review->waiver_count++] = told;
    return true;
}

bool
waivers_apply(struct judgement *judgement)
{
    const struct book *book = rules_book(judgement->session);
    struct review *review = judgement->review;
    bool done = true;
    review->waivers = arena_array(&review->arena, struct review_waiver *,
                                  book->waiver_count + 1);
    for (size_t i = 0; i < book->waiver_count; i++) {
        done = apply(judgement, book->waivers[i]) && done;
    }
    return done;
}
