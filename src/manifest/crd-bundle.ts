import { readFileSync } from 'fs';
import { Construct } from 'constructs';
import { emit } from './emit';
import { ManifestProps } from './manifest-props';
import { packageFile } from './package-file';

const bundles = new Map<string, any[]>();

/** The definitions of a file in imports/crds/, read when first needed: most apps never need them. */
function load(file: string): any[] {
  let definitions = bundles.get(file);
  if (!definitions) {
    definitions = JSON.parse(readFileSync(packageFile('imports', 'crds', file), 'utf8')).items as any[];
    bundles.set(file, definitions);
  }
  return definitions;
}

export interface CrdBundleProps extends ManifestProps {
  /** A file in imports/crds/. */
  readonly file: string;
  /** The API groups wanted from it. */
  readonly groups: string[];
}

/** CustomResourceDefinitions that lie in this package as JSON. Deleting one deletes every object of its kind, so they are protected. */
export class CrdBundle extends Construct {
  public constructor(scope: Construct, id: string, props: CrdBundleProps) {
    super(scope, id);
    for (const definition of load(props.file)) {
      if (props.groups.includes(definition.spec.group)) {
        emit(this, definition.metadata.name, definition, props, { holdsData: true });
      }
    }
  }
}
