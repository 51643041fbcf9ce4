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

static bool
fail_fiscal(struct session *session, const struct figure *figure,
            struct span span)
{
    struct diagnostics *list = session->diagnostics;
    struct diagnostic *record =
        diagnostics_add(list, SEVERITY_ERROR, DIAGNOSTIC_BAD_PERIOD,
                        figure->span, "this metric has no fiscal calendar");
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
            return fail_fiscal(binder->session, plan->figures[node->figure],
                               span);
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
            return fail_fiscal(question->session, figure, plan->frequency_span);
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
question_note_years(struct question *question)
{
    const struct plan *plan = &question->plan;
    struct diagnostics *list = question->session->diagnostics;
    struct years years = {NULL, NULL};
    for (size_t i = 0; i < question->item_count && !years.other; i++) {
        find_years(plan, question->items[i], &question->session->scratch,
                   &years);
    }
    for (int i = 0; i < 2 && !years.other; i++) {
        uint32_t node = i == 0 ? question->where : question->sort;
        if (node != UINT32_MAX) {
            find_years(plan, node, &question->session->scratch, &years);
        }
    }
    if (!years.other) {
        return;
    }
    struct buffer text = {0};
    name_years(plan, years.first, &text);
    buffer_add_text(&text, "; ");
    name_years(plan, years.other, &text);
    diagnostics_add(list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE, years.other->span,
                    "years that differ are combined: %s", text.text);
    buffer_free(&text);
}
