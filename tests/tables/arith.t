# Arithmetic: language.md, sections 2 and 7.

# Numbers as they may be written
685                     => 685
644.5                   => 644.5
1_000                   => 1000
1_234_567.5 - 1_234_567 => 0.5
1e3                     => 1000
1e9                     => 1B
2.5e-3                  => 0.0025
-7                      => -7
0                       => 0
007                     => 7

# Scales: K M B T and the words
685B                    => 685B
1T                      => 1T
5K                      => 5000
5k                      => 5000
31.4 billion            => 31.4B
31.4bn                  => 31.4B
2 mn                    => 2M
2 million               => 2M
3 tn                    => 3T
3 tln                   => 3T
3 trillion              => 3T
4 thousand              => 4000
1 million / 1 thousand  => 1000
(1B = 1000M)            => true
(1T = 1000 billion)     => true
(2 bn = 2 billion)      => true
(1K = 1 thousand)       => true

# The four operators, powers, and how they bind
1 + 2                   => 3
7 - 3 - 2               => 2
2 + 3 * 4               => 14
(2 + 3) * 4             => 20
7 / 2 / 2               => 1.75
7 / (2 / 2)             => 7
2 ^ 3                   => 8
2 ^ 3 ^ 2               => 512
(2 ^ 3) ^ 2             => 64
-2 ^ 2                  => -4
(-2) ^ 2                => 4
2 ^ -1                  => 0.5
2 * -3                  => -6
-2 - 3                  => -5
2 - -3                  => 5
4 ^ 0.5                 => 2
2 * 3 ^ 2               => 18
12 / 4 * 3              => 9
10 - 10                 => 0
0 * 5                   => 0
1T - 1B                 => 999B
1.5B + 2.5B             => 4B
2 * 685B                => 1.37T

# A sum smaller than 1e-12 of its larger operand is 0
0.3 - (0.1 + 0.2)       => 0
0.1 + 0.2 - 0.3         => 0
1e15 + 1 - 1e15         => 0
(0.1 + 0.2 - 0.3 = 0)   => true
(1 + 1e-11 - 1 = 0)     => false

# Unknown is not zero
1 / 0                   => ? (this divides by zero)
0 / 0                   => ? (this divides by zero)
1 + 1 / 0               => ? (this divides by zero)
0 * (1 / 0)             => ? (this divides by zero)
sqrt(-1)                => ? (a negative number has no square root)

# `?` binds tightest, and marks what was assumed
(1 / 0) ? 5             => 5 (assumed)
3 ? 5                   => 3
3 ? 5 * 2               => 6
1 + (1 / 0) ? 5         => 6 (assumed)
2 * (1 / 0) ? 3 ^ 2     => 18 (assumed)
(1 / 0) ? (0 / 0) ? 7   => 7 (assumed)
known(5)                => true
known(1 / 0)            => false
known((1 / 0) ? 1)      => true

# if
if 1 < 2 then 3 else 4  => 3
if 2 < 1 then 3 else 4  => 4
if 2 < 1 then 3 else 4 + 1 => 5
if true then 1 else 1 / 0  => 1
if false then 1 / 0 else 2 => 2
1 + (if true then 2 else 3) => 3
if 1 < 2 then if 2 < 1 then 1 else 2 else 3 => 2

# Functions of one number
abs(-3)                 => 3
abs(3)                  => 3
sqrt(9)                 => 3
exp(0)                  => 1
ln(1)                   => 0
round(2.5)              => 3
round(-2.5)             => -3
round(2.4)              => 2
round(2.345, 2)         => 2.35
round(1234.5, -2)       => 1200

# The library's plain ones
gap(5, 3)               => 2
gap_pct(6, 5)           => 20%
gap_pct(5, 0)           => ? (this divides by zero)
share(1, 4)             => 25%
attainment(3, 4)        => 75%
required_growth(1, 4, 2) => 100%

# What is wrong
1,000                   => error E0105
1,000,000 + 1           => error E0105
5,3                     => error E0105
1 +                     => error E0109
1 + * 2                 => error E0108
(1 + 2                  => error E0109
1 + 2)                  => error E0108
1e400                   => error E0112
true + 1                => error E0302
"a" + 1                 => error E0302
-"a"                    => error E0302
-true                   => error E0302
1 + 2023                => 2024
2023-Q4 + 1             => error E0302
foo(1)                  => error E0210
abs()                   => error E0305
abs(1, 2)               => error E0305
growth(1, 2)            => error E0305
x                       => error E0203
１２                    => error E0107
5−3                     => error E0107
