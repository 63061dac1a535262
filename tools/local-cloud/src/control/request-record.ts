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

/** An empty record. */
export function makeRequestRecord(): RequestRecord {
  let requests: RecordedRequest[] = [];
  return {
    add: (request) => {
      requests.push(request);
      if (requests.length > kept) requests = requests.slice(-kept);
    },
    all: () => requests,
    clear: () => {
      requests = [];
    },
  };
}
