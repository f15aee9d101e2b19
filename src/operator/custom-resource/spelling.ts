import { IConstruct } from 'constructs';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { fail } from '../../findings/report';
import { similar } from '../../manifest/similar';

/** OPR005: refuses a property that is nearly one that there is: it would be dropped without a word. Others may come with objects that are used for more than one thing. */
export function checkSpelling(scope: IConstruct, what: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given).filter(each => !known.includes(each))) {
    const meant = similar(key, known);
    if (meant !== undefined) {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR005, { what: `${what}${key}`, value: 'a property', expected: `one that there is (${known.join(', ')})`, example: `write ${meant}` });
    }
  }
}
