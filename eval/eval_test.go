package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval"
)

var ctx = context.Background()

func evaluator(t testing.TB, opt eval.Options) *eval.Evaluator {
	t.Helper()
	ev, err := eval.New(opt)
	require.NoError(t, err)
	return ev
}

func evaluate(t testing.TB, ev *eval.Evaluator, source string) eval.Value {
	t.Helper()
	v, err := ev.EvalString(ctx, source)
	require.NoError(t, err)
	return v
}

func toJSON(t testing.TB, v eval.Value) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

func TestValue(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	v := evaluate(t, ev, `{ a = 1; b = [ 1.5 "x" (throw "no") null true /p (x: x) ]; "c d" = { e = 2; }; f = { x ? 3 }: { y = x; }; } // { z = 9; }`)
	assert.Equal(t, eval.KindAttrs, v.Kind())
	assert.Equal(t, 5, v.Len())
	var names []string
	for name, x := range v.Attrs() {
		names = append(names, name)
		assert.NotEqual(t, eval.KindInvalid, x.Kind())
	}
	assert.Equal(t, []string{"a", "b", "c d", "f", "z"}, names)
	list, err := v.Select(ctx, "b")
	require.NoError(t, err)
	var kinds []string
	for i, x := range list.Elems() {
		assert.Equal(t, i, len(kinds))
		if forced, err := x.Force(ctx); err == nil {
			kinds = append(kinds, forced.Kind().String())
		} else {
			assert.ErrorContains(t, err, "no")
			kinds = append(kinds, x.Kind().String())
		}
	}
	assert.Equal(t, "float string thunk null bool path lambda", strings.Join(kinds, " "))

	n, err := v.Select(ctx, `"c d".e`)
	require.NoError(t, err)
	i, ok := n.Int()
	assert.True(t, ok)
	assert.Equal(t, int64(2), i)
	_, ok = n.Text()
	assert.False(t, ok)
	n, err = v.Select(ctx, "f.y")
	require.NoError(t, err, "functions on the way are called")
	assert.Equal(t, "3", n.String())
	_, err = v.Select(ctx, "b.9")
	assert.ErrorContains(t, err, "out of range")

	a, ok := v.Attr("a")
	require.True(t, ok)
	assert.Equal(t, eval.KindInt, a.Kind())
	_, ok = v.Attr("nope")
	assert.False(t, ok)
	pos, ok := v.Position("c d")
	require.True(t, ok)
	assert.Equal(t, "«string»:1:60", pos.String())

	f, err := evaluate(t, ev, "x: y: x * y").Call(ctx, 6, 7)
	require.NoError(t, err)
	assert.Equal(t, "42", toJSON(t, f))

	var zero eval.Value
	assert.Equal(t, eval.KindInvalid, zero.Kind())
	_, err = zero.Force(ctx)
	assert.Error(t, err)
	assert.Equal(t, "«invalid»", zero.String())
	for range zero.Attrs() {
		t.Fail()
	}
}

type level int

func (l *level) UnmarshalText(text []byte) error {
	switch string(text) {
	case "low":
		*l = 1
	case "high":
		*l = 2
	default:
		return fmt.Errorf("%q is no level", text)
	}
	return nil
}

func (l level) MarshalText() ([]byte, error) { return []byte([]string{"none", "low", "high"}[l]), nil }

type base struct {
	Name string
	ID   int `nix:"id"`
}

type Extra struct{ Notes []string }

type config struct {
	base
	*Extra
	HostName string
	URL      string
	Port     uint16 `nix:"port,required"`
	Ratio    float64
	Timeout  time.Duration
	Level    level
	Levels   map[level]int
	Addr     netip.Addr
	Big      *big.Int
	Tags     map[string][]string
	Pair     [2]int
	Next     *config
	Raw      any
	Lazy     eval.Value
	Bytes    []byte
	Ignored  func() `nix:"-"`
	Double   func(context.Context, int) (int, error)
	Default  string
	Text     eval.ContextString
}

func TestDecode(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	v := evaluate(t, ev, `rec {
		name = "n"; id = 7; notes = [ "x" ]; hostName = "cellar"; url = /a/b; port = 8080; ratio = 2;
		timeout = "1h30m"; level = "high"; levels = { low = 1; }; addr = "10.0.0.1"; big = 12; tags = { a = [ "b" ]; };
		pair = [ 1 2 ]; next = { port = 1; next = null; };
		raw = { list = [ 1 2.5 true null ]; drv = { outPath = "/x"; other = throw "not looked at"; }; f = x: x; };
		lazy = throw "not evaluated"; bytes = "abc"; double = x: x * 2; unknown = throw "not evaluated";
		text = "t";
	}`)
	out := config{Default: "kept"}
	require.NoError(t, eval.Decode(ctx, v, &out))
	assert.Equal(t, base{"n", 7}, out.base)
	assert.Equal(t, []string{"x"}, out.Notes)
	assert.Equal(t, "cellar", out.HostName)
	assert.Equal(t, "/a/b", out.URL)
	assert.Equal(t, uint16(8080), out.Port)
	assert.Equal(t, 2.0, out.Ratio)
	assert.Equal(t, 90*time.Minute, out.Timeout)
	assert.Equal(t, level(2), out.Level)
	assert.Equal(t, map[level]int{1: 1}, out.Levels)
	assert.Equal(t, netip.MustParseAddr("10.0.0.1"), out.Addr)
	assert.Equal(t, big.NewInt(12), out.Big)
	assert.Equal(t, map[string][]string{"a": {"b"}}, out.Tags)
	assert.Equal(t, [2]int{1, 2}, out.Pair)
	assert.Equal(t, uint16(1), out.Next.Port)
	assert.Nil(t, out.Next.Next)
	raw := out.Raw.(map[string]any)
	assert.Equal(t, []any{int64(1), 2.5, true, nil}, raw["list"])
	assert.Equal(t, "/x", raw["drv"])
	assert.Equal(t, eval.KindFunction, raw["f"].(eval.Value).Kind())
	assert.Equal(t, eval.KindThunk, out.Lazy.Kind())
	assert.Equal(t, []byte("abc"), out.Bytes)
	n, err := out.Double(ctx, 21)
	require.NoError(t, err)
	assert.Equal(t, 42, n)
	assert.Equal(t, "kept", out.Default)
	assert.Equal(t, "t", out.Text.Text)
}

func TestDecodeErrors(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	for _, tt := range []struct {
		source string
		to     any
		want   string
	}{
		{`{ services = [ { port = 70000; } ]; }`, new(struct{ Services []struct{ Port uint16 } }),
			"services.0.port: 70000 does not fit into a Go uint16 («string»:1:18)"},
		{`{ a."b c" = "x"; }`, new(map[string]map[string]int), `a."b c": expected an integer for a Go int, but found a string: "x" («string»:1:3)`},
		{`{ a = 1 + "x"; }`, new(struct{ A int }), "a: «string»:1:11: cannot add a string to an integer"},
		{`{ a = throw "why"; }`, new(struct{ A int }), "a: why («string»:1:3)"},
		{`{ }`, new(config), "the attribute 'port' is missing"},
		{`"x"`, new(time.Duration), `invalid duration "x"`},
		{`[ 1 ]`, new([2]int), "a list of 1 elements does not fit into a Go [2]int"},
		{`{ level = "mid"; }`, new(struct{ Level level }), `level: "mid" is no level («string»:1:3)`},
		{`1`, new(chan int), "a Go chan int cannot be decoded"},
		{`{ }`, new(map[int]int), "a set cannot be decoded into a Go map with keys of type int"},
		{`1`, 1, "eval: Decode needs a pointer to store in, not int"},
		{`{ }`, new(struct {
			A int `nix:"x"`
			B int `nix:"x"`
		}), `eval: two fields of struct`},
		{`let a = { inherit a; }; in a`, new(any), "max-call-depth"},
		{`x: x`, new(func(int) int), "needs an error as its last result"},
	} {
		err := eval.Decode(ctx, evaluate(t, ev, tt.source), tt.to)
		var e *eval.DecodeError
		if assert.ErrorAs(t, err, &e, tt.source) {
			assert.Contains(t, err.Error(), tt.want, tt.source)
		}
	}
	strict := eval.Decoder{Strict: true}
	err := strict.Decode(ctx, evaluate(t, ev, "{ a = 1;\n b = 2; }"), new(struct{ A int }))
	assert.EqualError(t, err, "b: there is no field for it in the Go type struct { A int } («string»:2:2)")

	var inner *eval.Error
	err = eval.Decode(ctx, evaluate(t, ev, `{ a.b = throw "why"; }`), new(struct{ A map[string]int }))
	require.ErrorAs(t, err, &inner)
	assert.Equal(t, eval.ErrThrow, inner.Kind)
}

func TestDecoderHook(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	d := eval.Decoder{Hook: func(ctx context.Context, v eval.Value, to reflect.Value) (bool, error) {
		if to.Type() != reflect.TypeFor[time.Time]() {
			return false, nil
		}
		v, err := v.Force(ctx)
		if err != nil {
			return true, err
		}
		n, ok := v.Int()
		if !ok {
			return true, errors.New("no time")
		}
		to.Set(reflect.ValueOf(time.Unix(n, 0).UTC()))
		return true, nil
	}}
	var out struct{ At, Until time.Time }
	require.NoError(t, d.Decode(ctx, evaluate(t, ev, "{ at = 1 + 1; }"), &out))
	assert.Equal(t, int64(2), out.At.Unix())
	assert.EqualError(t, d.Decode(ctx, evaluate(t, ev, `{ until = "x"; }`), &out), "until: no time («string»:1:3)")
}

func TestEncode(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	n := 5
	type inner struct{ A, B int }
	for _, tt := range []struct {
		x    any
		want string
	}{
		{nil, "null"}, {true, "true"}, {int8(-3), "-3"}, {uint64(7), "7"}, {1.5, "1.5"}, {"x", `"x"`}, {[]byte("y"), `"y"`},
		{90 * time.Second, `"1m30s"`}, {&n, "5"}, {(*int)(nil), "null"}, {[]int{1, 2}, "[1,2]"}, {[]int(nil), "null"},
		{[2]bool{true, false}, "[true,false]"}, {map[string]int{"b": 1, "a": 2}, `{"a":2,"b":1}`},
		{inner{1, 2}, `{"a":1,"b":2}`}, {level(2), `"high"`}, {map[level]int{1: 3}, `{"low":3}`},
		{json.Number("12"), "12"}, {json.Number("1.5"), "1.5"}, {netip.MustParseAddr("::1"), `"::1"`},
		{struct {
			X *inner `nix:"renamed"`
			Y string `nix:",omitempty"`
			Z int    `nix:"-"`
			base
		}{X: &inner{1, 1}, base: base{Name: "n"}}, `{"id":0,"name":"n","renamed":{"a":1,"b":1}}`},
		{[]any{1, "a", map[string]any{"k": nil}}, `[1,"a",{"k":null}]`},
		{eval.PathString("/a/../b"), `"/b"`},
		{eval.ContextString{Text: "t", Context: []eval.ContextElem{{Path: "/nix/store/ffffffffffffffffffffffffffffffff-x"}}}, `"t"`},
	} {
		v, err := ev.Encode(ctx, tt.x)
		if assert.NoError(t, err, "%v", tt.x) {
			assert.Equal(t, tt.want, toJSON(t, v), "%v", tt.x)
		}
	}
	var loop []any
	loop = append(loop, nil)
	loop[0] = loop
	for _, tt := range []struct {
		x    any
		want string
	}{
		{uint64(1 << 63), "does not fit"}, {make(chan int), "a Go chan int cannot be encoded"}, {loop, "max-call-depth"},
		{map[int]int{1: 1}, "keys of type int"}, {[]any{1, map[string]any{"a": make(chan int)}}, `element 1: attribute "a": a Go chan int`},
		{eval.PathString("a"), "not absolute"}, {eval.Value{}, "zero Value"}, {func(...int) {}, "any number of arguments"},
	} {
		_, err := ev.Encode(ctx, tt.x)
		assert.ErrorContains(t, err, tt.want)
	}
	other := evaluator(t, eval.Options{})
	v, err := ev.Encode(ctx, map[string]any{"x": evaluate(t, other, "{ a = [ 1 2 ]; }")})
	require.NoError(t, err)
	assert.Equal(t, `{"x":{"a":[1,2]}}`, toJSON(t, v), "a value of another evaluator is copied")
}

type db struct{ name string }

func TestFunctions(t *testing.T) {
	the := &db{"main"}
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func("join", func(sep string, parts []string) string { return strings.Join(parts, sep) }, "sep", "parts").WithDoc("Joins."),
		eval.Func("open", func() {}),
	}[:1]})
	assert.Equal(t, `"a-b"`, toJSON(t, evaluate(t, ev, `builtins.join "-" [ "a" "b" ]`)))

	functions := []eval.Function{
		eval.Func1("twice", func(_ context.Context, n int64) (int64, error) { return 2 * n, nil }, "n"),
		eval.Func2("plus", func(_ context.Context, a, b float64) (float64, error) { return a + b, nil }),
		eval.Func3("pick", func(_ context.Context, b bool, x, y eval.Value) (eval.Value, error) {
			if b {
				return x, nil
			}
			return y, nil
		}),
		eval.Func1("fail", func(_ context.Context, text string) (int, error) { return 0, errors.New(text) }),
		eval.Func1("raise", func(_ context.Context, text string) (int, error) { return 0, eval.Catchable(errors.New(text)) }),
		eval.Func1("panics", func(_ context.Context, _ string) (int, error) { panic("oh") }),
		eval.Func1("db", func(_ context.Context, _ string) (eval.Opaque, error) { return eval.Opaque{Value: the}, nil }),
		eval.Func1("dbName", func(_ context.Context, d *db) (string, error) { return d.name, nil }),
		eval.Func("apply", func(ctx context.Context, f func(context.Context, int) (int, error), n int) (int, error) {
			return f(ctx, n)
		}),
		eval.Func1("force", func(ctx context.Context, v eval.Value) (string, error) {
			v, err := v.Force(ctx)
			return v.Kind().String(), err
		}),
		eval.Func1("point", func(_ context.Context, p struct{ X, Y int }) (map[string]int, error) {
			return map[string]int{"sum": p.X + p.Y}, nil
		}),
	}
	ev = evaluator(t, eval.Options{Functions: functions})
	for _, tt := range []struct{ source, want string }{
		{"builtins.twice 21", "42"},
		{"builtins.plus 1 2.5", "3.5"},
		{`builtins.pick true 1 (throw "lazy")`, "1"},
		{`(builtins.tryEval (builtins.raise "x")).success`, "false"},
		{`builtins.dbName (builtins.db "")`, `"main"`},
		{`builtins.apply (n: n * n) 7`, "49"},
		{`builtins.force (1 + 1)`, `"int"`},
		{`builtins.point { x = 1; y = 2; }`, `{"sum":3}`},
		{`map builtins.twice [ 1 2 ]`, "[2,4]"},
	} {
		assert.Equal(t, tt.want, toJSON(t, evaluate(t, ev, tt.source)), tt.source)
	}
	for _, tt := range []struct{ source, want string }{
		{`builtins.tryEval (builtins.fail "reason")`, "reason"},
		{`builtins.panics ""`, "panic: oh"},
		{`builtins.twice "x"`, `expected an integer but found a string: "x"`},
		{`builtins.dbName "x"`, "expected a set"},
		{`builtins.point { x = "a"; }`, "x: expected an integer"},
		{`builtins.apply (n: throw "inner") 1`, "inner"},
		{`builtins.force (throw "thrown")`, "thrown"},
	} {
		_, err := ev.EvalString(ctx, tt.source)
		var e *eval.Error
		if assert.ErrorAs(t, err, &e, tt.source) {
			assert.Contains(t, e.Msg, tt.want, tt.source)
			assert.Contains(t, e.Render(eval.RenderOptions{}), "while calling the '", tt.source)
		}
	}
	cause := errors.New("cause")
	v, err := ev.Encode(ctx, func(int) error { return cause })
	require.NoError(t, err)
	assert.Equal(t, "«primop anonymous»", v.String())
	_, err = v.Call(ctx, 1)
	assert.ErrorIs(t, err, cause)

	for _, f := range []eval.Function{
		eval.Func("x", 1), eval.Func("x", func(...int) {}), eval.Func("x", func() {}), eval.Func("x", func(int) (int, int) { return 0, 0 }),
		eval.Func("not a name", func(int) {}), eval.Func("add", func(int) {}), eval.Func("x", func(int) {}, "a", "b"),
	} {
		_, err := eval.New(eval.Options{Functions: []eval.Function{f}})
		assert.ErrorContains(t, err, "eval: ")
	}
}

func TestProgram(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	p, err := ev.Compile(ctx, "greet.nix", `"${greeting}, ${name}" + builtins.toString (f 1)`, "name", "greeting", "f")
	require.NoError(t, err)
	for range 3 {
		v, err := p.Run(ctx, map[string]any{"name": "you", "greeting": "hello", "f": func(n int) int { return n + 1 }})
		require.NoError(t, err)
		assert.Equal(t, `"hello, you2"`, toJSON(t, v))
		require.NoError(t, ev.Collect(ctx))
	}
	_, err = p.Run(ctx, map[string]any{"name": "you", "greeting": "x"})
	assert.ErrorContains(t, err, `no value for its input "f"`)
	_, err = p.Run(ctx, map[string]any{"name": 1, "greeting": 2, "f": 3, "g": 4})
	assert.ErrorContains(t, err, "but there are 4 values")
	_, err = ev.Compile(ctx, "bad.nix", "a +", "a")
	assert.ErrorContains(t, err, "bad.nix:1:4: syntax error")
	_, err = ev.Compile(ctx, "bad.nix", "b", "a")
	assert.ErrorContains(t, err, "undefined variable 'b'")
	p, err = ev.Compile(ctx, "x.nix", "1 + 1")
	require.NoError(t, err)
	v, err := p.Run(ctx, nil)
	require.NoError(t, err)
	assert.Equal(t, "2", toJSON(t, v))
}

func TestSandbox(t *testing.T) {
	t.Setenv("HOME", "/secret")
	ev := evaluator(t, eval.Options{})
	for source, want := range map[string]string{
		`builtins.readFile /etc/passwd`:                 "does not exist",
		`builtins.readDir /.`:                           "does not exist",
		`import /etc/x.nix`:                             "does not exist",
		`<nixpkgs>`:                                     "was not found",
		`"${/etc/passwd}"`:                              "does not exist",
		`builtins.fetchurl "https://example.org"`:       "",
		`builtins.fetchTarball "https://example.org/x"`: "",
		`builtins.fetchGit /etc`:                        "",
	} {
		_, err := ev.EvalString(ctx, source)
		assert.ErrorContains(t, err, want, source)
	}
	assert.Equal(t, `["",false,0]`, toJSON(t, evaluate(t, ev, `[ (builtins.getEnv "HOME") (builtins.pathExists /etc) builtins.currentTime ]`)))
	v := evaluate(t, ev, `(derivation { name = "n"; system = "s"; builder = "b"; }).drvPath`)
	text, ok := v.Text()
	assert.True(t, ok)
	assert.Contains(t, text, "/nix/store/")
}

func TestFS(t *testing.T) {
	files := fstest.MapFS{
		"main.nix":        {Data: []byte(`{ b = import ./lib/b.nix; text = builtins.readFile ./t; dir = builtins.attrNames (builtins.readDir ./lib); }`)},
		"lib/b.nix":       {Data: []byte(`"lower"`)},
		"t":               {Data: []byte("text")},
		"lib/default.nix": {Data: []byte("1")},
	}
	ev := evaluator(t, eval.Options{FS: files, SearchPath: []eval.SearchPathEntry{{Prefix: "lib", Path: "/lib"}}})
	v, err := ev.EvalFile(ctx, "/main.nix")
	require.NoError(t, err)
	assert.Equal(t, `{"b":"lower","dir":["b.nix","default.nix"],"text":"text"}`, toJSON(t, v))
	assert.Equal(t, "1", toJSON(t, evaluate(t, ev, "import <lib>")))

	over := eval.Overlay(fstest.MapFS{"lib/b.nix": {Data: []byte(`"upper"`)}, "lib/c.nix": {Data: []byte("2")}, "t": {Data: []byte("t2")}}, files)
	require.NoError(t, fstest.TestFS(over, "main.nix", "lib/b.nix", "lib/c.nix", "lib/default.nix", "t"))
	v, err = evaluator(t, eval.Options{FS: over}).EvalFile(ctx, "main.nix")
	require.NoError(t, err)
	assert.Equal(t, `{"b":"upper","dir":["b.nix","c.nix","default.nix"],"text":"t2"}`, toJSON(t, v))
	_, err = fs.ReadFile(eval.Overlay(fstest.MapFS{"a": {Data: []byte("file")}}, fstest.MapFS{"a/b": {Data: []byte("x")}}), "a/b")
	assert.ErrorIs(t, err, fs.ErrNotExist, "a file hides a folder")

	// Other file systems than that of the evaluator.
	for range 2 {
		for want, fsys := range map[string]fs.FS{"lower": files, "upper": over} {
			v, err = ev.EvalFS(ctx, fsys, "main.nix")
			require.NoError(t, err)
			b, err := v.Select(ctx, "b")
			require.NoError(t, err)
			text, _ := b.Text()
			assert.Equal(t, want, text)
		}
	}
	_, err = ev.EvalFS(ctx, files, "none.nix")
	assert.ErrorContains(t, err, "/none.nix' does not exist")

	restricted := evaluator(t, eval.Options{FS: files, Allowed: []string{"/lib"}})
	_, err = restricted.EvalFile(ctx, "/main.nix")
	assert.ErrorContains(t, err, "is forbidden")
	_, err = restricted.EvalFile(ctx, "/lib/b.nix")
	assert.NoError(t, err)
}

func TestReads(t *testing.T) {
	files := fstest.MapFS{"main.nix": {Data: []byte(`[ (import ./a.nix) (builtins.pathExists ./none) (builtins.getEnv "X") (builtins.readDir ./d) ]`)},
		"a.nix": {Data: []byte("1")}, "d/x": {}, "other": {}}
	ev := evaluator(t, eval.Options{FS: files, Env: func(name string) string { return "value of " + name }, Record: true})
	v, err := ev.EvalFile(ctx, "/main.nix")
	require.NoError(t, err)
	require.NoError(t, v.DeepForce(ctx))
	reads := ev.Reads()
	var list []string
	for _, r := range reads {
		list = append(list, string(r.Kind)+" "+r.Name)
	}
	for _, want := range []string{"file /main.nix", "file /a.nix", "absent /none", "env X", "directory /d"} {
		assert.Contains(t, list, want)
	}
	assert.NotContains(t, strings.Join(list, "\n"), "other")
	assert.Empty(t, ev.Changed(ctx, reads))
	files["a.nix"].Data = []byte("2")
	files["none"] = &fstest.MapFile{}
	files["d/y"] = &fstest.MapFile{}
	list = nil
	for _, r := range ev.Changed(ctx, reads) {
		list = append(list, string(r.Kind)+" "+r.Name)
	}
	assert.Equal(t, []string{"file /a.nix", "directory /d", "absent /none"}, list)
	ev.Forget()
	v, err = ev.EvalFile(ctx, "/main.nix")
	require.NoError(t, err)
	assert.Contains(t, toJSON(t, v), "[2,true,")
}

func TestReadsOfAnEvaluation(t *testing.T) {
	files := fstest.MapFS{"a.nix": {Data: []byte("builtins.readFile ./x")}, "b.nix": {Data: []byte("builtins.readFile ./y")}, "x": {}, "y": {}}
	ev := evaluator(t, eval.Options{FS: files, Record: true})
	var a, b eval.ReadLog
	for file, log := range map[string]*eval.ReadLog{"/a.nix": &a, "/b.nix": &b} {
		_, err := ev.EvalFile(eval.WithReads(ctx, log), file)
		require.NoError(t, err)
	}
	read := func(reads []eval.Read) (names []string) {
		for _, r := range reads {
			if r.Kind == eval.ReadFile {
				names = append(names, r.Name)
			}
		}
		return names
	}
	assert.Equal(t, []string{"/a.nix", "/x"}, read(a.Reads()))
	assert.Equal(t, []string{"/b.nix", "/y"}, read(b.Reads()))
	assert.Equal(t, []string{"/a.nix", "/b.nix", "/x", "/y"}, read(ev.Reads()))
}

func TestSinks(t *testing.T) {
	var traces, warnings []string
	ev := evaluator(t, eval.Options{
		Trace: func(text string) { traces = append(traces, text) },
		Warn:  func(text string) { warnings = append(warnings, text) },
	})
	evaluate(t, ev, `builtins.trace { a = 1; } (builtins.warn "careful" 1)`)
	assert.Equal(t, []string{"{ a = 1; }"}, traces)
	assert.Equal(t, []string{"careful"}, warnings)
}

func TestStore(t *testing.T) {
	ev := evaluator(t, eval.Options{Store: eval.Memory("")})
	v := evaluate(t, ev, `
		let dep = derivation { name = "dep"; system = "s"; builder = "b"; };
		in derivation { name = "n"; system = "s"; builder = "b"; inherit dep; file = builtins.toFile "f" "text"; }`)
	path, err := v.Select(ctx, "drvPath")
	require.NoError(t, err)
	text, _ := path.Text()
	d, err := ev.Derivation(text)
	require.NoError(t, err)
	assert.Equal(t, "n", d.Name)
	require.Len(t, d.InputDrvs, 1)
	assert.True(t, strings.HasSuffix(d.InputDrvs[0].Drv, "-dep.drv"))
	assert.Len(t, d.InputSrcs, 1)
	require.Len(t, path.Context(), 1)

	var objects []string
	ev = evaluator(t, eval.Options{Store: eval.MemoryNotify("", func(o eval.StoreObject) error {
		objects = append(objects, o.Path[44:])
		if strings.HasSuffix(o.Path, "bad.drv") {
			return errors.New("is refused")
		}
		return nil
	})})
	evaluate(t, ev, `(derivation { name = "n"; system = "s"; builder = builtins.toFile "f" "text"; }).drvPath`)
	assert.Equal(t, []string{"f", "n.drv"}, objects)
	_, err = ev.EvalString(ctx, `(derivation { name = "bad"; system = "s"; builder = "b"; }).drvPath`)
	assert.ErrorContains(t, err, "is refused")
}

// A countingStore is a store of a program that embeds firn: it counts the texts.
type countingStore struct {
	store.Store
	texts int
}

func (s *countingStore) AddText(ctx context.Context, text store.Text) (string, error) {
	s.texts++
	return s.Store.AddText(ctx, text)
}

// TestOwnStore evaluates with an implementation of store.Store that is not firn's.
func TestOwnStore(t *testing.T) {
	var own *countingStore
	ev := evaluator(t, eval.Options{Store: func(host eval.Host) store.Store {
		own = &countingStore{Store: memory.New(store.Disk("/own/store", host))}
		return own
	}})
	v := evaluate(t, ev, `builtins.readFile (builtins.toFile "f" "text") + (derivation { name = "n"; system = "s"; builder = "b"; }).drvPath`)
	text, _ := v.Text()
	assert.Regexp(t, `^text/own/store/.*-n\.drv$`, text)
	assert.Equal(t, 2, own.texts)

	_, err := eval.New(eval.Options{Store: func(eval.Host) store.Store { return nil }})
	assert.ErrorContains(t, err, "Options.Store returned nil")
}
