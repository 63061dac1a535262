import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

let resolves = false;
const trusted = new Set<string>();

/**
 * Lets the clients of this process reach a local cloud by the host names Azure's shape asks for:
 * `*.localhost` resolves to loopback (RFC 6761 asks for it, many systems do not), and the
 * certificate that the local cloud made for itself is believed beside the usual ones. Other
 * names and other certificates are treated as before.
 *
 * @param certificateFile as in `LocalCloud.certificateFile`
 */
export function trustLocalCloud(certificateFile: string): void {
  const certificate = readFileSync(certificateFile, 'utf8');
  if (!trusted.has(certificate)) {
    trusted.add(certificate);
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
  }
  if (!resolves) {
    resolves = true;
    resolveLocalhostNames();
  }
}

function resolveLocalhostNames(): void {
  const original = dns.lookup;
  const lookup = (hostname: string, ...rest: unknown[]): unknown =>
    Reflect.apply(original, dns, [loopback(hostname), ...rest]);
  // `util.promisify(dns.lookup)` finds its promise form under a symbol of the function.
  Object.assign(lookup, original);
  dns.lookup = lookup as typeof dns.lookup;
  const originalPromise = dns.promises.lookup;
  const promised = (hostname: string, ...rest: unknown[]): unknown =>
    Reflect.apply(originalPromise, dns.promises, [loopback(hostname), ...rest]);
  dns.promises.lookup = promised as typeof dns.promises.lookup;
}

function loopback(hostname: string): string {
  return /\.localhost\.?$/i.test(hostname) ? '127.0.0.1' : hostname;
}
