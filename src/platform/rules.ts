import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

export const PLATFORM_RULES = defineRules('platform', {
  PLT001: {
    level: FindingLevel.ERROR,
    check: 'a platform is declared on the app or on a scope above',
    message: 'no platform is declared, so nothing can be checked against the cluster',
    fix: 'before any storage construct: Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA })',
    reference: 'docs/platform.md',
  },
  PLT002: {
    level: FindingLevel.ERROR,
    check: 'a platform is declared once per cluster, and clusters are not nested',
    message: 'a platform is already set on {first}: a scope is one cluster, and clusters do not contain each other',
    fix: 'call Platform.set once per cluster; for several clusters, on one scope each, side by side',
    reference: 'docs/platform.md',
  },
  PLT003: {
    level: FindingLevel.ERROR,
    check: 'a platform is declared before it is needed',
    message: 'the platform was asked for before it was set, so constructs may have missed it',
    fix: 'call Platform.set right after the app (or the scope of the cluster) is created',
    reference: 'docs/platform.md',
  },
  PLT004: {
    level: FindingLevel.ERROR,
    check: 'the values of a platform are well-formed',
    message: '{what} is {value}, but has to be {expected}',
    fix: '{example}',
    reference: 'docs/platform.md',
  },
  PLT005: {
    level: FindingLevel.ERROR,
    check: 'a construct refers only to constructs of its own cluster',
    message: 'refers to {other}, which belongs to another cluster',
    fix: 'create it in this cluster too, or refer to what exists there by its name: {factory}',
    reference: 'docs/platform.md',
  },
});
