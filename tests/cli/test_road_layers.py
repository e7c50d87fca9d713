"""Road networks from layers of lines and from graphs: GeoJSON, GeoPackage and Shapefile written here byte by byte, OSMnx's GraphML."""
import collections
import csv
import heapq
import json
import os
import pathlib
import random
import sqlite3
import struct
import unittest
import xml.etree.ElementTree

from program import SOURCE, ProgramTest

GRAPH = pathlib.Path(os.environ.get("MAILLAGE_SHARED_DATA", SOURCE / "../shared/data")) / "roads/saint_germain_en_laye.osmnx.graphml"

# Two streets that cross without a common vertex: 36 km/h both ways from west to east, 72 km/h from south to north only.
STREETS = [([(3.00, 50.60), (3.02, 50.60)], {"vitesse": 36, "sens": "non"}),
           ([(3.01, 50.59), (3.01, 50.61)], {"vitesse": 72, "sens": "oui"})]
ENDS = "id;latitude;longitude\nouest;50.60;3.0\nest;50.60;3.02\nsud;50.59;3.01\nnord;50.61;3.01\n"
COLUMNS = ("--speed-column", "vitesse", "--one-way-column", "sens")


def wkb_line(line):
    return struct.pack("<BII", 1, 2, len(line)) + b"".join(struct.pack("<dd", *vertex) for vertex in line)


def write_geopackage(path):
    with sqlite3.connect(path) as database:
        database.executescript("""
            pragma application_id = 0x47504B47; pragma user_version = 10300;
            create table gpkg_spatial_ref_sys(srs_name text, srs_id integer primary key, organization text,
                organization_coordsys_id integer, definition text, description text);
            create table gpkg_contents(table_name text primary key, data_type text, identifier text, description text,
                last_change datetime default '2026-01-01T00:00:00Z', min_x double, min_y double, max_x double, max_y double, srs_id integer);
            create table gpkg_geometry_columns(table_name text, column_name text, geometry_type_name text, srs_id integer, z tinyint, m tinyint);
            insert into gpkg_spatial_ref_sys values('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",'
                || '6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]', null);
            insert into gpkg_contents(table_name, data_type, srs_id) values('rues', 'features', 4326), ('autre', 'features', 4326);
            insert into gpkg_geometry_columns values('rues', 'geom', 'LINESTRING', 4326, 0, 0), ('autre', 'geom', 'POINT', 4326, 0, 0);
            create table rues(fid integer primary key, geom blob, vitesse integer, sens text);
            create table autre(fid integer primary key, geom blob);""")
        for line, values in STREETS:
            database.execute("insert into rues(geom, vitesse, sens) values(?, ?, ?)",
                             (b"GP\0\1" + struct.pack("<i", 4326) + wkb_line(line), values["vitesse"], values["sens"]))


def write_shapefile(path):
    """ESRI Shapefile Technical Description (1998) and dBase III."""
    records = []
    for line, _ in STREETS:
        xs, ys = zip(*line)
        records.append(struct.pack("<i4dii", 3, min(xs), min(ys), max(xs), max(ys), 1, len(line)) + struct.pack("<i", 0)
                       + b"".join(struct.pack("<dd", *vertex) for vertex in line))

    def head(size):
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<ii8d", 1000, 3, 3.0, 50.59, 3.02, 50.61, 0, 0, 0, 0)

    body, index, at = b"", b"", 100
    for number, record in enumerate(records, 1):
        index += struct.pack(">ii", at // 2, len(record) // 2)
        body += struct.pack(">ii", number, len(record) // 2) + record
        at += 8 + len(record)
    path.with_suffix(".shp").write_bytes(head(100 + len(body)) + body)
    path.with_suffix(".shx").write_bytes(head(100 + len(index)) + index)
    fields = [(b"vitesse", b"N", 5), (b"sens", b"C", 3)]
    dbf = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(STREETS), 32 + 32 * len(fields) + 1, 1 + sum(size for *_, size in fields))
    for name, kind, size in fields:
        dbf += struct.pack("<11sc4xBB14x", name, kind, size, 0)
    dbf += b"\r" + b"".join(b" " + f"{values['vitesse']:5}{values['sens']:3}".encode() for _, values in STREETS) + b"\x1a"
    path.with_suffix(".dbf").write_bytes(dbf)


class RoadLayers(ProgramTest):
    def costs(self, network, measure="time", places="bouts.csv"):
        self.run_program("times", "--network", network, "--origins", places, "--destinations", places, "--measure", measure, "-o", "t.csv",
                         "--overwrite")
        with open(self.folder / "t.csv", encoding="utf-8", newline="") as file:
            return {(row["origin"], row["destination"]): row[{"time": "seconds", "distance": "metres"}[measure]]
                    for row in csv.DictReader(file)}

    def write_streets(self):
        self.write("bouts.csv", ENDS)
        # The type after the coordinates, and a feature that is no road.
        features = [{"type": "Feature", "properties": values, "geometry": {"coordinates": line, "type": "LineString"}}
                    for line, values in STREETS]
        features.append({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [3.0, 50.6]}})
        self.write("rues.geojson", json.dumps({"type": "FeatureCollection", "features": features}))

    def test_streets_meet_at_their_ends_or_where_they_cross(self):
        self.write_streets()
        told = self.run_program("network", "build", "rues.geojson", *COLUMNS, "-o", "bouts.mlg").stderr
        self.assertIn("sans ligne", told)
        apart = self.costs("bouts.mlg")
        self.assertEqual(apart["sud", "est"], "")
        self.assertEqual(apart["nord", "sud"], "", "one-way")
        # 0.02 degrees of longitude are 1,416.6 m here, at 10 m/s; 0.02 of latitude 2,225 m at 20 m/s.
        self.assertAlmostEqual(int(apart["ouest", "est"]), 141.7, delta=1)
        self.assertAlmostEqual(int(apart["sud", "nord"]), 111.3, delta=1)
        self.run_program("network", "build", "rues.geojson", *COLUMNS, "--node-crossings", "-o", "croix.mlg")
        met = self.costs("croix.mlg")
        self.assertAlmostEqual(int(met["sud", "est"]), 111.3 / 2 + 141.7 / 2, delta=1)
        self.assertEqual(met["est", "sud"], "")
        self.assertEqual({pair: cost for pair, cost in met.items() if apart[pair]}, {pair: cost for pair, cost in apart.items() if cost})

    def test_all_formats_give_the_same(self):
        self.write_streets()
        self.run_program("network", "build", "rues.geojson", *COLUMNS, "--node-crossings", "-o", "geojson.mlg")
        expected = self.costs("geojson.mlg")
        write_geopackage(self.folder / "rues.gpkg")
        result = self.run_program("network", "build", "rues.gpkg", *COLUMNS, "-o", "gpkg.mlg", code=65)
        self.assertIn("rues, autre", result.stderr)
        self.run_program("network", "build", "rues.gpkg", "--layer", "rues", *COLUMNS, "--node-crossings", "-o", "gpkg.mlg")
        self.assertEqual(self.costs("gpkg.mlg"), expected)
        write_shapefile(self.folder / "shp")
        self.assertIn("système de coordonnées",
                      self.run_program("network", "build", "shp.shp", *COLUMNS, "-o", "shp.mlg", code=65).stderr)
        self.run_program("network", "build", "shp.shp", "--source-crs", "EPSG:4326", *COLUMNS, "--node-crossings", "-o", "shp.mlg")
        self.assertEqual(self.costs("shp.mlg"), expected)

    def test_a_network_is_made_anew_when_an_option_changes(self):
        self.write_streets()
        build = ("network", "build", "rues.geojson", *COLUMNS, "-o", "rues.mlg")
        self.run_program(*build)
        self.assertIn("à jour", self.run_program(*build).stdout)
        self.assertNotIn("à jour", self.run_program(*build, "--node-crossings").stdout)
        self.assertNotIn("à jour", self.run_program(*build, "--node-crossings", "--tolerance", "2").stdout)

    def test_what_is_wrong_is_told(self):
        self.write_streets()
        told = self.run_program("network", "build", "rues.geojson", "--speed-column", "vitess", "-o", "x.mlg", code=65).stderr
        self.assertIn("« vitesse »", told)
        self.write("points.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
                                     '"geometry":{"type":"Point","coordinates":[3,50]}}]}')
        self.assertIn("aucune ligne", self.run_program("network", "build", "points.geojson", "-o", "x.mlg", code=65).stderr)
        self.assertIn("forme de réseau inconnue", self.run_program("network", "build", "bouts.csv", "-o", "x.mlg", code=65).stderr)

    @unittest.skipUnless(GRAPH.exists(), "the real graph is not there")
    def test_distances_on_a_real_graph_are_those_of_its_edges(self):
        root = xml.etree.ElementTree.parse(GRAPH).getroot()
        space = "{http://graphml.graphdrawing.org/xmlns}"
        names = {key.get("id"): key.get("attr.name") for key in root.findall(space + "key")}
        position, neighbours, edges = {}, collections.defaultdict(list), 0
        for node in root.iter(space + "node"):
            values = {names[data.get("key")]: data.text for data in node}
            position[node.get("id")] = float(values["x"]), float(values["y"])
        for edge in root.iter(space + "edge"):
            values = {names[data.get("key")]: data.text for data in edge}
            edges += 1
            if values.get("access", "") not in ("private", "no"):
                neighbours[edge.get("source")].append((edge.get("target"), float(values["length"])))
                neighbours[edge.get("target")].append((edge.get("source"), float(values["length"])))
        self.assertEqual((len(position), edges), (3778, 10588))

        def distances(start):
            best, heap = {start: 0.0}, [(0.0, start)]
            while heap:
                cost, node = heapq.heappop(heap)
                if cost == best[node]:
                    for other, length in neighbours[node]:
                        if cost + length < best.get(other, 1e18):
                            best[other] = cost + length
                            heapq.heappush(heap, (cost + length, other))
            return best

        generator = random.Random(5)
        big = max((distances(node) for node in generator.sample(sorted(neighbours), 5)), key=len)
        nodes = generator.sample(sorted(big), 40)
        self.write("noeuds.csv", "id;latitude;longitude\n" + "".join(f"{node};{position[node][1]:.7f};{position[node][0]:.7f}\n" for node in nodes))
        self.run_program("network", "build", GRAPH, "--mode", "foot", "-o", "pied.mlg")
        ours = self.costs("pied.mlg", "distance", "noeuds.csv")
        exact = 0
        for start in nodes:
            theirs = distances(start)
            for end in nodes:
                # A node may also lie on a path that passes over it without meeting: then the place is on that one.
                self.assertGreater(int(ours[start, end]), theirs[end] - 1)
                exact += int(ours[start, end]) < theirs[end] + 3
        self.assertGreater(exact, 0.9 * len(nodes) ** 2)


if __name__ == "__main__":
    unittest.main()
