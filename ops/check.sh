#!/usr/bin/env bash
# Holds the rules and the dashboard against a running server: ops/check.sh PROMTOOL URL, the operators'
set -euo pipefail
cd "$(dirname "$0")"

readonly promtool=$1 url=$2
readonly rules=prometheus/tickwire.rules.yml tests=prometheus/tickwire.rules.test.yml
readonly dashboard=grafana/tickwire.json

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "$*" >&2
  exit 1
}

curl -sS --fail "$url" >"$scratch/scrape"
"$promtool" check metrics <"$scratch/scrape"
"$promtool" check config prometheus/prometheus.yml   # and the rules that it names
"$promtool" test rules "$tests"

# Every alert has a runbook, and a test in which it fires.
grep -oP '^ *- alert: \K\w+' "$rules" | sort >"$scratch/alerts"
[ -s "$scratch/alerts" ] || fail "$rules: no alerts"
[ "$(grep -c '^ *runbook: [A-Z]' "$rules")" -eq "$(wc -l <"$scratch/alerts")" ] || fail "$rules: an alert has no runbook"
grep -oP 'alertname[:=] *"?\K\w+' "$tests" | sort -u >"$scratch/tested"
untested=$(comm -23 "$scratch/alerts" "$scratch/tested")
[ -z "$untested" ] || fail "$tests: no test of $untested"

# The queries of the dashboard, as rules: promtool says whether they can be parsed.
jq -e '[.. | .expr? // empty] | length > 20' "$dashboard" >/dev/null || fail "$dashboard: no queries"
jq '[.. | .expr? // empty | gsub("\\$__rate_interval"; "5m")]
  | {groups: [{name: "dashboard", rules: [to_entries[] | {record: "query:\(.key)", expr: .value}]}]}' \
  "$dashboard" >"$scratch/queries.yml"
"$promtool" check rules "$scratch/queries.yml"

# Every metric that somebody asks for is there.
grep -oE '^[a-z_]+' "$scratch/scrape" | sort -u >"$scratch/exported"
for file in "$rules" "$tests" "$dashboard"; do
  grep -oE '\btickwire_[a-z_]+' "$file" | sort -u >"$scratch/mentioned"
  [ -s "$scratch/mentioned" ] || fail "$file: no metrics"
  missing=$(comm -23 "$scratch/mentioned" "$scratch/exported")
  [ -z "$missing" ] || fail "$file: the server has no $missing"
done
echo "$(wc -l <"$scratch/alerts") alerts, each tested; every metric that they and the dashboard mention exists"
