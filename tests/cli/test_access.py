"""`maillage access` and [[access]] tables as a user meets them."""
import json
import math

from program import PLACES, ProgramTest

STUDY = """[territory]
departement = "59"
[[structures]]
file = "lieux.csv"
carry = ["heures"]
[[access]]
name = "offre"
label = "Heures d'ouverture"
cutoffs = ["5 km", "20 km"]
supply = "heures * 2"
supply_unit = "h"
{more}
[output]
folder = "resultats"
formats = ["gpkg", "csv-excel", "shapefile"]
"""


def with_hours(hours=("10", "20,5", "30", "", "4")):
    header, *rows = PLACES.strip().splitlines()
    return "\n".join([header + ";heures", *(f"{row};{value}" for row, value in zip(rows, hours))]) + "\n"


class Access(ProgramTest):
    def number(self, text):
        return float(text.replace("\u202f", "").replace("\u00a0", "").replace(",", "."))

    def test_all_measures_from_a_file_alone(self):
        self.write("lieux.csv", PLACES)
        result = self.run_program("access", "lieux.csv", "--within", "10km,30km", "--departement", "59", "--output", "sortie")
        self.assertIn("Accessibilité", result.stderr)
        columns = [row[1] for row in self.table("sortie/current/maillage.gpkg", "PRAGMA table_info(accessibilite)")]
        for name in ("acces_2sfca_10km", "acces_raam_rang", "acces_etendue_rangs", "acces_pires_dixiemes", "acces_bfca"):
            self.assertIn(name, columns)
        self.assertGreaterEqual(sum(name.endswith("_rang") for name in columns), 30)
        # What is shared out is what there is.
        (shared, alone), = self.table("sortie/current/maillage.gpkg",
                                      "SELECT SUM(population * acces_2sfca_30km) / 10000, SUM(acces_dispo_spatiale) FROM accessibilite")
        self.assertAlmostEqual(shared, 5, places=9)
        self.assertAlmostEqual(alone, 5, places=9)
        classes = dict(self.table("sortie/current/maillage.gpkg", "SELECT acces_e2sfca_classe, COUNT(*) FROM grappes GROUP BY 1"))
        self.assertIn("non significatif", classes)
        styles = self.table("sortie/current/maillage.gpkg", "SELECT f_table_name, SUM(useAsDefault) FROM layer_styles GROUP BY 1")
        self.assertIn(("accessibilite", 1), styles)
        self.assertIn(("grappes", 1), styles)

    def test_supply_is_a_sum_over_columns_and_what_is_unknown_is_told(self):
        self.write("lieux.csv", with_hours())
        self.write("etude.toml", STUDY.format(more='measures = ["2sfca", "i2sfca", "cumulative"]'))
        self.run_program("run", "etude.toml")
        rows = self.rows("resultats/current/tableaux/acces_offre_structures.csv")
        supplies = sorted(self.number(row["Offre (h)"]) for row in rows)
        self.assertEqual(supplies, [8, 20, 41, 60])
        quality = (self.folder / "resultats/current/qualite.md").read_text(encoding="utf-8")
        self.assertIn("offre non renseignée : structure laissée de côté : 1", quality)
        fairness = self.rows("resultats/current/tableaux/acces_offre_equite.csv")
        self.assertEqual([row["Mesure"].replace("\u00a0", " ") for row in fairness],
                         ["2SFCA, 5 km", "2SFCA, 20 km", "Cumul, 5 km", "Cumul, 20 km"])
        for row in fairness:
            self.assertTrue(0 <= self.number(row["Gini"]) <= 1)
        parameters = json.loads((self.folder / "resultats/current/manifest.json").read_text(encoding="utf-8"))["parameters"]
        self.assertIn("heures * 2", json.dumps(parameters, ensure_ascii=False))

    def test_one_answer_per_type(self):
        self.write("lieux.csv", PLACES)
        self.run_program("access", "lieux.csv", "--within", "10km", "--departement", "59", "--each", "typology", "--measures",
                         "cumulative", "--output", "sortie")
        (libraries, fablabs), = self.table(
            "sortie/current/maillage.gpkg",
            "SELECT MAX(acces_bibliotheque_cumul_10km), MAX(acces_fablab_cumul_10km) FROM accessibilite")
        self.assertEqual((libraries, fablabs), (1, 1))

    def test_people_to_serve_and_income_from_files(self):
        self.write("lieux.csv", PLACES)
        self.write("gens.csv", "code_insee;jeunes;revenu\n59350;1000;20000\n59014;10;15000\n59606;20;18000\n75056;5;1\n59999x;1;1\n")
        self.write("etude.toml", STUDY.replace("heures * 2", "1").replace('carry = ["heures"]', "").format(
            more='measures = ["2sfca"]\ndemand = { file = "gens.csv", column = "jeunes" }\n'
                 'income = { file = "gens.csv", column = "revenu" }'))
        self.run_program("run", "etude.toml")
        rows = {row["Mesure"].replace("\u00a0", " "): row
                for row in self.rows("resultats/current/tableaux/acces_offre_equite.csv")}
        self.assertNotEqual(rows["2SFCA, 20 km"]["Palma (revenu)"], "")
        quality = json.loads((self.folder / "resultats/current/quality.json").read_text(encoding="utf-8"))
        roles = [entry["file"] for entry in quality["inputs"]]
        self.assertEqual(sum(name.endswith("gens.csv") for name in roles), 2)
        self.assertIn("invalid_commune_code", json.dumps(quality))

    def test_own_measures(self):
        self.write("lieux.csv", PLACES)
        more = '''[[access.measure]]
kind = "2sfca"
name = "doux"
label = "Décroissance douce"
decay = "stepped"
steps = ["5 km", "20 km"]
weights = [1, 0.5]
[[access.measure]]
kind = "gravity"
name = "expo"
decay = "exponential"
rate = 0.2
'''
        self.write("etude.toml", STUDY.replace("heures * 2", "1").replace('carry = ["heures"]', "").format(more=more))
        self.run_program("run", "etude.toml")
        (value,), = self.table("resultats/current/maillage.gpkg",
                               "SELECT offre_expo FROM accessibilite WHERE code = '59350'")
        self.assertGreater(value, math.exp(-0.2 * 20))

    def test_mistakes_are_named(self):
        self.write("lieux.csv", with_hours())
        def study(**changes):
            text = STUDY.format(more=changes.pop("more", ""))
            for old, new in changes.values():
                text = text.replace(old, new)
            self.write("etude.toml", text)
            return self.run_program("run", "etude.toml", "--overwrite", code=78).stderr
        self.assertIn("heures", study(a=("heures * 2", "heurs * 2")))
        self.assertIn("illisible", study(a=("heures * 2", "heures * (2")))
        self.assertIn("2sfca", study(more='measures = ["2sfc"]'))
        self.assertIn("minutes", study(more='measures = ["apl"]'))
        self.assertIn("même unité", study(a=('"20 km"', '"20 min"')))
        self.assertIn("n'est pas une mesure", study(more='measures = ["2sfca"]\nclusters = ["raam"]'))
        self.assertIn("cutoffs", study(a=('cutoffs = ["5 km", "20 km"]', "")))
        self.assertIn("autant de bornes", study(more='[[access.measure]]\nkind = "2sfca"\nname = "x"\ndecay = "stepped"\nsteps = ["5 km"]\nweights = []'))

    def test_measure_without_fixed_point_says_so(self):
        self.write("lieux.csv", PLACES)
        result = self.run_program("access", "lieux.csv", "--within", "10km", "--departement", "59", "--measures", "competitive",
                                  "--output", "sortie")
        self.assertIn("pas de point fixe", result.stderr)

    def test_language_before_the_verb(self):
        self.assertIn("Examples:", self.run_program("--language", "en", "access", "--help").stdout)
        self.assertIn("Exemples :", self.run_program("access", "--help").stdout)
