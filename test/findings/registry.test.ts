import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { FindingLevel } from '../../src';
import { allRules, defineRules, fill } from '../../src/findings/rule';

const SRC = join(__dirname, '../../src');

/** All sources but the tables of rules themselves. */
function sources(): string {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('rules.ts'))
    .map(file => readFileSync(join(SRC, file), 'utf8'))
    .join('\n');
}

describe('the registry', () => {
  test('knows each rule by a code of its room', () => {
    const prefixes = { findings: 'FND', platform: 'PLT', manifest: 'MAN', csi: 'CSI', volume: 'VOL', snapshot: 'SNP', nfs: 'NFS', ceph: 'CEPH', ganesha: 'GAN', gluster: 'GLU', operator: 'OPR' } as Record<string, string>;
    allRules().forEach(rule => expect(rule.code).toMatch(new RegExp(`^${prefixes[rule.room]}\\d{3}$`)));
  });

  test('refuses one code for two rules', () => {
    const { room, code, ...text } = allRules()[0];
    expect(() => defineRules(room, { [code]: text })).toThrow(code);
  });

  test('has no rule that nothing uses', () => {
    const used = sources();
    expect(allRules().filter(rule => !used.includes(`_RULES.${rule.code}`)).map(rule => rule.code)).toEqual([]);
  });

  test.each(allRules().map(rule => [rule.code, rule] as const))('%s is written to be read', (_, rule) => {
    expect(Object.values(FindingLevel)).toContain(rule.level);
    expect(rule.check).toMatch(/^\S.{10,}[^.]$/);
    expect(rule.fix).not.toMatch(/\.$/); // a full stop and the reference follow
    expect(rule.reference).toMatch(/^(https:\/\/\S+|docs\/[\w/-]+\.md(#[\w-]+)?)$/);
  });
});

describe('fill', () => {
  test('puts facts in and leaves the tokens of a fact alone', () => {
    expect(fill('{a} and {b}', { a: '${pv.metadata.name}', b: '{a}' })).toBe('${pv.metadata.name} and {a}');
  });

  test('throws where a fact is missing, so that no message is printed with a hole', () => {
    expect(() => fill('{missing}', {})).toThrow("no fact 'missing'");
  });
});
