package eval_test

// This file tests which evaluations see the file systems of EvalFS.

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func secretFS() fstest.MapFS {
	return fstest.MapFS{
		"main.nix":   {Data: []byte(`{ now = builtins.readFile ./secret.txt; later = { text = builtins.readFile ./later.txt; copy = "${./later.txt}"; }; f = import ./f.nix; }`)},
		"secret.txt": {Data: []byte("a secret")},
		"later.txt":  {Data: []byte("later")},
		"f.nix":      {Data: []byte("x: builtins.readFile ./later.txt + x")},
		"d/f":        {},
	}
}

// What was given to one evaluation is not there for any other, whatever the options.
func TestMountsAreScoped(t *testing.T) {
	files := fstest.MapFS{"main.nix": {}}
	for name, opt := range map[string]eval.Options{
		"nothing": {},
		"files":   {FS: files, Store: eval.Memory("")},
		"allowed": {FS: files, Allowed: []string{}},
		"pure":    {Pure: true},
		"record":  {FS: files, Record: true},
		"machine": {Host: eval.OS()},
	} {
		t.Run(name, func(t *testing.T) {
			ev := evaluator(t, opt)
			v, err := ev.EvalFS(ctx, secretFS(), "main.nix")
			require.NoError(t, err)
			require.NoError(t, v.DeepForce(ctx)) // all of it is cached
			for _, expr := range []string{
				`builtins.readFile (/. + "«fs»/1/secret.txt")`,
				`(import (/. + "«fs»/1")).now`,
				`(import (/. + "«fs»/1/main.nix")).now`,
				`builtins.scopedImport { } (/. + "«fs»/1/main.nix")`,
				`builtins.readDir (/. + "«fs»")`,
				`builtins.readDir (/. + "«fs»/1")`,
				`builtins.readDir (/. + "«fs»/1/d")`,
				`builtins.readFileType (/. + "«fs»/1/secret.txt")`,
				`builtins.hashFile "md5" (/. + "«fs»/1/secret.txt")`,
				`builtins.path { path = /. + "«fs»/1/later.txt"; }`,
				`"${/. + "«fs»/1/later.txt"}"`,
				`builtins.findFile [ { path = /. + "«fs»/1"; } ] "secret.txt"`,
				`builtins.findFile [ { prefix = "x"; path = /. + "«fs»/1"; } ] "x/secret.txt"`,
				`let p = /. + "«fs»/1/secret.txt"; in if builtins.pathExists p then "seen" else throw "does not exist"`,
				`let p = /. + "«fs»"; in if builtins.pathExists p then "seen" else throw "does not exist"`,
			} {
				_, err := ev.EvalString(ctx, expr)
				if assert.Error(t, err, expr) {
					assert.Regexp(t, "does not exist|is forbidden|was not found", err.Error(), expr)
					assert.NotContains(t, err.Error(), "a secret")
				}
			}
		})
	}
}

// Parts of a value are evaluated with the files that it came of.
func TestPartsSeeTheirMount(t *testing.T) {
	ev := evaluator(t, eval.Options{Store: eval.Memory("")})
	v, err := ev.EvalFS(ctx, secretFS(), "main.nix")
	require.NoError(t, err)
	part, err := v.Select(ctx, "later.text")
	require.NoError(t, err)
	text, _ := part.Text()
	assert.Equal(t, "later", text)

	v, err = ev.EvalFS(ctx, fstest.MapFS{"main.nix": secretFS()["main.nix"], "later.txt": {Data: []byte("other")}}, "main.nix")
	require.NoError(t, err)
	later, ok := v.Attr("later")
	require.True(t, ok)
	for name, attr := range later.Attrs() {
		if name == "text" {
			require.NoError(t, attr.DeepForce(ctx))
		}
	}
	var all struct {
		Later struct{ Text eval.Value }
	}
	require.NoError(t, eval.Decode(ctx, v, &all))
	part, err = all.Later.Text.Force(ctx)
	require.NoError(t, err)
	text, _ = part.Text()
	assert.Equal(t, "other", text)
	_, err = v.Select(ctx, "now")
	assert.ErrorContains(t, err, "does not exist")
}

// An evaluation that gets a value gets what the value needs.
func TestValuesTakeTheirMountsAlong(t *testing.T) {
	var ev *eval.Evaluator
	give := eval.Func1("give", func(ctx context.Context, name string) (eval.Value, error) {
		return ev.EvalFS(ctx, fstest.MapFS{"main.nix": {Data: []byte(`{ text = builtins.readFile ./f; }`)}, "f": {Data: []byte("given to " + name)}}, "main.nix")
	})
	ev = evaluator(t, eval.Options{Functions: []eval.Function{give}})
	v, err := ev.EvalFS(ctx, secretFS(), "main.nix")
	require.NoError(t, err)
	text := func(v eval.Value, err error) string {
		require.NoError(t, err)
		text, ok := v.Text()
		require.True(t, ok)
		return text
	}
	f, err := ev.EvalString(ctx, `x: x.later.text + x.f "!"`)
	require.NoError(t, err)
	assert.Equal(t, "laterlater!", text(f.Call(ctx, v)))
	_, err = f.Call(ctx, map[string]any{"later": map[string]any{"text": ""}, "f": eval.PathString("/«fs»/1/f.nix")})
	assert.Error(t, err)
	p, err := ev.Compile(ctx, "p", `{ out = x.inner.f; }`, "x")
	require.NoError(t, err)
	out, err := p.Run(ctx, map[string]any{"x": map[string]any{"inner": v}})
	require.NoError(t, err)
	out, err = out.Select(ctx, "out")
	require.NoError(t, err)
	assert.Equal(t, "later?", text(out.Call(ctx, "?")))
	assert.Equal(t, "later", text(ev.Eval(ctx, eval.Text{Source: "it.later.text", Scope: func(name string) (eval.Value, bool) {
		return v, name == "it"
	}})))
	out, err = ev.EvalString(ctx, `{ a = (builtins.give "a").text; b = builtins.give "b"; }`)
	require.NoError(t, err)
	assert.Equal(t, "given to a", text(out.Select(ctx, "a")))
	assert.Equal(t, "given to b", text(out.Select(ctx, "b.text")))
}

func TestMountAndUnmount(t *testing.T) {
	ev := evaluator(t, eval.Options{Record: true})
	m := ev.Mount(secretFS())
	seen := m.In(ctx)
	expr := fmt.Sprintf(`builtins.readFile (/. + "%s/secret.txt")`, m.Dir()[1:])
	_, err := ev.EvalString(ctx, expr)
	assert.ErrorContains(t, err, "does not exist")
	_, err = ev.EvalString(seen, expr)
	require.NoError(t, err)
	v, err := ev.EvalString(seen, `builtins.attrNames (builtins.readDir (/. + "«fs»"))`)
	require.NoError(t, err)
	assert.Equal(t, `["1"]`, toJSON(t, v))
	_, err = ev.EvalFile(seen, m.Dir())
	assert.Error(t, err, "there is no default.nix")
	v, err = ev.EvalFile(seen, m.Dir()+"/main.nix")
	require.NoError(t, err)
	assert.Empty(t, ev.Changed(ctx, ev.Reads()))

	m.Unmount()
	_, err = ev.EvalString(seen, expr)
	assert.ErrorContains(t, err, "does not exist")
	_, err = v.Select(ctx, "later.text")
	assert.ErrorContains(t, err, "does not exist")
	assert.NotEmpty(t, ev.Changed(ctx, ev.Reads()))
	assert.NotEqual(t, m.Dir(), ev.Mount(secretFS()).Dir(), "a folder has two file systems in its life")
}

// A file system is freed with the last Value that needs it, and so is what was imported from it.
func TestMountsAreFreed(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	freed := make(chan bool, 100)
	make1 := func() {
		// Large enough not to share its memory with other things.
		big := &fstest.MapFile{Data: []byte(`"` + strings.Repeat("x", 1<<16) + `"`)}
		runtime.AddCleanup(big, func(ch chan bool) { ch <- true }, freed)
		v, err := ev.EvalFS(ctx, fstest.MapFS{"main.nix": big}, "main.nix")
		require.NoError(t, err)
		assert.Equal(t, eval.KindString, v.Kind())
	}
	const rounds = 20
	for range rounds {
		make1()
	}
	for n, deadline := 0, time.Now().Add(time.Minute); n < rounds; {
		runtime.GC()
		select {
		case <-freed:
			n++
		case <-time.After(10 * time.Millisecond):
			require.True(t, time.Now().Before(deadline), "%d file systems were freed", n)
		}
	}
	require.Eventually(t, func() bool { return ev.Stats().Files == 0 }, time.Minute, 10*time.Millisecond)
}

func TestMountsAtTheSameTime(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			want := fmt.Sprint(i % 4)
			v, err := ev.EvalFS(ctx, fstest.MapFS{"main.nix": {Data: []byte(`{ a = builtins.readFile ./f; }`)}, "f": {Data: []byte(want)}}, "main.nix")
			if !assert.NoError(t, err) {
				return
			}
			a, err := v.Select(ctx, "a")
			assert.NoError(t, err)
			text, _ := a.Text()
			assert.Equal(t, want, text)
		})
	}
	wg.Wait()
}
