"""Help, mistakes on the command line and their exit codes."""
import json
import unittest

from program import PLACES, SOURCE, ProgramTest


class Help(ProgramTest):
    VERBS = (("run",), ("check",), ("join",), ("cover",), ("network",), ("network", "build"), ("network", "info"), ("network", "audit"),
             ("network", "change"), ("network", "profile"), ("times",), ("isochrones",), ("info",), ("init",), ())

    def test_help_speaks_one_language_and_plain_words(self):
        for verb in self.VERBS:
            french = self.run_program(*verb, "--help").stdout
            english = self.run_program(*verb, "--help", "--language", "en").stdout
            self.assertNotEqual(french, english)
            for text, foreign in ((french, ("Subcommands", "Display", "Needs", "REQUIRED", " in [", "TEXT ", "NUMBER", "UINT", "FLOAT", "ENUM")),
                                  (english, ("obligatoire", "TEXTE", "NOMBRE", "Afficher", "UINT", "FLOAT", "ENUM", "Verbes"))):
                for word in foreign:
                    self.assertNotIn(word, text, verb)
                self.assertNotIn("->", text)

    def test_a_wrong_value_is_named_with_what_was_expected(self):
        cases = ((("cover", "x.csv", "--within", "5km", "--speed", "0"), "« --speed » : « 0 » trouvé, NOMBRE de 0,1 à 1000 attendu"),
                 (("cover", "x.csv", "--within"), "« --within » attend une valeur"),
                 (("cover", "x.csv"), "il manque « --within »"),
                 (("cover", "x.csv", "--within", "5km", "--mode", "car"), "« --mode » ne va pas sans « --network »"),
                 (("times", "--measure", "foo", "--network", "a", "--origins", "b", "--destinations", "c", "-o", "d"), "time|distance attendu"),
                 (("network",), "il manque un verbe : build, info"),
                 (("cover", "x.csv", "--language", "en", "--within", "5km", "--threads", "-1"), "found '-1', expected NUMBER from 0 to 1024"))
        for arguments, told in cases:
            self.assertIn(told, self.run_program(*arguments, code=64).stderr)

    def test_every_verb_explains_itself_in_both_languages(self):
        for verb in ("run", "check", "join", "cover", "access", "network", "times", "isochrones", "info", "init"):
            french = self.run_program(verb, "--help").stdout
            english = self.run_program(verb, "--language", "en", "--help").stdout
            self.assertRegex(french, "Exemples? :")
            self.assertRegex(english, "Examples?:")
            self.assertIn(f"maillage {verb}", french)

    def test_version(self):
        self.assertRegex(self.run_program("--version").stdout, r"^maillage \d+\.\d+\.\d+")

    def test_builtin_france_tells_vintage_producers_and_licence(self):
        text = self.run_program("info").stdout
        for words in ("34\u202f875", "66\u202f526\u202f267", "IGN", "INSEE", "DILA", "Licence Ouverte"):
            self.assertIn(words, text)


    def test_field_dictionary_of_the_guide_is_the_code_s(self):
        self.assertEqual(self.run_program("info", "--fields").stdout, (SOURCE / "docs/champs.md").read_text(encoding="utf-8"))


class Mistakes(ProgramTest):
    def test_misspelt_option_is_an_error_that_suggests_the_right_one(self):
        self.assertIn("« --within »", self.run_program("cover", "x.csv", "--witin", "5km", code=64).stderr)
        self.assertIn("'--threads'", self.run_program("run", "x.toml", "--thread", "2", "--language", "en", code=64).stderr)

    def test_misspelt_verb(self):
        self.assertIn("« cover »", self.run_program("covr", code=64).stderr)

    def test_nothing_said(self):
        self.run_program(code=64)
        self.run_program("cover", "x.csv", code=64)

    def test_missing_files(self):
        self.assertIn("introuvable", self.run_program("cover", "absent.csv", "--within", "5km", code=66).stderr)
        self.assertIn("not found", self.run_program("run", "absent.toml", "--language", "en", code=66).stderr)

    def test_paths_that_libraries_would_take_for_something_else(self):
        for path in ("/vsicurl/http://localhost/x.csv", "http://localhost/x.geojson", '{"type":"Point"}', "<OGRVRTDataSource>", "/vsizip/x.zip/a.shp"):
            result = self.run_program("cover", path, "--within", "5km", code=65)
            self.assertIn("chemin", result.stderr)

    def test_limits(self):
        self.write("lieux.csv", PLACES)
        self.assertIn("10km", self.run_program("cover", "lieux.csv", "--within", "loin", code=78).stderr)
        self.assertIn("--speed", self.run_program("cover", "lieux.csv", "--within", "15min", code=78).stderr)
        self.assertIn("gpkg", self.run_program("cover", "lieux.csv", "--within", "5km", "--formats", "xls", code=78).stderr)

    def test_unknown_places_name_the_nearest(self):
        self.write("lieux.csv", PLACES)
        self.assertIn("Hauts-de-France", self.run_program("cover", "lieux.csv", "--within", "5km", "--region", "Haut-de-France", code=78).stderr)

    def test_unknown_format(self):
        self.write("lieux.xlsx", "PK")
        self.assertIn("CSV", self.run_program("cover", "lieux.xlsx", "--within", "5km", code=65).stderr)

    def test_nothing_that_can_be_placed(self):
        self.write("lieux.csv", "nom;couleur\na;rouge\n")
        self.run_program("cover", "lieux.csv", "--within", "5km", code=78)

    def test_json_log_ends_with_the_reason(self):
        lines = self.run_program("run", "absent.toml", "--log-json", code=66).stderr.strip().splitlines()
        last = json.loads(lines[-1])
        self.assertEqual(last["level"], "error")
        self.assertEqual(last["exit_code"], 66)


if __name__ == "__main__":
    unittest.main()
