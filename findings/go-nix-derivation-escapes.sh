#!/usr/bin/env bash
# What: go-nix keeps the escapes of a derivation's builder and arguments, and escapes them again when it writes it.
# Version: github.com/nix-community/go-nix v0.0.0-20250101154619-4bdde671e0a1.
# Guess: all strings of a .drv are read alike, so that what was read is written as it was and its path, which
# is a hash of that text, is the same. For the environment it is so.
# Seen: a builder with a line break, as a derivation of the sources of stage0 in nixpkgs 26.11 has (its builder
# is a text for people to read), is read with a backslash and an n, and so are arguments. DrvPath gives another
# path than Nix does.
# Of 15,581 derivations of that nixpkgs it is the only one whose path differs.
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

	"github.com/nix-community/go-nix/pkg/derivation"
)

const text = `Derive([("out","/nix/store/4f7nm8dblrdy74gmsl62b25rjrh4jcz3-sources","r:sha256","50da326f6b5ea87dba54ced8a0e71acf2a99d0094369ed38e5a59cdf564715dc")],[],[],"x86_64-linux","see\nthe manual",["see\nthe manual"],[("name","sources"),("note","see\nthe manual"),("out","/nix/store/4f7nm8dblrdy74gmsl62b25rjrh4jcz3-sources")])`

func main() {
	drv, err := derivation.ReadDerivation(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	fmt.Printf("argument %q\nvariable %q\nbuilder  %q\n", drv.Arguments[0], drv.Env["note"], drv.Builder)
	var out strings.Builder
	if err := drv.WriteDerivation(&out); err != nil {
		panic(err)
	}
	fmt.Println("written as it was:", out.String() == text)
}
GO
go get github.com/nix-community/go-nix@v0.0.0-20250101154619-4bdde671e0a1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
got=$(go run . 2>&1)
want='argument "see\\nthe manual"
variable "see\nthe manual"
builder  "see\\nthe manual"
written as it was: false'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
