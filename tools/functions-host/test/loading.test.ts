import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../src/clock/manual-clock.ts';
import { startTestHost } from './start-test-host.ts';
import { writeApp } from './write-app.ts';

const timer = (name: string, body = '') =>
  `app.timer('${name}', { schedule: '0 0 9 * * *', handler: async (timer, context) => { ${body} } });`;
const commonJs = `const { app } = require('@azure/functions');`;
const esModule = `import { app } from '@azure/functions';`;

async function namesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { host } = await startTestHost({ files, runTimers: false });
  expect(host.status()).toMatchObject({ state: 'Running', errors: [] });
  return host.functions().map(({ name }) => name);
}

async function errorsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { host } = await startTestHost({ files, runTimers: false });
  expect(host.status().state).toBe('Error');
  await expect(host.invoke('daily')).rejects.toThrow('The app does not run (Error).');
  return host.status().errors;
}

describe('an app is loaded (azure-functions-nodejs-worker startApp.ts, loadScriptFile.ts)', () => {
  it('from CommonJS', async () => {
    expect(await namesOf({ 'main.cjs': commonJs + timer('daily') })).toEqual(['daily']);
  });

  it('from an ES module', async () => {
    const packageJson = '{"main":"src/main.js","type":"module"}';
    const main = `${esModule}import * as core from '@azure/functions-core';
      if (core.version === undefined) throw new Error('no core');${timer('daily')}`;
    const files = { 'package.json': packageJson, 'src/main.js': main };
    expect(await namesOf(files)).toEqual(['daily']);
  });

  it('from TypeScript as it is', async () => {
    const main = `${esModule}const name: string = 'typed';${timer("' + name + '")}`;
    const files = { 'package.json': '{"main":"main.ts","type":"module"}', 'main.ts': main };
    expect(await namesOf(files)).toEqual(['typed']);
  });

  it('from all files that a pattern in main names, which may share a module', async () => {
    const files = {
      'package.json': '{"main":"dist/{setup.js,functions/*.js}"}',
      'dist/setup.js': 'exports.ready = true;',
      'dist/functions/b.js': commonJs + timer('second'),
      'dist/functions/a.js': `if (!require('../setup.js').ready) throw 1;${commonJs}${timer('first')}`,
      'dist/other.js': 'throw new Error("not named by main");',
    };
    expect(await namesOf(files)).toEqual(['first', 'second']);
  });

  it.each(['cjs', 'esm'] as const)(
    'from a bundle in %s that has all inside but @azure/functions-core',
    async (format) => {
      const source = await writeApp({ 'main.ts': esModule + timer('bundled', 'return 7;') });
      const isModule = format === 'esm';
      const bundled = await build({
        entryPoints: [join(source, 'main.ts')],
        bundle: true,
        platform: 'node',
        format,
        external: ['@azure/functions-core'],
        write: false,
        ...(isModule && {
          banner: {
            js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
          },
        }),
      });
      const main = isModule ? 'main.mjs' : 'main.cjs';
      const files = {
        'package.json': `{"main":"${main}"}`,
        [main]: bundled.outputFiles[0]?.text ?? '',
      };
      const appFolder = await writeApp(files, { withLibrary: false });
      const { host } = await startTestHost({ appFolder, runTimers: false });
      expect(host.status().errors).toEqual([]);
      expect(await host.invoke('bundled')).toMatchObject({ returnValue: 7, error: null });
    },
  );

  it('with its settings and nothing else of this machine as its environment', async () => {
    const files = { 'main.cjs': commonJs + timer('daily', 'return process.env;') };
    process.env['PLANTED_ON_THE_MACHINE'] = 'planted';
    const settings = { MISPRICED__STAGE: 'dev', TZ: 'America/New_York' };
    const { host, readLog } = await startTestHost({ files, settings, runTimers: false });
    delete process.env['PLANTED_ON_THE_MACHINE'];
    const environment = (await host.invoke('daily')).returnValue as Record<string, string>;
    const allowed = ['PATH', 'HOME', 'TMPDIR', 'AZURE_FUNCTIONS_ENVIRONMENT'];
    const rest = Object.entries(environment).filter(([name]) => !allowed.includes(name));
    // Flex Consumption knows no time zone (flex-consumption-plan.md): what is set has no effect.
    expect(Object.fromEntries(rest)).toEqual({ MISPRICED__STAGE: 'dev', TZ: 'UTC' });
    const warnings = (await readLog()).filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message)).toEqual([
      'The setting TZ has no effect: the app runs in UTC.',
    ]);
  });

  it('in its own folder and process, with hooks of start, run, log and end', async () => {
    const files = {
      'main.cjs': `const { app } = require('@azure/functions');
        const seen = [];
        app.hook.appStart(() => { seen.push('start'); });
        app.hook.preInvocation((context) => { seen.push('pre'); context.inputs[0].extra = 1; });
        app.hook.postInvocation((context) => { context.result = { ...context.result, post: true }; });
        app.hook.log((context) => { context.message = context.message.toUpperCase(); });
        app.hook.appTerminate(() => { console.log('goodbye'); });
        ${timer('daily', `context.log('hello'); return { seen, extra: timer.extra, folder: process.cwd(), pid: process.pid };`)}`,
    };
    const { host, appFolder, readLog } = await startTestHost({ files, runTimers: false });
    const { returnValue } = await host.invoke('daily');
    const { processId } = host.status();
    expect(returnValue).toEqual({
      seen: ['start', 'pre'],
      extra: 1,
      post: true,
      folder: appFolder,
      pid: processId,
    });
    expect(processId).not.toBe(process.pid);
    await host.stop();
    const messages = (await readLog()).map(({ message }) => message);
    expect(messages).toContain('HELLO');
    expect(messages).toContain('goodbye');
  });
});

describe('an app that cannot be loaded leaves the host in the state Error', () => {
  it('with the stack of what an entry point threw, and its file', async () => {
    const files = {
      'package.json': '{"main":"functions/*.js"}',
      'functions/a.js': commonJs + timer('daily'),
      'functions/b.js': `require('./settings.js');`,
      'functions/settings.js': `throw new Error('THRESHOLD is not set');`,
    };
    // settings.js is named by the pattern too, but b.js comes first.
    const [error] = await errorsOf(files);
    expect(error).toContain('unable to load entry point "functions/b.js": THRESHOLD is not set');
    expect(error).toMatch(/Caused by: Error: THRESHOLD is not set\n\s+at .*settings\.js:1/);
  });

  it('with the place of a syntax error', async () => {
    const [error] = await errorsOf({ 'main.cjs': 'const = 1;' });
    expect(error).toContain('unable to load entry point "main.cjs"');
    expect(error).toContain('SyntaxError');
  });

  it('with the reason of a start hook', async () => {
    const hook = `app.hook.appStart(() => { throw new Error('no database'); });`;
    const [error] = await errorsOf({ 'main.cjs': commonJs + hook + timer('daily') });
    expect(error).toContain('no database');
  });

  it.each([
    ['{"main":"missing.js"}', '"missing.js": File does not exist'],
    ['{"main":"dist/*.js"}', '"dist/*.js": Found zero files matching the supplied pattern'],
    ['{}', '"package.json": it names no "main"'],
    ['{', '"package.json": '],
  ])('with package.json %s', async (packageJson, reason) => {
    expect((await errorsOf({ 'package.json': packageJson }))[0]).toContain(reason);
  });

  it('with a host.json that is wrong', async () => {
    const files = { 'main.cjs': commonJs + timer('daily'), 'host.json': '{}' };
    expect((await errorsOf(files))[0]).toContain('host.json is invalid: version');
  });

  it('when it registers no function at all', async () => {
    expect((await errorsOf({ 'main.cjs': '' }))[0]).toContain('No functions were found');
  });

  it('when two functions have one name', async () => {
    const [error] = await errorsOf({ 'main.cjs': commonJs + timer('daily') + timer('daily') });
    expect(error).toContain('"daily" has already been registered');
  });

  it('when its process ends while it loads', async () => {
    const [error] = await errorsOf({ 'main.cjs': 'process.exit(3);' });
    expect(error).toContain('exited with code 3');
  });

  it('when it takes longer than the 30 s of Flex Consumption (flex-consumption-plan.md)', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const files = {
      'package.json': '{"main":"main.mjs"}',
      'main.mjs': `${esModule}${timer('daily')}console.log('waiting'); await new Promise((resolve) => setTimeout(resolve, 600_000));`,
    };
    const progress = { isStarted: false };
    const starting = startTestHost({ files, clock }).finally(() => {
      progress.isStarted = true;
    });
    while (!progress.isStarted) {
      await clock.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { host } = await starting;
    expect(host.status()).toMatchObject({
      state: 'Error',
      errors: ['The app did not finish loading within 30 seconds.'],
    });
    expect(host.status().upForMs).toBeGreaterThanOrEqual(30_000);
  });
});
