#!/usr/bin/env python3
"""2SFCA within 30 km straight line over metropolitan France by pysal/access, by scipy's sparse matrices and by our benchmark
program on the same points; prints times, ratios and how far the values differ. One thread each.

usage: peers_access.py MAILLAGE_BENCHMARKS COMMUNES_FOLDER
Needs geopandas, scipy and access (see README.md).
"""
import json
import os
import subprocess
import sys
import tempfile

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import access.fca
import numpy
import pandas
import scipy.sparse
import scipy.spatial

from peers_geometry import communes, measure

LIMIT = 30_000.0


def places(folder):
    france = communes(folder)
    points = france.geometry.representative_point().to_crs(2154)
    demand = numpy.column_stack([points.x.values, points.y.values])
    random = numpy.random.default_rng(42)
    chosen = random.choice(len(demand), 10_000, replace=False)
    supply = demand[chosen] + random.normal(scale=2_000, size=(10_000, 2))
    # Whole metres both ways, and costs rounded up: no pair hangs on the last bit.
    return demand, random.integers(20, 20_000, len(demand)).astype(float), supply, random.integers(1, 60, 10_000).astype(float)


def pairs_within(demand, supply):
    tree = scipy.spatial.cKDTree(supply)
    found = tree.query_ball_point(demand, LIMIT)
    counts = numpy.fromiter((len(one) for one in found), dtype=numpy.int64, count=len(found))
    columns = numpy.concatenate([numpy.asarray(one, dtype=numpy.int64) for one in found])
    return counts, columns


def by_scipy(demand, people, supply, amounts):
    tree = scipy.spatial.cKDTree(supply)
    near = scipy.spatial.cKDTree(demand).sparse_distance_matrix(tree, LIMIT, output_type="coo_matrix")
    reach = scipy.sparse.csr_matrix((numpy.ones(near.nnz), (near.row, near.col)), shape=near.shape)
    ratio = amounts / numpy.maximum(reach.T @ people, 1e-300)
    return reach @ ratio


def by_scipy_lists(demand, people, supply, amounts):
    counts, columns = pairs_within(demand, supply)
    first = numpy.concatenate([[0], numpy.cumsum(counts)])
    reach = scipy.sparse.csr_matrix((numpy.ones(len(columns)), columns, first), shape=(len(demand), len(supply)))
    ratio = amounts / numpy.maximum(reach.T @ people, 1e-300)
    return reach @ ratio


def by_access(people, amounts, costs):
    return access.fca.two_stage_fca(people, amounts, costs, max_cost=LIMIT, demand_index="geoid", demand_name="demand",
                                    supply_index="geoid", supply_name="supply", cost_origin="origin", cost_dest="dest",
                                    cost_name="cost")


def table_of_costs(demand, supply, counts, columns):
    origin = numpy.repeat(numpy.arange(len(demand)), counts)
    return pandas.DataFrame({"origin": [f"d{k}" for k in origin], "dest": [f"s{k}" for k in columns],
                             "cost": numpy.hypot(*(demand[origin] - supply[columns]).T)})


def by_access_from_points(demand, supply, people, amounts):
    return by_access(people, amounts, table_of_costs(demand, supply, *pairs_within(demand, supply)))


def ours(program, demand, people, supply, amounts):
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in ("DEMAND", "SUPPLY", "RESULT")}
        numpy.column_stack([demand, people]).astype("<f8").tofile(files["DEMAND"])
        numpy.column_stack([supply, amounts]).astype("<f8").tofile(files["SUPPLY"])
        environment = dict(os.environ, **{f"MAILLAGE_BENCHMARK_{name}": file for name, file in files.items()})
        command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_filter=^access_"]
        text = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        result = numpy.fromfile(files["RESULT"], dtype="<f8")
    best = {}
    for run in json.loads(text)["benchmarks"]:
        if run.get("run_type") == "iteration":
            name = run["name"].split("/process_time")[0]
            old = best.get(name, {"cpu_time": float("inf"), "real_time": float("inf")})
            best[name] = {key: min(run[key], old[key]) for key in ("cpu_time", "real_time")}
            best[name]["measures"] = run.get("measures")
    return best, result


def main():
    program, folder = sys.argv[1:]
    demand, people, supply, amounts = places(folder)
    counts, columns = pairs_within(demand, supply)
    print(f"access {access.__version__} scipy {scipy.__version__}; {len(demand)} demand, {len(supply)} supply, {len(columns)} pairs")
    demand_frame = pandas.DataFrame({"demand": people}, index=pandas.Index([f"d{k}" for k in range(len(demand))], name="geoid"))
    supply_frame = pandas.DataFrame({"supply": amounts}, index=pandas.Index([f"s{k}" for k in range(len(supply))], name="geoid"))
    costs = table_of_costs(demand, supply, counts, columns)
    (access_time, _), access_result = measure(lambda: by_access(demand_frame, supply_frame, costs), 3)
    (found_time, _), _ = measure(lambda: by_access_from_points(demand, supply, demand_frame, supply_frame), 1)
    (scipy_time, _), scipy_result = measure(lambda: by_scipy(demand, people, supply, amounts), 3)
    (lists_time, _), lists_result = measure(lambda: by_scipy_lists(demand, people, supply, amounts), 3)
    best, result = ours(program, demand, people, supply, amounts)
    two_step = best["access_two_step/1"]["cpu_time"] / 1000
    trips = best["access_trips/1"]["cpu_time"] / 1000
    every = best["access_all_measures/1"]["cpu_time"] / 1000
    print(f"ours: trips {trips:.3f} s, 2SFCA with its trips {two_step:.3f} s, {best['access_all_measures/1']['measures']:.0f} measures "
          f"with their trips {every:.3f} s = {every / two_step:.1f} times the 2SFCA; two threads "
          f"{best['access_two_step/2']['real_time'] / 1000:.3f} and {best['access_all_measures/2']['real_time'] / 1000:.3f} s")
    print(f"pysal/access, its pairs given: {access_time:.3f} s, {access_time / two_step:.1f} times ours with pairs found")
    print(f"pysal/access, its pairs found by scipy: {found_time:.3f} s, {found_time / two_step:.1f} times")
    print(f"scipy, sparse_distance_matrix and products: {scipy_time:.3f} s, {scipy_time / two_step:.1f} times")
    print(f"scipy, query_ball_point and products: {lists_time:.3f} s, {lists_time / two_step:.1f} times")
    for name, other in (("scipy", scipy_result), ("scipy lists", lists_result),
                        ("access", access_result.reindex(demand_frame.index).fillna(0).values)):
        print(f"greatest relative difference from {name}: {numpy.max(numpy.abs(other - result) / numpy.maximum(result, 1e-12)):.2e}")


if __name__ == "__main__":
    main()
