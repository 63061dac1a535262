import { ArmClient, type ArmConnection, type ArmError } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';

/**
 * The resource manager as whoever looks after previews asks it. Its calls throw a MispricedError
 * `CREDENTIAL_REFUSED` where the sign-in may not, else `ENVIRONMENT_FAILED`.
 */
export function previewArm(connection: ArmConnection): ArmClient {
  return new ArmClient(connection, explained);
}

function explained(error: ArmError): MispricedError {
  const { status, question, said, isRefusal } = error;
  const { method, path } = question;
  return new MispricedError({
    code: isRefusal ? 'CREDENTIAL_REFUSED' : 'ENVIRONMENT_FAILED',
    message: status === null ? error.message : `${method} ${path} answered ${status}: ${said}`,
    fix: isRefusal
      ? 'Give whoever looks after previews the role Contributor in the subscription.'
      : 'Run the same command again.',
    retryable: !isRefusal,
    cause: error,
  });
}
