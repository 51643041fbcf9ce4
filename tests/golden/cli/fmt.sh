# fmt in all its ways.
printf '# head\ntarget   2023 exports=685B   # why\n\n\n\ncompare    forecast\n' >a.assay
cp a.assay original
assay fmt --check a.assay
echo "[$?] --check"
assay fmt --diff a.assay
echo "[$?] --diff"
cmp a.assay original
assay fmt - <a.assay
echo "[$?] -"
assay fmt --tree a.assay
echo "[$?] --tree"
chmod 640 a.assay
ln -s a.assay link.assay
assay fmt link.assay
echo "[$?] in place, behind a link"
cat a.assay
ls -l a.assay | cut -c 1-10
[ -L link.assay ] || echo "the link is gone"
assay fmt --check a.assay link.assay
echo "[$?] --check again"
echo "--- mistakes leave a file as it is, and the others are done"
echo 'show (' >bad.assay
cp bad.assay bad.before
cp original b.assay
assay fmt bad.assay none.assay b.assay 2>&1
echo "[$?]"
cmp bad.assay bad.before
cmp a.assay b.assay
echo *assay*
