import type { Chance, Weighted } from '../random/chance.ts';
import { type Conduct, type Delays, isPossible } from './conduct.ts';
import type { MarketProfile } from './market-profile.ts';

/**
 * What a market so inclined does. Each request has a stream of its own: one more or one less changes
 * nothing about the others.
 */
export function conductBySeed(chance: Chance, profile: MarketProfile): Conduct {
  const { longestTrailingMilliseconds } = profile;
  return {
    longestTrailingMilliseconds,
    order(request) {
      const stream = chance.split('order').split(request);
      const delays = drawDelays(stream);
      const answer = stream.weighted(choicesOf(profile.orderAnswers));
      const bookings = choicesOf(profile.bookings).filter(([kind]) => isPossible(answer, kind));
      // A market that means to refuse refuses, however seldom it leaves orders alone otherwise.
      const isRefusal = bookings.every(([kind, weight]) => kind === 'never' || weight === 0);
      const booking = isRefusal ? 'never' : stream.weighted(bookings);
      return { answer, booking, lateness: drawExtent(stream), ...delays };
    },
    fill(request, loanId) {
      const stream = chance.split('fill').split(request).split(loanId);
      return { fill: stream.weighted(choicesOf(profile.fills)), extent: drawExtent(stream) };
    },
    read(request) {
      const stream = chance.split('read').split(request);
      return {
        ...drawDelays(stream),
        answer: stream.weighted(choicesOf(profile.readAnswers)),
        trailingMilliseconds: stream.happens(0.5)
          ? Math.floor(drawExtent(stream) * longestTrailingMilliseconds)
          : 0,
      };
    },
  };
}

function choicesOf<Kind extends string>(
  weights: Readonly<Record<Kind, number>>,
): readonly Weighted<Kind>[] {
  return Object.entries(weights) as [Kind, number][];
}

/** Mostly quick; now and then so slow that a client gives up. */
function drawDelays(stream: Chance): Delays {
  const isSlow = stream.happens(0.03);
  return {
    latencyMilliseconds: stream.integer(1, 400),
    processingMilliseconds: isSlow ? stream.integer(20_000, 60_000) : stream.integer(5, 900),
  };
}

/** 0 to 1, and the ends themselves often enough: that is where rules break. */
function drawExtent(stream: Chance): number {
  const end = stream.next();
  const between = stream.next();
  if (end < 0.15) return 0;
  return end > 0.85 ? 1 : between;
}
