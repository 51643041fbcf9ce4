# What is kept of a fact is kept without its parameters: another run, which does
# not know them, follows it all the same.
cat >pledge.assay <<'X'
param share "Share of 2021" = 5%
param limit = 660B
metric exports "Exports of goods" flow yearly in USD
actual 2021 exports = 600B
pledge 2027 exports = $share * actual 2021 exports
forecast 2024 exports in 640B .. $limit
forecast 2025 exports = 650B +- $share
X
assay run --facts kept.db pledge.assay --set share=50%
cat >ask.assay <<'X'
show pledge exports
history pledge exports
history forecast exports
X
assay run --facts kept.db ask.assay
