/* Texts of the library that a script reads with `include "std:NAME"`: names
 * that nobody has who did not ask for them.  They are the files
 * stdlib/include/NAME.assay. */
#ifndef STDLIB_TEXT_H
#define STDLIB_TEXT_H

#include "base/slice.h"
#include "stdlib/library.h"

#define TEXTS_BEGIN "std:"

/* Does a path name a text of the library, rather than a file? */
bool text_is_named(const char *path);

/* The text called NAME, which stands behind `std:`; NULL when there is none. */
const struct library_file *text_find(struct slice name);

/* False when the program was built without iso-codes: then the texts of
 * countries say nothing. */
bool text_has_countries(void);

/* Whether FILE is a text of countries, or includes one. */
bool text_needs_countries(const struct library_file *file);

/* What FILE is called as such a text; empty when it is none. */
struct slice text_name(const struct library_file *file);

/* The units that are made from ISO 4217; NULL when the program was built
 * without.  Unlike the other names of the library they give way to names of
 * people: three capitals are soon used for something else. */
const struct library_file *text_currencies(void);
bool text_is_currency(struct slice name);

#endif
