package diff

// This file tests Repl, with a command that stands in for the reference.

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeRepl stands in for the loop: the value of a program from a file is its
// number, those in the input are words that it knows.
func fakeRepl(in io.Reader) int {
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var a, b int
		switch line := lines.Text(); line {
		case "S (crash)":
			return 1
		case "S (hang)":
			time.Sleep(time.Minute)
		case "S (fail)":
			fmt.Fprint(os.Stderr, "error:\n       … while calling\n\n       error: no such\n       thing\n       at here:1:2:\n")
		case "E 0":
			fmt.Fprintln(os.Stderr, "trace: "+replEnd)
		default:
			if n, _ := fmt.Sscanf(line, "N %d %d", &a, &b); n == 2 {
				fmt.Fprintf(os.Stderr, "evaluation warning: w\ntrace: [ %d ]\n", a*programsInFile+b)
			}
		}
	}
	return 0
}

func TestReplEval(t *testing.T) {
	r := NewRepl([]string{os.Args[0]}, t.TempDir())
	r.Env = append(r.Env, "FAKE_SIDE=repl")
	r.Patience = 500 * time.Millisecond
	programs := []string{"0", "1", "fail", "crash", "0"}
	for i := 1; i < 2*programsInFile; i++ {
		programs = append(programs, fmt.Sprint(i))
	}
	programs = append(programs, "hang", "0", "hang")
	results := r.Eval(t.Context(), programs)
	require.Len(t, results, len(programs))
	for i, program := range programs {
		switch program {
		case "fail":
			assert.Equal(t, []Message{{Text: "no such thing"}}, results[i].Messages)
		case "crash":
			assert.Equal(t, "exit status 1", results[i].Broken)
		case "hang":
			assert.Equal(t, "nothing after 500ms", results[i].Broken)
		default:
			assert.Equal(t, Result{Tree: program}, results[i], "program %d", i)
		}
	}
	left, err := os.ReadDir(r.Dir)
	require.NoError(t, err)
	assert.Empty(t, left, "files left behind")
}

func TestReplResult(t *testing.T) {
	const place = "\n       at «string»:1:13:\n            1| firnShow ({ a = 1; }.b)\n             |             ^\n"
	for _, tt := range []struct {
		stderr string
		want   string // value or message
	}{
		{"trace: [ 1 ]\n", "1"},
		{"evaluation warning: trace: [ 2 ]\ntrace: [ \"a ]\" ]\n", `"a ]"`},
		{"trace: [ [ /a\nb ] ]\n", "[ /a\nb ]"},
		{"trace: [ [ { } «repeated» ] ]\n", "[ «repeated» «repeated» ]"},
		{"trace: [ { a = «lambda f @ «string»:1:5»; b = «lambda @ /x.nix:1:2»; } ]\n", "{ a = <LAMBDA>; b = <LAMBDA>; }"},
		{"trace: [ [ «primop map» «partially applied primop map» «thunk» ] ]\n", "[ <PRIMOP> <PRIMOP-APP> <CODE> ]"},
		{"error: attribute 'b' missing" + place + "       Did you mean a?\n", "attribute 'b' missing"},
		{"error:\n       … while evaluating\n\n       error: a\n\n       b\n", "a b"},
		{"error:\n       … while calling the 'throw' builtin\n\n       error:\n", ""},
		{"error: unknown hash algorithm 'x'\n       Try 'nix --help' for more information.\n", "unknown hash algorithm 'x'"},
		{"error: cannot coerce a function to a string: «lambda f @ «string»:1:5»" + place, "cannot coerce a function to a string: «lambda f @ …»"},
		{"error: cannot coerce a function to a string: «lambda @ /x.nix:1:5»" + place, "cannot coerce a function to a string: «lambda @ …»"},
	} {
		got := replResult(tt.stderr)
		require.Empty(t, got.Broken, tt.stderr)
		if len(got.Messages) > 0 {
			assert.Equal(t, tt.want, got.Messages[0].Text)
		} else {
			assert.Equal(t, tt.want, got.Tree)
		}
	}
	assert.NotEmpty(t, replResult("warning: of no interest\n").Broken)
}

func TestApart(t *testing.T) {
	apart := newApart()
	for _, src := range []string{"x", "__curPos", "builtins.unsafeGetAttrPos \"a\" { }", "(", "let x = 1; in y"} {
		assert.True(t, apart.is(src), src)
	}
	for _, src := range []string{"1", "with { }; x", "map (x: x) [ ]", "__add 1 2", strings.Repeat("(", 50) + "1" + strings.Repeat(")", 50)} {
		assert.False(t, apart.is(src), src)
	}
}
