# A pipe is read once, from its first byte; what can be read only once cannot be
# both sides.
exec 2>&1
cat >a.assay <<'EOF'
metric x yearly in USD
actual 2020 x = 5 on 2024-01-01
EOF
sed 's/5/6/' a.assay >b.assay
assay run -q --facts a.db a.assay
mkfifo pipe other
cat a.assay >pipe &
assay diff pipe a.db
echo "[$?]"
cat b.assay >pipe &
assay diff a.db pipe
echo "[$?]"
cat a.assay >pipe &
cat b.assay >other &
assay diff pipe other
echo "[$?]"
cat b.assay | assay diff - a.db
echo "[$?]"
cat b.assay | assay diff a.db /dev/stdin
echo "[$?]"
assay diff - - <a.assay
echo "[$?]"
cat a.assay | assay diff - /dev/stdin
echo "[$?]"
cat a.assay | assay diff /dev/stdin /dev/stdin
echo "[$?]"
