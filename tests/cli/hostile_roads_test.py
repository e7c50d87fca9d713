"""Damaged and malicious roads: every form of network, tables and changes, made from sound ones by a seeded generator. A network
is either made whole or not at all, the end is a documented one, and the message names the file. MAILLAGE_HOSTILE_SEED and
MAILLAGE_HOSTILE_CASES as in hostile_inputs_test.py."""
import concurrent.futures
import json
import os
import random
import re
import shutil
import struct
import subprocess
import unittest

from hostile_inputs_test import FAILURES, SECONDS, SEED, damaged_table, splice, write
from program import PROGRAM, SOURCE, ProgramTest

CASES = int(os.environ.get("MAILLAGE_HOSTILE_CASES", "200"))
PLACES = "id;nom;latitude;longitude\n" + "".join(f"p{k};Lieu {k};{60.166 + k * 0.001:.4f};{24.937 + k * 0.001:.4f}\n" for k in range(12))
CHANGES = ("action;route;longitude;latitude;facteur;longitude_fin;latitude_fin;vitesse_kmh;sens_unique\n"
           "fermer;;24,94;60,17;;;;;\nralentir;;24,945;60,168;2;;;;\najouter;;24,94;60,17;;24,95;60,171;50;oui\n")
HOSTILE_TEXTS = ("", "\0", "NaN", "-1", "1e999", "9" * 400, "\"><script>", "../../x", "é", "inf", "4294967296", "-9223372036854775809")


def graphml(edges=40):
    keys = [("d0", "node", "x"), ("d1", "node", "y"), ("d2", "edge", "length"), ("d3", "edge", "highway"), ("d4", "edge", "oneway"), ("g", "graph", "crs")]
    text = ['<?xml version="1.0" encoding="utf-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    text += [f'<key id="{key}" for="{of}" attr.name="{name}" attr.type="string"/>' for key, of, name in keys]
    text += ['<graph edgedefault="directed">', '<data key="g">epsg:4326</data>']
    text += [f'<node id="{k}"><data key="d0">{3 + k * .001:.4f}</data><data key="d1">{50 + k % 7 * .001:.4f}</data></node>' for k in range(edges + 1)]
    for k in range(edges):
        for a, b in ((k, k + 1), (k + 1, k)):
            text.append(f'<edge source="{a}" target="{b}" id="0"><data key="d2">{100 + k}</data><data key="d3">residential</data>'
                        '<data key="d4">False</data></edge>')
    return "\n".join(text + ["</graph>", "</graphml>", ""])


def lines():
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"highway": "residential", "maxspeed": 30 + k}, "geometry":
         {"type": "LineString", "coordinates": [[3 + k * .001, 50], [3.001 + k * .001, 50 + k % 3 * .001]]}} for k in range(30)]})


def dimacs(folder):
    write(folder / "r.gr", ("p sp 20 38\n" + "".join(f"a {k} {k + 1} {100 + k}\na {k + 1} {k} {100 + k}\n" for k in range(1, 20))).encode())
    write(folder / "r.co", ("p aux sp co 20\n" + "".join(f"v {k} {3_000_000 + 1000 * k} 50000000\n" for k in range(1, 21))).encode())


def arrays(folder):
    folder.mkdir()
    arcs = [(a, b) for k in range(19) for a, b in ((k, k + 1), (k + 1, k))]
    arcs.sort()
    first = [sum(1 for a, _ in arcs if a < k) for k in range(21)]
    for name, kind, values in (("first_out", "I", first), ("head", "I", [b for _, b in arcs]), ("travel_time", "I", [1000] * len(arcs)),
                               ("geo_distance", "I", [100] * len(arcs)), ("latitude", "f", [50.0] * 20), ("longitude", "f", [3 + .001 * k for k in range(20)])):
        write(folder / name, struct.pack(f"<{len(values)}{kind}", *values))


def damaged_markup(random_, text):
    """XML with elements lost, doubled, nested or filled with what does not belong there."""
    rows = text.splitlines()
    at = random_.randrange(len(rows))
    kind = random_.randrange(8)
    if kind == 0:
        del rows[at:at + random_.choice((1, 3, 30))]
    elif kind == 1:
        rows[at] = re.sub(r'"[^"]*"', lambda _: json.dumps(random_.choice(HOSTILE_TEXTS)), rows[at], count=1)
    elif kind == 2:
        rows[at] = re.sub(r">[^<]+<", lambda _: f">{random_.choice(HOSTILE_TEXTS)}<", rows[at], count=1)
    elif kind == 3:
        rows.insert(1, '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>')
        rows[at % len(rows)] += "&b;&c;"
    elif kind == 4:
        rows.insert(at, "<a>" * random_.choice((1, 1000, 100_000)))
    elif kind == 5:
        rows = rows[:at] * random_.choice((1, 2))
    elif kind == 6:
        return text.encode(random_.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig")), errors="replace")
    else:
        return splice(random_, text.encode())
    return "\n".join(rows).encode(errors="surrogatepass")


class HostileRoads(ProgramTest):
    def setUp(self):
        super().setUp()
        self.seeds = self.folder / "seeds"
        self.seeds.mkdir()
        self.osm = (SOURCE / "examples/helsinki/donnees/helsinki.osm.pbf").read_bytes()
        write(self.seeds / "lieux.csv", PLACES.encode())
        write(self.seeds / "h.osm.pbf", self.osm)
        write(self.seeds / "g.graphml", graphml().encode())
        write(self.seeds / "l.geojson", lines().encode())
        dimacs(self.seeds)
        arrays(self.seeds / "tableaux")
        for source in ("h.osm.pbf", "g.graphml", "l.geojson", "r.gr", "tableaux"):
            extra = ["--crs", "EPSG:2154"] if source in ("r.gr", "tableaux") else []
            self.run_program("network", "build", f"seeds/{source}", *extra, "-o", f"seeds/{source}.mlg")
        self.network = (self.seeds / "h.osm.pbf.mlg").read_bytes()
        write(self.seeds / "changes.csv", CHANGES.encode())
        self.run_program("network", "change", "seeds/h.osm.pbf.mlg", "--changes", "seeds/changes.csv", "--max-distance", "500", "-o", "seeds/c.mlg")

    def case(self, number):
        random_ = random.Random(SEED * 2_000_003 + number)
        folder = self.folder / f"case-{number}"
        folder.mkdir()
        output = folder / "out.mlg"
        kind = ("pbf", "mlg", "mlg", "graphml", "lines", "dimacs", "arrays", "changes", "places", "osm")[number % 10]
        build = lambda path, *more: (path, ["network", "build", path, *more, "-o", output], output)
        if kind == "pbf":
            return folder, *build(write(folder / "x.osm.pbf", splice(random_, self.osm)))
        if kind == "mlg":
            path = write(folder / "x.mlg", splice(random_, self.network))
            table = folder / "t.csv"
            verb = random_.choice((["times", "--network", path, "--origins", self.seeds / "lieux.csv", "--destinations", self.seeds / "lieux.csv", "-o", table],
                                   ["network", "info", path], ["network", "audit", path, "-o", folder / "a.gpkg"],
                                   ["isochrones", "--network", path, "--origins", self.seeds / "lieux.csv", "--within", "3min", "-o", folder / "z.gpkg"]))
            return folder, path, verb, table if verb[0] == "times" else None
        if kind == "graphml":
            return folder, *build(write(folder / "x.graphml", damaged_markup(random_, graphml())))
        if kind == "osm":
            rows = ['<?xml version="1.0"?>', '<osm version="0.6">']
            rows += [f'<node id="{k}" version="1" lat="50.0" lon="{3 + k * .001:.3f}"/>' for k in range(1, 20)]
            rows += ['<way id="1" version="1">'] + [f'<nd ref="{k}"/>' for k in range(1, 20)] + ['<tag k="highway" v="residential"/>', "</way>"]
            rows += ['<relation id="1" version="1"><member type="way" ref="1" role="from"/><tag k="type" v="restriction"/></relation>', "</osm>"]
            return folder, *build(write(folder / "x.osm", damaged_markup(random_, "\n".join(rows))))
        if kind == "lines":
            text = lines()
            for _ in range(random_.choice((1, 5))):
                text = re.sub(r"\d+\.\d+", lambda found: random_.choice((found[0],) * 40 + ("1e999", "null", "[]", "-91", "\"x\"")), text)
            data = splice(random_, text.encode()) if random_.random() < .5 else text.encode()
            return folder, *build(write(folder / "x.geojson", data), *random_.choice(([], ["--node-crossings"])))
        if kind == "dimacs":
            dimacs(folder)
            part = folder / random_.choice(("r.gr", "r.co"))
            text = part.read_text()
            if random_.random() < .5:
                text = re.sub(r"\d+", lambda found: random_.choice((found[0],) * 20 + ("-1", "99999999999999", "0", "x")), text)
            write(part, text.encode() if random_.random() < .5 else splice(random_, text.encode()))
            return folder, *build(folder / "r.gr", "--crs", "EPSG:2154")
        if kind == "arrays":
            arrays(folder / "tableaux")
            part = random_.choice(sorted((folder / "tableaux").iterdir()))
            if random_.random() < .2:
                part.unlink()
            else:
                write(part, splice(random_, part.read_bytes()))
            return folder, *build(folder / "tableaux", "--crs", "EPSG:2154")
        if kind == "changes":
            path = write(folder / "x.csv", damaged_table(random_, CHANGES))
            return folder, path, ["network", "change", self.seeds / "h.osm.pbf.mlg", "--changes", path, "--max-distance", "500", "-o", output], output
        path = write(folder / "x.csv", damaged_table(random_, PLACES))
        table = folder / "t.csv"
        return folder, path, ["times", "--network", self.seeds / "h.osm.pbf.mlg", "--origins", path, "--destinations", self.seeds / "lieux.csv", "-o", table], table

    def judge(self, folder, path, arguments, output):
        try:
            result = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=folder, check=False, timeout=SECONDS,
                                    stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return f"still running after {SECONDS} s"
        words = result.stderr.decode(errors="backslashreplace").strip().splitlines() or [""]
        if result.returncode == 0:
            if output is None:
                return None
            if not output.is_file() or output.stat().st_size == 0:
                return "code 0 and nothing written"
            if output.suffix == ".mlg":
                again = subprocess.run([PROGRAM, "network", "info", str(output)], capture_output=True, check=False, timeout=SECONDS)
                return None if again.returncode == 0 else f"code 0 and a network that cannot be read: {again.stderr[-200:]}"
            return None
        if result.returncode not in FAILURES:
            return f"code {result.returncode}: {words[-1]}"
        left = [file.name for file in folder.rglob("*") if file.name.startswith(("out.mlg", "t.csv", "a.gpkg", "z.gpkg")) or ".tmp" in file.name]
        if left:
            return f"code {result.returncode}, and {left} are left: {words[-1]}"
        names = {path.name, path.stem, "r.co", "tableaux"}
        return None if any(name in words[-1] for name in names) else f"code {result.returncode}, the file is not named: {words[-1]}"

    def run_case(self, number):
        folder, path, arguments, output = self.case(number)
        wrong = self.judge(folder, path, arguments, output)
        if wrong and os.environ.get("MAILLAGE_HOSTILE_KEEP"):
            shutil.copytree(folder, os.path.join(os.environ["MAILLAGE_HOSTILE_KEEP"], folder.name), dirs_exist_ok=True)
        shutil.rmtree(folder)
        return f"case {number}: {' '.join(str(a) for a in arguments[:3])}: {wrong[:400]}" if wrong else None

    def test_every_end_is_a_documented_one(self):
        with concurrent.futures.ThreadPoolExecutor(2) as runs:
            wrong = [found for found in runs.map(self.run_case, range(CASES)) if found]
        self.assertEqual(wrong, [], f"{len(wrong)} of {CASES} (seed {SEED})\n" + "\n".join(wrong))


if __name__ == "__main__":
    unittest.main()
