/* What the texts of the library tell about functions: those that they define,
 * and those of the language itself.
 *
 * A file stdlib/TOPIC.assay is a topic.  Behind its `define NAME(X) "Title"`
 * stand lines `#> ` with an example and lines `#= ` with what it prints.  A
 * function that is written in C has a line `#: NAME(X) "Title"` in place of a
 * definition.  Lines `#> ` in front of the first function are stated before
 * each example of the file.  The suite `functions` runs every example. */
#ifndef STDLIB_FUNCTION_H
#define STDLIB_FUNCTION_H

#include "base/buffer.h"

#include <stdbool.h>

/* Slices borrow the library's texts. */
struct library_function {
    struct slice topic;      /* growth */
    struct slice name;       /* growth */
    struct slice call;       /* growth(x) */
    struct slice title;      /* without its quotes; empty: none */
    struct slice definition; /* behind the =; empty for one of the language */
    struct slice setup;      /* lines of the file's setup, with their marks */
    struct slice example;    /* lines of the example, with their marks */
};

/* Where a walk over the functions is; begins as {0}. */
struct function_walk {
    size_t file;
    size_t at; /* byte in that file */
    struct slice setup;
    bool past_setup; /* a function was met in the file */
};

/* The next function, topic by topic in the order of the files; false at the
 * end. */
bool function_next(struct function_walk *walk, struct library_function *found);

/* The function called NAME, or else false. */
bool function_find(struct slice name, struct library_function *found);

bool function_is_builtin(const struct library_function *function);

/* Is NAME a function of the language itself, which nobody can redefine? */
bool function_is_reserved(struct slice name);

/* The title up to what makes its result unknown: what fits a list. */
struct slice function_summary(const struct library_function *function);

/* Appends the page on a function. */
void function_print(struct buffer *out,
                    const struct library_function *function);

/* Appends what the functions of TOPIC are; false, and nothing, when no file is
 * called so. */
bool function_print_topic(struct buffer *out, struct slice topic);

#endif
