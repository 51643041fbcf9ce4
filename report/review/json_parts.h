/* Pieces of JSON that a review's formats share.  Private to report/review/. */
#ifndef REPORT_REVIEW_JSON_PARTS_H
#define REPORT_REVIEW_JSON_PARTS_H

#include "report/json.h"
#include "report/review/parts.h"

/* Each appends a member NAME. */
void json_member(struct json_writer *json, const char *name, const char *text);
void json_count(struct json_writer *json, const char *name, size_t count);
void json_value(struct json_writer *json, const char *name,
                const struct review_value *value);
void json_place(struct json_writer *json, const char *name,
                const struct review_place *place);

/* Appends the member "errors": the messages of the options. */
void json_errors(struct json_writer *json, const struct writer *writer);

/* Appends the member "exit"; without FAIL_LEVEL when it is NULL. */
void json_exit(struct json_writer *json, enum review_status status,
               const char *outcome, const char *fail_level);

#endif
