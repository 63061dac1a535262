import type { RawLayer } from './layers/raw-layer.ts';
import type { ConfigProblem } from './problem.ts';
import { redact } from './redact.ts';
import { Secret } from './secret.ts';

/** A problem without any secret that a layer holds: a last look before it is shown to anybody. */
export function redactProblem(problem: ConfigProblem, layers: readonly RawLayer[]): ConfigProblem {
  const secrets = layers
    .flatMap((layer) => [...layer.entries.values()])
    .map((entry) => entry.value)
    .filter((value) => value instanceof Secret);
  const { key, source } = problem;
  return {
    ...problem,
    key: key === null ? null : redact(key, secrets),
    source: source && { ...source, where: redact(source.where, secrets) },
    message: redact(problem.message, secrets),
    fix: redact(problem.fix, secrets),
  };
}
