"""The whole program on real files, its outputs read back with Python's own sqlite3, json and csv.

MAILLAGE_SHARED_DATA holds contours of 2018 and registers of structures, MAILLAGE_ETALAB_DIR Etalab's list of present communes."""
import json
import math
import os
import pathlib
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from program import SOURCE, ProgramTest  # noqa: E402

DATA = pathlib.Path(os.environ.get("MAILLAGE_SHARED_DATA", "nowhere"))
ETALAB = pathlib.Path(os.environ.get("MAILLAGE_ETALAB_DIR", "nowhere"))
PACKAGE = "out/current/maillage.gpkg"


class RealDataTest(ProgramTest):
    def quality(self):
        return json.loads((self.folder / "out/current/quality.json").read_text(encoding="utf-8"))

    def one(self, query):
        return self.table(PACKAGE, query)[0]

    def assert_rows_add_up(self, quality):
        for file in quality["inputs"]:
            self.assertEqual(file["rows_in"], file["rows_used"] + file["rows_out_of_scope"] + len(file["rejections"]), file["file"])

    def assert_every_reason_has_words(self):
        text = (self.folder / "out/current/qualite.md").read_text(encoding="utf-8")
        self.assertNotRegex(text, r"(?m)^### [a-z]+(_[a-z]+)+ :")


@unittest.skipUnless((DATA / "communes-2018").is_dir(), "the real data folder is absent")
@unittest.skipUnless((ETALAB / "communes.json").is_file(), "set MAILLAGE_ETALAB_DIR to npm's @etalab/decoupage-administratif 6.0.0, folder data")
class Libraries(RealDataTest):
    """Contours of 2018, populations of Etalab 6.0.0, public libraries and France Services of 2024."""

    def setUp(self):
        super().setUp()
        study = (SOURCE / "examples/bibliotheques-hauts-de-france/etude.toml").read_text(encoding="utf-8")
        self.write("etude.toml", study)
        (self.folder / "donnees").mkdir()
        for file in (DATA / "communes-2018/communes-hauts-de-france.geojson", ETALAB / "communes.json", ETALAB / "epci.json",
                     DATA / "structures/bibliotheques_publiques_france.csv", DATA / "structures/france_services_20240801.csv"):
            (self.folder / "donnees" / file.name).symlink_to(file)
        self.run_program("run", "etude.toml", "--output", "out")

    def test_figures_of_the_region(self):
        quality = self.quality()
        self.assert_rows_add_up(quality)
        self.assert_every_reason_has_words()
        contours = quality["inputs"][0]
        self.assertEqual((contours["rows_in"], len(contours["rejections"])), (3808, 0))
        repaired = [note for note in quality["territory"]["repairs"] if note["reason"] in ("commune_merged", "commune_delegated", "commune_associated", "commune_recoded")
                    and note["source"].endswith("communes-hauts-de-france.geojson")]
        self.assertEqual(len(repaired), 26)
        self.assertEqual(self.one("select count(*), sum(population) from communes"), (3782, 5992194))
        self.assertEqual(self.table(PACKAGE, "select strate_rang, count(*), sum(population) from communes group by 1 order by 1"),
                         [(1, 3248, 1628125), (2, 483, 2399843), (3, 49, 1589531), (4, 2, 374695)])
        # 10,984 would be the pairs without the contours of seven communes merged without being delegated (02077, 02311, 60475, 62210,
        # 80209, 80389, 80419), which only Etalab's anciensCodes follow.
        self.assertEqual(self.one("select count(*) from discontinuites where definition = 'biblio_5km'"), (10999,))

    def test_figures_of_the_libraries(self):
        where = "where source = 'bibliotheques'"
        self.assertEqual(self.one(f"select count(*) from structures {where}"), (1243,))
        # Located at their own coordinates 1,206, of which 1,193 agree with their code and 13 conflict; none outside.
        self.assertEqual(dict(self.table(PACKAGE, f"select accord, count(*) from structures {where} group by 1")),
                         {"accord": 1193, "conflit": 13, "code seul": 37})
        # Fort-Mardyck (59248) is part of Dunkerque now: its library counts for the third class, not the second as in the file.
        self.assertEqual(self.table(PACKAGE, f"select strate_rang, count(*) from structures {where} group by 1 order by 1"),
                         [(1, 712), (2, 420), (3, 93), (4, 18)])
        gaps = self.table(PACKAGE, "select communes, population from lacunes_communes where definition = 'biblio_5km' and nature = 'sans structure' order by population desc")
        self.assertEqual((len(gaps), gaps[0], gaps[1]), (97, (2414, 1013297), (12, 103639)))
        self.assertEqual(sum(communes for communes, _ in gaps), 2635)

    def test_suspicious_towns(self):
        towns = {(town["code"], town["name"]) for town in self.quality()["suspicious_towns"] if town["typology"] == "Bibliothèque"}
        self.assertEqual(towns, {("59328", "Lambersart"), ("59163", "Croix"), ("59299", "Hem"), ("59648", "Wattignies")})

    def test_figures_of_france_services(self):
        self.assertEqual(self.table(PACKAGE, "select strate_rang, count(*) from structures where source = 'france_services' group by 1 order by 1"),
                         [(1, 51), (2, 113), (3, 36), (4, 5)])


class EmbeddedExample(RealDataTest):
    """The study that ships: the built-in France and the files of examples/hauts-de-france."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.output = self.run_program("run", SOURCE / "examples/hauts-de-france/etude.toml", "--output", self.folder / "out").stdout

    def test_figures_of_the_territory(self):
        self.assert_rows_add_up(self.quality())
        self.assert_every_reason_has_words()
        self.assertEqual(self.one("select count(*), sum(population) from communes"), (3782, 6003283))
        # 60694 has no known population: the first class has 3,244 communes of known population.
        self.assertEqual(self.table(PACKAGE, "select strate_rang, count(*), sum(population) from communes where strate_rang is not null group by 1 order by 1"),
                         [(1, 3244, 1631180), (2, 488, 2445373), (3, 47, 1559886), (4, 2, 366844)])
        self.assertEqual(self.table(PACKAGE, "select code from communes where population is null"), [("60694",)])
        # 10,990 pairs share an edge vertex for vertex (10,991 in other counts, with one edge of no length between 80474 and 80701); Lefaux and
        # Widehem, Clairfayts and Eppe-Sauvage touch along 218 m and 442 m where one side has a vertex more than the other.
        self.assertEqual(self.one("select count(*) from discontinuites where definition = 'mairie_5km'"), (10992,))

    def test_town_halls_all_there_and_misplaced_ones_named(self):
        self.assertEqual(self.one("select count(*) from structures where source = 'mairies'"), (3777,))
        self.assertEqual(dict(self.table(PACKAGE, "select accord, count(*) from structures where source = 'mairies' group by 1"))["accord"], 3542)
        notes = self.quality()["placement"]["notes"]
        told = {note["key"] for note in notes if note["reason"] in ("commune_conflict", "misplaced_coordinates", "point_outside_territory", "offshore_point")}
        outside = {key for (key,) in self.table(PACKAGE, "select cle from structures where source = 'mairies' and accord <> 'accord'")}
        self.assertEqual(len(outside), 235)
        self.assertEqual(outside - told, set())

    def test_nothing_stretches_the_map(self):
        box = self.one("select min(min_x), max(max_x), min(min_y), max(max_y) from gpkg_contents where table_name in ('structures', 'lacunes_geometriques')")
        communes = self.one("select min_x, max_x, min_y, max_y from gpkg_contents where table_name = 'communes'")
        for side, limit in zip(box, communes):
            self.assertLess(abs(side - limit), 60_000)

    def test_tables_of_the_2019_study(self):
        for words in ("Bibliothèque", "140", "54", "258"):
            self.assertIn(words, self.output)
        rows = self.rows("out/current/tableaux/01_typology_tier_repartition.csv")
        counts = {list(row.values())[0]: list(row.values())[1:3] for row in rows}
        self.assertEqual([counts[name] for name in counts if counts[name][0] == "140"], [["140", "54"]])
        self.assertEqual(sorted((int(count) for count, _ in list(counts.values())[:-1]), reverse=True), [140, 49, 19, 13, 12, 10, 10, 5])


def lambert93(longitude, latitude):
    """Metres of EPSG:2154, written out so that no distance of these tests comes from the program (IGN, NTG 71)."""
    axis, flattening = 6378137.0, 1 / 298.257222101
    e = math.sqrt(2 * flattening - flattening**2)
    isometric = lambda phi: math.log(math.tan(math.pi / 4 + phi / 2) * ((1 - e * math.sin(phi)) / (1 + e * math.sin(phi))) ** (e / 2))
    normal = lambda phi: axis / math.sqrt(1 - (e * math.sin(phi)) ** 2)
    south, north, middle = map(math.radians, (44, 49, 46.5))
    n = math.log(normal(north) * math.cos(north) / (normal(south) * math.cos(south))) / (isometric(south) - isometric(north))
    c = normal(south) * math.cos(south) / n * math.exp(n * isometric(south))
    radius = c * math.exp(-n * isometric(math.radians(latitude)))
    angle = n * math.radians(longitude - 3)
    return 700000 + radius * math.sin(angle), 6600000 + c * math.exp(-n * isometric(middle)) - radius * math.cos(angle)


class TownHallHours(RealDataTest):
    """Who has an open town hall, with every town hall and every commune where the source puts it, misplaced ones included: the
    distances are made here and given to the program as a matrix. Without one, the program does not believe misplaced points."""

    STUDY = """[territory]
region = "32"
[[structures]]
file = "{halls}"
[[continuity]]
name = "a_5km"
limit = "5 km"
{windows}[continuity.travel]
matrix = "distances.csv"
[[continuity]]
name = "meme_point"
limit = "1 m"
{windows}[continuity.travel]
matrix = "distances.csv"
[[continuity]]
name = "la_sienne"
limit = "1 m"
{windows}[continuity.travel]
matrix = "siennes.csv"
[[continuity]]
name = "telle_quelle"
limit = "5 km"
{windows}[output]
folder = "out"
formats = ["gpkg"]
"""
    WINDOWS = """[[continuity.window]]
name = "un_samedi"
label = "un samedi"
hours = "Sa 00:00-24:00"
[[continuity.window]]
name = "le_soir"
label = "le soir"
hours = "Mo-Su 18:00-24:00"
"""
    HALLS = SOURCE / "examples/hauts-de-france/donnees/mairies.csv"

    def served(self, name, tier=None):
        """Inhabitants served at some moment of Saturday, and after 18:00."""
        row = next(row for row in self.rows(f"out/current/tableaux/continuite_{name}_classes.csv")
                   if row["Découpage"] == ("strate" if tier else "territoire") and row["Code"] == (tier or ""))
        return tuple(int(row[f"Habitants servis à un moment : {window} (hab)"]) for window in ("un samedi", "le soir"))

    def commune_centres(self):
        """Middle of the envelope of every commune, for those whose town hall has no point."""
        for code, geometry in self.table(PACKAGE, "select code, geom from communes"):
            west, east, south, north = struct.unpack_from("<4d", geometry, 8)
            yield code, ((west + east) / 2, (south + north) / 2)

    def write_matrices(self):
        halls = {row["code_commune"]: lambert93(float(row["longitude"]), float(row["latitude"])) for row in self.rows(self.HALLS, ",")}
        cells = {}
        for code, (x, y) in halls.items():
            cells.setdefault((x // 5000, y // 5000), []).append((code, x, y))
        lines = []
        for origin, (x, y) in {**dict(self.commune_centres()), **halls}.items():
            for column in (-1, 0, 1):
                for line in (-1, 0, 1):
                    for code, hall_x, hall_y in cells.get((x // 5000 + column, y // 5000 + line), ()):
                        distance = math.hypot(x - hall_x, y - hall_y)
                        if distance <= 5000:
                            lines.append(f"{origin},mairie-{code},{math.ceil(distance)}")
        header = "origin,destination,distance_m\n"
        self.write("distances.csv", header + "\n".join(lines) + "\n")
        self.write("siennes.csv", header + "".join(f"{code},mairie-{code},0\n" for code in halls))

    def test_figures_with_points_as_given(self):
        self.run_program("continuity", self.HALLS, "--region", "32", "--within", "5km", "--formats", "gpkg", "--output", "out")
        self.write_matrices()
        self.write("etude.toml", self.STUDY.format(halls=self.HALLS, windows=self.WINDOWS))
        self.run_program("run", "etude.toml", "--overwrite")
        self.assertEqual(self.served("a_5km"), (5_406_461, 3_281_687))
        # 2,926,475 and 608,491 have an open town hall at their own town hall's very point: 22 pairs of communes are given one
        # point in the source, of which one hall is misplaced. Their own town hall is open for 1,859 and 3,023 fewer.
        self.assertEqual(self.served("meme_point"), (2_926_475, 608_491))
        self.assertEqual(self.served("la_sienne"), (2_924_616, 605_468))
        for name in ("meme_point", "la_sienne"):
            self.assertEqual(self.served(name, "4")[1], 0)
        # Where the program finds town halls and communes by itself: 217 communes whose town hall lies outside are at a point
        # inside, 18 halls too far off at their commune's point.
        self.assertEqual(self.served("telle_quelle"), (5_402_012, 3_257_786))


class HoursOfOpening(RealDataTest):
    """How many are open when, counted in the table of every hour of every structure."""

    def open_structures(self, file, *options):
        self.run_program("continuity", file, "--region", "32", "--within", "1km", "--worth", "60", "--formats", "gpkg", "--output", "out", *options)
        worths = self.rows("out/current/tableaux/continuite_a_1km_heures_une_a_une.csv")
        opened = [(row["Identifiant"], row["Jour"], row["De"]) for row in worths if row["Ouverte"] == "oui"]
        return {"mercredi": len({key for key, day, _ in opened if day == "mercredi"}),
                "samedi": len({key for key, day, _ in opened if day == "samedi"}),
                "soir": len({key for key, _, hour in opened if hour >= "18:00"})}

    def test_town_halls(self):
        opened = self.open_structures(TownHallHours.HALLS)
        self.assertEqual((opened["samedi"], opened["soir"]), (738, 1327))
        hours = [row["Heures par semaine (h)"] for row in self.rows("out/current/tableaux/continuite_a_1km_valeur_des_heures.csv")]
        self.assertEqual(sum(hour != "" for hour in hours), 3661)
        self.assertAlmostEqual(sum(float(hour.replace(",", ".") or 0) for hour in hours) * 60, 3_088_465, delta=20)

    @unittest.skipUnless((DATA / "structures").is_dir(), "the real data folder is absent")
    def test_france_services(self):
        opened = self.open_structures(DATA / "structures/france_services_20240801.csv")
        self.assertEqual(self.one("select count(*) from structures"), (205,))
        self.assertEqual({day: round(100 * count / 205) for day, count in opened.items()}, {"mercredi": 97, "samedi": 25, "soir": 6})


if __name__ == "__main__":
    unittest.main()
