import { describe, expect, it } from 'vitest';
import { failureMessages, isListed } from './failure-messages.ts';

describe('failureMessages', () => {
  it.each([
    ["message: 'It is gone for good.',", ['It is gone for good.']],
    ['throw refused(`${what} is ${names.map((n) => `<${n}>`).join()}.`, fix)', ['… is ….']],
    ["message:\n  found.length === 0\n ? `No ${x}.`\n : 'Many.',", ['No ….', 'Many.']],
    ['problem(\n  `a \\`b\\` c`)', ['a `b` c']],
    ['return { message, fix };', []],
    ['message: z.string(),', []],
  ])('reads %s', (code, messages) => {
    expect(failureMessages(code)).toEqual(messages);
  });
});

describe('isListed', () => {
  const page = '| load | `The function … did not register`, `It is gone for good.` | do it |';

  it.each([
    ['The function … did not register, though the app has a file for it.', true],
    ['It is gone for good.', true],
    ['The function … registered.', false],
    ['It is ….', true],
    ['It was gone for good.', false],
  ])('of %s: %s', (message, listed) => {
    expect(isListed(page, message)).toBe(listed);
  });
});
