import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { credentials } from '@grpc/grpc-js';
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import type { AnalyzeResponse, AnalyzerInfo } from '@pulumi/pulumi/proto/analyzer_pb.js';
import emptyModule from 'google-protobuf/google/protobuf/empty_pb.js';
import structModule from 'google-protobuf/google/protobuf/struct_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../policy/rules.ts';

const folder = fileURLToPath(new URL('../policy', import.meta.url));

/** The pack in a process of its own, asked as the engine asks it. */
describe('the policy pack', () => {
  let pack: ChildProcess;
  let client: InstanceType<typeof services.AnalyzerClient>;

  beforeAll(async () => {
    const started = spawn(process.execPath, ['index.ts'], { cwd: folder });
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

  it('reports what a resource violates', async () => {
    const request = new messages.AnalyzeRequest()
      .setType('azure-native:storage:BlobContainer')
      .setUrn('urn:pulumi:dev::mispriced::azure-native:storage:BlobContainer::open')
      .setName('open')
      .setOptions(new messages.AnalyzerResourceOptions())
      .setProperties(structModule.Struct.fromJavaScript({ publicAccess: 'Blob' }));
    const answer = await new Promise<AnalyzeResponse>((resolve, reject) => {
      client.analyze(request, (error, response) => {
        if (error) reject(error);
        else resolve(response);
      });
    });
    const found = answer.getDiagnosticsList();
    expect(found.map((one) => one.getPolicyname())).toEqual(['no-public-blobs']);
    expect(found[0]?.getMessage()).toContain('publicAccess has to be None.');
  });
});
