/* Reading a CSV file in a thread; private to csv.c, which has the functions
 * that others call. */
#ifndef STORE_CSV_AHEAD_H
#define STORE_CSV_AHEAD_H

#include "store/csv.h"

enum csv_status csv_ahead_next(struct csv *csv);

/* Ends the thread and gives the reader back to CSV. */
void csv_ahead_close(struct csv *csv);

#endif
