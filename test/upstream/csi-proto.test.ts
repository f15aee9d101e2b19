import { join } from 'path';
import { loadSync } from '@grpc/proto-loader';
import { moduleDirectory } from './sources';

// The driver of examples/custom-csi-driver has its own csi.proto, with the part of the interface that it speaks. What is in it has to be CSI.

const OURS = join(__dirname, '..', '..', 'examples', 'custom-csi-driver', 'driver', 'csi.proto');
const OFFICIAL = 'github.com/container-storage-interface/spec@v1.12.0';

/** Every field, enum value and call of a file, in one line each. */
function lines(file: string): string[] {
  const found: string[] = [];
  const message = (path: string, { field = [], nestedType = [], enumType = [] }: any): void => {
    field.forEach(({ name, number, type, typeName, label }: any) => found.push(`${path}.${name} = ${number} ${label} ${type} ${typeName}`));
    nestedType.forEach((nested: any) => message(`${path}.${nested.name}`, nested));
    enumType.forEach((nested: any) => nested.value.forEach(({ name, number }: any) => found.push(`${path}.${nested.name}.${name} = ${number}`)));
  };
  for (const [name, definition] of Object.entries(loadSync(file, { keepCase: true }))) {
    if ('format' in definition) {
      message(name, definition.type);
    } else {
      Object.values(definition).forEach(({ path, requestType, responseType, requestStream, responseStream }) => {
        found.push(`${path} (${(requestType as any).type.name}) ${requestStream} (${(responseType as any).type.name}) ${responseStream}`);
      });
    }
  }
  return found;
}

test('every message, field, enum value and call of ours is one of CSI', () => {
  const official = new Set(lines(join(moduleDirectory(OFFICIAL), 'csi.proto')));
  const ours = lines(OURS).filter(line => line.startsWith('csi.v1') || line.startsWith('/csi.v1'));
  expect(ours.length).toBeGreaterThan(100);
  expect(ours.filter(line => !official.has(line))).toEqual([]);
});
