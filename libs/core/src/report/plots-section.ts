import { extent } from 'd3-array';
import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { edgePlot } from './edge-plot.ts';
import { formatCount } from './format-values.ts';
import { html, type Html } from './html.ts';
import { paddedDomain } from './padded-domain.ts';
import { pointLegend } from './point-marks.ts';
import type { ReportInput } from './report-input.ts';
import { riskCurvePlot } from './risk-curve-plot.ts';
import { scorePlot } from './score-plot.ts';
import { type ScoredPoint, scoredPoints, thinPoints } from './scored-points.ts';

const pointsDrawn = 1500;
const groupsDrawn = 4;

/** Where the edge is: three views of the same scores. */
export function plotsSection(input: ReportInput): Html {
  const { threshold, decisions } = input;
  const all = scoredPoints(decisions, threshold);
  if (all.length === 0) {
    return html`<section aria-labelledby="plots">
      <h2 id="plots">Where the edge is</h2>
      <p class="empty">Nothing was scored.</p>
    </section>`;
  }
  const drawn = thinPoints(all, pointsDrawn);
  const thinned =
    drawn.length < all.length &&
    html` ${formatCount(drawn.length)} of ${formatCount(all.length)} securities are drawn.`;
  return html`<section aria-labelledby="plots">
    <h2 id="plots">Where the edge is</h2>
    <p class="lead">
      <b>r</b> is the risk of a loss that the market’s price stands for, <b>q</b> the risk by the
      model, and the <b>edge</b> is q − r: the further below zero, the safer the model thinks a
      security than its price says.
    </p>
    <div class="plots">
      ${figure({
        heading: 'How many securities at each edge',
        plot: edgePlot(all, threshold),
        words: html`On the solid line model and price
        agree.${threshold !== null && ' Left of the dashed line securities are candidates.'}`,
      })}
      ${figure({
        heading: 'The model against the market',
        plot: scorePlot(drawn, threshold),
        words: html`${pointLegend(drawn)} On the solid line both
        agree.${threshold !== null && ' Below the dashed line securities are candidates.'}${thinned}`,
      })}
      ${curvePlots(input, all, drawn)}
    </div>
  </section>`;
}

function figure(args: { heading: string; plot: Html; words: Html }): Html {
  return html`<figure>
    <h3>${args.heading}</h3>
    ${args.plot}
    <figcaption>${args.words}</figcaption>
  </figure>`;
}

function curvePlots(
  { manifest, threshold }: ReportInput,
  all: readonly ScoredPoint[],
  drawn: readonly ScoredPoint[],
): Html | null {
  if (manifest === null) return null;
  const byGroup = Map.groupBy(all, ({ group }) => group);
  const largest = [...byGroup.keys()]
    .filter((group) => Object.hasOwn(manifest.riskCurves, group))
    .sort((a, b) => (byGroup.get(b)?.length ?? 0) - (byGroup.get(a)?.length ?? 0))
    .slice(0, groupsDrawn)
    .sort(new Intl.Collator('en', { numeric: true }).compare);
  const curves = largest.flatMap((group) => {
    const curve = manifest.riskCurves[group];
    return curve ? [{ group, curve }] : [];
  });
  const more = byGroup.size - curves.length;
  const prices = paddedDomain(all.map(({ price }) => price));
  const risks = paddedDomain([0, ...all.map(({ q }) => q), ...risksWithin(curves, prices)], 0.02);
  const { field, unit } = manifest.features.price;
  return html`${curves.map(({ group, curve }, index) =>
    figure({
      heading: `Risk curve of group ${group}`,
      plot: riskCurvePlot({
        index,
        group,
        curve,
        points: drawn.filter((point) => point.group === group),
        threshold,
        priceLabel: `price: ${field}, ${unit}`,
        prices,
        risks,
      }),
      words: html`Group ${group} (${manifest.features.group.field},
      ${manifest.features.group.unit}). The line is r, the marks are q at their
      price.${threshold !== null && ' Below the dashed line securities are candidates.'}`,
    }),
  )}${more > 0 && html`<p class="more">${formatCount(more)} more groups are not drawn.</p>`}`;
}

/** The risks a set of curves takes on over a range of prices, or near enough for an axis. */
function risksWithin(
  curves: readonly { curve: RiskCurveKnots }[],
  prices: readonly [number, number],
): number[] {
  return curves.flatMap(({ curve }) => {
    const inside = curve.risks.filter((_, i) => {
      const price = curve.prices[i] ?? Number.NaN;
      return price >= prices[0] && price <= prices[1];
    });
    const [least, most] = extent(inside);
    return least === undefined ? [] : [least, most];
  });
}
