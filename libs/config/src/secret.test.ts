import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const value = 'k9-very-secret-value';
const secret = new Secret(value);

function consoleOutput(...values: unknown[]): string {
  const output = new PassThrough();
  const sink = new Console(output, output);
  sink.log(...values);
  sink.error(...values);
  sink.dir(values[0], { depth: 9, showHidden: true });
  sink.table(values);
  return String(output.read());
}

describe('a secret', () => {
  it('gives its value to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe(value);
  });

  it.each<[string, () => string]>([
    ['a template', () => `key ${secret as unknown as string}`],
    ['concatenation', () => 'key=' + String(secret)],
    ['JSON', () => JSON.stringify({ nested: [{ secret }] })],
    ['inspect', () => inspect({ nested: { secret } }, { depth: 9, showHidden: true })],
    ['inspect inside a map', () => inspect(new Map([['secret', secret]]))],
    ['%s', () => format('%s', secret)],
    ['%o, %O and %j', () => format('%o %O %j', secret, secret, { secret })],
    ['console', () => consoleOutput({ secret }, secret)],
    ['an error with a cause', () => inspect(new Error('refused', { cause: { secret } }))],
    ['an error about it', () => String(new Error(`refused: ${String(secret)}`).stack)],
  ])('prints as *** in %s', (_, print) => {
    expect(print()).toContain('***');
    expect(print()).not.toContain(value);
  });

  it.each<[string, () => string]>([
    ['inspect without custom functions', () => inspect(secret, { customInspect: false })],
    ['a structured clone', () => inspect(structuredClone(secret), { showHidden: true })],
    ['a copy of its properties', () => JSON.stringify({ ...(secret as object) })],
    ['its entries', () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
    ['%d', () => format('%d', secret)],
    ['V8 serialisation', () => serialize({ secret }).toString('latin1')],
    ['its type', () => Object.prototype.toString.call(secret)],
    ['assigning it to an object', () => JSON.stringify(Object.assign({}, secret))],
  ])('is not to be had from %s', (_, print) => {
    expect(print()).not.toContain(value);
  });

  it('never shows whatever its value is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (any) => {
        const planted = new Secret(any);
        const prints = [String(planted), JSON.stringify(planted), inspect(planted)];
        expect(prints).toEqual(['***', '"***"', '***']);
      }),
    );
  });
});
