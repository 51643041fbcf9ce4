#include "base/suggest.h"

#include <strings.h>

enum { SUGGEST_LONGEST = 64 };

/* Optimal string alignment (Damerau-Levenshtein without repeated edits of one
 * piece), three rows of the table kept. */
size_t
edit_distance(struct slice a, struct slice b, size_t limit)
{
    size_t rows[3][SUGGEST_LONGEST + 1];
    size_t *before = rows[0];
    size_t *above = rows[1];
    size_t *row = rows[2];
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (gap > limit || a.len > SUGGEST_LONGEST || b.len > SUGGEST_LONGEST) {
        return limit + 1;
    }
    for (size_t j = 0; j <= b.len; j++) {
        above[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        size_t least = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = a.at[i - 1] == b.at[j - 1];
            size_t cost = above[j - 1] + !same;
            cost = above[j] + 1 < cost ? above[j] + 1 : cost;
            cost = row[j - 1] + 1 < cost ? row[j - 1] + 1 : cost;
            bool swapped = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
                           a.at[i - 2] == b.at[j - 1];
            if (swapped && before[j - 2] + 1 < cost) {
                cost = before[j - 2] + 1;
            }
            row[j] = cost;
            least = cost < least ? cost : least;
        }
        if (least > limit) {
            return limit + 1;
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len] > limit ? limit + 1 : above[b.len];
}

void
suggestion_init(struct suggestion *suggestion, struct slice wanted)
{
    size_t reach = wanted.len < 5 ? 1 : wanted.len / 3;
    *suggestion = (struct suggestion){wanted, SLICE(""), reach + 1};
}

void
suggestion_offer(struct suggestion *suggestion, struct slice candidate)
{
    struct slice wanted = suggestion->wanted;
    if (suggestion->distance == 0 || candidate.len == 0 || wanted.len == 0) {
        return;
    }
    if (wanted.len == candidate.len &&
        strncasecmp(wanted.at, candidate.at, wanted.len) == 0) {
        suggestion->best = candidate;
        suggestion->distance = 0;
        return;
    }
    size_t limit = suggestion->distance - 1;
    size_t distance = edit_distance(wanted, candidate, limit);
    if (distance <= limit && distance < wanted.len) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}
