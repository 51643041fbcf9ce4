/* What the program's exit status means. */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

enum status {
    STATUS_DONE = 0,
    STATUS_FALSE = 1,     /* a check was false */
    STATUS_WRONG = 2,     /* the text, its input or the command line */
    STATUS_UNDECIDED = 3, /* a check was unknown */
    STATUS_SYSTEM = 4,    /* the fact base or the system failed */
    STATUS_FAULT = 70,    /* a fault of ours */
    STATUS_INTERRUPTED = 130,
};

#endif
