# Aggregates and their rules for unknowns: language.md, section 7.
---
dimension country "Country"
dimension goods "Goods"
member KR "Korea" of country
member JP "Japan" of country
member CN "China" of country
member EA "East Asia" of country = KR + JP + CN
member NE "North East" of country = KR + JP
member cars "Cars" of goods
member chips "Chips" of goods
metric sales "Sales" flow yearly in USD by country
metric trade "Trade" flow yearly in USD by country, goods
metric wages "Wages" rate yearly in % by country
metric plain "Plain" flow yearly in USD
actual 2020 sales[KR] = 10.00
actual 2020 sales[JP] = 20.00
actual 2020 sales[CN] = 30.00
actual 2020 sales[EA] = 99.00
actual 2020 sales = 500.00
actual 2021 sales[KR] = 11.00
actual 2021 sales[JP] = 19.00
actual 2020 trade[KR, cars] = 1.00
actual 2020 trade[KR, chips] = 2.00
actual 2020 trade[JP, cars] = 3.00
actual 2020 trade[JP, chips] = 4.00
actual 2020 wages[KR] = 2.0%
actual 2020 wages[JP] = 4.0%
actual plain: 2019 = 4.00, 2020 = 6.00, 2021 = 8.00
---

# Over leaf members: groups and totals never counted twice
sum(2020 sales over country)   => 60.00 USD
avg(2020 sales over country)   => 20.00 USD
mean(2020 sales over country)  => 20.00 USD
min(2020 sales over country)   => 10.00 USD
max(2020 sales over country)   => 30.00 USD
count(2020 sales over country) => 3
sum(2020 sales)                => 60.00 USD
max(2020 sales)                => 30.00 USD

# The total is what was stated, not the sum
2020 sales                     => 500.00 USD
2020 sales[country = total]    => 500.00 USD
2020 sales[EA]                 => 99.00 USD
2020 sales / sum(2020 sales over country) => 8.333

# Unknown is not zero
sum(2021 sales over country)   => ? (nobody stated actual 2021 sales[CN])
avg(2021 sales over country)   => ? (nobody stated actual 2021 sales[CN])
max(2021 sales over country)   => ? (nobody stated actual 2021 sales[CN])
count(2021 sales over country) => 2
sum(2021 sales over country, partial) => error E0305
sum(2021 sales, partial over country) => 30.00 USD

# Two dimensions
sum(2020 trade over country, goods) => 10.00 USD
sum(2020 trade)                => 10.00 USD
max(2020 trade)                => 4.00 USD
sum(2020 trade[country = KR, goods = *] over goods) => 3.00 USD
sum(2020 trade[KR] over goods) => 3.00 USD

# Rates
avg(2020 wages over country)   => 3.0%
max(2020 wages over country)   => 4.0%
max(2020 wages over country) - min(2020 wages over country) => 2.0 pp

# Truth
all(2020 sales > 5 over country)  => true
all(2020 sales > 15 over country) => false
any(2020 sales > 25 over country) => true
any(2020 sales > 35 over country) => false
all(2021 sales > 5 over country)  => ? (nobody stated actual 2021 sales[CN])
any(2021 sales > 15 over country) => true
all(2021 sales > 15 over country) => false
any(2021 sales > 50 over country) => ? (nobody stated actual 2021 sales[CN])

# Some of the members, asked for before or after the figure that has them
sum(if country = KR then 2020 sales else 0)                    => 10.00 USD
sum(if country in NE then 2020 sales else 0)                   => 30.00 USD
sum(if not country in NE then 2020 sales else 0 over country)  => 30.00 USD
sum(if 2020 sales > 5 and country in NE then 2020 sales else 0) => 30.00 USD
sum(if goods = cars then 2020 trade else unknown, partial)     => 4.00 USD
avg(if country in EA then 2021 sales else unknown, partial)    => 15.00 USD
count(if country in NE and 2020 sales >= 2020 sales[KR] then 1 else unknown) => 2
count(if country = KR then 1 else unknown)                     => error E0218
sum(if country = KR then 2020 plain else 0)                    => error E0218
sum(if goods = cars then 2020 sales else 0)                    => error E0218

# Over the periods
sum(plain for 2019..2021)      => 18.00 USD
avg(plain for 2019..2021)      => 6.00 USD
min(plain for 2020..2021)      => 6.00 USD
sum(plain for 2019..2020)      => 10.00 USD
count(plain for 2019..2025)    => 3

# What is wrong
sum()                          => error E0305
sum(2020 sales over goods)     => error E0218
sum(2020 sales over nothing)   => error E0205
sum(2020 sales > 5 over country) => error E0305
all(2020 sales over country)   => error E0302
