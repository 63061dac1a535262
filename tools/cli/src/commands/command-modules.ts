import type { Registration } from './register.ts';

type Register = (registration: Registration) => void;

/** The names of commands and where they are: each loads what it needs alone, for most of it is Azure's. */
export const commandModules: readonly (readonly [
  names: readonly string[],
  load: () => Promise<Register>,
])[] = [
  [['run'], async () => (await import('./run.ts')).registerRun],
  [['train'], async () => (await import('./train.ts')).registerTrain],
  [['model'], async () => (await import('./model.ts')).registerModel],
  [['data'], async () => (await import('./data.ts')).registerData],
  [['config'], async () => (await import('./config.ts')).registerConfig],
  [['halt', 'resume'], async () => (await import('./halt.ts')).registerHalt],
  [['reconcile'], async () => (await import('./reconcile.ts')).registerReconcile],
  [['ledger'], async () => (await import('./ledger.ts')).registerLedger],
  [['local'], async () => (await import('./local.ts')).registerLocal],
  [['local-settings'], async () => (await import('./local-settings.ts')).registerLocalSettings],
  [
    ['up', 'preview-changes', 'outputs', 'drift', 'destroy'],
    async () => (await import('./environment.ts')).registerEnvironment,
  ],
  [['package'], async () => (await import('./package.ts')).registerPackage],
  [['deploy'], async () => (await import('./deploy.ts')).registerDeploy],
  [['secrets'], async () => (await import('./secrets.ts')).registerSecrets],
  [['preview'], async () => (await import('./preview.ts')).registerPreview],
  [['preview-comment'], async () => (await import('./preview-comment.ts')).registerPreviewComment],
  [
    ['preview-down', 'preview-list', 'preview-sweep'],
    async () => (await import('./preview-life.ts')).registerPreviewLife,
  ],
  [['rotate-keys'], async () => (await import('./rotate-keys.ts')).registerRotateKeys],
  [['bootstrap'], async () => (await import('./bootstrap.ts')).registerBootstrap],
];

/** The command that is asked for; all of them where none is, or one that is not there. */
export async function wantedCommands(args: readonly string[]): Promise<readonly Register[]> {
  const [name = ''] = args;
  const one = commandModules.find(([names]) => names.includes(name));
  const wanted = one === undefined ? commandModules : [one];
  return Promise.all(wanted.map(([, load]) => load()));
}
