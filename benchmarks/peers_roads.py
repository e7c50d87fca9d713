#!/usr/bin/env python3
"""Runs what is installed of RoutingKit, its CCH for Python, scipy, igraph, NetworKit and pandana on the graphs that our benchmark
program wrote, compares every cost with ours and prints seconds of processor time of one thread, least of the repeats.

usage: peers_roads.py FOLDER_OF_THE_EXPORT NETWORK [--large] [--only NAME,NAME] [--routingkit SOURCES]
--large adds 5,000 x 5,000; --routingkit names RoutingKit's source folder, whose hierarchy is compiled with its Makefile's
options. See README.md for the program's side and the packages.
"""
import argparse
import os
import subprocess
import tempfile
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy

NO_PATH = 2**31 - 1
PATIENCE = 120  # seconds: whoever is expected to need longer does a part of the rows, and the rest is reckoned from it


class Roads:
    def __init__(self, folder):
        read = lambda name, kind: numpy.fromfile(os.path.join(folder, name), kind)
        self.first_out, self.head, self.weight = (read(name, "<u4") for name in ("first_out", "head", "travel_time"))
        self.x, self.y = read("x", "<f8"), read("y", "<f8")
        self.sources, self.targets = read("sources", "<u4"), read("targets", "<u4")
        self.table = read("table", "<u4").reshape(min(1000, len(self.sources)), -1)
        self.nearest = read("nearest", "<u4")
        self.states = len(self.first_out) - 1
        self.tail = numpy.repeat(numpy.arange(self.states, dtype="u4"), numpy.diff(self.first_out))


def timed(function):
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def least(function, repeats=3):
    times = []
    for _ in range(repeats):
        seconds, result = timed(function)
        times.append(seconds)
        if seconds > 5:
            break
    return min(times), result


def rows_in_time(row, sources):
    """Rows of a table one after another; \\returns seconds for all of them, and the rows that were done."""
    seconds, rows = 0, []
    for source in sources:
        step, result = timed(lambda: row(source))
        seconds += step
        rows.append(result)
        if seconds > PATIENCE:
            break
    return seconds * len(sources) / len(rows), rows


def compare(ours, theirs):
    theirs = numpy.asarray(theirs, dtype=float)
    theirs = numpy.where(numpy.isfinite(theirs) & (theirs < NO_PATH), theirs, NO_PATH)
    ours = ours[: len(theirs)].astype(float)
    different = int((ours != theirs).sum())
    return f"all {theirs.size} equal" if different == 0 else f"{different} of {theirs.size} DIFFER"


def say(peer, task, seconds, remark=""):
    print(f"{peer:14} {task:22} {seconds:10.3f} s  {remark}", flush=True)


def reckoned(rows, sources):
    return "" if len(rows) == len(sources) else f", reckoned from {len(rows)} rows"


def routingkit_ch(sources, folder, large):
    with tempfile.TemporaryDirectory() as build:
        program = os.path.join(build, "peers_routingkit")
        files = ["contraction_hierarchy", "vector_io", "graph_util", "bit_vector", "bit_select", "timer", "id_mapper", "verify", "expect",
                 "file_data_source"]
        subprocess.run(["g++", "-DNDEBUG", "-march=native", "-ffast-math", "-std=c++17", "-O3", "-I", os.path.join(sources, "include"),
                        os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers_routingkit.cpp"),
                        *(os.path.join(sources, "src", f"{file}.cpp") for file in files), "-o", program], check=True)
        text = subprocess.run([program, folder, *(["large"] if large else [])], check=True, capture_output=True, text=True).stdout
        for line in text.splitlines():
            print(f"RoutingKit CH  {line}", flush=True)


def routingkit_cch(roads, large):
    import routingkit_cch as kit

    tail, head, weight = roads.tail.tolist(), roads.head.tolist(), roads.weight.tolist()
    # The bindings take degrees; any plane will do for an order by halves.
    seconds, order = timed(lambda: kit.compute_order_inertial(
        roads.states, tail, head, (roads.y / 111_000).tolist(), (roads.x / 111_000).tolist()))
    say("RoutingKit CCH", "order", seconds, "inertial flow; independent of the costs")
    seconds, cch = timed(lambda: kit.CCH(order, tail, head, False))
    say("RoutingKit CCH", "contraction", seconds)
    seconds, metric = timed(lambda: kit.CCHMetric(cch, weight))
    say("RoutingKit CCH", "customisation", seconds)

    def table(size):
        targets = kit.CCHOneToMany(metric, roads.targets[:size].tolist())
        return [targets.distances_from(int(source)) for source in roads.sources[:size]]

    whole = lambda rows: [[NO_PATH if cost is None else cost for cost in row] for row in rows]
    seconds, rows = least(lambda: table(1000))
    say("RoutingKit CCH", "table 1,000 x 1,000", seconds, compare(roads.table, whole(rows)))
    if large:
        say("RoutingKit CCH", "table 5,000 x 5,000", least(lambda: table(5000), 1)[0])


def scipy_csgraph(roads, large):
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    graph = csr_matrix((roads.weight.astype(float), roads.head, roads.first_out), shape=(roads.states, roads.states))
    backward = csr_matrix(graph.T)
    seconds, nearest = least(lambda: dijkstra(backward, indices=roads.targets[:1000], min_only=True))
    say("scipy", "nearest of 1,000", seconds, compare(roads.nearest, nearest))
    targets = roads.targets[:1000]
    seconds, rows = rows_in_time(lambda source: dijkstra(graph, indices=source)[targets], roads.sources[:1000])
    say("scipy", "table 1,000 x 1,000", seconds, compare(roads.table, rows) + reckoned(rows, roads.sources[:1000]))


def igraph_distances(roads, large):
    import igraph

    seconds, graph = timed(lambda: igraph.Graph(n=roads.states, edges=numpy.column_stack([roads.tail, roads.head]), directed=True))
    weight, targets = roads.weight.tolist(), roads.targets[:1000].tolist()
    row = lambda source: graph.distances(source=int(source), target=targets, weights=weight, algorithm="dijkstra")[0]
    seconds, rows = rows_in_time(row, roads.sources[:1000])
    say("igraph", "table 1,000 x 1,000", seconds, compare(roads.table, rows) + reckoned(rows, roads.sources[:1000]))


def networkit_dijkstra(roads, large):
    import networkit

    networkit.setNumberOfThreads(1)
    graph = networkit.GraphFromCoo((roads.weight.astype(float), (roads.tail.astype("u8"), roads.head.astype("u8"))),
                                   n=roads.states, weighted=True, directed=True)
    targets = roads.targets[:1000]

    def row(source):
        search = networkit.distance.Dijkstra(graph, int(source), storePaths=False)
        search.run()
        return numpy.asarray(search.getDistances(asarray=True))[targets]

    seconds, rows = rows_in_time(row, roads.sources[:1000])
    rows = [numpy.where(each > 1e300, numpy.inf, each) for each in rows]
    say("NetworKit", "table 1,000 x 1,000", seconds, compare(roads.table, rows) + reckoned(rows, roads.sources[:1000]))


def pandana_ch(roads, large):
    import pandas
    import pandana

    ids = numpy.arange(roads.states)
    seconds, network = timed(lambda: pandana.Network(
        pandas.Series(roads.x, ids), pandas.Series(roads.y, ids), pandas.Series(roads.tail.astype("i8")),
        pandas.Series(roads.head.astype("i8")), pandas.DataFrame({"time": roads.weight.astype(float)}), twoway=False))
    say("pandana", "hierarchy", seconds)
    targets = roads.targets[:1000].astype("i8")
    row = lambda source: network.shortest_path_lengths(numpy.full(len(targets), int(source)), targets)
    seconds, rows = rows_in_time(row, roads.sources[:1000])
    rows = [numpy.where(numpy.asarray(each) > 4_000_000, numpy.inf, each) for each in rows]
    say("pandana", "table 1,000 x 1,000", seconds, compare(roads.table, rows) + reckoned(rows, roads.sources[:1000]))

    def nearest():
        network.set_pois("facilities", 1e9, 1, pandas.Series(roads.x[targets]), pandas.Series(roads.y[targets]))
        return network.nearest_pois(1e9, "facilities", num_pois=1).to_numpy()[:, 0]

    seconds, costs = timed(nearest)
    say("pandana", "nearest of 1,000", seconds, compare(roads.nearest, numpy.where(costs >= 1e9, numpy.inf, costs)))


PEERS = {"routingkit_cch": routingkit_cch, "scipy": scipy_csgraph, "igraph": igraph_distances, "networkit": networkit_dijkstra,
         "pandana": pandana_ch}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("network")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--only", default=",".join(PEERS))
    parser.add_argument("--routingkit")
    options = parser.parse_args()
    roads = Roads(os.path.join(options.folder, options.network))
    print(f"{options.network}: {roads.states} states, {len(roads.head)} arcs")
    if options.routingkit:
        routingkit_ch(options.routingkit, os.path.join(options.folder, options.network), options.large)
    for name in filter(None, options.only.split(",")):
        try:
            PEERS[name](roads, options.large)
        except ImportError as error:
            print(f"{name}: not installed ({error})")


if __name__ == "__main__":
    main()
