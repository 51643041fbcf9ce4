# Why a rule has not judged a figure: nobody stated it, or which clause of the
# rule leaves it out.
cat >rule.assay <<'R'
include "figures.assay"
policy p
rule low for every target exports for 2023
    where country != KR
    where target < 600B USD
    require target < 500B
why not p.low for target 2023 exports[KR]
why not p.low for target 2023 exports[JP]
why not p.low for target 2023 exports[DE]
why not p.low for target 2024 exports[KR]
why not p.low for target 2023 exports[FR]
why not p.low for actual 2022 exports[KR]
why not p.low for target 2023 exports[EU]
R
assay run rule.assay 2>&1; echo "[$?]"
