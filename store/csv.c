/* The reader keeps a window of the file that holds the record whole. */
#include "store/csv.h"

#include "base/utf8.h"
#include "store/csv_ahead.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum {
    WINDOW = 1 << 18,
    BYTE_COUNT = 256,
    DAMAGED = -1, /* in place of an errno */
};

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
    int status = Z_OK;
    gzerror(input->file, &status);
    if (got < 0 || status == Z_BUF_ERROR) {
        csv->error = errno ? errno : DAMAGED;
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
    if (!csv->input) {
        return; /* it was never opened */
    }
    if (csv->ahead) {
        csv_ahead_close(csv);
    }
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

/* What is wrong, and what would do instead. */
static const struct mistake {
    const char *what;
    const char *help;
} open_quote = {"a quote that is not closed",
                "a quote in a cell is doubled, and the cell stands in quotes"},
  behind_quote = {"text behind a closing quote",
                  "a quote in a quoted cell is doubled"},
  zero = {"a byte 0", "the file is no text, or it is not in UTF-8"},
  not_utf8 = {"a byte that is not UTF-8", "save the file as UTF-8"},
  utf16 = {"this file is in UTF-16", "save it as UTF-8"},
  archive = {"this is no text but a spreadsheet or an archive",
             "save the sheet as CSV"},
  endless = {"a record without an end", "perhaps a quote is missing"};

static void
note_mistake(struct csv *csv, const struct mistake *mistake, size_t at,
             size_t end)
{
    if (!csv->mistake) {
        csv->mistake = mistake->what;
        csv->help = mistake->help;
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

/* Files of which the first bytes say that they are something else. */
static void
check_first(struct csv *csv, const char *window, size_t len)
{
    bool wide = len >= 2 && (memcmp(window, "\xFF\xFE", 2) == 0 ||
                             memcmp(window, "\xFE\xFF", 2) == 0);
    bool zip = len >= 4 && memcmp(window, "PK\3\4", 4) == 0;
    if (wide || zip) {
        note_mistake(csv, wide ? &utf16 : &archive, 0, 1);
    }
}

/* A record on its way. */
struct parse {
    const char *base;   /* its first byte */
    const char *end;    /* of the window */
    const char *at;     /* what comes next */
    unsigned char high; /* all bytes, or'ed */
    uint32_t newlines;
};

/* A cell in quotes; false when the window ends within it, and there is more of
 * the file. */
static bool
parse_quoted(struct csv *csv, struct parse *parse, struct slice *cell)
{
    struct csv_input *input = csv->input;
    const char *from = parse->at;
    size_t place = (size_t)(from - parse->base);
    bool doubled = false;
    size_t behind =
        quoted_end(input, (size_t)(from + 1 - input->window), &doubled);
    bool open = behind == SIZE_MAX;
    if (open && !input->ended) {
        return false;
    }
    parse->at = open ? parse->end : input->window + behind;
    *cell =
        (struct slice){from + 1, (size_t)(parse->at - from) - (open ? 1 : 2)};
    if (open) {
        note_mistake(csv, &open_quote, place, place + 1);
    }
    for (size_t i = 0; i < cell->len; i++) {
        parse->high |= (unsigned char)cell->at[i];
        parse->newlines += cell->at[i] == '\n';
    }
    if (memchr(cell->at, '\0', cell->len)) {
        note_mistake(csv, &zero, place, (size_t)(parse->at - parse->base));
    }
    cell->at = doubled ? NULL : cell->at;
    return true;
}

/* Passes over text without quotes; returns what ends it. */
static inline enum byte_class
parse_plain(struct csv *csv, struct parse *parse)
{
    const uint8_t *classes = csv->input->classes;
    const char *at = parse->at;
    unsigned char high = parse->high;
    enum byte_class class;
    for (;;) {
        while ((class = (enum byte_class)classes[(unsigned char)*at]) ==
               BYTE_TEXT) {
            high |= (unsigned char)*at++;
        }
        if (class != BYTE_NUL) {
            break;
        }
        size_t place = (size_t)(at - parse->base);
        note_mistake(csv, &zero, place, place + 1);
        at++;
    }
    parse->at = at;
    parse->high = high;
    return class;
}

/* Parses one cell and what ends it; false when the window ends before, and
 * there is more. */
static inline bool
parse_cell(struct csv *csv, struct parse *parse, enum byte_class *class)
{
    const char *from = parse->at;
    struct slice cell;
    bool quoted = *from == '"' && from < parse->end;
    bool ended = csv->input->ended;
    if (quoted && !parse_quoted(csv, parse, &cell)) {
        return false;
    }
    const char *rest = parse->at;
    *class = parse_plain(csv, parse);
    bool cut = parse->at >= parse->end ||
               (*class == BYTE_CR && parse->at + 1 >= parse->end);
    if (cut && !ended) {
        return false;
    }
    const char *at = parse->at > parse->end ? parse->end : parse->at;
    parse->at = at;
    if (quoted && at > rest) {
        note_mistake(csv, &behind_quote, (size_t)(rest - parse->base),
                     (size_t)(at - parse->base));
    }
    if (!quoted) {
        cell = (struct slice){from, (size_t)(at - from)};
    }
    add_cell(csv, cell, (size_t)(from - parse->base),
             (size_t)(at - parse->base));
    return true;
}

/* The record is whole: takes it out of the window. */
static void
take_record(struct csv *csv, const struct parse *parse)
{
    struct csv_input *input = csv->input;
    const char *at = parse->at;
    csv->raw = (struct slice){parse->base, (size_t)(at - parse->base)};
    csv->line = input->line;
    input->line += parse->newlines;
    if (at < parse->end) {
        bool pair = at[0] == '\r' && at + 1 < parse->end && at[1] == '\n';
        csv->ends_in_crlf = pair;
        at += pair ? 2 : 1;
        input->line++;
    }
    input->at = (size_t)(at - input->window);
    if (parse->high & 0x80) {
        size_t bad = utf8_check(csv->raw);
        if (bad < csv->raw.len) {
            note_mistake(csv, &not_utf8, bad, bad + 1);
        }
    }
    undouble(csv);
}

/* Parses the record at input->at.  Returns false when the window ends before
 * it does, and there is more. */
static bool
parse_record(struct csv *csv)
{
    struct csv_input *input = csv->input;
    enum byte_class class;
    struct parse parse = {
        .base = input->window + input->at,
        .end = input->window + input->len,
        .at = input->window + input->at,
    };
    csv->count = 0;
    csv->mistake = NULL;
    csv->help = NULL;
    if (input->line == 1) {
        check_first(csv, parse.base, input->len - input->at);
    }
    for (;;) {
        if (!parse_cell(csv, &parse, &class)) {
            return false;
        }
        if (class != BYTE_SEPARATOR || parse.at >= parse.end) {
            break;
        }
        parse.at++;
    }
    take_record(csv, &parse);
    return true;
}

const char *
csv_reason(const struct csv *csv)
{
    switch (csv->error) {
    case EISDIR:
        return "it is a folder";
    case DAMAGED:
        return "it is packed by gzip, and cut off or damaged";
    default:
        return strerror(csv->error);
    }
}

enum csv_status
csv_next(struct csv *csv)
{
    struct csv_input *input = csv->input;
    if (csv->ahead) {
        return csv_ahead_next(csv);
    }
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
            note_mistake(csv, &endless, 0, 1);
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
