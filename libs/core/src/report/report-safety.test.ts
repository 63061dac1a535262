import { type HTMLElement, parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { parseMoney } from '../domain/money.ts';
import { renderReport } from './render-report.ts';
import type { ReportInput } from './report-input.ts';
import { buy, decision, manifest, order, reportInput, summary } from './test/invented-run.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;\u202E`;
/** What a reader sees of it. */
const shown = hostile.replace('\u202E', '\uFFFD');

/** Every text that comes from outside, hostile. */
function hostileInput(): ReportInput {
  const group = `60 ${hostile}`;
  const { intent, result } = order(hostile, 'filled');
  return reportInput({
    summary: {
      ...summary,
      runId: hostile,
      dropped: { [hostile]: 2, 'missing-value': 1 },
      model: { name: hostile, version: hostile },
      ledger: hostile,
      decisions: hostile,
      error: { code: 'INTERNAL', message: hostile, fix: hostile },
    },
    market: { name: hostile, simulated: true, asOf: hostile },
    writtenAt: hostile,
    killSwitch: true,
    limits: {
      perOrder: parseMoney('25'),
      perRun: parseMoney('25'),
      perDay: parseMoney('125'),
      perMonth: parseMoney('250'),
      perGroup: { default: null, byGroup: { [group]: parseMoney('25') } },
      listingShare: '0.25',
      minimumOrder: parseMoney('25'),
      step: parseMoney('25'),
    },
    manifest: {
      ...manifest,
      name: hostile,
      version: hostile,
      model: { ...manifest.model, estimator: hostile },
      label: { name: hostile, hindsight: true, horizonMonths: null },
      training: { ...manifest.training, issuedBefore: hostile },
      metrics: { ...manifest.metrics, splitAt: hostile },
      riskCurves: { [group]: { prices: [1, 2], risks: [0.1, 0.2] } },
      features: {
        name: hostile,
        price: { field: hostile, column: hostile, unit: hostile },
        group: { field: hostile, column: hostile, unit: hostile },
        ownData: [{ name: hostile, keys: [], date: null, columns: [hostile] }],
      },
    },
    decisions: [{ ...buy(hostile), group }, decision({ id: hostile, group })],
    dropped: [{ id: hostile, price: null, group: null, reason: 'missing-value', detail: hostile }],
    orders: [
      {
        intent: { ...intent, group },
        result: result && { ...result, venueStatuses: [hostile] },
      },
    ],
    notes: [hostile],
    problems: [{ code: hostile, message: hostile, fix: hostile }],
  });
}

const pages: [string, string][] = [
  ['an ordinary run', renderReport(reportInput())],
  ['hostile text', renderReport(hostileInput())],
];

function elementsOf(page: string): HTMLElement[] {
  return parse(page).querySelectorAll('*');
}

describe.each(pages)('a report of %s', (_, page) => {
  it('holds no script, no handler and nothing that loads or submits', () => {
    const names = new Set(elementsOf(page).map((element) => element.tagName.toLowerCase()));
    for (const name of [
      'script',
      'img',
      'iframe',
      'object',
      'embed',
      'link',
      'form',
      'base',
      'use',
    ]) {
      expect(names).not.toContain(name);
    }
    for (const element of elementsOf(page)) {
      for (const [name, value] of Object.entries(element.attributes)) {
        expect(name).not.toMatch(/^on|^src|^style$|^xlink|^action$/i);
        if (name === 'href') expect(value).toMatch(/^#[a-z]+$/);
        if (value.includes('url(')) expect(value).toMatch(/^url\(#[a-z0-9-]+\)$/);
      }
    }
  });

  it('asks for nothing from outside', () => {
    const style = parse(page).querySelector('style')?.text ?? '';
    expect(style.length).toBeGreaterThan(1000);
    expect(style).not.toMatch(/url\(|@import|@font-face/);
    expect(page).not.toMatch(/https?:|\/\/[a-z]/i);
    const policy = parse(page).querySelector('meta[http-equiv]')?.attributes['content'];
    expect(policy).toContain("default-src 'none'");
  });

  it('has a language, a title, one first heading, and no level left out', () => {
    const root = parse(page);
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(root.querySelector('html')?.attributes['lang']).toBe('en');
    expect(root.querySelector('title')?.text).not.toBe('');
    const levels = elementsOf(page)
      .map(({ tagName }) => /^H([1-6])$/.exec(tagName)?.[1])
      .filter((level) => level !== undefined)
      .map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, i) => {
      expect(level - (levels[i] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it('names its tables, their columns and rows, and its plots', () => {
    const root = parse(page);
    for (const table of root.querySelectorAll('table')) {
      expect(table.querySelector('caption')?.text).not.toBe('');
      expect(
        table.querySelectorAll('thead th').every((th) => th.attributes['scope'] === 'col'),
      ).toBe(true);
      for (const row of table.querySelectorAll('tbody tr')) {
        expect(row.querySelector('th')?.attributes['scope']).toBe('row');
        expect(row.querySelectorAll('th, td')).toHaveLength(
          table.querySelectorAll('thead th').length,
        );
      }
    }
    for (const svg of root.querySelectorAll('svg')) {
      if (svg.attributes['aria-hidden'] === 'true') continue;
      expect(svg.attributes['role']).toBe('img');
      expect(svg.querySelector('title')?.text).not.toBe('');
      expect(svg.querySelector('desc')?.text.length).toBeGreaterThan(20);
    }
  });

  it('has each id once, and refers to no other', () => {
    const ids = elementsOf(page).flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elementsOf(page)) {
      const references = [
        ...(attributes['aria-labelledby']?.split(' ') ?? []),
        ...(attributes['href'] === undefined ? [] : [attributes['href'].slice(1)]),
      ];
      for (const reference of references) expect(ids).toContain(reference);
    }
  });

  it('writes no value that is none', () => {
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object|>null</);
  });
});

describe('hostile text in a report', () => {
  const root = parse(renderReport(hostileInput()));

  it.each([
    ['a run id', '.run code'],
    ['a decision', 'section[aria-labelledby=decisions] tbody th'],
    ['an order', 'section[aria-labelledby=orders] tbody th'],
    ['a problem', '.problem .message'],
    ['a file', 'footer code'],
  ])('is shown as it is as %s', (_, selector) => {
    expect(root.querySelector(selector)?.text.trim()).toBe(shown);
  });

  it('is there everywhere it was given', () => {
    expect(root.text.split(shown).length - 1).toBeGreaterThan(25);
  });
});
