# The same bounds from the command line.
cat >facts.assay <<'END'
include "std:plausibility"
metric exports "Exports of goods" flow yearly in B USD
actual exports: 2020 = 100, 2021 = 125, 2022 = 100, 2023 = 110
END
assay check facts.assay | tail -n 2
assay check --set largest_growth=20% facts.assay | tail -n 2
assay check --set largest_growth=9% facts.assay | tail -n 2
