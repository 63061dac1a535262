import type { ScaleLinear } from 'd3-scale';
import { html, type Html } from './html.ts';

/** A plot's drawing area inside its view box, in CSS pixels at full size. */
export const plotArea = { width: 560, height: 340, left: 52, right: 544, top: 34, bottom: 292 };

export type LinearScale = ScaleLinear<number, number>;

/** One axis of a plot. */
export interface PlotAxis {
  readonly scale: LinearScale;
  readonly label: string;
  /** How a tick is written, as d3-format names it: `%` for shares, `,f` for numbers. */
  readonly format: string;
}

/** A coordinate short enough for a file and exact enough for a screen. */
export function pixel(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * A plot as inline SVG: axes, grid, marks, and a name and a description for those who cannot see it.
 *
 * @param id Unique on the page.
 * @param description What the plot shows, in words.
 */
export function plotFrame(args: {
  id: string;
  name: string;
  description: string;
  x: PlotAxis;
  y: PlotAxis;
  marks: Html;
}): Html {
  const { id, x, y } = args;
  const { width, height, left, right, top, bottom } = plotArea;
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${id}-name ${id}-words"
  >
    <title id="${id}-name">${args.name}</title>
    <desc id="${id}-words">${args.description}</desc>
    <clipPath id="${id}-area">
      <rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" />
    </clipPath>
    <g class="grid">
      ${y.scale.ticks(5).map((tick) => {
        const at = pixel(y.scale(tick));
        return html`<path d="M${left} ${at}H${right}" />`;
      })}
    </g>
    <g clip-path="url(#${id}-area)">${args.marks}</g>
    <path class="axis" d="M${left} ${bottom}H${right}" />
    <g class="ticks">${yTicks(y)}${xTicks(x)}</g>
    <text class="label" x="0" y="16">${y.label}</text>
    <text class="label" x="${right}" y="${height - 8}" text-anchor="end">${x.label}</text>
  </svg>`;
}

function yTicks({ scale, format }: PlotAxis): Html[] {
  const written = scale.tickFormat(5, format);
  return scale.ticks(5).map((tick) => {
    const at = pixel(scale(tick));
    return html`<text x="${plotArea.left - 8}" y="${at}" dy="0.32em" text-anchor="end"
      >${written(tick)}</text
    >`;
  });
}

function xTicks({ scale, format }: PlotAxis): Html[] {
  const written = scale.tickFormat(7, format);
  const { bottom } = plotArea;
  return scale.ticks(7).map((tick) => {
    const at = pixel(scale(tick));
    return html`<path d="M${at} ${bottom}v5" /><text
        x="${at}"
        y="${bottom + 18}"
        text-anchor="middle"
        >${written(tick)}</text
      >`;
  });
}
