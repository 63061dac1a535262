import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docCommands } from '../src/doc-commands.ts';
import { headingNames, relativeLinks } from '../src/relative-links.ts';
import { pages, readRepositoryFile, repositoryFiles, repositoryRoot } from '../src/repository.ts';

const files = repositoryFiles();
const exists = (path: string): boolean =>
  path === '.' || files.some((file) => file === path || file.startsWith(`${path}/`));

describe.each(pages())('$path', (page) => {
  it('links to what is there', () => {
    const broken = relativeLinks(page).filter((link) => {
      if (!exists(link.path)) return true;
      if (link.heading === null) return false;
      return !headingNames(readRepositoryFile(link.path).text).includes(link.heading);
    });
    expect(broken.map(({ line, target }) => `${page.path}:${line} ${target}`)).toEqual([]);
  });
});

it('the README leads to every page of docs', () => {
  const readme = readRepositoryFile('README.md');
  const linked = new Set(relativeLinks(readme).map((link) => link.path));
  const unlinked = files.filter((file) => /^docs\/[^/]+\.md$/.test(file) && !linked.has(file));
  expect(unlinked).toEqual([]);
});

it('the README’s map names folders that are there', () => {
  const [, map = ''] = /```text\n(infra[^]*?)```/.exec(readRepositoryFile('README.md').text) ?? [];
  const named = [...map.matchAll(/^(\S+?)\/? {2,}/gm)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !exists(path))).toEqual([]);
});

it('every page that the program names is there', () => {
  const sources = files.filter((file) => /(?<!\.test)\.(ts|mjs|py|yaml)$/.test(file));
  const named = new Set(
    sources.flatMap((path) =>
      [...readRepositoryFile(path).text.matchAll(/(?<![\w/])docs\/[\w-]+\.md\b/g)].map(
        ([page]) => page,
      ),
    ),
  );
  expect(named.size).toBeGreaterThan(0);
  expect([...named].filter((page) => !exists(page))).toEqual([]);
});

it('git ignores what the commands on pages write', () => {
  const commands = pages().flatMap((page) => docCommands(page).map(({ command }) => command));
  const written = commands
    .flatMap((command) => [...command.matchAll(/ (?:--out|--state|--location|>) (\S+)/g)])
    .map(([, path = '']) => path);
  expect(written).toContain('summary.json');
  const isIgnored = (path: string): boolean =>
    spawnSync('git', ['check-ignore', '--no-index', path, `${path}/`], { cwd: repositoryRoot })
      .status === 0;
  expect(written.filter((path) => !isIgnored(path))).toEqual([]);
});

it('the picture of the report is a picture of a size to be looked at', () => {
  const path = join(repositoryRoot, 'docs/images/report.png');
  expect(statSync(path).size).toBeLessThan(500_000);
});

describe('the decision records', () => {
  const records = files.filter(
    (file) => file.startsWith('docs/decisions/') && !file.endsWith('/README.md'),
  );

  it('are there', () => {
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(records)('%s has a title and the date of its name', (path) => {
    const [, date] = /^docs\/decisions\/(\d{4}-\d\d-\d\d)-[a-z0-9-]+\.md$/.exec(path) ?? [];
    const [title, , dated] = readRepositoryFile(path).text.split('\n');
    expect(title).toMatch(/^# \S/);
    expect(date).toBeDefined();
    expect(dated).toBe(date);
    expect(Number.isNaN(Date.parse(`${date}T00:00:00Z`))).toBe(false);
  });
});
