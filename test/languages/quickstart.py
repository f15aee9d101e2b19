"""examples/quickstart/main.ts in Python; tools/languages.sh compares what the two write, byte for byte."""

import cdk8s_plus_27 as kplus
from cdk8s import ApiObject, App, Chart, JsonPatch, Size
from cdk8s_storage import (
    AccessMode,
    Distribution,
    KubernetesVersion,
    Namespace,
    NfsServer,
    NfsStorage,
    PersistentVolumeClaim,
    Platform,
    PodVolume,
    WhenDeleted,
)


def deployment(scope: Chart, name: str, script: str) -> ApiObject:
    workload = kplus.Deployment(
        scope,
        name,
        metadata={"name": name},
        replicas=2,
        select=False,
        pod_metadata={"labels": {"app": name}},
        security_context=kplus.PodSecurityContextProps(user=1000, group=1000, fs_group=1000),
        containers=[
            kplus.ContainerProps(
                name="main",
                image="busybox:1.36",
                image_pull_policy=kplus.ImagePullPolicy.IF_NOT_PRESENT,
                command=["/bin/sh", "-c", script],
                resources=kplus.ContainerResources(
                    cpu=kplus.CpuResources(request=kplus.Cpu.millis(10)),
                    memory=kplus.MemoryResources(request=Size.mebibytes(16), limit=Size.mebibytes(64)),
                ),
            )
        ],
    )
    workload.select(kplus.LabelSelector.of(labels={"app": name}))
    api_object = ApiObject.of(workload)
    # cdk8s-plus labels pods with a hash of the construct's path; without it the construct can move and no pod restarts.
    api_object.add_json_patch(JsonPatch.remove("/spec/template/metadata/labels/cdk8s.io~1metadata.addr"))
    return api_object


app = App()
Platform.set(app, kubernetes=KubernetesVersion.V1_35, distribution=Distribution.VANILLA)

# The storage: csi-driver-nfs, and a class that gives each claim a directory on the server.
storage = Chart(app, "nfs")
nfs = NfsStorage(storage, "Nfs", server=NfsServer.external(host="nfs.example.com", share="/exports/kubernetes"))
shared = nfs.add_storage_class("nfs-shared", when_deleted=WhenDeleted.ARCHIVE)

# An application: one deployment writes into the claim, another one only reads from it.
web = Chart(app, "web", namespace="web")
Namespace(web, "Namespace", name="web", holds_data=True)
pages = PersistentVolumeClaim(
    web,
    "Pages",
    name="pages",
    storage_class=shared,
    size=Size.gibibytes(20),
    access_modes=[AccessMode.READ_WRITE_MANY],
)

writer = deployment(web, "writer", 'while true; do date > "/pages/$HOSTNAME.html"; sleep 10; done')
PodVolume.from_claim(pages).mount_to(writer, container="main", path="/pages")

reader = deployment(web, "reader", "while true; do cat /pages/*.html; sleep 10; done")
PodVolume.from_claim(pages).mount_to(reader, container="main", path="/pages", read_only=True)

app.synth()
