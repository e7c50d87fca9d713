"""The project and the styles of a run, opened by QGIS itself where there is one: Debian's packages qgis and python3-qgis."""
import json
import os
import pathlib
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from program import SOURCE, ProgramTest

PYTHON = "/usr/bin/python3"
READER = pathlib.Path(__file__).with_name("qgis_reader.py")
TOWN_HALLS = SOURCE / "examples/hauts-de-france/donnees/mairies.csv"

STUDY = f"""title = "Mairies & « services » du Nord"
[territory]
departement = "59"
[[structures]]
file = "{TOWN_HALLS}"
typology = "Mairie"
[[coverage]]
name = "mairie_3km"
label = "Une mairie à 3 km"
limit = "3 km"
[[continuity]]
name = "ouverte"
label = "Une mairie ouverte à 5 km"
limit = "5 km"
[[access]]
name = "acces"
label = "Accès"
cutoffs = ["5 km"]
measures = ["cost", "2sfca", "availability"]
[output]
folder = "resultats"
formats = ["gpkg", "geojson", "shapefile", "qgis"]
"""


def why_no_qgis():
    """The reason why QGIS cannot be asked, or nothing."""
    found = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else "PyQGIS is not there: apt-get install --no-install-recommends qgis python3-qgis"


class QgisProject(ProgramTest):
    """The document itself, without QGIS."""

    def setUp(self):
        super().setUp()
        self.write("etude.toml", STUDY)

    def project(self, folder):
        with zipfile.ZipFile(self.folder / folder / "maillage.qgz") as archive:
            self.assertEqual([(entry.filename, entry.date_time) for entry in archive.infolist()],
                             [("maillage.qgs", (2000, 1, 1, 0, 0, 0))])
            return ElementTree.fromstring(archive.read("maillage.qgs"))

    def test_is_whole_and_the_same_twice(self):
        self.run_program("run", "etude.toml", "-o", "un", env={**os.environ, "TZ": "Asia/Tokyo"})
        self.run_program("run", "etude.toml", "-o", "deux", "--threads", "1", env={**os.environ, "TZ": "UTC"})
        one, other = (self.folder / folder / "current/maillage.qgz" for folder in ("un", "deux"))
        self.assertEqual(one.read_bytes(), other.read_bytes())
        root = self.project("un/current")
        self.assertEqual(root.findtext("title"), "Mairies & « services » du Nord")
        layers = {layer.findtext("id"): layer for layer in root.iter("maplayer")}
        self.assertTrue(all(len(name) >= 22 for name in layers))
        tree = [layer.get("id") for layer in root.iter("layer-tree-layer")]
        self.assertEqual(tree, list(layers))
        # Every table of the GeoPackage is opened, by a path that moves with the folder.
        tables = {name for name, in self.table("un/current/maillage.gpkg", "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")}
        self.assertEqual({layer.findtext("datasource") for layer in layers.values()},
                         {f"./maillage.gpkg|layername={table}" for table in tables})
        for preset in root.iter("visibility-preset"):
            shown = list(preset.iter("layer"))
            self.assertEqual(len({layer.get("id") for layer in shown}), len(shown), preset.get("name"))
            for layer in shown:
                styles = [style.get("name") for style in layers[layer.get("id")].iter("map-layer-style")]
                self.assertIn(layer.get("style"), styles)

    def test_opens_the_geopackage_and_says_so(self):
        self.write("etude.toml", STUDY.replace('"gpkg", ', ""))
        self.assertIn("ajoutez « gpkg »", self.run_program("run", "etude.toml", code=78).stderr)

    def test_speaks_english(self):
        self.run_program("run", "etude.toml", "--language", "en")
        names = [group.get("name") for group in self.project("resultats/current").iter("layer-tree-group")]
        self.assertIn("Background", names)


class QgisReader(ProgramTest):
    """What QGIS makes of it."""

    @classmethod
    def setUpClass(cls):
        reason = why_no_qgis()
        if reason:
            print(reason)
            raise unittest.SkipTest(reason)

    def setUp(self):
        super().setUp()
        self.write("etude.toml", STUDY)
        self.run_program("run", "etude.toml")
        self.out = self.folder / "images"
        self.out.mkdir()
        done = subprocess.run([PYTHON, str(READER), str((self.folder / "resultats/current").resolve()), str(self.out)], capture_output=True,
                              text=True, check=False, timeout=600)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.report = json.loads(done.stdout.splitlines()[-1])

    def test_project_styles_and_page(self):
        report = self.report
        self.assertTrue(report["read"])
        self.assertEqual((report["title"], report["crs"]), ("Mairies & « services » du Nord", "EPSG:2154"))
        self.check_layers(report["layers"])
        self.check_styles(report)
        self.check_maps(report)

    def check_layers(self, layers):
        self.assertEqual([layer["name"] for layer in layers if layer["visible"]], ["Structures", "Départements", "Communes"])
        for layer in layers:
            self.assertTrue(layer["valid"], layer["name"])
            self.assertTrue(layer["relative"], layer["name"])
            self.assertEqual(layer["crs"], "EPSG:2154")
            self.assertGreater(layer["features"], 0)
            if layer["group"] in ("Fond", "Couverture", "Accessibilité"):
                self.assertEqual(layer["alias"], "Nom")
                for name, style in layer["styles"].items():  # no commune is left white, whatever the style; names stay
                    self.assertEqual(style["undrawn"], 0, f"{layer['name']}: {name}")
                    self.assertTrue(style["labels"], f"{layer['name']}: {name}")
        self.assertEqual([layer["name"] for layer in layers if layer["temporal"]], ["Lacunes dans l’espace et le temps"])
        background = layers[-1]
        self.assertEqual((background["group"], background["current"]), ("Fond", "Strates de population"))
        self.assertEqual(background["styles"]["Strates de population"]["colours"], 4)

    def check_styles(self, report):
        """QML and SLD give every feature of every view the same colours; so do the files beside Shapefiles and GeoJSON."""
        compared = 0
        for table, styles in report["styles"].items():
            for name, result in styles.items():
                self.assertNotEqual(result, "not loaded", f"{table}: {name}")
                features, differing, examples, _ = result
                self.assertEqual(differing, 0, f"{table}: {name}: {examples}")
                compared += features
        self.assertGreater(compared, 10_000)
        self.assertEqual({name: same for name, same in report["beside"].items() if same != [True, True]}, {})
        self.assertIn("shapefile/communes", report["beside"])

    def check_maps(self, report):
        self.assertGreater(len(report["themes"]), 10)
        for name, theme in report["themes"].items():
            self.assertEqual(theme["errors"], [], name)
            self.assertGreater(theme["colours"], 20, name)
        first, second, before = report["frames"]  # at 8 on Tuesday, at noon on Friday, on a Sunday before the week
        self.assertNotEqual(first, second)
        self.assertGreater(min(first, second), 5)
        self.assertEqual(before, 1)
        self.assertEqual((report["layout"]["png"], report["layout"]["pdf"], report["layout"]["pages"]), (0, 0, 1))
        for item in ("Map", "Legend", "ScaleBar", "Picture"):
            self.assertIn(f"QgsLayoutItem{item}", report["layout"]["items"])
        self.assertGreater((self.out / "page.png").stat().st_size, 50_000)
        self.assertTrue((self.out / "page.pdf").read_bytes().startswith(b"%PDF"))


if __name__ == "__main__":
    unittest.main()
