/* What functions of SQL, R, pandas and spreadsheets are called here.
 *
 * People bring names with them.  Those of which the library has the same thing
 * under another name, or the language has a form for it, stand in one table;
 * what merely looks alike is found by the distance of letters elsewhere. */
#ifndef STDLIB_FOREIGN_H
#define STDLIB_FOREIGN_H

#include "base/slice.h"

#include <stddef.h>

/* How the function NAME is written here, as text for a person, or NULL.  Case,
 * `_` and blanks in NAME do not count. */
const char *foreign_function(struct slice name);

/* The table, for those who walk over it: the Nth name, or NULL behind the last
 * one. */
const char *foreign_name(size_t at);

#endif
