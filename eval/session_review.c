/* The texts of a review: read twice, judged, and forgotten. */
#include "eval/review.h"
#include "eval/scope.h"

/* Tables come behind the other inputs, which may import them, and documents
 * last, which ask about all of them. */
enum stage { STAGE_TEXTS, STAGE_TABLES, STAGE_DOCUMENTS, STAGE_COUNT };

static enum stage
stage_of(const struct review_input *input)
{
    return input->table      ? STAGE_TABLES
           : input->is_block ? STAGE_DOCUMENTS
                             : STAGE_TEXTS;
}

static void
add_text(struct session *session, const struct review_input *input,
         struct source **text)
{
    *text = sources_add(&session->sources, input->name, input->text);
    if (*text && input->is_block) {
        (*text)->first_line = input->first_line;
        (*text)->margins = input->margins;
    }
}

static void
read_input(struct session *session, const struct review_input *input,
           struct source **text)
{
    bool imported = input->table && session->takes & TAKE_REST &&
                    export_was_read(session, input->table);
    if (imported) {
        return;
    }
    if (!*text) {
        add_text(session, input, text);
    }
    if (!*text) {
        session_cannot_read(session, (struct span){0, 0}, input->name,
                            "too much text");
        session_note_failure(session, session->diagnostics->count - 1);
        return;
    }
    const char *open[1] = {input->name};
    session->includes = open;
    session->include_depth = 1;
    session->focus.set = false;
    session->context = (struct context){0};
    if (session->takes & TAKE_REST) { /* what is declared is in no batch */
        session->batch = store_add_batch(session->store, input->name);
    }
    if (input->continues) {
        book_resume_text(session);
    }
    session_run_statements(session, *text);
}

/* What a block asks is answered when it has its turn. */
static void
read_block(struct session *session, const struct review_input *input,
           struct source **text, size_t at)
{
    const struct review_answers *answers = session->answers;
    const struct result_sink *sink = session->sink;
    int takes = session->takes;
    bool asks = answers && takes & TAKE_REST;
    if (asks) {
        session->sink = answers->sink;
        session->takes |= TAKE_QUESTIONS;
        checks_enter(session, input);
    }
    read_input(session, input, text);
    if (asks) {
        checks_enter(session, NULL);
        answers->close(answers->context, at, session_as_of(session));
    }
    session->sink = sink;
    session->takes = takes;
}

/* One pass over all inputs; each has its own focus and context. */
static void
read_inputs(struct session *session, const struct review_input *inputs,
            struct source **texts, size_t count)
{
    for (enum stage stage = STAGE_TEXTS; stage < STAGE_COUNT; stage++) {
        for (size_t i = 0; i < count && session->status < RUN_SYSTEM; i++) {
            if (stage_of(&inputs[i]) != stage) {
                continue;
            }
            if (stage == STAGE_DOCUMENTS) {
                read_block(session, &inputs[i], &texts[i], i);
            } else {
                read_input(session, &inputs[i], &texts[i]);
            }
        }
    }
}

/* Declarations of several inputs may lean on each other in any order: they are
 * read again as long as fewer fail, and once more to say what is wrong.  To
 * declare the same twice is to declare it once. */
static void
read_declarations(struct session *session, const struct review_input *inputs,
                  struct source **texts, size_t count)
{
    size_t messages = session->diagnostics->count;
    size_t told = session->diagnostics->error_count;
    size_t before = SIZE_MAX;
    size_t errors = count > 1 ? SIZE_MAX - 1 : 0;
    session->takes = TAKE_DECLARATIONS;
    session->retries = true;
    while (errors && errors < before && session->status < RUN_SYSTEM) {
        before = errors;
        session->include_count = 0;
        session->unread = false;
        session->status = RUN_DONE;
        read_inputs(session, inputs, texts, count);
        errors = session->diagnostics->error_count - told;
        if (session->status < RUN_SYSTEM) {
            diagnostics_truncate(session->diagnostics, messages);
        }
    }
    session->retries = false;
    if (session->status < RUN_SYSTEM) {
        session->include_count = 0;
        session->unread = false;
        session->status = RUN_DONE;
        read_inputs(session, inputs, texts, count);
    } else {
        session->checking = true;
    }
}

/* What only asks has no answer here, and nobody is to wait for one. */
static void
tell_passed_over(struct session *session)
{
    size_t count = session->passed_over;
    if (session->checking || !count) {
        return;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
        session->first_passed,
        count == 1 ? "a question is passed over: a review answers none"
                   : "%zu questions are passed over, this is the first: a "
                     "review answers none",
        count);
    diagnostics_help(session->diagnostics, record,
                     "`assay run` answers them; `check` and rules are judged");
}

enum run_status
session_read_all(struct session *session, const struct review_input *inputs,
                 size_t count,
                 void (*done)(struct session *session, void *context),
                 void *context)
{
    struct result_sink none = {0};
    size_t messages = session->diagnostics->count;
    session->status = RUN_DONE;
    session->checking = false;
    session->sink = &none;
    session->poisoned_count = session->told_count = 0;
    session->unread = session->undone = false;
    session->statements = 0;
    session->include_count = session->passed_over = 0;
    session->run++;
    if (!store_begin(session->store)) {
        session_note_failure(session, messages);
        return session->status;
    }
    if (session->generation != store_generation(session->store)) {
        session_take_names(session);
    }
    struct source **texts =
        arena_array(&session->arena, struct source *, count ? count : 1);
    read_declarations(session, inputs, texts, count);
    if (!session->checking) { /* the second pass would say it again */
        diagnostics_truncate(session->diagnostics, messages);
        session->takes = TAKE_REST;
        read_inputs(session, inputs, texts, count);
    }
    session->takes = TAKE_ALL;
    if (!session->checking && session_check_parameters(session) &&
        session_check_base(session)) {
        tell_passed_over(session);
        done(session, context);
    }
    if (session->diagnostics->error_count && session->status < RUN_WRONG) {
        session->status = session_failure(session, messages);
    }
    store_rollback(session->store);
    session->settled_version = 0;
    session->settled_record = 0;
    session->focus.set = false;
    session->context = (struct context){0};
    store_clear_interrupt(session->store);
    arena_reset(&session->scratch);
    return session->status;
}
