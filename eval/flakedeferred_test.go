package eval_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git"
	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval"
)

// exposing are expressions in flake.nix that show what the path of its tree is, and some that do not.
var exposing = map[string]bool{ // whether the path has to be known
	`import ./sub`:                       false,
	`import (./. + "/sub")`:              false,
	`builtins.readFile ./sub/text`:       false,
	`builtins.readDir ./.`:               false,
	`builtins.pathExists ./nothing`:      false,
	`"${./sub}"`:                         false,
	`baseNameOf ./sub`:                   true,
	`builtins.typeOf (dirOf ./sub/text)`: false,
	`./sub == ./sub`:                     false,
	`self.rev or self.dirtyRev`:          false,
	`builtins.attrNames self.sourceInfo`: false,
	`toString ./.`:                       true,
	`toString ./sub`:                     true,
	`toString [ ./sub ./. ]`:             true,
	`"${./.}"`:                           true,
	`"${self}"`:                          true,
	`self.outPath`:                       true,
	`self.narHash`:                       true,
	`self.sourceInfo.outPath`:            true,
	`baseNameOf ./.`:                     true,
	`./.`:                                true,
	`[ ./sub/text ]`:                     true,
	`./. + "x"`:                          true,
	`./sub + "/../sub"`:                  true,
	`./. == ./sub`:                       true,
	`/. + builtins.unsafeDiscardStringContext self.outPath == ./.`: true,
	`./sub < /zzz`: true,
	`builtins.sort builtins.lessThan [ ./b ./a /a ]`: true,
	`builtins.toPath ./sub`:                          true,
	`builtins.toXML [ ./sub ]`:                       true,
	`builtins.toJSON { a = ./sub; }`:                 false,
	`builtins.path { path = ./.; }`:                  true,
	`builtins.path { path = ./sub; name = "n"; filter = p: t: builtins.elem (toString p) [ "${toString ./sub}/text" ]; }`: true,
	`builtins.filterSource (p: t: baseNameOf p != "sub") ./.`:                                                             true,
	`(builtins.unsafeGetAttrPos "a" { a = 1; }).file`:                                                                     true,
	`__curPos`:                                    true,
	`builtins.stringLength (toString ./.)`:        true,
	`assert ./. == 1; 1`:                          true,
	`builtins.hashString "sha256" (toString ./.)`: true,
	`builtins.substring 0 22 (toString ./sub)`:    true,
	`builtins.elem (/. + builtins.unsafeDiscardStringContext self.outPath) [ ./. ]`: true,
	`builtins.getContext self.outPath`:                                              true,
	`builtins.getContext (toString ./.)`:                                            true,
	`(import ./sub/here.nix)`:                                                       true,
	`builtins.readFile ./nothing`:                                                   false,
}

// asked are the Hashes of a scheme: they know nothing, and say whether a tree was hashed.
type asked struct{ hash bool }

func (a *asked) Get(key string) (h nixhash.Hash, ok bool) {
	a.hash = a.hash || strings.HasPrefix(key, "git-tree:")
	return h, false
}

func (a *asked) Put(string, nixhash.Hash) {}

// TestDeferred compares what a flake of a working tree says of its paths with what it says if its hash was
// computed at once, and looks at whether it was computed at all.
func TestDeferred(t *testing.T) {
	r := gittest.New(t)
	r.Write("sub/default.nix", "{ a = 1; }")
	r.Write("sub/here.nix", "[ ./. ../. ]")
	r.Write("sub/text", "text")
	var list []string
	var b strings.Builder
	for expr := range exposing {
		fmt.Fprintf(&b, "    v%d = %s;\n", len(list), expr)
		list = append(list, expr)
	}
	r.Write("flake.nix", "{\n  outputs = { self }: {\n"+b.String()+"  };\n}\n")
	r.Commit("one")
	ref, err := (&flakeref.Parser{}).Parse("git+file://" + filepath.ToSlash(r.Dir))
	require.NoError(t, err)
	for _, dirty := range []bool{false, true} {
		if dirty {
			r.Write("sub/text", "other")
		}
		for n, expr := range list {
			var got [2]string
			var flakes [2]*eval.Flake
			for i, deferred := range []bool{true, false} {
				hashes := &asked{}
				scheme := git.New(git.Options{QuietDirty: true, Hashes: hashes})
				ev, err := eval.New(eval.Options{
					Host: eval.OS(), Features: []string{"flakes"}, Store: eval.Memory(""),
					Fetch: fetch.New(fetch.Options{Schemes: map[string]fetch.Scheme{"git": scheme}}),
				})
				require.NoError(t, err)
				flakes[i], err = ev.OpenFlake(t.Context(), ref, eval.FlakeOptions{Deferred: deferred})
				require.NoError(t, err)
				v, err := flakes[i].Value(t.Context())
				require.NoError(t, err)
				var text strings.Builder
				x, err := v.Select(t.Context(), fmt.Sprintf("v%d", n))
				if err == nil {
					err = x.Format(t.Context(), &text, eval.FormatOptions{})
					plain, _ := x.Text()
					text.WriteString(" " + plain)
				}
				fmt.Fprintf(&text, " %v", err)
				if e := (*eval.Error)(nil); errors.As(err, &e) {
					text.WriteString(e.Render(eval.RenderOptions{ShowTrace: true}))
				}
				got[i] = text.String()
				if !dirty {
					require.Equal(t, exposing[expr] || !deferred, hashes.hash, expr)
				}
				require.NoError(t, scheme.Close())
			}
			require.Equal(t, got[1], got[0], expr)
			require.NotContains(t, got[0], "zzzzzz", expr)
			require.Empty(t, flakes[0].StorePath)
			require.NotEmpty(t, flakes[1].StorePath)
		}
	}
}
