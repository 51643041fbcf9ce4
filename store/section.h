/* Cross-sections: all lines of one period of a metric and kind, packed.
 *
 * A cross-section holds the newest fact of each of its cells, in the order of
 * the lines: what a question without a date of its own reads, at a tenth of the
 * cost of the rows.  It is an index: it says nothing that the rows do not say,
 * it is made when many facts come in at once, and it is thrown away whenever
 * something happens in its period that it does not know of.
 */
#ifndef STORE_SECTION_H
#define STORE_SECTION_H

#include "base/buffer.h"
#include "store/fact.h"

enum { SECTION_FACTS_MIN = 256 }; /* fewer rows are read as quickly */

/* What a cell is told relative to. */
struct section_state {
    uint32_t line;
    day_number day;
    int16_t exponent;
    uint16_t form;
};

struct section_writer {
    struct buffer *bytes; /* borrows */
    struct section_state last;
};

void section_start(struct section_writer *writer, struct buffer *bytes);
/* Appends a cell; lines ascend. */
void section_add(struct section_writer *writer, const struct fact *fact);

struct section_reader {
    const unsigned char *at;
    const unsigned char *end;
    uint64_t cell; /* of all facts in it */
    struct section_state last;
    bool broken; /* the bytes are none of ours */
};

void section_open(struct section_reader *reader, uint64_t cell,
                  struct slice bytes);
/* The next fact, without its actor, source, batch and row; its record only
 * when it has a detail.  False at the end, or when the bytes are broken. */
bool section_next(struct section_reader *reader, struct fact *fact);

/* Appends what OLD and NEW say together: of a cell in both, what was stated
 * later.  Facts of NEW have the later records.  False when one is broken. */
bool section_merge(uint64_t cell, struct slice old, struct slice new,
                   struct buffer *bytes);

#endif
