# A file of which some records were set aside is taken once, as any other is.
printf 'year,usd\n2020,1\n2o21,2\n2022,3\n' >a.csv
printf 'metric x yearly\nimport "a.csv" as x (period = year, value = usd)\n' >a.assay
assay run --facts a.db --reject bad.csv a.assay 2>&1; cat bad.csv
assay run --facts a.db --reject bad.csv a.assay 2>&1; cat bad.csv
assay --quiet --facts a.db -e 'list imports'
echo "--- withdrawn, it can be taken anew"
assay --quiet --facts a.db --reject bad.csv -e 'retract import 2 because "a typing error"' 2>&1
assay run --quiet --facts a.db --reject bad.csv a.assay 2>&1
assay --quiet --facts a.db -e 'show x'
assay verify a.db
