/* CSV as programs and people write it, record by record.
 *
 * Cells are parted by commas, or by semicolons or tabs if the first line has
 * more of those; quoted as in RFC 4180, with newlines inside quotes; lines end
 * in LF, CRLF or CR; a byte order mark is skipped; a gzip'd file is unpacked.
 * Lines without any cell are passed over.  What is wrong with a record is told
 * with it, and the next one can be read.
 */
#ifndef STORE_CSV_H
#define STORE_CSV_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#include <stdint.h>

enum csv_status {
    CSV_RECORD,
    CSV_BAD,    /* a record with a mistake: see MISTAKE */
    CSV_END,    /* the end of the file */
    CSV_FAILED, /* the file cannot be read: see ERROR */
};

enum { CSV_RECORD_MAX = 16 * 1024 * 1024 };

/* All slices are valid until the next record is read. */
struct csv {
    struct slice *cells; /* without their quotes */
    size_t count;
    struct slice raw;     /* the record as it stands in the file */
    uint32_t *places;     /* of each cell in RAW */
    uint32_t *ends;       /* ... and the place behind it, quotes included */
    uint32_t line;        /* on which the record begins, base 1 */
    const char *mistake;  /* of a bad record */
    const char *help;     /* what would do instead; may be NULL */
    uint32_t mistake_at;  /* place in RAW */
    uint32_t mistake_end; /* the one behind it */
    int error;            /* errno of a file that failed; see csv_reason() */
    char separator;
    bool ends_in_crlf; /* the record that was read last, or the header */
    uint64_t done;     /* bytes of the file that were read */
    uint64_t total;    /* its size; 0: not known */
    struct csv_input *input;
    struct csv_ahead *ahead; /* who reads the file; NULL: whoever asks */
};

/* Opens the file at PATH; false sets ERROR.  To be closed in either case. */
bool csv_open(struct csv *csv, const char *path);
void csv_close(struct csv *csv);

/* Why the file could not be read, in words. */
const char *csv_reason(const struct csv *csv);

enum csv_status csv_next(struct csv *csv);

/* From here on the file is read ahead by a thread, where that pays. */
void csv_read_ahead(struct csv *csv);

/* What tells two files apart, once all was read: checksums and the length. */
void csv_hash(const struct csv *csv, struct buffer *hash);

/* The same for a whole file; returns 0 or errno. */
int csv_hash_file(const char *path, struct buffer *hash);

/* Appends a cell as CSV, in quotes where it needs them, or where it has what a
 * reader could take for a separator. */
void csv_add_cell(struct buffer *out, struct slice cell, char separator);

#endif
