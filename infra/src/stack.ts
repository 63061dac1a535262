/** What a stack is for. `local` runs against the local cloud on this machine. */
export type StackKind = 'dev' | 'staging' | 'prod' | 'preview' | 'local';

/** A stack: its name as typed, what it is for and, of a preview, the pull request's number. */
export interface Stack {
  name: string;
  kind: StackKind;
  pullRequest: number | null;
}

/** The name of a preview's stack: at most six digits, so that every derived name fits. */
const previewName = /^pr-([1-9]\d{0,5})$/;

/**
 * Reads what a stack is for from its name alone, so that no setting can turn a preview into
 * production. Answers a sentence where the name is none of ours.
 */
export function parseStackName(name: string): Stack | string {
  if (name === 'dev' || name === 'staging' || name === 'prod' || name === 'local') {
    return { name, kind: name, pullRequest: null };
  }
  const preview = previewName.exec(name);
  if (preview !== null) return { name, kind: 'preview', pullRequest: Number(preview[1]) };
  return `The stack is called "${name}"; it has to be dev, staging, prod, local, or pr-N with the number of a pull request.`;
}

/** Whether what the stack keeps (ledger, models, secrets) would be missed: it is then protected. */
export function keepsState(stack: Stack): boolean {
  return stack.kind === 'prod';
}
