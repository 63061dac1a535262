/** One record of a CSV file and where it starts. */
export interface CsvRecord {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A cell and what ends it: a comma, a line break or the end of the text. */
const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Reads RFC 4180 text; line breaks of any kind, empty lines left out.
 *
 * @throws SyntaxError naming the line, where a quote is not closed or stands inside a plain cell.
 */
export function readCsvRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (!match) throw new SyntaxError(`line ${line}: a quote is not closed, or stands in a cell`);
    const [whole, quotedText, plainText = '', end] = match;
    cells.push(quotedText?.replaceAll('""', '"') ?? plainText);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
    start = line;
  }
  return records;
}
