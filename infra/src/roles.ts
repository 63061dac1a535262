/** Azure's built-in roles that an environment grants, by their fixed ids. */
export const roles = {
  /** The functions host needs it for its locks, keys and timers, and the app for its data. */
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  /** Lists and renews an account's keys: what rotation needs, and nothing in the account. */
  storageAccountKeyOperator: '81a9662b-bebf-436f-a333-f67b29880f12',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
} as const;

/** A built-in role by our name for it. */
export type Role = keyof typeof roles;
