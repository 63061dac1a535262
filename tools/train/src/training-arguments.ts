/** The command line of the Python package that decides which model comes out of handed-over files. */
export function trainingArguments(
  request: {
    readonly featuresPath: string;
    readonly issuedBefore: string;
    readonly label: string;
    readonly estimator: string;
  },
  filesFolder: string,
): readonly string[] {
  return [
    `--files=${filesFolder}`,
    `--features=${request.featuresPath}`,
    `--issued-before=${request.issuedBefore}`,
    `--label=${request.label}`,
    `--estimator=${request.estimator}`,
  ];
}
