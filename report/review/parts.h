/* What the formats of a review share: which findings are told and in which
 * order, where they are, and what is said of them in words.
 *
 * A finding is *told* when it failed or could not be decided; passes and what
 * does not apply are for those formats alone that list every case.  Texts come
 * out with hidden characters escaped, unless a comment says raw.  Private to
 * report/review/.
 */
#ifndef REPORT_REVIEW_PARTS_H
#define REPORT_REVIEW_PARTS_H

#include "base/diagnostic.h"
#include "report/output.h"
#include "report/review/review.h"

struct writer {
    const struct review *review;          /* borrows; NULL for tests */
    const struct review_options *options; /* borrows */
    struct output *output;                /* borrows */
    struct buffer *out;                   /* its text */
};

/* One for each format, in a file of its own. */
void write_text(struct writer *writer);
void write_csv(struct writer *writer);
void write_json(struct writer *writer);
void write_markdown(struct writer *writer);
void write_sarif(struct writer *writer);
void write_junit(struct writer *writer);
void write_tap(struct writer *writer);
void write_github(struct writer *writer);
void write_gitlab(struct writer *writer);
void write_html(struct writer *writer);

/* Which findings ------------------------------------------------------- */

/* Failed, and neither known nor waived. */
bool finding_is_new(const struct review_finding *finding);
bool finding_is_told(const struct review_finding *finding);

/* "fail", "known", "waived", "unknown", "pass", "not applicable". */
const char *finding_word(const struct review_finding *finding);

/* The findings that are told, *COUNT of them, worst first, as a review has them
 * already (eval/review.h); who filled one otherwise gets the same.  Free it
 * with free(). */
const struct review_finding **findings_by_weight(const struct review *review,
                                                 size_t *count);

/* Where -------------------------------------------------------------- */

/* Where a finding is; if it has no place, that of its first fact, its rule or
 * its policy.  The file is NULL when nobody has one. */
struct review_place finding_place(const struct review_finding *finding);

/* Appends "file:line:column". */
void add_place(struct buffer *out, const struct review_place *place,
               bool ascii);

/* The path as a forge wants it, from the root of the repository: without "./",
 * and without the folder of the options.  Raw; borrows from FILE. */
struct slice place_path(const struct writer *writer, const char *file);

/* The place of a message; false if it has none.  Borrows from the sources. */
bool diagnostic_place_of(const struct writer *writer,
                         const struct diagnostic *record,
                         struct review_place *place);

/* How many messages go into a report: all of the options, if any. */
size_t diagnostic_count(const struct writer *writer);

/* In words ------------------------------------------------------------ */

/* Has the rule words of its own for this finding? */
bool finding_has_message(const struct review_finding *finding);

/* Appends what is said of a finding, as one line: the rule's message, or what
 * does not hold, and why something is unknown. */
void add_message(struct buffer *out, const struct review_finding *finding,
                 bool ascii);

/* Appends TEXT with hidden characters escaped, but for line breaks. */
void add_visible_lines(struct buffer *out, const char *text);

/* Appends what a rule says of itself, as Markdown without a heading. */
void add_rule_markdown(struct buffer *out, const struct review_rule *rule);

/* Appends "target is 685B USD; 103% * forecast is 670.5B USD; the difference
 * is ..." as one line; nothing when there are no operands. */
void add_operands(struct buffer *out, const struct review_finding *finding,
                  bool ascii);

/* Appends how an output block differs, each line behind a line break; nothing
 * when it is no such finding. */
void add_difference(struct buffer *out, const struct review_finding *finding);

/* Appends the difference alone: "14.5B USD (2.2%), tolerance 0.5%". */
void add_imbalance(struct buffer *out, const struct review_finding *finding,
                   bool ascii);

/* Appends who said it and when: "motie, 2023-02-15, source yonhap". */
void add_origin(struct buffer *out, const struct review_fact *fact, bool ascii);

/* Appends "until 2024-03-31, by X: because". */
void add_waiver(struct buffer *out, const struct review_waiver *waiver,
                bool ascii);

/* Appends "retracted: SUBJECT: REASON", "left out: RULE for SUBJECT: ...". */
void add_note(struct buffer *out, const struct review_note *note, bool ascii);

/* Appends "RULE for SUBJECT, SUBJECT". */
void add_waived(struct buffer *out, const struct review_waiver *waiver,
                bool ascii);

/* Appends "6 rules, 48 subjects: 40 pass, ...", all counts. */
void add_counts(struct buffer *out, const struct review *review);

/* "1 rule", "2 rules". */
void add_count(struct buffer *out, size_t count, const char *noun);

/* Rules that found no subject though they need one. */
size_t empty_rules(const struct review *review);

#endif
