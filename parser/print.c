/* Forms, and what becomes of them.
 *
 * A form is what a node looks like, as words and the places of its kids:
 *
 *     %0  kid 0               %,0  a list with commas
 *     %a0 with parentheses    %+0  a list of members with +
 *         around a condition  %~0  a list that is filled
 *     %m0 a member            %/0  clauses: a list with a line for each
 *     %c0 a code              %>0  clauses of a clause
 *     %o  the operator
 *     [of %1]  only if the kid is there
 *     |        the next word is the start of a clause
 *
 * The forms themselves are in print_forms.c.
 */
#include "parser/print_words.h"

static bool
is_block(const struct node *node)
{
    return node->kind == NODE_POLICY || node->kind == NODE_RULE ||
           node->kind == NODE_WAIVE || node->kind == NODE_CLAIM ||
           node->kind == NODE_TEST;
}

/* Aggregation and frequency of a metric go with its name. */
static enum print_break
clause_break(const struct node *node)
{
    bool head = node->kind == NODE_AGGREGATION || node->kind == NODE_FREQUENCY;
    return head ? PRINT_FILL : PRINT_CLAUSE;
}

static void
put_clauses(struct printer *printer, const struct node *first, bool forced)
{
    for (; first; first = first->next) {
        print_break(printer, clause_break(first), first->span.start);
        printer->next.force = forced;
        printer->depth++;
        print_node(printer, first);
        printer->depth--;
    }
}

void
print_list(struct printer *printer, const struct node *first,
           void (*put)(struct printer *, const struct node *))
{
    for (const struct node *node = first; node; node = node->next) {
        if (node != first) {
            print_tight(printer);
            print_put_text(printer, ",");
            print_break(printer, PRINT_FILL, node->span.start);
        }
        printer->depth++;
        put(printer, node);
        printer->depth--;
    }
}

static void
put_filled(struct printer *printer, const struct node *first, bool members)
{
    for (const struct node *node = first; node; node = node->next) {
        if (node != first || !members) {
            print_break(printer, PRINT_FILL, node->span.start);
        }
        if (members) {
            if (node != first) {
                print_put_text(printer, "+");
            }
            print_put_member(printer, node);
        } else {
            print_node(printer, node);
        }
    }
}

static void
put_inner(struct printer *printer, const struct node *kid,
          void (*put)(struct printer *, const struct node *))
{
    printer->depth++;
    put(printer, kid);
    printer->depth--;
}

/* A directive: its letter (0 for none) and its kid, which is there. */
static void
put_kid(struct printer *printer, const struct node *node, char letter,
        const struct node *kid)
{
    switch (letter) {
    case 'a':
        put_inner(printer, kid, print_arith);
        break;
    case 'm':
        print_put_member(printer, kid);
        break;
    case 'c':
        print_put_code(printer, kid);
        break;
    case ',':
        print_list(printer, kid, print_node);
        break;
    case '+':
    case '~':
        put_filled(printer, kid, letter == '+');
        break;
    case '/':
        put_clauses(printer, kid, is_block(node));
        break;
    case '>':
        printer->depth++;
        put_clauses(printer, kid, false);
        printer->depth--;
        break;
    default:
        put_inner(printer, kid, print_node);
    }
}

/* The kid that a directive at TEXT is about, and its letter. */
static const struct node *
directive_kid(const struct node *node, const char *text, char *letter)
{
    bool plain = text[1] >= '0' && text[1] <= '9';
    *letter = plain ? '\0' : text[1];
    return print_kid(node, (unsigned)(text[plain ? 1 : 2] - '0'));
}

/* Puts the word of a form that begins at TEXT; returns its end. */
static const char *
put_form_word(struct printer *printer, const struct node *node,
              const char *text)
{
    size_t len = strcspn(text, " ]");
    struct slice word = {text, len};
    char letter;
    if (slice_is(word, "%o")) {
        if (node->op != OP_NONE) {
            print_put_text(printer, node_op_text((enum node_op)node->op));
        }
    } else if (text[0] == '%') {
        const struct node *kid = directive_kid(node, text, &letter);
        if (kid) {
            put_kid(printer, node, letter, kid);
        }
    } else {
        bool sticks =
            slice_is(word, ":") || slice_is(word, ".") || slice_is(word, ")");
        printer->next.tight |= sticks;
        print_put(printer, word);
        printer->next.tight = slice_is(word, ".") || slice_is(word, "(");
    }
    return text + len;
}

/* The kid whose directive stands in the group at TEXT. */
static bool
has_group(const struct node *node, const char *text)
{
    char letter;
    return directive_kid(node, strchr(text, '%'), &letter) != NULL;
}

/* `|`: the first kid named behind it tells its place. */
static void
begin_clause(struct printer *printer, const struct node *node, const char *text)
{
    char letter;
    const struct node *kid = directive_kid(node, strchr(text, '%'), &letter);
    print_break(printer, PRINT_CLAUSE, kid->span.start);
    printer->next.force = is_block(node);
}

void
print_form(struct printer *printer, const struct node *node, const char *form)
{
    while (*form) {
        switch (*form) {
        case ' ':
        case ']':
            form++;
            break;
        case '[':
            form += has_group(node, form) ? 1 : strcspn(form, "]");
            break;
        case '|':
            begin_clause(printer, node, form);
            form++;
            break;
        default:
            form = put_form_word(printer, node, form);
        }
    }
}

void
print_put_statement(struct printer *printer, const struct node *statement)
{
    static const char *const contexts[] = {"", NULL};
    print_node(printer, statement);
    if (printer->keywords) {
        print_decide_names(printer, contexts);
    }
}

void
print_statement(struct buffer *buffer, const struct node *statement,
                const struct atoms *atoms, const struct sources *sources)
{
    struct printer printer;
    printer_init(&printer, atoms, sources);
    print_put_statement(&printer, statement);
    print_lines(&printer, NULL, 0, buffer);
    printer_free(&printer);
}

/* What may stand before a part of a statement, such that every keyword that
 * could follow it there is known. */
static const char *const *
contexts_of(const struct node *node)
{
    static const char *const expressions[] = {"",
                                              "check ",
                                              "show ",
                                              "show f sort by ",
                                              "show f for ",
                                              "compare ",
                                              "f = ",
                                              "f in ",
                                              "f = up ",
                                              "f = up 1 from ",
                                              "f(",
                                              "metric m in ",
                                              "rule r for ",
                                              "rule r require ",
                                              "test \"\" expect ",
                                              "import \"\" as ",
                                              "import \"\" (a = ",
                                              "set a ",
                                              NULL};
    static const char *const assertions[] = {"f ", "f: 2020 ", NULL};
    static const char *const annotations[] = {"f = 1 ", NULL};
    static const char *const coordinates[] = {"f[", NULL};
    switch (node->kind) {
    case NODE_ASSERT:
    case NODE_WITHIN_RANGE:
        return assertions;
    case NODE_COORD:
        return coordinates;
    case NODE_MOVE:
    case NODE_BY_ACTOR:
    case NODE_SOURCE_OF:
        return annotations;
    default:
        return expressions;
    }
}

void
print_expression(struct buffer *buffer, const struct node *node,
                 const struct atoms *atoms, const struct sources *sources)
{
    struct printer printer;
    printer_init(&printer, atoms, sources);
    print_node(&printer, node);
    if (printer.keywords) {
        print_decide_names(&printer, contexts_of(node));
    }
    print_one_line(&printer, buffer);
    printer_free(&printer);
}
