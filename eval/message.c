/* Texts with figures in them: print "Target {target 2023 exports:.1}".
 *
 * The expression between braces is parsed and bound like any other; its place
 * in messages is the place of the text.
 */
#include "eval/message.h"

#include "eval/question.h"

#include <stdlib.h>

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

static const char format_help[] =
    "a format is {x:,.1%}: a comma for thousands, decimals, a unit";

static bool
fail_at(struct session *session, struct span span, enum diagnostic_code code,
        const char *message, const char *help)
{
    struct node place = {.span = span};
    return scope_fail(session, &place, code, message, help);
}

static bool
parse_format(struct session *session, struct span span, struct arena *arena,
             struct slice text, struct message_format *format)
{
    *format = (struct message_format){.decimals = -1};
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
            return fail_at(session, span, DIAGNOSTIC_SYNTAX,
                           "decimals are a point and a number up to 15",
                           format_help);
        }
        format->decimals = (int)decimals;
        text = (struct slice){text.at + used, text.len - used};
    }
    format->unit = text.len ? arena_copy(arena, text.at, text.len) : NULL;
    return true;
}

static void
move_span(const struct message *message, const struct message_hole *hole,
          struct span *span)
{
    bool inside =
        span->start >= hole->base && span->end && span->start < hole->end;
    uint32_t limit = message->node->span.end;
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

void
message_move_places(struct session *session, const struct message *message,
                    size_t from)
{
    struct diagnostics *list = session->diagnostics;
    for (size_t h = 0; h < message->hole_count; h++) {
        const struct message_hole *hole = &message->holes[h];
        for (size_t i = from; i < list->count; i++) {
            move_span(message, hole, &list->items[i]->primary.span);
            for (size_t r = 0; r < list->items[i]->related_count; r++) {
                move_span(message, hole, &list->items[i]->related[r].span);
            }
        }
    }
}

void
message_close(struct session *session, const struct message *message)
{
    /* A definition that was read meanwhile keeps its text. */
    while (session->sources.count > message->sources &&
           session->parsed_count == message->parsed) {
        sources_drop_last(&session->sources);
    }
}

/* The expression of a hole as a tree; NULL after a report. */
static const struct node *
open_hole(struct session *session, struct slice text, struct arena *arena,
          struct message_hole *hole)
{
    struct buffer bracketed = {0};
    size_t messages = session->diagnostics->count;
    hole->base = session->sources.next_base;
    buffer_format(&bracketed, "(%.*s)", (int)text.len, text.at);
    struct source *source =
        sources_add(&session->sources, "a text", buffer_slice(&bracketed));
    hole->end = hole->base + (uint32_t)bracketed.len + 1;
    buffer_free(&bracketed);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 arena, session->diagnostics)
               : NULL;
    if (statement && statement->kind == NODE_ANSWER) {
        return statement->kid[0];
    }
    diagnostics_truncate(session->diagnostics, messages);
    diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX,
        (struct span){hole->place, hole->place + (uint32_t)text.len},
        "`{%.*s}` is not an expression", (int)text.len, text.at);
    return NULL;
}

bool
message_style(struct session *session, const struct message_hole *hole,
              const struct type *type, struct result_column *column,
              struct cell_style *style)
{
    const struct message_format *format = &hole->format;
    answer_column(session, type, column);
    *style = cell_style_alone(column);
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
    if (!unit) {
        diagnostics_help(session->diagnostics,
                         diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                                         DIAGNOSTIC_SYNTAX, hole->format_span,
                                         "`%s` is neither a scale nor a unit",
                                         format->unit),
                         "%s", format_help);
        return false;
    }
    if (unit->measure != type->measure ||
        points != (type->role == UNIT_POINT)) {
        return fail_at(session, hole->format_span, DIAGNOSTIC_SYNTAX,
                       "this unit does not fit the value", NULL);
    }
    column->unit = scope_chars(session, unit->name);
    column->factor = unit->factor;
    style->scale = 0;
    return true;
}

/* Binds and runs the expression, and appends its one value, or why there is
 * none; with KNOWN it has to be known. */
static bool
answer_hole(struct session *session, const struct message_hole *hole,
            bool known, struct buffer *out)
{
    struct question question;
    question_init(&question, session);
    question.plan.bounds = true;
    uint32_t at = bind_expression(&question.binder, hole->expression);
    bool done = at != UINT32_MAX;
    question.items = &at;
    question.item_count = done;
    if (done && !session->checking) {
        struct result_column column = {.name = ""};
        struct result_value value;
        struct cell_style style;
        done = message_style(session, hole, &question.plan.nodes[at].type,
                             &column, &style) &&
               question_compute(&question);
        if (done &&
            (question.by_period || question.plan.spaces[0].dimension_count)) {
            done = fail_at(session, hole->span, DIAGNOSTIC_CLAUSE,
                           "a text shows single values: name the period "
                           "and the members",
                           NULL);
        }
        if (done) {
            answer_value(session, &question.plan, at, 0, 0, &value);
            done = !known || value.type != VALUE_UNKNOWN ||
                   fail_at(session, hole->span, DIAGNOSTIC_NOT_A_VALUE,
                           "the name of a file needs values, and this one is "
                           "unknown",
                           NULL);
            cell_add(out, &column, &value, &style);
            if (value.type == VALUE_UNKNOWN && value.reason) {
                buffer_format(out, " (%s)", value.reason);
            }
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

/* Where the expression and the format of a hole stand in the text. */
static void
place_pieces(const struct message *message, struct slice raw,
             struct message_hole *hole)
{
    uint32_t end = (uint32_t)expression_end(raw);
    uint32_t len = (uint32_t)raw.len;
    hole->span = hole->format_span = message->node->span;
    if (message->written && end) {
        hole->span = (struct span){hole->place, hole->place + end};
    }
    if (message->written && end + 1 < len) {
        hole->format_span =
            (struct span){hole->place + end + 1, hole->place + len};
    }
}

/* Reads one hole, whose text between the braces is RAW, at PLACE. */
static bool
add_hole(struct session *session, struct message *message, struct arena *arena,
         struct slice raw, uint32_t place, struct slice before)
{
    struct slice text = literal_unescape(arena, raw);
    size_t end = expression_end(text);
    struct slice rest =
        end < text.len ? (struct slice){text.at + end + 1, text.len - end - 1}
                       : SLICE("");
    struct message_hole hole = {.before = before, .place = place};
    place_pieces(message, raw, &hole);
    hole.expression =
        open_hole(session, (struct slice){text.at, end}, arena, &hole);
    message->holes[message->hole_count++] = hole;
    return hole.expression &&
           parse_format(session, hole.format_span, arena, rest,
                        &message->holes[message->hole_count - 1].format);
}

static bool
read_pieces(struct session *session, struct slice raw, struct arena *arena,
            struct message *message)
{
    const char *start = raw.at;
    size_t most = 0;
    for (size_t i = 0; i < raw.len; i++) {
        most += raw.at[i] == '{';
    }
    message->holes = arena_array(arena, struct message_hole, most);
    for (;;) {
        size_t plain = 0;
        while (plain < raw.len && raw.at[plain] != '{') {
            plain += escape_length(raw, plain);
        }
        struct slice before =
            literal_unescape(arena, (struct slice){raw.at, plain});
        raw = (struct slice){raw.at + plain, raw.len - plain};
        if (!raw.len) {
            message->after = before;
            return true;
        }
        struct slice rest = {raw.at + 1, raw.len - 1};
        size_t len = hole_length(rest);
        if (len == rest.len) {
            return scope_fail(session, message->node, DIAGNOSTIC_SYNTAX,
                              "a brace is not closed; write \\{ for a brace",
                              NULL);
        }
        uint32_t place =
            message->node->span.start + 1 + (uint32_t)(rest.at - start);
        if (!add_hole(session, message, arena, (struct slice){rest.at, len},
                      place, before)) {
            return false;
        }
        raw = (struct slice){rest.at + len + 1, rest.len - len - 1};
    }
}

bool
message_open(struct session *session, const struct node *node,
             struct arena *arena, struct message *message)
{
    const struct node *value = scope_parameter(session, node);
    *message = (struct message){.node = node,
                                .sources = session->sources.count,
                                .parsed = session->parsed_count};
    if (!value) {
        return false;
    }
    message->written = value == node;
    if (value->kind != NODE_TEXT) {
        return scope_fail(session, node, DIAGNOSTIC_TYPE_MISMATCH,
                          "a text is wanted here", NULL);
    }
    return read_pieces(session, literal_text(value->value), arena, message);
}

static const char *
take_text(struct session *session, const struct node *node, bool known)
{
    struct message message;
    struct buffer text = {0};
    size_t messages = session->diagnostics->count;
    bool done = message_open(session, node, &session->scratch, &message) &&
                follow_settle(session);
    buffer_clear(&text);
    for (size_t i = 0; done && i < message.hole_count; i++) {
        buffer_add_slice(&text, message.holes[i].before);
        done = answer_hole(session, &message.holes[i], known, &text);
    }
    message_move_places(session, &message, messages);
    message_close(session, &message);
    buffer_add_slice(&text, message.after);
    const char *copy =
        done ? arena_copy(&session->scratch, text.text, text.len) : NULL;
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
