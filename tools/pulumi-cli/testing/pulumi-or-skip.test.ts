import { expect, it, onTestFinished, vi } from 'vitest';
import { pulumiOrSkip } from './pulumi-or-skip.ts';

const missing = () => Promise.reject(new Error('The Pulumi command line is not to be had here.'));

it('says loudly that tests are skipped where there is no Pulumi', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  onTestFinished(() => {
    warn.mockRestore();
  });
  expect(await pulumiOrSkip({ find: missing, environment: {} })).toBeNull();
  expect(warn).toHaveBeenCalledWith(
    expect.stringMatching(/SKIPPED: tests with the Pulumi engine. The Pulumi command line is not/),
  );
});

it('fails in CI instead', async () => {
  const attempt = pulumiOrSkip({ find: missing, environment: { CI: 'true' } });
  await expect(attempt).rejects.toThrow('not to be had here');
});
