package format_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// withWaiting returns an evaluator with builtins.wait, which waits until something is
// received, and returns its argument.
func withWaiting(t *testing.T, from <-chan string) *core.Evaluator {
	st := store.ReadOnlyView("/nix/store", world.OS())
	list := append(builtins.All(st), &core.Builtin{
		Name: "wait", Args: []string{"x"},
		Impl: func(c *core.Call) (heap.Value, error) {
			select {
			case <-from:
			case <-c.Ctx().Done():
				return 0, c.Ctx().Err()
			}
			return c.Arg(0).Value()
		},
	})
	ev, err := core.New(core.Options{Builtins: list, Host: st.Host(), Copier: st})
	require.NoError(t, err)
	return ev
}

// What comes before a part that takes long can be read before that is evaluated.
func TestStreaming(t *testing.T) {
	for form, want := range map[format.Form][2]string{
		format.Nix:  {`{ a = 1; b = [ 2 `, `3 ]; }`},
		format.JSON: {`{"a":1,"b":[2,`, `3]}`},
		format.YAML: {"a: 1\nb:\n  - 2\n", "  - 3\n"},
		format.XML: {"<?xml version='1.0' encoding='utf-8'?>\n<expr>\n  <attrs>\n    <attr name=\"a\">\n      <int value=\"1\" />\n    </attr>\n" +
			"    <attr name=\"b\">\n      <list>\n        <int value=\"2\" />\n",
			"        <int value=\"3\" />\n      </list>\n    </attr>\n  </attrs>\n</expr>\n"},
	} {
		t.Run(string(form), func(t *testing.T) {
			read := make(chan string)
			ev := withWaiting(t, read)
			r, w := io.Pipe()
			done := make(chan error)
			go func() {
				err := ev.Run(context.Background(), func(c *core.Call) error {
					v, err := c.EvalText("«string»", `{ a = 1; b = [ 2 (builtins.wait 3) ]; }`, "/")
					if err != nil {
						return err
					}
					return format.Write(c.Source(), w, heap.Lazy(v), format.Options{Form: form, Delay: time.Millisecond})
				})
				w.Close()
				done <- err
			}()
			first := make([]byte, len(want[0]))
			_, err := io.ReadFull(r, first)
			require.NoError(t, err)
			assert.Equal(t, want[0], string(first))
			read <- "now"
			rest, err := io.ReadAll(r)
			require.NoError(t, err)
			assert.Equal(t, want[1], string(rest))
			require.NoError(t, <-done)
		})
	}
}

// An error leaves nothing behind if nothing was written yet, and otherwise a text that
// cannot be mistaken for the whole.
func TestErrorEndsText(t *testing.T) {
	long := `builtins.genList (i: "element ${toString i}") 10000`
	for _, tt := range []struct {
		form   format.Form
		source string
		suffix string // of what is written; "" for nothing
	}{
		{format.JSON, `{ a = 1; b = throw "no"; }`, ""},
		{format.YAML, `{ a = 1; b = throw "no"; }`, ""},
		{format.JSON, `{ a = ` + long + `; b = throw "no"; }`, `"b":`},
		{format.Nix, `{ a = ` + long + `; b = throw "no"; }`, ` b = `},
		{format.YAML, `{ a = ` + long + `; b = throw "no"; }`, "9999\n# incomplete: what follows could not be evaluated\n"},
		{format.TOML, `{ a = ` + long + `; b = throw "no"; }`, "\n]\n# incomplete: what follows could not be evaluated\n"},
		{format.Env, `{ A = builtins.toString (` + long + `); b = throw "no"; }`, "# incomplete: what follows could not be evaluated\n"},
	} {
		out, err := write(t, tt.source, format.Options{Form: tt.form})
		var e *format.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, ".b", e.Path.String())
		if tt.suffix == "" {
			assert.Empty(t, out)
			continue
		}
		assert.True(t, strings.HasSuffix(out, tt.suffix), "%s: %q", tt.form, out[max(0, len(out)-80):])
	}
}

type failingWriter struct{ after int }

var errPipe = errors.New("nobody reads")

func (f *failingWriter) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, errPipe
	}
	return len(p), nil
}

// A writer that fails ends the evaluation.
func TestWriteError(t *testing.T) {
	ev := newEvaluator(t)
	for _, form := range []format.Form{format.Nix, format.JSON, format.YAML, format.XML} {
		err := ev.Run(context.Background(), func(c *core.Call) error {
			v, err := c.EvalText("«string»", `builtins.genList (i: "element ${toString i}") 1000000`, "/")
			if err != nil {
				return err
			}
			return format.Write(c.Source(), &failingWriter{1 << 18}, heap.Lazy(v), format.Options{Form: form, OnError: goOn})
		})
		require.ErrorIs(t, err, errPipe, "%s", form)
	}
}

// Deep values end with an error, as large ones do when there is a limit, also where
// errors are gone on after.
func TestDeepAndEndless(t *testing.T) {
	for _, form := range []format.Form{format.Nix, format.JSON, format.YAML, format.TOML, format.XML} {
		for source, want := range map[string]string{
			`let f = n: { inner = f (n + 1); }; in f 0`:            "stack overflow; max-call-depth exceeded",
			`let x = { a = [ x ]; }; in { inherit x; }`:            "contains itself",
			`let x.outPath = x; in { inherit x; }`:                 "stack overflow",
			`let f = n: { outPath = f (n + 1); }; in { a = f 0; }`: "stack overflow",
		} {
			if form == format.Nix && strings.Contains(source, "let x") {
				continue // «repeated»
			}
			if form == format.XML && strings.Contains(source, "let f") {
				continue // most of which would be indentation
			}
			if form == format.XML {
				want = "contains itself"
			}
			for _, onError := range []func(*format.Error) error{nil, goOn} {
				_, err := write(t, source, format.Options{Form: form, OnError: onError})
				if onError != nil && err == nil {
					continue // it could be marked
				}
				require.ErrorContains(t, err, want, "%s: %s", form, source)
				require.Less(t, len(err.Error()), 2000)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	st := store.ReadOnlyView("/nix/store", world.OS())
	for _, form := range []format.Form{format.Nix, format.JSON, format.YAML, format.TOML, format.XML} {
		ev, err := core.New(core.Options{Builtins: builtins.All(st), Host: st.Host(), Copier: st, Limits: core.Limits{Steps: 50_000}})
		require.NoError(t, err)
		// Two of everything: a value as large as two to the power of its depth.
		err = ev.Run(context.Background(), func(c *core.Call) error {
			v, err := c.EvalText("«string»", `{ x = (builtins.foldl' (x: n: { a = [ x ]; b = [ x ]; }) { } (builtins.genList (n: n) 60)); }`, "/")
			if err != nil {
				return err
			}
			return format.Write(c.Source(), io.Discard, heap.Lazy(v), format.Options{Form: form, OnError: goOn})
		})
		if form == format.Nix {
			require.NoError(t, err)
			continue
		}
		var e *core.Error
		require.ErrorAs(t, err, &e, "%s", form)
		require.Equal(t, core.LimitSteps, e.Limit, "%s: %s", form, err)
	}
}

// A document that is made whole, as builtins.toXML makes it, is the one that is
// streamed.
func TestSameAsDocument(t *testing.T) {
	ev := newEvaluator(t)
	for _, source := range []string{
		`{ a = 1; f = { x, y ? 1, ... }@z: 1; g = x: x; h = map; d = derivation { name = "x"; builder = "b"; system = "s"; }; l = [ 1 1.5 null true "x<&\n" ]; p = /x; }`,
		`let d = derivation { name = "x"; builder = "b"; system = "s"; }; in [ d d { } [ ] ]`,
	} {
		err := ev.Run(context.Background(), func(c *core.Call) error {
			v, err := c.EvalText("«string»", source, "/")
			if err != nil {
				return err
			}
			for _, opt := range []format.Options{{Form: format.XML}, {Form: format.XML, Locations: true}} {
				doc, err := format.ToXML(c.Source(), heap.Lazy(v), opt)
				if err != nil {
					return err
				}
				want, err := doc.Bytes()
				if err != nil {
					return err
				}
				var got bytes.Buffer
				if err := format.Write(c.Source(), &got, heap.Lazy(v), opt); err != nil {
					return err
				}
				require.Equal(t, string(want), got.String())
			}
			return nil
		})
		require.NoError(t, err)
	}
}
