/** Whether a stack is in the local cloud: `local` always, any other where the environment says so. */
export function inLocalCloud(args: {
  stackName: string;
  environment: Readonly<Record<string, string | undefined>>;
}): boolean {
  return args.stackName === 'local' || args.environment['MISPRICED_CLOUD'] === 'local';
}
