#!/usr/bin/env bash
# What: go-nix refuses a narinfo with a field that it does not know.
# Version: github.com/nix-community/go-nix v0.0.0-20250101154619-4bdde671e0a1.
# Guess: unknown fields are skipped. C++ Nix 2.34.8 skips them, so a cache may add its own.
# Seen: Parse returns the error "unknown key Built-By"; the same text without that line is read.
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
References: 
`

func main() {
	_, err := narinfo.Parse(strings.NewReader(text))
	fmt.Println("plain:", err)
	_, err = narinfo.Parse(strings.NewReader(text + "Built-By: builder-7\n"))
	fmt.Println("with a field more:", err)
}
GO
go get github.com/nix-community/go-nix@v0.0.0-20250101154619-4bdde671e0a1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
got=$(go run . 2>&1)
want=$'plain: <nil>\nwith a field more: unknown key Built-By'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
