# Characters that reorder or break the line around them are written as escapes:
# what a person reviews is what a program reads.
printf 'metric ex "a\342\200\256b" yearly\nactual 2020 ex = 1 note "x\342\201\246y\302\205z\\u{61C}\342\200\250w \331\205\333\214\342\200\214\330\256"\n' >m.assay
assay run --quiet --facts m.db m.assay
assay export --facts m.db out.assay
cat out.assay
assay run --quiet --facts again.db out.assay
assay export --facts again.db again.assay
cmp out.assay again.assay && echo same
assay diff m.db again.db
