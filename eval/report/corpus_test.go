package report_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/corpus/gen"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// TestCorpus makes reports on all errors of the corpus: what they say is sound,
// whatever the error is.
func TestCorpus(t *testing.T) {
	codes := map[string]int{}
	for _, set := range []string{"lang", "builtins"} {
		corpus.Run(t, filepath.Join("..", "..", "corpus", set), "eval-fail-", func(t *testing.T, c corpus.Case) {
			file, err := filepath.Abs(c.Path)
			require.NoError(t, err)
			host := world.OS()
			st := store.ReadOnlyView("/nix/store", host)
			opt := core.Options{Host: host, Copier: st, Builtins: builtins.All(st), Home: "/home/alice", Internal: builtins.InternalTexts(), Features: map[string]bool{}}
			for _, flag := range c.Flags {
				opt.Features[flag] = true
			}
			ev, err := core.New(opt)
			require.NoError(t, err)
			err = ev.Run(context.Background(), func(c *core.Call) error {
				v, err := c.EvalMain(filepath.ToSlash(file))
				if err != nil {
					return err
				}
				return c.DeepForce(heap.Lazy(v))
			})
			var e *core.Error
			if !errors.As(err, &e) {
				return // it needs flags of the command
			}
			r := report.New(err, report.For(ev, host, file))
			codes[r.Code.Name]++
			assert.NotEmpty(t, e.Code, e.Msg)
			assert.NotContains(t, []string{"host", "internal"}, r.Code.Name, "the error has no code of its own: %s", e.Msg)
			if r.Place != nil {
				assert.Positive(t, r.Place.Line)
				assert.Positive(t, r.Place.Column)
				assert.True(t, r.Place.EndLine > r.Place.Line || r.Place.EndColumn >= r.Place.Column)
				assert.Len(t, r.Place.Lines, r.Place.EndLine-r.Place.Line+1)
			}
			for _, opt := range []report.TextOptions{{}, {Color: true, Width: 40, ShowTrace: true}, {Dir: filepath.Dir(file), Width: 100}} {
				text := r.Text(opt)
				for line := range strings.Lines(text) {
					assert.NotContains(t, ansi.Plain(line), "\x1b")
				}
				assert.Contains(t, text, "error[")
				assert.NotContains(t, text, "%!")
			}
			// Colours change nothing but colours.
			plain := r.Text(report.TextOptions{Width: 60, ShowTrace: true})
			assert.Equal(t, plain, ansi.Plain(r.Text(report.TextOptions{Width: 60, ShowTrace: true, Color: true})))
			assert.True(t, json.Valid(r.JSON()))
			assert.True(t, utf8.Valid(r.JSON()))
		})
	}
	t.Log(codes)
}

// TestDamaged makes reports on texts that end anywhere, or miss a byte: no error of
// the parser makes one fail.
func TestDamaged(t *testing.T) {
	const source = `{ lib, pkgs ? import <nixpkgs> { }, ... }@args:
let
  inherit (lib) mkIf "quoted"; # comment
  text = ''
    indented ${toString (1 + 2)} ''${no} text
  '';
  list = [ 1 2.5 ./path "a${"b"}c" (x: y: x) ];
in
/* long */ rec {
  a.b."c d" = if list == [ ] then { } else args.x or null;
  f = { y, z ? -1 }: assert y != z; with pkgs; y + z * 2;
}`
	check := func(text string) {
		cfg := lang.NewConfig()
		tree, err := cfg.Parse("/w/main.nix", text)
		if err == nil {
			err = tree.Resolve(lang.NewScope(cfg.Symbols, "import", "toString", "null"))
		}
		if err == nil {
			return
		}
		r := report.New(err, report.Options{})
		require.NotEmpty(t, r.Message)
		require.NotNil(t, r.Place)
		require.NotEmpty(t, r.Text(report.TextOptions{Width: 50}))
		require.True(t, json.Valid(r.JSON()))
	}
	for i := range len(source) {
		check(source[:i])
		check(source[:i] + source[i+1:])
		check(source[i:])
		for _, c := range []string{"=", ";", "'", "\"", "}", "]", ")", ",", "\xff", "${", "''", "/*"} {
			check(source[:i] + c + source[i:])
		}
	}
}

// TestRandom makes reports on what random programs do wrong, which were evaluated by
// one evaluator.
func TestRandom(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 50
	}
	host := world.None()
	st := store.ReadOnlyView("/nix/store", host)
	ev, err := core.New(core.Options{Host: host, Copier: st, Builtins: builtins.All(st), Internal: builtins.InternalTexts(), Limits: core.Limits{Steps: 200_000, CallDepth: 500}})
	require.NoError(t, err)
	reports := 0
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 5))
		source := gen.ValueProgram(r, gen.ValueOptions{Fail: 0.05})
		if i%4 == 0 {
			source = gen.Mutate(r, source)
		}
		err := ev.Run(context.Background(), func(c *core.Call) error {
			v, err := c.EvalText("/w/main.nix", source, "/w")
			if err != nil {
				return err
			}
			return c.DeepForce(heap.Lazy(v))
		})
		if err == nil {
			continue
		}
		reports++
		out := report.New(err, report.For(ev, host, "/w/main.nix"))
		require.NotEmpty(t, out.Text(report.TextOptions{Width: 60, ShowTrace: i%2 == 0}), source)
		require.True(t, json.Valid(out.JSON()), source)
		if out.Code.Name == "infinite-recursion" {
			require.NotEmpty(t, out.Cycle, source)
		}
	}
	require.Greater(t, reports, n/4)
}
