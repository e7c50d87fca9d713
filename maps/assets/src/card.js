// The card of a commune: who covers it, at what cost, what comes next, its rank, its tier, how sure all this is.
import { make } from "./elements.js";
import { ranksOf } from "./dataset.js";

export class Card {
  constructor(root, { dataset, classes, language, sentences, close, goThere }) {
    Object.assign(this, { root, dataset, classes, language, sentences, close, goThere });
    this.rankCache = new Map();
  }

  rank(key, values, leastFirst) {
    if (!this.rankCache.has(key)) {
      this.rankCache.set(key, { ranks: ranksOf(values, leastFirst), count: values.filter((value) => value !== null).length });
    }
    return this.rankCache.get(key);
  }

  rankText(area, key, values, leastFirst) {
    const { ranks, count } = this.rank(key, values, leastFirst);
    if (ranks[area] === null) {
      return "";
    }
    const tier = this.dataset.communes.values("strate_rang");
    const same = values.map((value, other) => (tier[other] === tier[area] ? value : null));
    const inTier = this.rank(`${key}/${tier[area]}`, same, leastFirst);
    const show = (value) => this.language.number(value, 1);
    return this.language.code === "fr"
      ? `Rang ${show(ranks[area])} sur ${show(count)} (1 : la mieux desservie) ; ${show(inTier.ranks[area])} sur ${show(inTier.count)} dans sa strate.`
      : `Rank ${show(ranks[area])} of ${show(count)} (1: best served); ${show(inTier.ranks[area])} of ${show(inTier.count)} in its tier.`;
  }

  show(area, map) {
    const { language, root } = this;
    root.replaceChildren();
    if (area < 0) {
      root.append(make("p", { class: "empty" }, language.say("card_empty")));
      return;
    }
    const { communes } = this.dataset;
    root.append(
      make("div", { class: "card-head" },
        make("h3", { id: "card-name", tabindex: "-1" }, communes.value("nom", area) ?? communes.value("code", area)),
        make("button", { type: "button", class: "plain", onclick: this.close }, language.say("close"))),
      make("p", { class: "facts" }, [communes.value("code", area), communes.value("departement_nom", area), communes.value("epci_nom", area)].filter(Boolean).join(" · ")),
      make("p", {}, `${this.sentences.people(communes.value("population", area))}. ${communes.value("strate", area) ?? ""}`));
    root.append(make("button", { type: "button", class: "plain", onclick: this.goThere }, language.say("go_there")));
    if (!this.dataset.isComplete) {
      root.append(make("p", {}, language.say("loading")));
      return;
    }
    const onMap = this.sentences.onMap(area, map);
    if (onMap) {
      root.append(make("p", { class: "on-map" }, onMap));
    }
    this.showCoverages(area, map);
    this.showAccess(area, map);
    this.showContinuity(area);
    this.showSureness(area);
  }

  section(title, ...content) {
    this.root.append(make("section", {}, make("h4", {}, title), ...content));
  }

  showCoverages(area, map) {
    const { communes, document: data } = this.dataset;
    const first = ["coverage", "gaps", "discontinuities"].includes(map.subject.kind) ? map.subject.position : 0;
    const order = data.coverages.map((coverage, k) => [coverage, k]).sort((a, b) => (b[1] === first) - (a[1] === first));
    for (const [coverage] of order) {
      const reach = communes.value(`${coverage.name}_a_portee`, area);
      const people = communes.value(`${coverage.name}_population_couverte`, area);
      const costs = communes.values(`${coverage.name}_cout`);
      const french = this.language.code === "fr";
      const lines = [this.sentences.coverage(area, coverage)];
      if (reach !== null) {
        lines.push(french ? `${this.language.number(reach)} structure${reach >= 2 ? "s" : ""} à portée ; ${this.sentences.people(people)} couvert${people >= 2 ? "s" : ""}.` : `${this.language.number(reach)} structure${reach === 1 ? "" : "s"} in reach; ${this.sentences.people(people)} covered.`);
      }
      const rank = costs && this.rankText(area, `${coverage.name}_cout`, costs, true);
      this.section(coverage.label, ...[...lines, rank].filter(Boolean).map((line) => make("p", {}, line)));
    }
  }

  showAccess(area, map) {
    const layer = this.dataset.layers.get("accessibilite");
    if (!layer) {
      return;
    }
    for (const question of this.dataset.document.accesses) {
      const fields = layer.fields.filter((field) => field.name.startsWith(`${question.name}_`) && !field.name.endsWith("_rang"));
      const rows = fields.map((field) => {
        const rank = layer.value(`${field.name}_rang`, area);
        const current = field.name === map.subject.field;
        return make("tr", current ? { class: "current" } : {},
          make("th", { scope: "row" }, this.language.of(field.label)),
          make("td", {}, this.language.value(layer.value(field.name, area), field)),
          make("td", {}, rank === null ? "" : this.language.number(rank, 1)));
      });
      const french = this.language.code === "fr";
      this.root.append(make("details", { open: map.subject.kind === "access" },
        make("summary", {}, question.label),
        make("table", { class: "small" }, make("caption", { class: "hidden" }, question.label),
          make("thead", {}, make("tr", {}, make("th", { scope: "col" }, french ? "Mesure" : "Measure"), make("th", { scope: "col" }, this.language.say("value")), make("th", { scope: "col" }, french ? "Rang" : "Rank"))),
          make("tbody", {}, ...rows))));
    }
  }

  showContinuity(area) {
    const layer = this.dataset.layers.get("continuite");
    if (!layer) {
      return;
    }
    const french = this.language.code === "fr";
    for (const question of this.dataset.document.continuities) {
      const field = layer.field.get(`${question.name}_heures`);
      const value = (name) => layer.value(`${question.name}_${name}`, area);
      const hours = (name) => this.language.value(value(name), field);
      const unknown = value("horaires_inconnus") ?? 0;
      const lines = [french ? `Une porte ouverte à portée ${hours("heures")} par semaine ; au plus ${hours("trou_max_h")} sans offre.` : `An open door in reach ${hours("heures")} a week; ${hours("trou_max_h")} without at most.`];
      if (unknown > 0) {
        lines.push(french ? `Horaires inconnus de ${this.language.number(unknown)} structure${unknown >= 2 ? "s" : ""} à portée : entre ${hours("heures_sures")} et ${hours("heures_possibles")}.` : `Hours of ${this.language.number(unknown)} structure${unknown === 1 ? "" : "s"} in reach are unknown: between ${hours("heures_sures")} and ${hours("heures_possibles")}.`);
      }
      this.section(question.label, ...lines.map((line) => make("p", {}, line)));
    }
  }

  showSureness(area) {
    const { communes, document: data } = this.dataset;
    const french = this.language.code === "fr";
    const origin = communes.value("origine_point", area);
    const lines = [];
    if (origin === "déclaré") {
      lines.push(french ? "Distances comptées depuis la mairie ou le chef-lieu." : "Distances are counted from the town hall.");
    } else if (origin) {
      lines.push(french ? "Distances comptées depuis un point calculé dans le contour : aucune mairie n’est connue." : "Distances are counted from a point computed inside the contour: no town hall is known.");
    } else {
      lines.push(french ? "Aucun point n’est connu pour cette commune : ses distances ne le sont pas non plus." : "No point is known for this commune, hence no distance.");
    }
    if (communes.value("population", area) === null) {
      lines.push(french ? "Sa population est inconnue : elle n’est comptée nulle part." : "Its population is unknown: it is counted nowhere.");
    }
    const date = this.language.of(data.date);
    if (date) {
      lines.push(french ? `Données : ${date}.` : `Data: ${date}.`);
    }
    this.section(french ? "Ce qui est sûr" : "How sure", ...lines.map((line) => make("p", {}, line)));
  }
}
