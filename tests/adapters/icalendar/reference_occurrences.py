"""Occurrences of calendars as the Python packages icalendar and recurring_ical_events have them.
reference_occurrences.py FIRST_DAY LAST_DAY FILE... prints for each file its name, then "begin > end" in Paris time, sorted."""
import datetime
import pathlib
import sys
import zoneinfo

import icalendar
import recurring_ical_events

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def text(moment):
    if isinstance(moment, datetime.datetime):
        return (moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment.astimezone(PARIS)).strftime("%Y-%m-%d %H:%M")
    return moment.isoformat()


def line(event):
    begin, end = event.start, event.end
    if not isinstance(begin, datetime.datetime):
        end -= datetime.timedelta(days=1)
    return f"{text(begin)} > {text(end)}"


first, last = map(datetime.date.fromisoformat, sys.argv[1:3])
for name in sys.argv[3:]:
    calendar = icalendar.Calendar.from_ical(pathlib.Path(name).read_bytes())
    events = recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1))
    print(pathlib.Path(name).name)
    print("\n".join(sorted(line(event) for event in events if event.get("STATUS") != "CANCELLED")))
