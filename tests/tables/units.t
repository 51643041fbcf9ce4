# Units are values: language.md, section 2.
---
unit widget "Widget"
unit crate "Crate" = 12 widget
unit pallet "Pallet" = 20 crate
metric shipped "Widgets shipped" flow yearly in widget
metric jobless "Unemployment" rate monthly in %
metric policy_rate "Policy rate" rate yearly in %
metric sales "Sales" flow yearly in USD
actual 2020 shipped = 120
actual 2021 shipped = 15 crate
actual 2022-01 jobless = 4.5%
actual 2022-02 jobless = 4.1%
actual 2020 policy_rate = 2.00%
actual 2021 policy_rate = 5.00%
actual 2020 sales = 200M
actual 2021 sales = 250M
---

685B USD                => 685B USD
$685B                   => 685B USD
12.4 kg                 => 12.4 kg
3 job                   => 3 job
€5B                     => 5B EUR
£2M                     => 2M GBP
¥3T                     => 3T JPY
₩4T                     => 4T KRW
2000 USD                => 2000 USD
2023 kg                 => 2023 kg

# Sums, differences and multiples keep the unit
2 kg + 3 kg             => 5 kg
5 kg - 3 kg             => 2 kg
-(3 kg)                 => -3 kg
3 * 4 kg                => 12 kg
4 kg * 3                => 12 kg
12 kg / 4               => 3 kg
10% * 50 USD            => 5 USD
685B USD * 2            => 1.37T USD

# Quotients and products have units of their own
12 kg / (4 kg)          => 3
12 USD / (4 kg)         => 3 USD/kg
1B USD / 50M person     => 20 USD/person
20 USD/person * 5 person => 100 USD
3 kg * 2 kg             => 6 kg^2
6 kg ^ 2                => 36 kg^2
6 kg^2 / (2 kg)         => 18 kg
1 / (4 kg)              => 0.25 1/kg

# Units of one dimension convert by themselves
2 tonne + 500 kg        => 2.5 tonne
500 kg + 2 tonne        => 2500 kg
2 tonne / (500 kg)      => 4
(1 tonne = 1000 kg)     => true
(999 kg < 1 tonne)      => true
(1 kWh = 1000 Wh)       => true
(2 day = 48 hour)       => true
(1 pallet = 240 widget) => true
1 pallet + 1 crate      => 1.05 pallet
3 crate to widget       => 36 widget
2 day to hour           => 48 hour
1 km to m               => 1000 m
500 g to kg             => 0.5 kg
2020 shipped to crate   => 10.0 crate
2021 shipped            => 180 widget
2021 shipped - 2020 shipped => 60 widget

# `to` chooses how a value is shown
685B USD to B USD       => 685B USD
0.5T USD to B USD       => 500B USD
685B USD to M USD       => 685000M USD
0.045 to %              => 4.5%
1 / 4 to %              => 25%
1 + 1 to %              => 200%
2020 sales / 2021 sales to % => 80%

# Shares, points
4.5%                    => 4.5%
(4.5% = 0.045)          => true
(100% = 1)              => true
100 * 4.5%              => 4.5
25 bp                   => 25 bp
0.3 pp                  => 0.3 pp
(25 bp = 0.25 pp)       => true
0.3 pp + 0.2 pp         => 0.5 pp
1 pp - 25 bp            => 0.75 pp

# Rates: minus a rate is pp, plus pp is a rate
2022-02 jobless         => 4.1%
2022-02 jobless - 2022-01 jobless => -0.4 pp
2021 policy_rate - 2020 policy_rate => 3.00 pp
2020 policy_rate + 1 pp => 3.00%
2020 policy_rate - 50 bp => 1.50%
2021 policy_rate / 2020 policy_rate => 2.50
2021 policy_rate - 3%   => 2.00 pp
3% - 2021 policy_rate   => -2.00 pp
2021 policy_rate - growth(2021 sales) => -20 pp
2021 policy_rate + 3%   => error E0301
1 + 2021 policy_rate    => 105.00%
1 - 2021 policy_rate    => 95.00%
2021 policy_rate - 0    => 5.00%
2021 policy_rate - 3    => error E0301
2021 policy_rate + 3    => error E0301
(2021 policy_rate > 3)  => error E0301
(2021 policy_rate > 0)  => true
(2021 policy_rate in 3..6) => error E0301
(2021 policy_rate in 3%..6%) => true
2022 policy_rate ? 4    => error E0301
2022 policy_rate ? 4%   => 4% (assumed)
2021 policy_rate - 2020 policy_rate + 1 => error E0301
(2021 policy_rate - 2020 policy_rate > 2) => error E0301
(2021 policy_rate > 4%) => true
(2022-02 jobless = 4.1%) => true
(2021 policy_rate - 2020 policy_rate > 2 pp) => true

# What does not go together
1 kg + 1 USD            => error E0301
1 kg - 1 hour           => error E0301
1 USD + 1 EUR           => error E0301
(1 USD < 1 EUR)         => error E0301
(1 kg = 1 USD)          => error E0301
(1 USD in {1 EUR})      => error E0301
(1 USD in 1 EUR .. 2 EUR) => error E0301
3 kg to USD             => error E0301
5 USD to EUR            => error E0301
3 USD to %              => error E0301
0.3 pp + 2%             => error E0301
3 pp to %               => error E0301
(5 pp = 5%)             => error E0301
2020 sales + 2020 shipped => error E0301
2020 sales + 1 kg       => error E0301
if true then 1 kg else 1 USD => error E0301
(1 / 0) ? 1 kg          => 1 kg (assumed)
2020 sales ? 1 kg       => error E0301
2 ^ (3 kg)              => error E0301
sqrt(4 kg)              => error E0305

# What rates do not have
growth(policy_rate)     => error E0304
growth(jobless)         => error E0304
2020 sales * 3 pp       => error E0304
2020 sales * 25 bp      => error E0304
2020 sales + 3 pp       => error E0301
2020 policy_rate + 2020 sales => error E0301

685B usd                => error E0209
3 km to mile            => error E0209
