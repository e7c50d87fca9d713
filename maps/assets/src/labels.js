// Names on the map: the most populous first, none over another.

const kFont = '"DejaVu Sans", Verdana, system-ui, sans-serif';

/** Names of zones without what all of them begin with. */
export function shortZoneName(name) {
  return name.replace(/^Communauté de communes (du |de la |de l['’]|des |de |d['’])?/i, "CC ").replace(/^Communauté d['’]agglomération (du |de la |de l['’]|des |de |d['’])?/i, "CA ").replace(/^Communauté urbaine (du |de la |de l['’]|des |de |d['’])?/i, "CU ");
}

function sizeOf(population) {
  return population >= 100000 ? 14 : population >= 20000 ? 12.5 : population >= 5000 ? 11.5 : 11;
}

/** Places that may carry a name, most important first. */
export function communePlaces(dataset, geometry) {
  const names = dataset.communes.values("nom");
  const population = dataset.communes.values("population");
  const places = [];
  for (let area = 0; area < geometry.count; area += 1) {
    if (geometry.hasContour(area) && names[area]) {
      places.push({ x: geometry.centreX[area], y: geometry.centreY[area], name: names[area], weight: population[area] ?? 0, size: sizeOf(population[area] ?? 0), part: geometry.areaPart[area] });
    }
  }
  return places.sort((a, b) => b.weight - a.weight);
}

export function zonePlaces(dataset, geometry, codeField, nameField) {
  const codes = dataset.communes.values(codeField);
  const names = dataset.communes.values(nameField);
  const population = dataset.communes.values("population");
  const zones = new Map();
  for (let area = 0; area < geometry.count; area += 1) {
    if (codes[area] && geometry.hasContour(area)) {
      const zone = zones.get(codes[area]) ?? { x: 0, y: 0, surface: 0, weight: 0, name: shortZoneName(names[area] ?? codes[area]), size: 11.5, isZone: true, part: geometry.areaPart[area] };
      const surface = geometry.surface[area] || 1;
      zone.x += geometry.centreX[area] * surface;
      zone.y += geometry.centreY[area] * surface;
      zone.surface += surface;
      zone.weight += population[area] ?? 0;
      zones.set(codes[area], zone);
    }
  }
  return [...zones.values()].map((zone) => ({ ...zone, x: zone.x / zone.surface, y: zone.y / zone.surface })).sort((a, b) => b.weight - a.weight);
}

/** Writes the names that find room; returns how many. */
export function drawLabels(context, places, view, taken = []) {
  const most = Math.max(6, Math.round((view.width * view.height) / 16000));
  let drawn = 0;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const place of places) {
    const x = place.x * view.k + view.tx;
    const y = -place.y * view.k + view.ty;
    if (x < 0 || y < 0 || x > view.width || y > view.height) {
      continue;
    }
    context.font = `${place.isZone ? "italic " : place.size > 12 ? "600 " : ""}${place.size}px ${kFont}`;
    const half = context.measureText(place.name).width / 2 + 4;
    const box = [x - half, y - place.size * 0.8, x + half, y + place.size * 0.8];
    if (box[0] < 2 || box[2] > view.width - 2 || box[1] < 2 || box[3] > view.height - 2) {
      continue;
    }
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) {
      continue;
    }
    taken.push(box);
    context.lineWidth = 3;
    context.strokeStyle = "rgba(255, 255, 255, 0.9)";
    context.strokeText(place.name, x, y);
    context.fillStyle = place.isZone ? "#3f3f5f" : "#1a1a1a";
    context.fillText(place.name, x, y);
    drawn += 1;
    if (drawn >= most) {
      break;
    }
  }
  return drawn;
}
