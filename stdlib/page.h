/* Pages of the documentation that are built into the program. */
#ifndef STDLIB_PAGE_H
#define STDLIB_PAGE_H

#include "base/buffer.h"
#include "stdlib/library.h"

#define PAGES_OF_HELP "docs/help/"
#define PAGES_OF_CODES "docs/errors/"

/* The page called NAME, in either case, of FOLDER; NULL when there is none. */
const struct library_file *page_find(const char *folder, struct slice name);

/* What FILE is called as a page of FOLDER; empty when it is none. */
struct slice page_name(const struct library_file *file, const char *folder);

/* Appends a page for people: without the marks that only Markdown needs, and
 * with its blocks of code indented. */
void page_print(struct buffer *out, const struct library_file *page);

#endif
