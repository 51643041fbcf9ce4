# A movement by an amount may begin at 0, one by per cent may not; what is
# unknown has no power.
exec 2>&1
cat >facts.assay <<'END'
metric n flow yearly in B USD
actual 2018 n = 0 on 2019-01-01
actual 2020 n = 7 up 5B USD from 2018 on 2021-01-01
actual 2021 n = 5 up 5B USD from 2018 on 2022-01-01
actual 2022 n = 5 up 5% from 2018 on 2023-01-01
rule moves for every movement require consistent
END
assay check facts.assay | grep -v "^ *$"
assay run - <<'END'
metric s flow yearly
actual s: 2020 = 2, 2022 = 3
show s ^ 0, 1 ^ s, s ? 9 for 2020..2022
END
true
