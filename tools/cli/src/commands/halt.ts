import { userInfo } from 'node:os';
import { createKillSwitch, type KillSwitch } from '@mispriced/core';
import { createOutput } from '../output.ts';
import { withStack, withStackOptions, type StackOptions } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface HaltOptions extends StackOptions {
  readonly why: string;
  readonly json: boolean;
}

/** `mispriced halt` and `mispriced resume`: the kill switch of an account. */
export function registerHalt(registration: Registration): void {
  register(registration, {
    name: 'halt',
    description:
      'Stop an account from buying, at once: the switch is read before every batch of orders.',
    example: 'mispriced halt --stack prod --why "prices look wrong"',
    act: (killSwitch, entry) => killSwitch.halt(entry),
    done: (account, why) => `The account ${account} is halted: ${why}`,
  });
  register(registration, {
    name: 'resume',
    description: 'Let a halted account buy again.',
    example: 'mispriced resume --stack prod --why "the feed was mended"',
    act: (killSwitch, entry) => killSwitch.resume(entry),
    done: (account, why) => `The account ${account} may trade again: ${why}`,
  });
}

function register(
  { program, dependencies }: Registration,
  command: {
    name: string;
    description: string;
    example: string;
    act: (killSwitch: KillSwitch, entry: { why: string; by: string; at: string }) => Promise<void>;
    done: (account: string, why: string) => string;
  },
): void {
  withStackOptions(program.command(command.name).description(command.description))
    .requiredOption('--why <text>', 'the reason, for whoever looks later')
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', `\nExample:\n  ${command.example}`)
    .action(async (options: HaltOptions) => {
      await withStack(options, dependencies, async ({ config, objects }) => {
        const { account } = config.values.venue;
        const killSwitch = createKillSwitch({ objects, account });
        await command.act(killSwitch, {
          why: options.why,
          by: userInfo().username,
          at: new Date().toISOString(),
        });
        createOutput(dependencies, options.json).result(
          { account, stack: options.stack, halted: await killSwitch.read() },
          command.done(account, options.why),
        );
      });
    });
}
