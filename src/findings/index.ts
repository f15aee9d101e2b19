export { Finding, FindingLevel, UncheckedRule } from './finding';
export * from './findings';
