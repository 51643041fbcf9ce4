#include "report/output.h"

enum { OUTPUT_BLOCK = 32768 };

bool
output_flush(struct output *output)
{
    struct slice text = buffer_slice(&output->text);
    if (!output->failed && text.len) {
        output->failed =
            !output->target.write(output->target.context, text.at, text.len);
    }
    buffer_clear(&output->text);
    return !output->failed;
}

bool
output_step(struct output *output)
{
    if (output->text.len >= OUTPUT_BLOCK) {
        return output_flush(output);
    }
    return !output->failed;
}
