import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { credentials } from '@grpc/grpc-js';
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import type { AnalyzeResponse, AnalyzerInfo } from '@pulumi/pulumi/proto/analyzer_pb.js';
import emptyModule from 'google-protobuf/google/protobuf/empty_pb.js';
import structModule, { type JavaScriptValue } from 'google-protobuf/google/protobuf/struct_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../policy/rules.ts';

const folder = fileURLToPath(new URL('../policy', import.meta.url));

/** The pack in a process of its own, asked as the engine asks it. */
describe('the policy pack', () => {
  let pack: ChildProcess;
  let client: InstanceType<typeof services.AnalyzerClient>;

  beforeAll(async () => {
    // As Pulumi's host for Node.js starts it: with the address of an engine, and the folder.
    const starter = fileURLToPath(import.meta.resolve('@pulumi/pulumi/cmd/run-policy-pack'));
    const started = spawn(process.execPath, [starter, '127.0.0.1:1', folder], { cwd: folder });
    pack = started;
    const port = await new Promise<string>((resolve, reject) => {
      let complaint = '';
      started.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
      started.stdout.once('data', (chunk: Buffer) => {
        resolve(chunk.toString('utf8').trim());
      });
      started.once('close', () => {
        reject(new Error(complaint));
      });
    });
    client = new services.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });
  afterAll(() => {
    client.close();
    pack.kill();
  });

  it('tells of every rule, all of them mandatory', async () => {
    const info = await new Promise<AnalyzerInfo>((resolve, reject) => {
      client.getAnalyzerInfo(new emptyModule.Empty(), (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
    expect(info.getName()).toBe('mispriced');
    const policies = info.getPoliciesList();
    expect(policies.map((one) => one.getName()).sort()).toEqual(
      rules.map(({ name }) => name).sort(),
    );
    const mandatory = messages.EnforcementLevel.MANDATORY;
    expect(new Set(policies.map((one) => one.getEnforcementlevel()))).toEqual(new Set([mandatory]));
  });

  async function analyze(stack: string, type: string, props: Record<string, JavaScriptValue>) {
    const request = new messages.AnalyzeRequest()
      .setType(type)
      .setUrn(`urn:pulumi:${stack}::mispriced::${type}::one`)
      .setName('one')
      .setOptions(new messages.AnalyzerResourceOptions())
      .setProperties(structModule.Struct.fromJavaScript(props));
    const answer = await new Promise<AnalyzeResponse>((resolve, reject) => {
      client.analyze(request, (error, response) => {
        if (error) reject(error);
        else resolve(response);
      });
    });
    return answer.getDiagnosticsList();
  }

  it('reports what a resource violates', async () => {
    const type = 'azure-native:storage:BlobContainer';
    const found = await analyze('dev', type, { publicAccess: 'Blob' });
    expect(found.map((one) => one.getPolicyname())).toEqual(['no-public-blobs']);
    expect(found[0]?.getMessage()).toContain('publicAccess has to be None.');
  });

  it('knows a preview by its stack, whatever the app is told to be', async () => {
    const type = 'azure-native:web:WebAppApplicationSettings';
    const properties = { MISPRICED__STAGE: 'prod', MISPRICED__RUN__MODE: 'live' };
    const found = await analyze('pr-12', type, { properties });
    expect(new Set(found.map((one) => one.getPolicyname()))).toEqual(
      new Set(['previews-on-paper']),
    );
    expect(await analyze('prod', type, { properties })).toEqual([]);
  });
});
