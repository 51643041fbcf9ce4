#include "store/pack.h"

#include "base/arena.h"

#include <stdlib.h>
#include <zlib.h>

enum { PACK_BYTES = 32 * 1024, PACK_GZIP = 16, PACK_MEMORY = 8 };

struct pack {
    z_stream stream;
    bool (*write)(void *context, const char *bytes, size_t len);
    void *context;
    bool failed;
    char bytes[PACK_BYTES];
};

struct pack *
pack_open(bool (*write)(void *context, const char *bytes, size_t len),
          void *context)
{
    struct pack *pack = memory_alloc(sizeof *pack);
    *pack = (struct pack){.write = write, .context = context};
    pack->failed = deflateInit2(&pack->stream, Z_DEFAULT_COMPRESSION,
                                Z_DEFLATED, MAX_WBITS + PACK_GZIP, PACK_MEMORY,
                                Z_DEFAULT_STRATEGY) != Z_OK;
    return pack;
}

/* Packs what the stream was given, and hands on what came of it. */
static void
push(struct pack *pack, int flush)
{
    z_stream *stream = &pack->stream;
    do {
        stream->next_out = (Bytef *)pack->bytes;
        stream->avail_out = PACK_BYTES;
        deflate(stream, flush);
        size_t len = PACK_BYTES - stream->avail_out;
        pack->failed = pack->failed ||
                       (len && !pack->write(pack->context, pack->bytes, len));
    } while (!pack->failed && stream->avail_out == 0);
}

bool
pack_write(void *context, const char *bytes, size_t len)
{
    struct pack *pack = context;
    while (len && !pack->failed) {
        size_t part = len < PACK_BYTES ? len : PACK_BYTES;
        pack->stream.next_in = (Bytef *)(uintptr_t)bytes;
        pack->stream.avail_in = (uInt)part;
        push(pack, Z_NO_FLUSH);
        bytes += part;
        len -= part;
    }
    return !pack->failed;
}

bool
pack_close(struct pack *pack, bool all)
{
    if (all && !pack->failed) {
        push(pack, Z_FINISH);
    }
    bool done = !pack->failed;
    deflateEnd(&pack->stream);
    free(pack);
    return done;
}
