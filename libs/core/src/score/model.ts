import type { ModelManifest } from '../domain/model-manifest.ts';

/** A model ready to score: proven to be the file its manifest describes. */
export interface Model {
  readonly manifest: ModelManifest;
  /** Where it came from, for messages and reports. */
  readonly where: string;
  /**
   * The probability of a loss for each row.
   *
   * @param values Rows of features as `buildFeatureMatrix` makes them.
   * @throws MispricedError `MODEL_CONTRACT` for a result that is no probability.
   */
  score(values: Float32Array): Promise<Float64Array>;
  /** Frees the memory outside of JavaScript's heap. */
  close(): Promise<void>;
}

/** A model's files as bytes and text, wherever they were stored. */
export interface ModelBundle {
  readonly manifestText: string;
  readonly modelBytes: Uint8Array;
  /** Where given, the model is proven on it before it is handed out. */
  readonly parityText?: string;
}
