import { answer, listen } from '@mispriced/loopback-server';
import { answerRequest } from './answer-request.ts';
import { controlRoutes } from './control-routes.ts';
import { sendAnswer } from './deliver.ts';
import type { MarketDefinition } from './market-definition.ts';
import { problem } from './problem.ts';

/** A market that runs. */
export interface RunningMarket {
  /** Where it listens, on loopback, without a path. */
  readonly url: string;
  /** Ends it and every connection to it; does nothing when it is closed already. */
  close(): Promise<void>;
}

/**
 * Serves a simulated market on loopback: its API, with faults played on it, and `/_control`.
 *
 * @param args.port Any free one unless given.
 * @throws Error `EADDRINUSE` where the port is taken.
 */
export async function serveMarket(args: {
  readonly market: MarketDefinition;
  readonly port?: number | undefined;
}): Promise<RunningMarket> {
  const { market } = args;
  const routes = controlRoutes(market);
  const closing = new AbortController();
  const { signal } = closing;
  const listener = await listen({
    port: args.port ?? 0,
    listener: (incoming, outgoing) => {
      const done = answerRequest({ market, controlRoutes: routes, incoming, outgoing, signal });
      done.catch((error: unknown) => {
        if (signal.aborted || outgoing.headersSent) {
          outgoing.destroy();
          return;
        }
        const message = error instanceof Error ? error.message : String(error);
        const body = market.describeProblems([problem('internal', message)]);
        sendAnswer(outgoing, answer(500, body));
      });
    },
  });
  return {
    url: `http://127.0.0.1:${listener.port}`,
    close: async () => {
      closing.abort();
      await listener.close();
    },
  };
}
