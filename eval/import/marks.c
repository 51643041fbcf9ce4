/* Values that are not there: marks that everybody knows, and those that a
 * mapping names, `value = obs {"x": unknown, 9999: unknown, s: skip}`. */
#include "eval/import/import.h"

/* What the mapping says of a text; NULL: nothing. */
static const struct node *
find_mark(const struct import *import, struct slice cell)
{
    const struct atoms *atoms = &import->session->atoms;
    const struct node *code = import->value ? import->value->codes : NULL;
    while (code &&
           !slice_equal(atoms_text(atoms, code->kid[0]->value.name), cell)) {
        code = code->next;
    }
    return code;
}

bool
value_is_missing(const struct import *import, struct slice cell)
{
    const struct node *code = find_mark(import, cell);
    return cell_is_missing(cell) ||
           (code && !import_skips(import, code->kid[1]));
}

bool
value_is_skipped(const struct import *import, struct slice cell)
{
    const struct node *code = find_mark(import, cell_trim(cell));
    return code && import_skips(import, code->kid[1]);
}

bool
value_check_marks(struct import *import, const struct mapped *mapped)
{
    for (const struct node *code = mapped->codes; code; code = code->next) {
        struct slice meaning =
            atoms_text(&import->session->atoms, code->kid[1]->value.name);
        bool known = slice_is(meaning, "unknown") || slice_is(meaning, "skip");
        if (!code->kid[0] || !known) {
            return mapping_fail(import, code,
                                "a mark in a column of values stands for "
                                "`unknown` or `skip`",
                                "value = obs {\"x\": unknown}");
        }
    }
    return true;
}
