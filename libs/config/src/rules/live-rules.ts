import { isLoopbackUrl } from '@mispriced/core/domain/loopback';
import type { ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

const onPaper = 'Set run.mode to paper.';

/** Where real money may be spent: the answer is no unless all is in order. */
export const liveRules = [
  rule(['run.mode'], ({ 'run.mode': mode }, stage) =>
    mode === 'live' && stage === 'preview'
      ? { key: 'run.mode', message: 'A preview never trades live.', fix: onPaper }
      : undefined,
  ),
  rule(['run.mode', 'venue.url'], ({ 'run.mode': mode, 'venue.url': url }, stage) =>
    mode === 'live' &&
    (stage === 'embedded' || stage === 'local') &&
    url !== undefined &&
    !isLoopbackUrl(url)
      ? {
          key: 'venue.url',
          message: `Live trading in the stage ${stage} is for a simulated market on this machine only.`,
          fix: `${onPaper.slice(0, -1)}, or venue.url to an address such as http://127.0.0.1:PORT.`,
        }
      : undefined,
  ),
  rule(['run.mode', 'venue.name'], ({ 'run.mode': mode, 'venue.name': venue }) =>
    mode === 'live' && venue === 'replay'
      ? {
          key: 'run.mode',
          message: 'The replay venue has no market behind it, so nothing can be bought live.',
          fix: `${onPaper.slice(0, -1)}, or venue.name to a market.`,
        }
      : undefined,
  ),
  rule(['run.mode', 'run.as_of'], ({ 'run.mode': mode, 'run.as_of': asOf }, stage) =>
    mode === 'live' && asOf !== undefined && stage !== 'embedded' && stage !== 'local'
      ? {
          key: 'run.as_of',
          message: 'A live run is always as of today.',
          fix: `Take run.as_of away, or set run.mode to paper.`,
        }
      : undefined,
  ),
  rule(['run.mode', 'storage.kind'], ({ 'run.mode': mode, 'storage.kind': kind }, stage) =>
    mode === 'live' && kind === 'file' && stage !== 'embedded' && stage !== 'local'
      ? {
          key: 'storage.kind',
          message:
            'A live run needs Blob storage: a ledger in a folder is lost with its machine, and orders would be sent twice.',
          fix: 'Set storage.kind to blob, or run.mode to paper.',
        }
      : undefined,
  ),
];
