/** What a client asked and what it got, without headers and without anything that opens a door. */
export interface RecordedRequest {
  readonly service: string;
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly apiVersion: string | null;
  readonly status: number;
  /** What the resource manager was sent to create or change; null for anything else. */
  readonly body: unknown;
}

/** The latest requests, for tests that hold what was sent against Azure's own description. */
export interface RequestRecord {
  add(request: RecordedRequest): void;
  all(): readonly RecordedRequest[];
  clear(): void;
}

const kept = 5_000;

/**
 * An empty record. What the resource manager was asked is counted by itself: storage and function
 * apps are asked so often that it would soon be gone.
 */
export function makeRequestRecord(): RequestRecord {
  let managed: Numbered[] = [];
  let others: Numbered[] = [];
  let number = 0;
  return {
    add: (request) => {
      const numbered = { number: (number += 1), request };
      const list = request.service === 'resource-manager' ? managed : others;
      list.push(numbered);
      if (list.length > kept) list.shift();
    },
    all: () =>
      [...managed, ...others]
        .sort((one, other) => one.number - other.number)
        .map(({ request }) => request),
    clear: () => {
      managed = [];
      others = [];
    },
  };
}

interface Numbered {
  readonly number: number;
  readonly request: RecordedRequest;
}
