# Kleene's three values: language.md, principle 3 and section 7.

(true and true)         => true
(true and false)        => false
(true and unknown)      => ? (it was said to be unknown)
(false and true)        => false
(false and false)       => false
(false and unknown)     => false
(unknown and true)      => ? (it was said to be unknown)
(unknown and false)     => false
(unknown and unknown)   => ? (it was said to be unknown)

(true or true)          => true
(true or false)         => true
(true or unknown)       => true
(false or true)         => true
(false or false)        => false
(false or unknown)      => ? (it was said to be unknown)
(unknown or true)       => true
(unknown or false)      => ? (it was said to be unknown)
(unknown or unknown)    => ? (it was said to be unknown)

(not true)              => false
(not false)             => true
(not unknown)           => ? (it was said to be unknown)
(not not unknown)       => ? (it was said to be unknown)

# not binds tighter than and, and tighter than or
(not true or true)      => true
(not (true or true))    => false
(not false and false)   => false
(true or true and false) => true
((true or true) and false) => false
(false and true or true) => true
(not 1 < 2)             => false
(1 < 2 and 3 < 4)       => true
(1 < 2 or 4 < 3)        => true

# A comparison with what is unknown is unknown
(1 < 1 / 0)             => ? (this divides by zero)
(1 / 0 = 1 / 0)         => ? (this divides by zero)
(1 / 0 != 1)            => ? (this divides by zero)
(1 / 0 ~ 1)             => ? (this divides by zero)
(1 / 0 in 1..3)         => ? (this divides by zero)
(1 / 0 in {1, 2})       => ? (this divides by zero)
(1 / 0 = 1 within 5)    => ? (this divides by zero)
(possibly 1 / 0 < 1)    => ? (this divides by zero)
(certainly 1 / 0 < 1)   => ? (this divides by zero)
(2 > 1 or 1 / 0 > 1)    => true
(1 > 2 and 1 / 0 > 1)   => false
(not 1 / 0 > 1)         => ? (this divides by zero)
(true = unknown)        => ? (it was said to be unknown)
(1 in {1, 1 / 0})       => true
(2 in {1, 1 / 0})       => ? (this divides by zero)

# if: an unknown condition gives unknown
if unknown then 1 else 2   => ? (it was said to be unknown)
if true then 1 else unknown => 1
if false then unknown else 2 => 2
if unknown or true then 1 else 2 => 1
if not unknown then 1 else 2 => ? (it was said to be unknown)

known(unknown)          => false
known(true)             => true
known(unknown and false) => true
known(unknown or false) => false
(known(unknown) or true) => true
unknown ? 5             => 5 (assumed)
((unknown ? false) or true) => true

# Truth is no number, and a number is no truth
(1 and true)            => error E0302
(not 5)                 => error E0302
("a" or true)           => error E0302
if 1 then 2 else 3      => error E0302
true + true             => error E0302
