import { type GitHub, startGitHub } from '@mispriced/testing/github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventedData } from '../../test/support/invented-data.ts';
import { markerOf } from '../comment/marker.ts';
import { renderComment } from '../comment/render-comment.ts';
import { openGithub } from './github.ts';
import { putComment } from './put-comment.ts';

const repository = 'quant/mispriced';
const permissions = { 'pull-requests': 'write' } as const;
const bot = 'github-actions[bot]';

describe('GitHub', () => {
  let gitHub: GitHub;
  beforeEach(async () => {
    gitHub = await startGitHub();
  });
  afterEach(() => gitHub.close());

  const open = (changes: { login?: string; token?: string; name?: string } = {}) => {
    const { login = bot, name = 'mispriced' } = changes;
    const job = gitHub.startJob({ repository, permissions, login });
    const { GITHUB_TOKEN: token = '', GITHUB_API_URL: apiUrl = '' } = job;
    return openGithub({
      repository: { owner: 'quant', name },
      token: changes.token ?? token,
      apiUrl: `${apiUrl}/`,
      fetch,
    });
  };
  const say = (number: number, login: string, body: string) =>
    gitHub.addComment(repository, number, login, body);
  const bodies = () =>
    gitHub.comments(repository).map(({ user, body }) => `${user.login}: ${body}`);

  it.each([bot, 'quant'])('has one comment, however often it is written by %s', async (login) => {
    const github = open({ login });
    const put = (body: string) => putComment({ github, pullRequest: 12, body });
    const first = renderComment(inventedData());
    expect(await put(first)).toMatchObject({
      action: 'created',
      url: expect.stringContaining('#issuecomment-') as string,
    });
    expect(await put(first)).toEqual({ action: 'unchanged', url: null });
    const second = renderComment({ ...inventedData(), status: 'live' });
    expect(await put(second)).toMatchObject({ action: 'updated' });
    expect(bodies()).toEqual([`${login}: ${second}`]);
  });

  it('finds it behind pages of others, on its own pull request', async () => {
    const marker = markerOf(12);
    for (let index = 0; index < 230; index += 1) say(12, 'talker', `comment ${index}`);
    say(12, bot, `${marker}\nold`);
    say(13, bot, `${markerOf(13)}\nanother`);
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nnew` });
    expect(bodies().slice(-2)).toEqual([
      `${bot}: ${marker}\nnew`,
      `${bot}: ${markerOf(13)}\nanother`,
    ]);
    expect(gitHub.requests.filter((each) => each.startsWith('GET /api/repos'))).toHaveLength(3);
  });

  it('leaves alone what another wrote under its marker, and what only quotes it', async () => {
    const marker = markerOf(12);
    say(12, 'mallory', `${marker}\nmine`);
    say(12, bot, `> ${marker}\nquoted`);
    say(12, bot, `${markerOf(123)}\nof another`);
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nreal` });
    expect(bodies()).toHaveLength(4);
    expect(bodies()[0]).toBe(`mallory: ${marker}\nmine`);
  });

  it('keeps the oldest of several', async () => {
    const marker = markerOf(12);
    const [first] = ['one', 'two', 'three'].map((text) => say(12, bot, `${marker}\n${text}`));
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nnew` });
    expect(gitHub.comments(repository)).toEqual([{ ...first, body: `${marker}\nnew` }]);
  });

  it('writes no farewell where nothing was said', async () => {
    const args = { github: open(), pullRequest: 12, body: 'gone', onlyUpdate: true };
    expect(await putComment(args)).toEqual({ action: 'none', url: null });
    expect(bodies()).toEqual([]);
  });

  it('tells open from closed, and from what it does not show', async () => {
    gitHub.setPullRequest(repository, 1, 'open');
    gitHub.setPullRequest(repository, 2, 'closed');
    const github = open();
    const states = [1, 2, 3].map((number) => github.pullRequestState(number));
    expect(await Promise.all(states)).toEqual(['open', 'closed', 'unknown']);
  });

  it('says what to grant, and never the token', async () => {
    const error: unknown = await open({ token: 'wrong-token' })
      .createComment(12, 'text')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'GITHUB_REFUSED',
      message: expect.stringContaining('with 401: Bad credentials') as string,
      fix: expect.stringContaining('pull-requests: write') as string,
    });
    expect(String(error)).not.toContain('wrong-token');
    await expect(
      open({ login: 'quant', name: 'other' }).createComment(1, 'x'),
    ).rejects.toMatchObject({
      code: 'GITHUB_REFUSED',
    });
    await expect(open().createComment(12, 'x'.repeat(65_537))).rejects.toMatchObject({
      code: 'GITHUB_REFUSED',
      message: expect.stringContaining('too long') as string,
    });
  });

  it.each([
    [503, 'Service Unavailable'],
    [429, 'slow down'],
    [403, 'API rate limit exceeded'],
  ])('calls %i (%s) something that passes', async (status, message) => {
    gitHub.failures.push({ status, message });
    await expect(open().pullRequestState(1)).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
      retryable: true,
    });
  });

  it('says that it cannot be reached', async () => {
    const github = open();
    await gitHub.close();
    await expect(github.pullRequestState(1)).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' });
  });
});
