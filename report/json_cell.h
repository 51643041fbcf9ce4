/* One cell as members of a JSON object; report.h says which. */
#ifndef REPORT_JSON_CELL_H
#define REPORT_JSON_CELL_H

#include "eval/result.h"
#include "report/json.h"

/* Appends the member NAME and those that go with it.  COLUMN comes from
 * head_copy. */
void json_cell_add(struct json_writer *json, const struct result_column *column,
                   const char *name, const struct result_value *value);

#endif
