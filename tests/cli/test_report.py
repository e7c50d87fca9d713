"""`maillage map`, `maillage report` and the report of `maillage run` as a user meets them."""
import html
import re
import shutil
import subprocess
import struct
import unittest
import xml.etree.ElementTree as ElementTree

from program import PLACES, SOURCE, ProgramTest

STUDY = """title = "Étude d'essai"
[territory]
departement = "59"
[[structures]]
file = "lieux.csv"
[[coverage]]
name = "biblio_10km"
label = "Une bibliothèque à 10 km"
limit = "10 km"
where = {{ typology = "Bibliothèque" }}
[[access]]
name = "lieux"
label = "Tous les lieux"
cutoffs = ["10 km", "20 km"]
[maps]
credits = ["Personne, licence d'essai"]
[output]
folder = "resultats"
formats = [{formats}]
"""
SVG = "{http://www.w3.org/2000/svg}"


def text_of_html(page):
    """What a reader reads: without style and markup."""
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "\n", body))


def faults_of_french(text):
    """Mistakes that sentences put together from names and numbers make."""
    rules = {
        "elision of de": r"\b[Dd]e [AEIOUÉÈÊÎÔŒaeiouéèêîôœ][\w’'-]*",
        "elision of que": r"\b[Qq]ue (?:A|E|I|O|U|É|il|elle|un)\w*\b",
        "contraction": r"\b(?:à|de) Les? (?=[A-Z])|\b(?:à|de) les? (?=\w)",
        "plural of one": r"(?<![\d,.\u202f])[01][ \u00a0](?:communes|habitants|structures|lignes|lacunes|écarts|autres|départements)\b",
        "singular of many": r"(?<![\d,])(?:[2-9]|\d{2,})[ \u00a0](?:commune|habitant|structure|ligne|lacune|écart|autre|département)\b",
        "two spaces": r"[ \u00a0\u202f]{2,}",
        "space before a comma": r" [,.](?!\w)",
        "plain space before a sign": r" [;:!?%»]|« ",
        "straight apostrophe": r"\w'\w",
        "no value": r"\bnan\b|\{\}|\bnull\b",
    }
    # "de" stands before a name that begins with an aspirated h, a number word, or in names of places as they are written.
    allowed = re.compile(r"\b[Dd]e (?:onze|oui|un[e]? à)")
    found = []
    for rule, pattern in rules.items():
        for match in re.finditer(pattern, text):
            if not allowed.match(match.group()):
                start = max(0, match.start() - 40)
                found.append(f"{rule}: …{text[start:match.end() + 30]!r}")
    return found


class ReportTest(ProgramTest):
    def study(self, formats='"csv-excel", "rapport"'):
        self.write("lieux.csv", PLACES)
        self.write("etude.toml", STUDY.format(formats=formats))


class StaticMaps(ReportTest):
    def test_a_map_stands_alone(self):
        self.study()
        self.run_program("map", "etude.toml", "--view", "coverage", "-o", "carte.svg")
        root = ElementTree.parse(self.folder / "carte.svg").getroot()
        self.assertEqual(root.tag, SVG + "svg")
        self.assertIn(root.get("width"), ("210mm", "297mm"))
        self.assertTrue(root.find(SVG + "title").text)
        self.assertIn("Commune couverte", root.find(SVG + "desc").text)
        words = " ".join(text.text or "" for text in root.iter(SVG + "text"))
        for wanted in ("Nord ·", "Commune couverte", "Sources", "Personne, licence d'essai", "Échelle", "N", "km", "Lille", "Données"):
            self.assertIn(wanted, words)
        content = (self.folder / "carte.svg").read_text(encoding="utf-8")
        self.assertNotIn("style", content)
        self.assertEqual(re.findall(r"https?://(?!www\.w3\.org/2000/svg)", content), [])
        self.assertLess(len(content), 1_500_000)

    def test_png_has_the_size_asked_for(self):
        self.study()
        self.run_program("map", "etude.toml", "--view", "lacunes_biblio_10km", "-o", "carte.png", "--width", "800")
        data = (self.folder / "carte.png").read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", data[16:24])
        self.assertEqual(width, 800)
        self.assertAlmostEqual(height / width, 297 / 210 if height > width else 210 / 297, delta=0.01)

    def test_what_cannot_be_drawn_says_why(self):
        self.study()
        unknown = self.run_program("map", "etude.toml", "--view", "rien", "-o", "carte.svg", code=78).stderr
        self.assertIn("« rien »", unknown)
        self.assertIn("couverture_biblio_10km", unknown)
        self.assertIn(".svg", self.run_program("map", "etude.toml", "-o", "carte.gif", code=78).stderr)
        self.run_program("map", "etude.toml", "-o", "carte.svg")
        self.assertIn("--overwrite", self.run_program("map", "etude.toml", "-o", "carte.svg", code=73).stderr)
        before = self.hashes(".")["carte.svg"]
        self.run_program("map", "etude.toml", "-o", "carte.svg", "--overwrite", "--threads", "1")
        self.assertEqual(self.hashes(".")["carte.svg"], before)


class Reports(ReportTest):
    def test_run_writes_the_report_by_default(self):
        self.study()
        content = (self.folder / "etude.toml").read_text(encoding="utf-8")
        self.write("etude.toml", re.sub(r"formats = .*", "", content))
        self.run_program("run", "etude.toml")
        for name in ("rapport.html", "rapport.pdf", "maillage.gpkg"):
            self.assertTrue((self.folder / "resultats/current" / name).is_file(), name)
        manifest = (self.folder / "resultats/current/manifest.json").read_text(encoding="utf-8")
        self.assertIn("rapport.pdf", manifest)

    def test_the_page_is_well_made_and_says_what_the_tables_say(self):
        self.study()
        self.run_program("run", "etude.toml")
        page = (self.folder / "resultats/current/rapport.html").read_text(encoding="utf-8")
        self.assertIn('<html lang="fr">', page)
        self.assertIn("default-src 'none'", page)
        self.assertNotIn("<script", page)
        self.assertEqual(re.findall(r'(?:src|href)="(?!#)', page), [])
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
        self.assertEqual(levels[0], 1)
        self.assertEqual(levels.count(1), 1)
        self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])), levels)
        self.assertEqual(page.count("<table"), page.count("<caption>"))
        self.assertEqual(page.count("<svg"), len(re.findall(r'<svg [^>]*aria-label="[^"]{20,}"[^>]*role="img"', page)))
        identifiers = re.findall(r'\bid="([^"]+)"', page)
        self.assertEqual(len(identifiers), len(set(identifiers)))
        tiers = self.rows("resultats/current/tableaux/00_communes_tier.csv")
        text = text_of_html(page)
        for row in tiers[:3]:
            self.assertIn(f"{int(row['Communes']):,}".replace(",", "\u202f"), text)

    def test_the_french_is_right(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "r", "--format", "html")
        text = text_of_html((self.folder / "r/rapport.html").read_text(encoding="utf-8"))
        self.assertEqual(faults_of_french(text), [])
        self.assertIn("Le Nord compte", text)

    def test_english_is_english(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "r", "--language", "en")
        page = (self.folder / "r/rapport.html").read_text(encoding="utf-8")
        self.assertIn('<html lang="en">', page)
        text = text_of_html(page)
        for wanted in ("In short", "Who is covered", "Where the gaps are", "Quality of the data", "inhabitants"):
            self.assertIn(wanted, text)
        for unwanted in ("habitants", "lacune", "couverte", "Méthode"):
            self.assertNotRegex(text, rf"\b{unwanted}\b")

    def test_the_same_bytes_whatever_the_threads(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "un", "--threads", "1")
        self.run_program("report", "etude.toml", "-o", "deux", "--threads", "2")
        self.assertEqual(self.hashes("un"), self.hashes("deux"))
        self.assertEqual(sorted(self.hashes("un")), ["rapport.html", "rapport.pdf"])
        self.assertIn("--overwrite", self.run_program("report", "etude.toml", "-o", "un", code=73).stderr)

    @unittest.skipUnless(shutil.which("pdfinfo") and shutil.which("qpdf"), "poppler-utils and qpdf are not installed")
    def test_the_pdf_is_tagged(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "r")
        pdf = str(self.folder / "r/rapport.pdf")
        information = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        self.assertRegex(information, r"Tagged:\s+yes")
        self.assertRegex(information, r"Title:\s+Étude d’essai")
        self.assertNotIn("CreationDate", information)
        structure = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True).stdout
        for wanted in ("Document", "H1", "H2", "Table", "TH", "Figure", "L (", "Où sont les manques"):
            self.assertIn(wanted, structure)
        subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=True)
        whole = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True).stdout
        figures = whole.count(b"/S /Figure")
        self.assertGreater(figures, 3)
        self.assertEqual(whole.count(b"/Alt "), figures)
        for wanted in (b"/Lang (fr-FR)", b"/DisplayDocTitle true", b"/Marked true", b"/Scope /Column", b"/Scope /Row"):
            self.assertIn(wanted, whole)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        page = text_of_html((self.folder / "r/rapport.html").read_text(encoding="utf-8"))
        for heading in re.findall(r"<h2[^>]*>([^<]+)<", (self.folder / "r/rapport.html").read_text(encoding="utf-8")):
            self.assertIn(html.unescape(heading).replace("\u00a0", " "), re.sub(r"[\u00a0\u202f]", " ", text))
        self.assertTrue(page)


class Sheets(ReportTest):
    def test_one_for_each_commune_and_an_index(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "r", "--sheets", "commune", "--format", "html")
        pages = sorted(path.name for path in (self.folder / "r/fiches").iterdir())
        self.assertEqual(len(pages), 647 + 1)  # the communes of the Nord, and the index
        index = (self.folder / "r/fiches/index.html").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r'href="([0-9AB]+\.html)"', index)), set(pages) - {"index.html"})
        lille = (self.folder / "r/fiches/59350.html").read_text(encoding="utf-8")
        self.assertIn("<h1>Lille (59350)</h1>", lille)
        self.assertIn("Médiathèque de Lille", html.unescape(lille))
        faults = []
        for name in pages[:: 7]:
            faults += faults_of_french(text_of_html((self.folder / "r/fiches" / name).read_text(encoding="utf-8")))
        self.assertEqual(faults, [])

    def test_one_for_each_epci(self):
        self.study()
        self.run_program("report", "etude.toml", "-o", "r", "--sheets", "epci", "--format", "pdf")
        pdfs = list((self.folder / "r/fiches").glob("*.pdf"))
        self.assertGreater(len(pdfs), 10)
        self.assertTrue(all(pdf.read_bytes().startswith(b"%PDF") for pdf in pdfs))
        self.assertTrue((self.folder / "r/fiches/index.html").is_file())


if __name__ == "__main__":
    unittest.main()
