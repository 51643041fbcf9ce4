/* A fact as somebody could have stated it: canonical text that reads back as
 * the same fact.  Export, history and the comparison of bases are made of it.
 */
#ifndef EVAL_FACT_TEXT_H
#define EVAL_FACT_TEXT_H

#include "eval/scope.h"

/* Fills what the detail of a fact says; texts are in ARENA. */
void fact_read_detail(struct session *session, const struct fact *fact,
                      struct arena *arena, struct fact_detail *detail);

/* Appends the figure: actual 2021 exports[KR]. */
void fact_print_figure(struct session *session, const struct fact *fact,
                       struct buffer *text);

/* Appends what is said of it: = 644.5B USD record up 25.8% from 2020. */
void fact_print_assertion(struct session *session, const struct fact *fact,
                          const struct fact_detail *detail,
                          struct buffer *text);

/* Appends the day as `on` takes it: 2023-10-05, ..2023-10-05. */
void fact_print_day(day_number day, bool before, struct buffer *text);

#endif
