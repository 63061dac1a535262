import { stripVTControlCharacters } from 'node:util';
import { MispricedError } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { createOutput } from './output.ts';

function written(json: boolean, isTTY: boolean, environment: Record<string, string> = {}) {
  const texts = { stdout: '', stderr: '' };
  const output = createOutput(
    {
      stdout: { write: (text) => (texts.stdout += text), isTTY },
      stderr: { write: (text) => (texts.stderr += text), isTTY },
      environment,
    },
    json,
  );
  return { output, texts };
}

const error = new MispricedError({ code: 'DATA_MISSING', message: 'no file', fix: 'make one' });

describe('createOutput', () => {
  it('keeps standard output for the result', () => {
    const { output, texts } = written(false, false);
    output.progress('listed 3');
    output.warn('odd');
    output.result({ a: 1 }, 'one');
    expect(texts).toEqual({ stdout: 'one\n', stderr: '· listed 3\n! odd\n' });
  });

  it('writes one JSON value alone with --json', () => {
    const { output, texts } = written(true, false);
    output.progress('listed 3');
    output.result({ a: 1 }, 'one');
    expect(JSON.parse(texts.stdout)).toEqual({ a: 1 });
    expect(texts.stderr).toBe('· listed 3\n');
  });

  it('tells an error with what to do, and as JSON where JSON was asked for', () => {
    const words = written(false, false);
    words.output.error(error);
    expect(words.texts).toEqual({
      stdout: '',
      stderr: 'DATA_MISSING: no file\n  What to do: make one\n',
    });
    const json = written(true, false);
    json.output.error(error);
    expect(JSON.parse(json.texts.stdout)).toEqual({
      error: { code: 'DATA_MISSING', message: 'no file', fix: 'make one' },
    });
    expect(json.texts.stderr).toBe(words.texts.stderr);
  });

  it('names what nobody foresaw, without its stack', () => {
    const { output, texts } = written(false, false);
    output.error(new TypeError('x is not a function'));
    expect(texts.stderr).toMatch(/^INTERNAL: .*x is not a function\n {2}What to do: /);
    expect(texts.stderr.split('\n')).toHaveLength(3);
  });

  it('has colours on a terminal only, and no other words there', () => {
    const { output, texts } = written(false, true);
    output.progress('listed 3');
    expect(texts.stderr).not.toBe('· listed 3\n');
    expect(stripVTControlCharacters(texts.stderr)).toBe('· listed 3\n');
    const plain = written(false, true, { NO_COLOR: '1' });
    plain.output.progress('listed 3');
    expect(plain.texts.stderr).toBe('· listed 3\n');
  });
});
