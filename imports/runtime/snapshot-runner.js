"use strict";

// src/runtime/snapshot-runner/main.ts
var import_fs2 = require("fs");
var import_util = require("util");

// src/runtime/snapshot-runner/api-client.ts
var import_fs = require("fs");
var import_path = require("path");

// src/runtime/snapshot-runner/parallel.ts
var import_promises = require("timers/promises");
var pause = (milliseconds, stop) => (0, import_promises.setTimeout)(milliseconds, void 0, { signal: stop });
async function inParallel(items, limit, work) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
}
var Locks = class {
  last = /* @__PURE__ */ new Map();
  /** Returns what gives them back. In one order, so that no two wait for each other. */
  async acquire(keys) {
    const releases = [];
    for (const key of [...new Set(keys)].sort()) {
      const before = this.last.get(key);
      this.last.set(key, new Promise((resolve) => releases.push(resolve)));
      await before;
    }
    return () => releases.forEach((release) => release());
  }
};

// src/runtime/snapshot-runner/api-client.ts
var TRIES = 8;
var FIRST_PAUSE = 500;
var LONGEST_PAUSE = 1e4;
var TIMEOUT = 6e4;
var PAGE = 500;
var ApiError = class extends Error {
  constructor(status, reason, message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
  status;
  reason;
};
var ApiClient = class {
  /** How many requests were sent, those too that were sent again. */
  calls = 0;
  /** What time it is by the clock of the API server, which is the one of the objects' ages. */
  serverTime;
  server;
  account;
  constructor(environment) {
    const { KUBERNETES_SERVICE_HOST: host = "kubernetes.default.svc", KUBERNETES_SERVICE_PORT: port = "443" } = environment;
    this.server = `${host.includes(":") ? "kubernetes.default.svc" : host}:${port}`;
    this.account = environment.SERVICE_ACCOUNT_DIRECTORY ?? "/var/run/secrets/kubernetes.io/serviceaccount";
  }
  /** The namespace of the ServiceAccount. */
  namespace() {
    return (0, import_fs.readFileSync)((0, import_path.join)(this.account, "namespace"), "utf8").trim();
  }
  /** Read each time: the kubelet replaces the token long before it ends. */
  authorization() {
    return { authorization: `Bearer ${(0, import_fs.readFileSync)((0, import_path.join)(this.account, "token"), "utf8").trim()}` };
  }
  url(scheme, path, query = []) {
    const parameters = new URLSearchParams([...query]).toString();
    return `${scheme}://${this.server}${path}${parameters && `?${parameters}`}`;
  }
  /** Sent again, a bounded number of times, when the API server is busy or away. @throws ApiError */
  async request(method, path, { query = {}, body, contentType = "application/json" } = {}) {
    const url = this.url("https", path, Object.entries(query).filter((entry) => entry[1] !== void 0));
    for (let attempt = 1; ; attempt++) {
      let wait = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
      try {
        this.calls++;
        const response = await fetch(url, {
          method,
          headers: { ...this.authorization(), "accept": "application/json", "content-type": contentType },
          body: body && JSON.stringify(body),
          signal: AbortSignal.timeout(TIMEOUT)
        });
        const text = await response.text();
        this.serverTime = Date.parse(response.headers.get("date") ?? "") || this.serverTime;
        if (response.ok) {
          return JSON.parse(text);
        }
        wait = Math.max(wait, Math.min(60, Number(response.headers.get("retry-after")) || 0) * 1e3);
        throw refusal(response.status, text);
      } catch (problem) {
        const again = problem instanceof ApiError ? problem.status === 429 || problem.status >= 500 : isConnectionProblem(problem);
        if (!again || attempt === TRIES) {
          throw again && !(problem instanceof ApiError) ? new Error(`the API server does not answer: ${causes(problem)}`) : problem;
        }
        await pause(wait);
      }
    }
  }
  /** All objects of a list, page by page; of each only what is picked stays in memory. */
  async list(path, query, pick) {
    for (let attempt = 1; ; attempt++) {
      try {
        const picked = [];
        let next;
        do {
          const { items, metadata } = await this.request("GET", path, { query: { ...query, limit: String(PAGE), continue: next } });
          for (const item of items) {
            const value = pick(item);
            if (value !== void 0) {
              picked.push(value);
            }
          }
          next = metadata.continue || void 0;
        } while (next !== void 0);
        return picked;
      } catch (problem) {
        if (!(problem instanceof ApiError && problem.status === 410) || attempt === TRIES) {
          throw problem;
        }
      }
    }
  }
};
function refusal(status, text) {
  try {
    const { reason, message } = JSON.parse(text);
    return new ApiError(status, String(reason), String(message));
  } catch {
    return new ApiError(status, "", `status ${status}: ${text.slice(0, 200)}`);
  }
}
var isConnectionProblem = (problem) => problem instanceof TypeError || problem instanceof DOMException;
var causes = (problem) => [problem.message, problem.cause?.message].filter(Boolean).join(": ");

// src/runtime/snapshot-runner/log.ts
var line = (level, message, facts) => console.log(JSON.stringify({ time: (/* @__PURE__ */ new Date()).toISOString(), level, message, ...facts }));
var info = (message, facts = {}) => line("info", message, facts);
var warn = (message, facts = {}) => line("warning", message, facts);
var error = (message, facts = {}) => line("error", message, facts);

// src/runtime/snapshot-runner/claims.ts
function listClaims(api, namespace, filter) {
  return api.list(namespace === void 0 ? "/api/v1/persistentvolumeclaims" : `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {}, ({ metadata, spec, status }) => {
    const source = [spec.dataSourceRef, spec.dataSource].find((reference) => reference?.kind === "VolumeSnapshot");
    return {
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      selected: matches(filter, metadata, spec),
      usable: status?.phase === "Bound" && metadata.deletionTimestamp === void 0,
      storageClass: spec.storageClassName ?? metadata.annotations?.["volume.beta.kubernetes.io/storage-class"],
      driver: metadata.annotations?.["volume.kubernetes.io/storage-provisioner"] ?? metadata.annotations?.["volume.beta.kubernetes.io/storage-provisioner"],
      // A claim of another namespace must not keep snapshots of this one for ever.
      restoredFrom: status?.phase === "Bound" || source === void 0 || (source.namespace ?? metadata.namespace) !== metadata.namespace ? void 0 : `${metadata.namespace}/${source.name}`
    };
  });
}
var isParticular = ({ names, labels, storageClass, statefulSet }) => [names, labels, storageClass, statefulSet].some((condition) => condition !== void 0);
function matches(filter, { namespace, name, labels = {} }, { storageClassName }) {
  return (filter.names === void 0 || filter.names.some((claim) => claim.namespace === namespace && claim.name === name)) && Object.entries(filter.labels ?? {}).every(([label, value]) => labels[label] === value) && (filter.storageClass === void 0 || filter.storageClass === storageClassName) && (filter.statefulSet === void 0 || isOfStatefulSet(name, filter.statefulSet, filter.templates));
}
function isOfStatefulSet(claim, statefulSet, templates) {
  const template = /^(.*)-\d+$/.exec(claim)?.[1];
  return template !== void 0 && template.endsWith(`-${statefulSet}`) && (templates?.includes(template.slice(0, -statefulSet.length - 1)) ?? true);
}
function classOf({ storageClass, driver }, { only, byStorageClass, byDriver }) {
  return own(byStorageClass, storageClass) ?? own(byDriver, driver) ?? only;
}
function own(classes, name) {
  return classes !== void 0 && name !== void 0 && Object.hasOwn(classes, name) ? classes[name] : void 0;
}

// src/runtime/snapshot-runner/events.ts
var LONGEST = 1024;
async function tell(api, claims, type, reason, message) {
  const now = (/* @__PURE__ */ new Date()).toISOString().replace(/\.\d+/, "");
  for (const { namespace, name, uid } of claims) {
    try {
      await api.request("POST", `/api/v1/namespaces/${namespace}/events`, {
        body: {
          apiVersion: "v1",
          kind: "Event",
          metadata: { namespace, generateName: "snapshot-policy-" },
          involvedObject: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
          type,
          reason,
          message: message.length > LONGEST ? `${message.slice(0, LONGEST - 1)}…` : message,
          source: { component: "cdk8s-storage" },
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1
        }
      });
    } catch (problem) {
      warn("no event could be written", { claim: `${namespace}/${name}`, reason, why: problem.message });
    }
  }
}

// src/runtime/snapshot-runner/names.ts
var import_crypto = require("crypto");
var MINUTE = 6e4;
var WEEK = 7 * 24 * 60 * MINUTE;
var LONGEST2 = 253;
function timeOfRun(job, now) {
  const scheduled = Number(/-(\d{8,})$/.exec(job)?.[1]) * MINUTE;
  return Math.abs(now - scheduled) < WEEK ? scheduled : now;
}
function snapshotName(policy, claim, time) {
  const [date, clock] = new Date(time).toISOString().replace(/[-:]/g, "").split(/[T.]/);
  const suffix = `-${date}-${clock}`;
  const name = claim === void 0 ? policy : `${policy}.${claim}`;
  if (name.length + suffix.length <= LONGEST2) {
    return name + suffix;
  }
  const hash = (0, import_crypto.createHash)("sha256").update(name).digest("hex").slice(0, 10);
  return `${name.slice(0, LONGEST2 - suffix.length - hash.length - 1).replace(/[^a-z0-9]+$/, "")}-${hash}${suffix}`;
}

// src/runtime/snapshot-runner/contents.ts
async function setDeletionPolicy(api, { namespace, name, uid, content }, deletionPolicy) {
  const path = `/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents/${encodeURIComponent(content)}`;
  const found = await api.request("GET", path).catch((problem) => {
    if (deletionPolicy === "Retain" || !(problem instanceof ApiError && problem.status === 404)) {
      throw problem;
    }
  });
  if (found === void 0) {
    return;
  }
  const { metadata, spec } = found;
  if (spec.volumeSnapshotRef?.uid !== uid) {
    throw new Error(`the VolumeSnapshotContent ${content} is not that of ${namespace}/${name}`);
  }
  if (spec.deletionPolicy !== deletionPolicy) {
    await api.request("PATCH", path, { body: { metadata: { resourceVersion: metadata.resourceVersion }, spec: { deletionPolicy } }, contentType: "application/merge-patch+json" });
  }
}
async function mortal(api) {
  const uids = await api.list("/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents", {}, ({ spec }) => spec.deletionPolicy === "Retain" ? void 0 : spec.volumeSnapshotRef?.uid);
  return new Set(uids);
}

// src/runtime/runner-config.ts
var LABEL = {
  managedBy: "app.kubernetes.io/managed-by",
  policy: "cdk8s-storage/policy",
  policyNamespace: "cdk8s-storage/policy-namespace",
  claimUid: "cdk8s-storage/claim-uid",
  /** The UID of the Job that took it: a second pod of that Job goes on with it. */
  run: "cdk8s-storage/run",
  hold: "cdk8s-storage/hold",
  /** Until it is known that the application was frozen all the time: what is not known to be good never counts as good. */
  unconfirmed: "cdk8s-storage/unconfirmed"
};
var MEMBERS = "cdk8s-storage/claim-uids";
var MANAGER = "cdk8s-storage";

// src/runtime/snapshot-runner/snapshots.ts
var LATE = 36e5;
var FIRST = Date.UTC(2e3);
var SINGLE = { apiVersion: "snapshot.storage.k8s.io/v1", kind: "VolumeSnapshot", plural: "volumesnapshots" };
var GROUP = { apiVersion: "groupsnapshot.storage.k8s.io/v1", kind: "VolumeGroupSnapshot", plural: "volumegroupsnapshots" };
var SnapshotStore = class {
  constructor(api, config, policyNamespace) {
    this.api = api;
    this.config = config;
    this.policyNamespace = policyNamespace;
    this.kind = config.group === void 0 ? SINGLE : GROUP;
  }
  api;
  config;
  policyNamespace;
  kind;
  /** Those that are not being deleted, of one run or all. */
  list(namespace, run2) {
    const wanted = run2 === void 0 ? this.ownership() : { ...this.ownership(), [LABEL.run]: run2 };
    const labelSelector = Object.entries(wanted).map(([label, value]) => `${label}=${value}`).join(",");
    return this.api.list(this.path(namespace), { labelSelector }, (item) => this.read(item));
  }
  /** Creates one, unless it is there already. */
  async create({ namespace, name, owner, run: run2, spec, unconfirmed, members }) {
    const labels = {
      ...this.config.labels,
      ...this.ownership(),
      [LABEL.run]: run2,
      ...owner ? { [LABEL.claimUid]: owner } : {},
      ...unconfirmed ? { [LABEL.unconfirmed]: "true" } : {}
    };
    const annotations = this.kind === GROUP ? { [MEMBERS]: members.join(",") } : void 0;
    const { apiVersion, kind } = this.kind;
    try {
      await this.api.request("POST", this.path(namespace), { body: { apiVersion, kind, metadata: { namespace, name, labels, annotations }, spec } });
    } catch (problem) {
      if (!(problem instanceof ApiError && problem.reason === "AlreadyExists")) {
        throw problem;
      }
    }
  }
  /** Says that it is what was promised. */
  async confirm(namespace, name) {
    const body = { metadata: { labels: { [LABEL.unconfirmed]: null } } };
    await this.api.request("PATCH", `${this.path(namespace)}/${name}`, { body, contentType: "application/merge-patch+json" });
  }
  /** Deletes it as it was seen, and says whether it is gone: one that somebody changed since, such as to hold it, stays. */
  async delete({ namespace, name, uid, resourceVersion }) {
    const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid, resourceVersion } };
    try {
      await this.api.request("DELETE", `${this.path(namespace)}/${name}`, { body });
    } catch (problem) {
      if (!(problem instanceof ApiError && (problem.status === 404 || problem.status === 409))) {
        throw problem;
      }
      return problem.status === 404 || !await this.isThere(namespace, name, uid);
    }
    return true;
  }
  /** A deletion whose answer was lost is refused when it is sent again. */
  async isThere(namespace, name, uid) {
    const found = await this.api.list(this.path(namespace), { fieldSelector: `metadata.name=${name}` }, (item) => this.read(item));
    return found.some((snapshot) => snapshot.uid === uid);
  }
  ownership() {
    return { [LABEL.managedBy]: MANAGER, [LABEL.policy]: this.config.policy, [LABEL.policyNamespace]: this.policyNamespace };
  }
  path(namespace) {
    return `/apis/${this.kind.apiVersion}/${namespace === void 0 ? "" : `namespaces/${namespace}/`}${this.kind.plural}`;
  }
  read({ metadata, status = {} }) {
    const owner = this.kind === GROUP ? "" : metadata.labels[LABEL.claimUid];
    if (owner === void 0 || metadata.deletionTimestamp !== void 0) {
      return void 0;
    }
    const made = Date.parse(metadata.creationTimestamp);
    const taken = Date.parse(status.creationTime);
    const unconfirmed = metadata.labels[LABEL.unconfirmed] === "true";
    return {
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      owner,
      run: metadata.labels[LABEL.run],
      time: taken > FIRST && taken < made + LATE ? taken : made,
      state: unconfirmed ? "failed" : status.readyToUse === true ? "ready" : status.error ? "failed" : "pending",
      failedAt: unconfirmed ? made : Date.parse(status.error?.time) || void 0,
      unconfirmed,
      members: metadata.annotations?.[MEMBERS]?.split(",") ?? [],
      held: metadata.labels[LABEL.hold] === "true" ? `label ${LABEL.hold}` : void 0,
      cut: Boolean(status.creationTime) || status.readyToUse === true,
      error: status.readyToUse === true ? void 0 : status.error && (status.error.message ?? "the driver does not say why"),
      content: this.config.surviveNamespaceDeletion ? status.boundVolumeSnapshotContentName : void 0
    };
  }
};

// src/runtime/snapshot-runner/target.ts
var historyOf = ({ namespace, owner }) => `${namespace}/${owner}`;
function histories(snapshots) {
  const all = /* @__PURE__ */ new Map();
  for (const snapshot of snapshots) {
    const key = historyOf(snapshot);
    all.has(key) ? all.get(key).push(snapshot) : all.set(key, [snapshot]);
  }
  return all;
}
var called = ({ namespace, name, claims }) => name === void 0 ? { namespace, claims: claims.length } : { claim: `${namespace}/${name}` };
function targetsOf(claims, grouped) {
  const selected = claims.filter(({ selected: chosen, usable }) => chosen && usable);
  if (!grouped) {
    return selected.map((claim) => ({ namespace: claim.namespace, name: claim.name, owner: claim.uid, claims: [claim], unbound: [] }));
  }
  return [...new Set(selected.map(({ namespace }) => namespace))].map((namespace) => ({
    namespace,
    owner: "",
    claims: selected.filter((claim) => claim.namespace === namespace),
    unbound: claims.filter((claim) => claim.namespace === namespace && claim.selected && !claim.usable).map(({ name }) => name)
  }));
}

// src/runtime/retention.ts
var BUCKETS = [
  { rule: "hourly", key: "hour" },
  { rule: "daily", key: "day" },
  { rule: "weekly", key: "week" },
  { rule: "monthly", key: "month" },
  { rule: "yearly", key: "year" }
];
function plan(history, retention, { timeZone, now, orphaned }) {
  const newestFirst = [...history].sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1));
  const ready = newestFirst.filter(({ state }) => state === "ready");
  const reasons = new Map(newestFirst.map((snapshot) => [snapshot, []]));
  const ageOf = ({ time }) => (now - time) / 1e3;
  const keep = (snapshot, reason) => reasons.get(snapshot).push(reason);
  const tooOld = (snapshot) => ageOf(snapshot) > (retention.maxAgeSeconds ?? Infinity);
  const young = ready.filter((snapshot) => !tooOld(snapshot));
  young.slice(0, retention.last ?? 0).forEach((snapshot) => keep(snapshot, "last"));
  fillBuckets(young, retention, timeZone, keep);
  if (retention.withinSeconds !== void 0) {
    young.filter(({ time }) => ready[0].time - time < retention.withinSeconds * 1e3).forEach((snapshot) => keep(snapshot, "within"));
  }
  if (!keepsByRule(retention)) {
    young.forEach((snapshot) => keep(snapshot, retention.maxAgeSeconds === void 0 ? "no rule gives it up" : "younger than maxAge"));
  }
  ready.slice(0, retention.minReady).forEach((snapshot) => keep(snapshot, "minReady"));
  for (const snapshot of newestFirst) {
    const newerReady = ready.length > 0 && ready[0].time > snapshot.time;
    if (snapshot.state === "pending") {
      keep(snapshot, "not ready yet");
    } else if (snapshot.state === "failed" && !(newerReady && ageOf({ time: snapshot.failedAt ?? snapshot.time }) > retention.failedAfterSeconds)) {
      keep(snapshot, newerReady ? "failed a short time ago" : "failed, and none is ready that is newer");
    }
    if (orphaned) {
      reasons.set(snapshot, ageOf(snapshot) > (retention.orphanedAfterSeconds ?? Infinity) ? [] : ["the claim is gone"]);
    }
    if (ageOf(snapshot) < (retention.minAgeSeconds ?? -Infinity)) {
      keep(snapshot, "younger than minAge");
    }
    if (snapshot.held !== void 0) {
      keep(snapshot, snapshot.held);
    }
  }
  return newestFirst.map((snapshot) => ({ name: snapshot.name, keep: reasons.get(snapshot).length > 0, reasons: reasons.get(snapshot) }));
}
function keepsByRule(retention) {
  return [retention.last, retention.withinSeconds, ...BUCKETS.map(({ rule }) => retention[rule])].some((value) => (value ?? 0) > 0);
}
function fillBuckets(ready, retention, timeZone, keep) {
  const buckets = BUCKETS.map((bucket) => ({ ...bucket, left: retention[bucket.rule] ?? 0, seen: /* @__PURE__ */ new Set() }));
  for (const [index, snapshot] of ready.entries()) {
    const open = buckets.filter(({ left }) => left > 0);
    if (open.length === 0) {
      return;
    }
    const local = timeZone.at(snapshot.time);
    for (const bucket of open) {
      if (!bucket.seen.has(local[bucket.key])) {
        bucket.seen.add(local[bucket.key]);
        bucket.left--;
        keep(snapshot, bucket.rule);
      } else if (index === ready.length - 1) {
        keep(snapshot, `oldest ${bucket.rule}`);
      }
    }
  }
}

// src/runtime/time-zone.ts
var MINUTE2 = 6e4;
var HOUR = 60 * MINUTE2;
var DAY = 24 * HOUR;
var TimeZone = class {
  format;
  offsets = /* @__PURE__ */ new Map();
  constructor(name) {
    this.format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric"
    });
  }
  at(time) {
    const offset = this.offset(time);
    const local = new Date(time + offset);
    const day = Math.floor(local.getTime() / DAY);
    return {
      // With the offset: where clocks go back, the same hour comes twice.
      hour: Math.floor(local.getTime() / HOUR) * DAY + offset / 1e3,
      day,
      week: Math.floor((day + 3) / 7),
      // 1970 began on a Thursday
      month: local.getUTCFullYear() * 12 + local.getUTCMonth(),
      year: local.getUTCFullYear()
    };
  }
  /** What its clocks are ahead of UTC, in milliseconds. */
  offset(time) {
    const day = Math.floor(time / DAY) * DAY;
    const start2 = this.offsetOf(day);
    return start2 === this.offsetOf(day + DAY) ? start2 : this.offsetOf(Math.floor(time / MINUTE2) * MINUTE2);
  }
  offsetOf(time) {
    let offset = this.offsets.get(time);
    if (offset === void 0) {
      const part = Object.fromEntries(this.format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      offset = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - time;
      this.offsets.set(time, offset);
    }
    return offset;
  }
};

// src/runtime/snapshot-runner/pruner.ts
var SEEN = 2e3;
var Pruner = class {
  constructor(api, config, store, now, dryRun) {
    this.api = api;
    this.config = config;
    this.store = store;
    this.now = now;
    this.dryRun = dryRun;
    this.timeZone = new TimeZone(config.timeZone);
  }
  api;
  config;
  store;
  now;
  dryRun;
  timeZone;
  /** From fresh lists. `taken` are the targets, with the name of the snapshot that has to be there and ready. Returns how many could not be deleted. */
  async prune(namespace, taken) {
    const snapshots = await this.store.list(namespace);
    const claims = await listClaims(this.api, namespace, this.config.claims);
    const targets = new Map([...taken].map(([target, name]) => [historyOf(target), { target, name }]));
    const there = new Set(claims.map(({ uid }) => uid));
    const restored = new Map(claims.filter(({ restoredFrom }) => restoredFrom !== void 0).map((claim) => [claim.restoredFrom, claim]));
    const given = [];
    const orphanedOf = ({ owner, members }) => (this.store.kind === GROUP ? members : [owner]).some((uid) => !there.has(uid));
    for (const [key, all2] of histories(snapshots)) {
      given.push([void 0, this.givenUp(all2.filter(orphanedOf), restored, true)]);
      const history = all2.filter((snapshot) => !orphanedOf(snapshot));
      const { target, name } = targets.get(key) ?? {};
      const complete = this.dryRun && target !== void 0 ? [...history, this.imagined(target, name)] : history;
      if (complete.some((snapshot) => snapshot.name === name && snapshot.state === "ready")) {
        given.push([target, this.givenUp(complete, restored, false, name)]);
      }
    }
    const all = given.flatMap(([, givenUp]) => givenUp);
    if (this.dryRun) {
      all.forEach(({ name, namespace: where }) => info("would delete", { snapshot: `${where}/${name}` }));
      return 0;
    }
    const stuck = new Set(all);
    let failures = await this.immortalize(snapshots.filter((snapshot) => !stuck.has(snapshot)));
    await inParallel(all, this.config.maxParallel, async (snapshot) => {
      await this.attempt(snapshot, async () => {
        await this.setPolicy(snapshot, "Delete");
        stuck.delete(snapshot);
      });
    });
    failures += stuck.size;
    await pause(all.some(({ content }) => content !== void 0) ? SEEN : 0);
    await inParallel(given, this.config.maxParallel, async ([target, givenUp]) => {
      const deleted = [];
      for (const snapshot of givenUp.filter((one) => !stuck.has(one))) {
        const gone = await this.attempt(snapshot, () => this.delete(snapshot));
        failures += gone === void 0 ? 1 : 0;
        if (gone === true) {
          deleted.push(snapshot.name);
        }
      }
      if (target !== void 0 && deleted.length > 0) {
        await tell(this.api, target.claims, "Normal", "SnapshotsPruned", `Deleted what the retention of the policy ${this.config.policy} gives up: ${deleted.join(", ")}`);
      }
    });
    return failures;
  }
  /** What the plan gives up. @param taken the name of the one that this run has just taken, which stays whatever clock the storage has */
  givenUp(history, restored, orphaned, taken) {
    const held = history.map((snapshot) => ({ ...snapshot, held: snapshot.held ?? this.restoring(snapshot, restored) ?? (snapshot.name === taken ? "just taken" : void 0) }));
    const kept = new Set(plan(held, this.config.retention, { timeZone: this.timeZone, now: this.now, orphaned }).filter(({ keep }) => keep).map(({ name }) => name));
    return history.filter(({ name }) => !kept.has(name));
  }
  /** Those of before the policy was told so, and those of a run that was killed in between. Returns how many could not be made so. */
  async immortalize(kept) {
    if (!kept.some(({ content }) => content !== void 0)) {
      return 0;
    }
    const uids = await mortal(this.api);
    const open = new Set(kept.filter(({ uid }) => uids.has(uid)));
    await inParallel([...open], this.config.maxParallel, async (snapshot) => {
      await this.attempt(snapshot, async () => {
        await this.setPolicy(snapshot, "Retain");
        open.delete(snapshot);
      });
    });
    return open.size;
  }
  async delete(snapshot) {
    const facts = { snapshot: `${snapshot.namespace}/${snapshot.name}` };
    if (await this.store.delete(snapshot)) {
      info("deleted", facts);
      return true;
    }
    info("not deleted: somebody has just changed it", facts);
    await this.setPolicy(snapshot, "Retain");
    return false;
  }
  async setPolicy(snapshot, policy) {
    if (snapshot.content !== void 0) {
      await setDeletionPolicy(this.api, snapshot, policy);
    }
  }
  /** Undefined where it failed, which is logged. */
  async attempt({ namespace, name }, work) {
    try {
      return await work();
    } catch (problem) {
      warn("could not be changed", { snapshot: `${namespace}/${name}`, why: problem.message });
      return void 0;
    }
  }
  /** Of a group it is not known which of its snapshots a volume is made of. */
  restoring({ namespace, name }, restored) {
    const claim = this.store.kind === GROUP ? [...restored].find(([source]) => source.startsWith(`${namespace}/`))?.[1] : restored.get(`${namespace}/${name}`);
    return claim && `the claim ${claim.namespace}/${claim.name} is being made of it`;
  }
  imagined(target, name) {
    return { namespace: target.namespace, name, owner: target.owner, uid: "", resourceVersion: "", run: "", time: this.now, state: "ready", cut: true, unconfirmed: false, members: target.claims.map(({ uid }) => uid) };
  }
};

// src/runtime/snapshot-runner/exec-session.ts
var STDIN = 0;
var STDOUT = 1;
var STDERR = 2;
var STATUS = 3;
var LONGEST_OUTPUT = 2e3;
var ExecSession = class {
  constructor(api, namespace, pod, container, command) {
    this.api = api;
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec`;
    const query = [["container", container], ["stdin", "true"], ["stdout", "true"], ["stderr", "true"], ...command.map((word) => ["command", word])];
    this.socket = new WebSocket(this.api.url("wss", path, query), { protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"], headers: this.api.authorization() });
    this.socket.binaryType = "arraybuffer";
    this.onOutput = () => {
    };
    this.ended = new Promise((resolve) => {
      let opened = false;
      const end = (code, output) => {
        resolve({ code, output: output.trim() });
        this.close();
      };
      this.socket.addEventListener("open", () => opened = true);
      this.socket.addEventListener("message", ({ data }) => {
        const [channel, ...bytes] = new Uint8Array(data);
        const text = Buffer.from(bytes).toString();
        if (channel === STATUS) {
          const status = JSON.parse(text);
          const code = status.status === "Success" ? 0 : Number(status.details?.causes?.find(({ reason }) => reason === "ExitCode")?.message ?? NaN);
          end(Number.isNaN(code) ? void 0 : code, this.said[STDERR] || (status.message ?? ""));
        } else if (channel in this.said) {
          this.said[channel] = (this.said[channel] + text).slice(-LONGEST_OUTPUT);
          this.onOutput();
        }
      });
      const lost = () => void (opened ? Promise.resolve("the connection was lost") : this.explain(path, query)).then((why) => end(void 0, why));
      this.socket.addEventListener("close", lost, { once: true });
      this.socket.addEventListener("error", () => opened || lost(), { once: true });
    });
  }
  api;
  /** When the process or the connection ended; never rejected. */
  ended;
  socket;
  said = { [STDOUT]: "", [STDERR]: "" };
  onOutput;
  /** When its output has this line. @throws an Error if it ends before */
  async line(line2) {
    const seen = new Promise((resolve) => this.onOutput = () => this.said[STDOUT].split("\n").includes(line2) && resolve(void 0));
    this.onOutput();
    const ending = await Promise.race([seen, this.ended]);
    if (ending !== void 0) {
      throw new EndedEarly(ending);
    }
  }
  /** A line on its input. */
  send(line2) {
    this.socket.send(Buffer.from([STDIN, ...Buffer.from(`${line2}
`)]));
  }
  close() {
    this.socket.close();
  }
  /** Why the connection was refused: a WebSocket does not tell, but the same request without one does. */
  async explain(path, query) {
    try {
      await this.api.request("GET", path, { query: Object.fromEntries(query.filter(([key]) => key !== "command")) });
    } catch (problem) {
      if (!(problem instanceof ApiError && problem.status === 400 && /upgrade/i.test(problem.message))) {
        return problem.message;
      }
    }
    return "no connection to the container";
  }
};
var EndedEarly = class extends Error {
  constructor(ending) {
    super(ending.output);
    this.ending = ending;
  }
  ending;
};

// src/runtime/snapshot-runner/freeze-script.ts
var ENDINGS = {
  71: "freezing failed",
  72: "its time was over, so it was thawed before the snapshot was taken",
  73: "thawing failed: the application may still be frozen"
};
var FREEZE_SCRIPT = `
exec 3<&0 4>&2 </dev/null 2>/dev/null
sleep "$1" >/dev/null 3<&- 4>&- & timer=$!
(read -r _ <&3; kill "$timer") >/dev/null 4>&- & reader=$!
(if sh -c "$2" >&4 2>&4 3<&- 4>&-; then echo frozen; else kill "$timer"; exit 71; fi) & freezer=$!
wait "$timer"; [ $? -gt 128 ]; late=$?
kill "$reader"
exec 3<&-
said=$(sh -c "$3" 2>&1 4>&-); thawed=$?
busy=no; kill -0 "$freezer" && busy=yes
wait "$freezer"; frozen=$?
if [ $busy = yes ]; then said=$(sh -c "$3" 2>&1 4>&-); thawed=$?; fi
trap '' PIPE
[ -z "$said" ] || printf '%s\\n' "$said" >&4
[ $thawed = 0 ] || { echo "thaw ended with $thawed" >&4; exit 73; }
[ $frozen = 0 ] || exit 71
[ $late = 0 ] || exit 72
`.trim();

// src/runtime/snapshot-runner/hooks.ts
var GRACE = 15e3;
var THAW_LIMIT = 6e4;
var Freezer = class {
  constructor(api, pods, locks, hooks, namespace, claims) {
    this.api = api;
    this.pods = pods;
    this.locks = locks;
    this.hooks = hooks;
    this.namespace = namespace;
    this.claims = claims;
  }
  api;
  pods;
  locks;
  hooks;
  namespace;
  claims;
  held = [];
  release;
  /** In the order of the hooks. @throws an Error if one fails that is not optional; what is frozen then has to be thawed all the same */
  async freeze() {
    const found = /* @__PURE__ */ new Map();
    await this.eachHook(async (hook) => {
      found.set(hook, await this.podsOf(hook));
    });
    this.release = await this.locks.acquire([...found.values()].flat().map(({ name }) => `${this.namespace}/${name}`));
    await this.eachHook(async (hook) => {
      for (const pod of found.get(hook) ?? []) {
        await this.freezeOne(hook, pod);
      }
    });
  }
  /** As soon as one that has to be frozen is no longer. @throws an Error then */
  async over() {
    await new Promise((_, reject) => {
      for (const { where, session } of this.held.filter(({ hook }) => !hook.optional)) {
        void session.ended.then(() => reject(new Error(`${where}: thawed before the snapshot was taken`)));
      }
    });
  }
  /** In the reverse order; returns what was wrong: those that were not frozen all the time, and those that could not be thawed. */
  async thaw() {
    const problems = [];
    for (const { where, hook, session } of this.held.reverse()) {
      session.send("thaw");
      const limit = new Promise((resolve) => setTimeout(resolve, THAW_LIMIT, void 0).unref());
      const ending = await Promise.race([session.ended, limit]);
      session.close();
      const problem = ending === void 0 ? `thawing did not end within ${THAW_LIMIT / 1e3} s` : ending.code === 0 ? void 0 : explain(ending);
      if (problem === void 0) {
        info("thawed", { pod: where });
      } else {
        warn("not frozen until the snapshot was taken, or not thawed", { pod: where, why: problem });
        if (!hook.optional) {
          problems.push(`${where}: ${problem}`);
        }
      }
    }
    this.held.length = 0;
    this.release?.();
    return problems;
  }
  async eachHook(work) {
    for (const hook of this.hooks) {
      try {
        await work(hook);
      } catch (problem) {
        if (!hook.optional) {
          throw problem;
        }
        warn("not frozen, and taken all the same", { namespace: this.namespace, why: problem.message });
      }
    }
  }
  async freezeOne(hook, pod) {
    const container = hook.container ?? pod.container;
    const where = `${this.namespace}/${pod.name}/${container}`;
    const session = new ExecSession(this.api, this.namespace, pod.name, container, ["sh", "-c", FREEZE_SCRIPT, "sh", String(hook.timeoutSeconds), hook.freeze, hook.thaw]);
    let timer;
    const limit = new Promise((_, reject) => timer = setTimeout(reject, hook.timeoutSeconds * 1e3 + GRACE, new Error("it does not answer")));
    try {
      await Promise.race([session.line("frozen"), limit]);
      this.held.push({ where, hook, session });
      info("frozen", { pod: where });
    } catch (problem) {
      session.close();
      throw new Error(`${where}: ${problem instanceof EndedEarly ? explain(problem.ending) : problem.message}`);
    } finally {
      clearTimeout(timer);
    }
  }
  async podsOf({ podLabels }) {
    const pods = await this.pods.list(this.namespace);
    const users = pods.filter(({ claims }) => claims.some((claim) => this.claims.includes(claim)));
    if (podLabels === void 0) {
      return users;
    }
    const chosen = pods.filter(({ labels }) => Object.entries(podLabels).every(([label, value]) => labels[label] === value));
    if (chosen.length === 0 && users.length > 0) {
      throw new Error(`no pod with the labels ${JSON.stringify(podLabels)} is running in ${this.namespace}, but ${users[0].name} uses the claim`);
    }
    return chosen;
  }
};
function explain({ code, output }) {
  return [code === void 0 ? void 0 : ENDINGS[code] ?? `ended with ${code}`, output].filter(Boolean).join(": ");
}

// src/runtime/snapshot-runner/pods.ts
var FRESH = 1e4;
var PodLister = class {
  constructor(api) {
    this.api = api;
  }
  api;
  lists = /* @__PURE__ */ new Map();
  list(namespace) {
    let list = this.lists.get(namespace);
    if (list === void 0 || Date.now() - list.time > FRESH) {
      list = { time: Date.now(), pods: this.api.list(`/api/v1/namespaces/${namespace}/pods`, {}, read) };
      this.lists.set(namespace, list);
    }
    return list.pods;
  }
};
function read({ metadata, spec, status }) {
  if (status?.phase !== "Running") {
    return void 0;
  }
  const claims = (spec.volumes ?? []).map(({ name, persistentVolumeClaim, ephemeral }) => persistentVolumeClaim?.claimName ?? (ephemeral && `${metadata.name}-${name}`));
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    claims: claims.filter((claim) => claim !== void 0),
    container: metadata.annotations?.["kubectl.kubernetes.io/default-container"] ?? spec.containers[0].name
  };
}

// src/runtime/snapshot-runner/taker.ts
var ERROR_STANDS = 6e4;
var ERROR_STANDS_FROZEN = 1e4;
var Taker = class {
  constructor(api, config, store, run2) {
    this.api = api;
    this.config = config;
    this.store = store;
    this.run = run2;
    this.pods = new PodLister(api);
  }
  api;
  config;
  store;
  run;
  pods;
  locks = new Locks();
  /**
   * Takes one, and returns as soon as it is cut: what is left is to wait until it is ready, which takes no turn of others. `earlier` are the snapshots of
   * the target that are there already.
   *
   * @throws an Error that says why there is none
   */
  async start(target, earlier, watcher) {
    const own2 = earlier.filter(({ run: run2 }) => run2 === this.run.id);
    const doubtful = own2.filter(({ unconfirmed }) => unconfirmed).map(({ name: name2 }) => name2);
    const good = own2.find(({ unconfirmed }) => !unconfirmed)?.name;
    if (own2.length === 0) {
      this.checkWaiting(earlier);
    }
    if (target.unbound.length > 0) {
      throw new Error(`of the group, these claims have no volume yet, or are being deleted: ${target.unbound.join(", ")}`);
    }
    const name = good ?? this.newName(target, doubtful);
    if (good !== void 0) {
      info("going on with the snapshot of an earlier pod", { ...called(target), snapshot: name });
    }
    const until = good === void 0 ? await this.create(target, name, watcher) : this.limit();
    return async () => {
      const ready = await watcher.wait(target.namespace, name, { what: "ready", is: ({ state }) => state === "ready", until, errorFor: ERROR_STANDS });
      if (this.config.surviveNamespaceDeletion) {
        await setDeletionPolicy(this.api, ready, "Retain");
      }
      if (doubtful.length > 0) {
        await this.discard(target, doubtful);
      }
      return ready;
    };
  }
  /** Those that failed long ago, and would go if a newer one were ready, must not be in the way of it. */
  checkWaiting(earlier) {
    const { maxPending, retention } = this.config;
    const waiting = earlier.filter(({ state, time }) => state === "pending" || state === "failed" && this.run.now - time < retention.failedAfterSeconds * 1e3);
    if (waiting.length >= maxPending) {
      throw new Error(`${waiting.length} snapshots of it are not ready, so no further one is taken; see why, or delete them: ${waiting.map(({ name }) => name).join(", ")}`);
    }
  }
  /** By the time of the run; beside doubtful ones of that run, by the clock. */
  newName({ name }, doubtful) {
    let time = doubtful.length === 0 ? this.run.time : Date.now();
    while (doubtful.includes(snapshotName(this.config.policy, name, time))) {
      time += 1e3;
    }
    return snapshotName(this.config.policy, name, time);
  }
  /** Until when it has to be ready. */
  limit() {
    return Date.now() + this.config.readyTimeoutSeconds * 1e3;
  }
  /** Returns until when it has to be ready. */
  async create(target, name, watcher) {
    const spec = this.spec(target);
    const frozen = this.config.hooks.length > 0;
    const freezer = new Freezer(this.api, this.pods, this.locks, this.config.hooks, target.namespace, target.claims.map((claim) => claim.name));
    const problems = [];
    let tried = false;
    let until = 0;
    try {
      await freezer.freeze();
      this.run.stop.throwIfAborted();
      tried = true;
      await this.store.create({
        namespace: target.namespace,
        name,
        owner: target.owner,
        run: this.run.id,
        spec,
        unconfirmed: frozen,
        members: target.claims.map(({ uid }) => uid)
      });
      info("created", { ...called(target), snapshot: name });
      until = this.limit();
      const cut = watcher.wait(target.namespace, name, {
        what: "taken",
        is: (snapshot) => snapshot.cut,
        until,
        errorFor: frozen ? ERROR_STANDS_FROZEN : ERROR_STANDS,
        urgent: frozen
      });
      await Promise.race([cut, ...frozen ? [freezer.over()] : []]);
    } catch (problem) {
      problems.push(problem.message);
    } finally {
      problems.push(...await freezer.thaw());
    }
    if (problems.length > 0) {
      const said = watcher.lastError(target.namespace, name);
      if (said !== void 0 && !problems.includes(said)) {
        problems.push(said);
      }
      if (tried && frozen) {
        await this.discard(target, [name]);
      }
      throw new Error(problems.join("; "));
    }
    if (frozen) {
      await this.store.confirm(target.namespace, name);
    }
    return until;
  }
  spec({ claims: [claim], name }) {
    const { claims, classes, group } = this.config;
    if (group !== void 0) {
      return { source: { selector: { matchLabels: claims.labels } }, volumeGroupSnapshotClassName: group.snapshotClass };
    }
    const volumeSnapshotClassName = classOf(claim, classes);
    if (volumeSnapshotClassName === void 0) {
      throw new Error(`the policy has no snapshot class for it: its class is ${claim.storageClass ?? "none"}, its driver ${claim.driver ?? "not known"}`);
    }
    return { source: { persistentVolumeClaimName: name }, volumeSnapshotClassName };
  }
  /** What was taken while the application wrote is not what was promised. */
  async discard(target, names) {
    try {
      for (const snapshot of await this.store.list(target.namespace, this.run.id)) {
        if (names.includes(snapshot.name) && snapshot.held === void 0) {
          if (snapshot.content !== void 0) {
            await setDeletionPolicy(this.api, snapshot, "Delete");
          }
          await this.store.delete({ ...snapshot, resourceVersion: void 0 });
        }
      }
    } catch (problem) {
      warn("a snapshot that is not consistent could not be deleted", { ...called(target), snapshots: names, why: problem.message });
    }
  }
};

// src/runtime/snapshot-runner/watcher.ts
var FIRST_INTERVAL = 1e3;
var URGENT_INTERVAL = 500;
var LONGEST_INTERVAL = 1e4;
var GROWTH = 1.5;
var MISSING_IN = 3;
var MENDED = 3e4;
var Watcher = class {
  constructor(store, namespace, run2, stop) {
    this.store = store;
    this.namespace = namespace;
    this.run = run2;
    this.stop = stop;
    stop.addEventListener("abort", () => this.rejectAll(new Error("the runner was told to stop")));
  }
  store;
  namespace;
  run;
  stop;
  waiting = /* @__PURE__ */ new Map();
  errors = /* @__PURE__ */ new Map();
  interval = FIRST_INTERVAL;
  running = false;
  nap = new AbortController();
  wait(namespace, name, wait) {
    return new Promise((resolve, reject) => {
      if (this.stop.aborted) {
        reject(this.stop.reason);
        return;
      }
      this.waiting.set(`${namespace}/${name}`, { ...wait, resolve, reject, missing: 0, failedSince: 0, failedLast: 0 });
      this.interval = FIRST_INTERVAL;
      if (wait.urgent) {
        this.nap.abort();
      }
      if (!this.running) {
        this.running = true;
        void this.watch();
      }
    });
  }
  /** The last error of a snapshot that was waited for: the controller takes it away when it tries again. */
  lastError(namespace, name) {
    return this.errors.get(`${namespace}/${name}`);
  }
  async watch() {
    while (this.waiting.size > 0) {
      this.nap = new AbortController();
      const urgent = [...this.waiting.values()].some((wait) => wait.urgent);
      await pause(urgent ? URGENT_INTERVAL : this.interval, urgent ? void 0 : this.nap.signal).catch(() => {
      });
      this.interval = Math.min(LONGEST_INTERVAL, this.interval * GROWTH);
      const asked = new Map(this.waiting);
      try {
        const found = new Map((await this.store.list(this.namespace, this.run)).map((snapshot) => [`${snapshot.namespace}/${snapshot.name}`, snapshot]));
        asked.forEach((waiting, key) => this.look(key, waiting, found.get(key)));
      } catch (problem) {
        warn("snapshots could not be listed", { namespace: this.namespace, why: problem.message });
        asked.forEach((waiting, key) => Date.now() >= waiting.until && this.reject(key, waiting, problem.message));
      }
    }
    this.running = false;
  }
  look(key, waiting, snapshot) {
    waiting.missing = snapshot === void 0 ? waiting.missing + 1 : 0;
    if (snapshot?.error !== void 0) {
      waiting.failedSince = Date.now() - waiting.failedLast > MENDED ? Date.now() : waiting.failedSince;
      waiting.failedLast = Date.now();
      this.errors.set(key, snapshot.error);
    }
    if (snapshot !== void 0 && waiting.is(snapshot)) {
      this.waiting.delete(key);
      waiting.resolve(snapshot);
      return;
    }
    const late = Date.now() >= waiting.until;
    const problem = waiting.missing >= MISSING_IN ? "the snapshot is not there any more, or one of its name is not ours" : snapshot?.error !== void 0 && (late || Date.now() - waiting.failedSince >= waiting.errorFor) ? snapshot.error : late ? [`not ${waiting.what} in time`, this.errors.get(key)].filter(Boolean).join(": ") : void 0;
    if (problem !== void 0) {
      this.reject(key, waiting, problem);
    }
  }
  reject(key, waiting, problem) {
    this.waiting.delete(key);
    waiting.reject(new Error(problem));
  }
  rejectAll(problem) {
    this.waiting.forEach(({ reject }) => reject(problem));
    this.waiting.clear();
  }
};

// src/runtime/snapshot-runner/run.ts
async function run(api, config, { environment, now: given, dryRun, stop }) {
  const job = environment.RUN ?? "";
  const id = environment.RUN_UID || job || `at-${Date.now()}`;
  const store = new SnapshotStore(api, config, environment.NAMESPACE || api.namespace());
  let failures = 0;
  const failed = (what, facts, problem) => {
    failures++;
    error(what, { ...facts, why: problem.message });
  };
  if (!dryRun) {
    await pause(Math.random() * config.jitterSeconds * 1e3, stop).catch(() => {
    });
  }
  const scopes = [];
  const found = /* @__PURE__ */ new Set();
  for (const namespace of config.namespaces ?? [void 0]) {
    try {
      const [claims, snapshots] = [await listClaims(api, namespace, config.claims), await store.list(namespace)];
      claims.filter(({ selected }) => selected).forEach((claim) => found.add(`${claim.namespace}/${claim.name}`));
      const watcher = new Watcher(store, namespace, id, stop);
      scopes.push({ namespace, watcher, targets: targetsOf(claims, config.group !== void 0), histories: histories(snapshots), taken: /* @__PURE__ */ new Map() });
    } catch (problem) {
      failed("claims could not be listed", { namespace }, problem);
    }
  }
  const missing = (config.claims.names ?? []).map(({ namespace, name }) => `${namespace}/${name}`).filter((name) => !found.has(name));
  if (scopes.length > 0 && missing.length > 0) {
    failed("claims are missing", { claims: missing }, new Error("there are none of these names"));
  } else if (scopes.length > 0 && found.size === 0 && isParticular(config.claims)) {
    failed("no claim is selected", { claims: config.claims }, new Error("nothing is protected by this policy"));
  }
  const now = given ?? api.serverTime ?? Date.now();
  const time = timeOfRun(job, now);
  const taker = new Taker(api, config, store, { id, time, now, stop });
  const pruner = new Pruner(api, config, store, now, dryRun);
  const waiting = [];
  const attempt = async (target, work) => {
    try {
      return await work();
    } catch (problem) {
      failed("not taken", called(target), problem);
      await tell(api, target.claims, "Warning", "SnapshotFailed", `The policy ${config.policy} took none: ${problem.message}`);
      return void 0;
    }
  };
  const take = async ({ target, scope }) => {
    if (stop.aborted) {
      return failed("not taken", called(target), new Error("the runner was told to stop"));
    }
    if (dryRun) {
      const name = snapshotName(config.policy, target.name, time);
      info("would create", { ...called(target), snapshot: name });
      scope.taken.set(target, name);
      return;
    }
    const ready = await attempt(target, () => taker.start(target, scope.histories.get(historyOf(target)) ?? [], scope.watcher));
    if (ready !== void 0) {
      waiting.push(attempt(target, async () => {
        const { name } = await ready();
        scope.taken.set(target, name);
        info("ready", { ...called(target), snapshot: name });
        await tell(api, target.claims, "Normal", "SnapshotTaken", `The policy ${config.policy} took ${name}`);
      }));
    }
  };
  const newest = ({ target, scope }) => Math.max(0, ...(scope.histories.get(historyOf(target)) ?? []).filter(({ state }) => state === "ready").map((one) => one.time));
  const targets = scopes.flatMap((scope) => scope.targets.map((target) => ({ target, scope }))).map((each) => ({ ...each, since: newest(each) })).sort((a, b) => a.since - b.since);
  await inParallel(targets, config.maxParallel, take);
  await Promise.all(waiting);
  for (const { namespace, taken } of stop.aborted ? [] : scopes) {
    try {
      failures += await pruner.prune(namespace, taken);
    } catch (problem) {
      failed("not pruned", { namespace }, problem);
    }
  }
  const count = scopes.reduce((sum, { taken }) => sum + taken.size, 0);
  (failures > 0 ? error : info)("finished", { taken: count, failures, calls: api.calls });
  return failures === 0;
}

// src/runtime/snapshot-runner/main.ts
var USAGE = 2;
function start() {
  const { values, positionals } = (0, import_util.parseArgs)({ options: { "dry-run": { type: "boolean" }, "now": { type: "string" } }, allowPositionals: true });
  const now = values.now === void 0 ? void 0 : Date.parse(values.now);
  if (positionals.length !== 1 || Number.isNaN(now ?? 0)) {
    throw new Error("node snapshot-runner.js policy.json [--dry-run] [--now=2026-03-01T02:00:00Z]");
  }
  const config = JSON.parse((0, import_fs2.readFileSync)(positionals[0], "utf8"));
  if (config.group !== void 0 && (config.surviveNamespaceDeletion || Object.keys(config.claims.labels ?? {}).length === 0)) {
    throw new Error("a group is selected by labels, and its snapshots cannot survive their namespace");
  }
  return { config, now, dryRun: values["dry-run"] ?? false };
}
async function main() {
  let started;
  try {
    started = start();
  } catch (problem) {
    error("wrong arguments", { why: problem.message });
    return USAGE;
  }
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort(new Error("the runner was told to stop")));
  process.once("SIGINT", () => stop.abort(new Error("the runner was told to stop")));
  try {
    return await run(new ApiClient(process.env), started.config, { environment: process.env, stop: stop.signal, ...started }) ? 0 : 1;
  } catch (problem) {
    error("failed", { why: problem.message });
    return 1;
  }
}
void main().then((code) => process.exit(code));
