/* A fact as somebody could have stated it: canonical text that reads back as
 * the same fact.  Export, history and the comparison of bases are made of it.
 */
#ifndef EVAL_FACT_TEXT_H
#define EVAL_FACT_TEXT_H

#include "eval/scope.h"

/* Fills what the detail of a fact says; texts are in ARENA.  False when the
 * base failed (reported): then nothing may be told of the fact. */
bool fact_read_detail(struct session *session, const struct fact *fact,
                      struct arena *arena, struct fact_detail *detail);

/* Appends the figure: actual 2021 exports[KR]. */
void fact_print_figure(struct session *session, const struct fact *fact,
                       struct buffer *text);

/* Its parts: 2021, FY2021; the members of a line: [KR], or nothing. */
void fact_print_period(const struct session *session, const struct fact *fact,
                       struct buffer *text);
void fact_print_members(struct session *session, uint32_t line,
                        struct buffer *text);

/* Appends what is said of it: = 644.5B USD record up 25.8% from 2020. */
void fact_print_assertion(struct session *session, const struct fact *fact,
                          const struct fact_detail *detail,
                          struct buffer *text);

/* Its parts.  METRIC is the fact's, with the unit of the line: the value
 * without movements; digits with their unit; the unit, after a blank where it
 * takes one. */
void fact_print_value(struct session *session, const struct metric *metric,
                      const struct fact *fact, const struct fact_detail *detail,
                      struct buffer *text);
/* The value alone, as it was written: 644.5B USD, >= 700B USD. */
void fact_print_level(struct session *session, const struct fact *fact,
                      struct buffer *text);
void fact_print_amount(struct session *session, const struct metric *metric,
                       struct decimal decimal, struct buffer *text);
/* The half of a width, behind an amount that has a letter for its scale if
 * LETTERED, which a bare half would take too. */
void fact_print_half(struct session *session, const struct metric *metric,
                     struct decimal decimal, bool lettered,
                     struct buffer *text);
void fact_print_unit(struct session *session, unit_id id, struct buffer *text);

/* Can amounts be written with this unit?  Some that a metric made of others
 * have a name that only the metric can write. */
bool fact_names_unit(const struct session *session, unit_id id);

/* Appends the day as `on` takes it: 2023-10-05, ..2023-10-05. */
void fact_print_day(day_number day, bool before, struct buffer *text);

#endif
