// Which class of a view each feature is in: the same rules as the program's classes_of.

function categoryText(value, field) {
  if (value === null) {
    return "";
  }
  return field?.type === "boolean" ? (value ? "true" : "false") : String(value);
}

function classOf(view, value, field) {
  let rest = -1;
  for (let k = 0; k < view.classes.length; k += 1) {
    const one = view.classes[k];
    if (one.holds === "rest") {
      rest = k;
    } else if (one.holds === "category") {
      if (value !== null && categoryText(value, field) === one.value) {
        return k;
      }
    } else if (typeof value === "number" && value >= (one.from ?? -Infinity) && value < (one.below ?? Infinity)) {
      return k;
    }
  }
  return rest;
}

/** Class of each feature, -1 where the view does not draw it; null while its values are not there. */
export function classesOf(dataset, view) {
  const layer = dataset.layers.get(view.layer);
  const values = view.field ? layer.values(view.field) : null;
  const conditions = view.only.map(([name, wanted]) => [layer.values(name), layer.field.get(name), wanted]);
  if ((view.field && !values) || conditions.some(([column]) => !column)) {
    return null;
  }
  const field = layer.field.get(view.field);
  const known = new Map();
  const classes = new Int16Array(layer.count).fill(-1);
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (conditions.every(([column, of, wanted]) => categoryText(column[feature], of) === wanted)) {
      const value = values ? values[feature] : null;
      if (!known.has(value)) {
        known.set(value, classOf(view, value, field));
      }
      classes[feature] = known.get(value);
    }
  }
  return classes;
}

export class ClassCache {
  constructor(dataset) {
    this.dataset = dataset;
    this.classes = new Map();
  }

  of(view) {
    if (!this.classes.has(view.name)) {
      const made = classesOf(this.dataset, view);
      if (!made) {
        return null;
      }
      this.classes.set(view.name, made);
    }
    return this.classes.get(view.name);
  }

  /** Features in each class. */
  counts(view) {
    const counts = new Array(view.classes.length).fill(0);
    this.of(view)?.forEach((k) => k >= 0 && (counts[k] += 1));
    return counts;
  }
}
