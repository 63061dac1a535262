// What Pulumi starts: JavaScript, so that a Node that cannot run the program can say so.
import { RunError } from '@pulumi/pulumi/errors.js';
import { refusalOf } from './src/node-version.mjs';

export default async function main() {
  const refusal = refusalOf(process.versions.node);
  if (refusal !== null) throw new RunError(refusal);
  const { default: program } = await import('./index.ts');
  return program();
}
