/* JSON, written piece by piece into a buffer.
 *
 * The writer puts the commas and knows how deep it is, nothing else; whoever
 * calls it keeps keys and values in turn.  What it writes is valid UTF-8 even
 * if the texts are not, and hidden characters are escaped, so that a document
 * cannot drive a terminal.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/buffer.h"

struct json_writer {
    struct buffer *out; /* borrows */
    int depth;          /* objects and arrays that are open */
    bool ascii;         /* escape every other character too */
    bool needs_comma;   /* something stands before in this object or array */
};

void json_init(struct json_writer *json, struct buffer *out);

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

/* The name of the value that comes next; the second form is PREFIX followed
 * by SUFFIX. */
void json_key(struct json_writer *json, const char *name);
void json_key_joined(struct json_writer *json, const char *prefix,
                     const char *suffix);

void json_slice(struct json_writer *json, struct slice text);
void json_int(struct json_writer *json, int64_t value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* A NUL-terminated text; NULL is null. */
void json_text(struct json_writer *json, const char *text);

/* The shortest digits that read back; null for what is not finite. */
void json_number(struct json_writer *json, double value);

/* A newline before the next value or key; a comma before it if needed. */
void json_break(struct json_writer *json);

#endif
