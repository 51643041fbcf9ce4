/* Numbers are written as differences, seven bits a byte, least first. */
#include "store/section.h"

#include "values/decimal.h"

enum { MORE = 0x80, LOW_BITS = 0x7F, SHIFT = 7, SHIFT_MAX = 63 };

static void
add_number(struct buffer *bytes, uint64_t number)
{
    while (number > LOW_BITS) {
        buffer_add_char(bytes, (char)(number | MORE));
        number >>= SHIFT;
    }
    buffer_add_char(bytes, (char)number);
}

/* Small negative numbers become small ones. */
static uint64_t
fold(int64_t number)
{
    return (uint64_t)number << 1 ^ (uint64_t)(number >> 63);
}

static int64_t
unfold(uint64_t number)
{
    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

void
section_start(struct section_writer *writer, struct buffer *bytes)
{
    *writer = (struct section_writer){.bytes = bytes};
}

/* Line and whether the shape is the last one's; shape if not; day; digits; the
 * record of a fact that has a detail. */
void
section_add(struct section_writer *writer, const struct fact *fact)
{
    struct section_state *last = &writer->last;
    struct section_state own = {fact_line(fact), fact_day(fact), fact->exponent,
                                fact->form};
    bool same = own.exponent == last->exponent && own.form == last->form;
    add_number(writer->bytes, (uint64_t)(own.line - last->line) << 1 | same);
    if (!same) {
        add_number(writer->bytes, fold(own.exponent));
        add_number(writer->bytes, own.form);
    }
    add_number(writer->bytes, fold((int64_t)own.day - last->day));
    add_number(writer->bytes, fold(fact->coefficient));
    if (own.form & FORM_DETAIL) {
        add_number(writer->bytes, (uint64_t)fact->record);
    }
    *last = own;
}

void
section_open(struct section_reader *reader, uint64_t cell, struct slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    *reader =
        (struct section_reader){.at = at, .end = at + bytes.len, .cell = cell};
}

/* Where the next number stands, and whether one was cut off or too long. */
struct cursor {
    const unsigned char *at;
    const unsigned char *end;
    bool broken;
};

static uint64_t
read_long(struct cursor *cursor)
{
    uint64_t number = 0;
    for (int shift = 0; cursor->at < cursor->end && shift <= SHIFT_MAX;
         shift += SHIFT) {
        unsigned char byte = *cursor->at++;
        number |= (uint64_t)(byte & LOW_BITS) << shift;
        if (!(byte & MORE)) {
            return number;
        }
    }
    cursor->broken = true;
    return 0;
}

/* Most numbers take a byte, digits two or three. */
static inline uint64_t
read_number(struct cursor *cursor)
{
    const unsigned char *at = cursor->at;
    if (cursor->end - at < 3) {
        return read_long(cursor);
    }
    if (!(at[0] & MORE)) {
        cursor->at = at + 1;
        return at[0];
    }
    uint64_t number = (at[0] & LOW_BITS) | (uint64_t)(at[1] & LOW_BITS)
                                               << SHIFT;
    if (!(at[1] & MORE)) {
        cursor->at = at + 2;
        return number;
    }
    if (!(at[2] & MORE)) {
        cursor->at = at + 3;
        return number | (uint64_t)at[2] << 2 * SHIFT;
    }
    return read_long(cursor);
}

bool
section_next(struct section_reader *reader, struct fact *fact)
{
    struct section_state last = reader->last;
    struct cursor cursor = {reader->at, reader->end, false};
    if (cursor.at == cursor.end || reader->broken) {
        return false;
    }
    uint64_t head = read_number(&cursor);
    uint64_t line = last.line + (head >> 1);
    bool sound = head >> 1 && line <= UINT32_MAX;
    if (!(head & 1)) {
        int64_t exponent = unfold(read_number(&cursor));
        uint64_t form = read_number(&cursor);
        bool kept = exponent >= -DECIMAL_EXPONENT_MAX &&
                    exponent <= DECIMAL_EXPONENT_MAX && form <= UINT16_MAX;
        last.exponent = kept ? (int16_t)exponent : 0;
        last.form = kept ? (uint16_t)form : 0;
        sound = sound && kept;
    }
    int64_t days = unfold(read_number(&cursor));
    bool near = days >= INT32_MIN && days <= INT32_MAX;
    int64_t day = last.day + (near ? days : 0);
    bool dated = near && day >= DAY_NONE && day <= DAY_MAX;
    last.line = (uint32_t)line;
    last.day = dated ? (day_number)day : DAY_NONE;
    fact->cell = reader->cell;
    fact->line_day = line << 32 | (uint32_t)last.day;
    fact->exponent = last.exponent;
    fact->form = last.form;
    fact->coefficient = unfold(read_number(&cursor));
    fact->record = last.form & FORM_DETAIL ? (int64_t)read_number(&cursor) : 0;
    reader->last = last;
    reader->at = cursor.at;
    reader->broken = cursor.broken || !sound || !dated;
    return !reader->broken;
}

bool
section_merge(uint64_t cell, struct slice old, struct slice new,
              struct buffer *bytes)
{
    struct section_reader readers[2];
    struct fact facts[2] = {{0}};
    bool some[2];
    struct section_writer writer;
    section_start(&writer, bytes);
    section_open(&readers[0], cell, old);
    section_open(&readers[1], cell, new);
    for (int i = 0; i < 2; i++) {
        some[i] = section_next(&readers[i], &facts[i]);
    }
    while (some[0] || some[1]) {
        uint32_t lines[2] = {some[0] ? fact_line(&facts[0]) : UINT32_MAX,
                             some[1] ? fact_line(&facts[1]) : UINT32_MAX};
        bool both = some[0] && some[1] && lines[0] == lines[1];
        bool later = fact_day(&facts[1]) >= fact_day(&facts[0]);
        int taken = both ? later : some[1] && lines[1] < lines[0];
        section_add(&writer, &facts[taken]);
        for (int i = 0; i < 2; i++) {
            if (both || i == taken) {
                some[i] = section_next(&readers[i], &facts[i]);
            }
        }
    }
    return !readers[0].broken && !readers[1].broken;
}
