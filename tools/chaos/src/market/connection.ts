import type { Finish, Host } from '../time/host.ts';
import type { VirtualTime } from '../time/create-virtual-time.ts';
import { halfOfBody, networkError } from './fetch-results.ts';
import type { GivenKind, RequestRecord } from './market-history.ts';
import type { WireAnswer } from './wire-answer.ts';

/** After so long the network forgets a connection on which nothing moves: the most that Azure allows. */
const idleMilliseconds = 30 * 60_000;

type AnswerWithBody = Extract<WireAnswer, { status: number }>;

/** What the connection of one request lives on. */
export interface ConnectionArguments {
  readonly time: Pick<VirtualTime, 'nowMilliseconds' | 'schedule'>;
  readonly host: Host;
  readonly record: RequestRecord;
  readonly finish: Finish<Response>;
  readonly signal: AbortSignal | null;
}

/** One attempt to reach the market, until its answer is sent or somebody gives it up. */
export interface Connection {
  readonly record: RequestRecord;
  /** Sends an answer, which arrives so much later; the record has it even where nobody waits. */
  send(kind: GivenKind, answer: WireAnswer, latencyMilliseconds: number): void;
  /** Calls `listener` once the attempt has ended; at once where it has. */
  whenEnded(listener: () => void): void;
}

/** Opens a connection. It ends with its answer, its client's signal, its host or its idle time. */
export function openConnection(args: ConnectionArguments): Connection {
  const { time, host, record, finish, signal } = args;
  const listeners: (() => void)[] = [];
  const after = (milliseconds: number, act: () => void): (() => void) =>
    time.schedule({ atMilliseconds: time.nowMilliseconds() + milliseconds, act });
  const end = (): void => {
    if (record.endedAtMilliseconds !== null) return;
    record.endedAtMilliseconds = time.nowMilliseconds();
    forgetKill();
    forgetIdle();
    for (const listener of listeners) listener();
  };
  const abort = (): void => {
    end();
    finish.reject(signal?.reason);
  };
  const isAborted = (): boolean => signal?.aborted === true;
  const forgetKill = host.onKill(end);
  const forgetIdle = after(idleMilliseconds, () => {
    end();
    finish.reject(networkError('ECONNRESET'));
  });
  signal?.addEventListener('abort', abort, { once: true });

  const arrive = (answer: WireAnswer): void => {
    if (answer.form === 'silence' || isAborted() || host.state === 'killed') return;
    if (record.answer !== null) record.answer.isDelivered = answer.form === 'whole';
    if (answer.form !== 'stalled') signal?.removeEventListener('abort', abort);
    if (answer.form === 'connection-refused') finish.reject(networkError('ECONNREFUSED'));
    else if (answer.form === 'reset') finish.reject(networkError('ECONNRESET'));
    else finish.resolve(responseOf(answer));
  };
  const whenEnded = (listener: () => void): void => {
    if (record.endedAtMilliseconds === null) listeners.push(listener);
    else listener();
  };
  const responseOf = (answer: AnswerWithBody): Response => {
    const { status } = answer;
    if (answer.form === 'whole') {
      return new Response(answer.body, { status, headers: answer.headers });
    }
    const restOfBody = (): Promise<never> =>
      host.effect('market rest of a body', (rest) => {
        const fail = (): void => {
          rest.reject(isAborted() ? signal?.reason : networkError('UND_ERR_SOCKET'));
        };
        if (answer.form === 'cut-off') fail();
        else whenEnded(fail);
      });
    return new Response(halfOfBody(answer.half, restOfBody), { status });
  };

  return {
    record,
    whenEnded,
    send(kind, answer, latencyMilliseconds) {
      record.answer = {
        kind,
        atMilliseconds: time.nowMilliseconds(),
        status: answer.form === 'whole' ? answer.status : null,
        body: answer.form === 'whole' ? answer.body : null,
        isDelivered: false,
      };
      const waits = answer.form === 'silence' || answer.form === 'stalled';
      if (!waits) end();
      after(latencyMilliseconds, () => {
        arrive(answer);
      });
    },
  };
}
