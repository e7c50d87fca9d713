// Where the map is looked at: shared by the panes, moved by mouse, fingers, buttons and keys.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const kMargin = 18;

export class Viewport {
  constructor(surface, geometry, onChange) {
    this.geometry = geometry;
    this.onChange = onChange;
    this.surface = select(surface);
    this.width = 1;
    this.height = 1;
    this.behaviour = zoom()
      .filter((event) => !event.target.closest("button, input, select, a") && (event.type !== "mousedown" || event.button === 0))
      .clickDistance(4)
      .on("zoom", (event) => this.moved(event.transform, event.sourceEvent !== null))
      .on("end", () => this.onChange(false));
    this.surface.call(this.behaviour).on("dblclick.zoom", null);
    this.transform = zoomIdentity;
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
  }

  moved(transform, isMoving) {
    this.transform = transform;
    this.onChange(isMoving);
  }

  get k() {
    return this.transform.k;
  }

  resize(width, height) {
    const centre = this.centre();
    const before = this.width;
    this.width = width;
    this.height = height;
    const home = this.homeTransform();
    this.home = home;
    this.behaviour.extent([[0, 0], [width, height]]).scaleExtent([home.k * 0.5, Math.max(home.k * 4, 2 / this.geometry.step)]);
    const [minX, minY, maxX, maxY] = this.geometry.extent(false);
    const roomX = (maxX - minX) * 0.5;
    const roomY = (maxY - minY) * 0.5;
    this.behaviour.translateExtent([[minX - roomX, -maxY - roomY], [maxX + roomX, -minY + roomY]]);
    if (before > 1) {
      this.lookAt(centre.x, centre.y, this.transform.k);
    } else {
      this.set(home);
    }
  }

  fitted([minX, minY, maxX, maxY], margin = kMargin) {
    const k = Math.min((this.width - 2 * margin) / Math.max(1, maxX - minX), (this.height - 2 * margin) / Math.max(1, maxY - minY));
    return zoomIdentity.translate(this.width / 2 - (k * (minX + maxX)) / 2, this.height / 2 + (k * (minY + maxY)) / 2).scale(k);
  }

  /** Everything where there is room for it; the main part alone on a narrow screen. */
  homeTransform() {
    const all = this.geometry.extent(false);
    const main = this.geometry.extent(true);
    const wide = this.fitted(all);
    const close = this.fitted(main);
    return close.k > wide.k * 1.25 ? close : wide;
  }

  set(transform) {
    this.surface.call(this.behaviour.transform, transform);
  }

  goHome() {
    this.set(this.homeTransform());
  }

  goTo(box) {
    const target = this.fitted(box, Math.min(60, this.width / 8));
    const most = this.behaviour.scaleExtent()[1];
    this.lookAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, Math.min(target.k, most));
  }

  lookAt(x, y, k) {
    this.set(zoomIdentity.translate(this.width / 2 - k * x, this.height / 2 + k * y).scale(k));
  }

  centre() {
    return { x: (this.width / 2 - this.transform.x) / this.transform.k, y: -(this.height / 2 - this.transform.y) / this.transform.k };
  }

  zoomBy(factor) {
    this.surface.call(this.behaviour.scaleBy, factor);
  }

  panBy(dx, dy) {
    this.surface.call(this.behaviour.translateBy, dx / this.k, dy / this.k);
  }

  /** Moves only when a place is out of sight. */
  reveal(x, y) {
    const px = x * this.k + this.transform.x;
    const py = this.transform.y - y * this.k;
    const margin = Math.min(60, this.width / 6);
    if (px < margin || py < margin || px > this.width - margin || py > this.height - margin) {
      this.lookAt(x, y, this.k);
    }
  }

  worldAt(px, py) {
    return { x: (px - this.transform.x) / this.k, y: (this.transform.y - py) / this.k };
  }

  /** What painters need to know. */
  view(ratio, rest) {
    const { k, x, y } = this.transform;
    const low = this.worldAt(0, this.height);
    const high = this.worldAt(this.width, 0);
    return {
      k, tx: x, ty: y, width: this.width, height: this.height, ratio,
      minX: low.x, minY: low.y, maxX: high.x, maxY: high.y, bounds: [low.x, low.y, high.x, high.y],
      symbolScale: Math.min(1.8, Math.max(0.75, (k / this.home.k) ** 0.22 * (this.width < 500 ? 0.8 : 1))),
      ...rest,
    };
  }

  /** A round length and its width in pixels. */
  scaleBar() {
    const metresPerPixel = this.geometry.step / this.k;
    const longest = 130 * metresPerPixel;
    const decade = 10 ** Math.floor(Math.log10(longest));
    const metres = [5, 2, 1].map((digit) => digit * decade).find((length) => length <= longest);
    return { metres, pixels: metres / metresPerPixel };
  }
}
