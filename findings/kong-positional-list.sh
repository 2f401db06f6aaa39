#!/usr/bin/env bash
# What: a list of positional arguments ends at the first flag behind it, for kong.
# Version: github.com/alecthomas/kong v1.17.0.
# Guess: flags and positional arguments may be mixed, as with getopt; kong does so with a single positional argument.
# Seen: "a --strict b" fails with "unexpected argument b", while "--strict a b" and "a b --strict" are read; "a -- b"
# fails as well. A command that takes files has to sort its arguments before kong sees them.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat >go.mod <<'MOD'
module finding
go 1.24
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

func main() {
	for _, line := range []string{"--strict a b", "a b --strict", "a --strict b", "a -- b"} {
		var cli struct {
			Strict bool
			Files  []string `arg:""`
		}
		p, err := kong.New(&cli)
		if err != nil {
			panic(err)
		}
		if _, err = p.Parse(strings.Fields(line)); err != nil {
			fmt.Printf("%s: %v\n", line, err)
			continue
		}
		fmt.Printf("%s: %q\n", line, cli.Files)
	}
}
GO
go get github.com/alecthomas/kong@v1.17.0 >/dev/null 2>&1
got=$(go run . 2>&1)
want='--strict a b: ["a" "b"]
a b --strict: ["a" "b"]
a --strict b: unexpected argument b
a -- b: unexpected argument b'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
