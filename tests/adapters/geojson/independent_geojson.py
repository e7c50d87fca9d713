#!/usr/bin/env python3
"""What RFC 7946 and our own promises say of written files, checked with Python's json alone.

usage: independent_geojson.py FOLDER (exit code 77: nothing was written)
"""
import json
import os
import re
import sys


def no_constant(name):
    raise ValueError(name + " is no JSON")


def unique(pairs):
    assert len(dict(pairs)) == len(pairs), "a member given twice"
    return dict(pairs)


def twice_area(ring):
    """In whole steps of 1e-7 degree, hence exact."""
    grid = [(round(x * 10**7), round(y * 10**7)) for x, y in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(grid, grid[1:]))


def positions_of(geometry):
    if geometry is None:
        return []
    if geometry["type"] == "Point":
        return [geometry["coordinates"]]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    assert geometry["type"] != "MultiPolygon" or len(polygons) > 1, "one polygon is a Polygon"
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            assert len(ring) >= 4 and ring[0] == ring[-1], ring
            assert all(a != b for a, b in zip(ring, ring[1:])), ring
            area = twice_area(ring)
            assert area > 0 if number == 0 else area < 0, (number, ring)
    return [position for polygon in polygons for ring in polygon for position in ring]


def check(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    document = json.loads(text, parse_constant=no_constant, object_pairs_hook=unique)
    assert document["type"] == "FeatureCollection" and "crs" not in document
    assert text.count("\n") == len(document["features"]) + 2, "a feature per line"
    for array in re.findall(r'"(?:coordinates|bbox)":([][,0-9.eE+-]*)', text):
        for number in re.findall(r"[^][,]+", array):
            assert re.fullmatch(r"-?(0|[1-9][0-9]{0,2})(\.[0-9]{0,6}[1-9])?", number), number
    everything = []
    names = None
    for row, feature in enumerate(document["features"]):
        assert list(feature) == ["type", "properties", "geometry"] and feature["type"] == "Feature"
        names = names or list(feature["properties"])
        assert list(feature["properties"]) == names
        assert feature["properties"]["rang"] == row
        everything += positions_of(feature["geometry"])
    assert all(len(p) == 2 and -180 <= p[0] <= 180 and -90 <= p[1] <= 90 for p in everything)
    xs, ys = zip(*everything)
    west, south, east, north = document["bbox"]
    assert west <= min(xs) and south <= min(ys) and east >= max(xs) and north >= max(ys)
    assert max(abs(west - min(xs)), abs(south - min(ys)), abs(east - max(xs)), abs(north - max(ys))) < 1.1e-7
    return document


def main():
    folder = sys.argv[1]
    if not os.path.isdir(folder):
        sys.exit(77)
    points = check(os.path.join(folder, "points.geojson"))
    assert len(points["features"]) == 20000
    assert sum(f["geometry"] is None for f in points["features"]) == 200
    areas = check(os.path.join(folder, "areas.geojson"))
    assert len(areas["features"]) == 500
    for row, feature in enumerate(areas["features"]):
        properties = feature["properties"]
        assert properties["nom"] == (None if row % 4 == 0 else f"L'Épine \"{row}\"\n\\")
        assert properties["part"] is None if row % 5 == 0 else abs(properties["part"] - row / 3) <= 0.00501
        assert (feature["geometry"] is None) == (row % 7 == 0)
    print("points and areas as they should be")


if __name__ == "__main__":
    main()
