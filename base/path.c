#include "base/path.h"

#include <string.h>

bool
path_ends_with(const char *path, const char *ending)
{
    size_t len = strlen(path);
    size_t end = strlen(ending);
    if (len <= end || path[len - end - 1] == '/') {
        return false;
    }
    for (size_t i = 0; i < end; i++) {
        char c = path[len - end + i];
        char small = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (small != ending[i]) {
            return false;
        }
    }
    return true;
}

bool
path_is_table(const char *path)
{
    return path_ends_with(path, ".csv") || path_ends_with(path, ".csv.gz") ||
           path_ends_with(path, ".tsv") || path_ends_with(path, ".tsv.gz");
}
