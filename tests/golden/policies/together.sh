# Several files may include the same text of rules, and what a file includes may
# stand on the command line too: it is read once.
cat >vocabulary.assay <<'END'
include "std:provenance"
metric exports "Exports of goods" flow yearly in B USD
END
cat >a.assay <<'END'
include "vocabulary.assay"
include "std:provenance"
actual 2022 exports = 683.6
END
cat >b.assay <<'END'
include "vocabulary.assay"
actual 2023 exports = 632.2 on 2024-01-01
policy ours "Ours"
rule grows "It grows"
    for every actual exports
    when known(year_ago(exports))
    require not (exports < year_ago(exports)) and known(stated(exports))
waive provenance.has_source for actual 2023 exports
    until 2030-12-31 by "trade desk" because "the table is not out yet"
END
assay check a.assay b.assay vocabulary.assay
echo "status $?"

echo
echo '# A policy of the same name is somebody else'"'"'s.'
cat >c.assay <<'END'
policy provenance "Mine"
include "std:provenance"
END
assay check c.assay
echo "status $?"
