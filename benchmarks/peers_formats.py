#!/usr/bin/env python3
"""Reads and writes one GeoJSON file with pyogrio, then runs our benchmark program on the same file, and prints the ratios.

usage: peers_formats.py MAILLAGE_BENCHMARKS COMMUNES_FOLDER [FILE_TO_KEEP]
Needs geopandas and pyogrio (see README.md).
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

import geopandas
import numpy
import pandas
import pyogrio


def measure(function, repeats=3):
    """Least processor and wall seconds of some runs, and the last result."""
    best = [float("inf"), float("inf")]
    for _ in range(repeats):
        cpu, wall = time.process_time(), time.perf_counter()
        result = function()
        best = [min(best[0], time.process_time() - cpu), min(best[1], time.perf_counter() - wall)]
    return best, result


def communes(folder):
    """Metropolitan France with 20 fields: two texts of the source, then six integers, six reals and six texts."""
    files = sorted(f for f in glob.glob(os.path.join(folder, "communes-??-*.geojson")) if os.path.basename(f)[9:11] <= "95")
    frame = pandas.concat([geopandas.read_file(f) for f in files], ignore_index=True)[["code", "nom", "geometry"]]
    random = numpy.random.default_rng(42)
    for i in range(6):
        frame[f"entier_{i}"] = random.integers(0, 10 ** (i + 2), len(frame))
    for i in range(6):
        frame[f"reel_{i}"] = random.uniform(0, 10 ** (i + 1), len(frame)).round(2)
    for i in range(6):
        frame[f"texte_{i}"] = ["catégorie " + str(v) for v in random.integers(0, 50, len(frame))]
    return geopandas.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")


def ours(program, file):
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_filter=geojson"]
    text = subprocess.run(command, env=dict(os.environ, MAILLAGE_GEOJSON_FILE=file), capture_output=True, check=True).stdout
    best = {}
    for run in json.loads(text)["benchmarks"]:
        if run.get("run_type") == "iteration":
            name = run["name"].split("/process_time")[0]
            old = best.get(name, {"cpu_time": float("inf"), "real_time": float("inf")})
            best[name] = dict(run, cpu_time=min(run["cpu_time"], old["cpu_time"]), real_time=min(run["real_time"], old["real_time"]))
    return best


def main():
    program, folder = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as temporary:
        file = sys.argv[3] if len(sys.argv) > 3 else os.path.join(temporary, "communes.geojson")
        frame = communes(folder)
        pyogrio.write_dataframe(frame, file, driver="GeoJSON", layer_options={"RFC7946": "YES"})
        with open(file, encoding="utf-8") as stream:
            document = json.load(stream)
        with open(file, "w", encoding="utf-8") as stream:  # without GDAL's blanks, as france-geojson and we write it
            json.dump(document, stream, ensure_ascii=False, separators=(",", ":"))
        del document
        print(f"pyogrio {pyogrio.__version__} GDAL {'.'.join(map(str, pyogrio.__gdal_version__))}; {len(frame)} features, {os.path.getsize(file) / 1e6:.1f} MB")
        best = ours(program, file)
        read_time, frame = measure(lambda: pyogrio.read_dataframe(file))
        raw_time, _ = measure(lambda: pyogrio.raw.read(file))
        written = os.path.join(temporary, "written.geojson")
        write_time, _ = measure(lambda: pyogrio.write_dataframe(frame, written, driver="GeoJSON", layer_options={"RFC7946": "YES"}))
        plain_time, _ = measure(lambda: pyogrio.write_dataframe(frame, written, driver="GeoJSON"))

    def row(task, peer, mine):
        """Processor time against one thread of ours, wall time against one and two."""
        one, two = best[mine.format(1)], best[mine.format(2)]
        print(f"{task:40} pyogrio {peer[0]:.3f} s processor {peer[1]:.3f} s wall; ours {one['cpu_time'] / 1000:.3f} s processor, "
              f"{one['real_time'] / 1000:.3f} s wall, {two['real_time'] / 1000:.3f} s wall on two threads; "
              f"x{peer[0] * 1000 / one['cpu_time']:.1f} processor, x{peer[1] * 1000 / one['real_time']:.1f} wall, x{peer[1] * 1000 / two['real_time']:.1f} two threads")

    row("read, read_dataframe", read_time, "geojson_read/{}")
    row("read, raw.read (no geometry objects)", raw_time, "geojson_read/{}")
    row("write, RFC7946=YES", write_time, "geojson_write/{}/0")
    row("write, default", plain_time, "geojson_write/{}/0")
    row("write off the grid, RFC7946=YES", write_time, "geojson_write/{}/1")


if __name__ == "__main__":
    main()
