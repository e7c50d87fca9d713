// Draws the views of a map on a canvas. Areas are filled a dozen at a time: paths of hundreds of communes cost more than they save, and
// neighbours of one class in one path have no seam between them.
import { hatchPattern, kPixelsPerMm, markerStamp, rgba } from "./symbols.js";

/** Communes without an offer at the hour that is looked at. */
export const kWithoutOffer = { kind: "hatch", colour: "#161616", opacity: 255, border: "#161616", border_mm: 0.2 };

const kBatch = 12;
const kMostSeams = 8000;

export class Painter {
  constructor(dataset, geometry, classes) {
    this.dataset = dataset;
    this.geometry = geometry;
    this.classes = classes;
    this.outlines = new Map();
    this.stamps = new Map();
  }

  /** Paints all views; returns how many features of each layer it drew, and whether their values were there. */
  paint(context, view, map, hidden) {
    this.context = context;
    this.view = view;
    this.level = this.geometry.level(view.k);
    const drawn = {};
    this.later = [];
    let complete = true;
    const [minX, minY, maxX, maxY] = view.bounds;
    this.visible = this.geometry.inBox(minX, minY, maxX, maxY);
    for (const layerView of this.dataset.viewsOf(map)) {
      const found = this.classes.of(layerView);
      if (!found) {
        complete = false;
        continue;
      }
      const off = hidden.get(layerView.name);
      const shown = off?.size ? found.map((k) => (off.has(k) ? -1 : k)) : found;
      const count = this.paintView(layerView, shown);
      drawn[layerView.layer] = Math.max(drawn[layerView.layer] ?? 0, count);
    }
    const without = view.without?.(map);
    if (without) {
      drawn.without_offer = this.paintWithout(without);
    }
    this.paintZones(this.dataset.viewsOf(map));
    this.later.forEach((paintCircles) => paintCircles());
    return { drawn, complete };
  }

  /** Black hatching on a white veil is seen on light and dark classes alike. */
  paintWithout(areas) {
    const visible = new Set(this.visible);
    const seen = areas.filter((area) => visible.has(area));
    this.fillAreas(seen, () => 0, [{ kind: "fill", colour: "#ffffff", opacity: 130 }]);
    this.fillAreas(seen, () => 0, [kWithoutOffer]);
    return seen.length;
  }

  paintView(layerView, classes) {
    switch (this.dataset.layers.get(layerView.layer).geometry) {
      case "communes":
        return this.paintCommunes(layerView, classes);
      case "points":
        return this.paintPoints(layerView, classes);
      case "members":
      case "zones":
        return this.paintMembers(layerView, classes);
      case "borders":
        return this.paintBorders(layerView, classes);
      default:
        return this.paintShapes(layerView, classes);
    }
  }

  /** Adds the rings of a commune to the current path. */
  trace(area) {
    const { geometry, level, context } = this;
    const { k, tx, ty } = this.view;
    const { x, y, references } = geometry;
    const first = level ? level.first : geometry.arcFirst;
    const kept = level ? level.kept : null;
    for (let ring = geometry.areaRing[area]; ring < geometry.areaRing[area + 1]; ring += 1) {
      let begun = false;
      for (let at = geometry.ringFirst[ring]; at < geometry.ringFirst[ring + 1]; at += 1) {
        const reference = references[at];
        const arc = reference < 0 ? -1 - reference : reference;
        const count = first[arc + 1] - first[arc];
        for (let step = begun ? 1 : 0; step < count; step += 1) {
          const place = reference < 0 ? first[arc + 1] - 1 - step : first[arc] + step;
          const vertex = kept ? kept[place] : place;
          if (begun) {
            context.lineTo(x[vertex] * k + tx, ty - y[vertex] * k);
          } else {
            context.moveTo(x[vertex] * k + tx, ty - y[vertex] * k);
            begun = true;
          }
        }
      }
      context.closePath();
    }
  }

  traceArc(arc) {
    const { geometry, level, context } = this;
    const { k, tx, ty } = this.view;
    const first = level ? level.first : geometry.arcFirst;
    for (let place = first[arc]; place < first[arc + 1]; place += 1) {
      const vertex = level ? level.kept[place] : place;
      const px = geometry.x[vertex] * k + tx;
      const py = ty - geometry.y[vertex] * k;
      if (place === first[arc]) {
        context.moveTo(px, py);
      } else {
        context.lineTo(px, py);
      }
    }
  }

  strokeArcs(arcs, colour, width) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.lineCap = "round";
    for (let begin = 0; begin < arcs.length; begin += 400) {
      context.beginPath();
      for (let k = begin; k < Math.min(arcs.length, begin + 400); k += 1) {
        this.traceArc(arcs[k]);
      }
      context.stroke();
    }
  }

  fillStyle(symbol) {
    return symbol.kind === "hatch" ? hatchPattern(this.context, symbol, this.view.ratio) : rgba(symbol.colour, symbol.opacity);
  }

  /** Communes filled by class. Those of one class and one stretch of codes go into one path. */
  fillAreas(areas, classOf, symbols) {
    const { context } = this;
    const batches = symbols.map(() => []);
    // Antialiasing leaves the paper to be seen between two batches of one colour: a hair of it over the seam.
    const closesSeams = areas.length < kMostSeams;
    const flush = (k) => {
      context.beginPath();
      batches[k].forEach((area) => this.trace(area));
      context.fillStyle = this.fillStyle(symbols[k]);
      context.fill("evenodd");
      if (closesSeams && symbols[k].kind === "fill" && symbols[k].opacity === 255) {
        context.strokeStyle = symbols[k].colour;
        context.lineWidth = 0.7;
        context.stroke();
      }
      batches[k] = [];
    };
    for (const area of areas) {
      const k = classOf(area);
      if (k >= 0 && symbols[k].kind !== "outline") {
        batches[k].push(area);
        if (batches[k].length >= kBatch) {
          flush(k);
        }
      }
    }
    batches.forEach((batch, k) => batch.length && flush(k));
  }

  paintCommunes(layerView, classes) {
    const symbols = layerView.classes.map((one) => one.symbol);
    this.fillAreas(this.visible, (area) => classes[area], symbols);
    const drawn = this.visible.reduce((count, area) => count + (classes[area] >= 0), 0);
    const commune = this.communePixels();
    if (commune > 7 && symbols.some((symbol) => symbol.border_mm > 0)) {
      const fade = Math.min(1, (commune - 7) / 12);
      const arcs = new Set();
      this.visible.forEach((area) => classes[area] >= 0 && this.geometry.eachArc(area, (arc) => arcs.add(arc)));
      const border = symbols[0].border;
      this.strokeArcs([...arcs], rgba(border, Math.round(200 * fade)), commune > 30 ? 0.9 : 0.5);
    }
    if (layerView.circles) {
      this.paintCirclesLast(layerView, classes, (feature) => [this.geometry.centreX[feature], this.geometry.centreY[feature]]);
    }
    return drawn;
  }

  /** Pixels that each of so many things has for itself, in one direction. */
  roomOf(count) {
    return this.communePixels() * Math.sqrt(this.geometry.count / Math.max(1, count));
  }

  stamp(layerView, k, count) {
    // Thousands of markers must leave the map to be seen: none is wider than half the room it has, and crowds are lighter.
    const { symbol } = layerView.classes[k];
    const room = this.roomOf(count);
    const wanted = symbol.size_mm * kPixelsPerMm * this.view.symbolScale;
    const diameter = Math.min(wanted, Math.max(1.4, room * 0.45));
    const opacity = Math.round(symbol.opacity * Math.min(1, Math.max(0.45, room / 7)));
    const key = `${layerView.name}/${k}/${diameter.toFixed(1)}/${opacity}/${this.view.ratio}`;
    if (!this.stamps.has(key)) {
      const scale = diameter / (symbol.size_mm * kPixelsPerMm);
      this.stamps.set(key, markerStamp({ ...symbol, opacity, border_mm: diameter < 3.5 ? 0 : symbol.border_mm }, scale, this.view.ratio));
    }
    return this.stamps.get(key);
  }

  paintPoints(layerView, classes) {
    const { x, y, part } = this.dataset.points[layerView.layer] ?? { x: [], y: [] };
    const members = layerView.classes.map(() => []);
    for (let feature = 0; feature < classes.length; feature += 1) {
      if (classes[feature] >= 0 && x[feature] !== null) {
        members[classes[feature]].push(feature);
      }
    }
    let drawn = 0;
    members.forEach((features, k) => {
      const stamp = this.stamp(layerView, k, features.length);
      const size = stamp.width / this.view.ratio;
      for (const feature of features) {
        const laid = this.geometry.parts[part ? part[feature] : 0];
        const px = (x[feature] + laid.x) * this.view.k + this.view.tx;
        const py = this.view.ty - (y[feature] + laid.y) * this.view.k;
        if (px > -size && py > -size && px < this.view.width + size && py < this.view.height + size) {
          this.context.drawImage(stamp, px - size / 2, py - size / 2, size, size);
          drawn += 1;
        }
      }
    });
    return drawn;
  }

  /** Communes of each feature of a layer of gaps or of zones. */
  membersOf(layerName) {
    const key = `members/${layerName}`;
    if (!this.outlines.has(key)) {
      this.outlines.set(key, membersOfLayer(this.dataset, this.dataset.layers.get(layerName)));
    }
    return this.outlines.get(key);
  }

  outlineOfFeature(layerName, feature) {
    const key = `${layerName}/${feature}`;
    if (!this.outlines.has(key)) {
      this.outlines.set(key, this.geometry.outlineOf(new Set(this.membersOf(layerName)[feature])));
    }
    return this.outlines.get(key);
  }

  paintMembers(layerView, classes) {
    const members = this.membersOf(layerView.layer);
    const visible = new Set(this.visible);
    let drawn = 0;
    layerView.classes.forEach((one, k) => {
      const features = [...classes.keys()].filter((feature) => classes[feature] === k);
      const areas = features.flatMap((feature) => members[feature].filter((area) => visible.has(area)));
      this.fillAreas(areas, () => 0, [one.symbol]);
      const arcs = features.flatMap((feature) => [...this.outlineOfFeature(layerView.layer, feature)]);
      const outline = one.symbol.kind === "outline";
      const width = (outline ? one.symbol.size_mm : one.symbol.border_mm) * kPixelsPerMm;
      this.strokeArcs(arcs, outline ? one.symbol.colour : one.symbol.border, outline ? Math.min(this.roomOf(features.length) < 60 ? 0.9 : 1.6, Math.max(0.5, width)) : Math.max(0.4, width * Math.min(1, this.lineScale())));
      drawn += features.length;
    });
    if (layerView.circles) {
      this.paintCirclesLast(layerView, classes, (feature) => this.placeOfMembers(layerView.layer, feature));
    }
    return drawn;
  }

  /** A gap is named after its most populous commune: its circle stands there. */
  placeOfMembers(layerName, feature) {
    const code = this.dataset.layers.get(layerName).value("commune_principale", feature);
    const area = this.membersOf(layerName)[feature].find((one) => this.dataset.communes.value("code", one) === code) ?? this.membersOf(layerName)[feature][0];
    return area === undefined ? null : [this.geometry.centreX[area], this.geometry.centreY[area]];
  }

  /** Circles stand over all else: what counts people must not be hidden. */
  paintCirclesLast(layerView, classes, placeOf) {
    this.later.push(() => this.paintCircles(layerView, classes, placeOf));
  }

  paintCircles(layerView, classes, placeOf) {
    const { circles } = layerView;
    const values = this.dataset.layers.get(layerView.layer).values(circles.field);
    const order = [...classes.keys()].filter((feature) => classes[feature] >= 0 && values?.[feature] > 0).sort((a, b) => values[b] - values[a]);
    for (const feature of order) {
      const place = placeOf(feature);
      if (place) {
        const radius = circleRadius(circles, values[feature]) * this.view.symbolScale;
        this.context.beginPath();
        this.context.arc(place[0] * this.view.k + this.view.tx, this.view.ty - place[1] * this.view.k, radius, 0, 2 * Math.PI);
        this.context.fillStyle = rgba(circles.colour, circles.opacity);
        this.context.fill();
        this.context.strokeStyle = circles.border;
        this.context.lineWidth = 1;
        this.context.stroke();
      }
    }
  }

  /** Lines of communes that are a few pixels wide would be all there is to see: they are thinner there. */
  lineScale() {
    return Math.min(1.3, Math.max(0.2, this.communePixels() / 14));
  }

  /** Width of an average commune on the screen. */
  communePixels() {
    const [minX, minY, maxX, maxY] = this.geometry.extent(true);
    return Math.sqrt(((maxX - minX) * (maxY - minY) * 0.6) / Math.max(1, this.geometry.count)) * this.view.k;
  }

  bordersOf(layer) {
    const key = `borders/${layer.name}`;
    if (!this.outlines.has(key)) {
      const position = new Map(this.dataset.communes.values("code").map((code, area) => [code, area]));
      const first = layer.values("commune_1");
      const second = layer.values("commune_2");
      this.outlines.set(key, first.map((code, feature) => {
        const one = position.get(code);
        const other = position.get(second[feature]);
        return one === undefined || other === undefined ? [] : this.geometry.borderBetween(one, other);
      }));
    }
    return this.outlines.get(key);
  }

  paintBorders(layerView, classes) {
    const borders = this.bordersOf(this.dataset.layers.get(layerView.layer));
    const scale = Math.min(1.3, Math.max(0.25, this.roomOf(classes.reduce((count, k) => count + (k >= 0), 0)) / 7));
    let drawn = 0;
    layerView.classes.forEach((one, k) => {
      const arcs = [];
      for (let feature = 0; feature < classes.length; feature += 1) {
        if (classes[feature] === k) {
          arcs.push(...borders[feature]);
          drawn += 1;
        }
      }
      const width = one.symbol.size_mm * kPixelsPerMm * scale;
      if (width > 1) {
        this.strokeArcs(arcs, "rgba(20, 10, 10, 0.75)", width + 1.4);
      }
      this.strokeArcs(arcs, rgba(one.symbol.colour, one.symbol.opacity), Math.max(0.5, width));
    });
    return drawn;
  }

  paintShapes(layerView, classes) {
    const shapes = this.dataset.shapes[layerView.layer];
    if (!shapes) {
      return 0;
    }
    const { context, view } = this;
    let drawn = 0;
    for (let feature = 0; feature < classes.length; feature += 1) {
      if (classes[feature] < 0) {
        continue;
      }
      const { symbol } = layerView.classes[classes[feature]];
      const laid = this.geometry.parts[shapes.part[feature]];
      context.beginPath();
      for (const line of shapes.polygons[feature].flat()) {
        let x = laid.x;
        let y = laid.y;
        for (let k = 0; k < line.length; k += 2) {
          x += line[k];
          y += line[k + 1];
          if (k === 0) {
            context.moveTo(x * view.k + view.tx, view.ty - y * view.k);
          } else {
            context.lineTo(x * view.k + view.tx, view.ty - y * view.k);
          }
        }
        context.closePath();
      }
      context.fillStyle = this.fillStyle(symbol);
      context.fill("evenodd");
      context.strokeStyle = symbol.border;
      context.lineWidth = Math.max(0.4, symbol.border_mm * kPixelsPerMm * Math.min(1, this.lineScale()));
      context.stroke();
      drawn += 1;
    }
    return drawn;
  }

  zoneArcs(field) {
    if (!this.outlines.has(field)) {
      this.outlines.set(field, this.geometry.outline(field && this.dataset.communes.values(field)));
    }
    return this.outlines.get(field);
  }

  /** Outlines that every map has: intercommunalities when near, départements unless the map draws them, the territory. */
  paintZones(views) {
    const epcis = this.zoneArcs("epci");
    const perZone = (this.view.k * (this.view.maxX - this.view.minX)) / Math.sqrt(Math.max(1, epcis.length / 12));
    if (perZone > 40) {
      this.strokeArcs(epcis, "rgba(70, 70, 90, 0.5)", 0.8);
    }
    if (!views.some((view) => view.layer === "departements")) {
      this.strokeArcs(this.zoneArcs("departement"), "rgba(40, 40, 40, 0.75)", 1);
    }
    this.strokeArcs(this.zoneArcs(""), "#333333", 1);
    this.frames = [];
    this.geometry.parts.forEach((part, k) => k !== this.geometry.main && this.frame(part));
  }

  frame(part) {
    const margin = 8;
    this.context.strokeStyle = "#8a8a8a";
    this.context.lineWidth = 1;
    this.context.strokeRect(part.x * this.view.k + this.view.tx - margin, this.view.ty - (part.y + part.height) * this.view.k - margin, part.width * this.view.k + 2 * margin, part.height * this.view.k + 2 * margin);
    if (part.width * this.view.k > 14) {
      this.context.font = '11px "DejaVu Sans", Verdana, system-ui, sans-serif';
      this.context.textAlign = "left";
      this.context.textBaseline = "bottom";
      this.context.fillStyle = "#3f3f4a";
      const name = this.partName(part);
      const left = part.x * this.view.k + this.view.tx - margin;
      const top = this.view.ty - (part.y + part.height) * this.view.k - margin - 2;
      this.context.fillText(name, left, top);
      this.frames.push([left, top - 12, left + this.context.measureText(name).width, top]);
    }
  }

  /** A part is called after its départements. */
  partName(part) {
    const names = this.dataset.communes.values("departement_nom");
    const number = this.geometry.parts.indexOf(part);
    if (part.name === undefined) {
      part.name = [...new Set([...names.keys()].filter((area) => this.geometry.areaPart[area] === number).map((area) => names[area]).filter(Boolean))].slice(0, 3).join(", ");
    }
    return part.name;
  }
}

export function circleRadius(circles, value) {
  return Math.max(2.5, (Math.sqrt(value / circles.largest_value) * circles.largest_mm * kPixelsPerMm) / 2);
}

/** Communes of each feature: those that carry its number, or its code. */
export function membersOfLayer(dataset, layer) {
  const members = Array.from({ length: layer.count }, () => []);
  if (layer.geometry === "zones") {
    const position = new Map(layer.values("code").map((code, feature) => [code, feature]));
    dataset.communes.values(layer.name.startsWith("epci") ? "epci" : "departement").forEach((code, area) => position.has(code) && members[position.get(code)].push(area));
    return members;
  }
  const features = new Map();
  const [definitions, natures, numbers] = ["definition", "nature", "numero"].map((name) => layer.values(name));
  const columns = new Set();
  for (let feature = 0; feature < layer.count; feature += 1) {
    const column = `${definitions[feature]}_${natures[feature] === "sans structure" ? "lacune_sans" : "lacune_limite"}`;
    columns.add(column);
    features.set(`${column}/${numbers[feature]}`, feature);
  }
  for (const column of columns) {
    dataset.communes.values(column)?.forEach((number, area) => {
      const feature = features.get(`${column}/${number}`);
      if (feature !== undefined) {
        members[feature].push(area);
      }
    });
  }
  return members;
}
