/* The forms of literals: numbers, periods, ranges, texts. */
#include "parser/print_words.h"

/* Part of a text around the dots: a range's ends in the source. */
static struct slice
range_text(struct slice text, int end)
{
    size_t dots = 0;
    while (dots + 1 < text.len &&
           (text.at[dots] != '.' || text.at[dots + 1] != '.')) {
        dots++;
    }
    size_t behind = dots + 2 < text.len ? dots + 2 : text.len;
    return end ? (struct slice){text.at + behind, text.len - behind}
               : (struct slice){text.at, dots < text.len ? dots : text.len};
}

static void
add_literal(struct buffer *buffer, enum literal_kind kind,
            struct literal literal, struct slice text)
{
    switch (kind) {
    case LITERAL_NONE:
        break;
    case LITERAL_NUMBER:
        literal_print_number(buffer, literal, text);
        break;
    case LITERAL_PERIOD:
        period_print(buffer, literal_period(literal),
                     literal.flags & LITERAL_FISCAL);
        break;
    case LITERAL_DATE:
        day_print(buffer, literal.ordinal);
        break;
    }
}

static void
put_literal(struct printer *printer, const struct node *node,
            enum literal_kind kind)
{
    struct buffer buffer = {0};
    struct slice written = {"", 0};
    if (kind == LITERAL_NUMBER && node->value.name) {
        buffer_add_slice(&buffer, atoms_text(printer->atoms, node->value.name));
    }
    if (kind == LITERAL_NUMBER && node->value.flags & LITERAL_LONG) {
        written = sources_text(printer->sources, node->span);
        written.at += buffer.len;
        written.len -= buffer.len;
    }
    add_literal(&buffer, kind, node->value, written);
    print_put(printer, buffer_slice(&buffer));
    buffer_free(&buffer);
}

static void
put_range(struct printer *printer, const struct node *node)
{
    const struct literal_range *range = node->value.range;
    struct buffer buffer = {0};
    bool is_long = (range->ends[0].flags | range->ends[1].flags) & LITERAL_LONG;
    struct slice written = is_long ? sources_text(printer->sources, node->span)
                                   : (struct slice){"", 0};
    add_literal(&buffer, range->kinds[0], range->ends[0],
                range_text(written, 0));
    buffer_add_text(&buffer, "..");
    add_literal(&buffer, range->kinds[1], range->ends[1],
                range_text(written, 1));
    print_put(printer, buffer_slice(&buffer));
    buffer_free(&buffer);
}

static void
put_text(struct printer *printer, const struct node *node)
{
    struct buffer buffer = {0};
    struct slice raw = literal_text(node->value);
    buffer_add_char(&buffer, '"');
    buffer_add_slice(&buffer, raw);
    buffer_add_char(&buffer, '"');
    print_put(printer, buffer_slice(&buffer));
    buffer_free(&buffer);
}

static void
put_param(struct printer *printer, const struct node *node)
{
    struct buffer buffer = {0};
    buffer_add_char(&buffer, '$');
    buffer_add_slice(&buffer, atoms_text(printer->atoms, node->value.name));
    print_put(printer, buffer_slice(&buffer));
    buffer_free(&buffer);
}

bool
print_literal(struct printer *printer, const struct node *node)
{
    switch (node->kind) {
    case NODE_NAME:
        print_put_name(printer, node);
        if (node->kid_count) { /* over DIMENSION in GROUP */
            print_put_text(printer, "in");
            print_node(printer, node->kid[0]);
        }
        return true;
    case NODE_NUMBER:
        put_literal(printer, node, LITERAL_NUMBER);
        return true;
    case NODE_PERIOD:
        put_literal(printer, node, LITERAL_PERIOD);
        return true;
    case NODE_DATE:
        put_literal(printer, node, LITERAL_DATE);
        return true;
    case NODE_RANGE:
        put_range(printer, node);
        return true;
    case NODE_TEXT:
        put_text(printer, node);
        return true;
    case NODE_PARAM:
        put_param(printer, node);
        return true;
    case NODE_TRUTH:
        print_put_text(printer, node_op_text((enum node_op)node->op));
        return true;
    case NODE_PERCENT:
        print_put_text(printer, "%");
        return true;
    default:
        return false;
    }
}
