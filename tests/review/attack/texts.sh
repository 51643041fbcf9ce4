# Texts that try to leave their place, in every field and every format.
. ./try.sh
esc=$(printf '\033') bell=$(printf '\007')
evil='=1+1|<script>alert(1)</script>\n::error::x %0A]]>--><!-- |`*_[a](javascript:1)\u{1b}[31m\u{202e}\u{0}\u{7}"q"'
evil=$(printf '%s' "$evil" | sed 's/\\u{0}//; s/"q"/\\"q\\"/')
cat >evil.assay <<END
dimension country "$evil"
member \`=KR|<b>\` "$evil" of country
actor \`@moef,<i>\` "$evil"
source \`-src:%\` "$evil" on 2023-10-05 url "javascript:alert(1)//$evil"
metric \`=ex]ports<u>\` "$evil" flow yearly in B USD by country
target 2023 \`=ex]ports<u>\`[\`=KR|<b>\`] = 685 by \`@moef,<i>\` source \`-src:%\` note "$evil"
target 2022 \`=ex]ports<u>\`[\`=KR|<b>\`] = 685 by \`@moef,<i>\` note "$evil" if "$evil"
policy \`+p:,%\` "$evil" owner "$evil" because "$evil" see "javascript:alert(1)"
rule \`=r:,%\` "$evil" for every target \`=ex]ports<u>\`
    require target < 0 otherwise "$evil {target}"
    because "$evil" see "javascript:$evil" owner "$evil"
waive \`+p:,%\`.\`=r:,%\` for target 2022 \`=ex]ports<u>\`[\`=KR|<b>\`]
    until 2024-03-31 by "$evil" because "$evil"
END
name="a,b:c%<x>&\"'$esc[31m.assay"
cp evil.assay "$name"
assay check "$name" >text 2>&1
echo "[$?]"
for format in text csv json markdown sarif junit tap github gitlab html; do
    assay check --csv-safe --format $format "$name" >out.$format 2>said
    echo "$format [$?] $(cat said)"
    [ $format != csv ] || continue # which holds texts as they are
    # No control character but the end of a line, no override of direction.
    LC_ALL=C grep -n "[$(printf '\001')-$(printf '\010\013')-$(printf '\037\177')]" out.$format | cat -v
    LC_ALL=C grep -n "$(printf '\342\200\256')" out.$format | cat -v
done
# Tags of ours alone.
grep -c '<script\|<b>&\|<u>\|<i>' out.html out.markdown
grep -o 'href="[^"]*"' out.html
grep -c '^::error' out.github
grep -v '^::' out.github
tail -n +2 out.csv | cut -c 1-60
tail -n +2 out.csv | tr ',' '\n' | grep '^"*[=+@-]'
grep -c '^not ok\|^ok' out.tap
sed -n '/^[^ ]/p' out.tap
if command -v python3 >/dev/null; then
    python3 - <<'END'
import csv, json, xml.dom.minidom
rows = list(csv.reader(open('out.csv', encoding='utf-8', newline='')))
assert len({len(row) for row in rows}) == 1 and len(rows) == 3
assert not any(cell[:1] in tuple('=+@-\t\r') and not cell[1:2].isdigit() for row in rows[1:] for cell in row)
for name in 'json', 'sarif', 'gitlab':
    json.load(open('out.' + name, encoding='utf-8'))
xml.dom.minidom.parse('out.junit')
print('read by others')
END
else
    echo 'read by others'
fi
cat -v text | head -n 24
