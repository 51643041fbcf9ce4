# Facts, vocabulary and vintages stay over several runs.
assay --facts korea.db -e '
dimension country "Country"
member KR "South Korea" of country
metric exports "Exports" flow yearly in USD by country
actor motie "Ministry"
source bizwire "Korea Bizwire" on 2023-10-05
target 2023 exports[KR] = 685B up 0.2% from 2022 by motie source bizwire note "said aloud"
actual exports[KR]: 2020 = 512.5B, 2021 = 644.5B'
echo "[$?] stated"
assay --facts korea.db -e 'exports[KR]; compare target 2023 exports[KR] with actual 2022 exports[KR]'
echo "[$?] asked"
# A context does not outlive its run
assay --facts korea.db -e 'using country KR; 2021 exports'
assay --facts korea.db -e '2021 exports'
# A later run is later in order
assay --facts korea.db -e 'actual 2021 exports[KR] = 645B; 2021 exports[KR]'
assay --facts korea.db -e '2021 exports[KR]; list metrics; describe exports'
# Read only
assay --read-only --facts korea.db -e '2021 exports[KR]'
echo "[$?] read only, asked"
assay --read-only --facts korea.db -e 'actual 2022 exports[KR] = 1B' 2>&1
echo "[$?] read only, stated"
assay --facts korea.db -e '2022 exports[KR]'
# What is not there, is no base, or is damaged
assay --read-only --facts none.db -e 'print "x"' 2>&1
echo "[$?] not there"
echo "this is a text that is no fact base at all" >text.db
assay --facts text.db -e 'print "x"' 2>&1
echo "[$?] no base"
assay --facts no/such/folder.db -e 'print "x"' 2>&1
echo "[$?] no folder"
# As a file of the command line: a prompt without a terminal
echo '2021 exports[KR]' | assay korea.db
echo "[$?] from standard input"
