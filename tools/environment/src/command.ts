import { parseArgs } from 'node:util';
import { asMispricedError } from '@mispriced/core';
import { cloudOf, commands } from './commands.ts';

const usage = `Usage: node tools/environment/src/command.ts ${Object.keys(commands).join('|')} --stack=NAME [--json]

Example: npx nx up infra --stack=dev`;

/** Runs one command as a process: 0 for success, 1 for a failure, 2 for wrong use. */
async function main(parameters: string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        stack: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const command = commands[positionals[0] ?? ''];
  if (command === undefined || positionals.length !== 1 || values.stack === undefined) {
    console.error(usage);
    return 2;
  }
  const cloud = await cloudOf(values.stack, process.env);
  try {
    const report = (line: string) => {
      console.error(line);
    };
    const result = await command({ stackName: values.stack, cloud, report });
    console.log(values.json ? JSON.stringify(result.value) : result.lines.join('\n'));
    return result.isGood ? 0 : 1;
  } finally {
    await cloud.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, fix } = asMispricedError(error);
  console.error(`${message}\n${fix}`);
  process.exitCode = 1;
}
