// Mouse, fingers and keys on the map: what is pointed at, what is selected, where one walks.
import { byId } from "./elements.js";

const kArrows = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Pointing {
  constructor(app) {
    this.app = app;
    this.surface = byId("map");
    this.surface.addEventListener("pointermove", (event) => event.pointerType === "mouse" && event.buttons === 0 && this.hover(event));
    this.surface.addEventListener("pointerleave", () => this.leave());
    this.surface.addEventListener("click", (event) => this.click(event));
    this.surface.addEventListener("keydown", (event) => this.key(event));
  }

  /** The place in the pane under the pointer, and that pane's map. */
  spot(event) {
    const { app } = this;
    const box = this.surface.getBoundingClientRect();
    let x = event.clientX - box.left - 1;
    const y = event.clientY - box.top - 1;
    let map = app.map;
    if (app.state.mode === "side" && x > app.viewport.width) {
      x -= app.viewport.width + 4;
      map = app.second;
    } else if (app.state.mode === "swipe" && x > (app.viewport.width * app.state.swipe) / 100) {
      map = app.second;
    }
    return { x, y, map, ...this.inWorld(x, y) };
  }

  inWorld(x, y) {
    const world = this.app.viewport.worldAt(x, y);
    return { area: this.app.geometry.communeAt(world.x, world.y) };
  }

  hover(event) {
    const { app } = this;
    const { x, y, map, area } = this.spot(event);
    const structure = this.structureAt(x, y, map);
    const tip = byId("tip");
    tip.hidden = area < 0 && !structure;
    if (!tip.hidden) {
      tip.textContent = [structure, area >= 0 ? app.sentences.identity(area) : "", area >= 0 ? app.sentences.onMap(area, map) : ""].filter(Boolean).join("\n");
      const box = this.surface.getBoundingClientRect();
      const left = event.clientX - box.left;
      const top = event.clientY - box.top;
      tip.style.left = left > box.width - 290 ? "auto" : `${left + 14}px`;
      tip.style.right = left > box.width - 290 ? `${box.width - left + 10}px` : "auto";
      tip.style.top = top > box.height - 120 ? "auto" : `${top + 14}px`;
      tip.style.bottom = top > box.height - 120 ? `${box.height - top + 10}px` : "auto";
    }
    if (area !== app.hovered) {
      app.hovered = area;
      app.drawOverlay();
    }
  }

  /** Name and type of a structure under the pointer. */
  structureAt(x, y, map) {
    const { app } = this;
    for (const view of app.dataset.viewsOf(map)) {
      const points = app.dataset.points[view.layer];
      const classes = points && app.classes.of(view);
      if (classes) {
        const off = app.hidden.get(view.name);
        let best = 8;
        let found = -1;
        for (let k = 0; k < classes.length; k += 1) {
          if (classes[k] >= 0 && points.x[k] !== null && !off?.has(classes[k])) {
            const laid = app.geometry.parts[points.part ? points.part[k] : 0];
            const away = Math.hypot((points.x[k] + laid.x) * app.view.k + app.view.tx - x, app.view.ty - (points.y[k] + laid.y) * app.view.k - y);
            if (away <= best) {
              best = away;
              found = k;
            }
          }
        }
        if (found >= 0) {
          const layer = app.dataset.layers.get(view.layer);
          return [layer.value("nom", found), layer.value("typologie", found)].filter(Boolean).join(" — ");
        }
      }
    }
    return "";
  }

  leave() {
    byId("tip").hidden = true;
    if (this.app.hovered >= 0) {
      this.app.hovered = -1;
      this.app.drawOverlay();
    }
  }

  click(event) {
    if (!event.defaultPrevented && !event.target.closest("button, input")) {
      const { area } = this.spot(event);
      this.app.select(area);
    }
  }

  key(event) {
    const { app } = this;
    if (event.target !== this.surface || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const arrow = kArrows[event.key];
    if (arrow && event.shiftKey) {
      app.viewport.panBy(-arrow[0] * 80, arrow[1] * 80);
    } else if (arrow) {
      this.walk(arrow);
    } else if (event.key === "+" || event.key === "=") {
      app.viewport.zoomBy(1.6);
    } else if (event.key === "-") {
      app.viewport.zoomBy(1 / 1.6);
    } else if (event.key === "Home") {
      app.viewport.goHome();
    } else if (event.key === "Escape") {
      app.select(-1);
    } else if (event.key === "Enter" && app.state.selected >= 0) {
      byId("card-name")?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** To the neighbouring commune that way; the first step lands in the middle of what is seen. */
  walk([dx, dy]) {
    const { app } = this;
    const { geometry, viewport } = app;
    let next = -1;
    if (app.state.selected < 0 || !geometry.hasContour(app.state.selected)) {
      const { x, y } = viewport.centre();
      next = geometry.communeAt(x, y);
      next = next >= 0 ? next : geometry.index.neighbors(x, y, 1)[0] ?? -1;
    } else {
      next = geometry.towards(app.state.selected, dx, dy);
    }
    if (next >= 0) {
      viewport.reveal(geometry.centreX[next], geometry.centreY[next]);
      app.select(next);
    }
  }
}
