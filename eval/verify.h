/* The whole check of a fact base: store/verify.h, and that what follows from
 * the facts is what the base holds of it. */
#ifndef EVAL_VERIFY_H
#define EVAL_VERIFY_H

#include "store/verify.h"

/* As store_verify(). */
bool verify_base(const char *path, struct diagnostics *diagnostics,
                 struct verification *found);

#endif
