package eval_test

// This file defines the tests of what Decode refuses, and how it names fields.

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/report"
)

// A folded is a key that has no case.
type folded string

func (f *folded) UnmarshalText(text []byte) error {
	*f = folded(strings.ToLower(string(text)))
	return nil
}

func TestDecodeRefuses(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	decode := func(source string, to any) error {
		return eval.Decode(ctx, evaluate(t, ev, source), to)
	}
	var port struct {
		Port *int `nix:",required"`
	}
	assert.ErrorContains(t, decode(`{ port = if true then null else 1; }`, &port), "port: the attribute is required, but null")
	var f float32
	assert.ErrorContains(t, decode(`1.0e300`, &f), "does not fit into a Go float32")
	assert.NoError(t, decode(`1.5e30`, &f))
	var keys map[folded]int
	assert.ErrorContains(t, decode(`{ a = 1; A = 2; }`, &keys), "the key is that of the attribute")
	assert.NoError(t, decode(`{ a = 1; B = 2; }`, &keys))
	assert.Equal(t, map[folded]int{"a": 1, "b": 2}, keys)
}

func TestFieldNames(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	var x struct {
		IDs, IDsByName, OAuth2, OAuthURL, IPv4, URLPath, HTTPServer, AWord, ID, Names int
	}
	v, err := ev.Encode(ctx, x)
	require.NoError(t, err)
	var names []string
	for name := range v.Attrs() {
		names = append(names, name)
	}
	assert.Equal(t, "aWord httpServer id ids idsByName ipv4 names oauth2 oauthURL urlPath", strings.Join(names, " "))
}

func TestContextCause(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	reason := errors.New("the client went away")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(fmt.Errorf("request 7: %w", reason))
	_, err := ev.EvalString(ctx, "1")
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, err, reason)
	late, stop := context.WithTimeout(context.Background(), 1)
	defer stop()
	<-late.Done()
	_, err = ev.EvalString(late, "1")
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.NotContains(t, err.Error(), "the user")
}

func TestNothingToWatch(t *testing.T) {
	assert.Error(t, eval.Value{}.Watch(ctx))
}

// A picky refuses everything.
type picky struct{}

func (*picky) UnmarshalNix(context.Context, eval.Value) error { return errors.New("not on Sundays") }

// TestDecodeCodes fails in all ways in which decoding can fail: each has its code, which is
// explained, and a report with a place.
func TestDecodeCodes(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	seen := map[string]bool{}
	for _, tt := range []struct {
		code, source string
		to           any
	}{
		{"decode-type", `{ port = "80"; }`, new(struct{ Port int })},
		{"decode-type", `{ port = true; }`, new(struct{ Port []int })},
		{"decode-range", `{ port = 70000; }`, new(struct{ Port uint16 })},
		{"decode-range", `{ port = -1; }`, new(struct{ Port uint })},
		{"decode-range", `{ port = [ 1 ]; }`, new(struct{ Port [2]int })},
		{"decode-range", `{ port = 1.0e300; }`, new(struct{ Port float32 })},
		{"decode-text", `{ port = "soon"; }`, new(struct{ Port time.Duration })},
		{"decode-text", `{ port = "300.1.1.1"; }`, new(struct{ Port netip.Addr })},
		{"decode-text", `{ port = { a = 1; A = 2; }; }`, new(struct{ Port map[folded]int })},
		{"decode-missing", `{ port = { }; }`, new(struct {
			Port struct {
				N int `nix:",required"`
			}
		})},
		{"decode-missing", `{ port = null; }`, new(struct {
			Port *int `nix:",required"`
		})},
		{"decode-unknown", `{ port = { n = 1; }; }`, new(struct{ Port struct{} })},
		{"decode-target", `{ port = 1; }`, new(struct{ Port chan int })},
		{"decode-target", `{ port = { }; }`, new(struct{ Port map[int]int })},
		{"decode-target", `{ port = x: x; }`, new(struct{ Port func(...int) error })},
		{"decode-target", `{ port = { }; }`, new(struct {
			Port struct {
				A int `nix:"x"`
				B int `nix:"x"`
			}
		})},
		{"decode-refused", `{ port = 1; }`, new(struct{ Port picky })},
		{"panic", `{ port = 1; }`, new(struct{ Port panicking })},
		{"thrown", `{ port = throw "none"; }`, new(struct{ Port int })},
		{"wrong-type", `{ port = 1 + "x"; }`, new(struct{ Port int })},
	} {
		seen[tt.code] = true
		for _, all := range []bool{false, true} {
			d := eval.Decoder{Strict: true, All: all}
			err := d.Decode(ctx, evaluate(t, ev, tt.source), tt.to)
			var e *eval.DecodeError
			require.ErrorAs(t, err, &e, tt.source)
			assert.Equal(t, tt.code, e.Code, tt.source)
			assert.Regexp(t, `^port(\.|$)`, e.Path)
			r := ev.Explain(err)
			assert.Equal(t, tt.code, r.Code.Name, tt.source)
			if strings.HasPrefix(tt.code, "decode-") && assert.NotNil(t, r.Place, tt.source) {
				assert.Equal(t, 1, r.Place.Line)
				assert.Contains(t, r.Message, "port")
			}
		}
	}
	for _, code := range report.Codes() {
		if strings.HasPrefix(code.Name, "decode-") {
			assert.True(t, seen[code.Name], "no error has the code %s", code.Name)
		}
	}
	err := eval.Decode(ctx, evaluate(t, ev, "1"), 1)
	var e *eval.DecodeError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "decode-target", e.Code)
}

func TestDecodeAll(t *testing.T) {
	ev := evaluator(t, eval.Options{Limits: eval.Limits{Steps: 1_000_000}})
	source := `{
		services = [ { port = 70000; } { port = 80; } { port = "x"; prot = 1; } ];
		names = { a = 1; b = "ok"; };
		free = { x = [ 1 (throw "no") 3 ]; y = 1 + 2; z = 1 + "x"; };
		lebel = "high";
		timeout = "soon";
	}`
	type target struct {
		Services []struct{ Port uint16 }
		Names    map[string]string
		Free     any
		Level    string `nix:",required"`
		Timeout  time.Duration
	}
	d := eval.Decoder{All: true, Strict: true}
	var out target
	err := d.Decode(ctx, evaluate(t, ev, source), &out)
	var all eval.DecodeErrors
	require.ErrorAs(t, err, &all)
	var lines []string
	for _, e := range all {
		lines = append(lines, fmt.Sprintf("%s %s %s:%d", e.Code, e.Path, strings.Join(e.Suggestions, ","), e.Pos.Line))
	}
	assert.Equal(t, []string{
		"decode-range services.0.port :2", "decode-type services.2.port :2", "decode-unknown services.2.prot :2",
		"decode-type names.a :3", "thrown free.x.1 :4", "wrong-type free.z :4",
		"decode-missing  lebel:0", "decode-text timeout :6", "decode-unknown lebel level:5",
	}, lines)
	assert.Len(t, strings.Split(err.Error(), "\n"), len(all))
	assert.Contains(t, err.Error(), "the attribute 'level' is missing; did you mean 'lebel'?")
	assert.Equal(t, uint16(80), out.Services[1].Port)
	assert.Equal(t, map[string]string{"b": "ok"}, out.Names)
	assert.Equal(t, map[string]any{"y": int64(3)}, out.Free)
	var inner *eval.Error
	require.ErrorAs(t, all[5], &inner)
	assert.Equal(t, eval.ErrType, inner.Kind)
	assert.Equal(t, 4, inner.Position().Line)

	// Of a misspelled name both sides are suggested, without others that are similar.
	var close struct{ Port, Prot2 int }
	err = d.Decode(ctx, evaluate(t, ev, `{ prot2 = 1; prot = 2; }`), &close)
	require.ErrorAs(t, err, &all)
	assert.Equal(t, "prot: there is no field for it in the Go type struct { Port int; Prot2 int }; did you mean 'port'? («string»:1:14)", err.Error())

	// There is an end: at a hundred errors, at a limit, and when the context is done.
	err = d.Decode(ctx, evaluate(t, ev, `builtins.genList (n: "x") 1000`), new([]int))
	require.ErrorAs(t, err, &all)
	assert.Len(t, all, 100)
	err = d.Decode(ctx, evaluate(t, ev, `[ "x" (builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 2000000)) "x" ]`), new([]int))
	require.ErrorAs(t, err, &all)
	assert.Len(t, all, 2)
	assert.Equal(t, "limit", all[1].Code)
	done, cancel := context.WithCancel(ctx)
	cancel()
	err = d.Decode(done, evaluate(t, ev, `[ "x" ]`), new([]int))
	require.ErrorAs(t, err, &all)
	assert.Equal(t, "interrupted", all[0].Code)
	assert.ErrorIs(t, err, context.Canceled)
	assert.NoError(t, d.Decode(ctx, evaluate(t, ev, `[ 1 ]`), new([]int)))
}
