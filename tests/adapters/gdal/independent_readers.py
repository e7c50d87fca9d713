"""What readers that share no code with GDAL find in the files left by WrittenFiles.AreLeftForIndependentReaders."""
import pathlib
import sqlite3
import sys

folder = pathlib.Path(sys.argv[1])


def check(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: {found!r} instead of {wanted!r}")


package = sqlite3.connect(f"file:{folder / 'communes.gpkg'}?mode=ro", uri=True)
one = lambda sql: package.execute(sql).fetchone()[0]
check(one("PRAGMA integrity_check"), "ok", "integrity_check")
check(one("PRAGMA application_id"), 0x47504B47, "application_id")
check(sorted(package.execute("SELECT table_name, data_type FROM gpkg_contents")), [("communes", "features"), ("layer_styles", "attributes")], "gpkg_contents")
check(one("SELECT srs_id FROM gpkg_geometry_columns"), 2154, "srs_id")
check(one("SELECT COUNT(*) FROM communes"), 40, "features")
check(one("SELECT COUNT(*) FROM rtree_communes_geom_rowid"), 40, "indexed features")
check(package.execute("SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault FROM layer_styles").fetchall(),
      [("", "", "communes", "geom", 1)], "layer_styles")
check((folder / "communes.fgb").read_bytes()[:7], b"fgb\x03fgb", "FlatGeobuf's first bytes")
try:
    import shapefile
except ImportError:
    sys.exit(77)
with shapefile.Reader(str(folder / "communes.shp"), encoding="utf-8") as reader:
    check(len(reader), 40, "shapes")
    record = reader.record(0)
    check((record["code"], record["nom"], record["population"], record["part"]), ("01000", "Vœuil-et-L’Haÿ €", 1234567890123, 12.34), "first record")
    check(list(reader.shape(0).bbox), [700000.0, 6600000.0, 700010.0, 6600010.0], "first shape")
