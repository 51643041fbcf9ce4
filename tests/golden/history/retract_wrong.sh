# What cannot be taken back, and why.
cat >facts.assay <<'END'
dimension country; member KR of country; member JP of country
metric exports flow yearly in B USD by country
metric projects once
actor moef; actor kdi
forecast 2023 exports[KR] = 640 by moef on 2023-01-10
END
try()
{
    echo "--- $*"
    { cat facts.assay; printf '%s\n' "$@"; } | assay run - 2>&1
    echo "[$?]"
}
try 'retract forecast 2023 exports[JP] because "x"'
try 'retract forecast 2023 exports because "x"'
try 'retract 2023 exports[KR] because "x"'
try 'retract forecast 2023 exports[KR] by kdi because "x"'
try 'retract forecast 2023 exports[KR] by nobody because "x"'
try 'retract forecast 2023 exports[KR] on 2023-01-09 because "x"'
try 'retract forecast exports[KR] because "x"'
try 'retract forecast 2023..2024 exports[KR] because "x"'
try 'retract forecast 2023 exports[country = *] because "x"'
try 'retract forecast 2023 exprots[KR] because "x"'
try 'retract forecast 2023 exports[KR]'
try 'retract forecast 2023 exports[KR] because ""'
try 'retract forecast 2023 exports[KR] note "x" because "x"'
try 'retract forecast 2023 exports[KR] because "x"' \
    'retract forecast 2023 exports[KR] because "x"'
try 'retract projects because "x"'
try 'retract import 1 because "x"'
try 'retract import 7 because "x"'
try 'undo'
try 'set strict on' 'retract forecast 2023 exports[KR] by nobody because "x"'
assay --facts base -e "$(cat facts.assay)"
assay --facts base --read-only -e 'retract forecast 2023 exports[KR] because "x"' 2>&1
echo "[$?]"
assay --facts base --read-only -e undo 2>&1; echo "[$?]"
assay --facts base -e 'history forecast exports[KR]'
