import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * What the program saves at its start by importing the resources it uses, and not the root of
 * azure-native. Fresh processes load either in turns, with Pulumi's own SDK, which both need, loaded
 * before; the medians are compared. Prints one line of JSON.
 */
const rounds = 5;
const infra = fileURLToPath(new URL('..', import.meta.url));

interface Start {
  milliseconds: number;
  modules: number;
}

function measure(imported: string): Start {
  const script = `
    import { createRequire } from 'node:module';
    import '@pulumi/pulumi';
    const from = performance.now();
    await import(${JSON.stringify(imported)});
    const milliseconds = Math.round(performance.now() - from);
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    const modules = loaded.filter((path) => path.includes('azure-native')).length;
    console.log(JSON.stringify({ milliseconds, modules }));`;
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: infra,
    encoding: 'utf8',
  });
  return JSON.parse(answer) as Start;
}

function median(starts: Start[], of: keyof Start): number {
  const values = starts.map((start) => start[of]).sort((one, other) => one - other);
  return values[Math.floor(values.length / 2)] ?? 0;
}

const program: Start[] = [];
const packageRoot: Start[] = [];
for (let round = 0; round < rounds; round += 1) {
  program.push(measure(new URL('src/program.ts', new URL('../', import.meta.url)).href));
  packageRoot.push(measure('@pulumi/azure-native'));
}
const summary = (starts: Start[]) => ({
  milliseconds: median(starts, 'milliseconds'),
  azureNativeModules: median(starts, 'modules'),
});
const ratio = (of: keyof Start) =>
  Number((median(packageRoot, of) / median(program, of)).toFixed(1));
console.log(
  JSON.stringify({
    program: summary(program),
    packageRoot: summary(packageRoot),
    ratio: { time: ratio('milliseconds'), modules: ratio('modules') },
  }),
);
