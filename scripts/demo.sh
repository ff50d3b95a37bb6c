#!/usr/bin/env bash
# The main job from start to end, on the samples: node, index, ingest, search, dashboards. Safe to
# repeat.
# Called by `make demo`, with the virtual environment on PATH.
set -euo pipefail

say() { # say CHINESE ENGLISH, in the language of gongkai's own messages
  case "${GONGKAI_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
    zh*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$2" ;;
  esac
}
run() { # print a command as one would type it, then run it
  printf '\n$ %s\n' "$(printf '%s ' "$@" | sed 's/ $//')"
  "$@"
}

run gongkai node start
run gongkai index apply
printf '\n$ %s\n' 'gongkai ingest plugins/*/samples/*/source.*'
gongkai ingest plugins/*/samples/*/source.*

# A phrase of the narrative and a number of the form, in one query.
search=(gongkai search '"重点领域"' --where 'requests.received.total>=1'
  --columns 'year,agency.name,requests.received.total'
  --facet agency.name --facet 'requests.received.total:0,1,10,100')
printf '\n$ %s\n' "gongkai search '\"重点领域\"' --where 'requests.received.total>=1' \\
    --columns year,agency.name,requests.received.total \\
    --facet agency.name --facet requests.received.total:0,1,10,100"
"${search[@]}"

# An indicator that is computed from the form, in some regions only.
search=(gongkai search --where 'region.province=湖北省|宁夏回族自治区'
  --where 'indicators.zero_share<100' --sort -indicators.zero_share
  --columns 'year,agency.name,region.province,region.city,indicators.zero_share')
printf '\n$ %s\n' "gongkai search --where 'region.province=湖北省|宁夏回族自治区' \\
    --where 'indicators.zero_share<100' --sort -indicators.zero_share \\
    --columns year,agency.name,region.province,region.city,indicators.zero_share"
"${search[@]}"

run gongkai kibana preview --out build/preview.html

echo
say '接下来可以试试:' 'What to try next:'
cat <<'TXT'
  . .venv/bin/activate
  gongkai explain plugins/ningxia_shizuishan/samples/*/source.txt
  gongkai check plugins/*/samples/*/source.txt
  gongkai search --where '予以公开·总计>=1' --sort -requests.received.total
  gongkai ingest FOLDER
  make stop
TXT
