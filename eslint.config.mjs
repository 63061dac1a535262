import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const packingSpread = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'Write the properties themselves: a spread of an object written here packs lines only.',
};

/** Refuses imports of what matches, and `import()` of it, which no-restricted-imports does not see. */
const refuseImports = (patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
  'no-restricted-syntax': [
    'error',
    packingSpread,
    ...patterns.map(({ regex, message }) => ({
      selector: `ImportExpression[source.value=/${regex.replaceAll('/', String.raw`\u002F`)}/i]`,
      message,
    })),
  ],
});

/** The stages of libs/core: each may import `domain`, none may import another stage. */
const stages = [
  'decide',
  'enrich',
  'ledger',
  'orders',
  'report',
  'risk-curve',
  'score',
  'stores',
  'venues',
];

/** The services of the local cloud, lower ones first: none imports one that stands after it. */
const cloudServices = ['engine', 'identity', 'arm', 'storage', 'key-vault', 'web', 'monitor'];

/** What all of them may import of the local cloud's own. */
const cloudKernel = [
  ...['service', 'addresses', 'permissions', 'not-simulated', 'omit', 'state/state-folder'],
  ...['control/cloud-settings', 'control/fault-plan'],
  ...['client/client-environment', 'client/trust-local-cloud'],
].join('|');

const cloudServiceRules = cloudServices.map((service, index) => ({
  files: [`tools/local-cloud/services/${service}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: refuseImports([
    {
      regex: String.raw`^(\.\./)+(?:${[...cloudServices.slice(index + 1), 'provider'].join('|')})/`,
      message: 'A service of the local cloud imports no service that stands after it.',
    },
    {
      regex: String.raw`^(\.\./)+src/(?!(?:${cloudKernel})\.m?[jt]s$)`,
      message: 'Of the local cloud itself, its services import the shared kernel alone.',
    },
  ]),
}));

const testFiles = ['**/*.test.ts', '**/test/**/*.ts', 'tools/testing/**/*.ts'];

const moduleBoundaries = {
  enforceBuildableLibDependency: false,
  allow: [String.raw`.*/vitest\.base\.ts$`],
  depConstraints: [
    // Of the libraries, others import the rules of the domain from core, and core imports none.
    { sourceTag: 'scope:core', onlyDependOnLibsWithTags: ['type:testing'] },
    { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['scope:core', 'type:testing'] },
    { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib', 'type:testing'] },
    { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:lib', 'type:testing'] },
    {
      sourceTag: 'type:tool',
      onlyDependOnLibsWithTags: ['type:lib', 'type:app', 'type:infra', 'type:tool', 'type:testing'],
    },
    { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:testing'] },
  ],
};

/** Tests of an app ship nothing: they may put it into the local cloud. */
const moduleBoundariesOfAppTests = {
  ...moduleBoundaries,
  depConstraints: moduleBoundaries.depConstraints.map((constraint) =>
    constraint.sourceTag === 'type:app'
      ? {
          ...constraint,
          onlyDependOnLibsWithTags: [...constraint.onlyDependOnLibsWithTags, 'type:tool'],
        }
      : constraint,
  ),
};

export default defineConfig(
  { ignores: ['**/node_modules', '**/dist', '**/coverage', '.nx', 'tools/train/demo-model'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.mjs',
            'tools/cli/bin/*.mjs',
            'infra/*.mjs',
            'infra/src/*.mjs',
            'tools/local-cloud/src/client/*.mjs',
            'tools/testing/src/*.mjs',
          ],
        },
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', moduleBoundaries],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Deeper circles, and those of types, are found by a test in tools/checks in a tenth of the time;
      // the workspace's `lint` runs it after this.
      'import-x/no-cycle': ['error', { maxDepth: 2, ignoreExternal: true }],
      'no-restricted-syntax': ['error', packingSpread],
      eqeqeq: 'error',
    },
  },
  ...stages.map((stage) => ({
    files: [`libs/core/src/${stage}/**/*.ts`],
    ignores: testFiles,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: stages.filter((other) => other !== stage).map((other) => `**/${other}/**`),
              message: 'A stage of the pipeline imports `domain` only, never another stage.',
            },
            {
              regex: String.raw`^@mispriced/testing$|/pipeline\.ts$|^(\.\./)+index\.ts$`,
              message: 'What ships does not import test support, nor a stage the whole pipeline.',
            },
          ],
        },
      ],
    },
  })),
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts', 'infra/**/*.ts'],
    ignores: [...testFiles, 'libs/core/src/*/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@mispriced/testing'], message: 'Test support never ships.' }] },
      ],
    },
  },
  {
    files: ['tools/{azure,bootstrap,deploy,environment,preview,rotate-keys}/src/**/*.ts'],
    // The one place that connects to the local cloud.
    ignores: ['**/*.test.ts', 'tools/environment/src/local-cloud.ts'],
    rules: refuseImports([
      {
        regex: String.raw`^(@mispriced/|(\.\./)+(tools/)?)local-cloud(/|$)`,
        message: 'What works on Azure does not know its double: take @mispriced/azure.',
      },
    ]),
  },
  {
    files: ['apps/*/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', moduleBoundariesOfAppTests] },
  },
  ...cloudServiceRules,
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
