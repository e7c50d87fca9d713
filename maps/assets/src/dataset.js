// The data of the page: two blocks of gzip in base64, each a JSON document. The first holds what the first map needs.

function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) {
    return Uint8Array.fromBase64(text);
  }
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

/** The JSON document of an element of the page; the element gives its text back. */
export async function readBlock(id) {
  const element = document.getElementById(id);
  const stream = new Blob([bytesOfBase64(element.textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  element.textContent = "";
  return JSON.parse(await new Response(stream).text());
}

function decoded(column, dataset) {
  if (column.of) {
    const [layer, field] = column.of;
    const keys = dataset.layers.get(layer).values(field);
    const texts = keys && column.of_positions.map((position) => (position < 0 ? null : keys[position]));
    column.others.forEach(([feature, text]) => texts && (texts[feature] = text));
    return texts;
  }
  if (column.positions) {
    return column.positions.map((position) => (position < 0 ? null : column.different[position]));
  }
  return column.texts ?? column.numbers;
}

/** Ranks from 1; equal values share their mean rank, as the engine counts them. */
export function ranksOf(values, leastFirst, nothingLast = false) {
  if (nothingLast) {
    const last = leastFirst ? Infinity : -Infinity;
    return ranksOf(values.map((value) => value ?? last), leastFirst);
  }
  const sign = leastFirst ? 1 : -1;
  const order = [];
  values.forEach((value, k) => value !== null && order.push(k));
  order.sort((a, b) => (values[a] === values[b] ? a - b : sign * (values[a] - values[b])));
  const ranks = new Array(values.length).fill(null);
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && values[order[end]] === values[order[begin]]) {
      end += 1;
    }
    for (let k = begin; k < end; k += 1) {
      ranks[order[k]] = (begin + 1 + end) / 2;
    }
    begin = end;
  }
  return ranks;
}

class Layer {
  constructor(description, dataset) {
    Object.assign(this, description);
    this.dataset = dataset;
    this.field = new Map(description.fields.map((field) => [field.name, field]));
    this.decoded = new Map();
  }

  /** Values of a field, one per feature; null where the layer has no such field, or it has not been read yet. */
  values(name) {
    const field = this.field.get(name);
    if (!field) {
      return null;
    }
    if (field.of_communes) {
      return this.dataset.communes.values(name);
    }
    if (!this.decoded.has(name)) {
      const made = this.derived(field) ?? this.read(name);
      if (!made) {
        return null;
      }
      this.decoded.set(name, made);
    }
    return this.decoded.get(name);
  }

  /** What follows from other columns. */
  derived(field) {
    if (field.rank_of) {
      return this.ranks(field);
    }
    if (field.same_as) {
      return this.values(field.same_as);
    }
    if (field.through) {
      const rows = this.dataset.columns[this.name]?.[this.keyOf(field.through.key)]?.of_positions;
      const values = this.dataset.layers.get(field.through.layer).values(field.through.field);
      const found = rows && values && rows.map((row) => (row < 0 ? null : values[row]));
      field.through.except.forEach(([feature, value]) => found && (found[feature] = value));
      return found;
    }
    return null;
  }

  /** The column that holds a key: the same keys are stored once. */
  keyOf(name) {
    const field = this.field.get(name);
    return field.same_as ? this.keyOf(field.same_as) : name;
  }

  ranks(field) {
    const values = this.values(field.rank_of);
    return values && ranksOf(values, field.least_first, field.nothing_last);
  }

  read(name) {
    const column = this.dataset.columns[this.name]?.[name];
    return column && decoded(column, this.dataset);
  }

  value(name, feature) {
    return this.values(name)?.[feature] ?? null;
  }
}

export class Dataset {
  constructor(first) {
    this.document = first;
    this.columns = first.columns;
    this.points = first.points ?? {};
    this.shapes = first.shapes ?? {};
    this.hours = {};
    this.isComplete = false;
    this.layers = new Map(first.layers.map((layer) => [layer.name, new Layer(layer, this)]));
    this.communes = this.layers.get("communes");
    this.views = new Map(first.views.map((view) => [view.name, view]));
    this.maps = first.maps;
    this.mapOf = new Map(first.maps.map((map) => [map.name, map]));
  }

  add(rest) {
    for (const [layer, columns] of Object.entries(rest.columns ?? {})) {
      this.columns[layer] = { ...this.columns[layer], ...columns };
    }
    Object.assign(this.points, rest.points);
    Object.assign(this.shapes, rest.shapes);
    Object.assign(this.hours, rest.hours);
    this.isComplete = true;
  }

  viewsOf(map) {
    return map.views.map((name) => this.views.get(name));
  }
}
