# Rules of a group share their figures: what a message says of an operand stands
# in the rule at fault.
cat >rules.assay <<'TEXT'
dimension country; member KR of country; member US of country
metric wage flow yearly in currency of country by country
actual wage[KR]: 2020 = 5 KRW
actual wage[US]: 2020 = 6 USD
define cheap(v) = v <= 100 KRW
policy p
rule first for every wage require wage >= 0
rule same for every wage require wage <= 100 KRW
rule kind for every wage require actual wage <= 100 KRW
rule brackets for every wage require (wage) <= 100 KRW
rule doubled for every wage require 2 * wage >= 0
rule product for every wage require 2 * wage <= 100 KRW
rule sum for every wage require abs(2 * wage + 100 KRW) > 0
rule named for every wage let w = wage require w <= 100 KRW
rule chosen for every wage require (if wage > 0 then 2 * wage else 100 KRW) > 0
rule called for every wage require in_unit_of(100 KRW, 2 * wage) > 0
rule defined for every wage require cheap(2 * wage)
rule near for every wage require 2 * wage = 3 * wage within 1 KRW
rule listed for every wage require 2 * wage in {3 KRW}
rule ranked for every wage require rank(2 * wage) > 0
TEXT
assay check rules.assay 2>&1
