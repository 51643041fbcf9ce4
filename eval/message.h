/* Texts with figures in them, read once: pieces of text and holes between them.
 *
 * The expression of a hole has a source of its own, which lives as long as the
 * session unless message_close() drops it; mistakes in it are told at its place
 * in the text.
 */
#ifndef EVAL_MESSAGE_H
#define EVAL_MESSAGE_H

#include "eval/cell.h"
#include "eval/scope.h"

/* What may follow an expression: {x:,.1%}. */
struct message_format {
    bool grouped;
    int decimals;     /* -1: as the number has them */
    const char *unit; /* "%", "pp", "B", "USD"; NULL: none */
};

struct message_hole {
    struct slice before; /* the text in front of it */
    const struct node *expression;
    struct message_format format;
    uint32_t place;          /* of the expression, in the source of the text */
    struct span span;        /* of the expression, in the source of the text */
    struct span format_span; /* and of its format; of the whole text, where its
                              * pieces cannot be pointed at */
    uint32_t base;           /* of the expression's own source */
    uint32_t end;            /* and behind it */
};

struct message {
    const struct node *node; /* the text */
    bool written;            /* ... and not a parameter that stands for it */
    struct message_hole *holes;
    size_t hole_count;
    struct slice after; /* the text behind the last hole */
    size_t sources;     /* how many there were before */
    size_t parsed;      /* definitions that had been read before */
};

/* Reads the text that NODE is, or that its parameter stands for, into ARENA;
 * false after a report.  Close it in any case. */
bool message_open(struct session *session, const struct node *node,
                  struct arena *arena, struct message *message);

/* Gives back the sources of its holes, if nothing was read since that needs
 * them. */
void message_close(struct session *session, const struct message *message);

/* Moves the places of the messages from number FROM on that are about a hole
 * into the text. */
void message_move_places(struct session *session, const struct message *message,
                         size_t from);

/* Checks that the format of a hole fits a value of TYPE, and fills how it is
 * shown; false after a report. */
bool message_style(struct session *session, const struct message_hole *hole,
                   const struct type *type, struct result_column *column,
                   struct cell_style *style);

#endif
