import { provesAll } from '@mispriced/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventedData } from '../../test/support/invented-data.ts';
import { outsideCode, renderMarkdown, tagsOf } from '../../test/support/render-markdown.ts';
import { previewDataSchema } from '../preview-data.ts';
import { mostBytes } from './fit-sections.ts';
import { renderComment, renderGoneComment } from './render-comment.ts';

/** Pieces that mean something to Markdown, to HTML or to GitHub, wherever they come to stand. */
const pieces = [
  ...['`', '``', '```\n', '~~~', '|', '\\', '\\|', '\\`', '*', '**', '_', '~~', '#', '# ', '- '],
  ...['\n', '\r\n', '\n\n', '\t', ' ', '    ', '\u0000', '\u2028', '\u202e', '\u200b', '\ud800'],
  ...['<', '>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</code>', '<!--'],
  ...[
    '-->',
    '<!-- mispriced-preview pr-1 -->',
    '&lt;',
    '&#64;',
    '[a](javascript:alert(1))',
    '![',
    '](',
  ],
  ...['[x]: https://evil.example', 'https://evil.example', 'www.evil.example', 'a@evil.example'],
  ...[
    '@octocat',
    '@org/team',
    '#1',
    'GH-1',
    'o/r#1',
    'o/r@0123456',
    ':tada:',
    '$`x`$',
    '$$',
    '[^1]',
  ],
  ...[
    '| a | b |\n| - | - |',
    '1. ',
    '> ',
    '---',
    '===',
    '<details>',
    '::',
    'e\u0301',
    '𝕏',
    'purpose',
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const plain = renderMarkdown(renderComment(inventedData()));

describe('the comment', () => {
  it('shows everything that the data holds', () => {
    const data = inventedData();
    expect(previewDataSchema.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
    const comment = renderComment(data);
    expect(comment).toMatchInlineSnapshot(`
      "<!-- mispriced-preview pr-12 -->

      ## Preview of \`pr-12\` is not well

      Commit \`0123456789ab…\`, on paper, over an archived listing. As of 2026-11-23 21:05 UTC.
      What stands of it is taken away after 2026-11-26 21:05 UTC; every push begins its time anew.

      **\`INTERNAL\`**: \`it broke\`

      What to do: \`mend it\`

      [status of the app](<https://app.example/api/status>) · [report of the run](<https://r.example/a>)

      ### Policy

      **Stopped.** 1 finding; nothing was made.

      - \`rule\` on \`resource\`: \`finding\`

      Not everything is compared with the base: \`no package\`

      ### Environments that last, against \`origin/main\`

      - setting \`infra/Pulumi.prod.yaml liveTrading\`: \`"false"\` → \`"true"\`
      - setting \`infra/Pulumi.prod.yaml schedule\`: none → \`later\`
      - \`prod\`: update \`x\` \`settings\`: \`properties.MODE\`

      ### Infrastructure against \`origin/main\`

      1 update.

      - update \`x\` \`container\`: \`publicAccess\`

      ### Infrastructure of this preview

      1 **replace**, 1 **delete**, 1 create, 1 \`import\`.

      - **replace** \`x\` \`account\`: \`location\`
      - **delete** \`x\` \`old\`: \`property\`
      - create \`web:WebApp\` \`app\`
      - \`import\` \`x\` \`y\`

      ### Settings and schedules against \`origin/main\`

      - schedule \`daily-trade\`: \`3 25 15 * * *\` → \`later\`
      - setting \`threshold\`: \`0.04\` → none
      - the code is another

      ### Run and package

      - \`mispriced-20260105T152503Z\` ended as \`traded\` in the mode \`paper\`: 250 listed, 240 scored, 3 to buy, 2 bought for \`50.00\` dollars
      - model \`lendingclub 1\`
      - package 1.05 MB, +50.0 kB against \`origin/main\`

      ### Decisions against \`origin/main\`

      4 of 250 are others, 247 the same.

      #### Bought here, not by \`origin/main\`: 2

      | listing | here | why | base | why |
      | :-- | :-- | :-- | :-- | :-- |
      | \`1001\` | buy \`25.00\` | \`edge\` at edge -0.0500 | skip | \`within\` at edge -0.0300 |
      | \`1003\` | buy \`25.00\` | \`edge\` at edge -0.0500 | not listed |  |

      #### Bought by \`origin/main\`, not here: 1

      | listing | here | why | base | why |
      | :-- | :-- | :-- | :-- | :-- |
      | \`1002\` | skip | \`within\` at edge -0.0300 | buy \`25.00\` | \`edge\` at edge -0.0500 |

      #### Another amount or reason: 1

      | listing | here | why | base | why |
      | :-- | :-- | :-- | :-- | :-- |
      | \`1004\` | not listed |  | skip | \`within\` at edge -0.0300 |
      "
    `);
  });

  it('names what is replaced and deleted first', () => {
    const comment = renderComment(inventedData());
    const at = (text: string) => comment.indexOf(text);
    expect(at('- **replace**')).toBeGreaterThan(0);
    expect(at('- **replace**')).toBeLessThan(at('- **delete**'));
    expect(at('- **delete**')).toBeLessThan(at('- create'));
  });

  it('has the same shape whatever texts from elsewhere say, and no link, mention or HTML of theirs', () => {
    const tags = tagsOf(plain).filter((tag) => !/^<\/?a\b/.test(tag));
    const words = outsideCode(plain);
    const fixed = words.replaceAll(/<a [^>]*>[^<]*<\/a>/g, '');
    fc.assert(
      fc.property(fc.infiniteStream(hostile), (stream) => {
        const data = inventedData(() => {
          const [text = 'x'] = stream.take(1);
          return text === '' ? 'x' : text;
        });
        const comment = renderComment(data);
        const html = renderMarkdown(comment);
        // What could not be shown as code is a word of ours, and so are the addresses' words.
        const shown = outsideCode(html)
          .replaceAll(/<a href="https:[^"]*">(status of the app|report of the run)<\/a>/g, '')
          .replaceAll('(blank)', '')
          .replaceAll('status of the app: ', '')
          .replaceAll('report of the run: ', '');
        expect(shown).toBe(fixed);
        const others = tagsOf(html).filter((tag) => !/^<\/?(code>$|a\b)/.test(tag));
        expect(others).toEqual(tags.filter((tag) => !/^<\/?code>$/.test(tag)));
        expect(comment.split('\n')[0]).toBe('<!-- mispriced-preview pr-12 -->');
      }),
      { numRuns: provesAll ? 1000 : 50 },
    );
  });

  it('shows hostile text as it is', () => {
    const purpose = '</code><img src=x onerror=alert(1)> @octocat | `#1`';
    const html = renderMarkdown(renderComment(inventedData(() => purpose)));
    expect(html).toContain('&lt;/code&gt;&lt;img src=x onerror=alert(1)&gt; @octocat');
    expect(html).not.toContain('<img');
    expect(outsideCode(html)).not.toContain('octocat');
  });

  it('links nothing but plain addresses', () => {
    for (const address of [
      'javascript:alert(1)',
      'http://app.example',
      'https://a.example/)[x](https://evil.example',
      'https://a.example/> <img src=x>',
      'https://user@evil.example',
    ]) {
      const links = { status: address, report: null };
      const html = renderMarkdown(renderComment({ ...inventedData(), links }));
      expect(html).not.toContain('<a ');
    }
  });

  it('stays within the limit by leaving out whole rows, and counts them', () => {
    const data = inventedData();
    const { decisions, changes } = data;
    const [first] = decisions?.changed ?? [];
    if (first === undefined || changes?.[0] === undefined)
      throw new TypeError('nothing is invented');
    const many = (number: number) => ({
      ...data,
      changes: Array.from({ length: number }, () => changes[0]).filter(
        (each) => each !== undefined,
      ),
      decisions: {
        compared: number,
        same: 0,
        changed: Array.from({ length: number }, (_, index) => ({
          ...first,
          id: `\u{10ffff}`.repeat(300) + String(index),
        })),
      },
    });
    const comment = renderComment(many(5000));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(mostBytes);
    expect(Buffer.byteLength(comment)).toBeGreaterThan(mostBytes * 0.9);
    expect(comment).toMatch(/… and \d{4} more listings\./);
    expect(comment).toMatch(/… and \d{4} more resources\./);
    const rows = renderMarkdown(comment).match(/<tr>/g)?.length ?? 0;
    expect(rows).toBeGreaterThan(10);
    for (const limit of [4000, 20_000]) {
      expect(Buffer.byteLength(renderComment(many(100), limit))).toBeLessThanOrEqual(limit);
    }
  });

  it('is within the limit for every data, however hostile', () => {
    const longest = '\u{10ffff}`'.repeat(5000);
    const comment = renderComment(inventedData(() => longest));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(mostBytes);
  });

  it('is made of data within limits alone, whoever wrote it', () => {
    const data = inventedData();
    const [change] = data.changes ?? [];
    const wrong = [
      { ...data, stack: 'x'.repeat(70_000) },
      { ...data, changes: Array.from({ length: 50_001 }, () => change) },
      { ...data, more: 'than is known' },
      { ...data, pullRequest: 0 },
    ];
    for (const each of wrong) expect(previewDataSchema.safeParse(each).success).toBe(false);
    expect(previewDataSchema.safeParse(data).success).toBe(true);
  });

  it('becomes another when the preview has gone, under the same marker', () => {
    const gone = renderGoneComment(12, new Date('2026-11-23T21:05:00Z'));
    expect(gone.split('\n')[0]).toBe(renderComment(inventedData()).split('\n')[0]);
    expect(gone).toContain('is gone');
  });
});
