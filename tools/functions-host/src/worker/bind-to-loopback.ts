import { Server } from 'node:net';

/**
 * Runs an action during which a server that names no address listens on loopback. The library's
 * proxy for streamed requests would listen on every interface, past the keys that the host checks.
 */
export async function bindToLoopback<Result>(action: () => Promise<Result>): Promise<Result> {
  const listen = Object.getOwnPropertyDescriptor(Server.prototype, 'listen');
  const original = listen?.value as (...args: unknown[]) => Server;
  Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]): Server {
    const [first, ...rest] = args;
    if (typeof first === 'function') return original.call(this, 0, '127.0.0.1', first);
    if (typeof first === 'number' && typeof rest[0] !== 'string') {
      return original.call(this, first, '127.0.0.1', ...rest);
    }
    return original.apply(this, args);
  };
  try {
    return await action();
  } finally {
    if (listen !== undefined) Object.defineProperty(Server.prototype, 'listen', listen);
  }
}
