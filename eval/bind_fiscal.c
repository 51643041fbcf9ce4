/* Fiscal years: which figures have them, and which are combined.
 *
 * FY2021 is a year of the metric's own calendar, and of no other metric.  The
 * years 2020 of two calendars are different stretches of time that have one
 * name; figures of both in one expression are common (an outlay as a share of
 * GDP), so they are worked with, and the answer says that they differ.
 */
#include "eval/bind.h"
#include "eval/question.h"

static const struct metric *
metric_of(const struct plan *plan, const struct figure *figure)
{
    return vocabulary_metric(store_vocabulary(plan->store), figure->metric);
}

static bool
lacks_calendar(const struct plan *plan, const struct figure *figure)
{
    const struct metric *metric = metric_of(plan, figure);
    return !metric->calendar && metric->frequency != FREQUENCY_ONCE;
}

/* Where FIGURE stands in RULE.  Rules of a group share their figures: one that
 * stands in another is told at the name. */
static struct span
place_in(const struct node *rule, const struct figure *figure)
{
    bool here = !rule || (rule->span.start <= figure->span.start &&
                          rule->span.end >= figure->span.end);
    return here ? figure->span : rule->kid[0]->span;
}

static bool
fail_fiscal(struct session *session, const struct node *rule,
            const struct figure *figure, struct span span)
{
    struct diagnostics *list = session->diagnostics;
    struct slice name =
        vocabulary_name(session->vocabulary, CLASS_METRIC, figure->metric);
    struct span place = place_in(rule, figure);
    bool here = place.start == figure->span.start;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, DIAGNOSTIC_BAD_PERIOD, place,
        "%s has no fiscal calendar", here ? "this metric" : name.at);
    diagnostics_relate(list, record, span, "this is a fiscal year");
    diagnostics_help(list, record,
                     "its years are called 2021; `on CALENDAR` gives a metric "
                     "fiscal ones");
    return false;
}

bool
bind_check_fiscal(struct binder *binder, uint32_t at, struct span span)
{
    const struct plan *plan = binder->plan;
    const bool *beneath = plan_beneath(plan, at, &binder->session->scratch);
    for (uint32_t i = 0; i <= at; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (beneath[i] && node->op == PLAN_FIGURE &&
            lacks_calendar(plan, plan->figures[node->figure])) {
            return fail_fiscal(binder->session, NULL,
                               plan->figures[node->figure], span);
        }
    }
    return true;
}

bool
question_check_fiscal_of(struct question *question, const struct node *rule,
                         const uint32_t *nodes, size_t count, struct span span)
{
    const struct plan *plan = &question->plan;
    struct session *session = question->session;
    for (size_t n = 0; n < count; n++) {
        uint32_t last = nodes[n];
        const bool *beneath = last == UINT32_MAX
                                  ? NULL
                                  : plan_beneath(plan, last, &session->scratch);
        for (uint32_t i = 0; beneath && i <= last; i++) {
            const struct figure *figure =
                beneath[i] && plan->nodes[i].op == PLAN_FIGURE
                    ? plan->figures[plan->nodes[i].figure]
                    : NULL;
            if (figure && !figure->fixed && !figure->apart &&
                lacks_calendar(plan, figure)) {
                return fail_fiscal(session, rule, figure, span);
            }
        }
    }
    return true;
}

bool
question_check_fiscal(struct question *question)
{
    const struct plan *plan = &question->plan;
    for (size_t i = 0; question->fiscal && i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (!figure->fixed && !figure->apart && lacks_calendar(plan, figure)) {
            return fail_fiscal(question->session, NULL, figure,
                               plan->frequency_span);
        }
    }
    return true;
}

/* Figures of two calendars, in one expression. */
struct years {
    const struct figure *first;
    const struct figure *other;
};

static bool
same_calendar(const struct plan *plan, const struct figure *a,
              const struct figure *b)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    struct calendar one =
        vocabulary_calendar(vocabulary, metric_of(plan, a)->calendar);
    struct calendar two =
        vocabulary_calendar(vocabulary, metric_of(plan, b)->calendar);
    bool january = one.month == 1 && one.day == 1;
    return one.month == two.month && one.day == two.day &&
           (january || one.named_by_end == two.named_by_end);
}

static void
find_years(const struct plan *plan, uint32_t at, struct arena *arena,
           struct years *years)
{
    const bool *beneath = plan_beneath(plan, at, arena);
    years->first = NULL;
    for (uint32_t i = 0; !years->other && i <= at; i++) {
        const struct plan_node *node = &plan->nodes[i];
        const struct figure *figure = beneath[i] && node->op == PLAN_FIGURE
                                          ? plan->figures[node->figure]
                                          : NULL;
        bool counts =
            figure && figure->frequency == FREQUENCY_A && !figure->apart;
        if (counts && !years->first) {
            years->first = figure;
        } else if (counts && !same_calendar(plan, years->first, figure)) {
            years->other = figure;
        }
    }
}

/* "out counts years from 10-01, named by their end". */
static void
name_years(const struct plan *plan, const struct figure *figure,
           struct buffer *text)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    uint32_t id = metric_of(plan, figure)->calendar;
    struct calendar calendar = vocabulary_calendar(vocabulary, id);
    buffer_add_slice(text,
                     vocabulary_name(vocabulary, CLASS_METRIC, figure->metric));
    if (!id) {
        buffer_add_text(text, " counts calendar years");
        return;
    }
    buffer_format(text, " counts years of %s, from %02d-%02d on, by their %s",
                  vocabulary_name(vocabulary, CLASS_CALENDAR, id).at,
                  calendar.month, calendar.day,
                  calendar.named_by_end ? "end" : "start");
}

void
question_note_years_of(struct question *question, const struct node *rule,
                       const uint32_t *nodes, size_t count)
{
    const struct plan *plan = &question->plan;
    struct diagnostics *list = question->session->diagnostics;
    struct years years = {NULL, NULL};
    for (size_t i = 0; i < count && !years.other; i++) {
        if (nodes[i] != UINT32_MAX) {
            find_years(plan, nodes[i], &question->session->scratch, &years);
        }
    }
    if (!years.other) {
        return;
    }
    struct buffer text = {0};
    name_years(plan, years.first, &text);
    buffer_add_text(&text, "; ");
    name_years(plan, years.other, &text);
    diagnostics_add(list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    place_in(rule, years.other),
                    "years that differ are combined: %s", text.text);
    buffer_free(&text);
}

void
question_note_years(struct question *question)
{
    const uint32_t others[] = {question->where, question->sort};
    size_t before = question->session->diagnostics->count;
    question_note_years_of(question, NULL, question->items,
                           question->item_count);
    if (question->session->diagnostics->count == before) {
        question_note_years_of(question, NULL, others, 2);
    }
}
