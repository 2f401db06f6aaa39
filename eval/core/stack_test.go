package core_test

// This file defines the test of the estimates of stack use.

import (
	"context"
	"io"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

var raceDetector bool // set by race_test.go

// TestStackEstimates compares how much of Go's stack forms of recursion take
// with what the evaluator believes. It is to believe a little too much, since Go
// ends a program whose stack is full.
func TestStackEstimates(t *testing.T) {
	if raceDetector || runtime.GOARCH != "amd64" {
		t.Skip("frames are of another size; go test ./eval on amd64 measures them")
	}
	const depth = 500 // which one goroutine has room for
	nest := func(open, inner, end string) string {
		return strings.Repeat(open, depth) + inner + strings.Repeat(end, depth)
	}
	// probe 0 marks where it is called.
	deep := func(step string) string {
		return `let go = n: if n == 0 then probe 0 else ` + step + `; in builtins.seq (probe 0) (go DEPTH)`
	}
	lists := `let go = n: acc: if n == 0 then acc else go (n - 1) [ acc ]; nested = end: go DEPTH end; in builtins.seq (probe 0) (`
	sets := strings.Replace(lists, "[ acc ]", "{ a = acc; }", 1)
	for _, c := range []struct{ name, source string }{
		{"thunk of list", `builtins.seq (probe 0) (let xs = [ (probe 0) ] ++ builtins.genList (i: 1 + builtins.elemAt xs i) DEPTH; in builtins.elemAt xs DEPTH)`},
		{"thunk of sum", `builtins.seq (probe 0) (builtins.foldl' (f: x: { v = f.v + x; }) { v = probe 0; } (builtins.genList (i: i) DEPTH)).v`},
		{"thunk of variable", `builtins.seq (probe 0) (builtins.foldl' (f: x: let v = f { }; in y: v + x) (y: probe 0) (builtins.genList (i: i) DEPTH) 1)`},
		{"call", deep(`1 + go (n - 1)`)},
		{"call of two", strings.ReplaceAll(deep(`1 + go (n - 1)`), "go = n:", "go = let f = m: n: f2 m n; f2 = m: n: if n == 0 then probe 0 else 1 + f m (n - 1); in f 1; go2 = n:")},
		{"pattern", `let go = { n, m ? 2, ... }@args: if n == 0 then probe 0 else m + go { n = args.n - 1; }; in builtins.seq (probe 0) (go { n = DEPTH; })`},
		{"tail", deep(`go (n - 1)`)},
		{"string", deep(`"a${go (n - 1)}"`)},
		{"plus", deep(`"a" + go (n - 1)`)},
		{"difference", deep(`1 - go (n - 1)`)},
		{"less", deep(`1 < go (n - 1)`)},
		{"select", deep(`{ a = go (n - 1); }.a`)},
		{"select path", deep(`{ a.b.c = go (n - 1); }.a.b.c or 3`)},
		{"has attribute", deep(`{ a = go (n - 1); } ? a.b`)},
		{"update", deep(`{ } // go (n - 1) // { }`)},
		{"concatenate", deep(`[ 1 ] ++ go (n - 1)`)},
		{"equal", deep(`1 == go (n - 1)`)},
		{"not", deep(`!go (n - 1)`)},
		{"and", deep(`true && go (n - 1)`)},
		{"if", deep(`if go (n - 1) == 1 then 1 else 2`)},
		{"assert", deep(`assert go (n - 1) == 1; 2`)},
		{"with", deep(`with { a = go (n - 1); }; a`)},
		{"let", deep(`let a = b; b = go (n - 1); in a`)},
		{"inherit", deep(`let inherit (go (n - 1)) a; in a`)},
		{"dynamic", deep(`{ ${go (n - 1)} = 1; }`)},
		{"rec", deep(`(rec { a = b; b = go (n - 1); }).a`)},
		{"functor", deep(`{ __functor = s: x: go x; } (n - 1)`)},
		{"partial", deep(`(x: y: 1 + go y) 1 (n - 1)`)},
		{"toString", deep(`toString { __toString = s: go (n - 1); }`)},
		{"outPath", deep(`"${{ outPath = go (n - 1); }}"`)},
		{"map", deep(`builtins.elemAt (map go [ (n - 1) ]) 0`)},
		{"filter", deep(`builtins.filter go [ (n - 1) ]`)},
		{"foldl", deep(`builtins.foldl' (a: x: go x) 0 [ (n - 1) ]`)},
		{"sort", deep(`builtins.sort (a: b: go (n - 1)) [ 1 2 ]`)},
		{"concatMap", deep(`builtins.concatMap go [ (n - 1) ]`)},
		{"all", deep(`builtins.all go [ (n - 1) ]`)},
		{"partition", deep(`builtins.partition go [ (n - 1) ]`)},
		{"groupBy", deep(`builtins.groupBy go [ (n - 1) ]`)},
		{"mapAttrs", deep(`(builtins.mapAttrs (k: go) { a = n - 1; }).a`)},
		{"zipAttrsWith", deep(`(builtins.zipAttrsWith (k: vs: go (n - 1)) [ { a = 1; } ]).a`)},
		{"listToAttrs", deep(`builtins.listToAttrs [ { name = go (n - 1); value = 1; } ]`)},
		{"genericClosure", deep(`builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: go (n - 1); }`)},
		{"seq", deep(`builtins.seq (go (n - 1)) 1`)},
		{"deepSeq", deep(`builtins.deepSeq [ (go (n - 1)) ] 1`)},
		{"tryEval", deep(`(builtins.tryEval (go (n - 1))).value`)},
		{"context", deep(`builtins.addErrorContext "a" (go (n - 1))`)},
		{"replaceStrings", deep(`builtins.replaceStrings [ "a" ] [ (go (n - 1)) ] "a"`)},
		{"concatStringsSep", deep(`builtins.concatStringsSep "a" [ (go (n - 1)) ]`)},
		{"toJSON", deep(`builtins.stringLength (builtins.toJSON [ (go (n - 1)) ])`)},
		{"toXML", deep(`builtins.stringLength (builtins.toXML [ (go (n - 1)) ])`)},
		{"derivation", deep(`(derivation { name = go (n - 1); system = "s"; builder = "/b"; }).outPath`)},
		{"getAttr", deep(`builtins.getAttr (go (n - 1)) { }`)},
		{"length", deep(`builtins.length (go (n - 1))`)},
		{"path", deep(`builtins.path { path = go (n - 1); }`)},
		{"nested, deepSeq", lists + `builtins.deepSeq (nested (probe 0)) 1)`},
		{"nested, ==", lists + `nested (probe 0) == nested 1)`},
		{"nested, <", lists + `nested (probe 0) < nested 1)`},
		{"nested, toJSON", lists + `builtins.toJSON (nested (probe 0)))`},
		{"nested, toXML", lists + `builtins.toXML (nested (probe 0)))`},
		{"nested, toString", lists + `toString (nested (probe 0)))`},
		{"nested, assert", lists + `assert nested 1 == nested (probe 1); 1)`},
		{"sets, deepSeq", sets + `builtins.deepSeq (nested (probe 0)) 1)`},
		{"sets, ==", sets + `nested (probe 0) == nested 1)`},
		{"sets, toJSON", sets + `builtins.toJSON (nested (probe 0)))`},
		{"sets, toXML", sets + `builtins.toXML (nested (probe 0)))`},
		{"sets, outPath", strings.ReplaceAll(sets, "{ a =", "{ outPath =") + `toString (nested (probe 0)))`},
		{"source parentheses", `builtins.seq (probe 0) ` + nest("(1 + ", "probe 0", ")")},
		{"source not", `builtins.seq (probe 0) (` + nest("!(", "probe 0", ")") + ")"},
		{"source minus", `builtins.seq (probe 0) (` + nest("-(", "probe 0", ")") + ")"},
		{"source let", `builtins.seq (probe 0) (` + nest("let a = 1; in ", "probe 0", "") + ")"},
		{"source with", `builtins.seq (probe 0) (` + nest("with 1; ", "probe 0", "") + ")"},
		{"source if", `builtins.seq (probe 0) (` + nest("if true then ", "probe 0", " else 1") + ")"},
		{"source assert", `builtins.seq (probe 0) (` + nest("assert true; ", "probe 0", "") + ")"},
		{"source select", `builtins.seq (probe 0) (` + nest("(", "probe 0", ").a") + ")"},
		{"source or", `builtins.seq (probe 0) (` + nest("{ }.a or (", "probe 0", ")") + ")"},
		{"source string", `builtins.seq (probe 0) (` + nest(`"${`, "probe 0", `}"`) + ")"},
		{"source update", `builtins.seq (probe 0) (` + nest("{ } // (", "probe 0", ")") + ")"},
		{"source concat", `builtins.seq (probe 0) (` + nest("[ ] ++ (", "probe 0", ")") + ")"},
		{"source equal", `builtins.seq (probe 0) (` + nest("1 == (", "probe 0", ")") + ")"},
		{"source and", `builtins.seq (probe 0) (` + nest("true && (", "probe 0", ")") + ")"},
		{"source apply", `builtins.seq (probe 0) (` + nest("(", "probe 0", ") 1") + ")"},
		{"source lambda", `builtins.seq (probe 0) (` + nest("(x: ", "probe 0", ") 1") + ")"},
		{"source inherit", `builtins.seq (probe 0) (` + nest("let inherit (", "probe 0", ") a; in a") + ")"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which shrinks stacks
			done := make(chan struct{})
			go func() {
				defer close(done)
				growStack(20_000)
				marks := probed(strings.ReplaceAll(c.source, "DEPTH", strconv.Itoa(depth)))
				if len(marks) < 2 {
					t.Errorf("%d probes", len(marks))
					return
				}
				a, b := marks[0], marks[1]
				used, believed := int(a.at)-int(b.at), b.estimate-a.estimate
				t.Logf("%5d bytes a level, estimate %5d", used/depth, believed/depth)
				if believed < used+used/20 {
					t.Errorf("takes %d bytes a level, the estimate is %d", used/depth, believed/depth)
				}
			}()
			<-done
		})
	}
}

// growStack makes the stack large, so that it stays where it is later.
//
//go:noinline
func growStack(n int) byte {
	var pad [1024]byte
	pad[n%1024] = 1
	if n > 0 {
		return growStack(n-1) + pad[(n+1)%1024]
	}
	return pad[0]
}

// A mark is how much stack is in use where probe was called.
type mark struct {
	at       uintptr
	estimate int
}

func probed(source string) []mark {
	var marks []mark
	probe := &core.Builtin{Name: "probe", Global: "probe", Args: []string{"x"}, Impl: func(c *core.Call) (heap.Value, error) {
		var here byte
		marks = append(marks, mark{uintptr(unsafe.Pointer(&here)), c.StackEstimate()})
		return heap.NullValue, nil
	}}
	st := memory.View("/nix/store", world.OS())
	ev, err := core.New(core.Options{
		Builtins: append(builtins.All(st), probe), Copier: st, Stderr: io.Discard,
		Limits: core.Limits{CallDepth: 1 << 30},
	})
	if err == nil {
		_, _ = ev.EvalString(context.Background(), "«string»", source, "/") // which may fail behind the probes
	}
	return marks
}
