import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventedData } from '../../test/support/invented-data.ts';
import { type GithubDouble, startGithub } from '../../test/support/start-github.ts';
import { markerOf } from '../comment/marker.ts';
import { renderComment } from '../comment/render-comment.ts';
import { openGithub } from './github.ts';
import { putComment } from './put-comment.ts';

const repository = { owner: 'quant', name: 'mispriced' };

describe('GitHub', () => {
  let double: GithubDouble;
  beforeEach(async () => {
    double = await startGithub({ workflow: 'github-actions[bot]', person: 'quant' });
  });
  afterEach(() => double.close());

  const open = (token = 'workflow', name = 'mispriced') =>
    openGithub({ repository: { ...repository, name }, token, apiUrl: `${double.url}/`, fetch });
  const bodies = () => double.comments.map(({ login, body }) => `${login}: ${body}`);

  it.each(['workflow', 'person'])(
    'has one comment, however often it is written by a %s',
    async (token) => {
      const github = open(token);
      const put = (body: string) => putComment({ github, pullRequest: 12, body });
      const first = renderComment(inventedData());
      expect(await put(first)).toMatchObject({
        action: 'created',
        url: expect.stringContaining('#issuecomment-') as string,
      });
      expect(await put(first)).toEqual({ action: 'unchanged', url: null });
      const second = renderComment({ ...inventedData(), status: 'live' });
      expect(await put(second)).toMatchObject({ action: 'updated' });
      expect(double.comments.map(({ body }) => body)).toEqual([second]);
    },
  );

  it('finds it behind pages of others, on its own pull request', async () => {
    const marker = markerOf(12);
    for (let index = 0; index < 230; index += 1) double.comment(12, 'talker', `comment ${index}`);
    double.comment(12, 'github-actions[bot]', `${marker}\nold`);
    double.comment(13, 'github-actions[bot]', `${markerOf(13)}\nanother`);
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nnew` });
    expect(bodies().slice(-2)).toEqual([
      `github-actions[bot]: ${marker}\nnew`,
      `github-actions[bot]: ${markerOf(13)}\nanother`,
    ]);
    expect(double.requests.filter((each) => each.startsWith('GET /repos'))).toHaveLength(3);
  });

  it('leaves alone what another wrote under its marker, and what only quotes it', async () => {
    const marker = markerOf(12);
    double.comment(12, 'mallory', `${marker}\nmine`);
    double.comment(12, 'github-actions[bot]', `> ${marker}\nquoted`);
    double.comment(12, 'github-actions[bot]', `${markerOf(123)}\nof another`);
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nreal` });
    expect(bodies()).toHaveLength(4);
    expect(bodies()[0]).toBe(`mallory: ${marker}\nmine`);
  });

  it('keeps the oldest of several', async () => {
    const marker = markerOf(12);
    for (const text of ['one', 'two', 'three']) {
      double.comment(12, 'github-actions[bot]', `${marker}\n${text}`);
    }
    await putComment({ github: open(), pullRequest: 12, body: `${marker}\nnew` });
    expect(double.comments).toMatchObject([{ id: 1000, body: `${marker}\nnew` }]);
  });

  it('writes no farewell where nothing was said', async () => {
    const args = { github: open(), pullRequest: 12, body: 'gone', onlyUpdate: true };
    expect(await putComment(args)).toEqual({ action: 'none', url: null });
    expect(double.comments).toEqual([]);
  });

  it('tells open from closed, and from what it does not show', async () => {
    double.pullRequests.set(1, 'open').set(2, 'closed');
    const github = open();
    const states = [1, 2, 3].map((number) => github.pullRequestState(number));
    expect(await Promise.all(states)).toEqual(['open', 'closed', 'unknown']);
  });

  it('says what to grant, and never the token', async () => {
    const error: unknown = await open('wrong-token')
      .createComment(12, 'text')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'GITHUB_REFUSED',
      message: expect.stringContaining('with 401: Bad credentials') as string,
      fix: expect.stringContaining('pull-requests: write') as string,
    });
    expect(String(error)).not.toContain('wrong-token');
    await expect(open('person', 'other').createComment(1, 'x')).rejects.toMatchObject({
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
    double.failures.push({ status, message });
    await expect(open().pullRequestState(1)).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
      retryable: true,
    });
  });

  it('says that it cannot be reached', async () => {
    await double.close();
    await expect(open().pullRequestState(1)).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' });
    double = await startGithub({});
  });
});
