#!/bin/sh
# Judges the figures in facts/ by the policies, and what briefing.md shows of
# them, and writes four reports into the folder reports/. Ends with the status of the review.
set -u
cd "$(dirname "$0")" || exit 4
mkdir -p reports
assay check policies facts waivers.assay briefing.md \
    --baseline baseline.txt \
    --sarif reports/review.sarif --junit reports/review.xml \
    --markdown reports/review.md >reports/review.txt
