# Periods of all frequencies in all spellings: language.md, section 2.
---
calendar us_fiscal starts 10-01 named by end
calendar uk_fiscal starts 04-01 named by start
metric y "Yearly" flow yearly in USD
metric q "Quarterly" flow quarterly in USD
metric mm "Monthly" flow monthly in USD
metric dd "Daily" flow daily in USD
metric ww "Weekly" flow weekly in USD
metric outlays "Outlays" flow yearly in USD on us_fiscal
metric budget "Budget" flow yearly in USD on uk_fiscal
actual y: 2019 = 100, 2020 = 110, 2021 = 99, 2023 = 120
actual q: 2020-Q1 = 10.00, 2020-Q2 = 11.00, 2020-Q3 = 12.00, 2020-Q4 = 13.00, 2021-Q1 = 20.00
actual mm: 2020-12 = 5, 2021-01 = 6, 2020-01 = 3
actual FY2023 outlays = 6.1T
actual FY2022 outlays = 6.3T
actual FY2022 budget = 1.0T
actual ww: 2020-W53 = 7, 2021-W01 = 8, 2020-W01 = 2
actual dd: 2020-02-29 = 3, 2020-03-01 = 4, 2019-03-01 = 2
actual 2017-05-06 y = 77
actual 2020-H1 y = 50
actual 2020-H2 y = 60
---

2023                    => 2023
2023-Q3                 => 2023-Q3
2023Q3                  => 2023-Q3
2023-H1                 => 2023-H1
2023-S1                 => 2023-H1
2023-10                 => 2023-10
2023-M10                => 2023-10
2023-W40                => 2023-W40
2023W40                 => 2023-W40
2023-10-05              => 2023-10-05
2024-02-29              => 2024-02-29
2020-W53                => 2020-W53

# What does not exist
2023-13                 => error E0106
2023-00                 => error E0106
2023-Q5                 => error E0106
2023-Q0                 => error E0106
2023-H3                 => error E0106
2023-W53                => error E0106
2023-W00                => error E0106
2023-02-29              => error E0106
2023-04-31              => error E0106
2023-24                 => error E0106
2100-02-29              => error E0106

# Order and membership
(2022 < 2023)           => true
(2023-Q1 < 2023-Q2)     => true
(2023-Q4 < 2024-Q1)     => true
(2023-12 > 2023-01)     => true
(2023 = 2023)           => true
(2023 in 2020..2025)    => true
(2023 in 2020..2022)    => false
(2023 in 2020..)        => true
(2023 in ..2022)        => false
(2023-Q2 in 2023-Q1..2023-Q3) => true
(2022-12 < 2023-Q1)     => true

# One cell for each period; cells of different frequency are different cells
2020 y                  => 110 USD
2020-H1 y               => 50 USD
2020-H2 y               => 60 USD
2020-S2 y               => 60 USD
2020-W53 ww               => 7 USD
2021-W01 ww               => 8 USD
2020-02-29 dd             => 3 USD
2020-Q4 q               => 13.00 USD
2020Q4 q                => 13.00 USD
2020-M12 mm             => 5 USD
2022 y                  => ? (nobody stated actual 2022 y)

# previous and year_ago step by the frequency
previous(2021 y)        => 110 USD
previous(2021 y, 2)     => 100 USD
year_ago(2021 y)        => 110 USD
year_ago(2021 y, 2)     => 100 USD
previous(2020-Q4 q)     => 12.00 USD
previous(2021-Q1 q)     => 13.00 USD
year_ago(2021-Q1 q)     => 10.00 USD
previous(2021-01 mm)     => 5 USD
year_ago(2021-01 mm)     => 3 USD
previous(2020-03-01 dd) => 3 USD
year_ago(2020-03-01 dd) => 2 USD
previous(2020-02-29 dd) => ? (nobody stated actual 2020-02-28 dd)
previous(2021-W01 ww)   => 7 USD
year_ago(2021-W01 ww)   => 2 USD
previous(2020-H2 y)     => 50 USD
previous(2023 y)        => ? (nobody stated actual 2022 y)
previous(FY2023 outlays) => 6.3T USD
year_ago(FY2023 outlays) => 6.3T USD
change(2021 y)          => -11 USD
change(2020-Q4 q)       => 1.00 USD

# Fiscal years belong to the metric's calendar
FY2023 outlays          => 6.1T USD
FY2022 budget           => 1.0T USD
FY2023 y                => error E0106
FY2023                  => error E0106
