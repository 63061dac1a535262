import { createHash } from 'node:crypto';
import { z } from 'zod';
import { packageRefused } from './package-error.ts';
import { sortedFiles, type PackageFiles } from './package-files.ts';

/** The manifest's path in the package. */
export const manifestPath = 'package-manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const timer = z.strictObject({
  name: z.string(),
  trigger: z.literal('timer'),
  /** By the configuration's defaults; an environment may set another. */
  schedule: z.string(),
  timeZone: z.string().nullable(),
  /** The app setting that says otherwise. */
  scheduleSetting: z.string(),
});

const http = z.strictObject({
  name: z.string(),
  trigger: z.literal('http'),
  methods: z.array(z.string()),
  authLevel: z.string(),
});

const schema = z.strictObject({
  format: z.literal(1),
  app: z.strictObject({ name: z.string(), version: z.string() }),
  target: z.strictObject({
    platform: z.string(),
    arch: z.string(),
    nodeVersions: z.array(z.string()),
  }),
  functions: z.array(z.discriminatedUnion('trigger', [timer, http])),
  /** npm modules in the package and their versions. */
  modules: z.record(z.string(), z.string()),
  /** Every other file: size in bytes and SHA-256. */
  files: z.record(z.string(), z.strictObject({ bytes: z.number().int(), sha256 })),
});

/** What a package says of itself. Who built it and when is not part of it: that would change it. */
export type PackageManifest = z.infer<typeof schema>;

/** A function as the manifest lists it. */
export type PackagedFunction = PackageManifest['functions'][number];

/** The manifest's `files`. */
export function describeFiles(files: PackageFiles): PackageManifest['files'] {
  return Object.fromEntries(
    sortedFiles(files).map(([path, bytes]) => [path, { bytes: bytes.length, sha256: hash(bytes) }]),
  );
}

/** The manifest as it stands in the package. */
export function manifestBytes(manifest: PackageManifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** Reads a manifest. @throws MispricedError `PACKAGE_REFUSED` */
export function parseManifest(bytes: Uint8Array): PackageManifest {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw packageRefused(
      `The package's ${manifestPath} cannot be read.`,
      'Build the package again with `npx mispriced package`.',
      error,
    );
  }
}

/** SHA-256 in lower-case hexadecimal. */
export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
