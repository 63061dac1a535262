import { armService } from '../services/arm/arm-service.ts';
import { engineService } from '../services/engine/engine-service.ts';
import { identityService } from '../services/identity/identity-service.ts';
import { keyVaultService } from '../services/key-vault/key-vault-service.ts';
import type { VaultArmContext } from '../services/key-vault/key-vault-context.ts';
import { monitorService } from '../services/monitor/monitor-service.ts';
import type { StorageContext } from '../services/storage/storage-context.ts';
import { storageService } from '../services/storage/storage-service.ts';
import type { AccessContext, ArmContext } from '../services/arm/arm-context.ts';
import type { WebContext } from '../services/web/web-context.ts';
import { webService } from '../services/web/web-service.ts';
import type { CloudService, ServiceContext } from './service.ts';

/** Azure's services, lower ones first: none knows of one that stands after it. */
export const azureServices: readonly CloudService[] = [
  ...[engineService, identityService, armService],
  ...[storageService, keyVaultService, webService, monitorService],
];

/** What services find that join Azure's: all that those give. */
export type CloudContext = ServiceContext &
  ArmContext &
  AccessContext &
  StorageContext &
  VaultArmContext &
  WebContext;
