/* The codes of all messages.  A code is never used again for something else;
 * each has a page under docs/errors/. */
#ifndef BASE_DIAGNOSTIC_CODES_H
#define BASE_DIAGNOSTIC_CODES_H

/* X(name, text, title) */
#define DIAGNOSTIC_CODES(X)                                                    \
    X(NOT_UTF8, "E0101", "the text is not UTF-8")                              \
    X(STRAY_CHARACTER, "E0102", "a character that Assay does not use")         \
    X(UNCLOSED_STRING, "E0103", "a text without its closing quote")            \
    X(BAD_ESCAPE, "E0104", "an escape that texts do not have")                 \
    X(BAD_NUMBER, "E0105", "a number written in another notation")             \
    X(BAD_PERIOD, "E0106", "a period or date that does not exist")             \
    X(LOOK_ALIKE, "E0107", "a character that looks like another")              \
    X(SYNTAX, "E0108", "a word that does not fit here")                        \
    X(UNFINISHED, "E0109", "a statement that stops too early")                 \
    X(TOO_DEEP, "E0110", "brackets nested too deeply")                         \
    X(TOO_LONG, "E0111", "a statement that is too long")                       \
    X(NUMBER_RANGE, "E0112", "a number beyond what can be kept")               \
    X(NAME_TAKEN, "E0201", "a name that stands for something else")            \
    X(NAME_RESERVED, "E0202", "a name that cannot be declared")                \
    X(UNKNOWN_METRIC, "E0203", "an unknown metric")                            \
    X(UNKNOWN_KIND, "E0204", "an unknown kind")                                \
    X(UNKNOWN_DIMENSION, "E0205", "an unknown dimension")                      \
    X(UNKNOWN_MEMBER, "E0206", "an unknown member")                            \
    X(UNKNOWN_ACTOR, "E0207", "an unknown actor")                              \
    X(UNKNOWN_SOURCE, "E0208", "an unknown source")                            \
    X(UNKNOWN_UNIT, "E0209", "an unknown unit")                                \
    X(UNKNOWN_FUNCTION, "E0210", "an unknown function")                        \
    X(UNKNOWN_PARAM, "E0211", "an unknown parameter")                          \
    X(UNKNOWN_CALENDAR, "E0212", "an unknown calendar")                        \
    X(AMBIGUOUS, "E0213", "a name that could be two things")                   \
    X(WRONG_CLASS, "E0214", "a name of another sort")                          \
    X(UNKNOWN_NAME, "E0215", "an unknown name")                                \
    X(UNKNOWN_TOPIC, "E0216", "an unknown topic or list")                      \
    X(UNKNOWN_SETTING, "E0217", "an unknown setting")                          \
    X(DIMENSION_MISSING, "E0218", "a dimension that the metric does not have") \
    X(UNIT_MISMATCH, "E0301", "units that do not go together")                 \
    X(TYPE_MISMATCH, "E0302", "a value of another sort")                       \
    X(FREQUENCY_MISMATCH, "E0303", "frequencies that do not go together")      \
    X(RATE_ARITHMETIC, "E0304", "arithmetic that rates do not have")           \
    X(ARGUMENTS, "E0305", "arguments that do not fit the function")            \
    X(RECURSION, "E0306", "a definition that uses itself")                     \
    X(CHAINED, "E0307", "a chain of comparisons")                              \
    X(NOT_CONSTANT, "E0308", "a value that must be constant")                  \
    X(PATTERN, "E0309", "a pattern that cannot be read")                       \
    X(EMPTY_RANGE, "E0310", "a range or tolerance that holds nothing")         \
    X(NO_PERIOD, "E0401", "a fact without a period")                           \
    X(MANY_PERIODS, "E0402", "a fact for a range of periods")                  \
    X(NOT_ONE_CELL, "E0403", "a fact that names more than one cell")           \
    X(NOT_ONCE, "E0404", "a period where the metric has none")                 \
    X(NOT_A_VALUE, "E0405", "a fact whose value is no number")                 \
    X(TWICE, "E0406", "something said twice")                                  \
    X(BAD_DATE, "E0407", "a date that cannot be used here")                    \
    X(NO_FOCUS, "E0501", "nothing that this could refer to")                   \
    X(NEEDS_CHECK, "E0502", "a condition as a statement")                      \
    X(FRAME_SIZE, "E0503", "a question that is too large")                     \
    X(NOTHING_KNOWN, "E0504", "nothing known to compare or draw")              \
    X(CLAUSE, "E0505", "a clause that does not fit")                           \
    X(NOT_YET, "E0599", "a statement that does not run yet")                   \
    X(CANNOT_OPEN, "E0601", "a fact base that cannot be opened")               \
    X(NOT_A_BASE, "E0602", "a file that is no fact base")                      \
    X(NEWER_BASE, "E0603", "a fact base of a newer version")                   \
    X(BASE_BUSY, "E0604", "a fact base in use by another process")             \
    X(BASE_READ_ONLY, "E0605", "a fact base that may not be written")          \
    X(BASE_FAILED, "E0606", "a fact base that failed")                         \
    X(BASE_CORRUPT, "E0607", "a damaged fact base")                            \
    X(CANNOT_READ, "E0608", "a file that cannot be read")                      \
    X(INCLUDE_CYCLE, "E0609", "files that include one another")                \
    X(CANNOT_WRITE, "E0610", "output that cannot be written")                  \
    X(INTERRUPTED, "E0611", "an interrupted statement")                        \
    X(USAGE, "E0612", "a command line that is wrong")                          \
    X(FILE_FORM, "E0613", "a file whose form is not known")                    \
    X(MAY_NOT_WRITE, "E0614", "a file that may not be written from here")      \
    X(CANNOT_DRAW, "E0615", "a chart that cannot be drawn")                    \
    X(MAY_NOT_REPLACE, "E0616", "a file that may not be replaced")             \
    X(DECLARED, "N0701", "a name declared by its first use")                   \
    X(SHADOWED_KEYWORD, "W0702", "a name that was read as a keyword")          \
    X(NOTE, "N0703", "a remark")                                               \
    X(BAD_MAPPING, "E0801", "a mapping that does not fit the file")            \
    X(BAD_CELL, "E0802", "a cell that cannot be imported")                     \
    X(BAD_CSV, "E0803", "a line that is no record")                            \
    X(IMPORTED_BEFORE, "W0804", "a file that was imported before")             \
    X(NOTHING_TO_RETRACT, "E0805", "nothing that could be taken back")         \
    X(RULE, "E0901", "a rule or waiver that is not complete")                  \
    X(RULE_TWICE, "E0902", "a rule or policy declared twice")                  \
    X(UNKNOWN_RULE, "E0903", "an unknown rule")                                \
    X(RULE_CONSTANT, "W0904", "a condition that can never vary")               \
    X(BUDGET, "E0905", "a budget that was used up")                            \
    X(BASELINE, "E0906", "a baseline that cannot be read")                     \
    X(NOT_NAMED, "E0907", "a file that the command line did not name")         \
    X(DOCUMENT, "W0908", "a block of a document that does not run")

enum diagnostic_code {
    DIAGNOSTIC_NONE,
#define X(name, text, title) DIAGNOSTIC_##name,
    DIAGNOSTIC_CODES(X)
#undef X
        DIAGNOSTIC_CODE_COUNT
};

#endif
