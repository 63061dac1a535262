import { bytesField, concatenate, integerField } from './protobuf.ts';

/** A logistic regression, and ways in which one could be wrong. */
export interface TinyModel {
  /** One weight a feature. */
  readonly weights: readonly number[];
  readonly bias: number;
  readonly inputName?: string;
  readonly outputName?: string;
  /** A second input of the same kind, of which the model makes no use. */
  readonly extraInputName?: string;
  readonly elementType?: 'float32' | 'float64';
  /** A fixed number of rows; by default any. */
  readonly rows?: number | string;
  /** Whether the output's declaration tells its shape. */
  readonly declaresOutputShape?: boolean;
  /** Without it the score is not squeezed between 0 and 1. */
  readonly isSquashed?: boolean;
  /** Repeats the probabilities, so that the output has more than two columns. */
  readonly isOutputDoubled?: boolean;
}

const elementTypes = { float32: 1, float64: 11 };

/**
 * Writes a logistic regression as an ONNX file (onnx.proto3 of ONNX 1.17, opset 18): probabilities
 * [rows, 2] = [1 - p, p] with p = sigmoid(features * weights + bias).
 */
export function tinyOnnxModel(model: TinyModel): Uint8Array {
  const input = model.inputName ?? 'features';
  const output = model.outputName ?? 'probabilities';
  const type = model.elementType ?? 'float32';
  const columns = model.isOutputDoubled === true ? ['q', 'p', 'q', 'p'] : ['q', 'p'];
  const rows = model.rows ?? 'rows';
  const graph = concatenate([
    node('MatMul', [input, 'weights'], 'product'),
    node('Add', ['product', 'bias'], 'sum'),
    node(model.isSquashed === false ? 'Identity' : 'Sigmoid', ['sum'], 'p'),
    node('Sub', ['one', 'p'], 'q'),
    node('Concat', columns, output, attribute('axis', 1)),
    bytesField(2, 'tiny'),
    initializer('weights', [model.weights.length, 1], model.weights, type),
    initializer('bias', [1], [model.bias], type),
    initializer('one', [1], [1], type),
    bytesField(11, valueInfo(input, type, [rows, model.weights.length])),
    ...(model.extraInputName === undefined
      ? []
      : [bytesField(11, valueInfo(model.extraInputName, type, [rows, 1]))]),
    bytesField(
      12,
      valueInfo(output, type, model.declaresOutputShape === false ? null : [rows, columns.length]),
    ),
  ]);
  const operatorSet = integerField(2, 18);
  return concatenate([integerField(1, 8), bytesField(8, operatorSet), bytesField(7, graph)]);
}

function node(operator: string, inputs: readonly string[], output: string, more?: Uint8Array) {
  const fields = [
    ...inputs.map((name) => bytesField(1, name)),
    bytesField(2, output),
    bytesField(4, operator),
  ];
  if (more !== undefined) fields.push(bytesField(5, more));
  return bytesField(1, concatenate(fields));
}

function attribute(name: string, value: number): Uint8Array {
  const integer = 2;
  return concatenate([bytesField(1, name), integerField(3, value), integerField(20, integer)]);
}

function initializer(
  name: string,
  dimensions: readonly number[],
  values: readonly number[],
  type: keyof typeof elementTypes,
): Uint8Array {
  const array = type === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  return bytesField(
    5,
    concatenate([
      ...dimensions.map((size) => integerField(1, size)),
      integerField(2, elementTypes[type]),
      bytesField(8, name),
      bytesField(9, new Uint8Array(array.buffer)),
    ]),
  );
}

function valueInfo(
  name: string,
  type: keyof typeof elementTypes,
  shape: readonly (number | string)[] | null,
): Uint8Array {
  const dimensions = (shape ?? []).map((size) =>
    bytesField(1, typeof size === 'number' ? integerField(1, size) : bytesField(2, size)),
  );
  const tensor = concatenate([
    integerField(1, elementTypes[type]),
    ...(shape === null ? [] : [bytesField(2, concatenate(dimensions))]),
  ]);
  return concatenate([bytesField(1, name), bytesField(2, bytesField(1, tensor))]);
}
