#include "eval/session.h"

#include "base/suggest.h"
#include "eval/scope.h"

#include <ctype.h>
#include <stdlib.h>

enum { PARSER_KEPT = 64 * 1024 };

static void
drop_parser(struct parser *parser)
{
    if (parser) {
        parser_free(parser);
        free(parser);
    }
}

struct session *
session_open(const struct session_options *options,
             struct diagnostics *diagnostics)
{
    struct session *session = memory_alloc(sizeof *session);
    *session =
        (struct session){.options = *options, .diagnostics = diagnostics};
    atoms_init(&session->atoms);
    sources_init(&session->sources);
    /* Keywords are the first names, so that a keyword is a small number. */
    struct lexer lexer;
    lexer_init(&lexer, &session->atoms, diagnostics);
    session->keyword_names =
        memory_alloc(LEXER_KEYWORDS_END * sizeof *session->keyword_names);
    session->names_seen = SIZE_MAX;
    lexer_free(&lexer);
    session->store = store_open(options->facts, options->read_only,
                                &session->atoms, diagnostics);
    if (!session->store) {
        session_close(session);
        return NULL;
    }
    if (options->review) {
        store_keep_nothing(session->store);
    }
    session->takes = TAKE_ALL;
    session->vocabulary = store_vocabulary(session->store);
    session->generation = store_generation(session->store);
    follow_trust(session);
    return session;
}

void
session_close(struct session *session)
{
    if (session->store) {
        store_close(session->store);
    }
    drop_parser(session->parser);
    book_free(session->book);
    index_free(&session->library);
    free(session->parameters);
    free(session->parsed);
    free(session->poisoned);
    free(session->told);
    free(session->keyword_names);
    free(session->constrained);
    free(session->exports);
    free(session->inputs);
    arena_free(&session->arena);
    arena_free(&session->scratch);
    sources_free(&session->sources);
    atoms_free(&session->atoms);
    free(session);
}

bool
session_quits(const struct session *session)
{
    return session->quits;
}

const struct sources *
session_sources(const struct session *session)
{
    return &session->sources;
}

struct atoms *
session_atoms(struct session *session)
{
    return &session->atoms;
}

void
session_interrupt(struct session *session)
{
    store_interrupt(session->store);
}

bool
session_is_unsaved(const struct session *session)
{
    return !store_is_file(session->store) &&
           store_fact_count(session->store) > 0;
}

day_number
session_as_of(const struct session *session)
{
    if (session->options.as_of != DAY_NONE) {
        return session->options.as_of;
    }
    if (session->options.interactive) {
        return session->options.today;
    }
    return store_last_day(session->store);
}

day_number
session_question_day(const struct session *session)
{
    if (session->options.as_of != DAY_NONE) {
        return session->options.as_of;
    }
    /* Elsewhere it is the latest date of all: nothing is later. */
    return session->options.interactive ? session->options.today : INT32_MAX;
}

/* Statements ----------------------------------------------------------------- */

static bool
set_statement(struct session *session, const struct node *statement)
{
    const struct node *name = statement->kid[0];
    const struct node *value = statement->kid[1];
    struct slice text = atoms_text(&session->atoms, name->value.name);
    const struct node *word = value->kind == NODE_FIGURE ? value->kid[2] : NULL;
    bool off =
        word && slice_is(atoms_text(&session->atoms, word->value.name), "off");
    bool on = value->kind == NODE_TRUTH && value->op == OP_TRUE;
    off = off || (value->kind == NODE_TRUTH && value->op == OP_FALSE);
    if (!slice_is(text, "strict")) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_SETTING,
            name->span, "no setting named `%s`", text.at);
        struct suggestion suggestion;
        suggestion_init(&suggestion, text);
        suggestion_offer(&suggestion, SLICE("strict"));
        if (suggestion.best.len) {
            diagnostics_label(session->diagnostics, record,
                              "did you mean `strict`?");
        }
        diagnostics_help(session->diagnostics, record,
                         "the settings stand in: list settings");
        return false;
    }
    if (!on && !off) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_TYPE_MISMATCH, value->span,
                        "strict is on or off");
        return false;
    }
    session->options.strict = on;
    return true;
}

static bool
refuse_missing(struct session *session, const struct node *statement,
               const char *name)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOT_YET,
                    statement->span, "`%s` does not run in this version", name);
    return false;
}

static bool
is_declaration(const struct node *statement)
{
    return statement->kind >= NODE_UNIT && statement->kind <= NODE_PARAM_DEF &&
           statement->kind != NODE_USING;
}

/* Members of a file are declared, like others: what names them may stand in a
 * file that is read earlier. */
static bool
imports_members(const struct node *statement)
{
    return statement->kind == NODE_IMPORT && statement->kid[1] &&
           statement->kid[1]->kind == NODE_AS_MEMBERS;
}

static bool
states_facts(const struct node *statement)
{
    return statement->kind == NODE_FACT || statement->kind == NODE_CELLS ||
           statement->kind == NODE_RETRACT ||
           (statement->kind == NODE_IMPORT && !imports_members(statement));
}

static bool
is_question(const struct node *statement)
{
    return statement->kind >= NODE_ANSWER && statement->kind <= NODE_VERSION;
}

/* Does this run look at the statement?  A review takes what is declared first,
 * then the rest, and answers no questions. */
static bool
takes(const struct session *session, const struct node *statement)
{
    if (!session->options.review || statement->kind == NODE_INCLUDE) {
        return true;
    }
    if (statement->kind == NODE_QUIT) { /* nobody ends it for the others */
        return false;
    }
    if (session->options.states_nothing && states_facts(statement)) {
        return false;
    }
    if (imports_members(statement)) { /* its second run tells what it did */
        return session->takes & (TAKE_DECLARATIONS | TAKE_REST);
    }
    return is_declaration(statement) ? session->takes & TAKE_DECLARATIONS
           : is_question(statement)  ? session->takes & TAKE_QUESTIONS
                                     : session->takes & TAKE_REST;
}

/* `check` and conditions stand alone only behind `check`. */
static bool
run_statement(struct session *session, const struct node *statement)
{
    bool takes_back =
        statement->kind == NODE_UNDO || statement->kind == NODE_RETRACT_IMPORT;
    if (takes_back && session->options.review) {
        return scope_fail(session, statement, DIAGNOSTIC_NOTHING_TO_RETRACT,
                          "a review takes nothing of the fact base back",
                          "retract single figures: they count as withdrawn "
                          "while it runs");
    }
    const char *missing = statement_missing((enum node_kind)statement->kind);
    if (missing) {
        return refuse_missing(session, statement, missing);
    }
    switch (statement->kind) {
    case NODE_FACT:
    case NODE_CELLS:
        return fact_statement(session, statement);
    case NODE_USING:
        return using_statement(session, statement);
    case NODE_COMPARE:
        return compare_statement(session, statement);
    case NODE_SHOW:
    case NODE_CHECK:
    case NODE_ANSWER:
        return question_statement(session, statement);
    case NODE_WHY_RULE:
        return why_rule_statement(session, statement);
    case NODE_WHY:
        return why_statement(session, statement);
    case NODE_PLOT:
        return plot_statement(session, statement);
    case NODE_EXPLAIN:
    case NODE_EXPLAIN_ANALYZE:
        return explain_statement(session, statement);
    case NODE_LIST:
        return list_statement(session, statement);
    case NODE_DESCRIBE:
        return describe_statement(session, statement);
    case NODE_HELP:
    case NODE_APROPOS:
    case NODE_VERSION:
        return help_statement(session, statement);
    case NODE_PRINT:
        return print_statement_text(session, statement);
    case NODE_INCLUDE:
        return include_statement(session, statement);
    case NODE_EXPORT:
        return export_statement(session, statement);
    case NODE_IMPORT:
        return import_statement(session, statement);
    case NODE_POLICY:
        return policy_statement(session, statement);
    case NODE_RULE:
        return rule_statement(session, statement);
    case NODE_WAIVE:
        return waive_statement(session, statement);
    case NODE_CLAIM:
        return claim_statement(session, statement);
    case NODE_TEST:
        return test_statement(session, statement);
    case NODE_HISTORY:
        return history_statement(session, statement);
    case NODE_RETRACT:
        return retract_statement(session, statement);
    case NODE_RETRACT_IMPORT:
        return retract_import_statement(session, statement);
    case NODE_UNDO:
        return undo_statement(session, statement);
    case NODE_SET_OPTION:
        return set_statement(session, statement);
    case NODE_QUIT:
        session->quits = true;
        return true;
    default:
        return declare_statement(session, statement);
    }
}

/* The name that a failed declaration would have declared. */
static void
poison_declared(struct session *session, const struct node *statement)
{
    bool declares = statement->kind >= NODE_UNIT &&
                    statement->kind <= NODE_PARAM_DEF &&
                    statement->kind != NODE_USING && statement->kid[0] &&
                    statement->kid[0]->kind == NODE_NAME;
    if (declares) {
        scope_poison(session, statement->kid[0]->value.name);
    }
}

enum run_status
session_failure(const struct session *session, size_t from)
{
    enum run_status status = RUN_WRONG;
    for (size_t i = from; i < session->diagnostics->count; i++) {
        enum diagnostic_code code = session->diagnostics->items[i]->code;
        if (code == DIAGNOSTIC_INTERRUPTED) {
            status = RUN_INTERRUPTED;
        } else if ((code >= DIAGNOSTIC_CANNOT_OPEN &&
                    code <= DIAGNOSTIC_BASE_CORRUPT) ||
                   code == DIAGNOSTIC_CANNOT_WRITE ||
                   code == DIAGNOSTIC_CANNOT_DRAW) {
            status = RUN_SYSTEM;
        }
    }
    return status;
}

void
session_note_failure(struct session *session, size_t from)
{
    enum run_status status = session_failure(session, from);
    session->checking = !session->retries;
    if (status > session->status) {
        session->status = status;
    }
}

/* The store knows no statement: what it refused to write is told at this one. */
static void
place_refusals(struct session *session, const struct node *statement,
               size_t from)
{
    struct diagnostics *list = session->diagnostics;
    for (size_t i = from; i < list->count; i++) {
        struct span *span = &list->items[i]->primary.span;
        if (list->items[i]->code == DIAGNOSTIC_BASE_READ_ONLY &&
            span->end == span->start) {
            *span = statement->span;
        }
    }
}

static void
run_one(struct session *session, const struct node *statement)
{
    size_t messages = session->diagnostics->count;
    size_t errors = session->diagnostics->error_count;
    if (!takes(session, statement)) {
        if (statement->kind == NODE_CHECK && session->takes & TAKE_REST) {
            check_keep(session, statement);
        } else if (is_question(statement) && session->takes & TAKE_REST) {
            session->first_passed = session->passed_over++
                                        ? session->first_passed
                                        : statement->span;
        }
        return;
    }
    session->next_focus.set = false;
    bool done = run_statement(session, statement);
    if (!done || session->diagnostics->error_count > errors) {
        place_refusals(session, statement, messages);
        if (!session->retries) {
            poison_declared(session, statement);
        }
        session_note_failure(session, messages);
        return;
    }
    session->statements++;
    if (session->next_focus.set) {
        session->focus = session->next_focus;
    }
    bool declares = statement->kind >= NODE_UNIT &&
                    statement->kind <= NODE_PARAM_DEF && statement->kid[0] &&
                    statement->kid[0]->kind == NODE_NAME;
    if (declares && statement->kid[0]->value.name < LEXER_KEYWORDS_END) {
        session->keyword_names[statement->kid[0]->value.name] = true;
        session->names_seen = SIZE_MAX;
    }
}

/* Too many errors, an interruption or a broken base: nothing more is tried. */
static bool
goes_on(const struct session *session)
{
    return !session->quits && session->status < RUN_SYSTEM &&
           session->diagnostics->error_count <
               session->diagnostics->error_limit;
}

/* Which keywords are names as well: the parser warns where one hides the
 * other.  Looked up anew when there are other names than the last time. */
static void
find_keyword_names(struct session *session)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    size_t names = 0;
    for (int class = 0; class < CLASS_COUNT; class ++) {
        names += class == CLASS_MEMBER ? 0 : vocabulary->classes[class].count;
    }
    if (names == session->names_seen) {
        return;
    }
    session->names_seen = names;
    for (atom word = 0; word < LEXER_KEYWORDS_END; word++) {
        bool declared = false;
        for (int class = 0; word && class < CLASS_COUNT; class ++) {
            declared =
                declared ||
                (class != CLASS_MEMBER &&
                 vocabulary_find(vocabulary, (enum name_class) class, word));
        }
        session->keyword_names[word] = declared;
    }
}

/* A parser that is free: the one kept, which costs more to make than a short
 * text takes to parse, or a new one for the file that an open one includes. */
static struct parser *
take_parser(struct session *session)
{
    struct parser *parser = session->parser;
    session->parser = NULL;
    if (!parser) {
        parser = memory_alloc(sizeof *parser);
        parser_init(parser, &session->atoms, &session->sources,
                    session->diagnostics);
    }
    return parser;
}

/* One is kept, if it does not hold the copy of a long text. */
static void
give_parser_back(struct session *session, struct parser *parser)
{
    bool keep = !session->parser && session->source->text.len < PARSER_KEPT;
    if (keep) {
        session->parser = parser;
    } else {
        drop_parser(parser);
    }
}

void
session_run_statements(struct session *session, const struct source *source)
{
    struct parser *parser = take_parser(session);
    const struct node *statement;
    const void *policy = book_enter_text(session);
    find_keyword_names(session);
    parser->declared = session->keyword_names;
    session->source = source;
    session->row_place = source->base;
    session->row = source->first_line;
    if (!parser_start(parser, source)) {
        session_note_failure(session, session->diagnostics->count);
        give_parser_back(session, parser);
        book_leave_text(session, policy);
        return;
    }
    while (goes_on(session)) {
        if (store_is_interrupted(session->store)) {
            size_t messages = session->diagnostics->count;
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                            "interrupted");
            session_note_failure(session, messages);
            break;
        }
        size_t messages = session->diagnostics->count;
        enum parse_status status = parser_next(parser, &statement);
        if (status == PARSE_END) {
            break;
        }
        if (status == PARSE_FAILED) {
            session_explain_unread(session, parser->statement, messages);
            session_note_failure(session, session->diagnostics->count);
        } else {
            run_one(session, statement);
        }
        arena_reset(&session->scratch);
        session->source = source;
    }
    give_parser_back(session, parser);
    book_leave_text(session, policy);
}

uint32_t
session_row(struct session *session, uint32_t place)
{
    const struct source *source = session->source;
    const char *text = source->text.at;
    uint32_t at = session->row_place - source->base;
    uint32_t end = place - source->base;
    if (place < session->row_place) {
        struct location location;
        struct span span = {place, place};
        return sources_locate(&session->sources, span, &location)
                   ? location.line
                   : 1;
    }
    /* Statements come in order: count on from the last one. */
    while (at < end) {
        const char *newline = memchr(text + at, '\n', end - at);
        if (!newline) {
            break;
        }
        session->row++;
        at = (uint32_t)(newline - text) + 1;
    }
    session->row_place = place;
    return session->row;
}

void
session_name_context(const struct session *session, struct context_names *names)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct context *context = &session->context;
    names->count = context->count;
    for (size_t i = 0; i < context->count; i++) {
        names->dimensions[i] = vocabulary_entry(vocabulary, CLASS_DIMENSION,
                                                context->dimensions[i])
                                   ->name;
        names->members[i] =
            vocabulary_entry(vocabulary, CLASS_MEMBER, context->members[i])
                ->name;
    }
    names->source =
        vocabulary_entry(vocabulary, CLASS_SOURCE, context->source)->name;
    names->actor =
        vocabulary_entry(vocabulary, CLASS_ACTOR, context->actor)->name;
}

void
session_find_context(struct session *session, const struct context_names *names)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    struct context *context = &session->context;
    *context = (struct context){0};
    for (size_t i = 0; i < names->count; i++) {
        uint32_t dimension =
            vocabulary_find(vocabulary, CLASS_DIMENSION, names->dimensions[i]);
        uint32_t member = 0;
        if (dimension && store_load_members(session->store, dimension)) {
            member = vocabulary_find_member(vocabulary, dimension,
                                            names->members[i]);
        }
        if (member) {
            context->dimensions[context->count] = dimension;
            context->members[context->count++] = member;
        }
    }
    context->source = vocabulary_find(vocabulary, CLASS_SOURCE, names->source);
    context->actor = vocabulary_find(vocabulary, CLASS_ACTOR, names->actor);
}

/* Ids that were kept are void: the context is found again by its names. */
void
session_take_names(struct session *session)
{
    session_find_context(session, &session->context_names);
    session->focus.set = false;
    session->parsed_count = 0;
    session->names_seen = SIZE_MAX;
    session->generation = store_generation(session->store);
    follow_trust(session);
}

bool
session_write(struct session *session)
{
    if (session->undone) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOTHING_TO_RETRACT,
            (struct span){0, 0}, "behind `undo` a text only asks");
        diagnostics_help(session->diagnostics, record,
                         "state and declare in a text of its own");
        return false;
    }
    return session_take_pen(session);
}

bool
session_take_pen(struct session *session)
{
    if (!store_write(session->store)) {
        return false;
    }
    if (session->generation == store_generation(session->store)) {
        return true;
    }
    session_take_names(session);
    if (session->statements == 0 && session->include_depth == 1) {
        session->batch = store_add_batch(session->store, session->source->name);
        return true;
    }
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BASE_BUSY,
                    (struct span){0, 0},
                    "another process changed the fact base while this ran; "
                    "run it again");
    return false;
}

/* What a base says of its facts is read before others are added. */
bool
session_check_base(struct session *session)
{
    const struct extent *extents;
    size_t count;
    return store_extents(session->store, &extents, &count);
}

static enum run_status
finish_run(struct session *session)
{
    size_t messages = session->diagnostics->count;
    if (!session->checking &&
        (!session_check_parameters(session) || !follow_settle(session) ||
         !session_check_base(session))) {
        session_note_failure(session, messages);
    }
    messages = session->diagnostics->count;
    if (session->checking) {
        store_rollback(session->store);
        session->settled_version = 0; /* what followed from it is void */
        session->settled_record = 0;
        session->focus.set = false;
        session->context = (struct context){0};
    } else if (!store_commit(session->store)) {
        session_note_failure(session, messages);
        session->settled_version = 0; /* what followed from it is void */
        session->settled_record = 0;
    }
    if (!export_keep_files(session, session->status < RUN_WRONG)) {
        session_note_failure(session, messages);
    }
    if (session->options.interactive) { /* each text stands for itself */
        session->input_count = 0;
    }
    store_clear_interrupt(session->store);
    session_name_context(session, &session->context_names);
    return session->status;
}

/* SOURCE is NULL when there was no room for it. */
static enum run_status
run_source(struct session *session, const char *name, struct source *source,
           const struct result_sink *sink)
{
    struct focus focus = session->focus;
    struct context context = session->context;
    struct book_mark book = book_mark(session->book);
    size_t parsed = session->parsed_count;
    bool keeps = session->options.interactive;
    session->status = RUN_DONE;
    session->checking = false;
    session->sink = sink;
    session->poisoned_count = session->told_count = 0;
    session->alike_work = 0;
    session->unread = session->undone = false;
    if (!source) {
        session_cannot_read(session, (struct span){0, 0}, name,
                            "too much text");
        return RUN_WRONG;
    }
    size_t messages = session->diagnostics->count;
    if (!store_begin(session->store)) {
        session_note_failure(session, messages);
        return session->status;
    }
    if (session->generation != store_generation(session->store)) {
        session_take_names(session);
        focus = session->focus;
        context = session->context;
        parsed = 0;
    }
    session->statements = 0;
    session->run++;
    bool strict = session->options.strict;
    const char *open[1] = {source->name};
    session->includes = open;
    session->include_depth = 1;
    session->include_count = 0;
    session->batch = store_add_batch(session->store, source->name);
    if (!session->options.owns_params || session->more_texts ||
        session_foresee_parameters(session, source->text)) {
        session_run_statements(session, source);
    } else {
        session_note_failure(session, messages);
    }
    bool failed = session->checking;
    enum run_status status = finish_run(session);
    if (failed || session->checking) {
        diagnostics_drop_notes(session->diagnostics, messages);
        session->options.strict = strict;
        session_forget_parameters(session);
        book_truncate(session->book, &book);
        session->parsed_count = parsed;
        session->focus = focus;
        session->context = context;
    } else if (!keeps) { /* focus and context end with the file */
        session->focus.set = false;
        session->context = (struct context){0};
    }
    arena_reset(&session->scratch);
    return status;
}

enum run_status
session_run(struct session *session, const char *name, struct slice text,
            const struct result_sink *sink)
{
    struct source *source = sources_add(&session->sources, name, text);
    return run_source(session, name, source, sink);
}

enum run_status
session_run_file(struct session *session, const char *path,
                 const struct result_sink *sink)
{
    struct buffer text = {0};
    enum run_status status = RUN_WRONG;
    if (session_read_file(session, path, (struct span){0, 0}, &text)) {
        struct source *source = sources_take(&session->sources, path, &text);
        status = run_source(session, path, source, sink);
    }
    buffer_free(&text);
    return status;
}
