// The town hall's console: opened at /{slug}/mairie/ by the people who work there. It uses the documented endpoints only.
import { h, render } from "preact";
import { App } from "./app.tsx";
import { Desk } from "./desk.ts";
import "./settings.ts";

const { slug = "", town = "" } = document.documentElement.dataset;
const root = document.getElementById("console");
if (root) {
  root.replaceChildren();
  render(h(App, { desk: new Desk(slug, town) }), root);
}
