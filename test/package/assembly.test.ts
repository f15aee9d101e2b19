import { readFileSync } from 'fs';
import { join } from 'path';

// What jsii made of the public API; `npm test` compiles first.
const text = readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8');
const types: any[] = Object.values(JSON.parse(text).types);
const structs = types.filter(type => type.kind === 'interface' && type.datatype);

test('no type of cdk8s-plus is in the public API', () => {
  expect(JSON.stringify(types).match(/"cdk8s-plus[^"]*"/g)).toBeNull();
});

test('no L1 of imports/ is in the public API', () => {
  const files = [...new Set(types.map(type => type.locationInModule.filename.split('/')[0]))];
  expect(files).toEqual(['src']);
});

test('no member is of a union type, and only what goes into a manifest as it is written is untyped', () => {
  expect(JSON.stringify(types).match(/"union"/g)).toBeNull();
  const untyped = types.flatMap(type => [...type.properties ?? [], ...type.methods ?? []]
    .filter(member => /"primitive":"(any|json)"/.test(JSON.stringify(member))).map(member => member.name));
  expect([...new Set(untyped)].sort()).toEqual(['affinity', 'defaultValue', 'extraConfiguration', 'extraContainers', 'extraSpec', 'extraVolumeMounts', 'extraVolumes']);
});

test('every type and member says what it is', () => {
  const members = types.flatMap(type => [...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []].map(member => ({ ...member, of: type.name })));
  const silent = [...types, ...members.filter(member => !member.overrides)].filter(thing => !thing.docs?.summary);
  expect(silent.map(thing => `${thing.of ?? ''}.${thing.name}`)).toEqual([]);
});

test('every prop that may be left out says what happens then', () => {
  const silent = structs.flatMap(struct => (struct.properties ?? [])
    .filter((property: any) => property.optional && !property.docs?.default)
    .map((property: any) => `${struct.name}.${property.name}`));
  expect(silent).toEqual([]);
});
