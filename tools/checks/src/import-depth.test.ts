import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longestImportChain } from './import-depth.ts';
import { repositoryRoot } from './repository.ts';

/** How many files may stand over one another, by the folder of the project. */
const deepest = { 'libs/config': 5 };

describe('the depth of imports', () => {
  it.each(Object.entries(deepest))('is small in %s', (project, most) => {
    const chain = longestImportChain(join(repositoryRoot, project, 'src/index.ts'));
    const files = chain.map((file) => relative(repositoryRoot, file));
    expect(files.length, `merge files or pass values in: ${files.join(' > ')}`).toBeLessThanOrEqual(
      most,
    );
    // An entry that imports nothing would be measured wrongly.
    expect(files.length).toBeGreaterThan(2);
  });

  it('counts types, exports and what is loaded later, and finds circles', () => {
    const folder = mkdtempSync(join(tmpdir(), 'import-depth-'));
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'a.ts'), "export { b } from './inner/b.ts';\n");
    writeFileSync(join(folder, 'inner/b.ts'), "import type { C } from '../c.ts';\n");
    writeFileSync(join(folder, 'c.ts'), "await import('./d.ts');\n");
    writeFileSync(join(folder, 'd.ts'), 'export const text = "import \'./a.ts\'";\n');
    const names = longestImportChain(join(folder, 'a.ts')).map((file) => relative(folder, file));
    expect(names).toEqual(['a.ts', join('inner', 'b.ts'), 'c.ts', 'd.ts']);
    writeFileSync(join(folder, 'd.ts'), "import './a.ts';\n");
    expect(() => longestImportChain(join(folder, 'a.ts'))).toThrow('A circle of imports');
  });
});
