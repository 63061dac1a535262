import type { RecordedRequest, RequestRecord } from './request-record.ts';

/** Notes what was asked and answered, in the log without anything that opens a door. */
export function recordRequest(
  context: { readonly control: { readonly requests: RequestRecord }; log: (line: string) => void },
  asked: Omit<RecordedRequest, 'apiVersion' | 'body'> &
    Partial<Pick<RecordedRequest, 'apiVersion' | 'body'>>,
): void {
  const { service, method, hostname, path, status } = asked;
  context.log(`${service} ${method} ${hostname}${path} ${status}`);
  context.control.requests.add({ apiVersion: null, body: null, ...asked });
}
