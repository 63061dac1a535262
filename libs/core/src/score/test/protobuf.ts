/** Just enough of the protocol buffers wire format to write an ONNX file. */
type Field = Uint8Array;

const text = new TextEncoder();

/** A field with a whole number (wire type 0). */
export function integerField(number: number, value: number): Field {
  return concatenate([varint(number * 8), varint(value)]);
}

/** A field with bytes, a text or a nested message (wire type 2). */
export function bytesField(number: number, value: Uint8Array | string): Field {
  const bytes = typeof value === 'string' ? text.encode(value) : value;
  return concatenate([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** A message is its fields one after the other. */
export function concatenate(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let offset = 0;
  for (const field of fields) {
    bytes.set(field, offset);
    offset += field.length;
  }
  return bytes;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}
