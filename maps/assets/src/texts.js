// What the page says, in both languages, and how numbers are written.

export const kTexts = {
  fr: {
    skip_to_map: "Aller à la carte", skip_to_table: "Aller au tableau",
    view: "Carte affichée", search: "Chercher une commune, une intercommunalité, un département", search_short: "Chercher",
    search_hint: "Tapez quelques lettres, puis choisissez avec les flèches.", no_result: "Aucun résultat", results: (n) => `${n} résultat${n > 1 ? "s" : ""}`,
    language: "English", compare: "Comparer", compare_none: "Une seule carte", compare_side: "Côte à côte", compare_swipe: "Rideau", second_view: "Seconde carte", swipe: "Position du rideau",
    map: "Carte", map_help: "Flèches : commune voisine. Majuscule et flèches : déplacer. Plus et moins : zoomer. Origine : tout le territoire. Entrée : lire la fiche. Échap : désélectionner.",
    zoom_in: "Agrandir", zoom_out: "Réduire", home: "Tout le territoire", north: "Nord",
    go_to: "Aller à", all_parts: "Tout le territoire", mainland: "Métropole",
    hour_show: "Hachurer les communes sans offre à une heure de la semaine", hour: "Jour et heure", hour_help: "Flèches : une heure. Page précédente, page suivante : un jour.",
    labels: "Noms", labels_communes: "Communes", labels_epci: "Intercommunalités", labels_none: "Aucun",
    legend: "Légende", legend_help: "Décochez une classe pour la cacher.", show_all: "Tout afficher", no_value: "sans valeur",
    card: "Fiche de la commune", card_empty: "Cliquez une commune, cherchez-la, ou parcourez la carte avec les flèches du clavier.", close: "Fermer la fiche", go_there: "Voir sur la carte",
    charts: "Graphiques", scope: "Comparer au territoire", scope_none: "Territoire seul", scope_departement: "Son département", scope_epci: "Son intercommunalité",
    table: "Tableau", rows: "Lignes du tableau", table_of: "Données", filter: "Filtrer les lignes", all_columns: "Toutes les colonnes", export: "Exporter en CSV", previous: "Page précédente", next: "Page suivante",
    page_of: (a, b, n) => `Page ${a} sur ${b} (${n} lignes)`, sort_by: "Trier par", no_row: "Aucune ligne.",
    description: "En toutes lettres", sources: "Sources et mentions", licences: "Licences des composants de la page", print: "Imprimer", copy_link: "Copier le lien de cette vue", copied: "Lien copié.",
    loading: "Chargement des autres données…", commune: "Commune", class: "Classe", of_population: "de la population", inhabitants: "habitants", unknown: "inconnu", none: "aucune",
    group_structures: "Structures", group_coverage: "Couverture", group_gaps: "Lacunes", group_discontinuities: "Discontinuités", group_access: "Accessibilité", group_disagreement: "Désaccord des mesures", group_clusters: "Grappes", group_continuity: "Continuité",
    epci: "intercommunalité", departement: "département", all_france_parts: "Parties du territoire", scale: "Échelle", panel: "Légende, fiche et graphiques", tools: "Outils", projection: "Projection", highlight_note: "Communes mises en évidence sur la carte", features: "objets",
    chart_coverage: "Part des habitants couverts par strate", chart_distribution: "Répartition des habitants", chart_lorenz: "Courbe de Lorenz", chart_none: "Pas de graphique pour cette carte.", cumulated_people: "part cumulée des habitants", cumulated_value: "part cumulée", equality: "égalité", territory: "Territoire", table_of_chart: "Chiffres du graphique", value: "Valeur", people: "Habitants", tier: "Strate", share: "Part", highlight: "Surligner sur la carte",
  },
  en: {
    skip_to_map: "Skip to the map", skip_to_table: "Skip to the table",
    view: "Map shown", search: "Search a commune, an intercommunality, a département", search_short: "Search",
    search_hint: "Type a few letters, then choose with the arrow keys.", no_result: "No result", results: (n) => `${n} result${n > 1 ? "s" : ""}`,
    language: "Français", compare: "Compare", compare_none: "One map", compare_side: "Side by side", compare_swipe: "Swipe", second_view: "Second map", swipe: "Position of the swipe",
    map: "Map", map_help: "Arrows: neighbouring commune. Shift and arrows: move. Plus and minus: zoom. Home: the whole territory. Enter: read the card. Escape: deselect.",
    zoom_in: "Zoom in", zoom_out: "Zoom out", home: "Whole territory", north: "North",
    go_to: "Go to", all_parts: "Whole territory", mainland: "Mainland",
    hour_show: "Hatch the communes without an offer at an hour of the week", hour: "Day and hour", hour_help: "Arrows: an hour. Page up, page down: a day.",
    labels: "Names", labels_communes: "Communes", labels_epci: "Intercommunalities", labels_none: "None",
    legend: "Legend", legend_help: "Untick a class to hide it.", show_all: "Show all", no_value: "no value",
    card: "Card of the commune", card_empty: "Click a commune, search for it, or walk the map with the arrow keys.", close: "Close the card", go_there: "Show on the map",
    charts: "Charts", scope: "Compare with the territory", scope_none: "Territory alone", scope_departement: "Its département", scope_epci: "Its intercommunality",
    table: "Table", rows: "Rows of the table", table_of: "Data", filter: "Filter rows", all_columns: "All columns", export: "Export as CSV", previous: "Previous page", next: "Next page",
    page_of: (a, b, n) => `Page ${a} of ${b} (${n} rows)`, sort_by: "Sort by", no_row: "No row.",
    description: "In words", sources: "Sources and notices", licences: "Licences of the page's components", print: "Print", copy_link: "Copy the link to this view", copied: "Link copied.",
    loading: "Loading the other data…", commune: "Commune", class: "Class", of_population: "of the inhabitants", inhabitants: "inhabitants", unknown: "unknown", none: "none",
    group_structures: "Structures", group_coverage: "Coverage", group_gaps: "Gaps", group_discontinuities: "Discontinuities", group_access: "Accessibility", group_disagreement: "Disagreement of measures", group_clusters: "Clusters", group_continuity: "Continuity",
    epci: "intercommunality", departement: "département", all_france_parts: "Parts of the territory", scale: "Scale", panel: "Legend, card and charts", tools: "Tools", projection: "Projection", highlight_note: "Communes highlighted on the map", features: "features",
    chart_coverage: "Share of inhabitants covered by tier", chart_distribution: "Distribution of inhabitants", chart_lorenz: "Lorenz curve", chart_none: "No chart for this map.", cumulated_people: "cumulated share of inhabitants", cumulated_value: "cumulated share", equality: "equality", territory: "Territory", table_of_chart: "Figures of the chart", value: "Value", people: "Inhabitants", tier: "Tier", share: "Share", highlight: "Highlight on the map",
  },
};

export class Language {
  constructor(code) {
    this.set(code);
  }

  set(code) {
    this.code = code === "en" ? "en" : "fr";
    this.locale = this.code === "en" ? "en-GB" : "fr-FR";
    this.formats = new Map();
  }

  /** A sentence of the page. */
  say(key, ...values) {
    const text = kTexts[this.code][key];
    return typeof text === "function" ? text(...values) : text;
  }

  /** A text of the data, which has both languages. */
  of(text) {
    return (text && (text[this.code] || text.fr)) ?? "";
  }

  number(value, decimals = 0, least = 0) {
    const key = `${decimals}/${least}`;
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.NumberFormat(this.locale, { maximumFractionDigits: decimals, minimumFractionDigits: least }));
    }
    return this.formats.get(key).format(value);
  }

  percent(share) {
    return new Intl.NumberFormat(this.locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
  }

  /** A cost as people say it: metres from 1,000 as kilometres, seconds as minutes. */
  cost(value, unit) {
    if (value === null) {
      return this.say("unknown");
    }
    if (unit === "s") {
      return value < 60 ? `${this.number(value)} s` : `${this.number(value / 60, 1)} min`;
    }
    return value < 1000 ? `${this.number(value)} m` : `${this.number(value / 1000, 1)} km`;
  }

  /** A value of a field, with its unit. */
  value(value, field) {
    if (value === null || value === undefined) {
      return this.code === "fr" ? "sans valeur" : "no value";
    }
    if (field.type === "boolean") {
      return this.code === "fr" ? (value ? "oui" : "non") : value ? "yes" : "no";
    }
    if (typeof value !== "number") {
      return value;
    }
    if (field.unit === "m" || field.unit === "s" || field.unit === "m ou s") {
      return this.cost(value, field.unit === "s" ? "s" : "m");
    }
    const unit = { hab: this.code === "fr" ? "hab." : "inh.", km2: "km²", j: this.code === "fr" ? "j" : "d" }[field.unit] ?? field.unit;
    return this.number(value, field.decimals) + (unit ? `\u00a0${unit}` : "");
  }
}
