/* What was said of a fact, read back from the text that the base keeps of
 * it. */
#include "eval/follow.h"

bool
follow_begin(struct session *session, const struct fact *fact,
             struct follow_reading *reading)
{
    struct fact_detail detail;
    *reading = (struct follow_reading){
        .context = session->context,
        .sources = session->sources.count,
        .messages = session->diagnostics->count,
        .parsed = session->parsed_count,
    };
    if (!store_load_lines(session->store, fact_metric(fact)) ||
        !store_detail(session->store, fact->record, &session->scratch,
                      &detail)) {
        return false;
    }
    if (detail.assertion) {
        follow_context(session, detail.context);
        reading->assertion = follow_parse(session, detail.assertion);
        follow_home(session, fact, &reading->home);
    }
    return true;
}

bool
follow_end(struct session *session, const struct follow_reading *reading)
{
    session->context = reading->context;
    /* A definition that was read meanwhile keeps its text. */
    while (session->sources.count > reading->sources &&
           session->parsed_count == reading->parsed) {
        sources_drop_last(&session->sources);
    }
    /* What is wrong with it was said when it was stated. */
    bool failed = follow_failed(session, reading->messages);
    if (!failed) {
        diagnostics_truncate(session->diagnostics, reading->messages);
    }
    return !failed;
}
