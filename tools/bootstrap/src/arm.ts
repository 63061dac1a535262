/** A body of the resource manager. */
export type Json = Record<string, unknown>;

/** What is asked of the resource manager; `ArmClient` of the local cloud's provider does it. */
export interface Arm {
  read(path: string, apiVersion: string): Promise<Json | null>;
  write(path: string, apiVersion: string, body: Json): Promise<Json>;
  act(path: string, apiVersion: string): Promise<void>;
}
