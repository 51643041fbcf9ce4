/* Statements that parse but do not run yet.  This table only ever shrinks; a
 * test holds it. */
#include "eval/scope.h"

static const struct {
    enum node_kind kind;
    const char *name;
} missing[] = {
    /* One a line: a test reads them. */
    /* clang-format off */
    {NODE_WHY_RULE, "why for a rule"},
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

/* Functions of which the same is true. */
static const char *const missing_functions[] = {"convert"};

bool
function_is_missing(struct slice name)
{
    size_t count = sizeof missing_functions / sizeof *missing_functions;
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, missing_functions[i])) {
            return true;
        }
    }
    return false;
}
