/* Bytes on their way into a file that gzip unpacks.
 *
 * The header has neither a name nor a time, so that the same bytes give the
 * same file.
 */
#ifndef STORE_PACK_H
#define STORE_PACK_H

#include <stdbool.h>
#include <stddef.h>

struct pack;

/* Begins; what is packed goes to WRITE, which returns false when it can take no
 * more. */
struct pack *pack_open(bool (*write)(void *context, const char *bytes,
                                     size_t len),
                       void *context);

/* Takes bytes; false once WRITE has failed.  The context is the pack. */
bool pack_write(void *context, const char *bytes, size_t len);

/* Writes the rest if ALL has been said, and frees it; false when WRITE
 * failed. */
bool pack_close(struct pack *pack, bool all);

#endif
