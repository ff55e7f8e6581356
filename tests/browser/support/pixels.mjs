// What is really on the screen: a screenshot decoded by the browser itself, so that no picture library is needed.
export async function pixelsOf(page, browser) {
  const shot = await page.screenshot({ animations: 'disabled' });
  const context = await browser.newContext();
  const helper = await context.newPage();
  const picture = await helper.evaluate(async (base64) => {
    const blob = await (await fetch(`data:image/png;base64,${base64}`)).blob();
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const drawing = canvas.getContext('2d');
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width: bitmap.width, height: bitmap.height, data: btoa(text) };
  }, shot.toString('base64'));
  await context.close();
  const data = Buffer.from(picture.data, 'base64');
  return {
    width: picture.width,
    height: picture.height,
    at: (x, y) => [...data.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3)],
  };
}

export const differ = (a, b, by = 24) => a.some((part, index) => Math.abs(part - b[index]) > by);
