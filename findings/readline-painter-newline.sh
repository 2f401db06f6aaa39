#!/usr/bin/env bash
# What: chzyer/readline hands the newline of Enter to Config.Painter as part of the line.
# Version: github.com/chzyer/readline v1.5.1.
# Guess: a Painter sees what the user has typed, so it may show every control character as a symbol.
# Seen: when Enter is pressed, the editor writes '\n' into its buffer and paints once more; what the Painter
# returns for that newline is what moves the cursor down. A Painter that maps control characters to symbols
# swallows the line break, and the program's output follows on the same line.
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
	"io"
	"strings"

	"github.com/chzyer/readline"
)

type recorder struct{ painted []string }

func (r *recorder) Paint(line []rune, _ int) []rune {
	r.painted = append(r.painted, string(line))
	return line
}

func main() {
	in, typed := io.Pipe()
	r := &recorder{}
	ed, err := readline.NewEx(&readline.Config{
		Prompt: "> ", Painter: r, Stdin: in, Stdout: io.Discard, Stderr: io.Discard,
		FuncIsTerminal: func() bool { return true },
		FuncMakeRaw:    func() error { return nil },
		FuncExitRaw:    func() error { return nil },
		FuncGetWidth:   func() int { return 80 },
		FuncOnWidthChanged: func(func()) {},
		ForceUseInteractive: true,
	})
	if err != nil {
		panic(err)
	}
	go io.WriteString(typed, "ab\r")
	line, err := ed.Readline()
	fmt.Printf("returned %q, error %v\n", line, err)
	last := r.painted[len(r.painted)-1]
	for _, p := range r.painted {
		if strings.Contains(p, "\n") {
			last = p
		}
	}
	fmt.Printf("painted at Enter: %q\n", last)
}
GO
go get github.com/chzyer/readline@v1.5.1 >/dev/null 2>&1
got=$(go run . 2>/dev/null)
want=$'returned "ab", error <nil>\npainted at Enter: "ab\\n"'
echo "$got"
[[ $got == "$want" ]] || { echo "changed; expected:"; echo "$want"; exit 1; }
