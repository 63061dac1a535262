import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type GitHub, type JobArgs, startGitHub } from '@mispriced/testing/github';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGitHubRepository, parseRepository, statusOf } from '../src/index.ts';

const repository = { owner: 'quant', name: 'mispriced' };
const fix = 'The token needs `issues: write`.';
let folder: string;
let gitHub: GitHub;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'github-'));
  gitHub = await startGitHub({ certificateFolder: folder });
  const certificate = await readFile(join(folder, 'local-cloud.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
});
afterAll(async () => {
  await gitHub.close();
  await rm(folder, { recursive: true, force: true });
});

function open(
  permissions: JobArgs['permissions'] = { issues: 'write' },
  changes: Partial<Parameters<typeof openGitHubRepository>[0]> = {},
) {
  const job = gitHub.startJob({ repository: 'quant/mispriced', permissions });
  const { GITHUB_TOKEN: token = '', GITHUB_API_URL: apiUrl = '' } = job;
  return openGitHubRepository({ repository, token, apiUrl: `${apiUrl}/`, fix, ...changes });
}

/** Opens an issue, by a repository opened in one way or another. */
function write({ ask, octokit, place }: ReturnType<typeof open>) {
  return ask('opening an issue', async () => {
    const route = 'POST /repos/{owner}/{repo}/issues';
    return (await octokit.request(route, { ...place, title: 'a title', body: 'text' })).data.number;
  });
}

function answering(status: number, message: string): typeof fetch {
  const headers = { 'content-type': 'application/json' };
  return () => Promise.resolve(new Response(JSON.stringify({ message }), { status, headers }));
}

describe('a repository on GitHub', () => {
  it('is written to and read, however many pages there are', async () => {
    const opened = open();
    for (let count = 0; count < 31; count += 1) await write(opened);
    const { octokit, place } = opened;
    const route = 'GET /repos/{owner}/{repo}/issues';
    expect(await octokit.paginate(route, { ...place, per_page: 30 })).toHaveLength(31);
  });

  it('says what to grant, and never the token', async () => {
    await expect(write(open({ issues: 'read' }))).rejects.toMatchObject({
      code: 'GITHUB_REFUSED',
      message: expect.stringMatching(/opening an issue of quant\/mispriced .* with 403/) as string,
      fix,
      retryable: false,
    });
    const refused: unknown = await write(open({}, { token: 'wrong-token' })).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'GITHUB_REFUSED', cause: { status: 401 } });
    expect(String(refused)).not.toContain('wrong-token');
  });

  it.each([
    [503, 'Service Unavailable'],
    [429, 'slow down'],
    [403, 'API rate limit exceeded'],
  ])('calls %i (%s) something that passes, and asks once', async (status, message) => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = (...request) => {
      asked += 1;
      return answering(status, message)(...request);
    };
    await expect(write(open({}, { fetch }))).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
      retryable: true,
    });
    expect(asked).toBe(1);
  });

  it('does not wait for ever', async () => {
    const fetch: typeof globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        const { signal } = init ?? {};
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    await expect(write(open({}, { fetch, timeoutMilliseconds: 1 }))).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
      retryable: true,
    });
  });

  it('is one of the public GitHub where no other is named', () => {
    const { octokit } = open({}, { apiUrl: '' });
    expect(octokit.request.endpoint('GET /user').url).toBe('https://api.github.com/user');
  });
});

it('tells the status of an answer from other errors', () => {
  expect(statusOf(Object.assign(new Error('no'), { status: 404 }))).toBe(404);
  expect(statusOf(new Error('no'))).toBeNull();
});

it('reads the name of a repository', () => {
  expect(parseRepository('quant/mispriced')).toEqual(repository);
  for (const text of ['quant', 'quant/', '/x', 'a/b/c', 'a/..', '-a/b', 'a b/c', 'a/b?c']) {
    expect(parseRepository(text), text).toBeNull();
  }
});
