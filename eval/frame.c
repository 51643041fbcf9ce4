/* The frame of a question as a table: its columns, rows and notes. */
#include "eval/frame.h"

#include "eval/cell.h"

#include <stdlib.h>
#include <string.h>

void
frame_add_column(struct question *question, struct frame_columns *columns,
                 uint32_t node, uint8_t part, const char *name)
{
    static const char *const suffixes[] = {"", " low", " high"};
    struct session *session = question->session;
    struct result_column column = {.name = name};
    struct type type = question->plan.nodes[node].type;
    answer_column(session, &type, &column);
    if (part) {
        struct buffer text = {0};
        buffer_format(&text, "%s%s", name, suffixes[part]);
        column.name = arena_copy(&session->scratch, text.text, text.len);
        buffer_free(&text);
    }
    const char **units = answer_line_units(session, &question->plan, node);
    column.may_assume = !part && answer_may_assume(&question->plan, node);
    column.show_unit = column.own_units = units != NULL;
    columns->units[columns->count - columns->keys] = units;
    columns->nodes[columns->count - columns->keys] = node;
    columns->parts[columns->count - columns->keys] = part;
    columns->items[columns->count++] = column;
}

static void
part_value(struct result_value *value, uint8_t part)
{
    double end = part == 1 ? value->bounds.low : value->bounds.high;
    if (part == 0) {
        return;
    }
    /* The bound of an exact kind stands for the value; its other end is
     * open. */
    bool open =
        value->bounds.low == value->bounds.high &&
        value->relation == (part == 1 ? RELATION_AT_MOST : RELATION_AT_LEAST);
    *value = (struct result_value){
        .type = value->has_bounds && isfinite(end) && !open ? VALUE_NUMBER
                                                            : VALUE_UNKNOWN,
        .basis = BASIS_COMPUTED,
        .end = part == 1 ? END_LOW : END_HIGH,
        .number = end,
        .place = PLACE_NONE};
}

/* Why a verdict is unknown. */
static const char *
row_note(const struct question *question, const struct frame_columns *columns,
         const struct result_value *values)
{
    const struct result_value *first = &values[columns->keys];
    bool alone = columns->count == 1; /* then it stands in the cell */
    bool open =
        question->keeps_unknown && !alone && first->type == VALUE_UNKNOWN;
    return open ? first->reason : NULL;
}

static bool
write_rows(struct question *question, const struct frame_columns *columns,
           const struct question_row *rows, size_t count)
{
    struct session *session = question->session;
    const struct result_sink *sink = session->sink;
    struct result_value *values = memory_alloc(columns->count * sizeof *values);
    struct arena scratch = session->scratch;
    bool going = true;
    session->scratch = (struct arena){0};
    for (size_t i = 0; going && i < count; i++) {
        question_key_values(question, rows[i].period, rows[i].line, values);
        for (size_t c = columns->keys; c < columns->count; c++) {
            answer_value(session, &question->plan,
                         columns->nodes[c - columns->keys], rows[i].period,
                         rows[i].line, &values[c]);
            part_value(&values[c], columns->parts[c - columns->keys]);
            const char **units = columns->units[c - columns->keys];
            values[c].unit = units ? units[rows[i].line] : NULL;
            bool failed = question->keeps_unknown &&
                          values[columns->keys].type == VALUE_TRUTH &&
                          !values[columns->keys].truth;
            if (failed && values[c].relation == RELATION_EQUAL &&
                values[c].basis == BASIS_COMPUTED) {
                /* What made it false is shown with all its digits. */
                values[c].has_bounds = false;
            }
        }
        going = sink->row(sink->context, values,
                          row_note(question, columns, values));
        arena_reset(&session->scratch);
    }
    arena_free(&session->scratch);
    session->scratch = scratch;
    free(values);
    return going;
}

/* Why items are unknown in an answer of one row.  A single value says it
 * itself, a verdict beneath it, and for programs it stands beside the value. */
static const char *
unknown_note(const struct question *question,
             const struct frame_columns *columns,
             const struct question_row *rows, size_t count)
{
    struct arena *arena = &question->session->scratch;
    size_t items = columns->count - columns->keys;
    const char **names = arena_array(arena, const char *, items);
    uint32_t *nodes = arena_array(arena, uint32_t, items);
    size_t kept = 0;
    if (count != 1 || columns->count < 2 || question->keeps_unknown ||
        question->chart || !question->session->options.people) {
        return NULL;
    }
    for (size_t i = 0; i < items; i++) {
        if (columns->parts[i] == 0) {
            names[kept] = columns->items[columns->keys + i].name;
            nodes[kept++] = columns->nodes[i];
        }
    }
    return question_unknown_note(question, nodes, names, kept, &rows[0]);
}

static const char *
join_notes(const struct question *question, const char *first,
           const char *second)
{
    struct buffer text = {0};
    if (!first || !second) {
        return first ? first : second;
    }
    buffer_format(&text, "%s\n%s", first, second);
    const char *copy =
        arena_copy(&question->session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* Which rows could not be sorted. */
static const char *
order_note(const struct question *question)
{
    struct buffer text = {0};
    size_t count = question->unsorted;
    if (!count) {
        return NULL;
    }
    buffer_format(&text,
                  "%zu %s last: the bounds of what is sorted by overlap those "
                  "of other rows",
                  count, count == 1 ? "row comes" : "rows come");
    const char *copy =
        arena_copy(&question->session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

void
frame_write(struct question *question, struct frame_columns *columns)
{
    const struct result_sink *sink = question->session->sink;
    size_t count;
    struct question_row *rows = question_rows(question, &count);
    struct result_head head = {NULL, columns->items, columns->count,
                               question->chart};
    struct result_foot foot = {.rows = count};
    sink->begin(sink->context, &head);
    write_rows(question, columns, rows, count);
    foot.undecided = question->undecided;
    foot.cut = question->cut;
    foot.note =
        !count
            ? question_empty_note(question)
            : join_notes(question, question_rates_note(question, rows, count),
                         unknown_note(question, columns, rows, count));
    foot.note = join_notes(question, order_note(question), foot.note);
    sink->end(sink->context, &foot);
    free(rows);
}

void
frame_columns_init(struct question *question, struct frame_columns *columns,
                   size_t items)
{
    struct arena *arena = &question->session->scratch;
    size_t most = SPACE_DIMENSIONS_MAX + 1 + items * 3;
    columns->items = arena_array(arena, struct result_column, most);
    columns->nodes = arena_array(arena, uint32_t, items * 3);
    columns->parts = arena_array(arena, uint8_t, items * 3);
    columns->units = arena_array(arena, const char **, items * 3);
    columns->keys = columns->count = question_keys(question, columns->items);
}
