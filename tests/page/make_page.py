#!/usr/bin/env python3
"""Runs a study for its page alone. Usage: make_page.py PROGRAM STUDY.toml FOLDER"""
import pathlib
import re
import subprocess
import sys


def main():
    program, study, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    text = study.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^file = "', f'file = "{study.parent.as_posix()}/', text)
    text = re.sub(r"(?m)^formats = .*$", 'formats = ["carte"]', text)
    (folder / "etude.toml").write_text(text, encoding="utf-8")
    subprocess.run([program, "run", str(folder / "etude.toml"), "--output", str(folder / "out"), "--overwrite"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
