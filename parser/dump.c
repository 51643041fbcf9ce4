/* Trees compared and written down without their places. */
#include "parser/tree.h"

/* Underscores do not count: 1_0 is printed as 10. */
static bool
number_equal(struct literal a, struct literal b)
{
    return a.coefficient == b.coefficient && a.exponent == b.exponent &&
           a.scale == b.scale && a.name == b.name &&
           ((a.flags ^ b.flags) & ~LITERAL_GROUPED) == 0;
}

static bool
literal_equal(enum literal_kind kind, struct literal a, struct literal b)
{
    switch (kind) {
    case LITERAL_NONE:
        return true;
    case LITERAL_NUMBER:
        return number_equal(a, b);
    case LITERAL_PERIOD:
        return a.ordinal == b.ordinal && a.scale == b.scale &&
               a.flags == b.flags;
    case LITERAL_DATE:
        return a.ordinal == b.ordinal;
    }
    return false;
}

static bool
range_equal(const struct literal_range *a, const struct literal_range *b)
{
    return a->kinds[0] == b->kinds[0] && a->kinds[1] == b->kinds[1] &&
           literal_equal(a->kinds[0], a->ends[0], b->ends[0]) &&
           literal_equal(a->kinds[1], a->ends[1], b->ends[1]);
}

static bool
value_equal(const struct node *a, const struct node *b)
{
    switch (a->kind) {
    case NODE_NAME:
    case NODE_PARAM:
        return a->value.name == b->value.name;
    case NODE_NUMBER:
        return number_equal(a->value, b->value);
    case NODE_PERIOD:
        return literal_equal(LITERAL_PERIOD, a->value, b->value);
    case NODE_DATE:
        return a->value.ordinal == b->value.ordinal;
    case NODE_CALENDAR:
        return a->value.len == b->value.len;
    case NODE_RANGE:
        return range_equal(a->value.range, b->value.range);
    case NODE_TEXT:
        return slice_equal(literal_text(a->value), literal_text(b->value));
    default:
        return true;
    }
}

static const struct node *
kid_of(const struct node *node, unsigned slot)
{
    return slot < node->kid_count ? node->kid[slot] : NULL;
}

static bool
list_equal(const struct node *a, const struct node *b)
{
    while (a && b && node_equal(a, b)) {
        a = a->next;
        b = b->next;
    }
    return !a && !b;
}

bool
node_equal(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->op != b->op || !value_equal(a, b)) {
        return false;
    }
    unsigned slots = a->kid_count > b->kid_count ? a->kid_count : b->kid_count;
    for (unsigned slot = 0; slot < slots; slot++) {
        if (!list_equal(kid_of(a, slot), kid_of(b, slot))) {
            return false;
        }
    }
    return true;
}

static void
dump_literal(struct buffer *buffer, enum literal_kind kind,
             struct literal literal)
{
    switch (kind) {
    case LITERAL_NONE:
        break;
    case LITERAL_NUMBER:
        if (literal.flags & LITERAL_LONG) {
            /* The text is not at hand; the digits that count are. */
            decimal_print(buffer, literal_decimal(literal), 0);
        } else {
            literal_print_number(buffer, literal, (struct slice){"", 0});
        }
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

/* In backquotes when it would run into what stands around it. */
static void
dump_name(struct buffer *buffer, struct slice name)
{
    bool odd = name.len == 0;
    for (size_t i = 0; i < name.len; i++) {
        odd = odd || strchr(" ()[]\"`", name.at[i]);
    }
    buffer_add_text(buffer, odd ? " `" : " ");
    buffer_add_slice(buffer, name);
    buffer_add_text(buffer, odd ? "`" : "");
}

static void
dump_value(struct buffer *buffer, const struct node *node,
           const struct atoms *atoms)
{
    const struct literal_range *range;
    switch (node->kind) {
    case NODE_NAME:
    case NODE_PARAM:
        dump_name(buffer, atoms_text(atoms, node->value.name));
        break;
    case NODE_NUMBER:
        buffer_add_char(buffer, ' ');
        buffer_add_slice(buffer, atoms_text(atoms, node->value.name));
        dump_literal(buffer, LITERAL_NUMBER, node->value);
        break;
    case NODE_PERIOD:
        buffer_add_char(buffer, ' ');
        dump_literal(buffer, LITERAL_PERIOD, node->value);
        break;
    case NODE_DATE:
        buffer_add_char(buffer, ' ');
        dump_literal(buffer, LITERAL_DATE, node->value);
        break;
    case NODE_CALENDAR:
        buffer_format(buffer, " %u", node->value.len);
        break;
    case NODE_RANGE:
        range = node->value.range;
        buffer_add_char(buffer, ' ');
        dump_literal(buffer, range->kinds[0], range->ends[0]);
        buffer_add_text(buffer, "..");
        dump_literal(buffer, range->kinds[1], range->ends[1]);
        break;
    case NODE_TEXT:
        buffer_add_text(buffer, " \"");
        buffer_add_slice(buffer, literal_text(node->value));
        buffer_add_char(buffer, '"');
        break;
    default:
        break;
    }
}

/* A kid: `-` for none, in brackets when it is a list of several. */
static void
dump_kid(struct buffer *buffer, const struct node *kid,
         const struct atoms *atoms)
{
    bool list = kid && kid->next;
    buffer_add_text(buffer, !kid ? " -" : list ? " [" : " ");
    for (const struct node *node = kid; node; node = node->next) {
        buffer_add_text(buffer, node == kid ? "" : " ");
        node_dump(buffer, node, atoms);
    }
    buffer_add_text(buffer, list ? "]" : "");
}

void
node_dump(struct buffer *buffer, const struct node *node,
          const struct atoms *atoms)
{
    unsigned slots = node->kid_count;
    while (slots && !node->kid[slots - 1]) {
        slots--;
    }
    buffer_add_char(buffer, '(');
    buffer_add_text(buffer, node_kind_text((enum node_kind)node->kind));
    if (node->op != OP_NONE) {
        buffer_add_char(buffer, ' ');
        buffer_add_text(buffer, node_op_text((enum node_op)node->op));
    }
    dump_value(buffer, node, atoms);
    for (unsigned slot = 0; slot < slots; slot++) {
        dump_kid(buffer, node->kid[slot], atoms);
    }
    buffer_add_char(buffer, ')');
}
