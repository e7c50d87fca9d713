// RoutingKit's contraction hierarchy on a graph that our benchmark program wrote; peers_roads.py compiles this and reads
// what it prints. usage: peers_routingkit FOLDER [large]
#include <routingkit/contraction_hierarchy.h>
#include <routingkit/vector_io.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <string>
#include <vector>

namespace {

using Numbers = std::vector<unsigned>;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Least processor time of up to three runs; long ones run once.
template <typename Run>
double least(const Run& run) {
  double best = 1e30;
  for (int k = 0; k < 3; ++k) {
    const double start = processor_seconds();
    run();
    const double seconds = processor_seconds() - start;
    best = std::min(best, seconds);
    if (seconds > 10) {
      break;
    }
  }
  return best;
}

Numbers table(const RoutingKit::ContractionHierarchy& hierarchy, const Numbers& sources, const Numbers& targets) {
  RoutingKit::ContractionHierarchyQuery query(hierarchy);
  query.pin_targets(targets);
  Numbers rows(sources.size() * targets.size());
  for (std::size_t k = 0; k < sources.size(); ++k) {
    query.reset_source().add_source(sources[k]).run_to_pinned_targets().get_distances_to_targets(&rows[k * targets.size()]);
  }
  return rows;
}

std::size_t different(const Numbers& ours, const Numbers& theirs) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < theirs.size(); ++k) {
    count += ours[k] != theirs[k] ? 1 : 0;
  }
  return count;
}

}  // namespace

int main(const int count, char** const arguments) {
  const std::string folder = std::string(arguments[1]) + "/";
  const auto read = [&](const char* name) { return RoutingKit::load_vector<unsigned>(folder + name); };
  const Numbers first_out = read("first_out");
  const auto states = static_cast<unsigned>(first_out.size() - 1);
  Numbers tail;
  for (unsigned state = 0; state < states; ++state) {
    tail.insert(tail.end(), first_out[state + 1] - first_out[state], state);
  }
  const double start = processor_seconds();
  const auto hierarchy = RoutingKit::ContractionHierarchy::build(states, tail, read("head"), read("travel_time"));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("preprocessing %.3f s, %ld MiB, %zu arcs\n", processor_seconds() - start, usage.ru_maxrss / 1024,
              hierarchy.forward.head.size() + hierarchy.backward.head.size());
  std::fflush(stdout);

  const Numbers sources = read("sources");
  const Numbers targets = read("targets");
  const Numbers few_sources(sources.begin(), sources.begin() + 1000);
  const Numbers few_targets(targets.begin(), targets.begin() + 1000);
  Numbers found;
  double seconds = least([&] { found = table(hierarchy, few_sources, few_targets); });
  std::printf("table_1000 %.3f s, %zu of %zu differ\n", seconds, different(read("table"), found), found.size());
  std::fflush(stdout);

  Numbers all(states);
  std::iota(all.begin(), all.end(), 0U);
  RoutingKit::ContractionHierarchyQuery query(hierarchy);
  const double pinned = processor_seconds();
  query.pin_sources(all);
  const double pinning = processor_seconds() - pinned;
  found.resize(states);
  seconds = least([&] {
    query.reset_target();
    for (const unsigned target : few_targets) {
      query.add_target(target);
    }
    query.run_to_pinned_sources().get_distances_to_sources(found.data());
  });
  std::printf("nearest %.4f s after %.4f s of pinning, %zu of %zu differ\n", seconds, pinning,
              different(read("nearest"), found), found.size());
  std::fflush(stdout);
  if (count > 2) {
    seconds = least([&] { table(hierarchy, sources, targets); });
    std::printf("table_5000 %.3f s\n", seconds);
  }
}
