// Parts of a territory that lie oceans apart: the mainland, and each overseas departement.

/** Name and communes of each part, the mainland first; none where there is one part alone. */
export function partsOf(dataset, language) {
  const { communes } = dataset;
  const codes = communes.values("departement") ?? communes.values("code").map((code) => code.slice(0, 3));
  const parts = new Map();
  codes.forEach((code, area) => {
    const key = code?.startsWith("97") ? code : "";
    if (!parts.has(key)) {
      parts.set(key, { key, name: key ? communes.value("departement_nom", area) ?? key : language.say("mainland"), areas: [] });
    }
    parts.get(key).areas.push(area);
  });
  return parts.size < 2 ? [] : [...parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
