import type { CloudService, OpenService, ServiceContext } from './service.ts';

/**
 * Opens services in their order. What each gives goes to the one context that all share, so that
 * those after it find it when they open, and those before it when they are asked something.
 *
 * @param opened gets each service as soon as it is open
 */
export async function openServices(args: {
  services: readonly CloudService[];
  context: ServiceContext;
  opened: (service: OpenService, name: string) => void;
}): Promise<void> {
  for (const service of args.services) {
    const open = await service.open(args.context);
    Object.assign(args.context, open.context);
    args.opened(open, service.name);
  }
}
