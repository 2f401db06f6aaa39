package core_test

// This file defines the test of evaluators that go on after a failure, and of
// errors that outlive their evaluator.

import (
	"context"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// tree is a world of a few files; the text of a link is its target behind "-> ".
type tree map[string]string

func (w tree) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	text, ok := w[path]
	switch {
	case !ok:
		return world.FileInfo{}, &fs.PathError{Op: "lstat", Path: path, Err: fs.ErrNotExist}
	case text == "dir":
		return world.FileInfo{Type: world.Directory}, nil
	case text[0] == '-':
		return world.FileInfo{Type: world.Symlink}, nil
	}
	return world.FileInfo{Type: world.Regular}, nil
}

func (w tree) Open(ctx context.Context, path string) (world.File, error) {
	if text, ok := w[path]; ok && text[0] != '-' {
		return world.NewFile(strings.NewReader(text), world.FileInfo{Type: world.Regular, Size: int64(len(text))}), nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func (w tree) ReadLink(ctx context.Context, path string) (string, error) { return w[path][3:], nil }
func (w tree) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	return nil, fs.ErrInvalid
}
func (w tree) Getenv(context.Context, string) string { return "" }

func evaluator(t *testing.T, opt core.Options, more ...*core.Builtin) *core.Evaluator {
	t.Helper()
	if opt.Host == nil {
		opt.Host = world.None()
	}
	st := memory.View("/nix/store", opt.Host)
	opt.Builtins, opt.Copier = append(builtins.All(st), more...), st
	ev, err := core.New(opt)
	require.NoError(t, err)
	return ev
}

// force forces attribute name of set in ctx, and returns the number that it is.
func force(ctx context.Context, ev *core.Evaluator, set core.Value, name string) (n int64, err error) {
	err = ev.Run(ctx, func(c *core.Call) error {
		n, err = c.Need(c.Heap().Get(set.Heap(), c.Lookup(name)), "").Int()
		return err
	})
	return n, err
}

func TestForceAgain(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	again := false // the interruption is over
	interrupt := &core.Builtin{Name: "interrupt", Global: "interrupt", Args: []string{"x"}, Impl: func(c *core.Call) (heap.Value, error) {
		cancel()
		for !again {
			if err := c.CheckInterrupt(); err != nil {
				return 0, err
			}
			time.Sleep(time.Millisecond)
		}
		return c.Arg(0).Value()
	}}
	ev := evaluator(t, core.Options{Limits: core.Limits{CallDepth: 100}}, interrupt)
	set, err := ev.EvalString(context.Background(), "«string»", `
		let
		  down = n: if n == 0 then 0 else 1 + down (n - 1);
		  deep = down 60;
		  within = n: if n == 0 then deep else within (n - 1) + 0;
		  slow = interrupt (id 1);
		  id = x: x;
		in { inherit deep slow; deeper = within 60; slower = slow + 1; }`, "/")
	require.NoError(t, err)

	_, err = force(ctx, ev, set, "deeper")
	assert.ErrorContains(t, err, "stack overflow")
	n, err := force(ctx, ev, set, "deep")
	require.NoError(t, err, "has enough room of its own")
	assert.Equal(t, int64(60), n)
	n, err = force(ctx, ev, set, "deeper")
	require.NoError(t, err, "has enough room now that deep is known")
	assert.Equal(t, int64(60), n)

	_, err = force(ctx, ev, set, "slower")
	assert.ErrorContains(t, err, "interrupted")
	assert.ErrorIs(t, err, context.Canceled)
	again = true
	n, err = force(context.Background(), ev, set, "slower")
	require.NoError(t, err)
	assert.Equal(t, int64(2), n)
}

// TestLateCancel cancels evaluations at their very end, which must not interrupt
// the next one.
func TestLateCancel(t *testing.T) {
	ev := evaluator(t, core.Options{})
	for range 2000 {
		ctx, cancel := context.WithCancel(context.Background())
		_ = ev.Run(ctx, func(*core.Call) error {
			cancel()
			return nil
		})
		_, err := ev.EvalString(context.Background(), "«string»", "(x: y: x + y) 1 2", "/")
		require.NoError(t, err)
	}
}

// An askedContext counts how often it is asked whether it is done.
type askedContext struct {
	context.Context
	asked int
}

func (c *askedContext) Err() error { c.asked++; return c.Context.Err() }

// TestNestedStop forces thunks that nest and count no steps: whether to stop is asked as
// the stack grows.
func TestNestedStop(t *testing.T) {
	ev := evaluator(t, core.Options{})
	set, err := ev.EvalString(context.Background(), "«string»",
		"let go = n: a: if n == 0 then a else let b = { v = a.v + 1; }; in go (n - 1) b; in go 5000 { v = 0; }", "/")
	require.NoError(t, err)
	inner, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx := &askedContext{Context: inner}
	n, err := force(ctx, ev, set, "v")
	require.NoError(t, err)
	assert.Equal(t, int64(5000), n)
	assert.Greater(t, ctx.asked, 2)
}

func TestMemoryLimit(t *testing.T) {
	ev := evaluator(t, core.Options{Limits: core.Limits{Memory: 8 << 20}})
	set, err := ev.EvalString(context.Background(), "«string»",
		`{ a = 1; big = let go = n: xs: if n == 0 then 1 else builtins.seq xs (go (n - 1) (xs ++ xs)); in go 60 [ 1 ]; }`, "/")
	require.NoError(t, err)
	_, err = force(context.Background(), ev, set, "big")
	var e *core.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, core.LimitMemory, e.Limit)
	n, err := force(context.Background(), ev, set, "a")
	require.NoError(t, err, "what needs no memory can be looked at")
	assert.Equal(t, int64(1), n)
}

// TestFull is about a heap that has no more memory at all.
func TestFull(t *testing.T) {
	full := &core.Builtin{Name: "full", Global: "full", Args: []string{"x"}, Impl: func(*core.Call) (heap.Value, error) {
		panic(heap.ErrFull)
	}}
	ev := evaluator(t, core.Options{}, full)
	for range 2 {
		_, err := ev.EvalString(context.Background(), "«string»", "full 1", "/")
		var e *core.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, core.ErrLimit, e.Kind)
	}
	// What was being forced is as it was.
	fail := true
	once := &core.Builtin{Name: "once", Global: "once", Args: []string{"x"}, Impl: func(c *core.Call) (heap.Value, error) {
		if fail {
			panic(heap.ErrFull)
		}
		return c.Arg(0).Value()
	}}
	ev = evaluator(t, core.Options{}, once)
	set, err := ev.EvalString(context.Background(), "«string»", "rec { a = b + 1; b = c.d; inherit (c) d; c.d = once 1; }", "/")
	require.NoError(t, err)
	for _, name := range []string{"a", "d"} {
		_, err = force(context.Background(), ev, set, name)
		require.ErrorContains(t, err, "out of memory")
	}
	fail = false
	n, err := force(context.Background(), ev, set, "a")
	require.NoError(t, err)
	assert.Equal(t, int64(2), n)
}

// TestErrorOutlivesEvaluator renders errors whose evaluator is gone.
func TestErrorOutlivesEvaluator(t *testing.T) {
	host := tree{"/": "dir", "/lib": "dir", "/lib/a.nix": "{ }: 1 + { }.b", "/lib/link.nix": "-> /lib/none.nix"}
	var errs []error
	for _, source := range []string{
		`import (/lib + "/a.nix") { }`,
		`import (/lib + "/none.nix")`,
		`import (/lib + "/link.nix")`,
		`builtins.readFile (/lib + "/none.nix")`,
		`builtins.readDir (/lib + "/none.nix")`,
		`"${/lib + "/none.nix"}"`,
		`builtins.addErrorContext ("while doing" + " something long") (throw ("for a reason" + " that is long"))`,
		`derivation { name = "a name" + " that is bad"; system = "s"; builder = "b"; }.outPath`,
		`builtins.fromJSON ("[ 1, 2, 3, " + "surprise ]")`,
	} {
		ev := evaluator(t, core.Options{Host: host})
		_, err := ev.EvalString(context.Background(), "«string»", source, "/")
		require.Error(t, err)
		errs = append(errs, err)
	}
	for range 5 {
		runtime.GC()
		time.Sleep(2 * time.Millisecond)
	}
	for _, err := range errs {
		var e *core.Error
		require.ErrorAs(t, err, &e)
		assert.NotEmpty(t, e.Render(core.RenderOptions{ShowTrace: true}))
		if e.Cause != nil {
			assert.NotEmpty(t, e.Cause.Error())
		}
	}
}

// TestRestrictedLinks looks through links at what may not be looked at.
func TestRestrictedLinks(t *testing.T) {
	host := tree{
		"/": "dir", "/in": "dir", "/out": "dir", "/out/default.nix": "1", "/in/dir": "-> ../out",
		"/in/file.nix": "-> ../out/default.nix", "/in/sub": "dir", "/in/sub/default.nix": "-> ../../out/default.nix",
		// As a system has it, which follows links in the middle.
		"/in/dir/default.nix": "1",
	}
	ev := evaluator(t, core.Options{Host: world.Restrict(host, "in restricted mode", "/in")})
	for _, source := range []string{
		"import /in/dir", "import /in/dir/default.nix", "import /in/file.nix", "import /in/sub", `"${/in/dir/default.nix}"`,
	} {
		_, err := ev.EvalString(context.Background(), "«string»", source, "/")
		assert.ErrorContains(t, err, "is forbidden in restricted mode", source)
	}
}

func TestImportLinks(t *testing.T) {
	host := tree{
		"/": "dir", "/a": "dir", "/b": "dir", "/a/default.nix": "-> ../b/x.nix", "/a/y.nix": "-> ../b/x.nix", "/b/x.nix": "./here",
		"/c": "-> a",
	}
	ev := evaluator(t, core.Options{Host: host})
	for _, tt := range []struct{ source, want string }{
		{`import /a`, "/a/here"},
		{`import /a/default.nix`, "/b/here"},
		{`import /a/y.nix`, "/b/here"},
		{`import /c`, "/a/here"},
		{`builtins.findFile [ { prefix = "p"; path = "/a"; } ] "p/../y.nix"`, "/b/x.nix"},
	} {
		v, err := ev.EvalString(context.Background(), "«string»", tt.source, "/")
		require.NoError(t, err, tt.source)
		require.NoError(t, ev.Run(context.Background(), func(c *core.Call) error {
			assert.Equal(t, tt.want, c.Heap().Text(v.Heap()), tt.source)
			return nil
		}))
	}
}
