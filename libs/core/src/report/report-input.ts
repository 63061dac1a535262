import type { DecisionLimits } from '../domain/decision-limits.ts';
import type { Decision } from '../domain/decision.ts';
import type { DroppedListing } from '../domain/enriched-listing.ts';
import type { ModelManifest } from '../domain/model-manifest.ts';
import type { OrderIntent, OrderResult } from '../domain/order.ts';
import type { RunSummary } from '../domain/run.ts';

/** The parts of a manifest that a reader needs to judge the model. A whole manifest is one. */
export type ReportManifest = Pick<
  ModelManifest,
  'name' | 'version' | 'model' | 'label' | 'training' | 'metrics' | 'riskCurves'
> & { readonly features: Pick<ModelManifest['features'], 'name' | 'price' | 'group' | 'ownData'> };

/** An order of the run. */
export interface ReportOrder {
  readonly intent: OrderIntent;
  /** Null where the order was written down and never sent. */
  readonly result: OrderResult | null;
}

/** Something that went wrong, and what to do. */
export interface ReportProblem {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** Everything one report shows. It holds no secret: a report may be mailed. */
export interface ReportInput {
  readonly summary: RunSummary;
  readonly market: {
    readonly name: string;
    /** True for a market of our own making: the report then says that nothing is real. */
    readonly simulated: boolean;
    /** When the venue made the listing; null where none arrived. */
    readonly asOf: string | null;
  };
  /** When the report was written, UTC, ISO 8601. */
  readonly writtenAt: string;
  /** T; null where the run ended before it was known. */
  readonly threshold: number | null;
  /** Null where the run ended before they were known. */
  readonly limits: DecisionLimits | null;
  readonly killSwitch: boolean;
  /** Null where no model was loaded. */
  readonly manifest: ReportManifest | null;
  /** Best first, as `decide` gives them. */
  readonly decisions: readonly Decision[];
  readonly dropped: readonly DroppedListing[];
  readonly orders: readonly ReportOrder[];
  /** What the reader must know though nothing failed: `the last good model was kept`. */
  readonly notes: readonly string[];
  /** What went wrong besides the run's own error. */
  readonly problems: readonly ReportProblem[];
}
