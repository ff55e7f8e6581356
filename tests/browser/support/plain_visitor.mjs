// Somebody at the page of any engine: the Visitor of Chromium's tests for browsers that Playwright does not drive.
// An engine is:
//   open(url)            goes there
//   run(function, ...arguments)   runs it in the page, with JSON or elements as arguments; gives JSON
//   wait(function, ...arguments)  the same, and waits for the promise that it gives
//   script(text)         runs a program in the page
//   find(function, ...arguments)  as run, gives an element or null
//   click(element)       by the mouse
//   type(element, text)  by the keyboard
//   did(words)           writes in its trace what is about to be done (failures.mjs)
import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.mjs';
import { findByRole } from './accessible.mjs';

const asName = (name, part = false) =>
  name instanceof RegExp ? { pattern: name.source, flags: name.flags } : part ? { part: name } : { text: name };

export class PlainVisitor {
  // `look`: is called on every screen that the visitor sees, with its title.
  constructor(engine, look = async () => {}) {
    this.engine = engine;
    this.look = look;
  }

  // Waits until it is there and stands still. `group`: of the fieldset that is called so.
  async element(role, name, { part = false, group = null } = {}) {
    this.engine.did(`looks for ${role} ${name}`);
    return eventually(`${role} ${name}`, async () => {
      const element = await this.engine.find(findByRole, role, asName(name, part), group && asName(group));
      if (!element) return null;
      const where = () => this.engine.run((found) => {
        const { x, y, width, height } = found.getBoundingClientRect();
        return [x, y, width, height].join(' ');
      }, element);
      return (await where()) === (await where()) ? element : null;
    }, { seconds: 20 });
  }

  async open(url) {
    this.engine.did(`opens ${url}`);
    await this.engine.open(url);
  }

  // The module is at work, by canvas or as version texte.
  async ready() {
    await eventually('the page is ready', () => this.engine.run(() => document.documentElement.dataset.ready === 'yes'), { seconds: 30 });
  }

  view() {
    return this.engine.run(() => document.documentElement.dataset.view);
  }

  async fill(name, value, group = null) {
    const field = await this.element('textbox', name, { group });
    await this.engine.click(field);
    await this.engine.type(field, value);
    assert.equal(await this.engine.run((element) => element.value, field), value, `${name} holds what was typed`);
  }

  // An entry of a group: the day of a date.
  fillIn(group, name, value) {
    return this.fill(name, value, group);
  }

  async value(name) {
    return this.engine.run((field) => field.value, await this.element('textbox', name));
  }

  async isEditable(name) {
    return this.engine.run((field) => !field.readOnly && !field.disabled, await this.element('textbox', name));
  }

  // A list takes the first letters of an entry.
  async choose(name, label) {
    const list = await this.element('combobox', name);
    await this.engine.type(list, label);
    assert.equal(await this.engine.run((element) => element.selectedOptions[0].label, list), label);
  }

  async check(role, name, group = null) {
    await this.engine.click(await this.element(role, name, { group }));
    const checked = async () => this.engine.run((box) => box.checked, await this.element(role, name, { group }));
    await eventually(`${role} ${name} is checked`, checked);
  }

  // A choice in a group of radios or checkboxes.
  async pick(group, role, name) {
    // The only child there is has been ticked already.
    if (!(await this.engine.run((box) => box.checked, await this.element(role, name, { group })))) await this.check(role, name, group);
  }

  async press(name, role = 'button') {
    await this.engine.click(await this.element(role, name));
  }

  // A button or a link, whichever the screen has under that name.
  async follow(name) {
    this.engine.did(`follows ${name}`);
    const element = await eventually(`button or link ${name}`, async () =>
      (await this.engine.find(findByRole, 'link', asName(name))) ?? this.engine.find(findByRole, 'button', asName(name)));
    await this.engine.click(element);
  }

  async sees(title) {
    await this.element('title', title, { part: true });
    await this.look(String(title));
  }

  // Waits for a text on the page; gives the match.
  async reads(pattern) {
    this.engine.did(`reads ${pattern}`);
    return eventually(`the text ${pattern}`, async () => pattern.exec(await this.engine.run(() => document.body.innerText)), { seconds: 20 });
  }
}
