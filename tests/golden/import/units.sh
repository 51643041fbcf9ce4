# Units that are no power of ten of one another are converted, digits stay.
cat >vocabulary.assay <<'X'
metric juice "Juice" flow yearly in l
metric oil "Oil" flow yearly in barrel
X
cat >facts.csv <<'X'
period,metric,value,unit
2021,juice,5,barrel
2022,juice,500,l
2021,oil,500,barrel
2022,oil,1.50,K barrel
2023,oil,500,l
X
assay run vocabulary.assay - <<'X'
import "facts.csv"
show juice, oil with bounds
history juice
history oil
X
