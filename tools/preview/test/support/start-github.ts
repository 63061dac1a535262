import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A comment as the double keeps it. */
interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

/** A GitHub on loopback: issue comments, pull requests and sign-in, as its REST API describes them. */
export interface GithubDouble {
  readonly url: string;
  readonly comments: StoredComment[];
  readonly pullRequests: Map<number, 'open' | 'closed'>;
  /** Every request as `METHOD /path?query`. */
  readonly requests: string[];
  /** Answers the next requests so, whatever they ask. */
  readonly failures: { status: number; message: string }[];
  comment(issue: number, login: string, body: string): StoredComment;
  close(): Promise<void>;
}

const mostBodyCharacters = 65_536;
const repository = '/repos/quant/mispriced';

interface Exchange {
  readonly url: URL;
  readonly body: { readonly body?: unknown };
  readonly login: string;
  readonly double: GithubDouble;
  readonly match: RegExpExecArray;
  readonly answer: (status: number, body?: unknown, headers?: Record<string, string>) => void;
}

const routes: readonly [method: string, path: RegExp, handle: (exchange: Exchange) => void][] = [
  ['GET', /^\/user$/, showUser],
  ['GET', new RegExp(`^${repository}/issues/(\\d+)/comments$`), listComments],
  ['POST', new RegExp(`^${repository}/issues/(\\d+)/comments$`), addComment],
  ['PATCH', new RegExp(`^${repository}/issues/comments/(\\d+)$`), changeComment],
  ['DELETE', new RegExp(`^${repository}/issues/comments/(\\d+)$`), removeComment],
  ['GET', new RegExp(`^${repository}/pulls/(\\d+)$`), showPullRequest],
];

/**
 * Starts it on a free port.
 *
 * @param tokens Who each token signs in as.
 */
export async function startGithub(tokens: Readonly<Record<string, string>>): Promise<GithubDouble> {
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const comments: StoredComment[] = [];
  const double: GithubDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    pullRequests: new Map(),
    requests: [],
    failures: [],
    comment: (issue, login, body) => {
      const added = { id: 1000 + comments.length, issue, login, body };
      comments.push(added);
      return added;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', double.url);
    const method = request.method ?? 'GET';
    double.requests.push(`${method} ${url.pathname}${url.search}`);
    const answer: Exchange['answer'] = (status, body, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const failure = double.failures.shift();
    if (failure !== undefined) {
      answer(failure.status, { message: failure.message });
      return;
    }
    const login = tokens[request.headers.authorization?.replace(/^(token|bearer) /i, '') ?? ''];
    if (login === undefined) {
      answer(401, { message: 'Bad credentials' });
      return;
    }
    for (const [wanted, path, respond] of routes) {
      const match = path.exec(url.pathname);
      if (match === null || wanted !== method) continue;
      const body = ['POST', 'PATCH'].includes(method)
        ? ((await json(request)) as Exchange['body'])
        : {};
      respond({ url, body, login, double, match, answer });
      return;
    }
    const isKnown = url.pathname.startsWith('/repos/') && !url.pathname.startsWith(repository);
    answer(isKnown ? 404 : 501, {
      message: isKnown ? 'Not Found' : 'This double has no such route',
    });
  }
  return double;
}

/** A workflow's token may not ask who it is. */
function showUser({ login, answer }: Exchange): void {
  if (login.endsWith('[bot]')) answer(403, { message: 'Resource not accessible by integration' });
  else answer(200, { login });
}

/** Thirty to a page unless asked, with `rel="next"` in Link while there are more. */
function listComments({ url, match, double, answer }: Exchange): void {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const page = Number(url.searchParams.get('page') ?? 1);
  const all = double.comments.filter(({ issue }) => issue === Number(match[1]));
  const shown = all.slice((page - 1) * size, page * size);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const more = all.length > page * size;
  answer(200, shown.map(present), more ? { link: `<${next.href}>; rel="next"` } : {});
}

function addComment({ body, match, login, double, answer }: Exchange): void {
  const text = checkedBody(body.body);
  if (text === null) answer(422, { message: 'Validation Failed: body is too long or missing' });
  else answer(201, present(double.comment(Number(match[1]), login, text)));
}

function changeComment({ body, match, double, answer }: Exchange): void {
  const comment = double.comments.find(({ id }) => id === Number(match[1]));
  const text = checkedBody(body.body);
  if (comment === undefined) answer(404, { message: 'Not Found' });
  else if (text === null)
    answer(422, { message: 'Validation Failed: body is too long or missing' });
  else {
    comment.body = text;
    answer(200, present(comment));
  }
}

function removeComment({ match, double, answer }: Exchange): void {
  const index = double.comments.findIndex(({ id }) => id === Number(match[1]));
  if (index === -1) answer(404, { message: 'Not Found' });
  else {
    double.comments.splice(index, 1);
    answer(204);
  }
}

function showPullRequest({ match, double, answer }: Exchange): void {
  const state = double.pullRequests.get(Number(match[1]));
  if (state === undefined) answer(404, { message: 'Not Found' });
  else answer(200, { number: Number(match[1]), state });
}

function checkedBody(body: unknown): string | null {
  return typeof body === 'string' && body !== '' && body.length <= mostBodyCharacters ? body : null;
}

/** With line ends as GitHub keeps them. */
function present({ id, login, body }: StoredComment): unknown {
  return {
    id,
    user: { login },
    body: body.replaceAll('\n', '\r\n'),
    html_url: `https://github.example/quant/mispriced/pull/1#issuecomment-${id}`,
  };
}
