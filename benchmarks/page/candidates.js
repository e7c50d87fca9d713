// Draws the communes of a page, filled by class, with each candidate, and times it: from geometry in memory to all on the
// canvas, then one frame of a pan.
import { geoIdentity, geoPath } from "d3-geo";
import Feature from "ol/Feature.js";
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import Projection from "ol/proj/Projection.js";
import VectorSource from "ol/source/Vector.js";
import { Fill, Style } from "ol/style.js";
import { ClassCache } from "../../maps/assets/src/classes.js";
import { Dataset, readBlock } from "../../maps/assets/src/dataset.js";
import { Geometry } from "../../maps/assets/src/geometry.js";
import { Painter } from "../../maps/assets/src/painter.js";

const width = 900;
const height = 700;
const result = {};

function element(name) {
  const made = document.createElement(name);
  made.style.cssText = `width:${width}px;height:${height}px`;
  Object.assign(made, name === "canvas" ? { width, height } : {});
  document.body.append(made);
  return made;
}

const frame = () => new Promise((resolve) => { requestAnimationFrame(() => resolve()); });

async function run() {
  const dataset = new Dataset(await readBlock("first"));
  const geometry = new Geometry(dataset.document);
  const classes = new ClassCache(dataset);
  const view = dataset.views.get("communes_strates") ?? dataset.viewsOf(dataset.maps[0]).find((one) => one.layer === "communes");
  const found = classes.of(view);
  const colour = (area) => view.classes[found[area]].symbol.colour;
  const [minX, minY, maxX, maxY] = geometry.extent(false);
  const k = Math.min(width / (maxX - minX), height / (maxY - minY));
  const rings = (area) => {
    const made = [];
    for (let ring = geometry.areaRing[area]; ring < geometry.areaRing[area + 1]; ring += 1) {
      const line = geometry.ringVertices(ring).map((vertex) => [geometry.x[vertex], geometry.y[vertex]]);
      made.push([...line, line[0]]);
    }
    return made;
  };
  result.communes = geometry.count;

  const painter = new Painter(dataset, geometry, classes);
  const canvas = element("canvas").getContext("2d", { alpha: false });
  const paint = (dx) => {
    painter.context = canvas;
    painter.view = { k, tx: dx - minX * k, ty: maxY * k, width, height, ratio: 1, minX, minY, maxX, maxY, symbolScale: 1 };
    painter.level = geometry.level(k);
    painter.visible = geometry.inBox(minX, minY, maxX, maxY);
    painter.paintCommunes(view, found);
    canvas.getImageData(0, 0, 1, 1);
  };
  let begin = performance.now();
  paint(0);
  result.own_first = performance.now() - begin;
  begin = performance.now();
  paint(10);
  result.own_frame = performance.now() - begin;

  await frame();
  begin = performance.now();
  const shapes = [...Array(geometry.count).keys()].map((area) => ({ type: "Polygon", coordinates: rings(area) }));
  const d3canvas = element("canvas").getContext("2d", { alpha: false });
  const draw = (dx) => {
    const path = geoPath(geoIdentity().reflectY(true).scale(k).translate([dx - minX * k, maxY * k]), d3canvas);
    shapes.forEach((shape, area) => {
      d3canvas.beginPath();
      path(shape);
      d3canvas.fillStyle = colour(area);
      d3canvas.fill();
    });
    d3canvas.getImageData(0, 0, 1, 1);
  };
  draw(0);
  result.d3_first = performance.now() - begin;
  begin = performance.now();
  draw(10);
  result.d3_frame = performance.now() - begin;

  await frame();
  begin = performance.now();
  const styles = new Map();
  const styleOf = (area) => {
    const key = colour(area);
    if (!styles.has(key)) {
      styles.set(key, new Style({ fill: new Fill({ color: key }) }));
    }
    return styles.get(key);
  };
  const features = [...Array(geometry.count).keys()].filter((area) => geometry.hasContour(area)).map((area) => {
    const feature = new Feature(new Polygon(rings(area)));
    feature.setStyle(styleOf(area));
    return feature;
  });
  const projection = new Projection({ code: "plane", units: "m", extent: [minX, minY, maxX, maxY] });
  const map = new OlMap({ target: element("div"), controls: [], layers: [new VectorLayer({ source: new VectorSource({ features }) })], view: new View({ projection, center: [(minX + maxX) / 2, (minY + maxY) / 2], resolution: 1 / k, constrainResolution: false }) });
  const complete = () => new Promise((resolve) => { map.once("rendercomplete", resolve); });
  await complete();
  result.ol_first = performance.now() - begin;
  begin = performance.now();
  map.getView().setCenter([(minX + maxX) / 2 + 2000 / k, (minY + maxY) / 2]);
  await complete();
  result.ol_frame = performance.now() - begin;
  window.result = result;
}
run();
