#!/usr/bin/env python3
"""The rules of ARCHITECTURE.md that a compiler does not check: which folder may include which, no input or output in the
engine, file lengths. Usage: check_layering.py ROOT; exit 1 and one line per breach."""
import pathlib
import re
import sys

ENGINE_ORDER = ["core", "time", "geometry", "territory", "structures", "network", "coverage", "accessibility", "equity",
                "siting", "circulation", "scenario"]
MAY_SEE = {name: set(ENGINE_ORDER[: i + 1]) for i, name in enumerate(ENGINE_ORDER)}
MAY_SEE["survey"] = {"core", "time", "territory", "structures", "geometry", "survey"}
SHARED_ADAPTERS = {"file", "proj"}
FORBIDDEN_IN_ENGINE = re.compile(
    r"#include\s*<(fstream|iostream|cstdio|stdio\.h|filesystem|chrono|ctime|time\.h|locale|random|spdlog/|gdal|ogr|proj|cpl_|CLI/|nlohmann/|toml)"
    r"|\bgetenv\b|std::cout|std::cerr|std::chrono|\bprintf\s*\(")
THIRD_PARTY = re.compile(r"#include\s*<(gdal|ogr|cpl_|proj|geos|boost/|oneapi/|tbb/|fmt/|spdlog/|nlohmann/|toml\+\+|simdjson|CLI/|zstd|openssl/)")
INCLUDE = re.compile(r'#include\s*"([^"]+)"')
MAX_LINES = 600


def breaches(root):
    for path in sorted(root.glob("**/*.[ch]pp")):
        relative = path.relative_to(root)
        parts = relative.parts
        if parts[0] in ("build", "tests") or parts[0].startswith("build-") or parts[0] == "benchmarks":
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if len(lines) > MAX_LINES:
            yield f"{relative}: {len(lines)} lines, at most {MAX_LINES}"
        for number, line in enumerate(lines, 1):
            where = f"{relative}:{number}"
            if parts[0] in ("engine", "maps") and FORBIDDEN_IN_ENGINE.search(line):
                yield f"{where}: input, output, clock or environment in {parts[0]}/: {line.strip()}"
            if path.suffix == ".hpp" and parts[0] in ("engine", "maps") and THIRD_PARTY.search(line):
                yield f"{where}: third-party header in a public header: {line.strip()}"
            match = INCLUDE.search(line)
            if not match:
                continue
            target = match.group(1).split("/")
            if parts[0] == "engine":
                if target[0] != "engine":
                    yield f"{where}: the engine includes {match.group(1)}"
                elif target[1] not in MAY_SEE.get(parts[1], set()):
                    yield f"{where}: engine/{parts[1]} may not include engine/{target[1]}"
            elif parts[0] == "maps" and target[0] not in ("engine", "maps"):
                yield f"{where}: maps includes {match.group(1)}"
            elif parts[0] == "adapters" and parts[1] != "cli" and target[0] == "adapters":
                if target[1] != parts[1] and target[1] not in SHARED_ADAPTERS:
                    yield f"{where}: adapters/{parts[1]} may not include adapters/{target[1]}"


def main():
    root = pathlib.Path(sys.argv[1])
    found = list(breaches(root))
    print("\n".join(found) if found else "layering holds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
