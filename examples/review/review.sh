#!/bin/sh
# Judges the figures in facts/ by the policies, and writes four reports into the
# folder reports/. Ends with the status of the review.
set -u
cd "$(dirname "$0")" || exit 4
mkdir -p reports
assay check policies facts waivers.assay \
    --baseline baseline.txt \
    --sarif reports/review.sarif --junit reports/review.xml \
    --markdown reports/review.md >reports/review.txt
