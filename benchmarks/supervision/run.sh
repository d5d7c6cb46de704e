#!/usr/bin/env bash
# Measures supervision here and on Erlang/OTP, case by case, one after the other. Usage: run.sh [rounds]
# Short cases run three times as many rounds; the first third of all rounds warms up. Both sides use one scheduling thread per core.
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-15}
if [ -z "${BUILT:-}" ]; then
    (cd ../.. && mvn -ntp -q -pl supervisor-trees -am -Dquickly install)
    mvn -ntp -q -Dquickly package
fi
mkdir -p target/erlang
if command -v erlc >/dev/null; then erlc -o target/erlang src/main/erlang/supervision_bench.erl; fi
cores=$(nproc)
executor=-Dpekko.actor.default-dispatcher.fork-join-executor
options="-XX:+UseParallelGC $executor.parallelism-min=$cores $executor.parallelism-max=$cores"
measure() { # heap, case, rounds
    java "-Xmx$1" $options -cp "target/classes:$(cat target/classpath)" \
        io.wormhole.supervision.benchmark.SupervisionBenchmark "$2" "$3" 2>target/stderr
    if command -v erl >/dev/null; then
        erl +P 2000000 -noshell -pa target/erlang -eval "supervision_bench:main(['$2', '$3'])"
    fi
}
for case in start-alone restart-one; do measure 3g "$case" $((rounds * 3)); done
for case in start-many restart-siblings stop-instances stop-tree \
    restart-all-10 restart-all-100 restart-all-1000 restart-rest-10 restart-rest-100 restart-rest-1000; do measure 3g "$case" "$rounds"; done
measure 2g idle 1000
