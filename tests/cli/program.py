"""Runs the built program for the tests of the command line. The environment gives MAILLAGE_PROGRAM and MAILLAGE_SOURCE_DIR."""
import csv
import hashlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("MAILLAGE_PROGRAM", "maillage")
SOURCE = pathlib.Path(os.environ.get("MAILLAGE_SOURCE_DIR", "."))

PLACES = """nom;type;latitude;longitude;code_insee
Médiathèque de Lille;Bibliothèque;50,6292;3,0573;59350
Bibliothèque d'Anzin;Bibliothèque;50,3720;3,5040;59014
Fablab de Valenciennes;Fablab;50,3590;3,5230;59606
Bibliothèque de Dunkerque;Bibliothèque;51,0343;2,3768;59183
Centre social de Maubeuge;Centre social;50,2780;3,9720;59392
"""


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="maillage-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_program(self, *arguments, code=0, **options):
        result = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder, check=False,
                                timeout=300, **options)
        self.assertEqual(result.returncode, code, f"{arguments}\n{result.stdout}\n{result.stderr}")
        return result

    def write(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    def rows(self, path, delimiter=";"):
        with open(self.folder / path, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    def table(self, package, query):
        with sqlite3.connect(f"file:{self.folder / package}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()

    def hashes(self, folder):
        root = (self.folder / folder).resolve()
        return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(root.rglob("*")) if path.is_file()}
