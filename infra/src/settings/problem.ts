/** One thing wrong with a stack's configuration, where, and the command that mends it. */
export interface Problem {
  key: string;
  message: string;
  command: string;
}

/** The command that gives a setting a value that would do. */
export function setCommand(key: string, example: string, stackName: string): string {
  const value = /^[\w.:/@+-]+$/.test(example) ? example : `'${example}'`;
  return `pulumi config set mispriced:${key} ${value} --stack ${stackName}`;
}

/** The command that takes a setting away. */
export function removeCommand(key: string, stackName: string): string {
  return `pulumi config rm mispriced:${key} --stack ${stackName}`;
}

/** Every problem as text for a terminal: what, and below it how. */
export function explainProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'One setting has' : `${problems.length} settings have`;
  const lines = problems.map(({ key, message, command }) => {
    // The stack's name is no setting of its own.
    const where = key === 'stack' ? key : `mispriced:${key}`;
    return `  ${where}: ${message}\n    ${command}`;
  });
  return `${count} to be mended; nothing was changed.\n${lines.join('\n')}`;
}
