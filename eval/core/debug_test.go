package core_test

// This file defines the tests of the debugger.

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// debugRun evaluates a text with a debugger, and returns the result or the error.
func debugRun(t *testing.T, d *core.Debugger, host world.Host, source string) string {
	t.Helper()
	ev := evaluator(t, core.Options{Debugger: d, Host: host})
	return evalPrinted(ev, func(c *core.Call) (heap.Value, error) { return c.EvalText("t", source, "/") })
}

func evalPrinted(ev *core.Evaluator, fn func(c *core.Call) (heap.Value, error)) string {
	var out bytes.Buffer
	err := ev.Run(context.Background(), func(c *core.Call) error {
		v, err := fn(c)
		if err != nil {
			return err
		}
		if err := c.DeepForce(heap.Lazy(v)); err != nil {
			return err
		}
		return c.Print(&out, v)
	})
	if err != nil {
		return "error: " + err.Error()
	}
	return out.String()
}

// variables describes the scopes of a frame.
func variables(c *core.Call, f *core.StackFrame) string {
	var out []string
	for _, s := range f.Scopes() {
		text := s.Kind.String() + ":"
		for _, v := range s.Vars {
			text += " " + v.Name
			if v.Value != 0 && c.Heap().IsValue(v.Value) && c.Heap().Kind(v.Value).IsInt() {
				text += fmt.Sprintf("=%d", c.Heap().Int(heap.Value(v.Value)))
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// steps returns what stops, in order, and goes on as how says.
func steps(d *core.Debugger, how core.Resume) *[]string {
	var out []string
	d.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
		f := s.Frames()[0]
		out = append(out, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Column, f.Name))
		return how
	}
	return &out
}

func TestDebugSteps(t *testing.T) {
	const source = "let f = x: x + y;\n y = 2 * 3;\nin\nf 1 + f 2"
	for how, want := range map[core.Resume][]string{
		core.StepInto: {"1:1 t", "4:1 t", "4:1 t", "1:12 f", "2:6 y", "4:7 t", "1:12 f"},
		core.StepOver: {"1:1 t", "4:1 t", "4:1 t", "4:7 t"},
		core.Continue: {"1:1 t"},
	} {
		d := &core.Debugger{}
		got := steps(d, how)
		d.StepFirst()
		assert.Equal(t, "15", debugRun(t, d, nil, source))
		assert.Equal(t, want, *got, how)
	}
}

func TestDebugReturn(t *testing.T) {
	var got []string
	d := &core.Debugger{}
	d.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
		if s.Reason == core.StopReturn {
			got = append(got, fmt.Sprint(c.Heap().Int(s.Value)), s.Frames()[0].Name)
		}
		return core.StepOut
	}
	assert.Equal(t, "5", debugRun(t, d, nil, "let f = x: let y = builtins.break x; in y + 1; g = x: f x + 1; in g 3"))
	assert.Equal(t, []string{"3", "y", "4", "f", "5", "g", "5", "t"}, got)
}

func TestDebugVariables(t *testing.T) {
	for source, want := range map[string]string{
		"let x = 1; in builtins.break x":                                    "let: x=1",
		"rec { b = 2; a = builtins.break b; }.a":                            "rec: b=2 a",
		"(x: y: builtins.break x) 1 2":                                      "function: x=1 y=2",
		"(x: { z, y ? 3, ... }@all: builtins.break x) 1 { z = 2; }":         "function: x=1 all z=2 y=3",
		"with { q = 1; r = 2; }; builtins.seq q (builtins.break 0)":         "with: q=1 r=2",
		"let s = { i = 4; }; inherit (s) i; in builtins.seq i (break 0)":    "let: s i=4",
		"let a = 1; in rec { inherit a; b = builtins.break a; }.b":          "rec: a=1 b; let: a=1",
		"(x: x { a = 1; }) (with { k = 1; }; { a }: let c = a; in break c)": "let: c=1; function: a=1; with:",
	} {
		got := ""
		d := &core.Debugger{Stopped: func(c *core.Call, s *core.Stop) core.Resume {
			got = variables(c, s.Frames()[0])
			return core.Continue
		}}
		debugRun(t, d, nil, source)
		assert.Equal(t, want, got, source)
	}
}

func TestDebugPoints(t *testing.T) {
	host := tree{"/": "dir", "/lib": "dir", "/lib/a.nix": "x:\nlet y = x + 1;\nin y * 2\n"}
	const source = "map (import /lib/a.nix) [ 1 2 3 ]"
	for _, test := range []struct {
		point core.Breakpoint
		want  []string
	}{
		{core.Breakpoint{File: "lib/a.nix", Line: 3}, []string{"1", "2", "3"}},
		{core.Breakpoint{File: "/lib/a.nix", Line: 3, Condition: "y == 3"}, []string{"2"}},
		{core.Breakpoint{File: "b/a.nix", Line: 3}, nil},
		{core.Breakpoint{File: "a.nix", Line: 2}, []string{"1", "1", "2", "2", "3", "3"}},
	} {
		var got []string
		d := &core.Debugger{}
		d.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
			v, err := c.EvalIn(core.Text{Source: "x", Dir: "/", Scope: s.Frames()[0].Lookup})
			assert.NoError(t, err)
			got = append(got, fmt.Sprint(c.Heap().Int(v)))
			return core.Continue
		}
		_, err := d.Break(test.point)
		require.NoError(t, err)
		assert.Equal(t, "[ 4 6 8 ]", debugRun(t, d, host, source))
		assert.Equal(t, test.want, got)
	}
}

func TestDebugErrors(t *testing.T) {
	for _, ignore := range []bool{false, true} {
		var got []string
		d := &core.Debugger{IgnoreTry: ignore, Stopped: func(c *core.Call, s *core.Stop) core.Resume {
			got = append(got, s.Err.Msg+" "+variables(c, s.Frames()[0]))
			return core.Continue
		}}
		out := debugRun(t, d, nil, `let f = x: throw "no"; in [ (builtins.tryEval (f 1)).success (f 2) ]`)
		assert.Equal(t, "error: no", out[strings.Index(out, "error"):])
		want := []string{"no function: x=1; let: f", "no function: x=2; let: f"}
		if ignore {
			want = want[1:]
		}
		assert.Equal(t, want, got)
	}
}

func TestDebugQuit(t *testing.T) {
	d := &core.Debugger{Stopped: func(*core.Call, *core.Stop) core.Resume { return core.Quit }}
	assert.Contains(t, debugRun(t, d, nil, `builtins.tryEval (builtins.break 1)`), "ended in the debugger")
}

func TestDebugWatch(t *testing.T) {
	var got []string
	d := &core.Debugger{}
	d.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
		if s.Reason == core.StopBreak {
			assert.NoError(t, c.Watch(s.Frames()[0].Lookup("x")))
			return core.Continue
		}
		got = append(got, s.Frames()[0].Name, s.Frames()[1].Name)
		return core.Continue
	}
	debugRun(t, d, nil, `let x = 1 + 1; f = y: x + y; in builtins.seq (break 0) (f 1 + f x)`)
	assert.Equal(t, []string{"x", "f"}, got)
}

// TestDebugCorpus evaluates the corpus with debuggers, which change nothing.
func TestDebugCorpus(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip()
	}
	for _, pattern := range []string{"lang", "builtins"} {
		paths, err := filepath.Glob("../../corpus/" + pattern + "/eval-okay-*.nix")
		require.NoError(t, err)
		for i, path := range paths {
			if _, err := os.Stat(strings.TrimSuffix(path, ".nix") + ".flags"); err == nil {
				continue
			}
			abs, err := filepath.Abs(path)
			require.NoError(t, err)
			run := func(d *core.Debugger) string {
				ev := evaluator(t, core.Options{Debugger: d, Host: world.OS(), Internal: builtins.InternalTexts(), Limits: core.Limits{Steps: 1 << 22}})
				return evalPrinted(ev, func(c *core.Call) (heap.Value, error) { return c.Import(abs, 0) })
			}
			want := run(nil)
			how := []core.Resume{core.StepInto, core.StepInto, core.Continue, core.StepOut, core.StepOver}[i%5]
			n := 0
			d := &core.Debugger{}
			d.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
				if n++; n%50 == 1 {
					for _, f := range s.Frames() {
						variables(c, f)
					}
				}
				return how
			}
			d.StepFirst()
			assert.Equal(t, want, run(d), path)
		}
	}
}

func TestDebugWorkers(t *testing.T) {
	var mu sync.Mutex
	stops := 0
	d := &core.Debugger{Stopped: func(c *core.Call, s *core.Stop) core.Resume {
		mu.Lock()
		defer mu.Unlock()
		stops++
		return core.StepInto
	}}
	ev := evaluator(t, core.Options{Debugger: d})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			got := evalPrinted(ev, func(c *core.Call) (heap.Value, error) {
				return c.EvalText("t", fmt.Sprintf("builtins.foldl' (a: b: a + b) (break %d) [ 1 2 3 ]", i), "/")
			})
			assert.Equal(t, fmt.Sprint(6+i), got)
		})
	}
	wg.Wait()
	assert.Equal(t, 4*3, stops)
}
