import { Construct, IConstruct } from 'constructs';
import { Platform } from './platform';
import { PLATFORM_RULES } from './rules';
import { fail } from '../findings/report';
import { Facts, Rule } from '../findings/rule';

const CLUSTER = Symbol.for('cdk8s-storage.Cluster');

/**
 * What the constructs of one cluster know of each other. Rules that compare
 * constructs ask here, so that two clusters in one app never meet.
 */
export class Cluster {
  public static of(scope: IConstruct): Cluster {
    const platform = Platform.of(scope);
    const holder = platform.scope as Construct & { [CLUSTER]?: Cluster };
    return holder[CLUSTER] ??= new Cluster(platform);
  }

  /**
   * Refuses a reference to a construct of another cluster. References made by
   * `fromXxx` are not constructs and belong to every cluster.
   *
   * @param factory how the thing is referred to by name, for the message
   */
  public static requireSame(scope: IConstruct, other: unknown, factory: string): void {
    if (Construct.isConstruct(other) && Cluster.of(scope) !== Cluster.of(other)) {
      fail(scope, PLATFORM_RULES.PLT005, { other: other.node.path, factory });
    }
  }

  private readonly owners = new Map<string, IConstruct>();
  private readonly kinds = new Map<string, unknown[]>();

  private constructor(public readonly platform: Platform) {}

  /** The scope on which the platform was set. */
  public get scope(): Construct {
    return this.platform.scope;
  }

  /** Takes a key that one construct of the cluster may have. `{first}` in the rule is the path of who has it. */
  public claim(owner: IConstruct, kind: string, key: string | number, rule: Rule, facts: Facts = {}): void {
    const id = `${kind}\n${key}`;
    const first = this.owners.get(id);
    if (first && first !== owner) {
      fail(owner, rule, { key, first: first.node.path || 'the app', ...facts });
    }
    this.owners.set(id, owner);
  }

  /** Adds to the list of all things of a kind. */
  public join(kind: string, member: unknown): void {
    const members = this.kinds.get(kind) ?? [];
    this.kinds.set(kind, members);
    members.push(member);
  }

  /** All things of a kind in this cluster, in the order in which they were created. */
  public members<T>(kind: string): readonly T[] {
    return (this.kinds.get(kind) ?? []) as T[];
  }
}
