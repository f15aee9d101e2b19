import { Construct } from 'constructs';
import { CSI_RULES } from './rules';
import { fail, report } from '../findings/report';
import { shown } from '../manifest/validate';

const REFERENCE = /^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/** An image that is pinned. */
export function checkImage(scope: Construct, what: string, image: string): string {
  const match = /^(.+?)(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$/.exec(typeof image === 'string' ? image : '');
  if (!match || !REFERENCE.test(match[1]) || (!match[3] && [undefined, ':latest'].includes(match[2]))) {
    fail(scope, CSI_RULES.CSI006, {
      what, value: shown(image), expected: 'an image with a tag or digest', example: "write it out: 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4'",
    });
  }
  return image;
}

/** What stands in front of an image's name. */
export function checkRegistry(scope: Construct, registry: string): string {
  if (!REFERENCE.test(registry)) {
    fail(scope, CSI_RULES.CSI006, {
      what: 'imageRegistry', value: shown(registry), expected: 'a registry', example: "write host and path without scheme or trailing slash: 'mirror.example.com/k8s'",
    });
  }
  return registry;
}

/** CSI016: an image that was given, against the release that the library knows. */
export function checkTested(scope: Construct, sidecar: string, image: string | undefined, tested: string): void {
  const tag = typeof image === 'string' ? tagOf(image) : undefined;
  if (tag !== undefined && tag !== tested) {
    report(scope, CSI_RULES.CSI016, { sidecar, tag, tested });
  }
}

/** The tag of an image; a digest alone tells no release. */
export function tagOf(image: string): string | undefined {
  return /:([^:/]+)$/.exec(image.replace(/@.*$/, ''))?.[1];
}
