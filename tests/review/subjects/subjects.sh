# Which figures a rule is about: leaves before groups and totals, every figure,
# by a dimension, periods, none at all.
. ./try.sh
show() { rule "$@"; brief rule.assay figures.assay; }
show 'rule a for every target exports require target < 0'
show 'rule a for target exports require target < 0'
show 'rule a for target exports[EU] require target < 0'
show 'rule a for target exports by country require target < 0'
show 'rule a for every figure require figure < 0'
show 'rule a for every figure require known(source(figure)) otherwise "nobody vouches for {figure}"'
show 'rule a for every figure require actor(figure) = "motie"'
show 'rule a for every actual exports for 2022 require actual < 0'
show 'rule a for every actual exports for 2022..2023 require growth(exports) > 10%'
show 'rule a for every actual exports forbid actual > 1B' 
show 'rule a for every pledge exports require pledge > 0'
brief --require-subjects rule.assay figures.assay
CI=true brief rule.assay figures.assay
CI=false brief rule.assay figures.assay
show 'rule a for every pledge exports require pledge > 0 may be empty'
brief --require-subjects rule.assay figures.assay
show 'rule a for every target exports by country require target > 0'
show 'rule a for target exports require forecast 2023 exports[country = *] > 0'
