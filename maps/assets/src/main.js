// The page begins here: reads the first block, draws the first map, then reads the rest.
import { App } from "./app.js";
import { Dataset, readBlock } from "./dataset.js";

async function begin() {
  const app = new App(new Dataset(await readBlock("first")));
  app.start();
  window.maillage = app.report;
  await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); });
  app.follow();
  app.complete(await readBlock("rest"));
}

begin().catch((error) => {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = `Cette page ne peut pas s’afficher dans ce navigateur ; il en faut un de 2023 ou plus récent. / This page cannot be shown in this browser; it needs one of 2023 or later. (${error.message})`;
  document.body.prepend(message);
  throw error;
});
