import type { HttpResponseInit } from '@azure/functions';
import { parseExpectation } from '@mispriced/config';
import { loadAppConfig } from '../config-source.ts';
import { readStatus } from './read-status.ts';
import { statusPage } from './status-page.ts';

/**
 * Answers how the strategy is: 200 when everything it depends on is well, else 503; a page for a
 * browser, else JSON.
 *
 * @param request.expects A secret that whoever asks expects the app to have, or null.
 */
export async function answerStatus(request: {
  accept: string;
  expects: string | null;
}): Promise<HttpResponseInit> {
  const status = await readStatus({
    load: () => loadAppConfig(),
    now: () => new Date(),
    expectation: request.expects === null ? null : parseExpectation(request.expects),
  });
  const code = status.healthy ? 200 : 503;
  const headers = { 'cache-control': 'no-store' };
  if (!request.accept.includes('text/html')) return { status: code, headers, jsonBody: status };
  return {
    status: code,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: statusPage(status),
  };
}
