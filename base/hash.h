/* Hashes for tables in memory.  They are never stored and promise nothing
 * from one version to the next. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ b) * UINT64_C(0x9E3779B97F4A7C15);
    return x ^ (x >> 29);
}

/* Eight bytes at a time: names are short, so start-up cost is all there is. */
static inline uint64_t
hash_bytes(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t hash = len * UINT64_C(0xD6E8FEB86659FD93);
    while (len >= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = hash_mix(hash, word);
        at += 8;
        len -= 8;
    }
    if (len) {
        uint64_t word = 0;
        memcpy(&word, at, len);
        hash = hash_mix(hash, word);
    }
    return hash_mix(hash, hash >> 32);
}

#endif
