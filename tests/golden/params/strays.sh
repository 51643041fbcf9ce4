# What --set gives is known to one of the texts, of the sort that is wanted.
exec 2>&1
cat >amounts.assay <<'END'
param step "Step" = 5 USD
param years = 3
metric gdp "Gross domestic product" flow yearly in USD
gdp: 2020 = 10, 2021 = 20
show gdp + $step * $years
END
echo 'show 1 + 1' >bare.assay
run() { assay run "$@"; echo "[$?]"; }
# One message, with the place where the parameter is declared
run --set step=abc amounts.assay
run --set years=1e999 amounts.assay
run --set years='"x"' --set step=true amounts.assay
run --set years=4 --set step='6 USD' amounts.assay
# A name that the text cannot know: nothing is answered
run --set yaers=4 amounts.assay
run --set years=4 bare.assay
# Another text may know it
run --set years=1 bare.assay amounts.assay
run --set years=1 amounts.assay bare.assay
run --set yeras=1 amounts.assay bare.assay
run --set yeras=1 -e 'include "amounts.assay"'
# A review reads what is declared more than once
assay check --set years=abc amounts.assay
assay check --set yeras=1 bare.assay
# A name without a value is told once, with the one that was meant
run -e 'param year = 2020; show $yaer + 1; show $yaer; show $other exports'
# A default in a message is no word of --set
run -e 'param step = 5 USD; param mass = 3 kg; show $step + $mass'
