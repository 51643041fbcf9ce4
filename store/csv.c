/* The reader keeps a window of the file that holds the record whole. */
#include "store/csv.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum { WINDOW = 1 << 18, BYTE_COUNT = 256 };

/* What a byte means outside quotes. */
enum byte_class { BYTE_TEXT, BYTE_SEPARATOR, BYTE_LF, BYTE_CR, BYTE_NUL };

struct csv_input {
    gzFile file;
    char *window; /* CAPACITY bytes and a newline that ends every search */
    size_t capacity;
    size_t len;
    size_t at; /* the next record */
    uint32_t line;
    bool ended; /* the file has no more */
    uint32_t crc;
    uint32_t adler;
    uint64_t bytes; /* unpacked */
    uint8_t classes[BYTE_COUNT];
    size_t cell_capacity;
    struct buffer unquoted; /* cells that had doubled quotes */
};

/* Reads on behind what is in the window; false when the file fails. */
static bool
read_more(struct csv *csv)
{
    struct csv_input *input = csv->input;
    if (input->len == input->capacity) {
        input->capacity *= 2;
        input->window = memory_resize(input->window, input->capacity + 1);
    }
    unsigned room = (unsigned)(input->capacity - input->len);
    errno = 0;
    int got = gzread(input->file, input->window + input->len, room);
    if (got < 0) {
        csv->error = errno ? errno : EIO;
        return false;
    }
    const Bytef *bytes = (const Bytef *)(input->window + input->len);
    input->crc = (uint32_t)crc32(input->crc, bytes, (uInt)got);
    input->adler = (uint32_t)adler32(input->adler, bytes, (uInt)got);
    input->bytes += (uint64_t)got;
    input->ended = (unsigned)got < room && gzeof(input->file);
    input->len += (size_t)got;
    input->window[input->len] = '\n';
    z_off_t offset = gzoffset(input->file);
    csv->done = offset > 0 ? (uint64_t)offset : 0;
    return true;
}

/* The mark that says more of the columns than others on the first line. */
static char
find_separator(const struct csv_input *input)
{
    static const char marks[] = {',', ';', '\t'};
    size_t counts[sizeof marks] = {0};
    bool quoted = false;
    for (size_t i = input->at; i < input->len; i++) {
        char c = input->window[i];
        quoted = quoted != (c == '"');
        if (!quoted && (c == '\n' || c == '\r')) {
            break;
        }
        for (size_t m = 0; !quoted && m < sizeof marks; m++) {
            counts[m] += c == marks[m];
        }
    }
    size_t best = 0;
    for (size_t m = 1; m < sizeof marks; m++) {
        best = counts[m] > counts[best] ? m : best;
    }
    return marks[best];
}

static bool
start(struct csv *csv)
{
    struct csv_input *input = csv->input;
    if (!read_more(csv)) {
        return false;
    }
    if (input->len >= 3 && memcmp(input->window, "\xEF\xBB\xBF", 3) == 0) {
        input->at = 3;
    }
    csv->separator = find_separator(input);
    input->classes[0] = BYTE_NUL;
    input->classes['\n'] = BYTE_LF;
    input->classes['\r'] = BYTE_CR;
    input->classes[(unsigned char)csv->separator] = BYTE_SEPARATOR;
    return true;
}

bool
csv_open(struct csv *csv, const char *path)
{
    struct stat info;
    *csv = (struct csv){.separator = ','};
    csv->input = memory_alloc(sizeof *csv->input);
    *csv->input = (struct csv_input){
        .capacity = WINDOW,
        .line = 1,
        .crc = (uint32_t)crc32(0, NULL, 0),
        .adler = (uint32_t)adler32(0, NULL, 0),
    };
    csv->input->window = memory_alloc(WINDOW + 1);
    if (stat(path, &info) != 0) {
        csv->error = errno;
        return false;
    }
    if (S_ISDIR(info.st_mode)) {
        csv->error = EISDIR;
        return false;
    }
    csv->total = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    errno = 0;
    csv->input->file = gzopen(path, "rbe");
    if (!csv->input->file) {
        csv->error = errno ? errno : ENOMEM;
        return false;
    }
    gzbuffer(csv->input->file, WINDOW);
    return start(csv);
}

void
csv_close(struct csv *csv)
{
    if (csv->input->file) {
        gzclose(csv->input->file);
    }
    buffer_free(&csv->input->unquoted);
    free(csv->input->window);
    free(csv->input);
    free(csv->cells);
    free(csv->places);
    free(csv->ends);
}

static void
add_cell(struct csv *csv, struct slice cell, size_t place, size_t end)
{
    struct csv_input *input = csv->input;
    if (csv->count == input->cell_capacity) {
        size_t room = input->cell_capacity ? 2 * input->cell_capacity : 64;
        csv->cells = memory_resize(csv->cells, room * sizeof *csv->cells);
        csv->places = memory_resize(csv->places, room * sizeof *csv->places);
        csv->ends = memory_resize(csv->ends, room * sizeof *csv->ends);
        input->cell_capacity = room;
    }
    csv->cells[csv->count] = cell;
    csv->places[csv->count] = (uint32_t)place;
    csv->ends[csv->count++] = (uint32_t)end;
}

static void
note_mistake(struct csv *csv, const char *mistake, size_t at, size_t end)
{
    if (!csv->mistake) {
        csv->mistake = mistake;
        csv->mistake_at = (uint32_t)at;
        csv->mistake_end = (uint32_t)end;
    }
}

/* Behind the opening quote at AT: the place behind the closing one, or LEN
 * when the window ends before. */
static size_t
quoted_end(const struct csv_input *input, size_t at, bool *doubled)
{
    while (at < input->len) {
        const char *quote = memchr(input->window + at, '"', input->len - at);
        if (!quote) {
            return SIZE_MAX;
        }
        at = (size_t)(quote - input->window) + 1;
        if (at < input->len && input->window[at] == '"') {
            *doubled = true;
            at++;
        } else if (at < input->len || input->ended) {
            return at;
        } else {
            return SIZE_MAX; /* the next byte decides */
        }
    }
    return SIZE_MAX;
}

/* Cells with doubled quotes are written anew when the record is whole; their
 * lengths are marked by a pointer to nowhere until then. */
static void
undouble(struct csv *csv)
{
    struct csv_input *input = csv->input;
    size_t most = 0;
    for (size_t i = 0; i < csv->count; i++) {
        most += csv->cells[i].at ? 0 : csv->cells[i].len;
    }
    if (most == 0) {
        return;
    }
    buffer_clear(&input->unquoted);
    buffer_reserve(&input->unquoted, most + 1);
    for (size_t i = 0; i < csv->count; i++) {
        if (csv->cells[i].at) {
            continue;
        }
        const char *from = csv->raw.at + csv->places[i] + 1;
        size_t begin = input->unquoted.len;
        for (size_t k = 0; k < csv->cells[i].len; k++) {
            buffer_add_char(&input->unquoted, from[k]);
            k += from[k] == '"';
        }
        csv->cells[i] = (struct slice){input->unquoted.text + begin,
                                       input->unquoted.len - begin};
    }
}

/* Parses the record at input->at.  Returns false when the window ends before
 * it does, and there is more. */
static bool
parse_record(struct csv *csv)
{
    struct csv_input *input = csv->input;
    const char *base = input->window + input->at;
    const char *end = input->window + input->len;
    const char *at = base;
    unsigned char high = 0;
    uint32_t newlines = 0;
    csv->count = 0;
    csv->mistake = NULL;
    for (;;) {
        const char *from = at;
        struct slice cell;
        bool quoted = *at == '"' && at < end;
        if (quoted) {
            bool doubled = false;
            size_t behind =
                quoted_end(input, (size_t)(at + 1 - input->window), &doubled);
            bool open = behind == SIZE_MAX;
            if (open && !input->ended) {
                return false;
            }
            at = open ? end : input->window + behind;
            cell =
                (struct slice){from + 1, (size_t)(at - from) - (open ? 1 : 2)};
            if (open) {
                note_mistake(csv, "a quote that is not closed",
                             (size_t)(from - base), (size_t)(from - base) + 1);
            }
            for (size_t i = 0; i < cell.len; i++) {
                high |= (unsigned char)cell.at[i];
                newlines += cell.at[i] == '\n';
            }
            if (memchr(cell.at, '\0', cell.len)) {
                note_mistake(csv, "a byte 0", (size_t)(from - base),
                             (size_t)(at - base));
            }
            cell.at = doubled ? NULL : cell.at;
        }
        const char *rest = at;
        enum byte_class class;
        for (;;) {
            while (
                (class = (enum byte_class)input->classes[(unsigned char)*at]) ==
                BYTE_TEXT) {
                high |= (unsigned char)*at++;
            }
            if (class != BYTE_NUL) {
                break;
            }
            note_mistake(csv, "a byte 0", (size_t)(at - base),
                         (size_t)(at - base) + 1);
            at++;
        }
        if (at >= end && !input->ended) {
            return false;
        }
        if (class == BYTE_CR && at + 1 >= end && !input->ended) {
            return false;
        }
        at = at > end ? end : at;
        if (quoted && at > rest) {
            note_mistake(csv, "text behind a closing quote",
                         (size_t)(rest - base), (size_t)(at - base));
        }
        if (!quoted) {
            cell = (struct slice){from, (size_t)(at - from)};
        }
        add_cell(csv, cell, (size_t)(from - base), (size_t)(at - base));
        if (class == BYTE_SEPARATOR && at < end) {
            at++;
            continue;
        }
        break;
    }
    csv->raw = (struct slice){base, (size_t)(at - base)};
    csv->line = input->line;
    if (at < end) {
        at += at[0] == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
        newlines++;
    }
    input->line += newlines;
    input->at = (size_t)(at - input->window);
    if (high & 0x80) {
        size_t bad = utf8_check(csv->raw);
        if (bad < csv->raw.len) {
            note_mistake(csv, "a byte that is not UTF-8", bad, bad + 1);
        }
    }
    undouble(csv);
    return true;
}

enum csv_status
csv_next(struct csv *csv)
{
    struct csv_input *input = csv->input;
    for (;;) {
        if (input->at == input->len && input->ended) {
            return CSV_END;
        }
        if (parse_record(csv)) {
            bool blank = csv->count == 1 && csv->raw.len == 0;
            if (blank) {
                continue;
            }
            return csv->mistake ? CSV_BAD : CSV_RECORD;
        }
        /* More of the file, behind what there is of the record. */
        size_t kept = input->len - input->at;
        if (kept > CSV_RECORD_MAX) {
            note_mistake(csv, "a record without an end: is a quote missing?", 0,
                         1);
            csv->raw = (struct slice){input->window + input->at, 80};
            csv->line = input->line;
            csv->count = 0;
            input->at = input->len;
            input->ended = true;
            return CSV_BAD;
        }
        memmove(input->window, input->window + input->at, kept);
        input->at = 0;
        input->len = kept;
        if (!read_more(csv)) {
            return CSV_FAILED;
        }
    }
}

void
csv_hash(const struct csv *csv, struct buffer *hash)
{
    const struct csv_input *input = csv->input;
    buffer_clear(hash);
    buffer_format(hash, "%08lx%08lx-%llu", (unsigned long)input->crc,
                  (unsigned long)input->adler,
                  (unsigned long long)input->bytes);
}

int
csv_hash_file(const char *path, struct buffer *hash)
{
    struct csv csv;
    bool done = csv_open(&csv, path);
    while (done && !csv.input->ended) {
        csv.input->len = 0;
        done = read_more(&csv);
    }
    int error = done ? 0 : csv.error;
    csv_hash(&csv, hash);
    csv_close(&csv);
    return error;
}

void
csv_add_cell(struct buffer *out, struct slice cell, char separator)
{
    bool quotes =
        cell.len && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' ');
    for (size_t i = 0; !quotes && i < cell.len; i++) {
        char c = cell.at[i];
        quotes = c == separator || c == '"' || c == '\n' || c == '\r' ||
                 c == ',' || c == ';' || c == '\t';
    }
    if (!quotes) {
        buffer_add_slice(out, cell);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"') {
            buffer_add_char(out, '"');
        }
        buffer_add_char(out, cell.at[i]);
    }
    buffer_add_char(out, '"');
}
