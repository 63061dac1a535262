#!/usr/bin/env node
// What GitHub's own command line does for `gh run download`, for tests: it copies what a job before has
// left. Like the real one it wants a token, and its folder may not be there yet.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const [group, verb, run, ...words] = process.argv.slice(2);
const option = (name) => words[words.indexOf(name) + 1];
const { ARTIFACTS_OF_RUN, GH_TOKEN, GITHUB_RUN_ID } = process.env;

if (group !== 'run' || verb !== 'download' || run !== GITHUB_RUN_ID || !GH_TOKEN) {
  console.error(`gh ${group} ${verb} ${run}: unknown, or there is no token`);
  process.exit(1);
}
const kept = join(ARTIFACTS_OF_RUN, option('--name'));
if (!existsSync(kept)) {
  console.error('no artifact matches any of the names or patterns provided');
  process.exit(1);
}
cpSync(kept, option('--dir'), { recursive: true });
