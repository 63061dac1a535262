import { join } from 'node:path';
import tls from 'node:tls';
import { writeAtomically } from '@mispriced/loopback-server';

/**
 * Writes the usual certificate authorities and the local cloud's certificate to one file, for
 * programs that take such a file instead of their own list (Go, Python).
 */
export function writeCaBundle(folder: string, certificate: string): string {
  const file = join(folder, 'ca-bundle.pem');
  writeAtomically(file, [...tls.rootCertificates, certificate].join('\n') + '\n');
  return file;
}
