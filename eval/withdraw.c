/* Taking back: a fact (on a day of its own), a whole import, a transaction. */
#include "eval/fact_text.h"
#include "eval/scope.h"

static bool
nothing(struct session *session, const struct node *node, const char *message,
        const char *help)
{
    return scope_fail(session, node, DIAGNOSTIC_NOTHING_TO_RETRACT, message,
                      help);
}

/* The latest fact of a cell that was stated up to a day, by ACTOR if any. */
struct latest {
    uint32_t actor;
    uint32_t source;
    uint32_t line;
    struct fact fact;
    bool found;
};

static void
take_latest(void *context, const struct fact *fact)
{
    struct latest *latest = context;
    bool wanted = fact_line(fact) == latest->line &&
                  (!latest->actor || fact->actor == latest->actor) &&
                  (!latest->source || fact->source == latest->source);
    if (wanted) {
        latest->fact = *fact;
        latest->found = true;
    }
}

/* The one cell that a figure names. */
static bool
one_cell(struct session *session, const struct node *node,
         struct figure_names *names, uint32_t *line)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    uint32_t members[DIMENSIONS_MAX] = {0};
    if (metric->frequency == FREQUENCY_ONCE) {
        names->period = (struct period){FREQUENCY_ONCE, 0};
    } else if (names->has_range && names->range.first == names->range.last) {
        names->period =
            (struct period){names->range.frequency, names->range.first};
    } else if (!names->has_period) {
        return scope_fail(session, node, DIAGNOSTIC_NO_PERIOD,
                          "one cell is taken back: name its period",
                          "retract target 2023 exports because \"...\"");
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE) {
            return scope_fail(session, node, DIAGNOSTIC_NOT_ONE_CELL,
                              "one cell is taken back: name one member", NULL);
        }
        members[i] =
            names->selectors[i] == SELECT_MEMBER ? names->members[i] : 0;
    }
    *line = vocabulary_find_line(session->vocabulary, names->metric, members);
    return true;
}

static bool
find_latest(struct session *session, const struct figure_names *names,
            day_number day, struct latest *latest)
{
    struct scan_range range = {
        .metric = names->metric,
        .frequency = names->period.frequency,
        .kind = names->kind,
        .first = names->period.ordinal,
        .last = names->period.ordinal,
        .line_low = latest->line,
        .line_high = latest->line,
        .as_of = day,
        .every_fact = true,
        .places = true,
    };
    return latest->line == 0 ||
           store_scan(session->store, &range, take_latest, latest);
}

/* Who had stated the fact, and on which day it is taken back.  Both are written
 * here and not taken from the context, and nobody is declared by it. */
static bool
read_annotations(struct session *session, const struct node *first,
                 struct latest *latest, day_number *day)
{
    struct annotations said;
    bool strict = session->options.strict;
    session->options.strict = true;
    bool done = fact_annotations(session, first, &said);
    session->options.strict = strict;
    for (const struct node *at = first; done && at; at = at->next) {
        latest->actor = at->kind == NODE_BY_ACTOR ? said.actor : latest->actor;
        latest->source =
            at->kind == NODE_SOURCE_OF ? said.source : latest->source;
        if (at->kind == NODE_IF_SAID || at->kind == NODE_NOTE ||
            at->kind == NODE_URL) {
            return scope_fail(session, at, DIAGNOSTIC_CLAUSE,
                              "a retraction has a reason instead",
                              "because \"...\"");
        }
    }
    *day = said.has_day ? said.day : session_as_of(session);
    return done;
}

/* Why no fact was found: what would have been, with fewer demands. */
static bool
report_nothing(struct session *session, const struct node *figure,
               const struct figure_names *names, const struct latest *wanted)
{
    struct latest speaker = *wanted;
    struct latest anybody = {.line = wanted->line};
    struct slice text = sources_text(&session->sources, figure->span);
    if (!find_latest(session, names, INT32_MAX, &speaker) ||
        !find_latest(session, names, INT32_MAX, &anybody)) {
        return false;
    }
    const char *message =
        speaker.found   ? "this was stated after that day only"
        : anybody.found ? "others have stated this, and what they said stands"
                        : "nobody has stated this, or it was taken back";
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOTHING_TO_RETRACT,
        figure->span, "%s", message);
    diagnostics_help(session->diagnostics, record,
                     "to see what was ever said of it: history %.*s",
                     (int)text.len, text.at);
    return false;
}

static const char *
reason_of(struct session *session, const struct node *node)
{
    const char *reason = scope_text(session, node);
    if (reason && !*reason) {
        scope_fail(session, node, DIAGNOSTIC_CLAUSE, "say why it is taken back",
                   "because \"a misprint\"");
        return NULL;
    }
    return reason;
}

/* A review must not lose a figure without a word. */
static void
tell_review(struct session *session, const struct node *statement,
            const struct fact *fact, const char *reason)
{
    struct fact_detail detail = {0};
    struct buffer said = {0};
    if (fact->form & FORM_DETAIL) {
        store_detail(session->store, fact->record, &session->scratch, &detail);
    }
    fact_print_value(session,
                     vocabulary_metric(session->vocabulary, fact_metric(fact)),
                     fact, &detail, &said);
    book_add_withdrawal(session, statement, said.text, reason);
    buffer_free(&said);
}

bool
retract_statement(struct session *session, const struct node *statement)
{
    struct figure_names names;
    struct latest latest = {0};
    day_number day = DAY_NONE;
    const struct node *figure = statement->kid[0];
    const char *reason = reason_of(session, statement->kid[1]);
    if (!reason || (!session->checking && !session_write(session)) ||
        !figure_resolve(session, figure, &session->focus, false, &names) ||
        !read_annotations(session, statement->kid[3], &latest, &day)) {
        return false;
    }
    figure_complete(session, &names);
    if (!one_cell(session, figure, &names, &latest.line)) {
        return false;
    }
    latest.actor = names.actor ? names.actor : latest.actor;
    if (session->checking) {
        return true;
    }
    if (!find_latest(session, &names, day, &latest)) {
        return false;
    }
    if (!latest.found) {
        return report_nothing(session, figure, &names, &latest);
    }
    struct retraction retraction = {
        .retracted = latest.fact.record,
        .cell = latest.fact.cell,
        .day = day > fact_day(&latest.fact) ? day : fact_day(&latest.fact),
        .actor = latest.actor,
        .batch = session->batch,
        .row = session_row(session, statement->span.start),
        .reason = reason,
    };
    store_add_retraction(session->store, &retraction);
    if (session->options.review) {
        tell_review(session, statement, &latest.fact, reason);
    }
    session->settled_version = 0; /* what followed from it is void */
    figure_focus(session, &names);
    return true;
}

struct wanted {
    uint32_t number;
    struct batch batch; /* without its texts */
    bool found;
};

static void
take_batch(void *context, const struct batch *batch)
{
    struct wanted *wanted = context;
    if (batch->number == wanted->number) {
        wanted->batch = *batch;
        wanted->found = true;
    }
}

bool
retract_import_statement(struct session *session, const struct node *statement)
{
    const struct node *node = statement->kid[0];
    const char *reason = reason_of(session, statement->kid[1]);
    int64_t number = node->value.coefficient;
    struct wanted wanted = {.number = (uint32_t)number};
    if (!reason || (!session->checking && !session_write(session))) {
        return false;
    }
    if (session->checking) {
        return true;
    }
    if (!store_each_batch(session->store, take_batch, &wanted)) {
        return false;
    }
    if (!wanted.found || number > UINT32_MAX) {
        return nothing(session, node, "there is no batch of this number",
                       "they stand in: list imports");
    }
    if (wanted.batch.withdrawn || wanted.batch.undone) {
        return nothing(session, node, "this batch was taken back already",
                       NULL);
    }
    if (!wanted.batch.imported &&
        store_batch_is_running(session->store, wanted.number)) {
        return nothing(session, node, "this text itself states that batch",
                       "a text that fails, or `undo` after it, takes all of it "
                       "back");
    }
    /* What this script has stated stands before what it withdraws. */
    if (!store_flush(session->store) ||
        !store_withdraw_batch(session->store, wanted.number, reason)) {
        return false;
    }
    session->settled_version = 0;
    diagnostics_add(session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    statement->span, "taken back: %lld fact%s of batch %u",
                    (long long)wanted.batch.facts,
                    wanted.batch.facts == 1 ? "" : "s", wanted.number);
    return true;
}

/* What an undone transaction had done. */
struct undone {
    uint32_t transaction;
    int64_t facts;
    int64_t retractions;
    struct buffer inputs;
    struct buffer restored; /* batches that it had withdrawn */
};

/* Several imports of one file are named once. */
static void
add_input(struct buffer *inputs, const char *input)
{
    size_t len = strlen(input);
    bool same = inputs->len > len &&
                inputs->text[inputs->len - len - 1] == ' ' &&
                strcmp(inputs->text + inputs->len - len, input) == 0;
    if (!same) {
        buffer_format(inputs, "%s%s", inputs->len ? ", " : " from ", input);
    }
}

static void
count_undone(void *context, const struct batch *batch)
{
    struct undone *undone = context;
    if (batch->withdrawn == undone->transaction && !batch->undone) {
        buffer_format(&undone->restored, "%s%u (%lld fact%s)",
                      undone->restored.len ? ", " : "", batch->number,
                      (long long)batch->facts, batch->facts == 1 ? "" : "s");
    }
    if (batch->transaction == undone->transaction) {
        undone->facts += batch->facts;
        undone->retractions += batch->retractions;
        add_input(&undone->inputs, batch->input);
    }
}

static void
add_part(struct buffer *text, int64_t count, const char *what)
{
    if (count) {
        buffer_format(text, "%s%lld %s%s",
                      text->len ? ", " : "taken back: ", (long long)count, what,
                      count == 1 ? "" : "s");
    }
}

static void
tell_undone(struct session *session, const struct node *statement,
            const struct undone *undone)
{
    struct buffer text = {0};
    add_part(&text, undone->facts, "fact");
    add_part(&text, undone->retractions, "retraction");
    if (text.len && undone->inputs.len) {
        buffer_add_slice(&text, buffer_slice(&undone->inputs));
    }
    if (undone->restored.len) {
        buffer_format(&text, "%sbatch %s counts again", text.len ? "; " : "",
                      undone->restored.text);
    } else if (!text.len) {
        buffer_add_text(&text, "taken back: names that were declared");
    }
    diagnostics_add(session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    statement->span, "%s", text.text);
    buffer_free(&text);
}

static bool
refuse_undo(struct session *session, const struct node *statement)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOTHING_TO_RETRACT,
        statement->span, "a review takes back nothing of the fact base");
    diagnostics_help(session->diagnostics, record,
                     "retract, below a fact, holds for the review");
    return false;
}

bool
undo_statement(struct session *session, const struct node *statement)
{
    if (session->options.review) {
        return refuse_undo(session, statement);
    }
    struct undone undone = {0};
    if (session->checking) {
        return true;
    }
    if (!session_take_pen(session)) {
        return false;
    }
    if (store_has_changes(session->store)) {
        return nothing(session, statement,
                       "this text has stated or declared something already",
                       "undo takes back what was done before: let it stand "
                       "first");
    }
    if (!store_last_transaction(session->store, &undone.transaction)) {
        return false;
    }
    if (undone.transaction == 0) {
        return nothing(session, statement, "there is nothing to take back",
                       NULL);
    }
    bool done = store_each_batch(session->store, count_undone, &undone) &&
                store_undo(session->store, undone.transaction);
    if (done) {
        tell_undone(session, statement, &undone);
        session_take_names(session);
        session->undone = true;
        session->settled_version = 0;
        session->constrained_known = false;
    }
    buffer_free(&undone.inputs);
    buffer_free(&undone.restored);
    return done;
}
