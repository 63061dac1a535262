import { MispricedError } from '@mispriced/core';
import { ensurePythonEnvironment, type PythonEnvironment } from '../src/python-environment.ts';

/**
 * The trainer's Python, or null where this machine can have none. In CI that is a failure, never a
 * skip: a green build must mean that training was tested.
 */
export async function pythonForTests(): Promise<PythonEnvironment | null> {
  try {
    return await ensurePythonEnvironment();
  } catch (error) {
    const isUnavailable = error instanceof MispricedError && error.code === 'PYTHON_UNAVAILABLE';
    if (!isUnavailable || process.env['CI'] === 'true') throw error;
    console.warn(`\n  SKIPPED: tests that train. ${error.message}\n  ${error.fix}\n`);
    return null;
  }
}
