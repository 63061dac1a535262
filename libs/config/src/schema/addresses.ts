import { fromText } from './text-values.ts';

/** Names of query parameters that carry a key or a signature. */
const secretParameter =
  /^(sig|signature|code|key|api-?_?key|access-?_?token|token|password|secret|subscription-key)$/i;

/** Whether a host is this machine itself, where plain http betrays nothing. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Whether a URL leads to this machine itself. False for what is no URL. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && isLoopbackHost(parsed.hostname);
}

function parseSafeUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return undefined;
  const secure = url.protocol === 'https:' || isLoopbackHost(url.hostname);
  return secure && /^https?:$/.test(url.protocol) && url.hash === '' ? url : undefined;
}

/** The address of a service: https (or http on this machine), without a query and without a password. */
export function serviceUrl() {
  return fromText(
    'an https address without a password, key or query (http only for this machine)',
    (text) => (parseSafeUrl(text)?.search === '' ? text.replace(/\/+$/, '') : undefined),
  );
}

/** The address of a file: a query is allowed, a key or signature in it is not. */
export function downloadUrl() {
  return fromText(
    'an https address without a password, key or signature (with one, put the whole address in a secret and name that in url_secret)',
    (text) => {
      const url = parseSafeUrl(text);
      if (!url) return undefined;
      const names = [...url.searchParams.keys()];
      return names.some((name) => secretParameter.test(name)) ? undefined : text;
    },
  );
}

/** A blob in the storage account of the configuration: container, then path. */
export function blobPath() {
  return fromText('a blob as container/path, such as data/listings/2026-01-02.json', (text) =>
    /^[a-z0-9]+(-[a-z0-9]+)*\/[^\p{Cc}\\?#]{1,1000}$/u.test(text) ? text : undefined,
  );
}

/** A container of a storage account, by Azure's rules for the name. */
export function containerName() {
  return fromText(
    'a container name: 3 to 63 lower-case letters, digits and single hyphens',
    (text) =>
      text.length >= 3 && text.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
        ? text
        : undefined,
  );
}
