# Units of percentage points and of per cent are written with the digits that give
# their factors back, to the last bit.
exec 2>&1
cat >units.assay <<'END'
unit bp1 = 0.01 pp
unit bp2 = 0.3 pp
unit bp3 = 0.67103297036684812 pp
unit bp4 = 85e-17 pp
unit bp5 = 8.231691783492928e16 pp
unit share1 = 0.01 * %
unit share2 = 0.3 * %
unit share3 = 0.6710329703668481 * %
unit share4 = 8.231691783492928e-9 * %
unit share5 = 123456789.0123456 * %
END
assay run --facts one.db units.assay
assay export --facts one.db one.assay
cat one.assay
assay run -q --facts two.db one.assay
assay export --facts two.db - | cmp - one.assay
assay diff one.db two.db
