// The communes on the map: arcs stored once, as flat arrays; outlines, neighbours and borders found in them.
import Flatbush from "flatbush";

const kLevels = 9;

/** Where each part of the territory is laid: the largest at home, the others in a column at its left, at the same scale. */
export function layParts(parts, counts) {
  const main = counts.indexOf(Math.max(...counts));
  const longest = Math.max(parts[main].width, parts[main].height);
  const gap = longest * 0.04;
  const laid = parts.map(() => ({ x: 0, y: 0 }));
  let right = -gap;
  let bottom = 0;
  let widest = 0;
  parts.forEach((part, k) => {
    if (k === main) {
      return;
    }
    if (bottom > 0 && bottom + part.height > parts[main].height) {
      right -= widest + gap;
      bottom = 0;
      widest = 0;
    }
    laid[k] = { x: right - part.width, y: bottom };
    bottom += part.height + gap;
    widest = Math.max(widest, part.width);
  });
  return { main, laid };
}

export class Geometry {
  constructor(document) {
    const { topology, grid } = document;
    this.step = grid.step_m;
    this.flatten(topology.areas);
    this.layOut(topology, grid);
    this.place(topology);
    this.join();
    this.measure();
    this.levels = [];
  }

  flatten(areas) {
    const references = [];
    const ringFirst = [0];
    const areaRing = new Uint32Array(areas.length + 1);
    areas.forEach((polygons, area) => {
      for (const rings of polygons) {
        for (const ring of rings) {
          for (const reference of ring) {
            references.push(reference);
          }
          ringFirst.push(references.length);
        }
      }
      areaRing[area + 1] = ringFirst.length - 1;
    });
    this.references = Int32Array.from(references);
    this.ringFirst = Uint32Array.from(ringFirst);
    this.areaRing = areaRing;
    this.count = areas.length;
  }

  layOut(topology, grid) {
    this.arcPart = topology.parts ?? null;
    this.areaPart = new Uint8Array(this.count);
    const counts = grid.parts.map(() => 0);
    for (let area = 0; area < this.count; area += 1) {
      const part = this.arcPart && this.hasContour(area) ? this.arcPart[this.arcOf(this.references[this.ringFirst[this.areaRing[area]]])] : 0;
      this.areaPart[area] = part;
      counts[part] += 1;
    }
    const { main, laid } = layParts(grid.parts, counts);
    this.main = main;
    this.parts = grid.parts.map((part, k) => ({ ...laid[k], width: part.width, height: part.height }));
  }

  hasContour(area) {
    return this.areaRing[area] < this.areaRing[area + 1];
  }

  arcOf(reference) {
    return reference < 0 ? -1 - reference : reference;
  }

  /** Positions of all vertices of arcs, in steps of the grid, y upwards. */
  place(topology) {
    const { sizes, steps } = topology;
    const total = steps.length / 2;
    this.x = new Float64Array(total);
    this.y = new Float64Array(total);
    this.arcFirst = new Uint32Array(sizes.length + 1);
    let x = 0;
    let y = 0;
    let vertex = 0;
    for (let arc = 0; arc < sizes.length; arc += 1) {
      const part = this.parts[this.arcPart ? this.arcPart[arc] : 0];
      for (let k = 0; k < sizes[arc]; k += 1, vertex += 1) {
        x += steps[2 * vertex];
        y += steps[2 * vertex + 1];
        this.x[vertex] = x + part.x;
        this.y[vertex] = y + part.y;
      }
      this.arcFirst[arc + 1] = vertex;
    }
  }

  /** The communes on both sides of each arc, -1 for none. */
  join() {
    const arcs = this.arcFirst.length - 1;
    this.left = new Int32Array(arcs).fill(-1);
    this.right = new Int32Array(arcs).fill(-1);
    for (let area = 0; area < this.count; area += 1) {
      this.eachArc(area, (arc) => {
        if (this.left[arc] < 0) {
          this.left[arc] = area;
        } else if (this.left[arc] !== area) {
          this.right[arc] = area;
        }
      });
    }
  }

  eachArc(area, action) {
    const end = this.ringFirst[this.areaRing[area + 1]];
    for (let k = this.ringFirst[this.areaRing[area]]; k < end; k += 1) {
      action(this.arcOf(this.references[k]), this.references[k] < 0);
    }
  }

  /** Boxes, centres and surfaces of communes, and an index of the boxes. */
  measure() {
    this.box = new Float64Array(this.count * 4);
    this.centreX = new Float64Array(this.count).fill(NaN);
    this.centreY = new Float64Array(this.count).fill(NaN);
    this.surface = new Float64Array(this.count);
    this.index = new Flatbush(Math.max(1, this.count));
    for (let area = 0; area < this.count; area += 1) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      this.eachArc(area, (arc) => {
        for (let v = this.arcFirst[arc]; v < this.arcFirst[arc + 1]; v += 1) {
          box[0] = Math.min(box[0], this.x[v]);
          box[1] = Math.min(box[1], this.y[v]);
          box[2] = Math.max(box[2], this.x[v]);
          box[3] = Math.max(box[3], this.y[v]);
        }
      });
      this.box.set(box, area * 4);
      this.index.add(...(this.hasContour(area) ? box : [0, 0, -1, -1]));
      this.centre(area);
    }
    if (this.count === 0) {
      this.index.add(0, 0, -1, -1);
    }
    this.index.finish();
  }

  ringVertices(ring) {
    const line = [];
    for (let k = this.ringFirst[ring]; k < this.ringFirst[ring + 1]; k += 1) {
      const arc = this.arcOf(this.references[k]);
      const first = this.arcFirst[arc];
      const last = this.arcFirst[arc + 1] - 1;
      if (this.references[k] >= 0) {
        for (let v = first; v < last; v += 1) {
          line.push(v);
        }
      } else {
        for (let v = last; v > first; v -= 1) {
          line.push(v);
        }
      }
    }
    return line;
  }

  /** Centre of gravity of the largest ring. */
  centre(area) {
    let best = 0;
    for (let ring = this.areaRing[area]; ring < this.areaRing[area + 1]; ring += 1) {
      const line = this.ringVertices(ring);
      const x0 = this.x[line[0]];
      const y0 = this.y[line[0]];
      let twice = 0;
      let sumX = 0;
      let sumY = 0;
      for (let k = 1; k + 1 < line.length; k += 1) {
        const ax = this.x[line[k]] - x0;
        const ay = this.y[line[k]] - y0;
        const bx = this.x[line[k + 1]] - x0;
        const by = this.y[line[k + 1]] - y0;
        const cross = ax * by - bx * ay;
        twice += cross;
        sumX += (ax + bx) * cross;
        sumY += (ay + by) * cross;
      }
      this.surface[area] += Math.abs(twice) / 2;
      if (Math.abs(twice) > best) {
        best = Math.abs(twice);
        this.centreX[area] = x0 + sumX / (3 * twice);
        this.centreY[area] = y0 + sumY / (3 * twice);
      }
    }
  }

  /** Vertices that are worth drawing at a scale: arcs keep their ends, and what is a pixel away from the last one kept. */
  level(pixelsPerStep) {
    const wanted = Math.floor(Math.log2(0.7 / pixelsPerStep));
    if (wanted < 1) {
      return null;
    }
    const number = Math.min(kLevels, wanted);
    this.levels[number] ??= this.thinned(2 ** number);
    return this.levels[number];
  }

  thinned(cell) {
    const arcs = this.arcFirst.length - 1;
    const first = new Uint32Array(arcs + 1);
    const kept = new Uint32Array(this.x.length);
    let size = 0;
    for (let arc = 0; arc < arcs; arc += 1) {
      const end = this.arcFirst[arc + 1] - 1;
      let last = this.arcFirst[arc];
      kept[size++] = last;
      for (let v = last + 1; v < end; v += 1) {
        if (Math.abs(this.x[v] - this.x[last]) >= cell || Math.abs(this.y[v] - this.y[last]) >= cell) {
          kept[size++] = v;
          last = v;
        }
      }
      if (end > this.arcFirst[arc]) {
        kept[size++] = end;
      }
      first[arc + 1] = size;
    }
    return { first, kept: kept.subarray(0, size) };
  }

  inBox(minX, minY, maxX, maxY) {
    return this.index.search(minX, minY, maxX, maxY).sort((a, b) => a - b);
  }

  communeAt(x, y) {
    return this.index.search(x, y, x, y).find((area) => this.contains(area, x, y)) ?? -1;
  }

  contains(area, x, y) {
    let inside = false;
    for (let ring = this.areaRing[area]; ring < this.areaRing[area + 1]; ring += 1) {
      const line = this.ringVertices(ring);
      for (let k = 0, before = line.length - 1; k < line.length; before = k, k += 1) {
        const ay = this.y[line[k]];
        const by = this.y[line[before]];
        if (ay > y !== by > y && x < ((this.x[line[before]] - this.x[line[k]]) * (y - ay)) / (by - ay) + this.x[line[k]]) {
          inside = !inside;
        }
      }
    }
    return inside;
  }

  neighbours(area) {
    const found = new Set();
    this.eachArc(area, (arc) => {
      const other = this.left[arc] === area ? this.right[arc] : this.left[arc];
      if (other >= 0) {
        found.add(other);
      }
    });
    return [...found];
  }

  /** The commune next to this one in a direction: a neighbour, or the nearest that way from an island. */
  towards(area, dx, dy) {
    const score = (other) => {
      const x = this.centreX[other] - this.centreX[area];
      const y = this.centreY[other] - this.centreY[area];
      const length = Math.hypot(x, y);
      const along = (x * dx + y * dy) / length;
      return along > 0.35 ? length / (along * along) : Infinity;
    };
    const best = (candidates) => {
      const ranked = candidates.map((other) => [score(other), other]).filter(([value]) => Number.isFinite(value));
      return ranked.length ? ranked.reduce((a, b) => (b[0] < a[0] ? b : a))[1] : -1;
    };
    const near = best(this.neighbours(area));
    return near >= 0 ? near : best(this.index.neighbors(this.centreX[area], this.centreY[area], 200).filter((other) => other !== area && this.hasContour(other)));
  }

  /** Arcs between communes of different zones, or at the edge; zone null: everything is one. */
  outline(zoneOf) {
    const arcs = [];
    for (let arc = 0; arc < this.left.length; arc += 1) {
      const other = this.right[arc];
      if (other < 0 ? this.left[arc] >= 0 : zoneOf && zoneOf[this.left[arc]] !== zoneOf[other]) {
        arcs.push(arc);
      }
    }
    return Uint32Array.from(arcs);
  }

  /** Arcs around a set of communes. */
  outlineOf(members) {
    const arcs = [];
    for (const area of members) {
      this.eachArc(area, (arc) => {
        const other = this.left[arc] === area ? this.right[arc] : this.left[arc];
        if (!members.has(other)) {
          arcs.push(arc);
        }
      });
    }
    return arcs;
  }

  borderBetween(first, second) {
    const arcs = [];
    this.eachArc(first, (arc) => {
      if (this.left[arc] === second || this.right[arc] === second) {
        arcs.push(arc);
      }
    });
    return arcs;
  }

  /** Box of all parts, or of the main one. */
  extent(onlyMain) {
    const boxes = this.parts.filter((part, k) => !onlyMain || k === this.main);
    return [
      Math.min(...boxes.map((part) => part.x)),
      Math.min(...boxes.map((part) => part.y)),
      Math.max(...boxes.map((part) => part.x + part.width)),
      Math.max(...boxes.map((part) => part.y + part.height)),
    ];
  }
}
