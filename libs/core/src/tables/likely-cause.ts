type Cause = readonly [form: RegExp, said: string];

const emptyWord: Cause = [
  /^(nan|nat|none|null|nil|na|n\/a|#n\/a|<na>|-+|\.|\?)$/i,
  'a word for an empty value; leave the cell empty',
];

const causesOfNoNumber: readonly Cause[] = [
  emptyWord,
  [/^[+-]?[\d.,]+\s*%$/, 'a percent sign stands behind it; take the sign away'],
  [/^[+-]?[$€£¥]|[$€£¥]$/, 'it has the sign of a currency; take the sign away'],
  [/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/, 'commas stand between thousands; take them away'],
  [/^[+-]?\d+,\d+$/, 'a comma stands for the decimal point; write a point'],
  [/^[+-]?\d{1,3}([ '\u00a0\u202f]\d{3})+/, 'gaps stand between thousands; take them away'],
  [/^[+-]?\d{1,3}(\.\d{3})+,\d+$/, 'points and comma are the other way round; write 1234.5'],
  [/^\(.*\)$/, 'brackets stand for a minus; write a minus'],
  [/^[+-]?(inf|infinity)$/i, 'a division by zero, perhaps; leave the cell empty'],
  [/^[+-]?[\d.]+e\+?\d{3,}$/i, 'it is larger than any number a computer keeps'],
  [/^\d{17,}$/, 'it has more digits than a number keeps (53 bits)'],
  [/^\d{4}-\d\d/, 'a date; the column may be another one, shifted'],
  [/^(true|false)$/i, 'a switch; write 1 or 0'],
  [/^\d/, 'a number with something behind it; take that away'],
  [/./, 'a text; the line may be a footer, or its cells be shifted'],
];

const causesOfNoDay: readonly Cause[] = [
  emptyWord,
  [/^\d{4}-\d\d-\d\d/, 'the calendar has no such day'],
  [/^\d{4}-\d{1,2}$/, 'a month without a day; write 2010-01-01'],
  [/^\d{4}-\d{1,2}-\d{1,2}$/, 'zeros are missing; write 2010-01-05'],
  [/^[A-Za-z]{3,9}[-\s]\d{2,4}$/, 'a month by its name; write 2010-01-01'],
  [/^\d{1,2}-[A-Za-z]{3,9}(-\d{2,4})?$/, 'a month by its name; write 2010-01-01'],
  [/^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}$/, 'day and month are in an order of its own; write 2010-01-31'],
  [/^\d{8}$/, 'hyphens are missing; write 2010-01-31'],
  [/^\d{5}(\.\d+)?$/, "a spreadsheet's number of a day; write 2010-01-31"],
  [/^\d{9,19}$/, 'a count of seconds or less since 1970; write 2010-01-31'],
  [/./, 'the line may be a footer, or its cells be shifted'],
];

/** What a text that is no number may be, and what to do about it. */
export function whyNoNumber(text: string): string {
  return causeOf(text, causesOfNoNumber);
}

/** What a text that is no day may be, and what to do about it. */
export function whyNoDay(text: string): string {
  return causeOf(text, causesOfNoDay);
}

function causeOf(text: string, causes: readonly Cause[]): string {
  return causes.find(([form]) => form.test(text.trim()))?.[1] ?? 'the cell is empty';
}
