/* The shape of the last statements: which tokens they have, and where in the
 * tree each of them stands.
 *
 * Facts come by the thousand with the same tokens in the same order, and what
 * the grammar does depends on nothing but the tokens.  So when two statements
 * in a row had the same tokens, the tree of the second is kept; a third one
 * with these tokens is that tree with other names, numbers and places, and the
 * grammar is not asked.  This knows nothing of the grammar: a tree that cannot
 * be explained token by token is not kept.  Private to this folder.
 */
#ifndef PARSER_SHAPE_H
#define PARSER_SHAPE_H

#include "lexer/lexer.h"
#include "parser/tree.h"

enum { SHAPE_TOKENS = 32, SHAPE_NODES = 32, SHAPE_BYTES = 4096 };

/* What must be the same for two tokens to be of one shape. */
struct shape_token {
    int code;     /* as the lexer has it: a keyword is a name still */
    atom keyword; /* the word, if it could be a keyword; else 0 */
};

/* A node of the tree, with the numbers of the tokens that it is made of. */
struct shape_node {
    struct node *node;
    uint8_t first;
    uint8_t last;
    bool has_value; /* that of its only token */
};

struct shape {
    struct arena arena; /* of the tree */
    struct node *tree;  /* NULL: no shape is known */
    struct shape_token wanted[SHAPE_TOKENS];
    size_t wanted_count;
    struct shape_node nodes[SHAPE_NODES];
    size_t node_count;
    bool is_odd; /* the tree of these tokens cannot be explained */
    /* The statement at hand, as far as it has come; one that has more tokens
     * than fit is counted, and its shape is not kept; the last place is for
     * those. */
    struct token tokens[SHAPE_TOKENS + 1];
    size_t token_count;
    bool is_repeated; /* so far it is as `wanted` says */
};

void shape_free(struct shape *shape);

/* A statement begins. */
void shape_start(struct shape *shape);

/* Where the next token of the statement is to be put, as the lexer has it. */
static inline struct token *
shape_place(struct shape *shape)
{
    size_t at = shape->token_count;
    return &shape->tokens[at < SHAPE_TOKENS ? at : SHAPE_TOKENS];
}

/* The token has been put there.  DECLARED says by atom which words of the
 * language are names too; it may be NULL. */
void shape_add(struct shape *shape, const bool *declared);

/* When all tokens have come and are those of the shape that is known, its tree
 * with what they say; else NULL. */
const struct node *shape_tree(struct shape *shape);

/* TREE is what the grammar made of the tokens. */
void shape_learn(struct shape *shape, const struct node *tree);

#endif
