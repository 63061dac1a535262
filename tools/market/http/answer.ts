import type { ServerResponse } from 'node:http';

/** A status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends an answer; `text` replaces the JSON of the body where a fault wants something else sent. */
export function sendAnswer(response: ServerResponse, answer: Answer, text?: string): void {
  const content = Buffer.from(text ?? JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': content.byteLength,
  });
  response.end(content);
}
