import type { Json } from './type-spec.ts';

/** What the resource manager said no with, in the form in which the real provider passes it on. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, body: unknown) {
    const error = ((body as Json | null)?.['error'] ?? {}) as { code?: string; message?: string };
    const code = error.code ?? 'Unknown';
    super(`Status=${status} Code="${code}" Message="${error.message ?? 'no message'}"`);
    this.status = status;
    this.code = code;
  }
}
