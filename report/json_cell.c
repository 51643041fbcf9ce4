#include "report/json_cell.h"

#include "eval/cell.h"
#include "eval/digits.h"

/* The bounds of a number, unless they are the point itself. */
static void
add_bounds(struct json_writer *json, const struct result_column *column,
           const char *name, const struct result_value *value)
{
    if (value->relation == RELATION_EQUAL &&
        (!value->has_bounds || interval_is_point(value->bounds))) {
        return;
    }
    double low = digits_in_unit(column, value->bounds.low);
    double high = digits_in_unit(column, value->bounds.high);
    if (isfinite(low) && value->relation != RELATION_AT_MOST) {
        json_key_joined(json, name, "_low");
        json_number(json, low);
    }
    if (isfinite(high) && value->relation != RELATION_AT_LEAST) {
        json_key_joined(json, name, "_high");
        json_number(json, high);
    }
}

/* What a number brings along. */
static void
add_companions(struct json_writer *json, const struct result_column *column,
               const char *name, const struct result_value *value)
{
    struct buffer text = {0};
    struct cell_style style = cell_style_alone(column);
    if (*column->unit) {
        json_key_joined(json, name, "_unit");
        json_text(json, value->unit ? value->unit : column->unit);
    }
    style.ascii = json->ascii;
    cell_add(&text, column, value, &style);
    json_key_joined(json, name, "_text");
    json_slice(json, buffer_slice(&text));
    buffer_free(&text);
    if (digits_are_known(column, value)) {
        json_key_joined(json, name, "_basis");
        json_text(json, basis_word(value->basis));
        add_bounds(json, column, name, value);
    }
}

/* A period or a date as a string; null for none. */
static void
add_time(struct json_writer *json, const struct result_value *value)
{
    struct buffer text = {0};
    buffer_clear(&text);
    if (value->type == VALUE_PERIOD) {
        period_print(&text, value->period, value->fiscal);
    } else if (value->day > DAY_NONE) {
        buffer_add_text(&text, value->before ? ".." : "");
        day_print(&text, value->day);
    }
    json_text(json, text.len ? text.text : NULL);
    buffer_free(&text);
}

static void
add_value(struct json_writer *json, const struct result_column *column,
          const struct result_value *value)
{
    bool is_point = value->relation == RELATION_EQUAL;
    /* Empty text stands for an empty cell in a column of another type. */
    bool is_text = column->type == VALUE_TEXT || value->text.len;
    switch (value->type) {
    case VALUE_UNKNOWN:
        json_null(json);
        break;
    case VALUE_NUMBER:
        json_number(json,
                    is_point ? digits_in_unit(column, value->number) : NAN);
        break;
    case VALUE_TRUTH:
        json_bool(json, value->truth);
        break;
    case VALUE_TEXT:
        if (is_text) {
            json_slice(json, value->text);
        } else {
            json_null(json);
        }
        break;
    case VALUE_PERIOD:
    case VALUE_DATE:
        add_time(json, value);
        break;
    }
}

void
json_cell_add(struct json_writer *json, const struct result_column *column,
              const char *name, const struct result_value *value)
{
    json_key(json, name);
    add_value(json, column, value);
    if (column->type == VALUE_NUMBER && value->type != VALUE_TEXT) {
        add_companions(json, column, name, value);
    }
    if (value->type == VALUE_UNKNOWN && value->reason) {
        json_key_joined(json, name, "_reason");
        json_text(json, value->reason);
    }
}
