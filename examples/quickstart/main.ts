import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AccessMode, Distribution, KubernetesVersion, Namespace, NfsServer, NfsStorage, PersistentVolumeClaim, Platform, PodVolume, WhenDeleted } from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// The storage: csi-driver-nfs, and a class that gives each claim a directory on the server.
const storage = new Chart(app, 'nfs');
const nfs = new NfsStorage(storage, 'Nfs', {
  server: NfsServer.external({ host: 'nfs.example.com', share: '/exports/kubernetes' }),
});
const shared = nfs.addStorageClass('nfs-shared', { whenDeleted: WhenDeleted.ARCHIVE });

// An application: one deployment writes into the claim, another one only reads from it.
const web = new Chart(app, 'web', { namespace: 'web' });
new Namespace(web, 'Namespace', { name: 'web', holdsData: true });
const pages = new PersistentVolumeClaim(web, 'Pages', {
  name: 'pages',
  storageClass: shared,
  size: Size.gibibytes(20),
  accessModes: [AccessMode.READ_WRITE_MANY],
});

const writer = deployment('writer', 'while true; do date > "/pages/$HOSTNAME.html"; sleep 10; done');
PodVolume.fromClaim(pages).mountTo(writer, { container: 'main', path: '/pages' });

const reader = deployment('reader', 'while true; do cat /pages/*.html; sleep 10; done');
PodVolume.fromClaim(pages).mountTo(reader, { container: 'main', path: '/pages', readOnly: true });

app.synth();

function deployment(name: string, script: string): ApiObject {
  const workload = new kplus.Deployment(web, name, {
    metadata: { name },
    replicas: 2,
    select: false,
    podMetadata: { labels: { app: name } },
    securityContext: { user: 1000, group: 1000, fsGroup: 1000 },
    containers: [{
      name: 'main',
      image: 'busybox:1.36',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      command: ['/bin/sh', '-c', script],
      resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) } },
    }],
  });
  workload.select(kplus.LabelSelector.of({ labels: { app: name } }));
  const object = ApiObject.of(workload);
  // cdk8s-plus labels pods with a hash of the construct's path; without it the construct can move and no pod restarts.
  object.addJsonPatch(JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'));
  return object;
}
