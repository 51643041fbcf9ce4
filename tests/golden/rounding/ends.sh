# An end of what something may be is cut outwards; for programs it has the
# digits that were said.
cat > ends_shown.assay <<'END'
metric x flow yearly in M USD
metric y stock yearly in job
actual 2020 x = 1234.5678
actual 2022 x = 2.345
actual 2023 x = 7.0
show x with bounds
show low(x / 7), high(x / 7)
print "from {low(2023 x / 7)} to {high(2023 x / 7):.2}"
END
cat > ends_digits.assay <<'END'
metric y stock yearly in job
metric r rate yearly in %
actual 2020 y = 2.3455
actual 2021 y = 2.3 +- 0.1
actual 2022 y = about 2.3
actual 2023 y = nearly 0.7
actual 2024 y = 2.345 +- 10%
actual 2025 y = 12345678.12345678
actual 2020 r = 2.3 +- 0.1
actual 2021 r = 2.345
show y with bounds
show low(r), high(r)
check possibly 2020 y = 2.3455
END
assay run ends_shown.assay && assay run --format csv ends_digits.assay
