import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));
const eslint = new ESLint({
  cwd: workspaceRoot,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  // Only the import rules are asked: the snippets are not files of the project.
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
});

async function problemsOf(code: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${workspaceRoot}${filePath}` });
  return (result?.messages ?? []).map((message) => message.message);
}

describe('the import rules', () => {
  it('let a stage import the domain and its own folder', async () => {
    const code = `import '../domain/index.ts';\nimport './as-of.ts';\n`;
    expect(await problemsOf(code, 'libs/core/src/enrich/enrich.ts')).toEqual([]);
  });

  it.each([
    ['another stage', '../score/index.ts', 'libs/core/src/enrich/enrich.ts'],
    ['another stage, from deeper down', '../../orders/index.ts', 'libs/core/src/stores/blob/x.ts'],
    ['the pipeline', '../pipeline.ts', 'libs/core/src/decide/decide.ts'],
    ['the whole library', '../index.ts', 'libs/core/src/decide/decide.ts'],
    ['test support', '@mispriced/testing', 'libs/core/src/decide/decide.ts'],
    ['test support, in an app', '@mispriced/testing', 'apps/strategy/src/compose.ts'],
  ])('refuse %s', async (_what, specifier, file) => {
    expect(await problemsOf(`import '${specifier}';\n`, file)).toHaveLength(1);
  });

  it('let a test of a stage use test support', async () => {
    const code = `import '@mispriced/testing';\n`;
    expect(await problemsOf(code, 'libs/core/src/decide/decide.test.ts')).toEqual([]);
  });
});
