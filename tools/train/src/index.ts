export { ensurePythonEnvironment, type PythonEnvironment } from './python-environment.ts';
export { trainModel, type TrainedModel, type TrainModelRequest } from './train-model.ts';
export { defaultFeaturesPath, demoModelFolder } from './paths.ts';
export { estimators, type Estimator } from './check-request.ts';
