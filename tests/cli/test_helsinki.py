"""The example of Helsinki: a real street network that ships. Outputs are read back with sqlite3, json and csv."""
import csv
import json
import math
import shutil

from program import SOURCE, ProgramTest

EXAMPLE = SOURCE / "examples/helsinki"
NAMES = ("biblio_a_pied", "ecole_a_pied", "biblio_a_velo", "universite_en_voiture", "biblio_vol_d_oiseau")


class Helsinki(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "donnees").mkdir()
        shutil.copy(EXAMPLE / "etude.toml", self.folder)
        for name in ("helsinki.osm.pbf", "lieux.csv", "carreaux.geojson"):
            shutil.copy(EXAMPLE / "donnees" / name, self.folder / "donnees")
        self.run_program("run", "etude.toml")
        self.package = "resultats/current/maillage.gpkg"

    def test_the_study_and_its_layers(self):
        squares = json.loads((EXAMPLE / "donnees/carreaux.geojson").read_text(encoding="utf-8"))["features"]
        population = {square["properties"]["code"]: square["properties"]["population"] for square in squares}
        self.assertEqual((len(squares), sum(population.values())), (104, 18444))
        for name in NAMES:
            rows = self.table(self.package, f"select code, {name}_cout, {name}_exces, {name}_est_couverte, {name}_population_couverte from communes")
            self.assertEqual({row[0] for row in rows}, set(population))
            limit = {"ecole_a_pied": 400, "biblio_vol_d_oiseau": 400, "biblio_a_pied": 300, "biblio_a_velo": 120, "universite_en_voiture": 180}[name]
            for code, cost, excess, covered, people in rows:
                self.assertEqual(bool(covered), cost is not None and cost <= limit)
                self.assertEqual(excess, None if cost is None else max(0, cost - limit))
                self.assertEqual(people, population[code] if covered else 0)
        # On foot by the streets is never shorter than as the crow flies; both reach the same libraries.
        for direct, metres in self.table(self.package, "select biblio_vol_d_oiseau_cout, biblio_a_pied_cout * 5.0 / 3.6 from communes"):
            self.assertGreaterEqual(metres + 2, direct)

    def test_what_no_street_leads_to_is_told(self):
        unreachable = [code for (code,) in self.table(self.package, "select code from communes where universite_en_voiture_cout is null")]
        self.assertEqual(len(unreachable), 10)
        self.assertEqual(self.table(self.package, "select count(*) from communes where biblio_a_pied_cout is null"), [(0,)])
        # The streets beside them are cut off by the edge of the extract.
        self.run_program("network", "audit", "donnees/helsinki.car.mlg", "--contours", "donnees/carreaux.geojson", "--max-access",
                         "150", "-o", "audit.gpkg")
        self.assertEqual(sorted(self.table("audit.gpkg", "select cle from audit_lieux")), sorted((code,) for code in unreachable))

    def test_gaps_cover_what_is_not_reached(self):
        territory = self.table(self.package, "select sum(superficie_km2) from communes")[0][0]
        for name in NAMES:
            gaps = self.table(self.package, f"select sum(superficie_km2), sum(population), max(erreur_m) from lacunes_geometriques where definition = '{name}'")[0]
            self.assertLess(gaps[0], territory)
            self.assertGreater(gaps[0], 0.1 * territory)
            self.assertEqual(gaps[2], 1 if name == "biblio_vol_d_oiseau" else 25)

    def test_times_by_mode(self):
        """From one library to all others: a car is bound by one-way streets, nobody goes faster than the mode allows."""
        places = {}
        with open(EXAMPLE / "donnees/lieux.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                places[row["id"]] = (float(row["longitude"]), float(row["latitude"]))
        for mode, speed in (("foot", 6), ("bicycle", 30), ("car", 80)):
            self.run_program("times", "--network", f"donnees/helsinki.{mode}.mlg", "--origins", "donnees/lieux.csv", "--destinations",
                             "donnees/lieux.csv", "-o", "t.csv", "--overwrite")
            with open(self.folder / "t.csv", encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(len(rows), len(places) ** 2)
            trips = 0
            for row in rows:
                (x1, y1), (x2, y2) = places[row["origin"]], places[row["destination"]]
                metres = math.hypot((x2 - x1) * 111_320 * math.cos(math.radians(60.17)), (y2 - y1) * 111_320)
                if row["seconds"]:
                    trips += 1
                    self.assertGreater(int(row["seconds"]) + 2, metres / (speed / 3.6), (mode, row))
            self.assertGreater(trips, 0.8 * len(rows), mode)
