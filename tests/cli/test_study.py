"""Study files: init, check, run, and errors that name the line."""
import unittest

from program import PLACES, ProgramTest


class StudyFile(ProgramTest):
    def test_init_then_check_then_run(self):
        self.write("lieux.csv", PLACES)
        self.run_program("init", "lieux.csv", "-o", "etude.toml")
        self.assertIn("Qualité des données", self.run_program("check", "etude.toml").stdout)
        self.run_program("run", "etude.toml")
        self.assertTrue((self.folder / "etude-resultats/current/maillage.gpkg").is_file())
        self.run_program("init", "lieux.csv", "-o", "etude.toml", code=73)

    def study(self, text, code=78):
        self.write("lieux.csv", PLACES)
        self.write("etude.toml", text)
        return self.run_program("run", "etude.toml", code=code).stderr

    def test_mistakes_name_line_and_way_out(self):
        source = '[[structures]]\nfile = "lieux.csv"\n'
        self.assertIn("ligne 4", self.study(source + '[territory]\nregon = "32"\n'))
        self.assertIn("« region »", self.study(source + '[territory]\nregon = "32"\n'))
        self.assertIn("Bibliothèque", self.study(source + '[territory]\ndepartement = "59"\n[[coverage]]\nname = "c"\nlimit = "5 km"\nwhere = { typology = "Biblioteque" }\n'))
        self.assertIn("typology", self.study(source + '[territory]\ndepartement = "59"\n[[table]]\nrows = "typologie"\n'))
        self.assertIn("nom", self.study('[[structures]]\nfile = "lieux.csv"\ncolumns = { name = "Nom du lieu" }\n[territory]\ndepartement = "59"\n'))

    def test_missing_file_of_the_study(self):
        self.write("etude.toml", '[[structures]]\nfile = "ailleurs.csv"\n')
        self.assertIn("ailleurs.csv", self.run_program("run", "etude.toml", code=66).stderr)

    def test_tiers_recoding_and_filters(self):
        text = ('title = "T"\n[territory]\ndepartement = "59"\n[tiers]\nbounds = [10000]\nlabels = ["petites", "grandes"]\n'
                '[[structures]]\nfile = "lieux.csv"\nrecode.typology = { "Fablab" = "Atelier" }\nwhere = { type = ["Bibliothèque", "Fablab"] }\n'
                '[[coverage]]\nname = "b"\nlimit = "5 km"\ntypology = "Atelier"\n[[table]]\nrows = "typology"\ncolumns = "tier"\n[output]\nformats = ["csv-excel"]\n')
        self.study(text, code=0)
        rows = self.rows("etude-resultats/current/csv-excel/structures.csv")
        self.assertEqual(sorted(row["typologie"] for row in rows), ["Atelier", "Bibliothèque", "Bibliothèque", "Bibliothèque"])
        table = (self.folder / "etude-resultats/current/tableaux/01_typology_tier_effectifs.csv").read_text(encoding="utf-8-sig")
        self.assertIn("petites", table)


if __name__ == "__main__":
    unittest.main()
