/* Where a cell stands in its file, for those who are told of its fact: in a
 * review alone, as a fact base keeps the line and no more.
 *
 * The cells of a record are asked for from left to right, as those of a wide
 * file are: what was measured before is not measured again. */
#include "eval/import/import.h"

#include "base/utf8.h"

/* Characters in front of the byte AT of the record. */
static size_t
characters_before(struct import *import, size_t at)
{
    if (at < import->measured) {
        import->measured = import->measured_characters = 0;
        import->measured_break = false;
    }
    struct slice next = {import->csv.raw.at + import->measured,
                         at - import->measured};
    import->measured_break =
        import->measured_break || (next.len && memchr(next.at, '\n', next.len));
    import->measured_characters += utf8_count(next);
    import->measured = at;
    return import->measured_characters;
}

void
import_place(struct import *import, size_t column, struct fact *fact)
{
    size_t first = characters_before(import, import->csv.places[column]) + 1;
    size_t end = characters_before(import, import->csv.ends[column]) + 1;
    /* In a record of several lines the cell may stand on a later one. */
    if (!import->measured_break && end > first && end <= UINT16_MAX) {
        fact->column = (uint16_t)first;
        fact->width = (uint16_t)(end - first);
    }
}
