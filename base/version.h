/* The version of the program, as CHANGELOG.md has it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define ASSAY_VERSION "0.1.0"

#endif
