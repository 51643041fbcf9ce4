/* How the names of two sessions differ, by the statements that declare them. */
#include "eval/difference/side.h"

/* The statement on one line: the breaks of a definition mean nothing. */
static void
add_statement(struct export_names *names, const struct export_name *name,
              struct buffer *text)
{
    struct buffer lines = {0};
    buffer_clear(text);
    export_print_name(names, name, &lines);
    for (size_t i = 0; i < lines.len; i++) {
        if (lines.text[i] != '\n') {
            buffer_add_char(text, lines.text[i]);
            continue;
        }
        buffer_add_char(text, ' ');
        while (i + 1 < lines.len && lines.text[i + 1] == ' ') {
            i++;
        }
    }
    buffer_free(&lines);
}

static void
tell_name(struct comparison *comparison, const struct export_name *name,
          struct buffer *before, struct buffer *after)
{
    struct buffer title = {0};
    struct buffer sentence = {0};
    export_print_title(name, &title);
    buffer_add_slice(&sentence, buffer_slice(before));
    buffer_add_text(&sentence, before->len && after->len ? " -> " : "");
    buffer_add_slice(&sentence, buffer_slice(after));
    struct difference one = {
        .change = !before->len  ? CHANGE_ADDED
                  : !after->len ? CHANGE_WITHDRAWN
                                : CHANGE_RESTATED,
        .is_name = true,
        .figure = title.text,
        .actor = "",
        .before = buffer_slice(before).at,
        .after = buffer_slice(after).at,
        .sentence = sentence.text,
    };
    comparison_tell(comparison, &one);
    buffer_free(&title);
    buffer_free(&sentence);
}

static void
merge(struct comparison *comparison, struct export_names *before,
      struct export_names *after)
{
    struct buffer texts[2] = {{0}, {0}};
    size_t i = 0;
    size_t k = 0;
    while (comparison->going && (i < before->count || k < after->count)) {
        const struct export_name *left =
            i < before->count ? &before->items[i] : NULL;
        const struct export_name *right =
            k < after->count ? &after->items[k] : NULL;
        int order = !left ? 1 : !right ? -1 : export_compare_names(left, right);
        buffer_clear(&texts[0]);
        buffer_clear(&texts[1]);
        if (order <= 0) {
            add_statement(before, left, &texts[0]);
            i++;
        }
        if (order >= 0) {
            add_statement(after, right, &texts[1]);
            k++;
        }
        if (!slice_equal(buffer_slice(&texts[0]), buffer_slice(&texts[1]))) {
            tell_name(comparison, order <= 0 ? left : right, &texts[0],
                      &texts[1]);
        }
    }
    buffer_free(&texts[0]);
    buffer_free(&texts[1]);
}

bool
comparison_tell_names(struct comparison *comparison)
{
    struct export_names names[2];
    bool listed =
        export_names_list(&names[0], comparison->sides[0].session, true);
    listed = export_names_list(&names[1], comparison->sides[1].session, true) &&
             listed;
    if (listed) {
        merge(comparison, &names[0], &names[1]);
    }
    export_names_free(&names[0]);
    export_names_free(&names[1]);
    return listed;
}
