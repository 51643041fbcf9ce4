# Documents of all forms come out of --accept as they went in, but for the
# lines of their outputs.
. ./try.sh
# document NAME FORMAT: accepts it, and shows what changed, with ends of lines.
document()
{
    printf -- "$2" >"$1.md"
    cp "$1.md" "$1.was"
    echo "= $1"
    brief --accept "$1.md"
    cat -A "$1.md"
    assay check -q "$1.md" 2>&1
    chmod 640 "$1.md"
}
facts='metric sales "Sales" flow yearly in M USD\nactual 2022 sales = 6.2\n'
document carriage '```assay\r\nprint "one\\ntwo"\r\n```\r\n\r\n```output\r\nold\r\n```\r\nend\r\n'
document no-newline '```assay\nprint "one"\n```\n```output\nold'
document at-fence '```assay\nprint "one"\n```\n```output'
document not-closed '```assay\nprint "one"\n```\n```output\nold\n\nand all the rest\n'
document longer '```assay\nprint "`````\\n  ~~~"\n```\n```output\nold\n``` \n~~~assay\nprint "~~~~ not a fence\\n```"\n~~~\n~~~output\n~~~\nend\n'
document empty '```assay\n```\n```output\nold\n```\n'
document tabs '1.\t```assay\n\tprint "one"\n\t```\n\n\t```output\n\told\n\t```\nend\n'
document item '- a\n\n  ```assay\n  print "one"\n  ```\n\n  ```output\n  old\nthe list has ended the block\n'
document blank-lines '```assay\nprint "a\\n\\nb"\n```\n\n```output\n```\n'
document mark '\357\273\277```assay\nprint "one"\n```\n```output\nold\n```\n'
document bytes 'caf\351 \000\n```assay\nprint "one"\n```\n```output\n\377\000\n```\n\200'
document facts '```assay\n'"$facts"'```\n  ```assay\n  show 2022 sales\n  ```\n  ```output\n  old\n  ```\n'
echo '= permissions and links stay'
ls -l carriage.md | cut -c 1-10
printf '```assay\nprint "one"\n```\n```output\nold\n```\n' >real.md
chmod 600 real.md
ln -s real.md link.md
assay check -q --accept link.md
ls -l link.md real.md | cut -c 1-10
cat real.md
