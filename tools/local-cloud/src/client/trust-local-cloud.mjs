// See trust-local-cloud.d.mts for what this is for.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

let resolves = false;
const trusted = new Set();

export function trustLocalCloud(certificateFile) {
  const certificate = readFileSync(certificateFile, 'utf8');
  if (!trusted.has(certificate)) {
    trusted.add(certificate);
    // Before Node 22.19 only NODE_EXTRA_CA_CERTS, which the same shell sets, can add a certificate.
    tls.setDefaultCACertificates?.([...tls.getCACertificates('default'), certificate]);
  }
  if (!resolves) {
    resolves = true;
    resolveLocalhostNames();
  }
}

function resolveLocalhostNames() {
  const original = dns.lookup;
  const lookup = (hostname, ...rest) => original.call(dns, loopback(hostname), ...rest);
  // `util.promisify(dns.lookup)` finds its promise form under a symbol of the function.
  dns.lookup = Object.assign(lookup, original);
  const originalPromise = dns.promises.lookup;
  dns.promises.lookup = (hostname, ...rest) =>
    originalPromise.call(dns.promises, loopback(hostname), ...rest);
}

function loopback(hostname) {
  return /\.localhost\.?$/i.test(hostname) ? '127.0.0.1' : hostname;
}
