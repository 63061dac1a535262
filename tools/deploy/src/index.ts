export { fileSizes, sizeTable } from './check/check-size.ts';
export { buildPackage, type BuiltPackage } from './package/build-package.ts';
export { readPackage, writePackage, type StoredPackage } from './package/write-package.ts';
