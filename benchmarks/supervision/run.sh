#!/usr/bin/env bash
# Measures supervision here and on Erlang/OTP, case by case, one after the other. Usage: run.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-15}
(cd ../.. && mvn -ntp -q -pl supervisor-trees -DskipTests install)
mvn -ntp -q package
mkdir -p target/erlang
if command -v erlc >/dev/null; then erlc -o target/erlang src/main/erlang/supervision_bench.erl; fi
classpath="target/classes:$(cat target/classpath)"
for case in start-alone start-many restart-one restart-siblings stop-instances stop-tree; do
    java -Xmx3g -XX:+UseParallelGC -cp "$classpath" io.wormhole.supervision.benchmark.SupervisionBenchmark "$case" "$rounds"
    if command -v erl >/dev/null; then erl +P 2000000 -noshell -pa target/erlang -eval "supervision_bench:main(['$case', '$rounds'])"; fi
done
java -Xmx2g -XX:+UseParallelGC -cp "$classpath" io.wormhole.supervision.benchmark.SupervisionBenchmark idle 1000
if command -v erl >/dev/null; then erl +P 2000000 -noshell -pa target/erlang -eval "supervision_bench:main([idle, '1000'])"; fi
