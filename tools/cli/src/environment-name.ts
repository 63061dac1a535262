import { parseStackName } from '@mispriced/infra/stack';
import { InvalidArgumentError } from 'commander';

/** Parses the name of a stack that is an environment in a cloud: any but the one on a laptop. */
export function environmentName(text: string): string {
  const stack = parseStackName(text);
  if (typeof stack === 'string') throw new InvalidArgumentError(stack);
  return stack.name;
}
