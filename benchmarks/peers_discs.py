#!/usr/bin/env python3
"""Runs GeoPandas' buffer + union_all + difference, then our benchmark program on the same outline and points, and prints the ratios.

usage: peers_discs.py MAILLAGE_BENCHMARKS COMMUNES_FOLDER
Needs geopandas, shapely and pyogrio (see README.md). Processor seconds of one thread, least of five runs.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import geopandas
import numpy
import pandas
import shapely

RADIUS = 5000


def measure(function, repeats):
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        result = function()
        best = min(best, time.process_time() - start)
    return best, result


def outline(folder):
    files = sorted(f for f in glob.glob(os.path.join(folder, "communes-??-*.geojson")) if os.path.basename(f)[9:11] <= "95")
    frame = geopandas.GeoDataFrame(pandas.concat([geopandas.read_file(f) for f in files], ignore_index=True), crs="EPSG:4326")
    whole = shapely.coverage_union_all(frame.geometry.values)
    whole = geopandas.GeoSeries([whole], crs="EPSG:4326").to_crs("EPSG:2154").iloc[0]
    return shapely.orient_polygons(shapely.make_valid(whole))


def points_inside(area, count):
    shapely.prepare(area)
    box, random, kept = area.bounds, numpy.random.default_rng(42), []
    while sum(map(len, kept)) < count:
        tries = random.uniform(box[:2], box[2:], (count, 2))
        kept.append(tries[shapely.contains_xy(area, tries)])
    return numpy.concatenate(kept)[:count]


def write(area, sets, folder):
    rings = [(i, r) for i, p in enumerate(shapely.get_parts(area)) for r in [p.exterior, *p.interiors]]
    with open(os.path.join(folder, "outline.bin"), "wb") as file:
        file.write(numpy.uint32(len(rings)).tobytes())
        for polygon, ring in rings:
            vertices = shapely.get_coordinates(ring).astype("<f8")
            file.write(numpy.array([polygon, len(vertices)], "<u4").tobytes() + vertices.tobytes())
    for count, points in sets.items():
        points.astype("<f8").tofile(os.path.join(folder, f"points-{count}.bin"))


def ours(program, folder):
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_filter=^discs_"]
    text = subprocess.run(command, env=dict(os.environ, MAILLAGE_BENCHMARK_DISCS=folder), capture_output=True, check=True).stdout
    best = {}
    for run in json.loads(text)["benchmarks"]:
        if run.get("run_type") == "iteration":
            name = run["name"].split("/process_time")[0]
            if name not in best or run["cpu_time"] < best[name]["cpu_time"]:
                best[name] = run
    return best


def main():
    program, communes = sys.argv[1:]
    area = outline(communes)
    sets = {count: points_inside(area, count) for count in (10_000, 100_000)}
    print(f"geopandas {geopandas.__version__} shapely {shapely.__version__} GEOS {shapely.geos_version_string}, "
          f"outline {shapely.get_num_coordinates(area)} vertices, {area.area / 1e6:.0f} km2")
    with tempfile.TemporaryDirectory() as folder:
        write(area, sets, folder)
        best = ours(program, folder)
    for count, points in sets.items():
        series = geopandas.GeoSeries(shapely.points(points), crs="EPSG:2154")
        frame = geopandas.GeoSeries([area], crs="EPSG:2154")
        peer, gap = measure(lambda: frame.difference(series.buffer(RADIUS, quad_segs=8).union_all()).iloc[0], 5)
        for kind in ("area", "polygons"):
            mine = best[f"discs_{kind}/{count}"]
            print(f"{count:7} discs, {kind:9} GeoPandas {peer:7.3f} s  ours {mine['cpu_time'] / 1000:7.4f} s  x{peer / (mine['cpu_time'] / 1000):6.1f}   "
                  f"gap {gap.area:.0f} m2 there, {mine['gap_m2']:.3f} m2 here")


if __name__ == "__main__":
    main()
