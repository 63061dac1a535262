import type { FunctionSummary, HostStatus } from '../host/functions-host.ts';

/** The body of `GET /admin/host/status`; what the real host says of its machine is left blank. */
export function describeHost(status: HostStatus): object {
  const errors = status.errors.length > 0 ? { errors: status.errors } : {};
  return {
    id: status.hostId,
    state: status.state,
    version: '4.0.0.0',
    versionDetails: '4.0.0+local-cloud',
    platformVersion: '',
    instanceId: status.instanceId,
    computerName: '',
    processUptime: status.upForMs,
    functionAppContentEditingState: 'NotAllowed',
    ...errors,
  };
}

/** One element of `GET /admin/functions`. */
export function describeFunction(summary: FunctionSummary, hostUrl: string): object {
  const { name } = summary;
  return {
    name,
    script_root_path_href: `${hostUrl}/admin/vfs/site/wwwroot/`,
    script_href: null,
    config_href: null,
    test_data_href: null,
    href: `${hostUrl}/admin/functions/${name}`,
    invoke_url_template: summary.url,
    language: 'node',
    config: { name, bindings: [binding(summary)], language: 'node', functionDirectory: '' },
    files: null,
    test_data: null,
    isDisabled: summary.isDisabled,
    isDirect: true,
    isProxy: false,
  };
}

function binding(summary: FunctionSummary): object {
  if (summary.trigger === 'timer') {
    return { type: 'timerTrigger', direction: 'in', schedule: summary.schedule };
  }
  const { methods, authLevel } = summary;
  return { type: 'httpTrigger', direction: 'in', methods, authLevel };
}
