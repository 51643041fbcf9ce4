/* The lines that the World Bank puts above the header of its wide files: where
 * the data come from, and when they were updated last. */
#include "eval/import/import.h"

#include "eval/import/sdmx.h"

enum { PREAMBLE_CELLS = 3 };

/* Is the record a line NAME,VALUE and perhaps an empty cell? */
static bool
says(const struct csv *csv, const char *name)
{
    return csv->count >= 2 && csv->count <= PREAMBLE_CELLS &&
           sdmx_same_id(cell_trim(csv->cells[0]), slice_of(name)) &&
           (csv->count < PREAMBLE_CELLS || csv->cells[2].len == 0);
}

enum csv_status
preamble_skip(struct csv *csv, enum csv_status status, day_number *published)
{
    *published = DAY_NONE;
    while (status == CSV_RECORD) {
        bool updated = says(csv, "Last Updated Date");
        if (!updated && !says(csv, "Data Source")) {
            break;
        }
        if (updated && !day_parse(cell_trim(csv->cells[1]), published)) {
            *published = DAY_NONE;
        }
        status = csv_next(csv);
    }
    return status;
}
