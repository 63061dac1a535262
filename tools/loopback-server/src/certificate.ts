import { randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './write-atomically.ts';

/** The certificate that a simulated service shows, in PEM, and the file a client is told to trust. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  readonly certificateFile: string;
}

const lifetimeDays = 365;
const renewDaysBefore = 30;
const millisecondsPerDay = 86_400_000;

/**
 * The certificate kept in a folder, or a new one where there is none or it soon ends. It signs
 * itself and stands for loopback names alone; nothing on the machine trusts it until told to.
 *
 * @param args.hostKinds for each `KIND` the certificate also stands for `*.KIND.localhost`
 */
export async function keepCertificate(args: {
  folder: string;
  now: Date;
  hostKinds?: readonly string[];
}): Promise<Certificate> {
  const certificateFile = join(args.folder, 'local-cloud.pem');
  const keyFile = join(args.folder, 'local-cloud.key');
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    const certificate = readFileSync(certificateFile, 'utf8');
    const endsSoon = new Date(args.now.getTime() + renewDaysBefore * millisecondsPerDay);
    if (new X509Certificate(certificate).validToDate > endsSoon) {
      return { certificate, key: readFileSync(keyFile, 'utf8'), certificateFile };
    }
  }
  const made = await makeCertificate(args.now, args.hostKinds ?? []);
  writeAtomically(keyFile, made.private);
  writeAtomically(certificateFile, made.cert);
  return { certificate: made.cert, key: made.private, certificateFile };
}

async function makeCertificate(
  now: Date,
  hostKinds: readonly string[],
): Promise<{ private: string; cert: string }> {
  // Loaded only here: most servers on loopback have no certificate, and it takes long to load.
  const { generate } = await import('selfsigned');
  // A star stands for one label, and clients refuse one directly above a top-level name.
  const names = ['localhost', ...hostKinds.map((kind) => `*.${kind}.localhost`)];
  // OpenSSL looks a certificate up by its subject: with two of the same name in one process it may
  // take the other, and refuse this one.
  const organizationName = `Mispriced local cloud ${randomUUID()}`;
  const subject = [
    { name: 'commonName', value: 'localhost' },
    { name: 'organizationName', value: organizationName },
  ];
  return await generate(subject, {
    algorithm: 'sha256',
    keyType: 'ec',
    notBeforeDate: new Date(now.getTime() - millisecondsPerDay),
    notAfterDate: new Date(now.getTime() + lifetimeDays * millisecondsPerDay),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  });
}
