import { randomUUID } from 'node:crypto';
import {
  answer,
  bearerToken,
  type HttpRequest,
  type HttpResponse,
} from '@mispriced/loopback-server';
import {
  deploymentStatus,
  describeDeployment,
  describeLog,
  type DeploymentRecord,
  isOver,
} from './deployment-record.ts';
import type { DeploymentSites } from './deployment-sites.ts';
import { openDeploymentStore } from './deployment-store.ts';

/** How the service is to misbehave, as the real one does at times; all may be changed as it runs. */
interface DeploymentQuirks {
  /** What a deployment waits for before it begins; null for nothing. */
  heldBy: Promise<void> | null;
  /** The first answers about a new deployment that are 404: the worker has not heard of it yet. */
  earlyNotFound: number;
  /** The worker is recycled once a deployment is over, and knows of none from then on. */
  recycles: boolean;
  /** The next deployment fails with this text; null for none. */
  failure: string | null;
}

/** The deployment service of the local cloud. */
export interface DeploymentService {
  readonly quirks: DeploymentQuirks;
  /** Answers a request to a site's deployment host. */
  handle(request: HttpRequest, site: string): Promise<HttpResponse>;
  /** The names of the sites with a deployment under way. */
  underWay(): readonly string[];
  /** Resolves when no deployment is under way. */
  whenIdle(): Promise<void>;
}

/**
 * A double of One Deploy on Flex Consumption: `/api/publish`, `/api/deployments` and their logs. It
 * is a simulation; SUPPORT.md says of what. Source: core-tools, azure-cli, functions-action and azd,
 * which are its clients.
 */
export function createDeploymentService(args: {
  sites: DeploymentSites;
  folder: string;
  clock: () => Date;
}): DeploymentService {
  const { sites, clock } = args;
  const store = openDeploymentStore(args.folder);
  const quirks: DeploymentQuirks = {
    heldBy: null,
    earlyNotFound: 0,
    recycles: false,
    failure: null,
  };
  const underWay = new Map<string, Promise<void>>();
  const forgotten = new Set<string>();
  let notFoundLeft = 0;

  const run = async (site: string, started: DeploymentRecord, zip: Buffer): Promise<void> => {
    let record = started;
    const change = (changes: Partial<DeploymentRecord>): void => {
      record = { ...record, ...changes };
      store.put(site, record);
    };
    const log = (message: string): void => {
      change({ log: [...record.log, { log_time: clock().toISOString(), message, details: [] }] });
    };
    /** Below the line that was logged last. */
    const detail = (message: string): void => {
      const line = { log_time: clock().toISOString(), message };
      const last = record.log.at(-1);
      if (last === undefined) return;
      const details = [...last.details, line];
      change({ log: [...record.log.slice(0, -1), { ...last, details }] });
    };
    await quirks.heldBy;
    try {
      change({ status: deploymentStatus.building, status_text: 'Building' });
      log('[Kudu-ValidationStep] starting.');
      const { failure } = quirks;
      quirks.failure = null;
      if (failure !== null) throw new Error(failure);
      change({ status: deploymentStatus.deploying, status_text: 'Deploying' });
      await sites.deploy(site, zip, { log, detail });
      log('[Kudu-SyncTriggerStep] completed.');
      change({ status: deploymentStatus.success, status_text: '' });
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
      change({ status: deploymentStatus.failed, status_text: 'Deployment Failed.' });
    }
    change({ end_time: clock().toISOString() });
    if (quirks.recycles) forgotten.add(record.id);
  };

  const publish = (request: HttpRequest, site: string): HttpResponse => {
    if (underWay.has(site)) {
      return text(409, 'There is a deployment currently in progress. Please try again later.');
    }
    const problem = problemOf(request);
    if (problem !== null) return problem;
    const record: DeploymentRecord = {
      id: randomUUID(),
      status: deploymentStatus.pending,
      status_text: 'Pending',
      author: request.query.get('author') ?? 'N/A',
      deployer: request.query.get('Deployer') ?? 'N/A',
      message: request.query.get('message') ?? 'Created via a push deployment',
      remoteBuild: request.query.get('RemoteBuild')?.toLowerCase() === 'true',
      received_time: clock().toISOString(),
      end_time: null,
      log: [],
    };
    store.put(site, record);
    notFoundLeft = quirks.earlyNotFound;
    const done = run(site, record, request.body).finally(() => underWay.delete(site));
    underWay.set(site, done);
    // The id alone, as JSON.
    const body = JSON.stringify(record.id);
    return { status: 202, headers: { 'content-type': 'application/json' }, body };
  };

  const known = (site: string): readonly DeploymentRecord[] =>
    store.of(site).filter(({ id }) => !forgotten.has(id));

  const show = (
    record: DeploymentRecord | undefined,
    site: { name: string; scmUrl: string },
  ): HttpResponse => {
    if (notFoundLeft > 0) notFoundLeft -= 1;
    else if (record !== undefined) {
      const active = store.of(site.name).find(({ status }) => status === deploymentStatus.success);
      const place = { name: site.name, url: site.scmUrl, isActive: active?.id === record.id };
      return answer(isOver(record) ? 200 : 202, describeDeployment(record, place));
    }
    return text(404, 'Deployment not found.');
  };

  return {
    quirks,
    underWay: () => [...underWay.keys()],
    whenIdle: async () => {
      await Promise.all(underWay.values());
    },
    handle: async (request, name) => {
      const site = sites.find(name);
      if (site === null) return text(404, `There is no site ${name}.`);
      const refusal = await sites.authorize(site.name, bearerToken(request));
      if (refusal !== null) return text(refusal, '');
      const [, id, part, line] =
        /^\/api\/deployments(?:\/([^/]+))?(?:\/(log)(?:\/(\d+))?)?\/?$/.exec(request.path) ?? [];
      const records = known(site.name);
      const record = id === 'latest' ? records[0] : records.find((each) => each.id === id);
      if (request.path === '/api/publish' && request.method === 'POST') {
        return publish(request, site.name);
      }
      if (!request.path.startsWith('/api/deployments') || request.method !== 'GET') {
        return text(501, `${request.method} ${request.path} is not simulated by this double.`);
      }
      if (id === undefined)
        return answer(
          200,
          records.map((each) => show(each, site).body),
        );
      if (part !== 'log') return show(record, site);
      const url = site.scmUrl;
      const at = line === undefined ? null : Number(line);
      const lines = record === undefined ? null : describeLog(record, { url }, at);
      return lines === null ? text(404, '') : answer(200, lines);
    },
  };
}

/** What is wrong with a package as it was sent; null where it can be tried. */
function problemOf({ headers, query, body }: HttpRequest): HttpResponse | null {
  if (!/^application\/(?:zip|octet-stream)/i.test(headers['content-type'] ?? '')) {
    return text(415, 'The content type must be application/zip.');
  }
  if (query.get('RemoteBuild')?.toLowerCase() === 'true') {
    return text(501, 'A remote build is not simulated by this double: send RemoteBuild=false.');
  }
  const isZip = body.length > 4 && body.readUInt32LE(0) === 0x04_03_4b_50;
  return isZip ? null : text(400, 'The package is not a zip file.');
}

function text(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
