/* The version of the program, as CHANGELOG.md has it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define ASSAY_VERSION "0.1.0"

/* Where more is told of it, in reports that must name such a place; it has no
 * page in the web yet. */
#define ASSAY_URI "https://assay.invalid/"

#endif
