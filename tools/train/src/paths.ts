import { fileURLToPath } from 'node:url';

/** The folder that holds the Python package. */
export const pythonFolder = fileURLToPath(new URL('../python', import.meta.url));

/** The feature declaration for LendingClub, used where a request names no other. */
export const defaultFeaturesPath = fileURLToPath(
  new URL('../features/lendingclub.yaml', import.meta.url),
);

/** The small model that comes with the project, trained on generated loans. */
export const demoModelFolder = fileURLToPath(new URL('../demo-model', import.meta.url));
