"""`maillage audit` and `maillage survey` as a user meets them."""
import csv
import unittest

from program import SOURCE, ProgramTest

FIGURES = SOURCE / "examples" / "hauts-de-france" / "chiffres-2019.toml"


class Audit(ProgramTest):
    def test_the_verdict_on_the_2019_study(self):
        text = self.run_program("audit", FIGURES).stdout.replace("\u00a0", " ").replace("\u202f", " ")
        for expected in (
                "La ligne « Moyennes et grandes villes » (44 % / 53 %) se contredit seule",
                "public : 44 % → 43 % ou 45 %", "privé : 53 % → 52 % ou 54 %", "(10 tableaux)",
                "« Grandes agglomérations » = public 1, privé 10 et autre 0",
                "Villages 34 % ou 42 % et Petites villes 42 % ou 34 %",
                "9 sur 14 et 7 sur 11", "28 sur 48, 26 sur 45", "6 sur 8 et 3 sur 4",
                "révèle 1 sur 11 réponses",
                "1 475 à 1 563 interrogés"):
            self.assertIn(expected, text)

    def test_tables_are_published_and_the_same_twice(self):
        self.run_program("audit", FIGURES, "--output", "verdict")
        findings = self.rows("verdict/current/constats.csv")
        self.assertEqual(sum(row["verdict"] == "impossible" for row in findings), 2)
        tables = self.rows("verdict/current/tableaux_statut_par_commune.csv")
        self.assertEqual(len(tables), 40)
        self.assertEqual({(row["public"], row["privé"]) for row in tables if row["ligne"] == "Grandes agglomérations"},
                         {("1", "10")})
        self.run_program("audit", FIGURES, "--output", "again")
        self.assertEqual(self.hashes("verdict/current"), self.hashes("again/current"))
        self.run_program("audit", FIGURES, "--output", "verdict", code=73)

    def test_english_and_a_wrong_form(self):
        text = self.run_program("audit", FIGURES, "--language", "en").stdout
        self.assertIn("Certain, as it is the same in all 10 tables", text)
        self.write("f.toml", '[[question]]\nname = "q"\nbase = 10\nlabels = ["a"]\npercentage = [3]\n')
        self.assertIn("ligne 1", self.run_program("audit", "f.toml", code=78).stderr)
        self.run_program("audit", "nowhere.toml", code=66)


RESPONSES = SOURCE / "examples" / "hauts-de-france" / "donnees" / "repondants-2019-synthetiques.csv"
ASKED = SOURCE / "examples" / "hauts-de-france" / "donnees" / "interroges-2019.csv"


class Survey(ProgramTest):
    """The 258 reconstructed respondents of 2019."""

    def frame(self):
        """As many structures as the published rates imply, in the communes of those that answered."""
        with open(RESPONSES, encoding="utf-8-sig", newline="") as file:
            answers = list(csv.DictReader(file))
        with open(ASKED, encoding="utf-8", newline="") as file:
            asked = {row["modalite"]: int(row["interroges"]) for row in csv.DictReader(file, delimiter=";")}
        asked["Autre"] = 30
        lines = ["id,nom,typologie,code_commune"]
        for kind, number in asked.items():
            communes = [row["code_commune"] for row in answers if row["typologie"] == kind]
            lines += [f'{kind} {k},Structure {k},"{kind}",{communes[k % len(communes)]}' for k in range(number)]
        return self.write("interroges.csv", "\n".join(lines) + "\n")

    def test_rates_weights_and_crossings_with_a_frame(self):
        self.frame()
        text = self.run_program("survey", RESPONSES, "--frame", "interroges.csv", "--cross", "legal_status", "--region", "32",
                                "--output", "r").stdout.replace("\u00a0", " ").replace("\u202f", " ")
        self.assertIn("258 sur 1 582, soit 16,3 %", text)
        self.assertIn("Statut juridique × Strate de population : liés, p < 0,0001", text)
        rates = {row["Type de structure"]: row for row in self.rows("r/current/taux_typology.csv")}
        # T03, and statsmodels' Wilson interval of 10 of 37
        self.assertEqual([rates[kind]["taux (%)"] for kind in ("Bibliothèque", "Structure d'insertion professionnelle")],
                         ["15,0", "27,0"])
        self.assertEqual(rates["Structure d'insertion professionnelle"]["taux, borne basse (%)"], "15,4")
        margins = self.rows("r/current/redressement.csv")
        self.assertTrue(all(row["interrogés (%)"] == row["réponses pondérées (%)"] for row in margins))
        self.assertEqual(len(self.rows("r/current/poids_confidentiel.csv")), 258)

    def test_the_one_public_structure_of_eleven_is_refused(self):
        self.run_program("survey", RESPONSES, "--by", "tier", "--cross", "legal_status", "--region", "32", "--output", "r")
        rows = self.rows("r/current/croisement_legal_status_tier.csv")
        largest = [row for row in rows if row["Strate de population"].startswith("Grandes agglomérations")]
        self.assertTrue(all(row["réponses"] in ("s", "0") for row in largest), largest)
        for row in rows:
            self.assertFalse(row["réponses"] in ("1", "2"), row)
            self.assertEqual(row["réponses"] == "s", row["part de la ligne (%)"] == "s")
            if row["réponses"] != "s" and int(row["base (ligne)"]) < 30:
                self.assertEqual(row["remarque"], "moins de 30 réponses")
        self.run_program("survey", RESPONSES, "--by", "tier", "--cross", "legal_status", "--region", "32", "--output", "open",
                         "--least-units", "1")
        self.assertFalse(any(row["réponses"] == "s" for row in self.rows("open/current/croisement_legal_status_tier.csv")))

    def test_known_numbers_asked_are_enough(self):
        text = self.run_program("survey", RESPONSES, "--frame-counts", ASKED, "--region", "32", "--output", "r").stdout
        self.assertIn("258 sur 1\u202f552", text)
        rates = {row["Type de structure"]: row for row in self.rows("r/current/taux_typology.csv")}
        self.assertEqual(rates["Autre"]["remarque"], "absent de la liste des interrogés")

    def test_same_bytes_whatever_the_order_of_rows_and_the_threads(self):
        self.run_program("survey", RESPONSES, "--frame-counts", ASKED, "--cross", "legal_status", "--region", "32", "--output", "a")
        lines = RESPONSES.read_text(encoding="utf-8").splitlines()
        self.write(RESPONSES.name, "\n".join([lines[0], *reversed(lines[1:])]) + "\n")
        self.run_program("survey", RESPONSES.name, "--frame-counts", ASKED, "--cross", "legal_status", "--region", "32",
                         "--output", "b", "--threads", "1")
        self.assertEqual(self.hashes("a/current"), self.hashes("b/current"))

    def test_questions_of_several_answers(self):
        self.write("r.csv", "id,nom,code_insee,outils\n" + "".join(
            f"{k},Lieu {k},59350,{'malle|jeux' if k % 2 else 'malle' if k else 'malle|fusée'}\n" for k in range(40)))
        self.run_program("survey", "r.csv", "--by", "tier", "--cross", "outils", "--separator", "|", "--departement", "59",
                         "--output", "o")
        rows = self.rows("o/current/reponses_outils.csv")
        self.assertEqual([row["part de la base (%)"] for row in rows], ["100,0", "50,0", "s", "100,0"])

    def test_an_answer_of_all_but_one_is_hidden_as_that_one_is(self):
        self.write("r.csv", "id,nom,code_insee,outils\n" + "".join(
            f"{k},Lieu {k},59350,{'jeux' if k == 0 else 'malle|jeux' if k % 2 else 'malle'}\n" for k in range(40)))
        self.run_program("survey", "r.csv", "--by", "tier", "--cross", "outils", "--separator", "|", "--departement", "59",
                         "--output", "o")
        shares = {row["outils"]: row["part de la base (%)"] for row in self.rows("o/current/reponses_outils.csv")}
        self.assertEqual(shares, {"malle": "s", "jeux": "52,5", "au moins une réponse": "100,0"})

    def test_hidden_in_one_table_is_hidden_in_all(self):
        """One place of a kind: its number, rate, share and rows of crossings are hidden, and so is what would tell them."""
        lines = ["id,nom,code_insee,typologie,avis"]
        for kind, number in (("A", 20), ("B", 12), ("C", 1)):
            lines += [f"{kind}{k},Lieu {kind}{k},59350,{kind},{'pour' if k % 2 else 'contre'}" for k in range(number)]
        self.write("lieux.csv", "\n".join(lines) + "\n")
        self.write("nombres.csv", "variable;modalite;interroges\ntypology;A;40\ntypology;B;30\ntypology;C;9\n")
        self.run_program("survey", "lieux.csv", "--by", "typology", "--cross", "avis", "--frame-counts", "nombres.csv",
                         "--departement", "59", "--output", "h")
        counts = {row["Type de structure"]: row["réponses"] for row in self.rows("h/current/repartition_typology.csv")}
        hidden = {kind for kind, number in counts.items() if number == "s"}
        self.assertEqual(hidden, {"B", "C"})
        for name, column in (("taux_typology", "taux (%)"), ("croisement_avis_typology", "réponses")):
            told = {row["Type de structure"] for row in self.rows(f"h/current/{name}.csv") if row[column] == "s"}
            self.assertGreaterEqual(told, hidden, name)
        before = {row["modalité"]: row["réponses (%)"] for row in self.rows("h/current/redressement.csv")}
        self.assertEqual([before["B"], before["C"]], ["s", "s"])
        self.assertNotEqual(before["A"], "s")

    def places(self):
        """In each of three kinds: five equal, one that dominates, and four equal."""
        hours = {"A": [10] * 5, "B": [96, 1, 1, 2], "C": [20] * 4}
        lines = ["id,nom,code_insee,typologie,heures,pratique,intention"]
        for kind, amounts in hours.items():
            lines += [f"{kind}{k},Lieu {kind}{k},59350,{kind},{amount},{'oui' if k < 2 else 'non'},"
                      f"{'oui' if k != 1 else 'non'}" for k, amount in enumerate(amounts)]
        self.write("lieux.csv", "\n".join(lines) + "\n")

    def test_a_total_that_one_contributor_dominates_is_hidden_with_another(self):
        self.places()
        self.run_program("survey", "lieux.csv", "--by", "typology", "--magnitude", "heures", "--departement", "59", "--output", "m")
        rows = [list(row.values()) for row in self.rows("m/current/grandeur_heures_typology.csv")]
        totals = {row[0]: row[2] for row in rows}
        self.assertEqual(totals, {"A": "s", "B": "s", "C": "80,0", "Total": "230,0"})
        self.run_program("survey", "lieux.csv", "--by", "typology", "--magnitude", "heures", "--departement", "59", "--output", "n",
                         "--most-share", "97")
        rows = [list(row.values()) for row in self.rows("n/current/grandeur_heures_typology.csv")]
        self.assertEqual({row[0]: row[2] for row in rows}, {"A": "50,0", "B": "100,0", "C": "80,0", "Total": "230,0"})
        text = self.run_program("survey", "lieux.csv", "--magnitude", "nom", "--departement", "59", code=78).stderr
        self.assertIn("nom", text)

    def test_paired_questions(self):
        self.places()
        self.run_program("survey", "lieux.csv", "--by", "typology", "--pairs", "pratique/intention", "--departement", "59",
                         "--output", "p")
        row, = self.rows("p/current/tests_apparies.csv")
        values = list(row.values())
        # 3 have the practice only, 7 the intention only: 2 (1 + 10 + 45 + 120) / 1024
        self.assertEqual((values[2], values[6], values[7], values[8]), ("13", "3", "7", "0,3438"))
        self.run_program("survey", "lieux.csv", "--by", "typology", "--pairs", "pratique/intention", "--departement", "59",
                         "--least-units", "4", "--output", "q")
        row, = self.rows("q/current/tests_apparies.csv")
        self.assertEqual(list(row.values())[2], "s")
        self.run_program("survey", "lieux.csv", "--pairs", "pratique/typologie", "--departement", "59", code=78)

    def test_errors_tell_the_way_out(self):
        self.assertIn("typologie", self.run_program("survey", RESPONSES, "--by", "typologi", "--region", "32", code=78).stderr)
        self.write("counts.csv", "variable;modalite;interroges\ntypology;Bibliothèque;beaucoup\n")
        self.assertIn("ligne 2", self.run_program("survey", RESPONSES, "--frame-counts", "counts.csv", "--region", "32",
                                                  code=65).stderr)
        self.run_program("survey", "nowhere.csv", code=66)


if __name__ == "__main__":
    unittest.main()


class SurveyInAStudy(ProgramTest):
    STUDY = """[territory]
region = "32"
[[structures]]
file = "{respondents}"
name = "repondants"
[disclosure]
columns = ["legal_status"]
[[table]]
rows = "tier"
columns = "legal_status"
[survey]
responses = "repondants"
frame_counts = "{counts}"
by = ["typology"]
cross = ["legal_status"]
{more}
[output]
folder = "resultats"
formats = ["gpkg"]
"""

    def study(self, code=0, more="", old="", new=""):
        data = SOURCE / "examples" / "hauts-de-france" / "donnees"
        text = self.STUDY.format(respondents=data / "repondants-2019-synthetiques.csv", counts=data / "interroges-2019.csv",
                                 more=more)
        self.write("etude.toml", text.replace(old, new) if old else text)
        return self.run_program("run", "etude.toml", "--overwrite", code=code)

    def test_what_is_told_in_confidence_stays_hidden_in_tables_and_layers(self):
        self.study()
        rows = {row["Strate de population"]: row for row in self.rows("resultats/current/tableaux/01_tier_legal_status_effectifs.csv")}
        towns = next(row for name, row in rows.items() if name.startswith("Grandes"))
        self.assertEqual([value for value in towns.values() if value == "1"], [])
        self.assertGreaterEqual(list(towns.values()).count("s"), 2)
        self.assertEqual(towns["Total"], "11")
        (structures, told), = self.table("resultats/current/maillage.gpkg", "SELECT COUNT(*), COUNT(statut) FROM structures")
        self.assertEqual((structures, told), (258, 0))

    def test_what_a_survey_asks_is_in_no_layer(self):
        self.study(old='[disclosure]\ncolumns = ["legal_status"]\n', new="")
        (told,), = self.table("resultats/current/maillage.gpkg", "SELECT COUNT(statut) FROM structures")
        self.assertEqual(told, 0)
        self.study(more="least_units = 1", old='[disclosure]\ncolumns = ["legal_status"]\n', new="")
        (told,), = self.table("resultats/current/maillage.gpkg", "SELECT COUNT(statut) FROM structures")
        self.assertEqual(told, 258)

    def test_tables_of_the_study_and_of_its_survey_show_the_same_cells(self):
        self.study(old='rows = "tier"', new='rows = "typology"')
        tables = self.folder / "resultats/current/tableaux"
        crossing = {(row["Type de structure"], row["Statut juridique"]): row["réponses"]
                    for row in self.rows(tables / "enquete_croisement_legal_status_typology.csv")}
        counts = self.rows(tables / "01_typology_legal_status_effectifs.csv")
        compared = 0
        for row in counts:
            for (kind, status), number in crossing.items():
                if kind == row["Type de structure"] and status in row:
                    self.assertEqual(row[status], number, (kind, status))
                    compared += number == "s"
        self.assertGreater(compared, 5)

    def test_a_survey_is_part_of_a_study(self):
        text = self.study().stdout
        self.assertIn("258", text)
        names = [path.name for path in (self.folder / "resultats/current/tableaux").iterdir()]
        self.assertTrue(any(name.startswith("enquete_") for name in names), names)

    def test_mistakes_are_named(self):
        self.assertIn("repondant2", self.study(78, old='responses = "repondants"', new='responses = "repondant2"').stderr)
        self.assertIn("carry", self.study(78, old='columns = ["legal_status"]', new='columns = ["statu"]').stderr)
        coverage = '[[coverage]]\nname = "a"\nlimit = "5 km"\nwhere = { legal_status = "Autre" }\n'
        self.assertIn("confidentiel", self.study(78, more=coverage).stderr)
