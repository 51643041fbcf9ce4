/* How a fact of a file was taken back again. */
#include "eval/import/import.h"

static const struct node *
parse_retraction(struct import *import, const char *said)
{
    struct session *session = import->session;
    struct buffer text = {0};
    buffer_add_text(&text, "retract x ");
    buffer_add_text(&text, said);
    struct source *source =
        sources_add(&session->sources, "a retraction", buffer_slice(&text));
    buffer_free(&text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    return statement && statement->kind == NODE_RETRACT ? statement : NULL;
}

/* Who takes it back, and on which day; names are known. */
static bool
take_annotations(struct session *session, const struct node *first,
                 struct retraction *retraction)
{
    struct annotations said;
    bool strict = session->options.strict;
    struct context context = session->context;
    session->options.strict = true;
    session->context = (struct context){0};
    bool done = fact_annotations(session, first, &said);
    session->context = context;
    session->options.strict = strict;
    bool more =
        done && (said.source || said.condition || said.note || said.url);
    retraction->actor = done ? said.actor : 0;
    retraction->day = done && said.has_day ? said.day : DAY_NONE;
    return done && !more;
}

bool
retraction_read(struct import *import, const char *said,
                const struct fact *fact, struct retraction *retraction)
{
    struct session *session = import->session;
    size_t column = mapping_find(import, FIELD_RETRACTED)->column;
    size_t messages = session->diagnostics->count;
    size_t sources = session->sources.count;
    const struct node *statement = parse_retraction(import, said);
    const char *reason =
        statement ? scope_text(session, statement->kid[1]) : NULL;
    bool done = reason && *reason &&
                take_annotations(session, statement->kid[3], retraction);
    while (session->sources.count > sources) {
        sources_drop_last(&session->sources);
    }
    diagnostics_truncate(session->diagnostics, messages);
    if (!done) {
        return cell_mistake(import, column,
                            "because \"a misprint\", behind by and on",
                            "this does not say why the fact is taken back");
    }
    retraction->reason = reason;
    retraction->cell = fact->cell;
    retraction->batch = import->batch;
    retraction->row = fact->row;
    if (retraction->day < fact_day(fact)) {
        retraction->day = fact_day(fact);
    }
    return true;
}
