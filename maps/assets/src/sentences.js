// What the page says in words: of a map, of a commune. Built from the same values as the map.

const isVowel = (name) => /^[aeiouyhâàéèêëîïôöûüœ]/i.test(name);

/** "d'Amiens", "de Lille", "du Quesnoy", "des Essarts": French contracts the article of a name. */
export function ofName(name) {
  if (/^Le /.test(name)) {
    return `du ${name.slice(3)}`;
  }
  if (/^Les /.test(name)) {
    return `des ${name.slice(4)}`;
  }
  return isVowel(name) ? `d’${name}` : `de ${name}`;
}

const plural = (count) => (count >= 2 ? "s" : "");

export class Sentences {
  constructor(dataset, classes, language) {
    Object.assign(this, { dataset, classes, language });
  }

  get isFrench() {
    return this.language.code === "fr";
  }

  people(count) {
    if (count === null) {
      return this.isFrench ? "population inconnue" : "unknown population";
    }
    return this.isFrench ? `${this.language.number(count)} habitant${plural(count)}` : `${this.language.number(count)} inhabitant${count === 1 ? "" : "s"}`;
  }

  communes(count) {
    return this.isFrench ? `${this.language.number(count)} commune${plural(count)}` : `${this.language.number(count)} commune${count === 1 ? "" : "s"}`;
  }

  /** "mercredi 14 h : 812 communes sans offre à portée, 301 245 habitants." and, of a commune, whether it is one of them. */
  hour(text, areas, selected) {
    const { communes } = this.dataset;
    const people = areas.reduce((sum, area) => sum + (communes.value("population", area) ?? 0), 0);
    const lines = [this.isFrench ? `${text} : ${this.communes(areas.length)} sans offre à portée, ${this.people(people)}.` : `${text}: ${this.communes(areas.length)} without an offer in reach, ${this.people(people)}.`];
    if (selected >= 0) {
      const name = communes.value("nom", selected) ?? communes.value("code", selected);
      const lacks = areas.includes(selected);
      lines.push(this.isFrench ? `${name} ${lacks ? "n’a alors aucune offre" : "a alors une offre"} à portée.` : `${name} has ${lacks ? "no" : "an"} offer in reach then.`);
    }
    return lines.join(" ");
  }

  identity(area) {
    const { communes } = this.dataset;
    const departement = communes.value("departement_nom", area) ?? communes.value("departement", area);
    return `${communes.value("nom", area) ?? communes.value("code", area)}${departement ? ` (${departement})` : ""}, ${this.people(communes.value("population", area))}`;
  }

  /** Whether a commune is served in a coverage, at what cost, and what it lacks. */
  coverage(area, coverage) {
    const { communes } = this.dataset;
    const cost = communes.value(`${coverage.name}_cout`, area);
    const covered = communes.value(`${coverage.name}_est_couverte`, area) === 1;
    const nearest = communes.value(`${coverage.name}_proche_nom`, area) ?? communes.value(`${coverage.name}_proche_cle`, area);
    const excess = communes.value(`${coverage.name}_exces`, area);
    const show = (value) => this.language.cost(value, coverage.unit);
    const name = nearest ? (this.isFrench ? ` : ${nearest}` : `: ${nearest}`) : "";
    if (cost === null) {
      return this.isFrench ? "Aucune structure n’est accessible." : "No structure can be reached.";
    }
    if (this.isFrench) {
      const state = covered ? "Couverte" : "Non couverte";
      const next = excess > 0 ? ` Il manque ${show(excess)} : une structure à ${show(coverage.limit)} au plus ${ofName(communes.value("nom", area) ?? "la commune")} la couvrirait.` : "";
      return `${state} : la structure la plus proche est à ${show(cost)}${name}.${next}`;
    }
    const next = excess > 0 ? ` ${show(excess)} too far: a structure within ${show(coverage.limit)} of the commune's point would cover it.` : "";
    return `${covered ? "Covered" : "Not covered"}: the nearest structure is ${show(cost)} away${name}.${next}`;
  }

  /** What a screen reader hears of a commune on a map. */
  spoken(area, map) {
    return `${this.identity(area)}. ${this.onMap(area, map)}`;
  }

  /** Class and value of a commune on a map. */
  onMap(area, map) {
    const parts = [];
    const coverage = this.dataset.document.coverages[map.subject.position];
    if (["coverage", "gaps", "discontinuities"].includes(map.subject.kind) && coverage && this.dataset.isComplete) {
      parts.push(this.coverage(area, coverage));
    }
    for (const view of this.dataset.viewsOf(map)) {
      const layer = this.dataset.layers.get(view.layer);
      const found = layer.geometry === "communes" && this.classes.of(view);
      if (found && found[area] >= 0 && view.classes.length > 1) {
        const field = layer.field.get(view.field);
        const value = ["real", "integer"].includes(field?.type) && view.classes[found[area]].holds === "interval" ? `${this.language.value(layer.value(view.field, area), field)}, ` : "";
        parts.push(`${this.language.of(view.legend) || this.language.of(view.title)}${this.isFrench ? " : " : ": "}${value}${this.language.of(view.classes[found[area]].label)}.`);
      }
    }
    return parts.join(" ");
  }

  total(areas) {
    const population = this.dataset.communes.values("population");
    return areas.reduce((sum, area) => sum + (population[area] ?? 0), 0);
  }

  /** Paragraphs on a map: its question, what each class holds, who is covered, the communes farthest off. */
  describe(map) {
    const { dataset, language } = this;
    const everyone = [...Array(dataset.communes.count).keys()];
    const all = this.total(everyone);
    const lines = [language.of(map.question)];
    lines.push(this.isFrench ? `${dataset.document.territory} : ${this.communes(everyone.length)}, ${this.people(all)}.` : `${dataset.document.territory}: ${this.communes(everyone.length)}, ${this.people(all)}.`);
    const coverage = dataset.document.coverages[map.subject.position];
    if (["coverage", "gaps", "discontinuities"].includes(map.subject.kind) && coverage) {
      lines.push(...this.describeCoverage(coverage, everyone, all));
    }
    for (const view of dataset.viewsOf(map)) {
      lines.push(this.describeView(view, all));
    }
    return lines.filter(Boolean);
  }

  describeCoverage(coverage, everyone, all) {
    const { communes } = this.dataset;
    const people = communes.values(`${coverage.name}_population_couverte`);
    const covered = communes.values(`${coverage.name}_est_couverte`);
    const cost = communes.values(`${coverage.name}_cout`);
    if (!people || !covered) {
      return [];
    }
    const served = people.reduce((sum, count) => sum + (count ?? 0), 0);
    const count = covered.filter((one) => one === 1).length;
    const farthest = everyone.filter((area) => cost[area] !== null && covered[area] !== 1).sort((a, b) => cost[b] - cost[a]).slice(0, 5);
    const names = farthest.map((area) => `${communes.value("nom", area)} (${this.language.cost(cost[area], coverage.unit)})`).join(", ");
    const share = this.language.percent(all ? served / all : 0);
    if (this.isFrench) {
      return [`${coverage.label} : ${this.people(served)} couverts, soit ${share} de la population ; ${this.communes(count)} couverte${plural(count)} sur ${this.language.number(everyone.length)}.`, names ? `Les plus éloignées : ${names}.` : "Aucune commune n’est au-delà de la limite."];
    }
    return [`${coverage.label}: ${this.people(served)} covered, ${share} of the population; ${this.communes(count)} covered out of ${this.language.number(everyone.length)}.`, names ? `The farthest: ${names}.` : "No commune lies beyond the limit."];
  }

  describeView(view, all) {
    const layer = this.dataset.layers.get(view.layer);
    const found = this.classes.of(view);
    if (!found || view.classes.length < 2) {
      return "";
    }
    const population = this.dataset.communes.values("population");
    const parts = view.classes.map((one, k) => {
      let count = 0;
      let people = 0;
      found.forEach((of, feature) => {
        if (of === k) {
          count += 1;
          people += layer.geometry === "communes" ? population[feature] ?? 0 : 0;
        }
      });
      if (!count) {
        return "";
      }
      const share = layer.geometry === "communes" && all ? ` (${this.language.percent(people / all)} ${this.language.say("of_population")})` : "";
      return `${this.language.of(one.label)}${this.isFrench ? " : " : ": "}${layer.geometry === "communes" ? this.communes(count) : this.language.number(count)}${share}`;
    });
    return `${this.language.of(view.legend) || this.language.of(view.title)}${this.isFrench ? " — " : " — "}${parts.filter(Boolean).join(this.isFrench ? " ; " : "; ")}.`;
  }
}
