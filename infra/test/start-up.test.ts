import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it("loads a small part of azure-native, and none of Azure's clients", () => {
  const program = new URL('../src/program.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({
      load: (url, context, next) => {
        loaded.push(url);
        return next(url, context);
      },
    });
    await import(${JSON.stringify(program)});
    console.log(JSON.stringify(loaded.filter((url) => url.includes('/node_modules/'))));`;
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const loaded = JSON.parse(answer) as string[];
  // The package's root loads almost five hundred.
  const resources = loaded.filter((url) => url.includes('/azure-native/')).length;
  expect(resources).toBeGreaterThan(10);
  expect(resources).toBeLessThan(40);
  expect(loaded.filter((url) => url.includes('/@azure/'))).toEqual([]);
});
