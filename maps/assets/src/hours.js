// Which communes are without an offer at an hour of the typical week.

export const kHours = 168;

/** A Monday, so that names of days come from the locale; noon in UTC is the same day everywhere on the page. */
const kMonday = Date.UTC(2024, 0, 1, 12);

/** "mercredi 14 h", "Wednesday 14:00". */
export function hourText(hour, language) {
  const day = new Intl.DateTimeFormat(language.locale, { weekday: "long", timeZone: "UTC" }).format(kMonday + Math.floor(hour / 24) * 86400000);
  const clock = hour % 24;
  return language.code === "fr" ? `${day} ${clock}\u00a0h` : `${day} ${String(clock).padStart(2, "0")}:00`;
}

export class Hours {
  constructor(dataset) {
    this.dataset = dataset;
    this.rows = new Map();
  }

  /** The question of continuity that a map answers, where its hours are known; else null. */
  questionOf(map) {
    if (map.subject.kind !== "continuity") {
      return null;
    }
    const asked = this.dataset.document.continuities[map.subject.position];
    return asked && this.dataset.hours[asked.name] ? asked : null;
  }

  /** Communes that are without an offer when they leave on the hour. */
  without(name, hour) {
    const key = `${name}/${hour}`;
    if (!this.rows.has(key)) {
      const { sizes, steps } = this.dataset.hours[name];
      const areas = [];
      let first = 0;
      sizes.forEach((size, area) => {
        let at = 0;
        let served = false;
        for (let k = first; k < first + size; k += 1) {
          at += steps[k];
          if (at > hour) {
            break;
          }
          served = !served;
        }
        first += size;
        if (!served) {
          areas.push(area);
        }
      });
      this.rows.set(key, areas);
    }
    return this.rows.get(key);
  }
}
