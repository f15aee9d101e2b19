import { Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../findings/report';
import { Rule } from '../findings/rule';
import { quantity } from '../manifest/validate';

interface ProgramMemory {
  readonly memoryRequest: Size;
  /** None where there is no limit. */
  readonly memoryLimit?: Size;
  readonly cpuRequest?: string;
}

/** What the container of a program gets. @param rule that for a request above its limit; it takes what, problem and expected */
export function containerResources(scope: Construct, what: string, { memoryRequest, memoryLimit, cpuRequest = '10m' }: ProgramMemory, rule: Rule): k8s.ResourceRequirements {
  const memory = (property: string, size: Size) => k8s.Quantity.fromString(quantity(scope, `${what}.${property}`, size));
  const requests = { cpu: k8s.Quantity.fromString(cpuRequest), memory: memory('memoryRequest', memoryRequest) };
  const limits = memoryLimit && { memory: memory('memoryLimit', memoryLimit) };
  const [asked, most] = [memoryRequest, memoryLimit].map(size => size?.toKibibytes({ rounding: SizeRoundingBehavior.NONE }));
  if (most !== undefined && asked! > most) {
    fail(scope, rule, { what: `${what}.memoryRequest`, problem: 'it is more than the limit', expected: 'ask for less than memoryLimit, or raise that' });
  }
  return { requests, limits };
}
