/* Texts that are built into the program: the library in Assay and the pages of
 * the error codes.  Made by stdlib/embed. */
#ifndef STDLIB_LIBRARY_H
#define STDLIB_LIBRARY_H

#include <stddef.h>

struct library_file {
    const char *name; /* stdlib/core.assay, docs/errors/E0203.md */
    const char *text;
    size_t length;
};

extern const struct library_file library_files[];
extern const size_t library_file_count;

#endif
