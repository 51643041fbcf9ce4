/* Parameters: what `param` declares and --set gives.
 *
 * The default says of which sort the value is.  What --set gives and no text
 * knows is a slip of the command line; where the text can tell that beforehand,
 * it does not begin to run.
 */
#include "base/suggest.h"
#include "eval/scope.h"
#include "parser/parse.h"
#include "parser/print.h"

struct parameter *
scope_find_parameter(struct session *session, atom name)
{
    for (size_t i = 0; i < session->parameter_count; i++) {
        if (session->parameters[i].name == name) {
            return &session->parameters[i];
        }
    }
    return NULL;
}

static struct parameter *
add_parameter(struct session *session, atom name)
{
    struct parameter *known = scope_find_parameter(session, name);
    if (known) {
        return known;
    }
    void *items = session->parameters;
    memory_grow(&items, &session->parameter_capacity,
                session->parameter_count + 1, sizeof *session->parameters);
    session->parameters = items;
    struct parameter *added = &session->parameters[session->parameter_count++];
    *added = (struct parameter){.name = name};
    return added;
}

/* A parameter's value as a tree of its own source. */
static const struct node *
parse_value(struct session *session, const char *from, const char *name,
            struct slice text)
{
    struct buffer called = {0};
    buffer_format(&called, "%s %s", from, name);
    struct source *source = sources_add(&session->sources, called.text, text);
    buffer_free(&called);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->arena, session->diagnostics)
               : NULL;
    return statement && statement->kind == NODE_ANSWER ? statement->kid[0]
                                                       : NULL;
}

static const struct node *
text_value(struct session *session, const char *name, const char *text)
{
    struct buffer quoted = {0};
    buffer_add_char(&quoted, '"');
    literal_escape(&quoted, slice_of(text), true);
    buffer_add_char(&quoted, '"');
    const struct node *value =
        parse_value(session, "--set", name, buffer_slice(&quoted));
    buffer_free(&quoted);
    return value;
}

bool
session_set_param(struct session *session, const char *name, const char *text)
{
    struct diagnostics *list = session->diagnostics;
    atom id = atoms_intern(&session->atoms, slice_of(name));
    size_t messages = list->count;
    const struct node *value =
        parse_value(session, "--set", name, slice_of(text));
    const char *unread = NULL;
    if (!value) {
        /* What is no expression is a text, so that --set place="New York" and
         * --set data=../data stay simple. */
        unread = list->count > messages ? list->items[messages]->message
                                        : "this is no value";
        unread = arena_copy(&session->arena, unread, strlen(unread));
        diagnostics_truncate(list, messages);
        value = text_value(session, name, text);
    }
    struct parameter *parameter = add_parameter(session, id);
    parameter->text = arena_copy(&session->arena, text, strlen(text));
    parameter->value = value;
    parameter->unread = unread;
    parameter->given = true;
    return value != NULL;
}

/* Declarations ------------------------------------------------------------- */

/* What sort of value a literal is, for a parameter's type; NULL: any.  A word
 * is a text without its quotes, and `5 USD` parses as a figure of the period
 * 5. */
static const char *
literal_sort(struct session *session, const struct node *node)
{
    struct amount amount;
    if (node->kind == NODE_UNARY && node->op == OP_NEGATE) {
        node = node->kid[0];
    }
    switch (node->kind) {
    case NODE_NUMBER:
        return node->value.flags & LITERAL_INTEGER ? "a whole number"
                                                   : "a number";
    case NODE_QUANTITY:
        return "an amount";
    case NODE_PERIOD:
        return "a period";
    case NODE_DATE:
        return "a date";
    case NODE_RANGE:
        return "a range";
    case NODE_TEXT:
        return "a text";
    case NODE_TRUTH:
        return "a truth value";
    case NODE_FIGURE:
        if (scope_is_word(node)) {
            return "a text";
        }
        return value_amount(session, node, true, &amount) && amount.literal
                   ? "an amount"
                   : NULL;
    default:
        return NULL;
    }
}

/* Texts, truths and all that counts are told apart; a whole number may stand
 * for a year and so for any period. */
static bool
same_sort(const char *wanted, const char *given)
{
    bool text = !strcmp(wanted, "a text") || !strcmp(given, "a text");
    bool truth =
        !strcmp(wanted, "a truth value") || !strcmp(given, "a truth value");
    return !strcmp(wanted, given) || (!text && !truth);
}

/* Is what --set gave of the sort that the default has? */
static bool
check_sort(struct session *session, struct parameter *parameter,
           const struct node *standard)
{
    struct diagnostics *list = session->diagnostics;
    const char *wanted = literal_sort(session, standard);
    const char *given = literal_sort(session, parameter->value);
    parameter->refused = wanted && given && !same_sort(wanted, given);
    if (!parameter->refused) {
        return true;
    }
    struct diagnostic *record =
        diagnostics_add(list, SEVERITY_ERROR, DIAGNOSTIC_TYPE_MISMATCH,
                        parameter->value->span, "$%s wants %s, and this is %s",
                        scope_chars(session, parameter->name), wanted, given);
    if (parameter->unread && strcmp(wanted, "a text") != 0) {
        diagnostics_label(list, record, "as %s: %s", wanted, parameter->unread);
    }
    diagnostics_relate(list, record, standard->span, "declared with this");
    return false;
}

static bool
take_default(struct session *session, struct parameter *parameter,
             const struct node *standard)
{
    struct buffer text = {0};
    const char *chars = scope_chars(session, parameter->name);
    print_expression(&text, standard, &session->atoms, &session->sources);
    parameter->text = arena_copy(&session->arena, text.text, text.len);
    parameter->value =
        parse_value(session, "param", chars, buffer_slice(&text));
    buffer_free(&text);
    return parameter->value != NULL;
}

/* A parameter's value is kept as a tree in the session's arena. */
bool
param_statement(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const struct node *standard = node->kid[2];
    const char *chars = scope_chars(session, name->value.name);
    struct parameter *parameter = add_parameter(session, name->value.name);
    /* A review reads declarations again. */
    bool again = parameter->declared && parameter->run == session->run &&
                 parameter->place == node->span.start;
    if (parameter->declared && !again) {
        /* Who includes a text of the library has chosen the default. */
        return session->in_text || scope_clash(session, name, "parameter");
    }
    parameter->declared = true;
    parameter->run = session->run;
    parameter->place = node->span.start;
    if (!standard) {
        return true;
    }
    if (!parameter->value) {
        return take_default(session, parameter, standard);
    }
    if (standard->kind == NODE_TEXT && parameter->value->kind != NODE_TEXT) {
        /* data/2023 is a path here, and no quotient. */
        parameter->value = text_value(session, chars, parameter->text);
    }
    return check_sort(session, parameter, standard);
}

void
session_forget_parameters(struct session *session)
{
    for (size_t i = 0; i < session->parameter_count; i++) {
        struct parameter *parameter = &session->parameters[i];
        if (parameter->declared && parameter->run == session->run) {
            parameter->declared = parameter->refused = false;
            parameter->value = parameter->given ? parameter->value : NULL;
        }
    }
}

/* Slips of the command line ------------------------------------------------ */

static bool
is_stray(const struct parameter *parameter)
{
    return parameter->given && !parameter->declared && !parameter->used;
}

static bool
report_stray(struct session *session, const struct parameter *stray,
             const struct suggestion *near)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_PARAM,
        (struct span){0, 0}, "no parameter named $%s",
        scope_chars(session, stray->name));
    if (near->best.len) {
        diagnostics_help(session->diagnostics, record, "did you mean %.*s?",
                         (int)near->best.len, near->best.at);
    }
    return false;
}

void
scope_offer_parameters(const struct session *session,
                       struct suggestion *suggestion)
{
    for (size_t i = 0; i < session->parameter_count; i++) {
        if (session->parameters[i].declared) {
            suggestion_offer(
                suggestion,
                atoms_text(&session->atoms, session->parameters[i].name));
        }
    }
}

bool
session_check_parameters(struct session *session)
{
    struct suggestion near;
    const struct parameter *stray = NULL;
    bool declares = session->options.owns_params;
    for (size_t i = 0; i < session->parameter_count; i++) {
        const struct parameter *parameter = &session->parameters[i];
        declares = declares || parameter->declared;
        stray = is_stray(parameter) ? parameter : stray;
    }
    if (!stray || !declares || session->more_texts) {
        return true;
    }
    suggestion_init(&near, atoms_text(&session->atoms, stray->name));
    scope_offer_parameters(session, &near);
    return report_stray(session, stray, &near);
}

static bool
text_holds(struct slice text, struct slice word)
{
    const char *at = text.at;
    const char *end = text.at + text.len;
    while (word.len && (size_t)(end - at) >= word.len &&
           (at = memchr(at, word.at[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= word.len &&
            memcmp(at, word.at, word.len) == 0) {
            return true;
        }
        at++;
    }
    return false;
}

/* The names behind `param` in a text. */
struct declared_names {
    struct session *session;
    struct suggestion *near;
    bool follows;
};

static void
offer_declared(void *context, atom name)
{
    struct declared_names *names = context;
    struct slice word = atoms_text(&names->session->atoms, name);
    if (names->follows) {
        suggestion_offer(names->near, word);
    }
    names->follows = slice_is(word, "param");
}

/* Names of other letters than ASCII's may be written in two ways. */
static bool
is_ascii(struct slice word)
{
    size_t at = 0;
    while (at < word.len && !(word.at[at] & 0x80)) {
        at++;
    }
    return at == word.len;
}

bool
session_foresee_parameters(struct session *session, struct slice text)
{
    for (size_t i = 0; i < session->parameter_count; i++) {
        const struct parameter *parameter = &session->parameters[i];
        struct slice name = atoms_text(&session->atoms, parameter->name);
        if (!is_stray(parameter) || !is_ascii(name) || text_holds(text, name) ||
            text_holds(text, SLICE("include"))) {
            continue;
        }
        struct suggestion near;
        struct declared_names names = {session, &near, false};
        suggestion_init(&near, name);
        scope_offer_parameters(session, &near);
        parse_each_name(&session->atoms, text, offer_declared, &names);
        return report_stray(session, parameter, &near);
    }
    return true;
}

void
session_expect_more(struct session *session, bool more)
{
    session->more_texts = more;
}
