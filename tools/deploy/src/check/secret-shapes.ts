/** A kind of key that can be told by how it looks. */
export interface SecretShape {
  readonly name: string;
  readonly pattern: RegExp;
  /** Only in what people write: in the code of others it would be found by chance. */
  readonly ownSourcesOnly?: true;
}

/**
 * Shapes of common keys, by the documents of those who issue them: what secretlint's recommended rules
 * do not know (find-known-formats.ts), or only whole, as a private key that is cut off.
 */
export const secretShapes: readonly SecretShape[] = [
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=\\]/ },
  { name: 'the key of a storage account', pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/ },
  { name: 'a shared access signature', pattern: /[?&]sig=[A-Za-z0-9%+/]{40,}(?:%3D|=)/i },
  { name: 'a client secret of Entra', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/ },
  { name: 'a key of Cosmos DB or Service Bus', pattern: /SharedAccessKey=[A-Za-z0-9+/]{43}=/ },
  { name: 'a key of Google', pattern: /AIza[A-Za-z0-9_-]{35}/ },
  { name: 'a signed token', pattern: /eyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/ },
  { name: 'an access token of Pulumi', pattern: /pul-[a-f0-9]{40}/ },
  {
    name: 'a password in an address',
    pattern: /[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`{}$]+:[^\s/:@'"`{}$]{6,}@[\w.-]+/,
    ownSourcesOnly: true,
  },
  {
    name: 'a value given to a name such as key, secret or password',
    pattern:
      /(?:api[_-]?key|access[_-]?key|secret|password|passwd|token|credential)\w*\\?["']?\s*[:=]\s*\\?["'](?=[^"'\\]*\d)(?=[^"'\\]*[a-z])[A-Za-z0-9+/=_~.!@#%^*-]{16,}\\?["']/i,
    ownSourcesOnly: true,
  },
];

/** Published by Microsoft for the storage emulator: it opens nothing. */
export const publishedKeys = [
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
];
