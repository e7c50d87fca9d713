"""`maillage continuity` and [[continuity]] tables as a user meets them."""
import json
import xml.etree.ElementTree as ElementTree

from program import PLACES, SOURCE, ProgramTest

HOURS = ("Mo-Fr 09:00-12:00,14:00-18:00", "Sa 09:00-12:00", "quand il fait beau", "", "Tu 10:00-12:00; PH off")
TOWN_HALLS = SOURCE / "examples/hauts-de-france/donnees/mairies.csv"


def with_hours(hours=HOURS, column="horaires"):
    header, *rows = PLACES.strip().splitlines()
    return "\n".join([f"{header};{column}", *(f'{row};"{value}"' for row, value in zip(rows, hours))]) + "\n"


STUDY = """[territory]
departement = "59"
[[structures]]
file = "lieux.csv"
carry = ["total"]
{more}
[output]
folder = "resultats"
formats = ["gpkg", "csv-excel", "shapefile"]
"""


class Continuity(ProgramTest):
    def run_example(self, *more):
        return self.run_program("continuity", str(TOWN_HALLS), "--region", "32", "--within", "5km", "--output", "sortie",
                                "--formats", "gpkg,csv-excel", *more)

    def test_the_town_halls_of_a_region(self):
        result = self.run_example()
        self.assertIn("3661 horaires compris sur 3661", result.stderr)
        self.assertIn("Continuité (", result.stdout)
        map_file = "sortie/current/maillage.gpkg"
        (communes, longest, least), = self.table(
            map_file, "SELECT COUNT(*), MAX(a_5km_heures), MIN(a_5km_heures_possibles - a_5km_heures_sures) FROM continuite")
        self.assertEqual(communes, 3782)
        self.assertLess(longest, 168)
        self.assertGreaterEqual(least, 0)
        # Nobody opens on Sunday, and no large town after six.
        (sunday, towns), = self.table(
            map_file, "SELECT MAX(a_5km_dimanche), MAX(CASE WHEN strate_rang = 4 THEN a_5km_soir END) FROM continuite")
        self.assertEqual((sunday, towns), (0, 0))
        classes = self.rows("sortie/current/tableaux/continuite_a_5km_classes.csv")
        self.assertEqual(classes[0]["Communes"], "3782")
        self.assertEqual(sum(row["Découpage"] == "strate" for row in classes), 4)
        hours = sum(float(row["Heures par semaine (h)"].replace(",", ".") or 0)
                    for row in self.rows("sortie/current/tableaux/continuite_a_5km_valeur_des_heures.csv"))
        self.assertAlmostEqual(hours * 60, 3_088_465, delta=20)  # cells are rounded to a hundredth of an hour

    def test_gaps_have_a_beginning_and_an_end(self):
        self.run_example()
        hours = self.table("sortie/current/maillage.gpkg",
                           "SELECT rang_lacune, debut, fin, habitants_heures, communes_heure, communes_touchees, habitants_heure, "
                           "habitants, geom IS NOT NULL FROM lacunes_temps")
        self.assertGreater(len(hours), 72)
        weights = {}
        for rank, begin, end, weight, communes, of_all, people, all_people, drawn in hours:
            self.assertTrue("2024-01-01T08:00:00" <= begin < end <= "2024-01-06T20:00:00")
            self.assertTrue(0 < communes <= of_all and 0 <= people <= all_people and drawn)
            weights[rank] = weight
        self.assertEqual(sorted(weights), list(range(1, len(weights) + 1)))
        self.assertEqual([weights[rank] for rank in sorted(weights)], sorted(weights.values(), reverse=True))
        # Saturday afternoon nearly everybody is without, Monday at ten hardly anybody.
        at = {hour: self.table("sortie/current/maillage.gpkg", f"SELECT SUM(habitants_heure) FROM lacunes_temps WHERE debut = '{hour}'")[0][0]
              for hour in ("2024-01-06T15:00:00", "2024-01-01T10:00:00")}
        self.assertGreater(at["2024-01-06T15:00:00"], 5_900_000)
        self.assertLess(at["2024-01-01T10:00:00"], 600_000)
        (style,), = self.table("sortie/current/maillage.gpkg",
                               "SELECT styleQML FROM layer_styles WHERE f_table_name = 'lacunes_temps'")
        temporal = ElementTree.fromstring(style.split("\n", 1)[1]).find("temporal")
        self.assertEqual(temporal.get("startExpression"), 'to_datetime("debut")')

    def test_the_chart_is_a_picture_that_stands_alone(self):
        self.run_example()
        text = (self.folder / "sortie/current/graphiques/semaine_a_5km.svg").read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        self.assertIn("heure par heure", root.find("{http://www.w3.org/2000/svg}title").text)
        self.assertGreater(text.count("<rect"), 200)
        self.assertNotIn("http://", text.replace("http://www.w3.org/2000/svg", ""))

    def test_unknown_hours_are_bounds_and_are_listed(self):
        header, *rows = with_hours().strip().splitlines()
        totals = ("", "", "", "10", "")
        self.write("lieux.csv", "\n".join([header + ";total", *(f"{r};{t}" for r, t in zip(rows, totals))]) + "\n")
        self.write("etude.toml", STUDY.format(more='[[continuity]]\nname = "lieu"\nlimit = "200 km"\nweekly_hours = "total"\n'))
        result = self.run_program("run", "etude.toml")
        self.assertIn("3 horaires compris sur 4", result.stderr)
        quality = (self.folder / "resultats/current/qualite.md").read_text(encoding="utf-8")
        self.assertIn("quand il fait beau", quality)
        self.assertIn("horaires incompris : ils ne comptent pas : 1", quality)
        self.assertIn("total hebdomadaire sans horaire : il donne des bornes : 1", quality)
        (known, sure, possible, unknown), = self.table(
            "resultats/current/maillage.gpkg",
            "SELECT lieu_heures, lieu_heures_sures, lieu_heures_possibles, lieu_horaires_inconnus FROM continuite "
            "WHERE code = '59350'")
        self.assertEqual((known, sure, possible, unknown), (38, 38, 168, 2))  # one tells nothing: it might never close
        (people, uncertain), = self.table("resultats/current/maillage.gpkg",
                                          "SELECT MAX(habitants_heure), MAX(habitants_incertains) FROM lacunes_temps")
        self.assertEqual(people, uncertain)  # everybody has one of unknown hours in reach
        notes = json.loads((self.folder / "resultats/current/quality.json").read_text(encoding="utf-8"))["hours_notes"]
        self.assertEqual(sorted(note["reason"] for note in notes), ["hours_not_understood", "only_weekly_hours"])
        self.assertTrue(all(note["detail"] for note in notes))

    def test_a_year_knows_holidays_and_seasons(self):
        self.write("lieux.csv", with_hours(("Mo-Su 00:00-24:00; PH off", "", "", "", "")))
        self.write("etude.toml", STUDY.format(more="""[[continuity]]
name = "lieu"
limit = "200 km"
year = 2024
most_days_without = 2
[[continuity.year_window]]
name = "ete"
hours = "Jul-Aug 08:00-20:00"
""").replace('carry = ["total"]\n', ""))
        self.run_program("run", "etude.toml")
        (days, row, continuous, share), = self.table(
            "resultats/current/maillage.gpkg",
            "SELECT lieu_jours_sans_annee, lieu_jours_sans_suite, lieu_continue_annee, lieu_ete FROM continuite "
            "WHERE code = '59350'")
        self.assertEqual((days, row, continuous), (11, 2, 1))  # the eleven public holidays; 8 and 9 May stand together
        self.assertAlmostEqual(share, 100 * 60 / 62)  # 14 July and 15 August

    def test_two_skills_at_the_same_moment(self):
        self.write("lieux.csv", with_hours(("Mo 09:00-12:00", "Mo 11:00-13:00", "", "", "")))
        self.write("etude.toml", STUDY.format(more="""[[continuity]]
name = "biblio"
limit = "200 km"
[[continuity]]
name = "tous"
limit = "200 km"
together = "biblio"
stay_minutes = 60
""").replace('carry = ["total"]\n', ""))
        self.run_program("run", "etude.toml")
        (alone, stay, both, most), = self.table(
            "resultats/current/maillage.gpkg",
            "SELECT biblio_heures, tous_heures, tous_ensemble_h, tous_ensemble_possibles_h FROM continuite WHERE code = '59350'")
        self.assertEqual(most, 168)  # three of five tell no hours
        self.assertEqual((alone, stay, both), (4, 3.25, 3.25))  # an hour's stay: 9:00 to 11:00 and 11:00 to 12:00, both ends

    def test_same_bytes_whatever_the_threads(self):
        self.write("lieux.csv", with_hours())
        for threads in ("1", "2"):
            self.run_program("continuity", "lieux.csv", "--departement", "59", "--within", "30km", "--formats", "geojson,csv",
                             "--output", "sortie" + threads, "--threads", threads)
        for path in sorted((self.folder / "sortie1/current").rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                other = self.folder / "sortie2/current" / path.relative_to(self.folder / "sortie1/current")
                self.assertEqual(path.read_bytes(), other.read_bytes(), path.name)

    def test_mistakes_are_told(self):
        self.write("lieux.csv", with_hours())
        for more, told in (
                ('gap_hours = "le soir"', "gap_hours"),
                ("step_minutes = 7", "diviseur de 60"),
                ('together = "autre"', "autre"),
                ('weekly_hours = "absente"', "absente"),
                ('[[continuity.window]]\nname = "soir"\nhours = "Mo 18:00-20:00"', "nom court"),
                ('[[continuity.window]]\nname = "ete"\nhours = "Jul-Aug 08:00-20:00"', "year_window"),
                ('[[continuity.year_window]]\nname = "ete"\nhours = "Jul-Aug 08:00-20:00"', "year = 2026"),
                ("stay = 3", "stay_minutes")):
            text = STUDY.format(more=f'[[continuity]]\nname = "lieu"\nlimit = "5 km"\n{more}\n')
            self.write("etude.toml", text.replace('carry = ["total"]\n', ""))
            result = self.run_program("run", "etude.toml", "--overwrite", code=78)
            self.assertIn(told, result.stderr, more)



class DatedContinuity(ProgramTest):
    """What hangs on dates: itinerant structures, events, the next opening; and the worth of every slot."""

    def test_the_next_opening_and_the_worth_of_every_slot(self):
        self.write("lieux.csv", with_hours(("Sa 10:00-12:00", "Mo 09:00-10:00", "", "", "")))
        self.run_program("continuity", "lieux.csv", "--departement", "59", "--within", "2km", "--at", "2026-03-14 11:30", "--worth", "15",
                         "--output", "sortie", "--formats", "gpkg")
        found = {code: row for code, *row in self.table(
            "sortie/current/maillage.gpkg",
            "SELECT code, a_2km_prochaine_depart, a_2km_prochaine_attente_h, a_2km_prochaine_nom FROM continuite "
            "WHERE code IN ('59350', '59014', '59183')")}
        self.assertEqual(found["59350"], ["2026-03-14T11:30:00", 0, "Médiathèque de Lille"])
        self.assertEqual(found["59014"], ["2026-03-16T09:00:00", 45.5, "Bibliothèque d'Anzin"])
        self.assertEqual(found["59183"], [None, None, None])
        slots = self.rows("sortie/current/tableaux/continuite_a_2km_heures_une_a_une.csv")
        self.assertEqual(len(slots), 2 * 6 * 12 * 4)  # of two known structures, Monday to Saturday from 8 to 20
        self.assertEqual(sum(row["Ouverte"] == "oui" for row in slots), 8 + 4)
        self.run_program("continuity", "lieux.csv", "--within", "2km", "--at", "demain", code=64)

    def test_a_calendar_and_a_table_of_presences(self):
        for name in ("donnees/tournee.ics", "donnees/ateliers.csv", "etude.toml"):
            self.write(name, (SOURCE / "examples/itinerance" / name).read_bytes().decode("utf-8"))
        told = self.run_program("run", "etude.toml").stdout
        self.assertIn("offre à dates :", told)
        self.assertNotIn("h par semaine", told)
        places = dict(self.table("resultats/current/maillage.gpkg", "SELECT nom, source FROM structures"))
        self.assertEqual(sorted(places.values()).count("mediabus"), 5)
        continuous = dict((code, row) for code, *row in self.table(
            "resultats/current/maillage.gpkg",
            "SELECT code, quinzaine_jours_sans_suite, quinzaine_continue_annee, mois_continue_annee FROM continuite"))
        self.assertEqual(continuous["80630"], [34, 0, 1])  # Poix: every Tuesday but those of August
        self.assertEqual(continuous["80373"][1:], [1, 1])  # Gamaches: every ten days
        quality = (self.folder / "resultats/current/qualite.md").read_text(encoding="utf-8")
        self.assertIn("un samedi de juin", quality)
        self.assertIn("événement annulé", quality)

    def test_an_unknown_column_of_presences(self):
        self.write("ateliers.csv", "nom;latitude;longitude;debut;fin\nA;49,9;2,3;2026-03-01 10:00;12:00\n")
        result = self.run_program("continuity", "ateliers.csv", "--departement", "80", "--within", "5km", "--presences", "debut,jusque", code=78)
        self.assertIn("jusque", result.stderr)
        self.assertIn("debut, fin", result.stderr)
