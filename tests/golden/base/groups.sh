# A group that somebody made a part of itself, or of another dimension.
assay -q --facts sound -e 'dimension c; member A of c; member B of c
member G of c = A; member H of c = G + B
dimension d; metric x yearly by c
actual x[A]: 2020 = 1
actual x[B]: 2020 = 2'
damage()
{
    cp sound damaged
    sqlite3 damaged "$1"
    assay --facts damaged --format csv -e 'show sum(x over c in H)' 2>&1
    echo "[$?]"
    assay verify damaged
    echo "[$?]"
}
id() { echo "(SELECT id FROM member WHERE code = '$1')"; }
damage ''
damage "INSERT INTO member_part SELECT $(id G), 1, $(id H), 1"
damage "UPDATE member_part SET part = $(id H) WHERE member = $(id H)
    AND position = 0"
damage "UPDATE member SET dimension = (SELECT id FROM dimension
    WHERE name = 'd') WHERE code = 'B'"
