#!/usr/bin/env python3
"""Runs libgeoda and esda, then our benchmark program on the same values and neighbours, and prints times, ratios and how far
the p values differ.

usage: peers_equity.py MAILLAGE_BENCHMARKS COMMUNES_FOLDER
Needs geopandas, libpysal, esda, numba and pygeoda (see README.md).
"""
import json
import os
import subprocess
import sys
import tempfile
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", NUMBA_NUM_THREADS="1")

import esda
import libpysal
import numba
import numpy
import pygeoda

from peers_geometry import communes, measure

PERMUTATIONS = 999


def values_over(france):
    """A wave over the country, and as much noise: some places are like their neighbours and some are not."""
    points = france.geometry.representative_point()
    noise = numpy.random.default_rng(42).normal(size=len(france))
    return numpy.sin(2 * points.x.values) + numpy.cos(3 * points.y.values) + noise


def ours(program, values, graph):
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in ("VALUES", "LINKS", "RESULT")}
        values.astype("<f8").tofile(files["VALUES"])
        links = [(unit, other) for unit in range(graph.n) for other in sorted(graph.neighbors[unit])]
        numpy.array(links, dtype="<u4").tofile(files["LINKS"])
        environment = dict(os.environ, **{f"MAILLAGE_BENCHMARK_{name}": file for name, file in files.items()})
        command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_filter=local_moran|global_moran"]
        text = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        result = numpy.fromfile(files["RESULT"], dtype="<f8").reshape(-1, 2)
    best = {}
    for run in json.loads(text)["benchmarks"]:
        if run.get("run_type") == "iteration":
            name = run["name"].split("/process_time")[0]
            old = best.get(name, {"cpu_time": float("inf"), "real_time": float("inf")})
            best[name] = {key: min(run[key], old[key]) for key in ("cpu_time", "real_time")}
    return best, result


def main():
    program, folder = sys.argv[1:]
    france = communes(folder)
    values = values_over(france)
    graph = libpysal.weights.Queen.from_dataframe(france, use_index=False, silence_warnings=True)
    graph.transform = "r"
    print(f"esda {esda.__version__} libpysal {libpysal.__version__} numba {numba.__version__} pygeoda {pygeoda.__version__}; "
          f"{graph.n} units, {sum(graph.cardinalities.values())} links, {len(graph.islands)} islands")

    def esda_local():
        return esda.Moran_Local(values, graph, permutations=PERMUTATIONS, n_jobs=1, seed=1)

    compiling = time.process_time()
    esda_local()
    compiling = time.process_time() - compiling
    esda_time, esda_result = measure(esda_local, 3)
    esda_global_time, esda_global = measure(lambda: esda.Moran(values, graph, permutations=PERMUTATIONS), 1)

    geoda = pygeoda.open(france[["code", "geometry"]])
    queen = pygeoda.queen_weights(geoda)
    geoda_time = {}
    for method in ("complete", "lookup-table"):
        geoda_time[method], geoda_result = measure(
            lambda: pygeoda.local_moran(queen, list(values), permutations=PERMUTATIONS, permutation_method=method, cpu_threads=1,
                                        seed=1), 1)
    mine, result = ours(program, values, graph)

    inhabited = numpy.array([graph.cardinalities[unit] > 0 for unit in range(graph.n)])
    print(f"greatest difference of local Moran's I from esda: {numpy.abs(result[:, 0] - esda_result.Is)[inhabited].max():.1e}")
    for name, p in (("esda", esda_result.p_sim), ("libgeoda", numpy.array(geoda_result.lisa_pvalues()))):
        difference = (p - numpy.minimum(result[:, 1], 1))[inhabited]
        print(f"one-sided p of {name} (999) less ours (99,999): mean {difference.mean():+.5f}, "
              f"standard deviation {difference.std():.5f}, greatest {numpy.abs(difference).max():.4f}")

    def row(task, peer, case, unit="cpu_time"):
        time_ms = mine[case][unit]
        print(f"{task:62} {peer:8.3f} s {time_ms / 1000:8.4f} s  x{peer / (time_ms / 1000):7.1f}")

    print(f"esda with numba's compilation: {compiling:.2f} s; processor seconds of one thread, peer and ours:")
    for scheme in ("shared_999", "independent_999", "shared_99999"):
        row(f"local Moran, esda 999 / ours {scheme}", esda_time[0], f"local_moran_case/{scheme}/1")
        for method, (cpu, _) in geoda_time.items():
            row(f"local Moran, libgeoda {method} 999 / ours {scheme}", cpu, f"local_moran_case/{scheme}/1")
    row("global Moran, esda 999", esda_global_time[0], "global_moran/1")
    print("two threads, wall, against one:")
    for case in ("local_moran_case/shared_999", "local_moran_case/shared_99999", "local_moran_case/independent_999", "global_moran"):
        one, two = mine[f"{case}/1"]["real_time"], mine[f"{case}/2"]["real_time"]
        print(f"{case:62} {one:8.1f} ms {two:8.1f} ms  x{one / two:5.2f}")


if __name__ == "__main__":
    main()
