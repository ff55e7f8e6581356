// Finding by role and accessible name in any engine. This function runs in the page and is complete in itself: it is
// handed over as text. `name` is {text} for a name that is exactly so, {part} for one that contains it, or
// {pattern, flags}; `group`, in the same form, the name of the fieldset around it. Gives the one visible element, null for
// none, and throws when there are several.
export function findByRole(role, name, group = null) {
  const SELECTORS = {
    textbox: 'input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=password], textarea',
    combobox: 'select',
    checkbox: 'input[type=checkbox]',
    radio: 'input[type=radio]',
    button: 'button, [role=button]',
    link: 'a[href]',
    title: 'h1',
  };
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  // The text that is spoken: without what is hidden from a screen reader, with the words that stand for pictures.
  const spoken = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true') return '';
    if (node.localName === 'img') return node.alt;
    return [...node.childNodes].map(spoken).join('');
  };
  const name_of = (element) => {
    if (element.getAttribute('aria-label')) return squeeze(element.getAttribute('aria-label'));
    const ids = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const sources = ids.length > 0 ? ids.map((id) => document.getElementById(id)) : element.labels?.length > 0 ? [...element.labels] : [element];
    return squeeze(sources.filter(Boolean).map(spoken).join(' '));
  };
  const is = (wanted, text) =>
    wanted.text !== undefined ? text === squeeze(wanted.text) : wanted.part !== undefined ? text.includes(squeeze(wanted.part)) : new RegExp(wanted.pattern, wanted.flags).test(text);
  const inside = (element) => {
    const legend = element.closest('fieldset')?.querySelector(':scope > legend');
    return group === null || (legend && is(group, squeeze(spoken(legend))));
  };
  const shown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible' && !element.closest('[aria-hidden=true]');
  };
  const found = [...document.querySelectorAll(SELECTORS[role])].filter((element) => shown(element) && is(name, name_of(element)) && inside(element));
  if (found.length > 1) throw new Error(`${found.length} elements are a ${role} called ${JSON.stringify(name)}`);
  return found[0] ?? null;
}
