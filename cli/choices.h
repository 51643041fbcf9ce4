/* The list that Tab shows. */
#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

#include "base/buffer.h"
#include "cli/complete.h"

/* Appends the list as lines of at most COLUMNS cells, with the notes, and not
 * more than fit ROWS; the last line then says how many there are besides. */
void choices_add(struct buffer *out, const struct completions *found,
                 size_t columns, size_t rows);

#endif
