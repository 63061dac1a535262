// Loaded before the program, in a form that every Node understands.
'use strict';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This program is TypeScript, which Node runs by itself from 22.18 on; this is ${process.versions.node}: install a newer Node and try again.`,
  );
  process.exit(1);
}
