import type { DispatchContext } from './dispatch-context.ts';
import { meetFault } from './control/meet-fault.ts';
import { loseAnswer } from './http/lose-answer.ts';
import { recordRequest } from './control/record-request.ts';
import type { StreamedHost, StreamedRequest } from './service.ts';

/** Puts the fault plan, the record and the log before a host whose requests flow. */
export async function serveStreamed(
  host: StreamedHost,
  request: StreamedRequest,
  context: DispatchContext,
): Promise<void> {
  const { method, path, outgoing } = request;
  const service = host.faults;
  const hostname = `${request.name}.${host.kind}.localhost`;
  outgoing.once('finish', () => {
    recordRequest(context, { service, method, hostname, path, status: outgoing.statusCode });
  });
  const { faults } = context.control;
  const { refusal, isLost } = await meetFault({
    faults,
    service,
    method,
    path: host.faultPath(request),
  });
  if (refusal !== null) {
    request.incoming.resume();
    host.refuse(outgoing, refusal);
    return;
  }
  if (isLost) loseAnswer(outgoing);
  await host.stream(request);
}
