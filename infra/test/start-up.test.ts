import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('loads a small part of azure-native', () => {
  const program = new URL('../src/program.ts', import.meta.url).href;
  const script = `
    import { createRequire } from 'node:module';
    await import(${JSON.stringify(program)});
    const loaded = Object.keys(createRequire(${JSON.stringify(program)}).cache);
    console.log(String(loaded.filter((path) => path.includes('azure-native')).length));`;
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  // The package's root loads almost five hundred.
  expect(Number(answer)).toBeGreaterThan(10);
  expect(Number(answer)).toBeLessThan(40);
});
