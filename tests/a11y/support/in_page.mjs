// What is asked of a page, in the page. Each function is complete in itself, since it is handed over as text.

// Every control with what must be true of it, and where it is. A field is an entry, a list, a box or a radio.
export const controls = () => {
  const squeeze = (text) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const spoken = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true') return '';
    return node.localName === 'img' ? node.alt : [...node.childNodes].map(spoken).join('');
  };
  const boxOf = ({ left, top, right, bottom }) => ({ left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY });
  return [...document.querySelectorAll(':is(#scene, .device) :is(input, select, button, a)')].filter((element) => element.checkVisibility()).map((element) => {
    const label = element.labels?.[0];
    // A file is chosen by what is heard as a button.
    const entry = element.matches('input:not([type=checkbox], [type=radio], [type=file])');
    const tick = element.matches('[type=checkbox], [type=radio]');
    const said = (element.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean).map((id) => document.getElementById(id));
    return {
      id: element.id || element.textContent.trim(),
      dom: element.id,
      field: element.matches('input, select'),
      inline: element.matches('a') && element.closest('p.paragraph, .error_summary') !== null,
      labelled: label ? squeeze(spoken(label)) !== '' : false,
      role: element.getAttribute('role') ?? (entry ? 'textbox' : element.matches('select') ? 'combobox' : element.matches('a[href]') ? 'link' : tick ? element.type : 'button'),
      name: squeeze(element.getAttribute('aria-label') ?? spoken(label ?? element)),
      value: entry ? element.value : element.matches('select') ? (element.selectedOptions[0]?.label ?? '') : null,
      secret: element.type === 'password',
      required: element.getAttribute('aria-required') === 'true',
      invalid: element.getAttribute('aria-invalid') === 'true',
      checked: tick ? element.checked : null,
      disabled: element.disabled === true,
      readonly: entry && element.readOnly,
      expanded: element.getAttribute('aria-expanded'),
      lost: said.includes(null),
      description: squeeze(said.filter(Boolean).map(spoken).join(' ')),
      box: boxOf(element.getBoundingClientRect()),
      label: label ? boxOf(label.getBoundingClientRect()) : null,
    };
  });
};

// What each personal field says about itself, by the key of the answer it holds.
export const tokens = () =>
  [...document.querySelectorAll('#scene :is(input, select)[name]')].map((field) => ({ name: field.name, token: field.getAttribute('autocomplete') ?? '', form: field.form !== null }));

// Firefox, toolkit/components/formautofill/shared/FormAutofillUtils.sys.mjs, isFieldVisible(): what checkVisibility() says
// with opacity and visibility, and no aria-hidden; isFieldAutofillable(): neither read only nor disabled (those are
// not asked here); before that, isFieldFocusable(): in the order of Tab.
export const firefoxSees = () =>
  [...document.querySelectorAll('#scene :is(input:not([type=checkbox], [type=radio]), select)')].map((field) => ({
    id: field.id,
    wrong: !field.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
      ? 'checkVisibility says no'
      : field.getAttribute('aria-hidden') === 'true'
        ? 'aria-hidden'
        : field.tabIndex < 0
          ? 'out of the order of Tab'
          : '',
  }));

// Bitwarden, apps/browser/src/autofill/services/dom-element-visibility.service.ts, isElementViewable(): the opacity of
// the field and of all around it is 0.1 at least; it is displayed, visible and not clipped away; 10 × 10 px at least and
// within the page; and at its middle lies the field itself or its label.
export const bitwardenSees = () => {
  const CLIPPED = ['inset(50%)', 'inset(100%)', 'circle(0)', 'circle(0px)', 'circle(0px at 50% 50%)', 'polygon(0 0, 0 0, 0 0, 0 0)', 'polygon(0px 0px, 0px 0px, 0px 0px, 0px 0px)'];
  const found = [];
  for (const field of document.querySelectorAll('#scene :is(input:not([type=checkbox], [type=radio]), select)')) {
    field.scrollIntoView({ block: 'center', behavior: 'instant' });
    const style = getComputedStyle(field);
    let wrong = '';
    if (style.display === 'none') wrong = 'not displayed';
    if (['hidden', 'collapse'].includes(style.visibility)) wrong = 'not visible';
    if (CLIPPED.includes(style.clipPath)) wrong = 'clipped away';
    for (let element = field; element && element !== document.documentElement; element = element.parentElement)
      if (parseFloat(getComputedStyle(element).opacity) < 0.1) wrong = `${element.id || element.className} is transparent`;
    const { left, top, width, height } = field.getBoundingClientRect();
    const { scrollWidth, scrollHeight, clientLeft, clientTop } = document.documentElement;
    if (width < 10 || height < 10) wrong ||= `${width} × ${height} px`;
    if (left - clientLeft < 0 || left - clientLeft + width > scrollWidth || top - clientTop < 0 || top - clientTop + height > scrollHeight) wrong ||= 'outside the page';
    const middle = document.elementFromPoint(left + width / 2, top + height / 2);
    if (middle !== field && ![...field.labels].includes(middle) && ![...field.labels].includes(middle?.parentElement?.closest('label'))) wrong ||= `covered by ${middle?.localName} ${middle?.id}`;
    found.push({ id: field.id, wrong });
  }
  scrollTo({ top: 0, behavior: 'instant' });
  return found;
};

// What is wider than the window, or cut off by what it stands in.
export const tooWide = () => {
  const problems = [];
  const { clientWidth, scrollWidth, dataset } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth} px wide in ${clientWidth}`);
  for (const element of document.querySelectorAll('#scene .node, #scene .node *')) {
    const box = element.getBoundingClientRect();
    const called = `${element.localName} ${element.id || element.textContent.slice(0, 30)}`;
    if (box.width > 0 && (box.right > clientWidth + 1 || box.left < -1)) problems.push(`${called} reaches from ${box.left} to ${box.right}`);
    const style = getComputedStyle(element);
    if (dataset.view === 'texte' && style.overflow !== 'visible' && element.matches('p, label, legend, h1, h2, h3, dt, dd, button') && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
      problems.push(`${called} is cut`);
  }
  return problems.slice(0, 5).join('; ');
};

// Texts that are cut off, that stick out of what they belong to, or that lie on one another.
export const clippedTexts = () => {
  const wrong = [];
  const called = (element) => element.id || element.closest('[id]')?.id || element.className;
  const texts = [];
  for (const element of document.querySelectorAll('#scene *')) {
    if (element.matches('option, img')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'none') continue;
    const cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
    if (cuts && !element.matches('input, select') && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) wrong.push(`${called(element)} cuts its text`);
    if (element.matches('input, select')) {
      const line = parseFloat(style.fontSize);
      if (element.clientHeight < line) wrong.push(`${called(element)} is lower than its letters`);
      continue;
    }
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || node.data.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width === 0) continue;
        // A line's box has air above and below its letters: what counts is the letters' own height.
        const air = Math.max(0, (box.height - parseFloat(style.fontSize)) / 2);
        texts.push({ element, left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air });
      }
      const around = element.getBoundingClientRect();
      const inside = range.getBoundingClientRect();
      if (style.display !== 'inline' && (inside.right > around.right + 1 || inside.left < around.left - 1)) wrong.push(`${called(element)} is narrower than its text`);
    }
  }
  for (let i = 0; i < texts.length; ++i)
    for (let j = i + 1; j < texts.length; ++j) {
      const [a, b] = [texts[i], texts[j]];
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) wrong.push(`${called(a.element)} and ${called(b.element)} lie on one another`);
    }
  return [...new Set(wrong)];
};

// A person's own style sheet, as WCAG 2.2's 1.4.12 describes it.
export const spaceOut = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  globalThis.before_spacing = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};
export const spaceBack = () => {
  document.adoptedStyleSheets = globalThis.before_spacing;
};

// Where words are, and where the frames of fields: to be looked at in the picture.
export const wordsAndFrames = () => {
  const words = [];
  for (const element of document.querySelectorAll('#scene *')) {
    if (element.matches('option, input, select') || element.closest('[aria-disabled=true], :disabled')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility !== 'visible') continue;
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || node.data.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const [box] = range.getClientRects();
      if (box && box.width > 4) words.push({ id: element.id || element.closest('[id]')?.id, left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY });
    }
  }
  const frames = [...document.querySelectorAll('#scene :is(input, select):not([readonly], :disabled)')].map((field) => {
    const box = field.getBoundingClientRect();
    return { id: field.id, tick: field.matches('[type=checkbox], [type=radio]'), left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY };
  });
  return { words, frames };
};

// The canvas has been drawn for what is there, and no colour is on its way to another.
export const settled = async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
};
