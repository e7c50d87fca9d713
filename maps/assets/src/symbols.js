// Symbols of a view on a canvas and in a legend. Sizes come in millimetres: one is 96 / 25.4 CSS pixels.
export const kPixelsPerMm = 96 / 25.4;

export function rgba(colour, opacity = 255) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r}, ${g}, ${b}, ${opacity / 255})`;
}

function regular(corners, radius, turn, inner = 1) {
  const points = [];
  const count = inner < 1 ? 2 * corners : corners;
  for (let k = 0; k < count; k += 1) {
    const angle = turn + (2 * Math.PI * k) / count;
    const length = inner < 1 && k % 2 ? radius * inner : radius;
    points.push([length * Math.cos(angle), length * Math.sin(angle)]);
  }
  return points;
}

/** Corners of a marker of that diameter around the origin; none for a circle. */
export function markerCorners(shape, diameter) {
  const radius = diameter / 2;
  const up = -Math.PI / 2;
  switch (shape) {
    case "square":
      return regular(4, radius * 1.25, Math.PI / 4);
    case "diamond":
      return regular(4, radius * 1.3, up);
    case "triangle":
      return regular(3, radius * 1.35, up);
    case "pentagon":
      return regular(5, radius * 1.15, up);
    case "star":
      return regular(5, radius * 1.4, up, 0.45);
    default:
      return [];
  }
}

export function drawMarker(context, symbol, x, y, scale = 1) {
  const diameter = symbol.size_mm * kPixelsPerMm * scale;
  const corners = markerCorners(symbol.shape, diameter);
  context.beginPath();
  if (corners.length) {
    corners.forEach(([dx, dy], k) => (k ? context.lineTo(x + dx, y + dy) : context.moveTo(x + dx, y + dy)));
    context.closePath();
  } else {
    context.arc(x, y, diameter / 2, 0, 2 * Math.PI);
  }
  context.fillStyle = rgba(symbol.colour, symbol.opacity);
  context.fill();
  if (symbol.border_mm > 0) {
    context.strokeStyle = symbol.border;
    context.lineWidth = Math.max(0.6, symbol.border_mm * kPixelsPerMm);
    context.stroke();
  }
}

/** A marker drawn once, to be stamped thousands of times. */
export function markerStamp(symbol, scale, ratio) {
  const size = Math.ceil((symbol.size_mm * kPixelsPerMm * scale * 1.5 + 4) * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  drawMarker(context, symbol, size / ratio / 2, size / ratio / 2, scale);
  return canvas;
}

/** Slanted lines, as a pattern whose period is a whole number of device pixels. */
export function hatchPattern(context, symbol, ratio) {
  const size = Math.round(8 * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = rgba(symbol.colour, symbol.opacity);
  pen.lineWidth = 1.3 * ratio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  const pattern = context.createPattern(canvas, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

const kSvg = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(kSvg, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** The swatch of a class, as a picture of its own. */
export function swatch(symbol) {
  const picture = svg("svg", { width: 26, height: 18, viewBox: "0 0 26 18", "aria-hidden": "true", focusable: "false", class: "swatch" });
  const opacity = symbol.opacity / 255;
  if (symbol.kind === "marker") {
    const diameter = Math.min(14, Math.max(7, symbol.size_mm * kPixelsPerMm));
    const corners = markerCorners(symbol.shape, diameter);
    const look = { fill: symbol.colour, "fill-opacity": opacity, stroke: "#595959", "stroke-width": 0.7 };
    picture.append(corners.length
      ? svg("polygon", { points: corners.map(([x, y]) => `${(x + 13).toFixed(1)},${(y + 9).toFixed(1)}`).join(" "), ...look })
      : svg("circle", { cx: 13, cy: 9, r: diameter / 2, ...look }));
  } else if (symbol.kind === "line" || symbol.kind === "outline") {
    picture.append(svg("line", { x1: 2, y1: 9, x2: 24, y2: 9, stroke: symbol.colour, "stroke-opacity": opacity, "stroke-width": Math.max(1, symbol.size_mm * kPixelsPerMm) }));
  } else if (symbol.kind === "hatch") {
    picture.append(svg("rect", { x: 1, y: 1, width: 24, height: 16, fill: "#ffffff", stroke: symbol.colour, "stroke-width": 1 }));
    // Lines at 45 degrees, from the lower left, cut at the frame.
    for (let x = -13; x < 25; x += 6) {
      const from = Math.max(1, x);
      const to = Math.min(25, x + 16);
      picture.append(svg("line", { x1: from, y1: 17 - (from - x), x2: to, y2: 17 - (to - x), stroke: symbol.colour, "stroke-width": 1.3 }));
    }
  } else {
    picture.append(svg("rect", { x: 1, y: 1, width: 24, height: 16, fill: symbol.colour, "fill-opacity": opacity, stroke: "#595959", "stroke-width": 0.7 }));
  }
  return picture;
}
