#!/usr/bin/env bash
# What: the text that go-nix signs and verifies has the references in the order of the narinfo's line.
# Version: github.com/nix-community/go-nix v0.0.0-20250101154619-4bdde671e0a1.
# Guess: References is a set, so its order in the file does not matter. C++ Nix 2.34.8 sorts the full paths
# before it signs or verifies.
# Seen: two narinfos that differ in that order alone have different fingerprints. So a signature of Nix verifies
# with go-nix only if the cache (or a proxy that writes narinfos again) keeps the references sorted.
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

	"github.com/nix-community/go-nix/pkg/narinfo"
)

const text = `StorePath: /nix/store/00000000000000000000000000000000-a
URL: nar/a.nar
Compression: none
NarHash: sha256:0000000000000000000000000000000000000000000000000000
NarSize: 120
References: %s
`

func main() {
	b, c := "11111111111111111111111111111111-b", "22222222222222222222222222222222-c"
	for _, refs := range []string{b + " " + c, c + " " + b} {
		info, err := narinfo.Parse(strings.NewReader(fmt.Sprintf(text, refs)))
		if err != nil {
			panic(err)
		}
		print := info.Fingerprint()
		fmt.Println(print[strings.LastIndex(print, ";")+1:])
	}
}
GO
go get github.com/nix-community/go-nix@v0.0.0-20250101154619-4bdde671e0a1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
got=$(go run . 2>&1)
b=/nix/store/11111111111111111111111111111111-b c=/nix/store/22222222222222222222222222222222-c
want=$b,$c$'\n'$c,$b
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
