// One map on the screen: a canvas for the map and one above it for what is pointed at and selected.
import { drawLabels } from "./labels.js";

export class Pane {
  constructor(root, painter, places) {
    this.painter = painter;
    this.places = places;
    this.root = root;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.overlay = document.createElement("canvas");
    this.overlay.setAttribute("aria-hidden", "true");
    root.append(this.canvas, this.overlay);
    this.map = null;
    this.hidden = new Map();
    this.cost = 0;
    this.painted = null;
    this.timer = 0;
    this.drawn = { layers: {}, complete: false };
  }

  resize(width, height, ratio) {
    for (const canvas of [this.canvas, this.overlay]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.ratio = ratio;
    this.picture = null;
  }

  /** Shows the view: at once where that is quick, else the last picture moved there until the movement ends. */
  show(view, isMoving) {
    clearTimeout(this.timer);
    if (isMoving && this.picture && this.cost > 24) {
      this.move(view);
      this.timer = setTimeout(() => this.paint(view), 90);
    } else {
      this.paint(view);
    }
  }

  move(view) {
    const context = this.canvas.getContext("2d");
    const scale = view.k / this.painted.k;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.picture, (view.tx - this.painted.tx * scale) * this.ratio, (view.ty - this.painted.ty * scale) * this.ratio, this.canvas.width * scale, this.canvas.height * scale);
    this.paintOverlay(view);
  }

  paint(view) {
    const begin = performance.now();
    const context = this.canvas.getContext("2d", { alpha: false });
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, view.width, view.height);
    const { drawn, complete } = this.painter.paint(context, view, this.map, this.hidden);
    this.labels = drawLabels(context, this.placesToName(view), view, [...view.reserved, ...this.painter.frames].map((box) => [...box]));
    this.cost = performance.now() - begin;
    this.painted = { ...view };
    this.drawn = { map: this.map.name, layers: drawn, labels: this.labels, complete };
    if (this.cost > 24) {
      this.picture ??= document.createElement("canvas");
      this.picture.width = this.canvas.width;
      this.picture.height = this.canvas.height;
      this.picture.getContext("2d").drawImage(this.canvas, 0, 0);
    }
    this.paintOverlay(view);
  }

  /** In a frame too small for a name there is none but the frame's own. */
  placesToName(view) {
    const { parts, main } = this.painter.geometry;
    const roomy = parts.map((part, k) => k === main || part.width * view.k > 90);
    return roomy.every(Boolean) ? this.places() : this.places().filter((place) => roomy[place.part]);
  }

  /** Outlines of communes: highlighted ones, the one pointed at, the one selected. */
  paintOverlay(view) {
    const context = this.overlay.getContext("2d");
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const { painter } = this;
    painter.context = context;
    painter.view = view;
    painter.level = painter.geometry.level(view.k);
    const arcsOf = (area) => painter.geometry.outlineOf(new Set([area]));
    if (view.highlighted?.size) {
      painter.strokeArcs(painter.geometry.outlineOf(view.highlighted), "#ffffff", 4);
      painter.strokeArcs(painter.geometry.outlineOf(view.highlighted), "#7a0177", 2);
    }
    if (view.hovered >= 0) {
      painter.strokeArcs(arcsOf(view.hovered), "#000000", 1.5);
    }
    if (view.selected >= 0) {
      painter.strokeArcs(arcsOf(view.selected), "#ffffff", 6);
      painter.strokeArcs(arcsOf(view.selected), "#000000", 3);
      this.mark(context, view);
    }
  }

  /** A small commune on a large map would be lost: a ring around it. */
  mark(context, view) {
    const { geometry } = this.painter;
    const size = Math.sqrt(geometry.surface[view.selected]) * view.k;
    if (size < 14 && geometry.hasContour(view.selected)) {
      const x = geometry.centreX[view.selected] * view.k + view.tx;
      const y = view.ty - geometry.centreY[view.selected] * view.k;
      for (const [colour, width] of [["#ffffff", 5], ["#000000", 2.5]]) {
        context.beginPath();
        context.arc(x, y, 12, 0, 2 * Math.PI);
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      }
    }
  }
}
