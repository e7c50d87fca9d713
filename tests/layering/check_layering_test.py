#!/usr/bin/env python3
"""The layering check must find planted breaches. Usage: check_layering_test.py check_layering.py"""
import pathlib
import subprocess
import sys
import tempfile

PLANTED = {
    "engine/core/a.hpp": "#include <gdal_priv.h>\n",
    "engine/core/b.hpp": '#include "engine/coverage/coverage.hpp"\n',
    "engine/survey/c.cpp": '#include "engine/coverage/coverage.hpp"\n',
    "engine/network/d.cpp": "#include <fstream>\n",
    "maps/e.cpp": '#include "adapters/gdal/reader.hpp"\n',
    "adapters/csv/f.cpp": '#include "adapters/gdal/reader.hpp"\n',
    "maps/g.hpp": "#include <fmt/format.h>\n",
    "engine/core/h.cpp": "int x;\n" * 601,
}
ALLOWED = {
    "engine/coverage/ok.cpp": '#include "engine/network/x.hpp"\n#include <fmt/format.h>\n',
    "adapters/csv/ok.cpp": '#include "adapters/file/checked_file.hpp"\n#include <fstream>\n',
    "adapters/cli/ok.cpp": '#include "adapters/gdal/reader.hpp"\n',
}


def run(script, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return subprocess.run([sys.executable, script, folder], capture_output=True, text=True, check=False)


script = sys.argv[1]
for name, text in PLANTED.items():
    result = run(script, {name: text})
    assert result.returncode == 1 and name in result.stdout, f"breach not found: {name}: {result.stdout}"
result = run(script, ALLOWED)
assert result.returncode == 0, result.stdout
print("planted breaches are found")
