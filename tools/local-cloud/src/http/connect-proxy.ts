import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { isLoopbackHost } from '@mispriced/core/domain/loopback';

/**
 * Lets a client that cannot resolve `*.localhost` reach those names through `HTTPS_PROXY`. It
 * dials loopback alone and refuses every other host, so that nothing meant for the world can pass.
 * HTTPS's usual port stands for `mainPort`: some clients take no port in a vault's address.
 */
export function proxyConnect(args: {
  request: IncomingMessage;
  client: Duplex;
  head: Buffer;
  mainPort: number;
}): void {
  const { request, client, head, mainPort } = args;
  const [, hostname = '', port = ''] = /^(.+):(\d+)$/.exec(request.url ?? '') ?? [];
  if (!isLoopbackHost(hostname)) {
    client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return;
  }
  const onward = connect(port === '443' ? mainPort : Number(port), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) onward.write(head);
    onward.pipe(client).pipe(onward);
  });
  onward.on('error', () => client.destroy());
  client.on('error', () => onward.destroy());
}
