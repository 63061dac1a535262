/** What a service answers; a body that is no string goes out as JSON. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer with JSON in it. */
export function answer(
  status: number,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): HttpResponse {
  return {
    status,
    ...(body !== undefined && { body }),
    ...(headers !== undefined && { headers }),
  };
}
