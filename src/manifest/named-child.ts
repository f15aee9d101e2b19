import { Construct } from 'constructs';
import { ManifestProps } from './manifest-props';
import { MANIFEST_RULES } from './rules';
import { checkSubdomain } from './validate';
import { fail } from '../findings/report';

/** MAN002: the id of a child, which is made of the object's name; constructs would refuse a second one without saying why. */
export function freeId(scope: Construct, id: string, kind: string, name: string): string {
  const first = scope.node.tryFindChild(checkSubdomain(scope, `the name of the ${kind}`, name) && id);
  if (first) {
    fail(scope, MANIFEST_RULES.MAN002, { object: `${kind} ${name}`, first: first.node.path });
  }
  return id;
}

/** The labels and annotations of a construct, and over them those of one of its objects. */
export function merged(props: ManifestProps, options: ManifestProps): ManifestProps {
  return { labels: { ...props.labels, ...options.labels }, annotations: { ...props.annotations, ...options.annotations } };
}
