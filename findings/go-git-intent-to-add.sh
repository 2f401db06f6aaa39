#!/usr/bin/env bash
# What: for go-git a file of `git add --intent-to-add` is staged, with the contents of an empty file.
# Version: github.com/go-git/go-git/v5 v5.16.4; git 2.39.5.
# Guess: Status tells it from a file that was added: git shows " A" (added in the working tree, nothing staged).
# Users of flakes are told to use it, so that files are seen without being staged.
# Seen: Staging is 'A' and Worktree 'M', as for a file that was staged empty and written afterwards. The flag of
# the index entry is read (Entry.IntentToAdd), but Status does not look at it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
git init -q -b main repo
(
	cd repo
	git config user.name a
	git config user.email a@example.org
	echo 1 >old; git add old; git commit -qm one
	echo 1 >new; git add --intent-to-add new
)
cat >go.mod <<'MOD'
module finding
go 1.24
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/go-git/go-git/v5"
)

func main() {
	repo, err := git.PlainOpen("repo")
	if err != nil {
		panic(err)
	}
	tree, err := repo.Worktree()
	if err != nil {
		panic(err)
	}
	status, err := tree.Status()
	if err != nil {
		panic(err)
	}
	index, err := repo.Storer.Index()
	if err != nil {
		panic(err)
	}
	entry, err := index.Entry("new")
	if err != nil {
		panic(err)
	}
	s := status.File("new")
	fmt.Printf("go-git %c%c intent-to-add=%v\n", s.Staging, s.Worktree, entry.IntentToAdd)
}
GO
go get github.com/go-git/go-git/v5@v5.16.4 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
got="git    $(git -C repo status --short | cut -c1-2)"$'\n'"$(go run . 2>&1)"
want=$'git     A\ngo-git AM intent-to-add=true'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
