assay fmt - <every.assay
