import { ApiObject } from 'cdk8s';
import { RESTORE_RULES } from './rules';
import { report } from '../../findings/report';
import { clusterChecks, eachRepeated } from '../../platform/cluster-checks';

/** SNP046, for all contents of a cluster, whoever wrote them. */
clusterChecks.push(objects => {
  const contents = objects.filter(object => object.kind === 'VolumeSnapshotContent').map(object => [object, object.toJson().spec ?? {}] as const);
  const specs = new Map<ApiObject, any>(contents);
  const keyOf = (object: ApiObject) => {
    const { driver, source } = specs.get(object);
    return source?.snapshotHandle === undefined ? undefined : `'${source.snapshotHandle}' of the driver '${driver}'`;
  };
  eachRepeated([...specs.keys()], keyOf, (object, key, first) => {
    if ([object, first].some(each => specs.get(each).deletionPolicy === 'Delete')) {
      report(object, RESTORE_RULES.SNP046, { key, first: first.node.path });
    }
  });
});
