/**
 * Why this version of Node cannot run the program, or null where it can: from 22.18 on Node runs
 * TypeScript by itself.
 *
 * @param {string} version
 * @returns {string | null}
 */
export function refusalOf(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return null;
  return `This program needs Node 22.18 or newer, and this is ${version}: install one (https://nodejs.org), put it first on the PATH and try again.`;
}
