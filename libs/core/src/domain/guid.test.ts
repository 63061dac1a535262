import { describe, expect, it } from 'vitest';
import { isGuid, withoutGuids } from './guid.ts';

const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('a GUID', () => {
  it.each([guid, guid.toUpperCase()])('is %s', (text) => {
    expect(isGuid(text)).toBe(true);
  });

  it.each([`{${guid}}`, ` ${guid}`, guid.replaceAll('-', ''), `${guid}0`, '', null, 7])(
    'is not %j',
    (value) => {
      expect(isGuid(value)).toBe(false);
    },
  );

  it('is found inside a text', () => {
    expect(withoutGuids(`/a/${guid}/b/${guid.toUpperCase()}`)).toBe('/a//b/');
  });
});
