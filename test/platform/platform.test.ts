import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { GitOpsTool, Namespace, NodeCount, Platform } from '../../src';
import { code, codes, platformProps, testApp, testChart, thrown } from '../support';

describe('Platform', () => {
  test('has the defaults of a cluster of several nodes that nothing prunes', () => {
    expect(Platform.of(testApp())).toMatchObject({ nodes: NodeCount.MULTIPLE, gitOps: GitOpsTool.NONE });
    expect(Platform.of(testApp()).kernel).toBeUndefined();
  });

  test('is found from anywhere below its scope', () => {
    const chart = testChart();
    expect(Platform.of(new Construct(new Construct(chart, 'a'), 'b'))).toBe(Platform.of(chart.node.root));
  });

  test('is returned by set', () => {
    const app = new App();
    expect(Platform.set(app, platformProps())).toBe(Platform.of(app));
  });

  test('set twice names where it was set first', () => {
    const scope = new Construct(new App(), 'east');
    Platform.set(scope, platformProps());
    expect(thrown(() => Platform.set(scope, platformProps()))).toMatchObject({ code: 'PLT002', message: expect.stringContaining('set on east') });
    expect(thrown(() => Platform.set(testChart(), platformProps()))).toMatchObject({ code: 'PLT002', message: expect.stringContaining('set on the app') });
  });

  test('set after it was asked for is refused, also on a scope above', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    expect(code(() => new Namespace(chart, 'Namespace', { name: 'web' }))).toBe('PLT001');
    expect(code(() => Platform.set(chart, platformProps()))).toBe('PLT003');
    expect(code(() => Platform.set(app, platformProps()))).toBe('PLT003');
  });

  test('set on a sibling of who asked for it is fine', () => {
    const app = new App();
    expect(code(() => new Namespace(new Chart(app, 'early'), 'Namespace', { name: 'web' }))).toBe('PLT001');
    expect(code(() => Platform.set(new Chart(app, 'late'), platformProps()))).toBeUndefined();
  });

  test('a refused set leaves nothing behind', () => {
    const app = new App();
    expect(code(() => Platform.set(app, platformProps({ kernel: 'new' })))).toBe('PLT004');
    expect(code(() => Platform.set(app, platformProps({ kernel: '6.1' })))).toBeUndefined();
    expect(codes(app)).toEqual([]);
  });

  test('the message for who forgot it can be copied', () => {
    expect(thrown(() => Platform.of(new App()))!.fix)
      .toContain('Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA })');
  });

  test.each([
    ['5.15', '5.3', true], ['5.3', '5.3', true], ['5.2.21', '5.3', false], ['4.18.0-553.el8', '5.3', false], ['6.1', '5.15', true], ['5.15.0-91-generic', '5.16', false],
  ])('a node with %s has kernel %s: %s', (kernel, release, answer) => {
    expect(Platform.of(testApp({ kernel })).hasKernel(release)).toBe(answer);
  });

  test('of a kernel that is not declared nothing is known', () => {
    expect(Platform.of(testApp()).hasKernel('5.3')).toBeUndefined();
  });

  test.each([['kubernetes'], ['distribution']])('without %s, as from a map that lacks it, is refused by code', property => {
    expect(code(() => Platform.set(new App(), platformProps({ [property]: undefined })))).toBe('PLT004');
  });
});
