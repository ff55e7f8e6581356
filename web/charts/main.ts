// The pictures of the console's statistics, by uPlot: a file of its own, which only that page fetches. The page has the same
// numbers as a table, which is what is read out; a picture that cannot be drawn takes nothing away.
import uPlot from "uplot";

export interface Line {
  readonly label: string;
  readonly values: readonly number[];
  readonly colour: string;
  readonly dash?: readonly number[]; // told apart without colours
}

export interface Picture {
  readonly days: readonly string[]; // YYYY-MM-DD
  readonly lines: readonly Line[];
  readonly ink: string;
  readonly grid: string;
  readonly font: string;
  readonly dayText: (day: string) => string;
}

const HEIGHT = 220;

// Draws into `host`, as wide as it is, and again when its width changes. Gives what takes the picture away.
export function draw(host: HTMLElement, picture: Picture): () => void {
  const days = picture.days.map((day) => Date.parse(`${day}T12:00:00Z`) / 1000);
  const axis = { stroke: picture.ink, font: picture.font, grid: { stroke: picture.grid, width: 1 }, ticks: { stroke: picture.grid, width: 1 } };
  const chart = new uPlot(
    {
      width: Math.max(host.clientWidth, 240),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: { y: { range: (_chart, _least, most) => [0, Math.max(most * 1.1, 1)] } },
      series: [
        {},
        ...picture.lines.map((line) => ({
          label: line.label, stroke: line.colour, width: 2, points: { show: days.length < 15 },
          ...(line.dash ? { dash: [...line.dash] } : {}),
        })),
      ],
      axes: [
        { ...axis, space: 90, values: (_chart: uPlot, splits: number[]) => splits.map((at) => picture.dayText(new Date(at * 1000).toISOString().slice(0, 10))) },
        { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000] },
      ],
    },
    [days, ...picture.lines.map((line) => [...line.values])],
    host,
  );
  const watch = new ResizeObserver(() => {
    if (host.clientWidth > 0) chart.setSize({ width: host.clientWidth, height: HEIGHT });
  });
  watch.observe(host);
  return () => {
    watch.disconnect();
    chart.destroy();
  };
}
