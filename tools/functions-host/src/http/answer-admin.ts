import type { IncomingMessage, ServerResponse } from 'node:http';
import { MispricedError } from '@mispriced/core';
import type { FunctionsHost } from '../host/functions-host.ts';
import { describeFunction, describeHost } from './admin-documents.ts';
import { isAuthorized } from './host-keys.ts';
import { readBody } from './request-data.ts';
import { sendJson } from './send-response.ts';

interface AdminExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly host: FunctionsHost;
}

interface AdminRoute {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  answer(exchange: AdminExchange, name: string): void | Promise<void>;
}

const routes: readonly AdminRoute[] = [
  { method: 'GET', path: /^\/admin\/host\/status$/, answer: answerStatus },
  { method: 'GET', path: /^\/admin\/functions$/, answer: answerFunctions },
  { method: 'GET', path: /^\/admin\/functions\/([^/]+)$/, answer: answerOneFunction },
  { method: 'POST', path: /^\/admin\/functions\/([^/]+)$/, answer: startRun },
  { method: 'GET', path: /^\/admin\/functions\/([^/]+)\/status$/, answer: answerFunctionStatus },
  { method: 'POST', path: /^\/admin\/host\/synctriggers$/, answer: answerSync },
  { method: 'POST', path: /^\/admin\/host\/restart$/, answer: answerRestart },
  { method: 'POST', path: /^\/admin\/local-cloud\/functions\/([^/]+)\/invoke$/, answer: awaitRun },
];

/**
 * Answers the host's own routes, for holders of the master key. One that the real host has and this
 * one has not answers 501. Source: azure-functions-host HostController.cs, FunctionsController.cs.
 */
export async function answerAdmin(exchange: AdminExchange): Promise<void> {
  const { request, response, url, host } = exchange;
  // A ping is for load balancers: it is the one admin route that anybody may call.
  if (url.pathname === '/admin/host/ping') {
    sendJson(response, 200);
    return;
  }
  if (!isAuthorized({ request, url, keys: host.keys(), level: 'admin' })) {
    sendJson(response, 401);
    return;
  }
  for (const route of routes) {
    const match = route.path.exec(url.pathname);
    if (match === null || route.method !== request.method) continue;
    await route.answer(exchange, decodeURIComponent(match[1] ?? ''));
    return;
  }
  const message = `${request.method ?? ''} ${url.pathname} is not simulated by this host double.`;
  sendJson(response, 501, { error: { code: 'NotImplemented', message } });
}

function answerStatus({ response, host }: AdminExchange): void {
  sendJson(response, 200, describeHost(host.status()));
}

function answerFunctions({ response, host }: AdminExchange): void {
  sendJson(
    response,
    200,
    host.functions().map((summary) => describeFunction(summary, host.url)),
  );
}

function answerOneFunction({ response, host }: AdminExchange, name: string): void {
  const summary = host.functions().find((candidate) => candidate.name === name);
  if (summary === undefined) sendJson(response, 404);
  else sendJson(response, 200, describeFunction(summary, host.url));
}

function answerFunctionStatus({ response, host }: AdminExchange, name: string): void {
  const error = host.status().functionErrors[name];
  const isKnown = host.functions().some((candidate) => candidate.name === name);
  if (error !== undefined) sendJson(response, 200, { errors: [error] });
  else if (isKnown) sendJson(response, 200, {});
  else sendJson(response, 404);
}

function answerSync({ response }: AdminExchange): void {
  // There is no scale controller here that would have to be told of the triggers.
  sendJson(response, 200, { status: 'success' });
}

function answerRestart({ response, host }: AdminExchange): void {
  sendJson(response, 200, {});
  void host.restart();
}

/** As in Azure: 202 as soon as the run has begun, and nothing about how it ends. */
async function startRun(exchange: AdminExchange, name: string): Promise<void> {
  const { request, response, host } = exchange;
  if (!(await holdsJsonObject(request))) {
    sendJson(response, 400);
    return;
  }
  const summary = host.functions().find((candidate) => candidate.name === name);
  if (host.status().state !== 'Running') sendJson(response, 503);
  else if (summary === undefined) sendJson(response, 404);
  else if (summary.trigger !== 'timer') sendOnlyTimers(response, name);
  else {
    void host.invoke(name).catch(() => undefined);
    sendJson(response, 202);
  }
}

/** Not in Azure: runs the timer, waits, and answers with the result. For tests and tools. */
async function awaitRun({ response, host }: AdminExchange, name: string): Promise<void> {
  try {
    sendJson(response, 200, await host.invoke(name));
  } catch (error) {
    if (!(error instanceof MispricedError)) throw error;
    sendJson(response, 400, { error: error.toJSON() });
  }
}

function sendOnlyTimers(response: ServerResponse, name: string): void {
  const message = `'${name}' answers HTTP; this host double starts timers only. Call its address.`;
  sendJson(response, 501, { error: { code: 'NotImplemented', message } });
}

async function holdsJsonObject(request: IncomingMessage): Promise<boolean> {
  try {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return false;
  }
}
