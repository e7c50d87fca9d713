"""Damaged and malicious inputs, made from the examples by a seeded generator: the program ends with a documented code and a
message that names the file, or with a report in which every row is accounted for; never by a signal, never with half a folder
of results. MAILLAGE_HOSTILE_SEED and MAILLAGE_HOSTILE_CASES make another, or a longer, campaign."""
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import unittest

from program import PROGRAM, SOURCE, ProgramTest

SEED = int(os.environ.get("MAILLAGE_HOSTILE_SEED", "1"))
CASES = int(os.environ.get("MAILLAGE_HOSTILE_CASES", "500"))
SECONDS = 20  # per run; a sound one takes a fraction of a second
FAILURES = {64, 65, 66, 73, 74, 75, 78}  # of the documented codes, those that are the user's to mend: 70 is a defect of ours
EPCI = "200093201"
NUMBERS = ("1e400", "-1e308", "NaN", "nan", "inf", "-Infinity", "9" * 400, "0x10", "1,5,2", "59000 123", "-0", "1e-400", "٣", "")
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp850", "utf-7")


def splice(random_, data):
    """Bytes lost, doubled, zeroed, replaced or added: what disks, transfers and editors do to any file."""
    data = bytearray(data)
    at = random_.randrange(len(data) + 1)
    length = random_.choice((1, 1, 4, 64, 4096))
    kind = random_.randrange(7)
    if kind == 0:
        return bytes(data[:at])
    if kind == 1:
        for _ in range(random_.choice((1, 3, 20, 200))):
            if data:
                data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        return bytes(data)
    piece = (b"", bytes(data[at:at + length]) * 2, b"\0" * length, random_.randbytes(length), b"\xff" * length)[kind - 2]
    return bytes(data[:at]) + piece + bytes(data[at + length:])


def write(path, data):
    path.write_bytes(data)
    return path


def damaged_table(random_, text):
    """A CSV whose cells, headings, delimiters or encoding are wrong."""
    lines = text.splitlines()
    rows = [line.split(",") for line in lines]
    kind = random_.randrange(13)
    row, column = random_.randrange(len(rows)), random_.randrange(len(rows[0]))
    if kind == 0:
        for cells in rows:
            cells[column], cells[0] = cells[0], cells[min(column, len(cells) - 1)]
    elif kind == 1:
        rows[0] = [random_.choice(rows[0]) for _ in rows[0]]
    elif kind == 2:
        for cells in rows[1::random_.choice((1, 2, 50))]:
            cells[min(column, len(cells) - 1)] = random_.choice(NUMBERS)
    elif kind == 3:
        return text.encode(random_.choice(ENCODINGS), errors="replace")
    elif kind == 4:
        return "".join(line + random_.choice(("\n", "\r\n", "\r", "\n\n", "\n\r")) for line in lines).encode()
    elif kind == 5:
        rows[row].insert(0, "\0" * random_.choice((1, 100)))
    elif kind == 6:
        rows[row][0] = random_.choice(("x", "\"", "é", ",\n")) * random_.choice((1, 1000, 10_000_000 if random_.random() < .2 else 9))
    elif kind == 7:
        rows[row][0] = "\"" + rows[row][0]
    elif kind == 8:
        return text.replace(",", random_.choice((";", "\t", "|", " ", ";,", "é"))).encode()
    elif kind == 9:
        rows = random_.choice((rows[:1], rows[1:], rows[:1] * 50, [[]], [[""] * 5000] + rows[1:]))
    elif kind == 10:
        return text.encode() + "\r\nÉtaples;œ".encode("cp1252") * random_.choice((1, 500))
    elif kind == 11:
        for cells in rows[1:]:
            cells[-1] = random_.choice(("=1+1", "'", "-", "@x", "\"a\"b\"", "\u202e", "\ufeff", "\U0001f4da"))
    else:
        rows = [cells[:random_.randrange(len(cells) + 1)] + [""] * random_.randrange(9) for cells in rows]
    return "\n".join(",".join(cells) for cells in rows).encode()


def damaged_geojson(random_, text):
    """GeoJSON with another geometry, system, nesting or value than it should have."""
    document = json.loads(text)
    features = document["features"]
    some = features[::random_.choice((1, 3, len(features)))]
    kind = random_.randrange(10)
    nested = random_.choice((400, 600, 100_000))
    geometries = (None, {}, 7, "Point", {"type": "LineString", "coordinates": [[3, 50], [3.1, 50.1]]}, {"type": "Point", "coordinates": []},
                  {"type": "Point", "coordinates": [1e300, -1e300]}, {"type": "Polygon", "coordinates": [[[3, 50], [3, 51], [3, 50]]]},
                  {"type": "MultiPolygon", "coordinates": [[]]}, {"type": "Point", "coordinates": ["3", None]},
                  {"type": "GeometryCollection", "geometries": []}, {"type": "Polygon", "coordinates": [[[3, 50], [4, 51], [4, 50], [3, 51], [3, 50]]]})
    if kind == 0:
        for feature in some:
            feature["geometry"] = random_.choice(geometries)
    elif kind == 1:
        name = random_.choice(("EPSG:999999", "EPSG:2154", "urn:ogc:def:crs:EPSG::4979", "", "lambert" * 999, "EPSG:-1"))
        document["crs"] = {"type": random_.choice(("name", "link", 3)), "properties": {"name": name, "href": "http://localhost/crs"}}
    elif kind == 2:
        for feature in some:
            feature["properties"] = random_.choice((None, {}, {"": 1}, {"nom": {"a": [1, {}]}}, {"nom": 1e308, "code_insee": True}, {f"c{i}": i for i in range(900)}))
    elif kind == 3:
        return text.replace("\"geometry\":", "\"geometry\":" + "[" * nested, random_.choice((1, 2))).encode()
    elif kind == 4:
        return ("{\"type\":\"FeatureCollection\",\"features\":" + "[" * nested + "]" * nested + "}").encode()
    elif kind == 5:
        return re.sub(r"\d+\.\d+", lambda found: random_.choice((found[0],) * 20 + ("1e999", "NaN", "-", "01", "1.", "null")), text).encode()
    elif kind == 6:
        document[random_.choice(("type", "features"))] = random_.choice((None, 1, "Topology", {}, [], [[]], [None]))
    elif kind == 7:
        return text.replace("é", random_.choice(("\\ud800", "\\u0000", "\\x", "\x01"))).replace("Lille", "\\udc00").encode()
    elif kind == 8:
        return text.encode(random_.choice(ENCODINGS), errors="replace")
    else:
        document["features"] = features * random_.choice((0, 2, 20))
    return json.dumps(document, ensure_ascii=random_.random() < .5).encode()


def damage_package(random_, path):
    """A GeoPackage that is sound SQLite and wrong inside."""
    table = random_.choice(("communes", "structures"))
    change = random_.choice((
        "DELETE FROM gpkg_geometry_columns", "DELETE FROM gpkg_contents", "DROP TABLE gpkg_spatial_ref_sys", "DROP TABLE gpkg_contents",
        "UPDATE gpkg_geometry_columns SET srs_id = 999999", "UPDATE gpkg_contents SET srs_id = -7", "UPDATE gpkg_spatial_ref_sys SET definition = 'x'",
        "UPDATE gpkg_geometry_columns SET geometry_type_name = 'LINESTRING'", "UPDATE gpkg_geometry_columns SET column_name = 'no'",
        f"UPDATE {table} SET geom = NULL", f"UPDATE {table} SET geom = x'00'", f"UPDATE {table} SET geom = zeroblob(1000000) WHERE rowid = 1",
        f"UPDATE {table} SET geom = substr(geom, 1, length(geom) / 2)", f"UPDATE {table} SET geom = 'text'", f"UPDATE {table} SET nom = x'ff00fe'",
        f"UPDATE {table} SET code_insee = 1e300", f"DELETE FROM {table}", f"ALTER TABLE {table} RENAME TO \"a\"\"; --\"",
        "UPDATE gpkg_contents SET data_type = 'tiles'", "PRAGMA journal_mode = WAL", "PRAGMA user_version = 1", "PRAGMA application_id = 0",
        f"CREATE VIEW v AS SELECT * FROM {table}", f"UPDATE gpkg_ogr_contents SET feature_count = 5"))
    with sqlite3.connect(path) as database:
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0.0)
        try:
            database.execute(change)
        except sqlite3.Error:
            pass  # the bytes as they are: another sound case


def damage_shapefile(random_, path):
    """One of the files that make a shapefile is away, another's, or damaged."""
    part = path.with_suffix(random_.choice((".shp", ".shp", ".dbf", ".dbf", ".shx", ".prj", ".cpg")))
    kind = random_.randrange(6)
    if kind == 0 and part != path:
        part.unlink()
    elif kind == 1:
        write(path.with_suffix(".prj"), random_.choice((b"", b"LOCAL_CS[\"x\"]", b"PROJCS[", b"EPSG:999999", b"\xff" * 5000)))
    elif kind == 2:
        write(path.with_suffix(".cpg"), random_.choice((b"", b"UTF-16", b"klingon", b"1252", b"\0")))
    elif kind == 3:
        data = bytearray(part.read_bytes())
        data[:min(100, len(data))] = splice(random_, bytes(data[:100]))
        write(part, data)
    else:
        write(part, splice(random_, part.read_bytes()))


def damaged_study(random_, text):
    """A study file with values, keys and nesting that nobody would write."""
    values = ("\"\"", "-1", "1e999", "nan", "true", "[]", "[[]]", "{}", "\"10 km\"", "\"é\"", "9223372036854775808", "1979-05-27", "\"../..\"",
              "\"\\u0000\"", "[1, \"a\"]", "\"EPSG:999999\"", "\".\"", "'" + "x" * 100_000 + "'")
    lines = text.splitlines()
    kind = random_.randrange(7)
    at = random_.randrange(len(lines))
    if kind == 0:
        lines[at] = lines[at].split("=")[0] + "= " + random_.choice(values)
    elif kind == 1:
        lines.insert(at, random_.choice(("[territory]", "[[table]]", "[output]", "x = 1", "[travel]", "[[coverage]]", "=", "[", "\0", "\ufeff")))
    elif kind == 2:
        del lines[at]
    elif kind == 3:
        key = random_.choice(("plane", "crs", "limit", "file", "formats", "bounds", "merge", "distance_m", "where", "columns", "encoding", "keep_runs", "contours"))
        lines.insert(at, f"{key} = {random_.choice(values)}")
    elif kind == 4:
        lines.append(random_.choice(("a" + ".b" * 60_000 + " = 1", "a = " + "[" * 60_000, "[" + "a." * 60_000 + "b]", "a = " + "{b = " * 5000, "#" * 2_000_000)))
    elif kind == 5:
        random_.shuffle(lines)
    else:
        return splice(random_, text.encode())
    return "\n".join(lines).encode()


class HostileInputs(ProgramTest):
    """Sound files first, made by the program itself from an example; then their damaged copies, two runs at a time."""

    def setUp(self):
        super().setUp()
        example = (SOURCE / "examples/hauts-de-france/donnees/mairies.csv").read_text(encoding="utf-8").splitlines()
        self.table = "\n".join(example[:1] + [line for line in example if line.startswith("mairie-59")][:120]) + "\n"
        self.seeds = self.folder / "seeds"
        self.seeds.mkdir()
        (self.seeds / "lieux.csv").write_text(self.table, encoding="utf-8")
        self.run_program("cover", "seeds/lieux.csv", "--within", "3km", "--epci", EPCI, "-o", "seeds/made", "--formats", "gpkg,geojson,shapefile,flatgeobuf")
        self.made = self.seeds / "made/current"
        study = (SOURCE / "examples/hauts-de-france/etude.toml").read_text(encoding="utf-8")
        study = study.replace("region = \"32\"", f"epci = \"{EPCI}\"").replace("donnees/mairies.csv", "lieux.csv")
        study = study.replace("donnees/repondants-2019-synthetiques.csv", "autres.csv")
        study = study.replace(", typology = \"Bibliothèque\"", ", typology = \"Mairie\"")
        study = study.replace("name = \"repondants_2019\"", "name = \"repondants_2019\"\ntypology = \"Mairie\"")
        study = study.replace("rows = \"legal_status\"", "rows = \"departement\"")
        self.study = re.sub(r"formats = .*", "formats = [\"csv\"]", study)
        (self.seeds / "autres.csv").write_text(self.table, encoding="utf-8")
        (self.seeds / "etude.toml").write_text(self.study, encoding="utf-8")
        self.run_program("run", "seeds/etude.toml")  # so that what damage breaks was sound

    def layer(self, random_, folder, extension):
        """A damaged copy of one of the layers, and the arguments that read it as structures or as communes."""
        name = random_.choice(("structures", "communes"))
        if extension == "gpkg":
            path = folder / "couche.gpkg"
            shutil.copy(self.made / "maillage.gpkg", path)
            if random_.random() < .5:
                damage_package(random_, path)
            else:
                write(path, splice(random_, path.read_bytes()))
        elif extension == "shp":
            for part in (self.made / "shapefile").glob(f"{name}.???"):
                shutil.copy(part, folder / f"couche{part.suffix}")
            path = folder / "couche.shp"
            damage_shapefile(random_, path)
        else:
            kind = "geojson" if extension == "geojson" else "flatgeobuf"
            data = (self.made / kind / f"{name}.{extension}").read_bytes()
            structured = extension == "geojson" and random_.random() < .6
            path = write(folder / f"couche.{extension}", damaged_geojson(random_, data.decode()) if structured else splice(random_, data))
        if name == "communes" and extension != "gpkg":
            return path, ["cover", self.seeds / "lieux.csv", "--contours", path]
        return path, ["cover", path, "--epci", EPCI]

    def special(self, random_, folder):
        """What is no file, or another's content under the name."""
        path = folder / f"couche.{random_.choice(('csv', 'geojson', 'gpkg', 'shp', 'fgb', 'toml', 'xlsx', 'tif'))}"
        kind = random_.randrange(8)
        if kind == 0:
            path.mkdir()
        elif kind == 1:
            path.symlink_to(folder / "nowhere")
        elif kind == 2:
            os.mkfifo(path)
        elif kind == 3:
            path.symlink_to(path.name)
        elif kind == 4:
            path.symlink_to(random_.choice(("/dev/zero", "/dev/null", "/proc/self/mem", "/proc/self/environ")))
        elif kind == 5:
            write(path, random_.choice((b"", b"\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\3\4", b"%PDF-", b"\x1f\x8b\x08", b"SQLite format 3\0", b"<x/>", b"{}", b"[]")))
        elif kind == 6:
            shutil.copy(random_.choice([file for file in self.made.rglob("*.*") if file.is_file()]), path)
        else:
            write(path, random_.randbytes(random_.choice((10, 10_000))))
        return path, ["run", path] if path.suffix == ".toml" else ["cover", path, "--epci", EPCI]

    def case(self, number):
        random_ = random.Random(SEED * 1_000_003 + number)
        folder = self.folder / f"case-{number}"
        folder.mkdir()
        kind = ("csv", "csv", "csv", "geojson", "geojson", "gpkg", "shp", "fgb", "toml", "special")[number % 10]
        if kind == "csv":
            structured = random_.random() < .75
            path = write(folder / "lieux.csv", damaged_table(random_, self.table) if structured else splice(random_, self.table.encode()))
            arguments = ["cover", path, *random_.choice(([], ["--epci", EPCI], ["--epci", EPCI]))]
        elif kind == "toml":
            write(folder / "lieux.csv", self.table.encode())
            write(folder / "autres.csv", self.table.encode())
            path = write(folder / "etude.toml", damaged_study(random_, self.study))
            arguments = ["run", path]
        elif kind == "special":
            path, arguments = self.special(random_, folder)
        else:
            path, arguments = self.layer(random_, folder, kind)
        if arguments[0] == "cover":
            arguments += ["--within", "3km", "--formats", "csv"]
        return folder, path, [*arguments, "-o", folder / "out", "--threads", "1"]

    def judge(self, folder, path, arguments):
        """What is wrong with the run; nothing when all is well."""
        try:
            result = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=folder, check=False, timeout=SECONDS,
                                    stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return f"still running after {SECONDS} s"
        words = result.stderr.decode(errors="backslashreplace").strip().splitlines() or [""]
        out = folder / "out"
        if result.returncode == 0:
            return self.judge_results(out / "current")
        if result.returncode not in FAILURES:
            return f"code {result.returncode}: {words[-1]}"
        if (out / "current").exists() or list(out.glob("runs/*")) or list(out.glob(".run-*")):
            return f"code {result.returncode}, and results are left: {words[-1]}"
        names = {path.name, path.stem} | ({"lieux.csv", "autres.csv"} if path.suffix == ".toml" else set())
        return None if any(name in words[-1] for name in names) else f"code {result.returncode}, the file is not named: {words[-1]}"

    @staticmethod
    def judge_results(current):
        manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
        missing = [file["path"] for file in manifest["outputs"]
                   if not (current / file["path"]).is_file() or (current / file["path"]).stat().st_size != file["bytes"]]
        if missing or not manifest["outputs"]:
            return f"files are missing or cut: {missing}"
        quality = json.loads((current / "quality.json").read_text(encoding="utf-8"))
        for source in quality["inputs"]:
            if source["rows_in"] != source["rows_used"] + source["rows_out_of_scope"] + len(source["rejections"]):
                return f"rows do not add up: {source}"
        return None

    def run_case(self, number):
        folder, path, arguments = self.case(number)
        wrong = self.judge(folder, path, arguments)
        if wrong and os.environ.get("MAILLAGE_HOSTILE_KEEP"):
            shutil.copytree(folder, pathlib.Path(os.environ["MAILLAGE_HOSTILE_KEEP"]) / folder.name, symlinks=True, dirs_exist_ok=True,
                            ignore=lambda _, names: [name for name in names if (folder / name).is_fifo()])
        shutil.rmtree(folder)
        return f"case {number}: {' '.join(str(a) for a in arguments[:3])}: {wrong[:400]}" if wrong else None

    def test_every_end_is_a_documented_one(self):
        with concurrent.futures.ThreadPoolExecutor(2) as runs:
            wrong = [found for found in runs.map(self.run_case, range(CASES)) if found]
        self.assertEqual(wrong, [], f"{len(wrong)} of {CASES} (seed {SEED})\n" + "\n".join(wrong))


if __name__ == "__main__":
    unittest.main()
