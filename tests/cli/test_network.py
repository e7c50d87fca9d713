"""Road networks on the command line: build, info, audit, times, isochrones. Outputs are read back without GDAL."""
import csv
import json
import math
import os
import pathlib
import random
import shutil
import struct
import unittest

from program import SOURCE, ProgramTest

SHARED = pathlib.Path(os.environ.get("MAILLAGE_SHARED_DATA", SOURCE / "../shared/data")) / "osm"

# A street of four crossings, 717 m apart, and what an audit should find around it. Longitude grows by 0.01 a column.
NODES = {1: (50.0, 3.00), 2: (50.0, 3.01), 3: (50.0, 3.02), 4: (50.0, 3.03),
         10: (50.0, 3.04), 11: (50.01, 3.04),           # one can drive in and not out
         20: (50.01, 3.00),                             # one can drive out and not in
         30: (50.02, 3.01), 31: (50.02, 3.02),          # an island
         40: (49.98, 3.01),                             # the far end of a ferry
         50: (50.005, 3.01), 60: (50.005, 3.02)}
WAYS = [(1, (1, 2, 3, 4), {"highway": "residential", "maxspeed": "50"}),
        (2, (4, 10, 11), {"highway": "residential", "maxspeed": "50", "oneway": "yes"}),
        (3, (20, 1), {"highway": "residential", "maxspeed": "50", "oneway": "yes"}),
        (4, (30, 31), {"highway": "residential", "maxspeed": "50"}),
        (5, (2, 40), {"route": "ferry", "motor_vehicle": "yes", "duration": "00:10"}),
        (6, (2, 50), {"highway": "residential"}),
        (7, (3, 60), {"highway": "residential", "maxspeed": "7000"})]

PLACES = """id;nom;latitude;longitude
rue;Au milieu de la rue;50.0001;3.015
ile;Sur l'île;50.0201;3.015
piege;Dans le piège;50.005;3.0401
loin;Loin de tout;50.2;3.5
"""


def osm_text(nodes=None, ways=None):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="test">']
    for number, (latitude, longitude) in sorted((nodes or NODES).items()):
        lines.append(f'<node id="{number}" version="1" lat="{latitude}" lon="{longitude}"/>')
    for number, refs, tags in ways or WAYS:
        lines.append(f'<way id="{number}" version="1">')
        lines += [f'<nd ref="{ref}"/>' for ref in refs]
        lines += [f'<tag k="{key}" v="{value}"/>' for key, value in tags.items()]
        lines.append("</way>")
    return "\n".join(lines + ["</osm>", ""])


def crossings(ring, x, y):
    """Whether a ray to the right of the point crosses the ring an odd number of times."""
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            odd = not odd
    return odd


def parts(geometry):
    """The polygons or lines of a geometry, of one or of several."""
    if geometry is None:
        return []
    return geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]


def holds(geometry, x, y):
    return any(sum(crossings(ring, x, y) for ring in polygon) % 2 for polygon in parts(geometry))


def signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])) / 2


class NetworkTest(ProgramTest):
    def features(self, name):
        return json.loads((self.folder / name).read_text(encoding="utf-8"))["features"]

    def geometry_types(self, package, layer):
        """The WKB types of a GeoPackage's geometries, after its own header (OGC 12-128r18, 2.1.3)."""
        types = set()
        for (blob,) in self.table(package, f'select geom from "{layer}" where geom is not null'):
            self.assertEqual(blob[:2], b"GP")
            envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
            order = "<" if blob[8 + envelope] == 1 else ">"
            types.add(struct.unpack_from(order + "I", blob, 9 + envelope)[0])
        return types

    def times_within(self, network, limit, origins="lieux.csv", destinations="points.csv", *more):
        self.run_program("times", "--network", network, "--origins", origins, "--destinations", destinations, "--within", limit,
                         "-o", "temps.csv", "--overwrite", *more)
        with open(self.folder / "temps.csv", encoding="utf-8", newline="") as file:
            return {(row["origin"], row["destination"]) for row in csv.DictReader(file)}

    def seconds(self, network):
        """Whole seconds between the first and the last crossing, both ways; None where there is no trip."""
        self.write("bouts.csv", "id;latitude;longitude\na;50.0;3.0\nb;50.0;3.03\n")
        self.run_program("times", "--network", network, "--origins", "bouts.csv", "--destinations", "bouts.csv", "-o", "t.csv",
                         "--overwrite")
        with open(self.folder / "t.csv", encoding="utf-8", newline="") as file:
            costs = {(row["origin"], row["destination"]): row["seconds"] for row in csv.DictReader(file)}
        return tuple(int(costs[pair]) if costs[pair] else None for pair in (("a", "b"), ("b", "a")))

    def write_points(self, box, count, seed=1):
        generator = random.Random(seed)
        west, south, east, north = box
        points = {f"p{k}": (round(generator.uniform(west, east), 6), round(generator.uniform(south, north), 6)) for k in range(count)}
        self.write("points.csv", "id;latitude;longitude\n" + "".join(f"{key};{y};{x}\n" for key, (x, y) in points.items()))
        return points

    def check_areas_against_times(self, network, origins, points, limits):
        """Every area holds exactly the points that the table gives, and the areas of longer limits hold those of shorter ones."""
        self.run_program("isochrones", "--network", network, "--origins", "lieux.csv", "--within", ",".join(limits), "--points",
                         "points.csv", "-o", "zones.geojson")
        areas = self.features("zones.geojson")
        self.assertEqual(len(areas), len(origins) * len(limits))
        found = 0
        for rank, limit in enumerate(limits, 1):
            within = self.times_within(network, limit)
            for origin in origins:
                area = next(f for f in areas if f["properties"]["cle"] == origin and f["properties"]["rang"] == rank)
                for key, (x, y) in points.items():
                    self.assertEqual(holds(area["geometry"], x, y), (origin, key) in within, (origin, key, limit))
                    found += (origin, key) in within
        self.assertGreater(found, 0)
        self.assertLess(found, len(origins) * len(limits) * len(points), "a test of nothing: every point is within every limit")
        sizes = {}
        for feature in areas:
            properties = feature["properties"]
            sizes.setdefault(properties["cle"], []).append((properties["rang"], properties["superficie_km2"], properties["routes_km"]))
            for polygon in parts(feature["geometry"]):
                self.assertGreater(signed_area(polygon[0]), 0)
                for hole in polygon[1:]:
                    self.assertLess(signed_area(hole), 0)
        for ranked in sizes.values():
            ordered = sorted(ranked)
            self.assertEqual([size for _, size, _ in ordered], sorted(size for _, size, _ in ordered))
            self.assertEqual([length for _, _, length in ordered], sorted(length for _, _, length in ordered))


class TinyNetwork(NetworkTest):
    def setUp(self):
        super().setUp()
        self.write("routes.osm", osm_text())
        self.run_program("network", "build", "routes.osm", "-o", "routes.mlg")
        self.write("lieux.csv", PLACES)

    def test_a_scenario_closes_slows_and_adds_roads(self):
        self.write("rues.osm", osm_text())
        self.run_program("network", "build", "rues.osm", "-o", "rues.mlg")
        there, back = self.seconds("rues.mlg")
        self.assertEqual(there, back)

        def changed(*rows):
            self.write("travaux.csv", "action;route;longitude;latitude;facteur;longitude_fin;latitude_fin;vitesse_kmh;sens_unique\n"
                       + "".join(row + "\n" for row in rows))
            self.run_program("network", "change", "rues.mlg", "--changes", "travaux.csv", "-o", "travaux.mlg", "--overwrite")
            return self.seconds("travaux.mlg")

        self.assertEqual(changed("fermer;;3,015;50,0001;;;;;"), (None, None))
        self.assertEqual(changed("close;1;;;;;;;"), (None, None))
        slow = changed("ralentir;;3,015;50,0001;4;;;;")
        self.assertAlmostEqual(slow[0], there * 2, delta=2)  # the middle third takes four times as long
        # A way around the middle third, from the middle of the first to that of the last, 1,434 m long.
        around = changed("fermer;;3,015;50,0001;;;;;", "ajouter;;3,005;50,0;;3,025;50,0;50;oui")
        self.assertAlmostEqual(around[0], there / 3 + 1434 / 50 * 3.6, delta=2)
        self.assertIsNone(around[1])
        info = self.run_program("network", "info", "travaux.mlg").stdout
        self.assertIn("scenario=travaux.csv", info)

        for row, told in (("fermer;;3,015;50,1;;;;;", "aucune route assez près"), ("fermer;99;;;;;;;", "aucune route de ce numéro"),
                          ("barrer;;3,015;50,0;;;;;", "fermer, ralentir ou ajouter"), ("ralentir;1;;;vite;;;;", "« vite »"),
                          ("ajouter;;3,0;50,0;;3,0;50,0;50;", "même endroit"), ("fermer;;3,015;;;;;;", "latitude")):
            self.write("faux.csv", "action;route;longitude;latitude;facteur;longitude_fin;latitude_fin;vitesse_kmh;sens_unique\n" + row)
            result = self.run_program("network", "change", "rues.mlg", "--changes", "faux.csv", "-o", "faux.mlg", code=65)
            self.assertIn(told, result.stderr)
            self.assertIn("ligne 2", result.stderr)
            self.assertFalse((self.folder / "faux.mlg").exists())

    def test_build_is_done_once_and_info_tells_what_is_there(self):
        self.assertIn("à jour", self.run_program("network", "build", "routes.osm", "-o", "routes.mlg").stdout)
        self.assertIn("up to date", self.run_program("network", "build", "routes.osm", "-o", "routes.mlg", "--language", "en").stdout)
        text = self.run_program("network", "info", "routes.mlg").stdout
        self.assertRegex(text, r"roads\s+9\b")
        self.assertIn("travel_time", text)
        self.write("routes.osm", osm_text(ways=WAYS[:1]))
        self.assertIn("2 nœuds", self.run_program("network", "build", "routes.osm", "-o", "routes.mlg").stdout)

    def test_audit_finds_each_fault_once(self):
        result = self.run_program("network", "audit", "routes.mlg", "-o", "audit.gpkg", "--places", "lieux.csv")
        found = self.table("audit.gpkg", "select nature, count(*), sum(routes), min(objet_source) from audit_reseau group by nature order by nature")
        self.assertEqual(sorted(found), sorted([("bac sans suite", 1, 1, 5), ("sans entrée", 1, 1, 3), ("sans sortie", 1, 1, 2),
                                                ("vitesse douteuse", 1, 1, 7), ("vitesse supposée", 2, 2, 6), ("îlot", 1, 1, 4)]))
        self.assertEqual(self.geometry_types("audit.gpkg", "audit_reseau"), {5})
        (length,), = self.table("audit.gpkg", "select longueur_km from audit_reseau where nature = 'îlot'")
        self.assertAlmostEqual(length, 0.717, places=2)
        self.assertEqual(self.table("audit.gpkg", "select f_table_name, useAsDefault from layer_styles order by 1"),
                         [("audit_lieux", 1), ("audit_reseau", 1)])
        self.assertEqual(self.table("audit.gpkg", "select cle, nom, etat from audit_lieux order by cle"),
                         [("ile", "Sur l'île", "îlot"), ("loin", "Loin de tout", "loin de toute route"), ("piege", "Dans le piège", "sans sortie")])
        self.assertRegex(result.stdout, r"îlot\s+1\s+1\s+0,71\d")
        report = (self.folder / "quality.md").read_text(encoding="utf-8")
        self.assertIn("| sur un îlot | 1 |", report)
        self.assertIn("- lieu loin (Loin de tout) : loin de toute route", report)

    def test_audit_speaks_english_and_writes_geojson(self):
        result = self.run_program("network", "audit", "routes.mlg", "-o", "audit.geojson", "--language", "en", "--no-assumed-speeds")
        self.assertRegex(result.stdout, r"assumed speed\s+2\s+2")
        natures = [feature["properties"]["nature"] for feature in self.features("audit.geojson")]
        self.assertEqual(natures, ["îlot", "sans sortie", "sans entrée", "bac sans suite", "vitesse douteuse"])
        self.assertIn("No places were given", (self.folder / "quality.md").read_text(encoding="utf-8"))
        self.assertFalse((self.folder / "audit_audit_lieux.geojson").exists())

    def test_audit_counts_the_communes_of_a_territory(self):
        self.write("places.csv", "nom;code_insee\nUne mairie;59350\n")
        result = self.run_program("network", "audit", "routes.mlg", "-o", "audit.gpkg", "--departement", "59", "--places", "places.csv")
        self.assertRegex(result.stdout, r"loin de toute route\s+64\d")
        (communes,), = self.table("audit.gpkg", "select count(*) from audit_lieux where sorte = 'commune' and population is not null")
        self.assertGreater(communes, 600)
        self.assertEqual(self.table("audit.gpkg", "select count(*) from audit_lieux where sorte = 'structure'"), [(1,)])

    def test_times_leave_out_what_cannot_be_reached(self):
        result = self.run_program("times", "--network", "routes.mlg", "--origins", "lieux.csv", "--destinations", "lieux.csv", "-o", "temps.csv")
        self.assertIn("loin", result.stderr)
        with open(self.folder / "temps.csv", encoding="utf-8", newline="") as file:
            times = {(row["origin"], row["destination"]): row["seconds"] for row in csv.DictReader(file)}
        self.assertGreater(int(times["rue", "piege"]), 0)
        for pair in (("piege", "rue"), ("rue", "ile"), ("ile", "rue"), ("rue", "loin")):
            self.assertEqual(times.get(pair, ""), "", pair)

    def test_times_show_the_way(self):
        options = ("--network", "routes.mlg", "--origins", "lieux.csv", "--destinations", "lieux.csv", "--paths", "-o", "trajets.csv")
        self.run_program("times", *options)
        with open(self.folder / "trajets.csv", encoding="utf-8", newline="") as file:
            trips = {(row["origin"], row["destination"]): row for row in csv.DictReader(file)}
        way = trips["rue", "piege"]
        points = [tuple(map(float, point.split())) for point in way["wkt"].removeprefix("LINESTRING(").removesuffix(")").split(",")]
        metres = sum(math.hypot((a[0] - b[0]) * 111_320 * math.cos(math.radians(50)), (a[1] - b[1]) * 111_320) for a, b in zip(points, points[1:]))
        self.assertGreater(metres, 100)
        access = 2 * 12  # the places of this file lie so near their roads
        self.assertTrue(metres * 0.99 <= int(way["metres"]) <= metres * 1.01 + access, (metres, way["metres"]))
        self.assertEqual((trips["piege", "rue"]["metres"], trips["piege", "rue"]["wkt"]), ("", ""))
        refused = self.run_program("times", *options, "--overwrite", "--measure", "distance", code=78)
        self.assertIn("--paths", refused.stderr)

    def test_areas_hold_the_points_that_the_table_gives(self):
        points = self.write_points((2.99, 49.99, 3.05, 50.03), 150)
        self.write("lieux.csv", "\n".join(PLACES.splitlines()[:4]) + "\n")
        self.check_areas_against_times("routes.mlg", ["rue", "ile", "piege"], points, ["3min", "5min", "8min"])

    def test_area_of_a_limit_is_the_same_whatever_other_limits_are_asked_for(self):
        # Streets about every 150 m: many corners of the drawing lie just beyond the limit.
        size = 30
        nodes = {size * row + column + 1: (50.0 + 0.0013 * row, 3.0 + 0.002 * column) for row in range(size) for column in range(size)}
        rows = [tuple(size * row + column + 1 for column in range(size)) for row in range(size)]
        streets = [(number, refs, {"highway": "residential"}) for number, refs in enumerate([*rows, *zip(*rows)], 1)]
        self.write("grille.osm", osm_text(nodes, streets))
        self.write("lieux.csv", "id;latitude;longitude\ncentre;50.0195;3.03\n")
        areas = []
        for within in ("3min", "1min,3min,30min"):
            self.run_program("isochrones", "--network", "grille.osm", "--origins", "lieux.csv", "--within", within, "-o", "z.geojson",
                             "--cell", "100", "--overwrite")
            areas.append(next(f["geometry"] for f in self.features("z.geojson") if f["properties"]["limite"] == 180))
        self.assertEqual(areas[0], areas[1])

    def test_place_far_from_any_road_is_kept_without_area(self):
        result = self.run_program("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv", "--within", "5min", "-o", "z.geojson")
        self.assertIn("loin", result.stderr)
        far = next(f for f in self.features("z.geojson") if f["properties"]["cle"] == "loin")
        self.assertIsNone(far["geometry"])
        self.assertEqual((far["properties"]["lieux"], far["properties"]["superficie_km2"]), (0, None))

    def test_all_places_together_and_the_roads_they_reach(self):
        self.run_program("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv", "--within", "1min,10min", "--together",
                         "--lines", "-o", "z.gpkg")
        self.assertEqual(self.table("z.gpkg", "select cle, limite, unite, limite_libelle, lieux, sens from isochrones order by rang"),
                         [(None, 60, "s", "1 min", 3, "depuis le lieu"), (None, 600, "s", "10 min", 3, "depuis le lieu")])
        self.assertEqual(self.geometry_types("z.gpkg", "isochrones"), {6})
        self.assertEqual(self.geometry_types("z.gpkg", "routes_atteintes"), {5})
        # Parts by limit make up the roads in reach, ferries apart.
        sums = self.table("z.gpkg", "select sum(longueur_m) / 1000 from routes_atteintes where classe <> 'ferry'")
        widest = self.table("z.gpkg", "select routes_km from isochrones where rang = 2")
        self.assertAlmostEqual(sums[0][0], widest[0][0], places=6)
        self.assertEqual(self.table("z.gpkg", "select count(*) from routes_atteintes where debut >= fin or debut < 0 or fin > 1"), [(0,)])
        (first, last), = self.table("z.gpkg", "select min(fid), max(fid) from isochrones where rang = 1")
        self.assertGreater(first, self.table("z.gpkg", "select fid from isochrones where rang = 2")[0][0], "the narrow one on top")

    def test_towards_follows_one_way_streets_the_other_way(self):
        def reached(*more):
            self.run_program("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv", "--within", "15min", "--lines", "-o",
                             "z.geojson", "--overwrite", *more)
            return {feature["properties"]["objet_source"] for feature in self.features("z_routes_atteintes.geojson")
                    if feature["properties"]["cle"] == "rue"}
        self.assertEqual(reached() & {2, 3, 4}, {2})
        self.assertEqual(reached("--towards") & {2, 3, 4}, {3})

    def test_files_that_exist_are_replaced_on_demand_only(self):
        isochrones = ("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv", "--within", "5min", "-o", "z.gpkg")
        audit = ("network", "audit", "routes.mlg", "-o", "a.gpkg")
        times = ("times", "--network", "routes.mlg", "--origins", "lieux.csv", "--destinations", "lieux.csv", "-o", "t.bin")
        for command in (isochrones, audit, times):
            self.run_program(*command)
            before = self.hashes(".")
            self.assertIn("--overwrite", self.run_program(*command, code=73).stderr)
            self.run_program(*command, "--overwrite")
            self.assertEqual(self.hashes("."), before)
        (self.folder / "a.gpkg").unlink()
        self.assertIn("quality.md", self.run_program(*audit, code=73).stderr)

    def test_same_bytes_for_one_or_two_threads(self):
        for threads in ("1", "2"):
            (self.folder / f"a{threads}").mkdir()
            self.run_program("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv", "--within", "2km,1km", "--lines", "-o",
                             f"z{threads}.gpkg", "--threads", threads)
            self.run_program("network", "audit", "routes.mlg", "-o", f"a{threads}/a.gpkg", "--threads", threads)
        hashes = self.hashes(".")
        self.assertEqual(hashes["z1.gpkg"], hashes["z2.gpkg"])
        self.assertEqual(hashes["a1/a.gpkg"], hashes["a2/a.gpkg"])

    def test_roads_in_place_of_a_network(self):
        self.run_program("isochrones", "--network", "routes.osm", "--mode", "foot", "--origins", "lieux.csv", "--within", "10min", "-o", "z.gpkg")
        self.assertTrue((self.folder / "routes.foot.mlg").exists())

    def test_mistakes_say_the_way_out_and_leave_nothing(self):
        common = ("isochrones", "--network", "routes.mlg", "--origins", "lieux.csv")
        self.assertIn("pas les deux", self.run_program(*common, "--within", "5min,2km", "-o", "z.gpkg", code=78).stderr)
        self.assertIn("5min", self.run_program(*common, "--within", "bientôt", "-o", "z.gpkg", code=78).stderr)
        self.assertIn(".gpkg", self.run_program(*common, "--within", "5min", "-o", "z.shp", code=78).stderr)
        self.run_program(*common, "--within", "5min", "-o", "absent/z.gpkg", code=73)
        self.run_program("network", "audit", "absent.mlg", "-o", "a.gpkg", code=66)
        self.run_program("network", "audit", "routes.mlg", "-o", "a.png", code=78)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["lieux.csv", "routes.mlg", "routes.osm"])


class RoadStudy(NetworkTest):
    """Two communes on one street of the drawn network and on its island; the only place stands in the street."""

    def setUp(self):
        super().setUp()
        self.write("routes.osm", osm_text())
        def square(code, name, south, north):
            ring = [[3.0, south], [3.03, south], [3.03, north], [3.0, north], [3.0, south]]
            return {"type": "Feature", "properties": {"code": code, "nom": name, "population": 1000},
                    "geometry": {"type": "Polygon", "coordinates": [ring]}}
        self.write("communes.geojson", json.dumps({"type": "FeatureCollection", "features": [
            square("80001", "La Rue", 49.995, 50.012), square("80002", "L'Île", 50.012, 50.03)]}))
        self.write("lieux.csv", "\n".join(PLACES.splitlines()[:2]) + "\n")

    def costs(self, package, name):
        return dict(self.table(package, f'select code, "{name}_cout" from communes'))

    def test_cover_counts_minutes_by_road(self):
        self.run_program("cover", "lieux.csv", "--contours", "communes.geojson", "--network", "routes.osm", "--within", "5min")
        costs = self.costs("lieux-resultats/current/maillage.gpkg", "a_5min")
        self.assertIsNone(costs["80002"], "no road leads off the island")
        self.assertGreater(costs["80001"], 60)
        self.assertLess(costs["80001"], 600)

    def test_audit_finds_communes_also_in_another_plane_than_theirs(self):
        self.run_program("network", "build", "routes.osm", "--crs", "EPSG:32631", "-o", "utm.mlg")
        result = self.run_program("network", "audit", "utm.mlg", "-o", "audit.gpkg", "--contours", "communes.geojson", "--places", "lieux.csv")
        self.assertEqual(self.table("audit.gpkg", "select cle, nom, sorte, etat, population from audit_lieux"),
                         [("80002", "L'Île", "commune", "îlot", 1000)])
        self.assertRegex(result.stdout, r"relié au réseau principal\s+1\s+1\u202f000\s+1")
        self.assertEqual(self.table("audit.gpkg", "select srs_id from gpkg_geometry_columns where table_name = 'audit_lieux'"), [(32631,)])

    def test_study_of_the_guide_takes_its_network_and_direction(self):
        for direction in ("to_structures", "from_structures"):
            self.write("etude.toml", "\n".join([
                'title = "Rue"', "[territory]", 'contours = "communes.geojson"', "[[structures]]", 'file = "lieux.csv"', "[travel]",
                'network = "routes.osm"', 'mode = "foot"', f'direction = "{direction}"', "[[coverage]]", 'name = "a_pied"',
                'limit = "2 km"', "[output]", f'folder = "{direction}"', 'formats = ["gpkg"]', ""]))
            self.run_program("run", "etude.toml")
            costs = self.costs(f"{direction}/current/maillage.gpkg", "a_pied")
            self.assertIsNone(costs["80002"])
            self.assertLess(costs["80001"], 2_000)
            self.assertTrue(self.table(f"{direction}/current/maillage.gpkg", "select a_pied_est_couverte from communes where code = '80001'")[0][0])


class RealNetworkTest(NetworkTest):
    def network(self, file, name, *more):
        if not (SHARED / file).exists():
            self.skipTest(f"{file} is not in {SHARED}")
        shutil.copyfile(SHARED / file, self.folder / f"{name}.osm.pbf")
        self.run_program("network", "build", f"{name}.osm.pbf", "-o", f"{name}.mlg", *more)


class MilanNetwork(RealNetworkTest):
    def test_areas_hold_the_points_that_the_table_gives(self):
        self.network("milan_italy_small.otp.osm.pbf", "milan")
        self.write("lieux.csv", "id;latitude;longitude\nduomo;45.4642;9.1900\ncentrale;45.4862;9.2045\n")
        points = self.write_points((9.10, 45.42, 9.28, 45.53), 400)
        self.check_areas_against_times("milan.mlg", ["duomo", "centrale"], points, ["5min", "10min", "15min"])

    def test_audit_leaves_most_of_the_city_in_the_core(self):
        self.network("milan_italy_small.otp.osm.pbf", "milan")
        result = self.run_program("network", "audit", "milan.mlg", "-o", "audit.gpkg", "--language", "en")
        self.assertRegex(result.stdout, r"the core: [\d,]+ nodes, 9\d\.\d% of the length")
        total = self.table("audit.gpkg", "select sum(longueur_km) from audit_reseau where nature in ('îlot', 'sans sortie', 'sans entrée', 'coupé')")
        self.assertGreater(total[0][0], 50)
        self.assertLess(total[0][0], 400)


class MaltaNetwork(RealNetworkTest):
    PLACES = "id;latitude;longitude\nvalletta;35.8989;14.5146\nvictoria;36.0443;14.2394\n"

    def test_gozo_is_reached_by_ferry_and_the_boat_to_sicily_lands_nowhere(self):
        self.network("malta-latest.gh.osm.pbf", "malta")
        self.write("lieux.csv", self.PLACES)
        pairs = self.times_within("malta.mlg", "3h", "lieux.csv", "lieux.csv")
        self.assertIn(("valletta", "victoria"), pairs)
        self.run_program("network", "audit", "malta.mlg", "-o", "audit.geojson", "--places", "lieux.csv")
        ferries = [feature for feature in self.features("audit.geojson") if feature["properties"]["nature"] == "bac sans suite"]
        north = max(y for feature in ferries for line in parts(feature["geometry"]) for _, y in line)
        self.assertGreater(north, 36.5, "Pozzallo is not in the extract")
        self.assertEqual(self.features("audit_audit_lieux.geojson"), [])

    def test_without_ferries_the_other_island_is_out_of_reach(self):
        profile = self.run_program("network", "profile", "car").stdout
        self.assertIn(', "ferry"]', profile)
        profile = profile.replace(', "ferry"]', "]").replace("never = [", 'never = ["ferry", ')
        self.write("sansbac.toml", profile)
        self.network("malta-latest.gh.osm.pbf", "malta", "--mode", "sansbac.toml")
        self.write("lieux.csv", self.PLACES)
        pairs = self.times_within("malta.mlg", "12h", "lieux.csv", "lieux.csv")
        self.assertEqual(pairs, {("valletta", "valletta"), ("victoria", "victoria")})
        self.run_program("network", "audit", "malta.mlg", "-o", "audit.gpkg", "--places", "lieux.csv")
        self.assertEqual(self.table("audit.gpkg", "select cle, etat from audit_lieux"), [("victoria", "îlot")])


if __name__ == "__main__":
    unittest.main()
