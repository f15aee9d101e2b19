#!/usr/bin/env bash
# Checks what jsii makes of this library for Python, Java, Go and .NET. Leaves nothing behind but lib/, .jsii and the
# caches of pip and Maven. What a failed check wrote goes to stderr.
set -euo pipefail
cd "$(dirname "$0")/.."

export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 # a list of Node releases
work=$(mktemp -d)
export TMPDIR=$work # jsii-pacmak leaves its own directories behind when it fails
trap 'rm -rf "$work"' EXIT

compile() {
  if [ -f .jsii ] && [ -z "$(find src imports package.json -newer .jsii -type f)" ]; then return; fi
  npx projen compile
}

generate() { # generate <directory> <option…>
  if [ "$compiled" = no ]; then echo 'the library does not compile'; return 1; fi
  npx jsii-pacmak --outdir "$work/$1" "${@:2}"
}

python_wheel() {
  generate python --target python
  test -f "$work"/python/python/*.whl
}

python_quickstart() {
  # The versions TypeScript runs on: a later cdk8s may write YAML in another way.
  local pins=()
  for package in cdk8s cdk8s-plus-27 constructs; do
    pins+=("$package==$(node -p "require('./node_modules/$package/package.json').version")")
  done
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet "$work"/python/python/*.whl "${pins[@]}"

  CDK8S_OUTDIR="$work/from-python" "$work/venv/bin/python" test/languages/quickstart.py
  (cd examples/quickstart && CDK8S_OUTDIR="$work/from-typescript" npx tsx main.ts) # tsx looks for a tsconfig.json from here
  ls "$work"/from-typescript/*.yaml # two empty directories would be equal as well
  diff -r "$work/from-typescript" "$work/from-python"
}

java_compiled() {
  generate java --target java --code-only
  # Not every Maven registry has cdk8s-plus-27; its code is generated from the npm package, and both are one Maven build.
  generate java/cdk8s-plus-27 --target java --code-only node_modules/cdk8s-plus-27
  cat >"$work/java/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging>
  <modules><module>cdk8s-plus-27/java</module><module>java</module></modules>
</project>
POM
  mvn --quiet --batch-mode --file "$work/java/pom.xml" compile
  test -f "$work/java/java/target/classes/io/github/cdk8sstorage/NfsStorage.class"
}

go_generated() {
  generate go --target go --code-only
  test -f "$work/go/go/cdk8sstorage/NfsStorage.go"
}

dotnet_generated() {
  generate dotnet --target dotnet --code-only
  test -f "$work/dotnet/dotnet/Cdk8sStorage/Cdk8sStorage/NfsStorage.cs"
}

declare -A pid
start() { # start <check>: in the background, where `set -e` works as it does nowhere in a condition
  "$1" >"$work/$1.log" 2>&1 &
  pid[$1]=$!
}

passed=0 failed=0 lines=()
finish() { # finish <check> <name>
  if wait "${pid[$1]}"; then
    passed=$((passed + 1)) lines+=("ok $2")
  else
    failed=$((failed + 1)) lines+=("FAILED $2")
    { echo "--- $2"; cat "$work/$1.log"; } >&2
  fi
}

compiled=yes
compile >&2 || compiled=no
start java_compiled # takes longest, so the others run beside it
start python_wheel
finish python_wheel 'python wheel'
start python_quickstart
finish python_quickstart 'python quickstart equals typescript'
finish java_compiled 'java compiled'
start go_generated
start dotnet_generated
finish go_generated 'go generated'
finish dotnet_generated 'dotnet generated'

printf '%s\n' "${lines[@]}" "$passed passed, $failed failed"
test "$failed" -eq 0
