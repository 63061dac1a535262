import type { ResourceChange } from '@mispriced/environment';

/** Where GitHub cuts an issue's text. */
const mostCharacters = 65_536;

/** By what the issue of a stack is found again, whatever somebody made of its title. */
export function markerOf(stackName: string): string {
  return `<!-- mispriced-drift:${stackName} -->`;
}

/** The issue's title. */
export function driftTitle(stackName: string): string {
  return `${stackName} is not as it was made`;
}

/**
 * The issue's text: what differs, and how to put it right. Names come from the cloud, so each stands
 * in a code span that it cannot leave. It never holds a value, for that may be a secret.
 */
export function driftBody(args: {
  stackName: string;
  changes: readonly ResourceChange[];
  runUrl: string | null;
}): string {
  const { stackName, changes, runUrl } = args;
  const head = [
    markerOf(stackName),
    `Somebody or something changed \`${stackName}\` without Pulumi:`,
    '',
  ];
  const foot = [
    '',
    `To put it right: \`npx mispriced up --stack ${stackName}\`. To keep a change, write it into the settings or the program first; \`npx mispriced preview-changes --stack ${stackName}\` tells what \`up\` would do.`,
    ...(runUrl === null ? [] : ['', `Seen in [this run](${runUrl}).`]),
    '',
    'This issue is updated while it lasts, and closed once nothing differs.',
  ];
  const lines = changes.map(lineOf);
  const room = mostCharacters - [...head, ...foot].join('\n').length - 60;
  const shown: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += line.length + 1;
    if (used > room) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  return [...head, ...shown, ...(left > 0 ? [`- and ${left} more`] : []), ...foot].join('\n');
}

function lineOf({ operation, type, name, properties }: ResourceChange): string {
  const what = operation === 'delete' ? 'is gone' : 'differs';
  const where = properties.map(code).join(', ');
  const kind = code(type.replace('azure-native:', ''));
  return `- ${kind} ${code(name)} ${what}${where === '' ? '' : `: ${where}`}`;
}

/** A code span that ends where we end it. */
function code(text: string): string {
  const plain = text.replaceAll(/[\r\n]+/g, ' ').slice(0, 300);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}
