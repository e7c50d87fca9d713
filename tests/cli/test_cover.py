"""`maillage cover` on a list as a planner has it."""
import json
import os
import random
import unittest

from program import PLACES, ProgramTest


class Cover(ProgramTest):
    def cover(self, *more, places=PLACES, code=0, **options):
        self.write("lieux.csv", places)
        return self.run_program("cover", "lieux.csv", "--within", "10km", *more, code=code, **options)

    def test_gives_the_full_set_from_one_command(self):
        result = self.cover("--formats", "gpkg,geojson,shapefile,flatgeobuf,csv,csv-excel")
        self.assertIn("Nord", result.stderr)
        self.assertIn("deviné", result.stderr)
        current = self.folder / "lieux-resultats/current"
        for name in ("maillage.gpkg", "geojson/communes.geojson", "shapefile/communes.shp", "shapefile/communes.cpg", "shapefile/communes.prj",
                     "shapefile/communes.fields.csv", "flatgeobuf/communes.fgb", "csv/communes.csv", "csv-excel/communes.csv", "qualite.md",
                     "quality.json", "manifest.json"):
            self.assertTrue((current / name).is_file(), name)
        self.assertEqual(len([line for line in result.stdout.splitlines() if line.startswith(("Territoire", "Structures", "Couverture", "Plus grande", "À vérifier"))]), 5)

    def test_manifest_tells_hashes_and_counts(self):
        self.cover()
        manifest = json.loads((self.folder / "lieux-resultats/current/manifest.json").read_text(encoding="utf-8"))
        actual = self.hashes("lieux-resultats/current")
        for output in manifest["outputs"]:
            self.assertEqual(actual[output["path"]], output["sha256"])
        self.assertEqual({output["path"] for output in manifest["outputs"]} | {"manifest.json"}, set(actual))
        self.assertEqual(manifest["inputs"][0]["rows"], 5)

    def test_covered_and_uncovered_add_up(self):
        self.cover()
        communes, population = self.table("lieux-resultats/current/maillage.gpkg", "select count(*), sum(population) from communes")[0]
        quality = json.loads((self.folder / "lieux-resultats/current/quality.json").read_text(encoding="utf-8"))
        self.assertEqual(communes, quality["territory"]["communes"])
        self.assertEqual(population, quality["territory"]["population"])

    def test_same_bytes_for_any_threads_and_row_order(self):
        formats = ("--formats", "gpkg,geojson,shapefile,flatgeobuf,csv,csv-excel")
        self.cover("--threads", "1", "--output", "un", *formats)
        header, *rows = PLACES.strip().splitlines()
        random.Random(7).shuffle(rows)
        self.cover("--threads", "2", "--output", "deux", *formats, places="\n".join([header, *rows]) + "\n",
                   env={**os.environ, "LC_ALL": "fr_FR.UTF-8", "TZ": "Pacific/Auckland"})
        one, two = self.hashes("un/current"), self.hashes("deux/current")
        self.assertEqual(set(one), set(two))
        # quality.json and the manifest tell line numbers and the input's hash, which shuffling changes.
        self.assertEqual([name for name in one if one[name] != two[name] and name not in ("manifest.json", "quality.json", "qualite.md")], [])

    def test_refuses_to_replace_results(self):
        self.cover()
        before = self.hashes("lieux-resultats/current")
        self.assertIn("--overwrite", self.cover(code=73).stderr)
        self.assertEqual(self.hashes("lieux-resultats/current"), before)
        self.cover("--overwrite")

    def test_limit_in_minutes(self):
        self.write("lieux.csv", PLACES)
        self.run_program("cover", "lieux.csv", "--within", "20min", "--speed", "60", "--departement", "Nord", "--output", "minutes")
        self.run_program("cover", "lieux.csv", "--within", "20km", "--departement", "59", "--output", "metres")
        query = "select count(*) from communes where {} = 1"
        column = lambda package: next(name for (name,) in self.table(package, "select name from pragma_table_info('communes')") if name.endswith("_couverte"))
        self.assertEqual(self.table("minutes/current/maillage.gpkg", query.format(column("minutes/current/maillage.gpkg"))),
                         self.table("metres/current/maillage.gpkg", query.format(column("metres/current/maillage.gpkg"))))

    def test_windows_encoding_and_semicolons(self):
        self.write("lieux.csv", PLACES, encoding="cp1252")
        self.run_program("cover", "lieux.csv", "--within", "10km")
        names = {row["nom"] for row in self.rows("lieux-resultats/current/csv-excel/structures.csv")}
        self.assertIn("Médiathèque de Lille", names)

    def test_hostile_text_is_kept_as_text(self):
        hostile = ['=HYPERLINK("http://x")', "<script>alert(1)</script>", "'; DROP TABLE communes; --", "a|b", "\u202etxt", "Œuvre « d'art »"]
        places = "nom;code_insee;latitude;longitude\n" + "".join('"{}";59350;50.63;3.06\n'.format(text.replace('"', '""')) for text in hostile)
        self.cover("--departement", "59", places=places)
        names = {name for (name,) in self.table("lieux-resultats/current/maillage.gpkg", "select nom from structures")}
        self.assertEqual(names, set(hostile))
        self.assertNotIn("<script>", (self.folder / "lieux-resultats/current/qualite.md").read_text(encoding="utf-8"))

    def test_quiet_says_nothing(self):
        result = self.cover("--quiet", "--departement", "59")
        self.assertEqual((result.stdout, result.stderr), ("", ""))


class Publishing(ProgramTest):
    def test_full_disk_is_never_success_and_keeps_the_former_results(self):
        self.write("lieux.csv", PLACES)
        arguments = ["cover", "lieux.csv", "--within", "10km", "--departement", "59", "--formats", "gpkg,geojson,shapefile,flatgeobuf,csv,csv-excel"]
        self.run_program(*arguments)
        before = self.hashes("lieux-resultats/current")
        from program import PROGRAM
        import subprocess
        for blocks in (0, 8, 64, 200, 500, 1000):
            result = subprocess.run(["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "-", PROGRAM, *arguments, "--overwrite"],
                                    capture_output=True, text=True, cwd=self.folder, check=False, timeout=300)
            self.assertIn(result.returncode, (73, 74), f"{blocks}: {result.returncode} {result.stderr}")
            self.assertEqual(self.hashes("lieux-resultats/current"), before, blocks)
            self.assertFalse([path for path in (self.folder / "lieux-resultats").iterdir() if path.name.startswith(".run-")])

    def test_a_killed_run_leaves_the_former_results(self):
        import subprocess
        import time
        from program import PROGRAM
        self.write("lieux.csv", PLACES)
        arguments = ["cover", "lieux.csv", "--within", "10km", "--region", "32"]
        self.run_program(*arguments)
        before = self.hashes("lieux-resultats/current")
        for delay in (0.02, 0.1, 0.3, 0.6, 1.0):
            with subprocess.Popen([PROGRAM, *arguments, "--overwrite"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                time.sleep(delay)
                process.kill()
            after = self.hashes("lieux-resultats/current")
            self.assertIn(after, (before, after if len(after) == len(before) else None))
            self.assertEqual(set(after), set(before))
        self.run_program(*arguments, "--overwrite")

    def test_one_run_at_a_time(self):
        import fcntl
        self.write("lieux.csv", PLACES)
        output = self.folder / "lieux-resultats"
        output.mkdir()
        with open(output / ".lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.run_program("cover", "lieux.csv", "--within", "10km", code=75)


if __name__ == "__main__":
    unittest.main()
