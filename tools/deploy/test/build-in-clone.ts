/** Packs a clone on another day, with another umask: `WORKSPACE OUT_FILE UMASK DATE`. */
const [workspace = '', outFile = '', umask = '22', date = ''] = process.argv.slice(2);
process.umask(Number.parseInt(umask, 8));

const shift = new Date(date).getTime() - Date.now();
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts: [number, number, number?, number?, number?, number?] | [number?]) {
    const [first, second, ...rest] = parts;
    if (second !== undefined) super(first ?? 0, second, ...rest);
    else super(first ?? RealDate.now() + shift);
  }

  static override now(): number {
    return RealDate.now() + shift;
  }
} as DateConstructor;

const { buildPackage } = await import('../src/package/build-package.ts');
const { writePackage } = await import('../src/package/write-package.ts');
const built = await buildPackage({ workspace });
await writePackage(built, outFile);
process.stdout.write(built.sha256);
