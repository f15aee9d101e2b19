import { Chart } from 'cdk8s';
import { CelRule, CustomResource, CustomResourceProps, CustomResourceVersion, ObjectFieldOptions, PlatformProps, SchemaField } from '../../src';
import { testChart } from '../support';

/** A kind that trips nothing, unless said otherwise. */
export function kind(props: Partial<CustomResourceProps> = {}, platform: Partial<PlatformProps> = {}, chart: Chart = testChart(platform)): CustomResource {
  const { kind: name = 'Storage', plural = name } = props;
  return new CustomResource(chart, plural || 'Kind', { group: 'storage.example.com', kind: name, versions: [{ name: 'v1' }], ...props });
}

/** Of one version. */
export function version(props: Partial<CustomResourceVersion>, platform: Partial<PlatformProps> = {}): CustomResource {
  return kind({ versions: [{ name: 'v1', ...props }] }, platform);
}

/** Whose spec has these fields. */
export function spec(fields: Record<string, SchemaField>, options: ObjectFieldOptions = {}, platform: Partial<PlatformProps> = {}): CustomResource {
  return version({ spec: SchemaField.object(fields, options) }, platform);
}

/** Whose spec has fields, all of them required, and rules. */
export function rules(fields: Record<string, SchemaField>, ...celRules: (string | CelRule)[]): CustomResource {
  return spec(fields, { required: Object.keys(fields ?? {}), rules: celRules.map(rule => (typeof rule === 'string' ? { rule } : rule)) });
}

/** The schema of the one version. */
export function schemaOf(resource: CustomResource): any {
  return resource.apiObject.toJson().spec.versions[0].schema.openAPIV3Schema;
}
