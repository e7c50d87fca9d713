#!/usr/bin/env python3
"""Runs a study for its page and report, a page of parts that oceans part, and the report with sheets of communes for one EPCI. Usage: make_page.py PROGRAM STUDY.toml FOLDER"""
import pathlib
import re
import subprocess
import sys

EPCI = "200067999"  # Communauté d'agglomération du Beauvaisis
SEAS = """title = "Outre-mer"
[territory]
departement = ["60", "971", "972", "973", "974", "976"]
[[structures]]
file = "lieux.csv"
[[coverage]]
name = "lieu"
label = "Un lieu à 10 km"
limit = "10 km"
[output]
folder = "seas"
formats = ["carte"]
"""
PLACES = """nom,lat,lon
Beauvais,49.43,2.08
Pointe-à-Pitre,16.24,-61.53
Fort-de-France,14.61,-61.07
Cayenne,4.93,-52.33
Saint-Denis,-20.88,55.45
Mamoudzou,-12.78,45.23
"""


def main():
    program, study, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    text = study.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^file = "', f'file = "{study.parent.as_posix()}/', text)
    text = re.sub(r"(?m)^formats = .*$", 'formats = ["carte", "rapport"]', text)
    (folder / "etude.toml").write_text(text, encoding="utf-8")
    run(program, "run", folder / "etude.toml", "--output", folder / "out")
    (folder / "lieux.csv").write_text(PLACES, encoding="utf-8")
    (folder / "seas.toml").write_text(SEAS, encoding="utf-8")
    run(program, "run", folder / "seas.toml", "--output", folder / "seas")
    (folder / "epci.toml").write_text(re.sub(r"(?m)^region = .*$", f'epci = "{EPCI}"', text), encoding="utf-8")
    run(program, "report", folder / "epci.toml", "--output", folder / "rapport", "--sheets", "commune", "--format", "html")


def run(*command):
    subprocess.run([*map(str, command), "--overwrite"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
