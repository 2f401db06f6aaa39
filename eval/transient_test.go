package eval_test

// This file defines the tests of results and errors of Go functions that are not kept, of their
// panics, and of collections beside functions that take long.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestTransient(t *testing.T) {
	calls := 0
	flaky := func(wrap func(error) error) func(ctx context.Context, n int) (int, error) {
		calls = 0
		return func(_ context.Context, n int) (int, error) {
			if calls++; calls == 1 {
				return 0, wrap(errors.New("no route to host"))
			}
			return n, nil
		}
	}
	for _, tt := range []struct {
		name string
		wrap func(error) error
		want int // calls
	}{
		{"kept", func(err error) error { return err }, 1},
		{"transient", eval.Transient, 2},
		{"caught", func(err error) error { return eval.Catchable(eval.Transient(err)) }, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ev := evaluator(t, eval.Options{
				FS:        fstest.MapFS{"shared.nix": {Data: []byte(`rec { x = builtins.flaky 7; y = x + 1; }`)}},
				Functions: []eval.Function{eval.Func1("flaky", flaky(tt.wrap))},
			})
			_, err := ev.EvalString(ctx, `(import /shared.nix).y`)
			require.ErrorContains(t, err, "no route to host")
			v, err := ev.EvalString(ctx, `(import /shared.nix).y`)
			assert.Equal(t, tt.want, calls)
			if tt.want == 1 {
				assert.ErrorContains(t, err, "no route to host")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "8", v.String())
		})
	}
}

// TestTransientCaught makes a value of an error that was caught: it is not kept either.
func TestTransientCaught(t *testing.T) {
	calls := 0
	ev := evaluator(t, eval.Options{
		FS: fstest.MapFS{"shared.nix": {Data: []byte(`{ ok = (builtins.tryEval (builtins.flaky 1)).success; }`)}},
		Functions: []eval.Function{eval.Func1("flaky", func(context.Context, int) (int, error) {
			if calls++; calls == 1 {
				return 0, eval.Catchable(eval.Transient(errors.New("no route to host")))
			}
			return 1, nil
		})},
	})
	assert.Equal(t, "false", evaluate(t, ev, `(import /shared.nix).ok`).String())
	assert.Equal(t, "true", evaluate(t, ev, `(import /shared.nix).ok`).String())
}

type userKey struct{}

// TestTransientResults evaluates expressions of a shared file that depend on a value of the
// context, for several users: each gets its own, and calls the function once.
func TestTransientResults(t *testing.T) {
	for _, tt := range []struct{ name, expr, want string }{
		{"attribute", `s.user`, `"%s"`},
		{"made of it", `s.greeting + s.greeting`, `"hello %[1]shello %[1]s"`},
		{"variable", `s.twice`, `"%[1]s%[1]s"`},
		{"inherited", `s.inherited`, `"%s"`},
		{"application", `builtins.head s.mapped`, `"%s!"`},
		{"list", `builtins.concatStringsSep " " s.names`, `"%[1]s root %[1]s!"`},
		{"sorted", `toString (builtins.sort builtins.lessThan s.names)`, `"%[1]s %[1]s! root"`},
		{"concatenated", `toString (builtins.concatLists [ s.names [ 1 ] s.wrapped ])`, `"%[1]s root %[1]s! 1 %[1]s"`},
		{"concatenated thunks", `toString (builtins.concatLists s.lists)`, `"%[1]s"`},
		{"replaced", `builtins.replaceStrings s.wrapped [ "user" ] "a ${s.user} b"`, `"a user b"`},
		{"replacement", `builtins.replaceStrings [ "x" ] s.wrapped "x x"`, `"%[1]s %[1]s"`},
		{"names", `toString (builtins.attrNames s.byName)`, `"%s"`},
		{"selected", `s.byName.${s.user}`, `7`},
		{"pairs", `(builtins.listToAttrs s.pairs).a`, `"%s"`},
		{"zipped", `toString (builtins.zipAttrsWith (n: vs: vs) s.sets).a`, `"%s"`},
		{"grouped", `toString (builtins.attrNames (builtins.groupBy (x: x) s.wrapped))`, `"%s"`},
		{"closure", `toString (map (x: x.key) (builtins.genericClosure { startSet = s.keys; operator = x: [ ]; }))`, `"%s"`},
		{"equal", `s.wrapped == [ s.user ] && s.user == s.user && s.fn == s.fn`, `false`},
		{"deep", `builtins.deepSeq s.names (toString s.names)`, `"%[1]s root %[1]s!"`},
		{"scope", `with s.scope; a`, `"%s"`},
		{"default", `s.withDefault { }`, `"%s"`},
		{"strict argument", `s.strict`, `"%s"`},
		{"derivation", `(derivation { name = s.user; system = "x"; builder = "y"; }).name`, `"%s"`},
		{"assertion", `(builtins.tryEval s.onlyAlice).success`, ""},
		{"file", `import /whole.nix`, `"%s"`},
		{"JSON", `builtins.fromJSON (builtins.toJSON s.wrapped) == s.wrapped`, `true`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			ev := evaluator(t, eval.Options{
				FS: fstest.MapFS{"shared.nix": {Data: []byte(`rec {
					user = builtins.user null;
					greeting = "hello " + user;
					twice = let u = user; in u + u;
					inherit ({ inherited = user; }) inherited;
					mapped = map (x: x + "!") [ user ];
					names = [ user "root" (user + "!") ];
					wrapped = [ user ];
					lists = [ (builtins.seq user [ ]) (if user == "" then [ ] else [ user ]) ];
					byName = { ${user} = 7; };
					pairs = [ (builtins.seq user { name = "a"; value = user; }) ];
					sets = [ (builtins.seq user { a = user; }) ];
					keys = [ (builtins.seq user { key = user; }) ];
					fn = builtins.seq user (x: x);
					scope = builtins.seq user { a = user; };
					withDefault = { x ? user }: x;
					strict = (x: if x == null then 1 else let y = x; in y) user;
					onlyAlice = if user == "alice" then 1 else throw "not alice";
				}`)}, "whole.nix": {Data: []byte(`(import /shared.nix).user`)}},
				Functions: []eval.Function{eval.Func1("user", func(ctx context.Context, _ any) (string, error) {
					calls++
					return ctx.Value(userKey{}).(string), nil
				}).Transient()},
			})
			for i, user := range []string{"alice", "bob", "alice"} {
				want := tt.want
				switch {
				case want == "":
					want = fmt.Sprint(user == "alice")
				case strings.Contains(want, "%"):
					want = fmt.Sprintf(want, user)
				}
				v, err := ev.EvalString(context.WithValue(ctx, userKey{}, user), "let s = import /shared.nix; in "+tt.expr)
				require.NoError(t, err)
				assert.Equal(t, want, v.String())
				assert.Equal(t, i+1, calls)
			}
		})
	}
}

// TestTransientPrinted writes and decodes values that are not kept: printers see them as
// evaluated within the evaluation.
func TestTransientPrinted(t *testing.T) {
	ev := evaluator(t, eval.Options{
		FS:        fstest.MapFS{"shared.nix": {Data: []byte(`rec { user = builtins.user null; all = [ user { a = user; } ]; }`)}},
		Functions: []eval.Function{eval.Func("user", func(ctx context.Context, _ any) string { return ctx.Value(userKey{}).(string) }).Transient()},
	})
	all := evaluate(t, ev, `(import /shared.nix).all`)
	for _, user := range []string{"alice", "bob"} {
		ctx := context.WithValue(ctx, userKey{}, user)
		text, err := all.JSON(ctx)
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf(`["%[1]s",{"a":"%[1]s"}]`, user), string(text))
		var out strings.Builder
		require.NoError(t, all.Print(ctx, &out, eval.PrintOptions{Strict: true}))
		assert.Equal(t, fmt.Sprintf("[ %[1]q { a = %[1]q; } ]\n", user), out.String())
		var list []any
		require.NoError(t, eval.Decode(ctx, all, &list))
		assert.Equal(t, []any{user, map[string]any{"a": user}}, list)
		var required struct {
			A string `nix:",required"`
		}
		part, err := all.Select(ctx, "1")
		require.NoError(t, err)
		require.NoError(t, eval.Decode(ctx, part, &required))
		assert.Equal(t, user, required.A)
	}
}

// TestTransientWithin evaluates for another user within an evaluation.
func TestTransientWithin(t *testing.T) {
	ev := evaluator(t, eval.Options{
		FS: fstest.MapFS{"shared.nix": {Data: []byte(`{ user = builtins.user null; }`)}},
		Functions: []eval.Function{
			eval.Func1("user", func(ctx context.Context, _ any) (string, error) { return ctx.Value(userKey{}).(string), nil }).Transient(),
			eval.Func2("as", func(ctx context.Context, user string, v eval.Value) (eval.Value, error) {
				return v.Force(context.WithValue(ctx, userKey{}, user))
			}),
		},
	})
	v, err := ev.EvalString(context.WithValue(ctx, userKey{}, "alice"),
		`let s = import /shared.nix; in [ s.user (builtins.as "bob" s.user) s.user ]`)
	require.NoError(t, err)
	text, err := v.JSON(context.WithValue(ctx, userKey{}, "alice"))
	require.NoError(t, err)
	assert.Equal(t, `["alice","bob","alice"]`, string(text))
}

// TestTransientBeside evaluates for many users at the same time.
func TestTransientBeside(t *testing.T) {
	ev := evaluator(t, eval.Options{
		FS: fstest.MapFS{"shared.nix": {Data: []byte(`rec { user = builtins.user null; twice = user + user; list = map (x: x + twice) [ user ]; }`)}},
		Functions: []eval.Function{eval.Func1("user", func(ctx context.Context, _ any) (string, error) {
			return ctx.Value(userKey{}).(string), nil
		}).Transient()},
	})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			user := fmt.Sprint("user", i)
			for range 50 {
				v, err := ev.EvalString(context.WithValue(ctx, userKey{}, user), `builtins.head (import /shared.nix).list`)
				if !assert.NoError(t, err) || !assert.Equal(t, fmt.Sprintf("%q", user+user+user), v.String()) {
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestPanicStack(t *testing.T) {
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("burst", func(context.Context, int) (int, error) { panic("pipe") }),
	}})
	_, err := ev.EvalString(ctx, `builtins.burst 1`)
	var p *eval.PanicError
	require.ErrorAs(t, err, &p)
	assert.Equal(t, "pipe", p.Value)
	assert.Contains(t, string(p.Stack), "TestPanicStack")
}

func TestExplainNothing(t *testing.T) {
	assert.Nil(t, evaluator(t, eval.Options{}).Explain(nil))
}

// TestCollectBeside collects while an evaluation goes on that does not end: others begin
// all the same.
func TestCollectBeside(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("wait", func(_ context.Context, n int) (int, error) {
			started <- true
			<-release
			return n, nil
		}),
	}})
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := ev.EvalString(ctx, `builtins.wait 1`)
		assert.NoError(t, err)
	})
	<-started
	wg.Go(func() { assert.NoError(t, ev.Collect(ctx)) })
	for range 3 {
		assert.Equal(t, "2", evaluate(t, ev, "1 + 1").String())
		time.Sleep(50 * time.Millisecond) // so that some meet a collection
	}
	close(release)
	wg.Wait()
	assert.Positive(t, ev.Stats().Collections)
}
