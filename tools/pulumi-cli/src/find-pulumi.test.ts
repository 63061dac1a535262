import { describe, expect, it } from 'vitest';
import { findPulumi } from './find-pulumi.ts';
import type { FoundPulumi, PulumiProbe, PulumiSource } from './found-pulumi.ts';

const sources: PulumiSource[] = ['path', 'cache', 'installer', 'go-build'];

function found(source: PulumiSource, version = '3.255.0'): FoundPulumi {
  return { path: `/somewhere/${source}/pulumi`, version, source, languageHostPath: null };
}

function probe(
  source: PulumiSource,
  find: () => Promise<FoundPulumi | null>,
  asked: PulumiSource[],
): PulumiProbe {
  return {
    source,
    find: () => {
      asked.push(source);
      return find();
    },
  };
}

describe('findPulumi', () => {
  it.each(sources)('takes the one from %s and asks no later place', async (chosen) => {
    const asked: PulumiSource[] = [];
    const probes = sources.map((source) =>
      probe(source, () => Promise.resolve(source === chosen ? found(source) : null), asked),
    );
    expect(await findPulumi({ probes })).toEqual(found(chosen));
    expect(asked).toEqual(sources.slice(0, sources.indexOf(chosen) + 1));
  });

  it('passes over a place that fails and a version that cannot be used, and says why', async () => {
    const lines: string[] = [];
    const probes = [
      probe('path', () => Promise.resolve(found('path', '2.25.2')), []),
      probe('cache', () => Promise.reject(new Error('cannot execute')), []),
      probe('installer', () => Promise.resolve(found('installer')), []),
    ];
    const answer = await findPulumi({ probes, report: (line) => lines.push(line) });
    expect(answer.source).toBe('installer');
    expect(lines).toEqual([
      'No Pulumi from path: version 2.25.2 is not a version 3.',
      'No Pulumi from cache: cannot execute',
      'Pulumi 3.255.0 from installer: /somewhere/installer/pulumi',
    ]);
  });

  it('says what was wrong at every place when there is none', async () => {
    const probes = sources.map((source) =>
      probe(source, () => Promise.reject(new Error(`${source} is broken.`)), []),
    );
    await expect(findPulumi({ probes })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringMatching(
        /path is broken.*cache is.*installer is.*go-build is/,
      ) as string,
    });
  });
});
