# What is wrong with one piece of a text is marked in it.
exec 2>&1
cat >names.assay <<'END'
param wrong = "{2020 gdp:zz}"
metric gdp "Gross domestic product" flow yearly in USD
gdp: 2020 = 5, 2021 = 6
END
while IFS= read -r text; do
    { cat names.assay; printf '%s\n' "$text"; } >text.assay
    assay run text.assay
done <<'END'
print "abc {2020 gdp:zz} d"
print "abc {2020 gdp:,.1B} and {2021 gdp:kg}"
print "\"a\" {2020 gdp:.1} and {2021 gdp:.99}"
print "{2021 gdp:.}"
print "{2021 gdp:pp}"
print "all of it: {gdp}"
print "\u{20AC}{2020 gdp * 2:,.1zz}"
print $wrong
export "{2019 gdp}.csv"
END
