/* Texts with figures in them: print "Target {target 2023 exports:.1}".
 *
 * The expression between braces is parsed and bound like any other; its place
 * in messages is the place of the text.
 */
#include "eval/cell.h"
#include "eval/question.h"

#include <stdlib.h>

/* What may follow an expression: {x:,.1%}. */
struct format {
    bool grouped;
    int decimals; /* -1: as the number has them */
    const char *unit; /* "%", "pp", "B", "USD"; NULL: none */
};

/* Where the expression of a hole ends: at its brace or at the colon of its
 * format, outside brackets. */
static size_t
expression_end(struct slice text)
{
    int depth = 0;
    size_t at = 0;
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (depth && (c == ')' || c == ']' || c == '}')) {
            depth--;
        } else if (!depth && (c == '}' || c == ':')) {
            break;
        }
    }
    return at;
}

static bool
parse_format(struct session *session, const struct node *node,
             struct slice text, struct format *format)
{
    *format = (struct format){.decimals = -1};
    if (text.len && text.at[0] == ',') {
        format->grouped = true;
        text = (struct slice){text.at + 1, text.len - 1};
    }
    if (text.len && text.at[0] == '.') {
        char *end;
        long decimals = strtol(text.at + 1, &end, 10);
        size_t used = (size_t)(end - text.at);
        if (end == text.at + 1 || decimals < 0 || decimals > 15 ||
            used > text.len) {
            return scope_fail(session, node, DIAGNOSTIC_SYNTAX, "a format is {x:,.1%}: a comma for thousands, "
                        "decimals, a unit", NULL);
        }
        format->decimals = (int)decimals;
        text = (struct slice){text.at + used, text.len - used};
    }
    format->unit =
        text.len ? arena_copy(&session->scratch, text.at, text.len) : NULL;
    return true;
}

/* The expression of a hole as a tree of its own source. */
static const struct node *
parse_hole(struct session *session, const struct node *node,
           struct slice text)
{
    size_t messages = session->diagnostics->count;
    size_t sources = session->sources.count;
    struct source *source = sources_add(&session->sources, "a text", text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    if (statement && statement->kind == NODE_ANSWER) {
        return statement->kid[0];
    }
    while (session->sources.count > sources) {
        sources_drop_last(&session->sources);
    }
    diagnostics_truncate(session->diagnostics, messages);
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX,
                    node->span, "`{%.*s}` is not an expression",
                    (int)text.len, text.at);
    return NULL;
}

static bool
apply_format(struct session *session, const struct node *node,
             const struct type *type, const struct format *format,
             struct result_column *column, struct cell_style *style)
{
    style->grouped = format->grouped;
    style->decimals = format->decimals;
    if (!format->unit) {
        return true;
    }
    int scale = literal_scale_word(slice_of(format->unit));
    if (scale) {
        style->scale = scale;
        column->scale = scale;
        return true;
    }
    unit_id id = scope_find_unit(
        session, atoms_intern(&session->atoms, slice_of(format->unit)));
    const struct unit *unit =
        id == INDEX_NONE ? NULL : &session->vocabulary->units.items[id];
    if (!unit || unit->measure != type->measure) {
        return scope_fail(session, node, DIAGNOSTIC_SYNTAX, "this unit does not fit the value", NULL);
    }
    column->unit = scope_chars(session, unit->name);
    column->factor = unit->factor;
    style->scale = 0;
    return true;
}

static bool
add_hole(struct session *session, const struct node *node, struct slice text,
         struct buffer *out)
{
    size_t end = expression_end(text);
    struct slice inside = {text.at, end};
    struct slice rest = end < text.len
                            ? (struct slice){text.at + end + 1,
                                             text.len - end - 1}
                            : SLICE("");
    struct format format;
    const struct node *expression = parse_hole(session, node, inside);
    struct question question;
    if (!expression || !parse_format(session, node, rest, &format)) {
        return false;
    }
    question_init(&question, session);
    question.plan.bounds = true;
    uint32_t at = bind_expression(&question.binder, expression);
    bool done = at != UINT32_MAX;
    question.items = &at;
    question.item_count = done;
    if (done && !session->checking) {
        struct result_column column = {.name = ""};
        struct result_value value;
        answer_column(session, &question.plan.nodes[at].type, &column);
        struct cell_style style = cell_style_alone(&column);
        done = apply_format(session, node, &question.plan.nodes[at].type,
                            &format, &column, &style) &&
               question_frame(&question) && plan_run(&question.plan);
        if (done && (question.by_period ||
                     question.plan.spaces[0].dimension_count)) {
            done = scope_fail(session, node, DIAGNOSTIC_SYNTAX, "a text shows single values: name the period and "
                        "the members", NULL);
        }
        if (done) {
            answer_value(session, &question.plan, at, 0, 0, &value);
            cell_add(out, &column, &value, &style);
        }
    }
    question_free(&question);
    return done;
}

/* Bytes of the hole that begins behind a brace, up to its closing one. */
static size_t
hole_length(struct slice text)
{
    int depth = 1;
    size_t at = 0;
    for (; at < text.len; at++) {
        depth += text.at[at] == '{';
        depth -= text.at[at] == '}';
        if (depth == 0) {
            break;
        }
    }
    return at;
}

static bool
interpolate(struct session *session, const struct node *node,
            struct slice raw, struct buffer *out)
{
    while (raw.len) {
        size_t plain = 0;
        while (plain < raw.len && raw.at[plain] != '{') {
            plain += raw.at[plain] == '\\' && plain + 1 < raw.len ? 2 : 1;
        }
        buffer_add_slice(out, literal_unescape(&session->scratch,
                                               (struct slice){raw.at,
                                                              plain}));
        raw = (struct slice){raw.at + plain, raw.len - plain};
        if (!raw.len) {
            break;
        }
        struct slice rest = {raw.at + 1, raw.len - 1};
        size_t len = hole_length(rest);
        if (len == rest.len) {
            return scope_fail(session, node, DIAGNOSTIC_SYNTAX, "a brace is not closed; write \\{ for a brace", NULL);
        }
        struct slice hole = literal_unescape(&session->scratch,
                                             (struct slice){rest.at, len});
        if (!add_hole(session, node, hole, out)) {
            return false;
        }
        raw = (struct slice){rest.at + len + 1, rest.len - len - 1};
    }
    return true;
}

bool
print_statement_text(struct session *session, const struct node *statement)
{
    const struct node *node = statement->kid[0];
    const struct node *value = scope_parameter(session, node);
    struct buffer text = {0};
    if (!value || !follow_settle(session)) {
        return false;
    }
    if (value->kind != NODE_TEXT) {
        return scope_fail(session, node, DIAGNOSTIC_SYNTAX, "a text is wanted here", NULL);
    }
    buffer_clear(&text);
    bool done =
        interpolate(session, node, literal_text(value->value), &text);
    if (done && !session->checking) {
        buffer_add_char(&text, '\n');
        session->sink->text(session->sink->context, buffer_slice(&text));
    }
    buffer_free(&text);
    return done;
}
