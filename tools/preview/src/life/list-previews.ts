import { findPreviewApp } from '../cloud/preview-app.ts';
import type { PreviewDependencies } from '../preview-dependencies.ts';
import { findPreviews, type FoundPreview } from './find-previews.ts';

/** A preview as `preview-list` shows it. */
export interface ListedPreview {
  readonly pr: number;
  /** Whole hours since it was first made; null where nothing tells. */
  readonly ageHours: number | null;
  /** ISO 8601; null where nothing says so. */
  readonly expiry: string | null;
  readonly expired: boolean;
  readonly owner: string | null;
  readonly commit: string | null;
  /**
   * `no answer`: the app is there and does not answer. `half-made`: it never came up. `left over`: a
   * record or a deleted vault without anything in the cloud.
   */
  readonly health: 'healthy' | 'unhealthy' | 'no answer' | 'half-made' | 'left over';
}

/** Every preview there is, by its number. Needs Reader, and the keys of their apps for their health. */
export async function listPreviews(dependencies: PreviewDependencies): Promise<ListedPreview[]> {
  const found = await findPreviews(dependencies);
  return Promise.all(
    found.map(async (preview) => {
      const { expiry, record, groups } = preview;
      const tags = groups[0]?.tags;
      const since = record?.createdAt ?? record?.updatedAt ?? null;
      const now = dependencies.now().getTime();
      return {
        pr: preview.pullRequest,
        ageHours: since === null ? null : Math.floor((now - since.getTime()) / 3_600_000),
        expiry: expiry?.toISOString() ?? null,
        expired: expiry !== null && expiry.getTime() <= now,
        owner: tags?.['owner'] ?? null,
        commit: tags?.['commit'] ?? null,
        health: await healthOf(preview, dependencies),
      };
    }),
  );
}

async function healthOf(
  { record, groups }: FoundPreview,
  dependencies: PreviewDependencies,
): Promise<ListedPreview['health']> {
  const [group] = groups;
  if (group === undefined) return 'left over';
  const connection = await dependencies.cloud.connection();
  const app = await findPreviewApp({ connection, groupId: group.id, fetch: dependencies.fetch });
  if (app === null || record?.cameUp !== true) return 'half-made';
  const healthy = await app.isHealthy();
  if (healthy === null) return 'no answer';
  return healthy ? 'healthy' : 'unhealthy';
}
