import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRelease } from './read-release.ts';

const manifest = '{"format":1}\n';
const content = createHash('sha256').update(manifest).digest('hex');

async function packageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  await writeFile(join(folder, 'package-manifest.json'), manifest);
  return folder;
}

/** A store that holds one object and asks for no other. */
function storeWith(path: string, text: string): Parameters<typeof readRelease>[0]['objects'] {
  return {
    read: (container, asked) =>
      Promise.resolve(
        container === 'packages' && asked === path
          ? { bytes: new TextEncoder().encode(text), etag: '1' }
          : null,
      ),
  };
}

describe('readRelease', () => {
  it('names nothing where it runs from the sources', async () => {
    const objects = storeWith('none', '');
    expect(await readRelease({ packageRoot: tmpdir(), objects })).toEqual({
      content: null,
      package: null,
      commit: null,
    });
  });

  it('names the package and commit of the code that asks', async () => {
    const note = { package: 'a'.repeat(64), commit: 'abcdef0' };
    const objects = storeWith(`contents/${content}.json`, JSON.stringify(note));
    expect(await readRelease({ packageRoot: await packageFolder(), objects })).toEqual({
      content,
      ...note,
    });
  });

  it.each(['', '{}', 'not JSON'])('still tells what runs where the note is %j', async (text) => {
    const objects = storeWith(`contents/${content}.json`, text);
    expect(await readRelease({ packageRoot: await packageFolder(), objects })).toEqual({
      content,
      package: null,
      commit: null,
    });
  });
});
