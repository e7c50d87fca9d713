"""Vector tiles of a run: read back from their specifications, every commune at every zoom, values compared with the table's."""
import csv
import sqlite3

from pmtiles_reader import Archive, features
from program import SOURCE, ProgramTest

TOWN_HALLS = SOURCE / "examples/hauts-de-france/donnees/mairies.csv"

STUDY = f"""title = "Mairies de l'Oise"
[territory]
departement = "60"
[[structures]]
file = "{TOWN_HALLS}"
[[coverage]]
name = "mairie_3km"
label = "Une mairie à 3 km"
limit = "3 km"
[[access]]
name = "acces"
label = "Accès"
cutoffs = ["5 km"]
measures = ["cost", "2sfca"]
[output]
folder = "resultats"
formats = ["gpkg", "csv", "pmtiles"]
"""


def twice_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip([ring[-1], *ring[:-1]], ring))


class Tiles(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("etude.toml", STUDY)
        self.run_program("run", "etude.toml")
        self.archive = Archive(self.folder / "resultats/current/communes.pmtiles")

    def table_of(self, layer):
        with sqlite3.connect(f"file:{self.folder / 'resultats/current/maillage.gpkg'}?mode=ro", uri=True) as database:
            database.row_factory = sqlite3.Row
            return {row["code"]: dict(row) for row in database.execute(f"SELECT * FROM {layer}")}

    def test_every_commune_is_at_every_zoom_with_its_values(self):
        archive = self.archive
        self.assertEqual((archive.clustered, archive.internal, archive.compression, archive.kind), (1, 2, 2, 1))
        self.assertEqual((archive.min_zoom, archive.max_zoom), (0, 12))
        tables = [self.table_of(name) for name in ("communes", "accessibilite", "grappes")]
        communes = tables[0]
        with open(self.folder / "resultats/current/csv/communes.csv", encoding="utf-8", newline="") as file:
            csv_rows = {row["code"]: row for row in csv.DictReader(file)}
        self.assertEqual(len(csv_rows), 680)
        seen = {zoom: set() for zoom in range(13)}
        shown = set(archive.metadata["vector_layers"][0]["fields"])
        self.assertLessEqual({"code", "nom", "population", "mairie_3km_est_couverte", "mairie_3km_cout", "acces_2sfca_5km"}, shown)
        self.assertNotIn("surface_km2", shown)  # no view shows it
        for (zoom, _, _), tile in archive.tiles():
            for layer, _, values, _ in features(tile):
                self.assertEqual(layer, "communes")
                self.assertLessEqual(set(values), shown)
                code = values["code"]
                seen[zoom].add(code)
                for name in shown:
                    table = next(table for table in tables if name in table[code])
                    # What has no value has no tag.
                    self.assertEqual(values.get(name), table[code][name], f"{code}: {name}")
                self.assertEqual(f"{values.get('population', '')}", csv_rows[code]["population"])
                self.assertEqual(f"{values.get('mairie_3km_cout', '')}", csv_rows[code]["mairie_3km_cout"])
        for zoom, codes in seen.items():
            self.assertEqual(codes, set(communes), f"zoom {zoom}")

    def test_borders_stay_shared(self):
        """In each tile the areas of all communes add up to the area of their union: neither gaps nor overlaps, so that every border
        within the tile is passed once in each direction. Communes smaller than the lattice, on the first zooms, aside."""
        checked = 0
        for (zoom, _, _), tile in self.archive.tiles():
            if zoom < 8:
                continue
            directed = {}
            for _, _, _, all_rings in features(tile):
                for ring in all_rings:
                    for a, b in zip([ring[-1], *ring[:-1]], ring):
                        for step in unit_steps(a, b):
                            directed[step] = directed.get(step, 0) + 1
            for (a, b), count in directed.items():
                if inside(a) and inside(b):
                    checked += 1
                    self.assertEqual(count, 1, f"zoom {zoom}: {a} {b} passed {count} times")
        self.assertGreater(checked, 10_000)

    def test_rings_turn_as_the_format_says(self):
        for _, tile in self.archive.tiles():
            for _, _, values, all_rings in features(tile):
                self.assertGreater(twice_area(all_rings[0]), 0, values["code"])
                for ring in all_rings:
                    self.assertGreaterEqual(len(ring), 3)
                    self.assertNotEqual(twice_area(ring), 0)

    def test_is_the_same_with_one_thread(self):
        self.run_program("run", "etude.toml", "-o", "autre", "--threads", "1")
        self.assertEqual(self.archive.bytes, (self.folder / "autre/current/communes.pmtiles").read_bytes())


def inside(point):
    return 0 < point[0] < 4096 and 0 < point[1] < 4096


def unit_steps(a, b):
    """A segment as its two ends, cut at the knots of the grid that lie on it: neighbours may have more vertices on a line."""
    from math import gcd
    dx, dy = b[0] - a[0], b[1] - a[1]
    parts = gcd(abs(dx), abs(dy))
    for k in range(parts):
        yield (a[0] + dx // parts * k, a[1] + dy // parts * k), (a[0] + dx // parts * (k + 1), a[1] + dy // parts * (k + 1))
