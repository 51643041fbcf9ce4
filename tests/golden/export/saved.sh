# Names that mean something in a table, in tables as they come from export and as
# others save them: with CR LF, with a byte order mark, packed.
exec 2>&1
cat >figures.assay <<'END'
dimension country "C"; member KR of country; member US of country
dimension `kind`
member a of `kind`; member "_T" of `kind`; member "NA" of country; member " " of country
unit `unit` "A unit"
unit PT
metric `value` yearly in `unit` by country, `kind`
metric `period` yearly in % by country
metric rate monthly in pp
metric pt yearly in PT
metric q yearly
calendar fiscal starts 04-01 named by end
metric once1 once in USD
actor `NA`; actor `_Z`
source `..` on 2020-01-01
metric fy yearly in B USD on fiscal
actual 2020 `value`[country = "NA", `kind` = "_T"] = 5 `unit` by `NA` source `..` note "NA"
actual 2020 `value`[" ", a] = 5.00 `unit` by `_Z` note "OBS_STATUS P"
actual 2020 `value`[KR] = about 1e-30 `unit` note "OBS_STATUS P; x"
actual 2021 `value`[KR] = 1e30 `unit` note "OBS_STATUS PP"
actual 2022 `value`[KR] = 1e40 `unit` note "OBS_STATUS "
actual 2023 `value`[KR] = 123456789012345678 `unit` note "OBS_STATUS P; "
actual 2020 `period`[US] = 5.50% on ..2020-01-01
actual 2020 `period`[US] = 550% on 2020-01-01
actual 2020-01 rate = 0.0 pp
actual 2020-02 rate = -0.25 pp
actual 2020 pt = 5K PT
actual 2020 q = 0
actual 2021 q = 5B
actual FY2020 fy = 3
forecast FY2021 fy = nearly 3
forecast FY2022 fy in 3.. on 2020-02-03
forecast FY2023 fy in ..3.50 on 2020-02-03
actual once1 = 0T USD
pledge 2025 q >= 5 if "x, y" url "http://a,b"
estimate 2026 q = -5K up 3% from 2025 low
END
assay run -q --facts one.db figures.assay
assay export -q --facts one.db --vocabulary names.assay
for form in csv tsv sdmx; do
    assay export -q --facts one.db --format $form table
    cat table
    word=
    [ $form = sdmx ] && word=sdmx
    for how in plain crlf mark packed; do
        case $how in
        plain) cp table saved ;;
        crlf) sed 's/$/\r/' table >saved ;;
        mark) { printf '\357\273\277'; cat table; } >saved ;;
        packed) gzip -c table >saved ;;
        esac
        rm -f two.db
        assay run -q --facts two.db names.assay
        assay -q --facts two.db -e "import \"saved\" $word"
        assay export -q --facts two.db --format $form - | cmp - table
        echo "$form, $how: $(assay diff one.db two.db)"
    done
done
