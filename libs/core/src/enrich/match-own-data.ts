import { MispricedError } from '../domain/errors.ts';
import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { whyOneColumn } from '../tables/check-header.ts';
import type { TableFile } from '../tables/raw-table.ts';
import { readColumnNames } from '../tables/read-table.ts';
import { columnsOfOwnData, type OwnDataSet } from './own-data-set.ts';
import { readOwnData } from './read-own-data.ts';

/**
 * Finds out by their columns which file is which declared set, so that nobody has to say so.
 *
 * @returns For each declaration its file, in the order declared.
 * @throws MispricedError `DATA_INVALID` or `DATA_MISSING` with every problem at once.
 */
export async function matchOwnData(
  files: readonly TableFile[],
  declarations: readonly OwnDataDeclaration[],
): Promise<readonly (TableFile & { readonly declaration: OwnDataDeclaration })[]> {
  const invalid: string[] = [];
  const filesBySet = new Map<string, TableFile[]>();
  for (const file of files) {
    const columns = await readColumnNames(file, 'own data');
    const names = new Set(columns);
    const fitting = declarations.filter((declaration) =>
      columnsOfOwnData(declaration).every((column) => names.has(column)),
    );
    const [only, ...others] = fitting;
    if (only === undefined || others.length > 0) {
      const fits = fitting.map(({ name }) => name).join(', ');
      invalid.push(
        `${file.where} has the columns ${[...names].join(', ')}, which fit ${fits === '' ? `no declared set${whyOneColumn(columns)}` : `several sets: ${fits}`}`,
      );
      continue;
    }
    filesBySet.set(only.name, [...(filesBySet.get(only.name) ?? []), file]);
  }
  const missing: string[] = [];
  const matched = declarations.flatMap((declaration) => {
    const [file, ...others] = filesBySet.get(declaration.name) ?? [];
    if (file === undefined) {
      missing.push(`no file fits ${describe(declaration)}`);
      return [];
    }
    if (others.length > 0) {
      const all = [file, ...others].map(({ where }) => where).join(', ');
      invalid.push(`several files are of ${declaration.name}: ${all}`);
    }
    return [{ ...file, declaration }];
  });
  if (invalid.length + missing.length === 0) return matched;
  throw new MispricedError({
    code: invalid.length > 0 ? 'DATA_INVALID' : 'DATA_MISSING',
    message: ['The own data does not fit its declaration:', ...invalid, ...missing].join('\n  '),
    fix: `Give exactly one file for each of: ${declarations.map(describe).join('; ') || 'nothing, none is declared'}.`,
  });
}

/**
 * Reads the files of all declared sets, whichever file is which.
 *
 * @throws MispricedError `DATA_INVALID` or `DATA_MISSING`.
 */
export async function readAllOwnData(
  files: readonly TableFile[],
  declarations: readonly OwnDataDeclaration[],
): Promise<readonly OwnDataSet[]> {
  return Promise.all((await matchOwnData(files, declarations)).map(readOwnData));
}

function describe(declaration: OwnDataDeclaration): string {
  return `${declaration.name} (${columnsOfOwnData(declaration).join(', ')})`;
}
