package diff

// This file tests how values and traces compare.

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

const traceInLoop = `evaluation warning: error: no
error:
       … from call site
         at «string»:1:1:
            1| N 0 1
             | ^

       … while calling 'N'
         at «string»:1:8:
            1| N = f: i: let
             |        ^

       … while calling the 'deepSeq' builtin
         at «string»:1:63:
            1| N = f: i: let
             |                                                               ^

       … while calling the 'elemAt' builtin
         at «string»:1:19:
            1| N = f: i: let
             |                   ^

       … while calling the 'head' builtin
         at /tmp/d/programs7.nix:3:11:
            2| (1)
            3| ({a.b.c = builtins.head [ "x	y" {}.a ];}.a)
             |           ^
            4| ]

       error: attribute 'a'  missing
       at /tmp/d/programs7.nix:3:27:
            2| (1)
            3| ({a.b.c = builtins.head [ "x	y" {}.a ];}.a)
             |                           ^
`

const traceAlone = `error:
       … while calling the 'deepSeq' builtin
         at «string»:1:1:
            1| builtins.deepSeq [ ] ({a.b.c
             | ^

       … while calling the 'head' builtin
         at «string»:1:32:
            1| builtins.deepSeq [ ] ({a.b.c
             |                                ^

       error: attribute 'a' missing
       at «string»:1:48:
            1| builtins.deepSeq [ ] ({a.b.c
             |                                                ^
`

func TestTrace(t *testing.T) {
	const want = "while calling the 'head' builtin\n at 10\n… attribute 'a' missing\n at 26"
	assert.Equal(t, want, replTrace(traceInLoop))
	assert.Equal(t, want, instantiateTrace(traceAlone, len("builtins.deepSeq [ ] (")))
	assert.Equal(t, "no\n at 3", firnTrace("error: no\n       at «string»:1:3:\n            1| x\n             | ^\n"))
	assert.Empty(t, replTrace("error: undefined variable 'x'\n       at «string»:1:4:\n"), "not of a program that is evaluated")
}

func TestCompareValues(t *testing.T) {
	value := func(tree string) Result { return Result{Tree: tree} }
	failure := func(message, trace string) Result {
		return Result{Messages: []Message{{Text: message}}, Trace: trace}
	}
	for _, tt := range []struct {
		program         string
		reference, firn Result
		want            Verdict
	}{
		{"", value("[ 1 ]"), value("[ 1 ]"), Same},
		{"", value("[ { a = 1; } { a = 1; } ]"), value("[ { a = 1; } «repeated» ]"), TreeDiffers},
		{"removeAttrs", value("[ { a = 1; } { a = 1; } ]"), value("[ { a = 1; } «repeated» ]"), Same},
		{"removeAttrs", value(`[ { a = { b = "}"; }; } «repeated» 2 ]`), value(`[ { a = «repeated»; } { b = [ ]; } 2 ]`), Same},
		{"removeAttrs", value("[ 1 ]"), value("[ «repeated» ]"), TreeDiffers},
		{"", failure("no", "a"), failure("no", "a"), FirstMessage},
		{"", failure("no", "a"), failure("no", "b"), TraceDiffers},
		{"", failure("no", "a"), failure("no", ""), FirstMessage},
		{"", failure("out of memory", "a"), failure("out of memory", "b"), FirstMessage},
		{"", failure("no", "a"), failure("not", "a"), MessageDiffers},
		{"", failure("bad optional access", ""), value("1"), NoReference},
	} {
		assert.Equal(t, tt.want, CompareValues(tt.program, tt.reference, tt.firn), "%v %v", tt.reference, tt.firn)
	}
}
