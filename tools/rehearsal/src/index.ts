export { alterPackage, type Alteration } from './alter-package.ts';
export type { CommandEnd } from './command-end.ts';
export { demoFiles, type DemoFiles } from './demo-files.ts';
export {
  type FilledOrder,
  openRehearsal,
  type Rehearsal,
  type RehearsalMarket,
} from './open-rehearsal.ts';
export type { RehearsedStack, SiteReport, StackStatus } from './rehearsed-stack.ts';
export type { StartedCommand } from './start-command.ts';
export { strategyPackage, type PackageFile } from './strategy-package.ts';
export { runTour, type TourEnd } from './tour/run-tour.ts';
export { type Tour, type TourStep } from './tour/tour-step.ts';
export { bringingUp, rotating, takingDown, tourSteps } from './tour/tour-steps.ts';
export { openStackBlobs } from './stack-objects.ts';
