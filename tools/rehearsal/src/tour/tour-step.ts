import type { GitHub } from '@mispriced/testing/github';
import type { Rehearsal } from '../rehearsal.ts';
import type { RehearsedStack } from '../rehearsed-stack.ts';

/** What the steps of a tour share. */
export interface Tour {
  readonly rehearsal: Rehearsal;
  /** The environment of the stack `local`, once it is up. */
  stack: RehearsedStack | null;
  /** A GitHub on loopback, once a step has opened it. */
  github: GitHub | null;
  /**
   * Types a command, as a person would, and shows what it says.
   *
   * @param asked.input What is typed into it.
   * @param asked.fails Whether it is meant to end with a failure.
   * @param asked.environment Variables that this command has beside the others.
   * @throws Error where it ends otherwise than it is meant to.
   */
  type(
    words: readonly string[],
    asked?: {
      input?: string;
      fails?: boolean;
      environment?: Readonly<Record<string, string>>;
    },
  ): Promise<string>;
  /** Tells what was seen. */
  tell(line: string): void;
}

/** One stop of a tour: what happens, why, and how. A tour is a list of these. */
export interface TourStep {
  readonly title: string;
  /** In a sentence or two, before it happens. */
  readonly why: string;
  run(tour: Tour): Promise<void>;
}

/** The environment that an earlier step has brought up. */
export function stackOf({ stack }: Tour): RehearsedStack {
  if (stack === null)
    throw new Error('No environment is up yet: the step that makes it is missing.');
  return stack;
}
