/** What a client sends of a resource: the top-level fields it names and its properties. */
export interface ResourceBody {
  readonly location?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | null | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly [field: string]: unknown;
}

/** A resource as it is kept. */
export interface Resource {
  /** As its creator spelt it. */
  readonly id: string;
  /** As Azure spells it: `Microsoft.Storage/storageAccounts`. */
  readonly type: string;
  readonly name: string;
  readonly body: ResourceBody;
  /** What its type noted at creation and no client can send: ids, times, keys. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly changedAt: string;
}
