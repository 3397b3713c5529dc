#!/bin/sh
# The whole way on the sample corpus, with each command shown before its answer. Leaves ./demo-corpus to play with.
set -eu
cd "$(dirname "$0")/.."
TIAOWEN_CORPUS=demo-corpus
export TIAOWEN_CORPUS
COLUMNS=${COLUMNS:-110}
export COLUMNS

say() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
run() {
    printf '\033[1m$ tiaowen'
    for word; do
        case $word in *[!A-Za-z0-9._/@=~-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\033[0m\n'
    tiaowen "$@"
}

rm -rf demo-corpus
say "A corpus, and the sample pages in it: invented instruments, Simplified, Traditional and English, spam and all"
run init demo-corpus
run ingest tiaowen/sample/pages
run index
run stats

say "Which clauses speak of a validity of three years? One query finds both scripts"
run search '有效期 三年' --limit 6

say "Traditional characters find Simplified text"
run search '融資擔保' --province 示例省 --limit 3

say "In force on a day? Said with the sentence that proves it, and with the pages that give the work"
run standing '中小企业特色集群培育暂行办法 第五条' --as-of 2023-05-01

say "Where the references of an article lead"
run refs '示例省中小企业促进条例'

say "English, out of a machine-translated page from which injected words were cut: every cut is marked"
query='"guarantee institutions are encouraged"'
run search "$query" --limit 1

id=$(tiaowen search "$query" --limit 1 --format jsonl 2>/dev/null | sed -n 's/^{"rank": 1, .*"id": "\([^"]*\)".*/\1/p')
say "The proof: the clause, its citation, and the stored page it was read from, with what was cut"
run cite "$id"
run show "$id" --raw
run verify "$id"
run verify --all

say "A report, checked as a whole: every quote, address, title, number, digest and time in it"
rm -f demo-corpus/hits.csv
run search 融资担保 --output demo-corpus/hits.csv
run verify --report demo-corpus/hits.csv
run doctor
say "The corpus is in demo-corpus: try tiaowen search --corpus demo-corpus '认定 OR 認定 NOT 范文'"
