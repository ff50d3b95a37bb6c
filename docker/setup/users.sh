#!/bin/bash
# Sets the password of Kibana's own user and makes gongkai's users, each with the role of its name.
# Safe to run again. Passwords reach curl on standard input, so no process list shows them.
set -euo pipefail
url=$1

put() { # METHOD PATH JSON
  local status
  status=$(
    printf 'user = "elastic:%s"\nrequest = "%s"\nurl = "%s"\ndata = "%s"\n' \
      "$ELASTIC_PASSWORD" "$1" "$url$2" "${3//\"/\\\"}" |
      curl --silent --show-error --output /tmp/answer --write-out '%{http_code}' \
        --header 'Content-Type: application/json' --config -
  )
  if [[ $status != 200 ]]; then
    echo "$2: HTTP $status: $(</tmp/answer)" >&2
    exit 1
  fi
}

for name in ELASTIC_PASSWORD KIBANA_PASSWORD GONGKAI_{ADMIN,WRITER,READER}_PASSWORD; do
  if [[ ${!name} == *[\"\\]* ]]; then
    echo "$name: no quotation mark or backslash, please" >&2
    exit 1
  fi
done

put POST /_security/user/kibana_system/_password "{\"password\": \"$KIBANA_PASSWORD\"}"
for role in admin writer reader; do
  variable=GONGKAI_${role^^}_PASSWORD
  put PUT "/_security/user/gongkai_$role" \
    "{\"password\": \"${!variable}\", \"roles\": [\"gongkai_$role\"]}"
done
echo "users are ready"
