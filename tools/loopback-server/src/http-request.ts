import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import { HttpError } from './http-error.ts';

/** A request as the services see it: read whole, its host already told apart from its port. */
export interface HttpRequest {
  readonly method: string;
  /** Without the port, in lower case. */
  readonly hostname: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The request's body as JSON; an empty one is `undefined`. @throws HttpError 400 on anything else. */
export function jsonBody(request: HttpRequest): unknown {
  if (request.body.length === 0) return undefined;
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new HttpError({
      status: 400,
      code: 'InvalidRequestContent',
      message: 'The request content was invalid and could not be deserialized: it is not JSON.',
    });
  }
}

/** The request's body held against a schema. @throws HttpError 400 naming all that is wrong with it. */
export function checkedBody<Schema extends z.ZodType>(
  schema: Schema,
  request: HttpRequest,
  code = 'InvalidRequestContent',
): z.infer<Schema> {
  const parsed = schema.safeParse(jsonBody(request));
  if (parsed.success) return parsed.data;
  throw new HttpError({
    status: 400,
    code,
    message: parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
      .join('; '),
  });
}

/** A header that Azure's clients send once. */
export function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

/** The token of an `Authorization: Bearer` header, or undefined where there is none. */
export function bearerToken(request: Pick<HttpRequest, 'headers'>): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
