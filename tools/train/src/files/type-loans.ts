import {
  dayCell,
  idCell,
  numberCell,
  ownDataKey,
  shownCell,
  textCell,
  type CellValue,
  type DataProblems,
  type FeatureDeclaration,
  type FeatureSet,
  type RawTable,
} from '@mispriced/core';
import { renameBy } from './column-values.ts';
import { defaultedOf, idOf, lastPaymentOf } from './loan-columns.ts';
import { numbers, texts, type TypedColumn } from './typed-column.ts';

type Cells = readonly (string | null)[];

/**
 * The wanted rows of a loan file, typed by the features: price, group, a column for each feature and
 * each key, and for each own data set the key by which its rows are found.
 */
export function typeLoans(args: {
  table: RawTable;
  rows: readonly number[];
  issued: Cells;
  features: FeatureSet;
  outcome: boolean;
  problems: DataProblems;
}): readonly TypedColumn[] {
  const { rows, features, table, problems } = args;
  const { price, group } = features;
  function read<Value>(column: string, parse: (cell: unknown) => CellValue<Value>) {
    const cells = table.columns.get(column) ?? [];
    return rows.map((row): Value | null => {
      const result = parse(cells[row] ?? null);
      if ('value' in result) return result.value;
      problems.add(`${table.place(row)}, ${column}: ${result.problem}`, column);
      return null;
    });
  }
  // A column's texts mean the same to the group as to the feature of it: both reach the market's field.
  const ofGroup = renameBy(features.features.find((feature) => readsColumn(feature, group.column)));
  const columns = [
    texts('id', read(idOf, idCell)),
    texts(
      'issued',
      rows.map((row) => args.issued[row] ?? null),
    ),
    numbers(
      'price',
      read(price.column, (cell) => numberCell(cell, price.unit)),
    ),
    texts(
      'group',
      read(group.column, (cell) => ({ value: groupText(ofGroup(cell), group.unit) })),
    ),
    ...features.features.flatMap((feature) =>
      feature.type === 'own' ? [] : [typeFeature(feature, read)],
    ),
    ...keyColumns(features, read),
    ...(args.outcome
      ? [
          numbers('default', read(defaultedOf, outcomeCell)),
          texts('last_payment', read(lastPaymentOf, dayCell)),
        ]
      : []),
  ];
  if (args.outcome) refuseForeignWords(features, columns, problems);
  return columns;
}

type Read = <Value>(
  column: string,
  parse: (cell: unknown) => CellValue<Value>,
) => readonly (Value | null)[];

function typeFeature(
  feature: Exclude<FeatureDeclaration, { type: 'own' }>,
  read: Read,
): TypedColumn {
  const name = `feature:${feature.name}`;
  const rename = renameBy(feature);
  if (feature.type === 'category') {
    return texts(
      name,
      read(feature.column, (cell) => ({ value: textCell(rename(cell)) })),
    );
  }
  if (feature.type === 'months-since') return texts(name, read(feature.column, dayCell));
  return numbers(
    name,
    read(feature.column, (cell) => {
      const value = numberCell(rename(cell), feature.unit);
      // What a person writes for a number is to be mended: the market would refuse it in a listing.
      const isWord = /[a-z]{2}/i.test(textCell(cell) ?? '');
      if (!('problem' in value) || !isWord) return value;
      return { problem: `${value.problem}, or say in \`columnValues\` what such a text means` };
    }),
  );
}

/** A category column without a single declared category is of other words: a model of it knows nothing. */
function refuseForeignWords(
  features: FeatureSet,
  columns: readonly TypedColumn[],
  problems: DataProblems,
): void {
  for (const feature of features.features) {
    if (feature.type !== 'category') continue;
    const column = columns.find(({ name }) => name === `feature:${feature.name}`);
    const present = column?.data.filter((text) => text !== null) ?? [];
    if (present.length === 0 || present.some((text) => feature.categories.includes(String(text)))) {
      continue;
    }
    problems.add(
      `${feature.column}: none of its values is a category of ${feature.name}, such as ${JSON.stringify(present[0])}; write them as declared (${feature.categories.slice(0, 3).join(', ')}, ...; blanks count), or say in \`columnValues\` what they mean`,
    );
  }
}

function keyColumns(features: FeatureSet, read: Read): readonly TypedColumn[] {
  const byField = new Map<string, TypedColumn>();
  const joins = features.ownData.map(({ name, keys }) => {
    const parts = keys.map(({ field, column, firstCharacters }) => {
      const values = read(column, (cell) => ({ value: textCell(cell) }));
      byField.set(field, texts(`key:${field}`, values));
      return values.map((text) => text?.slice(0, firstCharacters) ?? null);
    });
    const first = parts[0] ?? [];
    return texts(
      `join:${name}`,
      first.map((_, row) => {
        const key = parts.map((part) => part[row] ?? null).filter((part) => part !== null);
        return key.length === parts.length ? ownDataKey(key) : null;
      }),
    );
  });
  return [...byField.values(), ...joins];
}

/** A group's name: "36", whether the file writes 36, 36.0, "36 months" or 36 between blanks. */
function groupText(cell: unknown, unit: string): string | null {
  const number = numberCell(cell, unit);
  if ('value' in number) return number.value === null ? null : String(number.value);
  return textCell(cell)?.trim() ?? null;
}

function outcomeCell(cell: unknown): CellValue<number | null> {
  const result = numberCell(typeof cell === 'boolean' ? Number(cell) : cell);
  if ('problem' in result || result.value === null || [0, 1].includes(result.value)) return result;
  return {
    problem: `${shownCell(cell)} is neither 1 (charged off) nor 0 (not), nor empty (not known yet)`,
  };
}

function readsColumn(feature: FeatureDeclaration, column: string): boolean {
  return feature.type === 'number' && feature.column === column;
}
