# What is told of a figure in `currency of country` is in the unit of its row: in
# messages, reports of all forms, `why` and tests.
. ./try.sh
cat >wages.assay <<'END'
dimension country
member KR of country; member JP of country
metric wages "Wages" flow yearly in currency of country by country
metric heads "Workers" stock yearly in person by country
metric won "Won a dollar" rate yearly in KRW/USD
metric yen "Yen a dollar" rate yearly in JPY/USD
actual won: 2022 = 1300, 2023 = 1300; actual yen: 2022 = 140, 2023 = 140
actual 2023 wages[KR] = 42M KRW; target 2023 wages[KR] = 40M KRW
forecast 2023 wages[KR] = 40.5M KRW
actual wages[JP]: 2022 = 4M JPY, 2023 = 4.8M JPY
target 2023 wages[JP] = 5M JPY
actual heads[KR]: 2023 = 20; actual heads[JP]: 2023 = 10
END
cat >rules.assay <<'END'
policy p
rule near for every actual wages
    let plan = target wages
    require actual wages <= plan
    otherwise "{country}: {wages} ({wages:,}), {plan} planned, {wages - plan:.1} more, {wages / heads} each, {wages to K USD}"
END
cat >>rules.assay <<'END'
rule within for every target wages
    require forecast wages = target wages within 1%
rule each for wages by country for 2023
    require wages / heads < 10 * change(wages) / heads
rule exact for every forecast wages
    require abs(forecast wages - target wages) <= 0.01 * target wages
END
cat >test.assay <<'END'
test "units of rows"
    given actual 2023 wages[KR] = 42M KRW
    given target 2023 wages[KR] = 40M KRW
    given actual 2023 wages[JP] = 5M JPY
    given target 2023 wages[JP] = 4M JPY
    expect pass p.near for actual 2023 wages[KR]
    expect pass p.near for actual 2023 wages[JP]
    expect 2023 wages[JP] < 4M JPY
END
try rules.assay wages.assay
for form in json sarif html markdown csv junit tap gitlab; do
    assay check -q --$form - rules.assay wages.assay >said.$form 2>&1
    echo "$form: $(grep -c 'currency of' said.$form)" \
        "$(grep -o '[0-9.,]*[KM]* KRW' said.$form | sort -u | tr '\n' ';')"
done
grep -o '"unit":"[^"]*"' said.json | sort | uniq -c | sed 's/^ *//'
echo '= why and tests'
assay run wages.assay rules.assay - <<'END'
why p.near for actual 2023 wages[KR], actual 2023 wages[JP]
why p.within for target 2023 wages[JP]
why wages / heads by country for 2023
why growth(wages) by country for 2023
END
assay test wages.assay rules.assay test.assay; echo "[$?]"
