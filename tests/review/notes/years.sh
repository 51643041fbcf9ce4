# Years of different calendars in one rule are noted once for each rule; a rule
# for fiscal years is about metrics that have them.
. ./try.sh
cat >out.assay <<'END'
calendar us starts 10-01 named by end
metric out flow yearly in B USD on us
metric gdp flow yearly in B USD
actual out: FY2020 = 10, FY2021 = 11; target FY2021 out = 9
actual gdp: 2020 = 100, 2021 = 110
END
rule 'rule share for every actual out require out < 20% * gdp' \
    'rule size for every out require out < gdp' \
    'rule told for every actual out require out > 1B USD otherwise "{out / gdp to %}"' \
    'rule where_ for every actual gdp where out < gdp require gdp > 1B USD' \
    'rule alone for every actual out for FY2020..FY2021 require out > 9B USD' \
    'rule fixed for every actual out for FY2021 require out < 2020 gdp'
try rule.assay out.assay
try -q --json - rule.assay out.assay | grep N0703
rule 'rule a for every actual out require out < gdp' \
    'rule b for every actual out for FY2021 require out > 10% * gdp' \
    'rule c for every actual gdp for FY2021 require gdp > 1B USD' \
    'rule d for actual FY2021 out require out > 1B USD otherwise "{gdp}"' \
    'rule e for every actual out for FY2021 let x = gdp require out > 1B USD'
try rule.assay out.assay
rule 'rule any for every figure for FY2020..FY2021 require figure > 1B USD'
try rule.assay out.assay
assay run out.assay - <<'END'
policy p
rule r for every actual out require out > gdp
why p.r for actual FY2021 out
END
