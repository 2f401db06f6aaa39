package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/world"
)

// BenchmarkEval runs firn eval with the arguments in FIRN_BENCH, which are
// separated by line ends, on files that are not in the repository:
//
//	FIRN_BENCH='-E
//	(import /nixpkgs { }).hello.drvPath' go test ./cmd/firn -run '^$' -bench Eval -cpuprofile cpu.out
func BenchmarkEval(b *testing.B) {
	args := os.Getenv("FIRN_BENCH")
	if args == "" {
		b.Skip("needs FIRN_BENCH")
	}
	for b.Loop() {
		var out, errs bytes.Buffer
		status := run(append([]string{"eval"}, strings.Split(args, "\n")...), &streams{
			in: strings.NewReader(""), out: &out, err: &errs,
			host: world.OS(), dir: setup.System().Dir, home: setup.System().Home,
		})
		if status != 0 {
			b.Fatal(errs.String())
		}
	}
}
