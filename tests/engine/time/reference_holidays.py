"""Days as the Python packages "holidays" and "vacances-scolaires-france" have them, one a line:
"public 57 2025-04-18 Good Friday", "school A 2025-02-22 holidays", "school A 2025-02-22 vacances-scolaires-france"."""
import datetime

import holidays
import vacances_scolaires_france

PUBLIC = range(2008, 2101)
FIRST, LAST = datetime.date(2022, 9, 1), datetime.date(2027, 8, 31)  # of the school years that both packages and we know

for area in ("", "57", "6AE", "971", "972", "973", "974", "976", "PM", "BL", "MF"):
    for day, names in sorted(holidays.France(subdiv=area or None, years=PUBLIC).items()):
        for name in names.split("; "):
            print("public", area or "FR", day, name)

by_year = vacances_scolaires_france.SchoolHolidayDates()
for zone in "ABC":
    days = holidays.France(subdiv=f"Zone {zone}", years=range(FIRST.year, LAST.year + 1), categories=("school",))
    for day in sorted(days):
        if FIRST <= day <= LAST:
            print("school", zone, day, "holidays")
    for year in range(FIRST.year, LAST.year + 1):
        for day in sorted(by_year.holidays_for_year_and_zone(year, zone)):
            if FIRST <= day <= LAST:
                print("school", zone, day, "vacances-scolaires-france")
