# Comparisons: language.md, section 2, "Comparing".

(1 = 1)                 => true
(1 = 2)                 => false
(1 != 2)                => true
(1 != 1)                => false
(1 < 2)                 => true
(2 < 1)                 => false
(1 > 2)                 => false
(2 > 1)                 => true
(1 <= 1)                => true
(1 <= 0)                => false
(1 >= 1)                => true
(0 >= 1)                => false
(1 < 1)                 => false
(1 > 1)                 => false
(-1 < 0)                => true
(1B > 999M)             => true

# Equal to 12 significant digits is equal, and `<` excludes equal
(0.1 + 0.2 = 0.3)       => true
(0.1 + 0.2 > 0.3)       => false
(0.1 + 0.2 >= 0.3)      => true
(0.3 <= 0.1 + 0.2)      => true
(0.1 + 0.2 < 0.3)       => false
(0.1 + 0.2 != 0.3)      => false
(0.1 * 3 = 0.3)         => true
(1.1 * 1.1 = 1.21)      => true
(1 / 3 * 3 = 1)         => true
(2 ^ 0.5 * 2 ^ 0.5 = 2) => true
(4.35 * 100 = 435)      => true
(1.03 * 100 <= 103)     => true
(103% * 100 = 103)      => true
(1 = 1.0000000000001)   => true
(1 < 1.0000000000001)   => false
(1 = 1.0000000001)      => false
(1 < 1.0000000001)      => true
(1e12 = 1e12 + 0.1)     => true
(1e12 = 1e12 + 100)     => false
(0 = 1e-300)            => false

# A tolerance of its own
(5 = 5.4 within 0.5)    => true
(5 = 5.5 within 0.5)    => true
(5 = 5.6 within 0.5)    => false
(100 = 101 within 1%)   => true
(100 = 103 within 1%)   => false
(644 = 645.2 within 0.2%) => true
(644 = 645.4 within 0.2%) => false
(0.3 = 0.1 within 0.2)  => true

# Without an operand that holds the rounding, a literal is exact
(1.0 = 1.04)            => false
(1.0 < 1.04)            => true

# `~`: the rounding intervals overlap, and both are closed
(1.0 ~ 1.04)            => true
(1.0 ~ 1.1)             => true
(1.0 ~ 1.11)            => false
(1.0 ~ 1.2)             => false
(1.00 ~ 1.01)           => true
(1.00 ~ 1.04)           => false
(1.00 ~ 1.06)           => false
(644.5B ~ 644B)         => true
(644.5B ~ 643B)         => false
(25.8% ~ 25.76%)        => true
(25.8% ~ 25.7%)         => true
(25.8% ~ 25.6%)         => false
(1 ~ 1 + 0.4)           => true
(1 ~ 1 + 0.6)           => false
(5 + 0 ~ 5.0)           => true

# possibly and certainly ask about the intervals
(possibly 1.0 < 1.04)   => true
(certainly 1.0 < 1.04)  => false
(certainly 1.0 < 1.2)   => true
(possibly 1.2 < 1.0)    => false
(possibly 1.0 = 1.1)    => true
(certainly 1.0 = 1.0)   => false
(possibly 1.1 <= 1.0)   => true
(certainly 1.0 <= 1.1)  => true
(certainly 1.0 < 1.1)   => false
(possibly 1.0 > 1.2)    => false
(not possibly 1.2 < 1.0) => true
(certainly 685B > 653B) => true
(possibly 644.5B > 644.5B) => true
(possibly 1.0 != 1.0)   => true
(certainly 1.0 != 1.2)  => true

# Ranges and sets
(2 in 1..3)             => true
(1 in 1..3)             => true
(3 in 1..3)             => true
(4 in 1..3)             => false
(0.3 in 0.1 .. 0.1 + 0.2) => true
(7% in 5%..10%)         => true
(10% in 5%..10%)        => true
(11% in 5%..10%)        => false
(2 in 1..)              => true
(0 in ..1)              => true
(2 in ..1)              => false
(2 in {1, 2})           => true
(3 in {1, 2})           => false
(0.1 + 0.2 in {0.3})    => true
("a" in {"a", "b"})     => true
("c" in {"a", "b"})     => false

# Truth, texts, periods
(true = true)           => true
(true = false)          => false
(true != false)         => true
("a" = "a")             => true
("a" = "A")             => false
("a" != "b")            => true

# What cannot be compared, and chains
("a" = 1)               => error E0302
(true = 1)              => error E0302
(true < false)          => error E0302
(5% <= 6% <= 10%)       => error E0307
(1 < 2 < 3)             => error E0307
(1 = 1 = 1)             => error E0307
(5 pp = 5%)             => error E0301
(5 USD < 3 kg)          => error E0301
1 = 1                   => error E0502

# ... also a whole number with a unit
(6 kg ~ 6.4 kg)         => true
(6 kg ~ 6.6 kg)         => false
(5.55 kg ~ 6 kg)        => true
(6 kg ~ 7 kg)           => true
(6 kg ~ 8 kg)           => false
(6 tonne ~ 5_500 kg)    => true
(possibly 6 kg > 6.4 kg) => true
(certainly 6 kg < 7 kg) => false
(6 kg = 6.4 kg)         => false
