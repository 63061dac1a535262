import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { html, ownMarkup } from './html.ts';

describe('html', () => {
  it('escapes text and keeps its own results', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<p title="${'"x" & \'y\''}">${inner}</p>`.toString()).toBe(
      '<p title="&quot;x&quot; &amp; &#39;y&#39;"><b>&lt;i&gt;</b></p>',
    );
  });

  it('joins lists, writes numbers and leaves out what is not there', () => {
    expect(
      html`${[html`<i>a</i>`, 'b', 2, null, false, ['c']]}|${null}|${false}|${0}`.toString(),
    ).toBe('<i>a</i>b2c|||0');
  });

  it('takes our own markup as it is', () => {
    expect(html`<i>${ownMarkup('a > b {}')}</i>`.toString()).toBe('<i>a > b {}</i>');
  });

  it('shows characters that deceive as replaced', () => {
    expect(html`${'a\u0000b\u202Ec\u0007d\u00A0e\nf\uD800'}`.toString()).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\u00A0e\nf\uFFFD',
    );
  });

  it('lets no text become an element or an attribute', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '=',
      '/',
      '!--',
      'script',
      ' onload',
      'x',
    );
    const hostile = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        const page = parse(html`<p class="${text}">${text}</p>`.toString());
        expect(page.querySelectorAll('*')).toHaveLength(1);
        const paragraph = page.querySelector('p');
        expect(Object.keys(paragraph?.attributes ?? {})).toEqual(['class']);
        expect(paragraph?.attributes['class']).toBe(text);
        expect(paragraph?.text).toBe(text);
      }),
    );
  });
});
