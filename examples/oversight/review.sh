#!/bin/sh
# Judges what the ministries have reported, and writes what a cabinet office
# reads. Ends with the status of the review.
set -u
cd "$(dirname "$0")" || exit 4
mkdir -p reports
assay check policies facts waivers.assay \
    --markdown reports/cabinet.md --csv reports/findings.csv >reports/cabinet.txt
