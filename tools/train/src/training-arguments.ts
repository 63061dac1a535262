/** The command line of the Python package that decides which model comes out. */
export function trainingArguments(request: {
  readonly dataPath: string;
  readonly ownDataPaths: readonly string[];
  readonly featuresPath: string;
  readonly issuedBefore: string;
  readonly label: string;
  readonly estimator: string;
}): readonly string[] {
  return [
    `--data=${request.dataPath}`,
    ...request.ownDataPaths.map((path) => `--own-data=${path}`),
    `--features=${request.featuresPath}`,
    `--issued-before=${request.issuedBefore}`,
    `--label=${request.label}`,
    `--estimator=${request.estimator}`,
  ];
}
