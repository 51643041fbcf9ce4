# A sound base, and one fault after another that is found and named.
assay -q --facts whole.db -e '
dimension country "Country"; member KR of country; member JP of country
member EA of country = KR + JP
metric exports "Exports" flow yearly in B USD by country
metric tariff rate yearly; actor moef; source wire on 2020-01-01
actual 2020 exports[KR] = 512.5B by moef source wire note "n"
actual 2021 exports[KR] = 644.5B; actual 2020 tariff = 5%' \
    -e 'forecast 2022 exports[JP] = up 3% from 2021; actual 2021 exports[JP] = 7' \
    -e 'actual 2023 exports = 7; retract actual 2023 exports because "r"' \
    -e 'actual 2023 exports = 8' -e undo
assay verify whole.db
assay verify --facts whole.db
cksum <whole.db >before
broken()
{
    cp whole.db base
    echo "--- $1"
    sqlite3 base "$1"
    cmp -s base whole.db && echo "nothing was changed"
    assay verify base
    echo "[$?]"
}
cat >edits <<'END'
UPDATE fact SET metric = 77 WHERE record = 1
UPDATE fact SET kind = 77 WHERE record = 1
UPDATE fact SET frequency = 0 WHERE record = 1
UPDATE fact SET frequency = 9 WHERE record = 1
UPDATE fact SET period = 10000 WHERE record = 1
UPDATE fact SET line = 77 WHERE record = 1
UPDATE fact SET line = 2 WHERE record = 1
UPDATE fact SET day = -1 WHERE record = 1
UPDATE fact SET day = 3652060 WHERE record = 1
UPDATE fact SET day = 5 WHERE record = 1
UPDATE fact SET record = 2 WHERE record = 1
UPDATE fact SET coefficient = NULL WHERE record = 1
UPDATE fact SET coefficient = 1000000000000000000 WHERE record = 1
UPDATE fact SET coefficient = 5 WHERE coefficient IS NULL
UPDATE fact SET exponent = 601 WHERE record = 1
UPDATE fact SET form = form & ~256
UPDATE fact SET form = form | 256
UPDATE fact SET form = 2048 WHERE record = 1
UPDATE fact SET actor = 77 WHERE record = 1
UPDATE fact SET source = 77 WHERE record = 1
UPDATE fact SET batch = 77 WHERE record = 1
UPDATE fact SET row = -1 WHERE record = 1
DELETE FROM fact WHERE record = 1
DELETE FROM fact
DELETE FROM fact_detail
DELETE FROM "constraint"
UPDATE "constraint" SET day = 1
INSERT INTO "constraint" SELECT record, metric, frequency, kind, period, line, day FROM fact WHERE record = 1
DELETE FROM derived
UPDATE derived SET value = value + 1
UPDATE derived SET period = period + 1
UPDATE extent SET facts = 9
UPDATE extent SET last_day = 9
UPDATE extent SET metric = -1 WHERE kind = 2
DELETE FROM extent
INSERT INTO extent SELECT metric, frequency, kind, 1999, 1, 0 FROM extent LIMIT 1
UPDATE batch_extent SET facts = 9 WHERE batch = 1
UPDATE batch_extent SET last_day = 9 WHERE batch = 1
DELETE FROM batch_extent WHERE batch = 1
UPDATE batch SET facts = 9 WHERE id = 1
UPDATE batch SET retractions = 9 WHERE id = 1
UPDATE batch SET withdrawn = 1 WHERE id = 2
UPDATE batch SET withdrawn = 4 WHERE id = 2
UPDATE batch SET "transaction" = 77 WHERE id = 2
UPDATE counter SET record = 1
DELETE FROM counter
DELETE FROM retraction
UPDATE retraction SET retracted = 77
UPDATE retraction SET record = 1
UPDATE retraction SET day = -1
DELETE FROM "transaction" WHERE id = 2
UPDATE "transaction" SET withdrawn = 1 WHERE id = 1
UPDATE "transaction" SET withdrawn = 2 WHERE id = 4
UPDATE "transaction" SET withdrawn = 0 WHERE id = 4
UPDATE line SET metric = 2 WHERE id = 1
UPDATE line SET unit = 77 WHERE id = 1
DELETE FROM line WHERE id = 1
UPDATE line_member SET member = 77 WHERE line = 1
UPDATE line_member SET member = 0
UPDATE line_member SET position = 1 WHERE line = 1
DELETE FROM line_member WHERE line = 1
UPDATE member SET dimension = 2 WHERE id = 1
UPDATE member SET code = 'KR'
UPDATE member_part SET part = 77
UPDATE metric SET unit = 77, calendar = 77
UPDATE metric SET name = 'exports'
UPDATE metric_dimension SET position = 1
UPDATE metric_dimension SET dimension = 77
UPDATE kind SET like_kind = 77 WHERE id = 2
UPDATE source SET day = -1
UPDATE unit SET measure = 'x'
DROP TABLE derived
DROP INDEX line_metric
DROP VIEW figures
ALTER TABLE fact RENAME COLUMN row TO place
ALTER TABLE fact RENAME TO other
CREATE TABLE mine(x)
END
while IFS= read -r sql; do broken "$sql"; done <edits
cksum <whole.db | cmp - before
# Of many faults the first twenty are told.
for year in 1 2 3 4 5; do
    for digit in 0 1 2 3 4; do echo "actual 20$year$digit tariff = $digit%"; done
done | assay run --facts whole.db -
broken 'UPDATE fact SET actor = 77'
