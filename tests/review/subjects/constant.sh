# A condition that is the same for all subjects: of no figure, not of one cell.
. ./try.sh
printf '%s\n' 'metric volume once in USD; metric sales yearly in USD' >names.assay
show() { rule 'policy p' "$@"; assay check rule.assay names.assay 2>&1; }
echo '= nothing is known yet'
show 'rule a for target volume require target > 1' 'rule b for target sales require target > 1'
echo '= one cell, without a dimension or a period'
echo 'target volume = 5; target 2023 sales = 5' >>names.assay
show 'rule a for target volume require target > 1' 'rule b for target sales require target > 1'
show 'rule a for target volume require target > target 2023 sales'
echo '= of no figure'
show 'rule a for target volume require target > 1 require 1 > 0 otherwise "one"'
show 'rule a for target volume let x = 3 require abs(x) > 2' 'rule b for target volume require true'
show 'rule a for target volume require volume > 1 or periods_a_year() > 1'
show 'rule a for target sales require periods_a_year() > 0'
