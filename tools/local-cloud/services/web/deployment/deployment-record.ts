import { z } from 'zod';

/** Source: Kudu DeployStatus.cs, and what core-tools, azd and az make of it. */
export const deploymentStatus = {
  pending: 0,
  building: 1,
  deploying: 2,
  failed: 3,
  success: 4,
} as const;

const plainLine = z.object({ log_time: z.string(), message: z.string() });
const logLine = plainLine.extend({
  /** What stands below it, at an address of its own. */
  details: z.array(plainLine).default([]),
});

export const recordSchema = z.object({
  id: z.string(),
  status: z.number().int(),
  status_text: z.string(),
  author: z.string(),
  deployer: z.string(),
  message: z.string(),
  remoteBuild: z.boolean(),
  received_time: z.string(),
  end_time: z.string().nullable(),
  log: z.array(logLine),
});

/** A deployment as the double remembers it. */
export type DeploymentRecord = z.infer<typeof recordSchema>;

/** Whether nothing more will become of a deployment. */
export function isOver(record: DeploymentRecord): boolean {
  return record.status >= deploymentStatus.failed;
}

/** A log as `GET /api/deployments/{id}/log` shows it, or what is below one of its lines. */
export function describeLog(
  record: DeploymentRecord,
  site: { readonly url: string },
  line: number | null,
): readonly object[] | null {
  if (line !== null) {
    const details = record.log[line]?.details ?? [];
    if (details.length === 0) return null;
    return details.map((each) => ({ ...each, details_url: null }));
  }
  return record.log.map(({ details, ...each }, index) => ({
    ...each,
    details_url:
      details.length === 0 ? null : `${site.url}/api/deployments/${record.id}/log/${index}`,
  }));
}

/** A deployment as `GET /api/deployments/{id}` shows it. */
export function describeDeployment(
  record: DeploymentRecord,
  site: { readonly name: string; readonly url: string; readonly isActive: boolean },
): object {
  const { id, status, status_text, author, deployer, message, remoteBuild } = record;
  return {
    id,
    status,
    status_text,
    author,
    deployer,
    message,
    remoteBuild,
    received_time: record.received_time,
    end_time: record.end_time,
    author_email: 'N/A',
    progress: isOver(record) ? '' : record.status_text,
    start_time: record.received_time,
    last_success_end_time: record.status === deploymentStatus.success ? record.end_time : null,
    complete: isOver(record),
    active: site.isActive,
    is_temp: false,
    is_readonly: true,
    url: `${site.url}/api/deployments/${record.id}`,
    log_url: `${site.url}/api/deployments/${record.id}/log`,
    site_name: site.name,
    build_summary: { errors: [], warnings: [] },
  };
}
