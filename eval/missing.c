/* Statements that parse but do not run yet.  This table only ever shrinks; a
 * test holds it. */
#include "eval/scope.h"

static const struct {
    enum node_kind kind;
    const char *name;
} missing[] = {
    /* One a line: a test reads them. */
    /* clang-format off */
    {NODE_CONFLICTS, "conflicts"},
    {NODE_LAST, "last"},
    /* clang-format on */
};

const char *
statement_missing(enum node_kind kind)
{
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        if (missing[i].kind == kind) {
            return missing[i].name;
        }
    }
    return NULL;
}
