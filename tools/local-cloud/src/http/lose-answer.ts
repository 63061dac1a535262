import type { ServerResponse } from 'node:http';

/** Lets what answers do its work and cuts the connection where the answer would begin. */
export function loseAnswer(outgoing: ServerResponse): void {
  outgoing.writeHead = () => {
    outgoing.destroy();
    return outgoing;
  };
}
