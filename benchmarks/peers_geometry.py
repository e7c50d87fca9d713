#!/usr/bin/env python3
"""Runs GeoPandas and libpysal, then our benchmark program on the same data and points, and prints the ratios.

usage: peers_geometry.py MAILLAGE_BENCHMARKS COMMUNES_FOLDER
Needs geopandas, shapely, pyogrio and libpysal (see README.md).
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
import libpysal
import numpy
import pandas
import shapely


def measure(function, repeats=3):
    """Least processor and wall seconds of some runs, and the last result."""
    best = [float("inf"), float("inf")]
    for _ in range(repeats):
        cpu, wall = time.process_time(), time.perf_counter()
        result = function()
        best = [min(best[0], time.process_time() - cpu), min(best[1], time.perf_counter() - wall)]
    return best, result


def communes(folder):
    files = sorted(f for f in glob.glob(os.path.join(folder, "communes-??-*.geojson")) if os.path.basename(f)[9:11] <= "95")
    frame = pandas.concat([geopandas.read_file(f) for f in files], ignore_index=True)
    frame["departement"] = frame["code"].str[:2]
    return geopandas.GeoDataFrame(frame, crs="EPSG:4326")


def points_inside(france, count):
    """Seeded points, each uniform inside a commune drawn at random: dense where communes are small, as people are."""
    random = numpy.random.default_rng(42)
    shapes, box = france.geometry.values, france.bounds.values
    kept = []
    while sum(map(len, kept)) < count:
        drawn = random.integers(0, len(france), count)
        points = box[drawn, :2] + random.random((count, 2)) * (box[drawn, 2:] - box[drawn, :2])
        kept.append(points[shapely.contains_xy(shapes[drawn], points[:, 0], points[:, 1])])
    return numpy.concatenate(kept)[:count]


def ours(program, points):
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=9", "--benchmark_filter=join|rook|queen|dissolve"]
    text = subprocess.run(command, env=dict(os.environ, MAILLAGE_BENCHMARK_POINTS=points), capture_output=True, check=True).stdout
    best = {}
    for run in json.loads(text)["benchmarks"]:
        if run.get("run_type") == "iteration":
            name = run["name"].split("/process_time")[0]
            old = best.get(name, {"cpu_time": float("inf"), "real_time": float("inf")})
            best[name] = dict(run, cpu_time=min(run["cpu_time"], old["cpu_time"]), real_time=min(run["real_time"], old["real_time"]))
    return best


def main():
    program, folder = sys.argv[1:]
    france = communes(folder)
    points = points_inside(france, 1_000_000)
    frame = geopandas.GeoDataFrame(geometry=shapely.points(points), crs=france.crs)
    print(f"geopandas {geopandas.__version__} shapely {shapely.__version__} GEOS {shapely.geos_version_string} libpysal {libpysal.__version__}")

    def join():
        fresh = geopandas.GeoDataFrame(france[["code"]], geometry=france.geometry.values.copy(), crs=france.crs)
        return geopandas.sjoin(frame, fresh, predicate="within")

    join_time, joined = measure(join, 5)
    default_time, _ = measure(lambda: france.dissolve("departement"), 1)
    coverage_time, _ = measure(lambda: france.dissolve("departement", method="coverage"), 3)
    queen_time, graph = measure(lambda: libpysal.weights.Queen.from_dataframe(france, use_index=False), 1)
    rook_time, _ = measure(lambda: libpysal.weights.Rook.from_dataframe(france, use_index=False), 1)
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        points.astype("<f8").tofile(file.name)
        best = ours(program, file.name)
    print(f"rows placed: {len(joined)} by GeoPandas, {best['join/1']['placed']:.0f} by us; "
          f"queen pairs: {sum(graph.cardinalities.values())}, {best['queen']['pairs']:.0f}")

    def row(task, peer, mine, unit):
        print(f"{task:44} {peer:8.3f} s {mine / 1000:8.3f} s  x{peer / (mine / 1000):6.1f} {unit}")

    row("join, one thread", join_time[0], best["join/1"]["cpu_time"], "processor")
    row("join, two threads", join_time[1], best["join/2"]["real_time"], "wall")
    row("contiguity, queen", queen_time[0], best["queen"]["cpu_time"], "processor")
    row("contiguity, rook", rook_time[0], best["rook"]["cpu_time"], "processor")
    row("dissolve, GeoPandas default", default_time[0], best["dissolve_departements"]["cpu_time"], "processor")
    row('dissolve, GeoPandas method="coverage"', coverage_time[0], best["dissolve_departements"]["cpu_time"], "processor")


if __name__ == "__main__":
    main()
