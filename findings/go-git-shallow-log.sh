#!/usr/bin/env bash
# What: go-git's Log of a shallow clone that git made ends with an error, and not with the last commit that is there.
# Version: github.com/go-git/go-git/v5 v5.16.4; git 2.39.5.
# Guess: the file .git/shallow names the commits whose parents are not there; go-git reads it (Storer.Shallow), so
# Log ends at them, as git log does.
# Seen: the commits that are there come, and then plumbing.ErrObjectNotFound in place of io.EOF. A program that
# counts revisions has to ask Storer.Shallow itself.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
git init -q -b main repo
(
	cd repo
	git config user.name a
	git config user.email a@example.org
	for i in 1 2 3 4; do echo $i >f; git add f; git commit -qm $i; done
)
git clone -q --depth 2 "file://$dir/repo" shallow
cat >go.mod <<'MOD'
module finding
go 1.24
MOD
cat >main.go <<'GO'
package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
)

func main() {
	repo, err := git.PlainOpen("shallow")
	if err != nil {
		panic(err)
	}
	ends, err := repo.Storer.Shallow()
	if err != nil {
		panic(err)
	}
	commits, err := repo.Log(&git.LogOptions{})
	if err != nil {
		panic(err)
	}
	n := 0
	for {
		if _, err = commits.Next(); err != nil {
			break
		}
		n++
	}
	fmt.Println("go-git", n, "known ends", len(ends), "io.EOF", errors.Is(err, io.EOF), "not found", errors.Is(err, plumbing.ErrObjectNotFound))
}
GO
go get github.com/go-git/go-git/v5@v5.16.4 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
got="git $(git -C shallow rev-list --count HEAD)"$'\n'"$(go run . 2>&1)"
want=$'git 2\ngo-git 2 known ends 1 io.EOF false not found true'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
