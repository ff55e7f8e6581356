// Somebody at the page: finds things by role and label, and uses them by mouse, by keyboard alone, or by touch.
import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.mjs';

const MOST_TABS = 120;

export class Visitor {
  constructor(page, how = 'mouse') {
    this.page = page;
    this.how = how;
  }

  // A one-line entry; passwords have no role, so they are found by their label.
  field(name) {
    const page = this.page;
    return page.getByRole('textbox', { name, exact: true })
      .or(page.locator('input[type=password]').and(page.getByLabel(name)))
      .or(page.locator('input').and(page.getByRole('combobox', { name, exact: true }))); // with a list of its own
  }

  async open(url) {
    await this.page.goto(url);
  }

  value(name) {
    return this.field(name).inputValue();
  }

  isEditable(name) {
    return this.field(name).isEditable();
  }

  // Waits for a text on the page; gives the match.
  reads(pattern) {
    return eventually(`the text ${pattern}`, async () => pattern.exec(await this.page.locator('body').innerText()), { seconds: 20 });
  }

  // With the keyboard alone: Tab until the element has the focus.
  async reach(locator) {
    await locator.waitFor();
    const here = () => locator.evaluate((element) => element === document.activeElement);
    for (let tabs = 0; tabs < MOST_TABS; ++tabs) {
      if (await here()) return;
      await this.page.keyboard.press('Tab');
    }
    assert.fail(`not reached in ${MOST_TABS} presses of Tab: ${locator}`);
  }

  async fill(name, value) {
    const field = this.field(name);
    if (this.how === 'keyboard') {
      await this.reach(field);
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.type(value);
    } else {
      await (this.how === 'touch' ? field.tap() : field.click());
      await field.fill(value);
    }
  }

  async choose(name, label) {
    const select = this.page.getByRole('combobox', { name, exact: true });
    if (this.how === 'keyboard') {
      await this.reach(select);
      await this.page.keyboard.type(label);
    } else {
      await select.selectOption({ label });
    }
  }

  async check(role, name) {
    const box = this.page.getByRole(role, { name });
    if (this.how !== 'keyboard') return this.how === 'touch' ? box.tap() : box.click();
    if (role === 'radio') {
      // Tab stops once in a group of radios; the arrows go round it.
      const group = this.page.locator('fieldset').filter({ has: box }).last();
      const radios = group.getByRole('radio');
      const count = await radios.count();
      for (let tabs = 0; tabs < MOST_TABS && !(await group.evaluate((g) => g.contains(document.activeElement) && document.activeElement.type === 'radio')); ++tabs)
        await this.page.keyboard.press('Tab');
      for (let i = 0; i < count && !(await box.isChecked()); ++i) await this.page.keyboard.press(i === 0 ? 'Space' : 'ArrowDown');
      assert.equal(await box.isChecked(), true, `${name} is checked by the arrows`);
      return;
    }
    await this.reach(box);
    await this.page.keyboard.press('Space');
  }

  // A choice in a group of radios or checkboxes.
  async pick(group, role, name) {
    const box = this.page.getByRole(role === 'radio' ? 'radiogroup' : 'group', { name: group }).getByRole(role, { name, exact: true });
    await box.waitFor();
    // The only child there is has been ticked already.
    if (await box.isChecked()) return;
    if (this.how !== 'keyboard') return this.how === 'touch' ? box.tap() : box.click();
    if (role === 'radio') return this.check(role, name);
    await this.reach(box);
    await this.page.keyboard.press('Space');
  }

  // An entry of a group: the day of a date.
  async fillIn(group, name, value) {
    const part = this.page.getByRole('group', { name: group }).getByRole('textbox', { name, exact: true });
    if (this.how !== 'keyboard') return part.fill(value);
    await this.reach(part);
    await this.page.keyboard.type(value);
  }

  async press(name, role = 'button') {
    const target = this.page.getByRole(role, { name, exact: true });
    if (this.how === 'keyboard') {
      await this.reach(target);
      await this.page.keyboard.press('Enter');
    } else {
      await (this.how === 'touch' ? target.tap() : target.click());
    }
  }

  // A button or a link, whichever the screen has under that name.
  async follow(name) {
    const link = this.page.getByRole('link', { name, exact: true });
    const button = this.page.getByRole('button', { name, exact: true });
    await link.or(button).first().waitFor();
    return this.press(name, (await link.count()) > 0 ? 'link' : 'button');
  }

  async sees(title) {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
}
