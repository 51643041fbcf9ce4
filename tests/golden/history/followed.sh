# A formula finds what was known on its own day. What follows from a formula that
# is taken back, or from what was taken back before, is gone; and is there still
# as of an earlier day. In one text, and from one to the next.
cat >facts.assay <<'END'
metric exports flow yearly in B USD
actual 2022 exports = 683.6 on 2023-01-01
forecast 2023 exports = down 4.5% from 2022 on 2023-02-01
target 2024 exports = 102% * forecast 2023 exports on 2023-03-01
END
cat >show.assay <<'END'
forecast 2023 exports; target 2024 exports
show forecast 2023 exports, target 2024 exports as of 2023-05-31
END
run()
{
    echo "--- $1"
    shift
    assay run "$@" 2>&1
}
echo 'retract actual 2022 exports on 2023-06-01 because "revised"' >retract.assay
cat facts.assay retract.assay show.assay >all.assay
run "in one text" all.assay
run "in memory, one after the other" facts.assay retract.assay show.assay
assay run --facts base facts.assay
run "in a file" --facts base show.assay
run "taken back" --facts base retract.assay show.assay
run "... and later" --facts base show.assay
echo 'actual 2022 exports = 683.5 on 2023-07-01' >again.assay
run "stated again" --facts base again.assay show.assay
echo undo >undo.assay
run "undone twice" --facts base undo.assay undo.assay show.assay
echo "--- the formula itself"
assay --facts base -e 'retract forecast 2023 exports on 2023-06-01 because "withdrawn"' \
    -e "$(cat show.assay)" -e 'history forecast 2023 exports' 2>&1
echo "--- taken back before the formula was stated"
cat >early.assay <<'END'
metric exports flow yearly in B USD
actual 2022 exports = 683.6 on 2023-01-01
retract actual 2022 exports on 2023-01-15 because "revised"
forecast 2023 exports = down 4.5% from 2022 on 2023-02-01
forecast 2023 exports
actual 2022 exports = 683.5 on 2023-01-20
forecast 2023 exports
END
assay run early.assay 2>&1
echo "--- without any date"
cat >undated.assay <<'END'
metric exports flow yearly in B USD
actual 2022 exports = 683.6
forecast 2023 exports = down 4.5% from 2022
forecast 2023 exports
retract actual 2022 exports because "revised"
forecast 2023 exports
history 2022 exports
END
assay run undated.assay 2>&1
