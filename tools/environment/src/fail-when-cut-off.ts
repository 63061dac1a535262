import server from '@pulumi/pulumi/automation/server.js';
import settings from '@pulumi/pulumi/runtime/settings.js';

/** What is said where an update ended before the program did. */
export const cutOff = 'The program could not reach the engine to the end.';

type Program = () => Promise<Record<string, unknown>>;
type Answer = (error: Error | undefined, response?: unknown) => void;

/** What the SDK starts a program with; its declarations leave it out. */
interface LanguageServer {
  program: Program;
  run: (this: LanguageServer, call: unknown, answer: Answer) => unknown;
}

const { LanguageServer: languageServer } = server as unknown as {
  LanguageServer: { prototype: LanguageServer };
};
const { grpcClientOptions } = settings as unknown as { grpcClientOptions: object };
const finished = new WeakSet<Program>();
let isGuarded = false;

/**
 * The program, such that an update fails which ends before the program has. Pulumi's SDK takes a lost
 * connection to the engine for an end that the engine knows of, and calls the program done; an engine
 * that is well then deletes whatever the program had no chance to declare, which may be everything.
 */
export function failWhenCutOff(program: Program): Program {
  guard();
  const watched = async () => {
    const outputs = await program();
    finished.add(watched);
    return outputs;
  };
  return watched;
}

function guard(): void {
  if (isGuarded) return;
  isGuarded = true;
  const { run } = languageServer.prototype;
  languageServer.prototype.run = function (call, answer) {
    finished.delete(this.program);
    return run.call(this, call, (error, response) => {
      const isWhole = finished.has(this.program);
      if (error === undefined && !isWhole) answer(new Error(cutOff));
      else answer(error, response);
    });
  };
  // gRPC shares connections by their address: a port that comes again would come with the failures
  // of whoever had it before.
  Object.assign(grpcClientOptions, { 'grpc.use_local_subchannel_pool': 1 });
}
