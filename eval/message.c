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
    int decimals;     /* -1: as the number has them */
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
            return scope_fail(session, node, DIAGNOSTIC_SYNTAX,
                              "a format is {x:,.1%}: a comma for thousands, "
                              "decimals, a unit",
                              NULL);
        }
        format->decimals = (int)decimals;
        text = (struct slice){text.at + used, text.len - used};
    }
    format->unit =
        text.len ? arena_copy(&session->scratch, text.at, text.len) : NULL;
    return true;
}

/* A hole of a text: its expression has a source of its own, whose places are
 * told as places of the text. */
struct hole {
    const struct node *node; /* the text */
    uint32_t place;          /* of the expression, in the text's source */
    size_t sources;          /* how many there were before */
    size_t messages;
    size_t parsed;
    uint32_t base; /* of the expression's own source */
};

static void
move_span(const struct hole *hole, struct span *span)
{
    bool inside = span->start >= hole->base && span->end;
    uint32_t limit = hole->node->span.end;
    if (inside) {
        /* The expression stands behind a bracket of ours. */
        uint32_t start = hole->place + (span->start - hole->base);
        uint32_t end = hole->place + (span->end - hole->base);
        start = start > hole->place ? start - 1 : start;
        end = end > hole->place ? end - 1 : end;
        span->start = start < limit ? start : limit - 1;
        span->end = end < limit ? end : limit;
    }
}

static void
close_hole(struct session *session, const struct hole *hole)
{
    struct diagnostics *list = session->diagnostics;
    for (size_t i = hole->messages; i < list->count; i++) {
        move_span(hole, &list->items[i]->primary.span);
        for (size_t r = 0; r < list->items[i]->related_count; r++) {
            move_span(hole, &list->items[i]->related[r].span);
        }
    }
    /* A definition that was read meanwhile keeps its text. */
    while (session->sources.count > hole->sources &&
           session->parsed_count == hole->parsed) {
        sources_drop_last(&session->sources);
    }
}

/* The expression of a hole as a tree; NULL after a report. */
static const struct node *
open_hole(struct session *session, struct slice text, struct hole *hole)
{
    struct buffer bracketed = {0};
    hole->sources = session->sources.count;
    hole->messages = session->diagnostics->count;
    hole->parsed = session->parsed_count;
    hole->base = session->sources.next_base;
    buffer_format(&bracketed, "(%.*s)", (int)text.len, text.at);
    struct source *source =
        sources_add(&session->sources, "a text", buffer_slice(&bracketed));
    buffer_free(&bracketed);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    if (statement && statement->kind == NODE_ANSWER) {
        return statement->kid[0];
    }
    diagnostics_truncate(session->diagnostics, hole->messages);
    diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX,
        (struct span){hole->place, hole->place + (uint32_t)text.len},
        "`{%.*s}` is not an expression", (int)text.len, text.at);
    return NULL;
}

static bool
apply_format(struct session *session, const struct node *node,
             const struct type *type, const struct format *format,
             struct result_column *column, struct cell_style *style)
{
    style->grouped = format->grouped;
    style->decimals = format->decimals;
    if (format->grouped) { /* thousands are marked where they are written */
        style->scale = 0;
        style->decimals = format->decimals < 0 ? 0 : format->decimals;
    }
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
    bool points = unit && unit->role == UNIT_POINT;
    if (!unit || unit->measure != type->measure ||
        points != (type->role == UNIT_POINT)) {
        return scope_fail(session, node, DIAGNOSTIC_SYNTAX,
                          "this unit does not fit the value", NULL);
    }
    column->unit = scope_chars(session, unit->name);
    column->factor = unit->factor;
    style->scale = 0;
    return true;
}

/* Binds and runs the expression, and appends its one value, which with KNOWN has
 * to be known. */
static bool
answer_hole(struct session *session, const struct node *node,
            const struct node *expression, const struct format *format,
            bool known, struct buffer *out)
{
    struct question question;
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
                            format, &column, &style) &&
               question_frame(&question) && plan_run(&question.plan);
        if (done &&
            (question.by_period || question.plan.spaces[0].dimension_count)) {
            done = scope_fail(session, node, DIAGNOSTIC_CLAUSE,
                              "a text shows single values: name the period "
                              "and the members",
                              NULL);
        }
        if (done) {
            answer_value(session, &question.plan, at, 0, 0, &value);
            done = !known || value.type != VALUE_UNKNOWN ||
                   scope_fail(session, node, DIAGNOSTIC_NOT_A_VALUE,
                              "the name of a file needs values, and one here "
                              "is unknown",
                              NULL);
            cell_add(out, &column, &value, &style);
        }
    }
    question_free(&question);
    return done;
}

static bool
add_hole(struct session *session, const struct node *node, struct slice text,
         uint32_t place, bool known, struct buffer *out)
{
    size_t end = expression_end(text);
    struct slice inside = {text.at, end};
    struct slice rest =
        end < text.len ? (struct slice){text.at + end + 1, text.len - end - 1}
                       : SLICE("");
    struct hole hole = {.node = node, .place = place};
    struct format format;
    const struct node *expression = open_hole(session, inside, &hole);
    bool done = expression && parse_format(session, node, rest, &format) &&
                answer_hole(session, node, expression, &format, known, out);
    close_hole(session, &hole);
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

/* Bytes of the character at AT: an escape counts as one, \u{20AC} whole. */
static size_t
escape_length(struct slice raw, size_t at)
{
    if (raw.at[at] != '\\' || at + 1 >= raw.len) {
        return 1;
    }
    const char *close =
        raw.at[at + 1] == 'u' ? memchr(raw.at + at, '}', raw.len - at) : NULL;
    return close ? (size_t)(close - raw.at) - at + 1 : 2;
}

static bool
interpolate(struct session *session, const struct node *node, struct slice raw,
            bool known, struct buffer *out)
{
    const char *start = raw.at;
    while (raw.len) {
        size_t plain = 0;
        while (plain < raw.len && raw.at[plain] != '{') {
            plain += escape_length(raw, plain);
        }
        buffer_add_slice(out, literal_unescape(&session->scratch,
                                               (struct slice){raw.at, plain}));
        raw = (struct slice){raw.at + plain, raw.len - plain};
        if (!raw.len) {
            break;
        }
        struct slice rest = {raw.at + 1, raw.len - 1};
        size_t len = hole_length(rest);
        if (len == rest.len) {
            return scope_fail(session, node, DIAGNOSTIC_SYNTAX,
                              "a brace is not closed; write \\{ for a brace",
                              NULL);
        }
        struct slice hole =
            literal_unescape(&session->scratch, (struct slice){rest.at, len});
        uint32_t place = node->span.start + 1 + (uint32_t)(rest.at - start);
        if (!add_hole(session, node, hole, place, known, out)) {
            return false;
        }
        raw = (struct slice){rest.at + len + 1, rest.len - len - 1};
    }
    return true;
}

static const char *
take_text(struct session *session, const struct node *node, bool known)
{
    const struct node *value = scope_parameter(session, node);
    struct buffer text = {0};
    const char *copy = NULL;
    if (!value || !follow_settle(session)) {
        return NULL;
    }
    if (value->kind != NODE_TEXT) {
        scope_fail(session, node, DIAGNOSTIC_TYPE_MISMATCH,
                   "a text is wanted here", NULL);
        return NULL;
    }
    buffer_clear(&text);
    if (interpolate(session, node, literal_text(value->value), known, &text)) {
        copy = arena_copy(&session->scratch, text.text, text.len);
    }
    buffer_free(&text);
    return copy;
}

const char *
message_text(struct session *session, const struct node *node)
{
    return take_text(session, node, false);
}

const char *
message_path(struct session *session, const struct node *node)
{
    const char *path = take_text(session, node, true);
    for (const char *at = path; at && *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F) {
            scope_fail(session, node, DIAGNOSTIC_NOT_A_VALUE,
                       "the name of a file has no control characters", NULL);
            return NULL;
        }
    }
    if (path && !*path) {
        scope_fail(session, node, DIAGNOSTIC_NOT_A_VALUE,
                   "the name of a file is empty", NULL);
        return NULL;
    }
    return path;
}

bool
print_statement_text(struct session *session, const struct node *statement)
{
    const char *text = message_text(session, statement->kid[0]);
    if (text && !session->checking) {
        session->sink->text(session->sink->context, slice_of(text));
    }
    return text != NULL;
}
