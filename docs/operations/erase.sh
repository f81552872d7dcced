#!/bin/sh
# Erases what Steno keeps of one recording on this machine. What else there may be is in erase.md.
#   ARCHIVE_DIR=/var/lib/steno sh erase.sh 20241215_143022       by name, as in "saved"
#   ARCHIVE_DIR=/var/lib/steno sh erase.sh 0b0e6a1c-…            by session id, as in the log
set -eu
archive=${ARCHIVE_DIR:-transcripts}
journal=${JOURNAL_DIR:-$archive/.journal}
index=${LIBRARY_INDEX_DIR:-$archive/.index}
what=${1:-}
erased=0

erase() {
  if [ -f "$1" ]; then
    rm -- "$1"
    echo "erased $1"
    erased=$((erased + 1))
  fi
}

matches() { printf '%s\n' "$what" | grep -Eqx "$1"; }

if matches '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'; then
  id=$what
  stem=$(grep -ls "^{\"session_id\":\"$id\"" "$archive"/*.json | head -n 1 | sed 's|.*/||; s|\.json$||')
elif matches '[0-9]{8}_[0-9]{6}(_[1-9][0-9]*)?'; then
  stem=$what
  id=$(sed -n 's/^{"session_id":"\([0-9a-f-]*\)".*/\1/p' "$archive/$stem.json" 2>/dev/null || true)
else
  echo "Say which recording: its name (20241215_143022) or its session id. See erase.md." >&2
  exit 2
fi

if [ -n "$stem" ]; then
  for file in "$archive/$stem".*; do # the text, which holds the name, goes last
    [ "$file" = "$archive/$stem.txt" ] || erase "$file"
  done
  erase "$archive/$stem.txt"
fi
if [ -n "$id" ]; then
  for file in "$journal"/*/*_"$id".journal; do erase "$file"; done
  erase "$journal/audio/$id.wav"
fi
if [ "$erased" -gt 0 ]; then # a copy of all words, which the server builds anew
  for file in "$index"/*/*; do erase "$file"; done
fi
[ "$erased" -gt 0 ] || { echo "Nothing of $what in $archive or $journal." >&2; exit 1; }
