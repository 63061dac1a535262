import { randomUUID } from 'node:crypto';
import { systemClock } from '../clock/clock.ts';
import { answerAdmin } from '../http/answer-admin.ts';
import { answerFunction } from '../http/answer-function.ts';
import { createHostKeys } from '../http/host-keys.ts';
import { type HttpExchange, openHttpFront } from '../http/http-front.ts';
import { sendJson } from '../http/send-response.ts';
import { Activity } from '../invocation/activity.ts';
import { HostLog } from '../logs/host-log.ts';
import { trackStore } from '../state/track-store.ts';
import type { FunctionsHost, FunctionsHostOptions } from './functions-host.ts';
import { HostController } from './host-controller.ts';

const flexInitializationTimeoutMs = 30_000;

/**
 * Starts a double of the Azure Functions host: it loads an app's folder in a process of its own,
 * fires its timers by Azure's rules and answers its HTTP functions on loopback. It is a simulation;
 * SUPPORT.md says of what.
 *
 * Resolves also when the app cannot be loaded: `status()` then says `Error` and why, as in Azure.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const clock = options.clock ?? systemClock;
  const log = new HostLog({ file: options.logFile, clock });
  const activity = new Activity();
  const createId = options.createId ?? randomUUID;
  let controller: HostController | null = null;
  const front = await openHttpFront({
    answer: async (exchange) => {
      if (controller === null) sendJson(exchange.response, 503);
      else await answer(exchange, { controller, createId });
    },
    reportFailure: (error) => {
      log.write({ level: 'error', source: 'host', message: `A request failed: ${String(error)}` });
    },
  });
  controller = new HostController({
    context: {
      clock,
      log,
      store: trackStore(options.stateStore, activity),
      activity,
      random: options.random ?? Math.random,
      createId,
      runTimers: options.runTimers ?? true,
      initializationTimeoutMs: options.initializationTimeoutMs ?? flexInitializationTimeoutMs,
      appFollowsClock: options.appFollowsClock ?? false,
    },
    front,
    keys: options.keys ?? createHostKeys(),
    appFolder: options.appFolder,
    settings: options.settings,
  });
  await controller.start();
  return controller;
}

async function answer(
  exchange: HttpExchange,
  host: { readonly controller: HostController; readonly createId: () => string },
): Promise<void> {
  const { response, request, url } = exchange;
  const { controller, createId } = host;
  const instance = controller.instance;
  if (instance.state === 'Offline') response.destroy();
  else if (/^\/admin(?:\/|$)/i.test(url.pathname))
    await answerAdmin({ ...exchange, host: controller });
  else if (url.pathname === '/' && request.method === 'GET') sendJson(response, 200, {});
  else if (instance.serving === null) sendJson(response, 503);
  else {
    const { httpUri, serving } = instance;
    await answerFunction(exchange, { ...serving, keys: controller.keys(), httpUri, createId });
  }
}
