// What a screen reader, a browser's autofill and a finger need of every control on the page.
// Runs in the page; gives what is wrong, in words.
export const examine = () => {
  const problems = [];
  for (const control of document.querySelectorAll('#scene input, #scene select, #scene button, #scene a')) {
    const name = control.id || control.textContent.trim();
    const style = getComputedStyle(control);
    const box = control.getBoundingClientRect();
    if (control.matches('input, select') && !control.labels?.length) problems.push(`${name}: no label`);
    // Firefox's autofill and Bitwarden look at these before they fill a field.
    if (style.display === 'none' || style.visibility !== 'visible') problems.push(`${name}: not visible`);
    for (let element = control; element; element = element.parentElement) {
      if (Number(getComputedStyle(element).opacity) < 1) problems.push(`${name}: opacity below 1`);
      if (element.getAttribute('aria-hidden') === 'true') problems.push(`${name}: aria-hidden`);
    }
    if (control.matches('input:not([type=radio], [type=checkbox]), select')) {
      if (box.width < 20 || box.height < 20) problems.push(`${name}: ${box.width}×${box.height}`);
      if (parseFloat(style.fontSize) < 16) problems.push(`${name}: text of ${style.fontSize}`);
    }
    const label = control.labels?.[0]?.getBoundingClientRect();
    const height = Math.max(box.height, label?.height ?? 0);
    const inline = control.matches('a') && control.closest('p.paragraph, .error_summary');
    if (!inline && height < 44) problems.push(`${name}: a target ${height} px high`);
    const middle = document.elementFromPoint(box.x + box.width / 2, Math.min(box.y + box.height / 2, innerHeight - 1));
    if (box.y > 0 && box.bottom < innerHeight && middle && middle !== control && !control.contains(middle) && !middle.contains(control) && !control.labels?.[0]?.contains(middle))
      problems.push(`${name}: covered by ${middle.tagName} ${middle.id}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) problems.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`two elements are called ${id}`);
  return problems;
};
