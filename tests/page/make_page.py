#!/usr/bin/env python3
"""Runs a study for its page and report, and the report with sheets of communes for one EPCI. Usage: make_page.py PROGRAM STUDY.toml FOLDER"""
import pathlib
import re
import subprocess
import sys

EPCI = "200067999"  # Communauté d'agglomération du Beauvaisis


def main():
    program, study, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    text = study.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^file = "', f'file = "{study.parent.as_posix()}/', text)
    text = re.sub(r"(?m)^formats = .*$", 'formats = ["carte", "rapport"]', text)
    (folder / "etude.toml").write_text(text, encoding="utf-8")
    run(program, "run", folder / "etude.toml", "--output", folder / "out")
    (folder / "epci.toml").write_text(re.sub(r"(?m)^region = .*$", f'epci = "{EPCI}"', text), encoding="utf-8")
    run(program, "report", folder / "epci.toml", "--output", folder / "rapport", "--sheets", "commune", "--format", "html")


def run(*command):
    subprocess.run([*map(str, command), "--overwrite"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
