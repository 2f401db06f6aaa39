package report_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/report"
)

// reported are the codes that no error has from its birth: what module systems throw is
// text, and whether Git tracks a file is nothing that an evaluation knows.
var reported = []string{
	"untracked-file", "unknown-option", "option-type", "option-conflict", "option-not-set", "option-read-only",
	"module-shape", "module-argument", "failed-assertions", "refused-package",
}

// declaredCodes returns the constants of type Code in a file.
func declaredCodes(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	var out []string
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Code" {
			name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			out = append(out, name)
		}
		return false
	})
	require.NotEmpty(t, out)
	return out
}

// TestEveryCode compares the codes that errors are made with to those that are
// explained.
func TestEveryCode(t *testing.T) {
	born := declaredCodes(t, "../core/errorcode.go")
	for _, name := range append(declaredCodes(t, "../../lang/errors.go"), born...) {
		if code, _ := report.Lookup(name); assert.NotNil(t, code, "%s has no explanation", name) {
			assert.Equal(t, name, code.Name)
		}
	}
	born = append(born, declaredCodes(t, "../../lang/errors.go")...)
	for _, code := range report.Codes() {
		assert.Contains(t, append(born, reported...), code.Name, "no error has this code")
	}
}

// TestErrorsHaveCodes looks at the source for errors that are made without a code, and
// for layers that give errors one that does not exist.
func TestErrorsHaveCodes(t *testing.T) {
	count := 0
	for _, dir := range []string{"lang", "eval", "builtins", "repl", "cmd"} {
		root := filepath.Join("..", "..", dir)
		require.NoError(t, filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			fset := token.NewFileSet()
			tree, err := parser.ParseFile(fset, file, nil, 0)
			require.NoError(t, err)
			warnings := map[ast.Node]bool{} // which have no code
			ast.Inspect(tree, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 2 {
					if list, ok := call.Args[0].(*ast.SelectorExpr); ok && list.Sel.Name == "warnings" {
						if ref, ok := call.Args[1].(*ast.UnaryExpr); ok {
							warnings[ref.X] = true
						}
					}
				}
				if fn, ok := n.(*ast.FuncDecl); ok && fn.Name.Name == "ErrorCode" { // of a layer below
					// Layers above have a core.Code, and no text.
					if ret, ok := fn.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.BasicLit); ok {
						name, err := strconv.Unquote(ret.Value)
						require.NoError(t, err)
						assert.Contains(t, declaredCodes(t, "../core/errorcode.go"), name, "%s", fset.Position(fn.Pos()))
					}
				}
				lit, ok := n.(*ast.CompositeLit)
				if !ok || !isError(tree.Name.Name, lit.Type) || warnings[lit] {
					return true
				}
				count++
				has := false
				for _, elem := range lit.Elts {
					pair, ok := elem.(*ast.KeyValueExpr)
					has = has || ok && pair.Key.(*ast.Ident).Name == "Code"
				}
				assert.True(t, has, "%s: an error without a code", fset.Position(lit.Pos()))
				return true
			})
			return nil
		}))
	}
	require.Greater(t, count, 3)
}

// isError reports whether a type in a package is core.Error or lang.Error.
func isError(pkg string, typ ast.Expr) bool {
	switch typ := typ.(type) {
	case *ast.Ident:
		return typ.Name == "Error" && (pkg == "core" || pkg == "lang")
	case *ast.SelectorExpr:
		from, ok := typ.X.(*ast.Ident)
		return ok && typ.Sel.Name == "Error" && (from.Name == "core" || from.Name == "lang")
	}
	return false
}

// TestOutside is about errors that no program alone can have.
func TestOutside(t *testing.T) {
	r := report.New(errors.New("another"), report.Options{})
	require.Equal(t, "host", r.Code.Name)
	require.Equal(t, "another", r.Message)

	ev, err := core.New(core.Options{Builtins: []*core.Builtin{
		{Name: "panics", Args: []string{"x"}, Doc: "x", Impl: func(*core.Call) (heap.Value, error) { panic("a fault") }},
		{Name: "breaks", Args: []string{"x"}, Doc: "x", Impl: func(*core.Call) (heap.Value, error) { panic(&core.Panic{Value: "a fault"}) }},
		{Name: "fails", Args: []string{"x"}, Doc: "x", Impl: func(*core.Call) (heap.Value, error) { return 0, errors.New("no luck") }},
	}, Internal: builtins.InternalTexts()})
	require.NoError(t, err)
	for name, code := range map[string]string{"panics": "internal", "breaks": "panic", "fails": "host"} {
		err := ev.Run(context.Background(), func(c *core.Call) error {
			_, err := c.EvalText("/w/main.nix", "builtins."+name+" 1", "/w")
			return err
		})
		require.Equal(t, code, report.New(err, report.For(ev, nil)).Code.Name, err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err = ev.Run(ctx, func(c *core.Call) error {
		_, err := c.EvalText("/w/main.nix", "let f = x: f x; in f 1", "/w")
		return err
	})
	require.Equal(t, "interrupted", report.New(err, report.Options{}).Code.Name)
}
