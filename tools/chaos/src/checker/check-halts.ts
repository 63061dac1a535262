import type { PlayedHistory, SentOrders } from '../play/played-history.ts';
import type { Violation } from './violation.ts';

/**
 * After a halt was confirmed, and until somebody resumed, no batch begins: each asks the switch first,
 * and only a batch that had asked before may still leave.
 */
export function checkHalts(history: PlayedHistory): readonly Violation[] {
  return history.sent.flatMap((sent) => {
    const halt = haltInForce(history, sent);
    if (halt === null) return [];
    const asked = lastAsked(history, sent);
    const isOfThisBatch = !history.sent.some(
      (other) =>
        other !== sent &&
        other.host === sent.host &&
        asked !== null &&
        other.atMilliseconds > asked &&
        other.atMilliseconds <= sent.atMilliseconds,
    );
    if (asked !== null && asked <= halt && isOfThisBatch) return [];
    return [
      {
        promise: 'no order after a confirmed halt',
        facts: `${sent.host} sent ${sent.body} ${sent.atMilliseconds - halt} ms after it, and had ${
          asked === null || !isOfThisBatch ? 'not asked for this batch' : 'asked since'
        }`,
      },
    ];
  });
}

/** So long after it was asked for, what nobody confirmed may still take effect. */
const longestUnheard = 600_000;

/** When the halt that is in force was confirmed; null where trading may be on. */
function haltInForce(history: PlayedHistory, sent: SentOrders): number | null {
  const { account, atMilliseconds } = sent;
  const own = history.operations.filter((each) => each.account === account);
  const halts = own.flatMap(({ deed, askedAtMilliseconds, confirmedAtMilliseconds }) =>
    deed === 'halt' && confirmedAtMilliseconds !== null && confirmedAtMilliseconds < atMilliseconds
      ? [{ asked: askedAtMilliseconds, confirmed: confirmedAtMilliseconds }]
      : [],
  );
  // Of a halt and a resume that overlap, either may be the later one.
  const inForce = halts.filter(
    (halt) =>
      !own.some(
        ({ deed, askedAtMilliseconds, confirmedAtMilliseconds }) =>
          deed === 'resume' &&
          askedAtMilliseconds < atMilliseconds &&
          (confirmedAtMilliseconds ?? askedAtMilliseconds + longestUnheard) > halt.asked,
      ),
  );
  return inForce.length === 0 ? null : Math.max(...inForce.map(({ confirmed }) => confirmed));
}

function lastAsked({ storageRequests }: PlayedHistory, sent: SentOrders): number | null {
  const asked = storageRequests.findLast(
    ({ host, operation, path, sentAt }) =>
      host === sent.host &&
      operation === 'get-blob' &&
      path === `${sent.account}/kill-switch.json` &&
      sentAt.getTime() <= sent.atMilliseconds,
  );
  return asked?.sentAt.getTime() ?? null;
}
