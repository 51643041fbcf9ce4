/* Names of files, as far as they tell what is inside. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

/* Has PATH a name that ends in ENDING, which is in small letters: in these or
 * capital ones?  A name that is nothing but the ending does not count. */
bool path_ends_with(const char *path, const char *ending);

/* Does the name say that it is a table: .csv, .tsv, packed or not? */
bool path_is_table(const char *path);

#endif
