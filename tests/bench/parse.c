/*
 * Parses a file again and again, without its meaning.
 *
 *     parse FILE ROUNDS
 *
 * Prints the median and the best in MB/s, and the statements counted.
 */
#include "parser/parse.h"
#include "tests/bench/timing.h"

#include <stdio.h>
#include <stdlib.h>

static size_t
parse_all(struct slice text, double *took)
{
    struct atoms atoms;
    struct sources sources;
    struct diagnostics diagnostics;
    struct parser parser;
    const struct node *statement;
    enum parse_status status = PARSE_FAILED;
    size_t count = 0;
    atoms_init(&atoms);
    sources_init(&sources);
    diagnostics_init(&diagnostics);
    const struct source *source = sources_add(&sources, "text", text);
    parser_init(&parser, &atoms, &sources, &diagnostics);
    /* What is measured: check of the encoding, lexer, grammar, tree. */
    double start = timing_now();
    if (source && parser_start(&parser, source)) {
        while ((status = parser_next(&parser, &statement)) == PARSE_STATEMENT) {
            count++;
        }
    }
    *took = timing_now() - start;
    parser_free(&parser);
    diagnostics_free(&diagnostics);
    sources_free(&sources);
    atoms_free(&atoms);
    return status == PARSE_END ? count : 0;
}

int
main(int argc, char **argv)
{
    static double speeds[TIMING_ROUNDS_MAX];
    int rounds = argc == 3 ? atoi(argv[2]) : 0;
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    struct buffer text = {0};
    size_t statements = 0;
    if (!file || rounds < 1 || rounds > TIMING_ROUNDS_MAX) {
        fputs("usage: parse FILE ROUNDS\n", stderr);
        return 2;
    }
    for (size_t got = 1; got; text.len += got) {
        buffer_reserve(&text, 1 << 20);
        got = fread(text.text + text.len, 1, 1 << 20, file);
    }
    fclose(file);
    for (int round = -1; round < rounds; round++) { /* the first one warms */
        double took;
        statements = parse_all(buffer_slice(&text), &took);
        if (statements == 0) {
            fprintf(stderr, "parse: %s has mistakes\n", argv[1]);
            return 1;
        }
        if (round >= 0) {
            speeds[round] = (double)text.len / took * 1e-6;
        }
    }
    double middle = timing_median(speeds, rounds);
    printf("%.1f %.1f %zu %ld\n", middle, speeds[rounds - 1], statements,
           timing_peak());
    buffer_free(&text);
    return 0;
}
