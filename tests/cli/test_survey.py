"""`maillage audit` and `maillage survey` as a user meets them."""
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


if __name__ == "__main__":
    unittest.main()
