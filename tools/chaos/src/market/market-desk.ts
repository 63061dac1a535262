import type { createRateLimit } from '@mispriced/market/lendingclub/parts';
import type { VirtualTime } from '../time/create-virtual-time.ts';
import type { AccountTimeline } from './account-timeline.ts';
import type { Conduct } from './conduct.ts';
import type { MarketDeclaration } from './declaration.ts';
import type { MarketIdentity } from './market-view.ts';

/** Everything that the parts of a market share. */
export interface MarketDesk {
  readonly time: Pick<VirtualTime, 'nowMilliseconds' | 'schedule'>;
  readonly identity: MarketIdentity;
  readonly declaration: MarketDeclaration;
  readonly conduct: Conduct;
  readonly timeline: AccountTimeline;
  readonly limit: ReturnType<typeof createRateLimit>;
}

/** A request as it arrives. */
export interface MarketCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}
