import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** The files of packages that a fresh process loads for one import. */
function loadedBy(imported: string): string[] {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({
      load: (url, context, next) => {
        loaded.push(url);
        return next(url, context);
      },
    });
    await import(${JSON.stringify(imported)});
    console.log(JSON.stringify(loaded.filter((url) => url.includes('/node_modules/'))));`;
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return JSON.parse(answer) as string[];
}

it("loads a small part of azure-native, and none of Azure's clients", { timeout: 60_000 }, () => {
  const loaded = loadedBy(new URL('../src/program.ts', import.meta.url).href);
  const inAzureNative = (urls: string[]) =>
    urls.filter((url) => url.includes('/azure-native/')).length;
  const ratio = inAzureNative(loadedBy('@pulumi/azure-native')) / inAzureNative(loaded);
  expect(inAzureNative(loaded)).toBeGreaterThan(10);
  expect(ratio).toBeGreaterThan(10);
  expect(loaded.filter((url) => url.includes('/@azure/'))).toEqual([]);
});
