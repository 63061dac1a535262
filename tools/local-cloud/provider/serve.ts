import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { handleUnaryCall, UntypedHandleCall } from '@grpc/grpc-js';
// The generated modules are CommonJS whose names Node cannot see from outside: only the whole.
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import services from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import messages from '@pulumi/pulumi/proto/provider_pb.js';
import type * as Messages from '@pulumi/pulumi/proto/provider_pb.js';
import emptyModule from 'google-protobuf/google/protobuf/empty_pb.js';
import structModule from 'google-protobuf/google/protobuf/struct_pb.js';
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb.js';
import type { CloudConnection } from '@mispriced/azure';
import { AzureNative } from './azure-native.ts';
import type { PropertyChange } from './diff.ts';
import type { Json } from './type-spec.ts';

/** A provider that is answering. */
export interface RunningProvider {
  port: number;
  /** What the engine's environment needs in order to use it instead of the real one. */
  environment: {
    PULUMI_DEBUG_PROVIDERS: string;
    /** Else the engine downloads the real provider, which nothing would then use. */
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: string;
  };
  close(): Promise<void>;
}

/**
 * Serves the stand-in for azure-native on loopback. The engine uses it when its environment has
 * `PULUMI_DEBUG_PROVIDERS=azure-native:PORT`. Previews ask for nothing to be created.
 *
 * @param options.preferredPort taken where it is free
 */
export async function startProvider(
  connection: CloudConnection,
  options: { preferredPort?: number } = {},
): Promise<RunningProvider> {
  const server = new Server();
  server.addService(services.ResourceProviderService, handlers(new AzureNative(connection)));
  const port = await bind(server, options.preferredPort ?? 0).catch((error: unknown) => {
    if (options.preferredPort === undefined) throw error;
    return bind(server, 0);
  });
  return {
    port,
    environment: {
      PULUMI_DEBUG_PROVIDERS: `azure-native:${port}`,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    },
    close: () =>
      new Promise((resolve) => {
        server.forceShutdown();
        resolve();
      }),
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}

function handlers(azure: AzureNative): Record<string, UntypedHandleCall> {
  return {
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion('3.28.0')),
    attach: unary(() => new emptyModule.Empty()),
    cancel: unary(() => new emptyModule.Empty()),
    getSchema: unary(() => new messages.GetSchemaResponse().setSchema('{}')),
    checkConfig: unary((request: Messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(() => new messages.DiffResponse()),
    configure: unary(() =>
      new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true),
    ),
    invoke: unary(async (request: Messages.InvokeRequest) =>
      new messages.InvokeResponse().setReturn(toStruct(await azure.invoke(request.getTok()))),
    ),
    check: unary((request: Messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(
        toStruct(
          azure.check({
            urn: request.getUrn(),
            inputs: fromStruct(request.getNews()),
            oldInputs: fromStruct(request.getOlds()),
            seed: request.getRandomseed_asU8(),
          }),
        ),
      ),
    ),
    diff: unary((request: Messages.DiffRequest) =>
      diffResponse(
        azure.diff({
          urn: request.getUrn(),
          inputs: fromStruct(request.getNews()),
          oldInputs: fromStruct(request.getOldInputs()),
        }),
      ),
    ),
    create: unary(async (request: Messages.CreateRequest) => {
      // What is left out of an answer to a preview the program takes for unknown.
      if (request.getPreview()) return new messages.CreateResponse();
      const { id, outputs } = await azure.create(
        request.getUrn(),
        fromStruct(request.getProperties()),
      );
      return new messages.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    update: unary(async (request: Messages.UpdateRequest) => {
      if (request.getPreview()) {
        const known = azure.previewUpdate(fromStruct(request.getOlds()));
        return new messages.UpdateResponse().setProperties(toStruct(known));
      }
      const inputs = fromStruct(request.getNews());
      const target = { id: request.getId(), urn: request.getUrn() };
      const { outputs } = await azure.update({ ...target, inputs });
      return new messages.UpdateResponse().setProperties(toStruct(outputs));
    }),
    read: unary(async (request: Messages.ReadRequest) => {
      const found = await azure.read({
        id: request.getId(),
        urn: request.getUrn(),
        inputs: fromStruct(request.getInputs()),
        outputs: fromStruct(request.getProperties()),
      });
      const response = new messages.ReadResponse();
      if (found === null) return response;
      response.setId(found.id).setInputs(toStruct(found.inputs));
      return response.setProperties(toStruct(found.outputs));
    }),
    delete: unary(async (request: Messages.DeleteRequest) => {
      await azure.delete(request.getId(), request.getUrn());
      return new emptyModule.Empty();
    }),
  };
}

function diffResponse(diff: {
  changes: PropertyChange[];
  deleteBeforeReplace: boolean;
}): Messages.DiffResponse {
  const { DiffChanges } = messages.DiffResponse;
  const response = new messages.DiffResponse();
  response.setChanges(diff.changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setHasdetaileddiff(true);
  const details = response.getDetaileddiffMap();
  for (const { path, kind, replaces } of diff.changes) {
    const detail = new messages.PropertyDiff().setInputdiff(true);
    details.set(path, detail.setKind(kindOf(kind, replaces)));
  }
  const replaced = diff.changes.filter((one) => one.replaces).map(({ path }) => path);
  response.setReplacesList(replaced);
  return response.setDeletebeforereplace(replaced.length > 0 && diff.deleteBeforeReplace);
}

function kindOf(kind: PropertyChange['kind'], replaces: boolean): Messages.PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  if (kind === 'add') return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (kind === 'delete') return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

function unary<Request>(answer: (request: Request) => unknown): handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    // A promise from the start, so that what is thrown at once is answered too.
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (value) => {
          callback(null, value);
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          callback({ code: status.UNKNOWN, details });
        },
      );
  };
}

function fromStruct(struct: Struct | undefined): Json {
  return struct?.toJavaScript() ?? {};
}

function toStruct(value: Json): Struct {
  // Through JSON, which leaves out what is undefined; the protocol has no word for that.
  return structModule.Struct.fromJavaScript(
    JSON.parse(JSON.stringify(value)) as Parameters<typeof structModule.Struct.fromJavaScript>[0],
  );
}
