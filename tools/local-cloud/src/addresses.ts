/** The kinds of host the local cloud answers as, each `NAME.KIND.localhost`. */
export const hostKinds = ['vault', 'blob', 'queue', 'table', 'scm', 'azurewebsites'] as const;

/** One of the kinds of host. */
export type HostKind = (typeof hostKinds)[number];

/** Where the local cloud is reached. */
export interface Addresses {
  /** `https://localhost:PORT`: resource manager, sign-in, graph and control. */
  readonly origin: string;
  readonly port: number;
  /** `https://NAME.KIND.localhost:PORT`, the shape that Azure's own addresses have. */
  hosted(kind: HostKind, name: string): string;
  /** `https://127.0.0.1:PORT/ACCOUNT`, for storage clients that cannot resolve `*.localhost`. */
  accountPath(kind: 'blob' | 'queue' | 'table', account: string): string;
  /** Where an app's managed identity asks for tokens: plain HTTP, as on Azure. */
  readonly identityEndpoint: string;
}

/** Puts together the addresses of a local cloud that listens on these ports. */
export function makeAddresses(
  ports: Record<'main' | 'identity' | 'blob' | 'queue' | 'table', number>,
): Addresses {
  return {
    origin: `https://localhost:${ports.main}`,
    port: ports.main,
    hosted: (kind, name) => `https://${name}.${kind}.localhost:${ports.main}`,
    accountPath: (kind, account) => `https://127.0.0.1:${ports[kind]}/${account}`,
    identityEndpoint: `http://127.0.0.1:${ports.identity}/msi/token`,
  };
}

/** What a host name stands for, or undefined for the local cloud's own. */
export function parseHostname(hostname: string): { kind: HostKind; name: string } | undefined {
  const [name, kind, top, ...rest] = hostname.toLowerCase().split('.');
  const known = hostKinds.find((each) => each === kind);
  if (known === undefined || top !== 'localhost' || rest.length > 0) return undefined;
  return { kind: known, name: name ?? '' };
}
