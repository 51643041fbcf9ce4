#include "report/head.h"

#include "base/buffer.h"

static const char *
copy_text(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

struct result_head
head_copy(struct arena *arena, const struct result_head *head)
{
    struct result_column *columns =
        arena_array(arena, struct result_column, head->count);
    for (size_t i = 0; i < head->count; i++) {
        const struct result_column *from = &head->columns[i];
        struct result_column *column = &columns[i];
        *column = *from;
        column->name = copy_text(arena, from->name ? from->name : "");
        column->heading =
            from->heading ? copy_text(arena, from->heading) : column->name;
        column->unit = copy_text(arena, from->unit ? from->unit : "");
        column->factor = from->factor != 0 ? from->factor : 1;
    }
    return (struct result_head){copy_text(arena, head->title), columns,
                                head->count, head->chart};
}

static bool
is_taken(const char **names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

const char **
head_names(struct arena *arena, const struct result_head *head)
{
    const char **names = arena_array(arena, const char *, head->count + 1);
    struct buffer name = {0};
    for (size_t i = 0; i < head->count; i++) {
        names[i] = head->columns[i].name;
        for (int number = 2; is_taken(names, i, names[i]); number++) {
            buffer_clear(&name);
            buffer_format(&name, "%s_%d", head->columns[i].name, number);
            names[i] = arena_copy(arena, name.text, name.len);
        }
    }
    buffer_free(&name);
    return names;
}

struct result_value
head_keep_value(struct arena *arena, const struct result_value *value)
{
    struct result_value kept = *value;
    if (value->type == VALUE_TEXT) {
        kept.text.at = arena_copy(arena, value->text.at, value->text.len);
    }
    kept.unit = copy_text(arena, value->unit);
    kept.reason = copy_text(arena, value->reason);
    return kept;
}
