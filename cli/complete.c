#include "cli/complete.h"

void
completions_init(struct completions *found)
{
    *found = (struct completions){0};
    arena_init(&found->arena);
    found->items = arena_array(&found->arena, struct completion, COMPLETE_MOST);
}

void
completions_free(struct completions *found)
{
    arena_free(&found->arena);
}

void
completions_add(struct completions *found, const char *word, const char *note)
{
    if (found->count == COMPLETE_MOST) {
        return;
    }
    found->items[found->count++] = (struct completion){
        arena_copy(&found->arena, word, strlen(word)),
        note ? arena_copy(&found->arena, note, strlen(note)) : NULL,
    };
}

struct slice
completions_shared(const struct completions *found)
{
    struct slice shared = {"", 0};
    if (found->count) {
        shared = slice_of(found->items[0].word);
    }
    for (size_t i = 1; i < found->count; i++) {
        const char *word = found->items[i].word;
        size_t len = 0;
        while (len < shared.len && word[len] == shared.at[len]) {
            len++;
        }
        shared.len = len;
    }
    if (found->count > 1) {
        while (shared.len && (shared.at[shared.len] & 0xC0) == 0x80) {
            shared.len--;
        }
    }
    return shared;
}

/* The word that begins at AT. */
static struct slice
word_at(struct slice text, size_t at)
{
    size_t len = 0;
    while (at + len < text.len && text.at[at + len] >= 'a' &&
           text.at[at + len] <= 'z') {
        len++;
    }
    return (struct slice){text.at + at, len};
}

static bool
takes_path(struct slice word)
{
    return slice_is(word, "import") || slice_is(word, "export") ||
           slice_is(word, "include");
}

/* One pass over the text, by the few rules of the lexer that matter here:
 * what opens a text, a comment, a bracket and a statement. */
bool
complete_finds_path(struct slice text, struct slice *path, bool *in_text)
{
    bool starts = true; /* a statement may start here */
    bool wants = false; /* it takes a path, and has none yet */
    size_t open = 0;    /* behind the quote of an open text, or 0 */
    char quote = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (quote == '#' ? c == '\n' : quote == c) {
            wants = wants && quote != '"';
            quote = 0;
        } else if (quote == '"' && c == '\\') {
            i++;
        } else if (!quote && (c == '"' || c == '`' || c == '#')) {
            quote = c;
            open = i + 1;
        } else if (!quote && starts && c != ' ' && c != '\n') {
            wants = takes_path(word_at(text, i));
            starts = false;
        }
        if (!quote && (c == ';' || c == '\n')) {
            starts = c == ';' || text.at[i + (i + 1 < text.len)] != ' ';
        } else if (!quote && c == '(') {
            wants = false;
        }
    }
    *in_text = quote != 0;
    *path = (struct slice){text.at + open, text.len - open};
    return quote == '"' && wants;
}

static void
take_offer(void *context, const struct completion *completion)
{
    completions_add(context, completion->word, completion->note);
}

void
complete(struct session *session, struct slice text, struct completions *found)
{
    struct slice path;
    bool in_text;
    if (complete_finds_path(text, &path, &in_text)) {
        complete_path(path, found);
    } else if (!in_text) {
        found->typed =
            session_complete(session, text, COMPLETE_MOST, take_offer, found);
    }
}
