#include "parser/shape.h"

#include "parser/grammar.tab.h"

void
shape_free(struct shape *shape)
{
    arena_free(&shape->arena);
}

void
shape_start(struct shape *shape)
{
    shape->token_count = 0;
    shape->is_repeated = shape->wanted_count > 0;
}

static atom
keyword_of(const struct token *token)
{
    bool is_word = token->code == TOK_NAME && !token->quoted &&
                   lexer_keyword(token->value.name);
    return is_word ? token->value.name : 0;
}

static bool
fits(const struct shape *shape, const struct token *token,
     const struct shape_token *wanted, const bool *declared)
{
    atom keyword = keyword_of(token);
    return token->code == wanted->code && keyword == wanted->keyword &&
           !(keyword && declared && declared[keyword]) &&
           token->span.end - shape->tokens[0].span.start <= SHAPE_BYTES;
}

void
shape_add(struct shape *shape, const bool *declared)
{
    size_t at = shape->token_count;
    shape->is_repeated =
        shape->is_repeated && at < shape->wanted_count &&
        fits(shape, &shape->tokens[at], &shape->wanted[at], declared);
    shape->token_count++;
}

const struct node *
shape_tree(struct shape *shape)
{
    if (!shape->tree || !shape->is_repeated ||
        shape->token_count != shape->wanted_count) {
        return NULL;
    }
    for (size_t i = 0; i < shape->node_count; i++) {
        const struct shape_node *part = &shape->nodes[i];
        const struct token *first = &shape->tokens[part->first];
        part->node->span.start = first->span.start;
        part->node->span.end = shape->tokens[part->last].span.end;
        if (part->has_value) {
            part->node->value = first->value;
        }
    }
    return shape->tree;
}

/* Learning ----------------------------------------------------------------- */

/* Does a node of this kind say what a token of CODE says, and no more? */
static bool
is_value_of(int kind, int code)
{
    switch (code) {
    case TOK_NAME:
        return kind == NODE_NAME;
    case TOK_INT:
    case TOK_NUMBER:
        return kind == NODE_NUMBER;
    case TOK_PERIOD:
        return kind == NODE_PERIOD;
    case TOK_DATE:
        return kind == NODE_DATE;
    case TOK_STRING:
        return kind == NODE_TEXT;
    default:
        return false;
    }
}

static bool
is_leaf(int kind)
{
    return kind == NODE_NAME || kind == NODE_NUMBER || kind == NODE_PERIOD ||
           kind == NODE_DATE || kind == NODE_TEXT;
}

/* Finds the tokens of a node; false when it is not made of them alone. */
static bool
explain(const struct shape *shape, struct shape_node *part)
{
    static const struct literal nothing;
    const struct node *node = part->node;
    size_t first = 0;
    size_t last = 0;
    while (first < shape->token_count &&
           shape->tokens[first].span.start != node->span.start) {
        first++;
    }
    while (last < shape->token_count &&
           shape->tokens[last].span.end != node->span.end) {
        last++;
    }
    if (first > last || last == shape->token_count) {
        return false;
    }
    part->first = (uint8_t)first;
    part->last = (uint8_t)last;
    part->has_value = is_leaf(node->kind);
    const struct token *token = &shape->tokens[first];
    const struct literal *value = part->has_value ? &token->value : &nothing;
    return memcmp(&node->value, value, sizeof *value) == 0 &&
           (!part->has_value ||
            (first == last && is_value_of(node->kind, token->code)));
}

/* Copies the chain that begins with NODE; sets NODE_COUNT beyond its limit when
 * one cannot be explained. */
static struct node *
copy_chain(struct shape *shape, const struct node *node)
{
    struct node *first = NULL;
    struct node **link = &first;
    for (; node && shape->node_count < SHAPE_NODES; node = node->next) {
        size_t size = sizeof *node + node->kid_count * sizeof *node->kid;
        struct node *copy = arena_alloc(&shape->arena, size);
        struct shape_node *part = &shape->nodes[shape->node_count++];
        memcpy(copy, node, size);
        part->node = copy;
        if (!explain(shape, part)) {
            shape->node_count = SHAPE_NODES + 1;
            return NULL;
        }
        for (int i = 0; i < node->kid_count; i++) {
            copy->kid[i] = copy_chain(shape, node->kid[i]);
        }
        *link = copy;
        link = &copy->next;
    }
    if (node) {
        shape->node_count = SHAPE_NODES + 1;
    }
    return first;
}

/* The tokens at hand become those that are wanted. */
static void
want_tokens(struct shape *shape)
{
    shape->tree = NULL;
    shape->is_odd = false;
    shape->wanted_count =
        shape->token_count <= SHAPE_TOKENS ? shape->token_count : 0;
    for (size_t i = 0; i < shape->wanted_count; i++) {
        const struct token *token = &shape->tokens[i];
        shape->wanted[i] = (struct shape_token){
            .code = token->code,
            .keyword = keyword_of(token),
        };
    }
}

void
shape_learn(struct shape *shape, const struct node *tree)
{
    bool is_fact = tree->kind == NODE_FACT || tree->kind == NODE_CELLS;
    if (!shape->is_repeated || shape->token_count != shape->wanted_count) {
        want_tokens(shape);
        return;
    }
    if (shape->is_odd) {
        return;
    }
    arena_reset(&shape->arena);
    shape->node_count = 0;
    shape->tree = is_fact ? copy_chain(shape, tree) : NULL;
    if (shape->node_count > SHAPE_NODES) {
        shape->tree = NULL;
    }
    shape->is_odd = !shape->tree;
}
